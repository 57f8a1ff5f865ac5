"""PDF files that a screen reader can read, with our own fonts and nothing fetched from outside."""

import hashlib
import subprocess
import sys
from io import BytesIO

import pikepdf
import pytest

from lmp.lib import pdf
from lmp.lib.pdf import ForeignAddress, PdfUnavailable, pdf_key, render_pdf, static_path
from tests.processes import environment

PAGE = """<!doctype html><html lang="{lang}"><head><title>Referat 12.11.2026</title></head><body>
<main class="sheet"><h1>Referat</h1><h2>Sak 1</h2><p>{text}</p>
<table><caption>Det vi avtalte</caption><thead><tr><th scope="col">Hva</th></tr></thead>
<tbody><tr><td>Observasjon</td></tr></tbody></table></main></body></html>"""


def opened(text="Tekst", lang="nb-NO"):
    content = render_pdf(PAGE.format(lang=lang, text=text), lang, "Referat 12.11.2026")
    return pikepdf.open(BytesIO(content))


def fonts_of(document):
    """(name, whether a font file is embedded) of every font."""
    found = {}
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
            name = str(each.FontName).split("+")[-1].strip("/")
            found[name] = any(key in each for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found


@pytest.mark.parametrize("lang", ["nb-NO", "nn-NO"])
def test_the_language_and_the_title_are_in_the_file(lang):
    with opened(lang=lang) as document:
        assert str(document.Root.Lang) == lang
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo["/Title"]) == "Referat 12.11.2026"


def test_the_file_says_that_it_is_pdf_ua_1():
    with opened() as document, document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_the_file_says_that_it_can_be_archived_too():
    with opened() as document:
        xmp = document.Root.Metadata.read_raw_bytes().decode()
        intent = document.Root.OutputIntents[0]
        profile = (str(intent.S), int(intent.DestOutputProfile.N))

    assert 'pdfaid:part="2" pdfaid:conformance="A"' in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix" in xmp
    assert profile == ("/GTS_PDFA1", 3)


def test_our_fonts_are_embedded():
    with opened() as document:
        fonts = fonts_of(document)

    assert {name.split("-")[0] for name in fonts} == {"Inter", "Lexend"}
    assert all(fonts.values())


def test_a_table_header_says_what_it_heads():
    with opened() as document:
        headers = [
            each
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"
        ]
        scopes = [
            str(attributes.Scope)
            for header in headers
            for attributes in (header.A if isinstance(header.A, pikepdf.Array) else [header.A])
            if attributes.get("/O") == "/Table" and "/Scope" in attributes
        ]

    assert scopes == ["/Column"]


def test_a_table_that_does_not_fit_takes_its_caption_with_it():
    text = "</p><p>".join(["Linje"] * 31)

    with opened(text=text) as document:
        tables = [
            each
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Table"
        ]
        pages = len(document.pages)

    assert (pages, len(tables)) == (2, 1)


def test_a_table_longer_than_a_page_begins_where_it_stands():
    rows = "<tr><td>Observasjon</td></tr>"
    html = PAGE.format(lang="nb-NO", text="Tekst").replace(rows, rows * 60)

    content = render_pdf(html.replace("<table>", '<table class="long">'), "nb-NO", "Referat")

    with pikepdf.open(BytesIO(content)) as document:
        assert len(document.pages) == 3
        first = pikepdf.Page(document.pages[0])
        drawn = [each for each in pikepdf.parse_content_stream(first) if str(each[1]) == "TJ"]
    assert len(drawn) > 20


DATED = '<meta name="dcterms.created" content="2026-11-20T09:00:00Z"><title>'


def test_the_date_of_the_html_is_the_date_of_the_file():
    html = PAGE.format(lang="nb-NO", text="Tekst").replace("<title>", DATED)

    with pikepdf.open(BytesIO(render_pdf(html, "nb-NO", "Referat"))) as document:
        assert str(document.docinfo["/CreationDate"]) == "D:20261120090000Z"
        assert "/ModDate" not in document.docinfo


IN_ANOTHER_PROCESS = """
import hashlib, sys, django
django.setup()
from lmp.lib.pdf import render_pdf
render_pdf(sys.argv[1].replace("Tekst", "Noe annet først, på side etter side"), "nn-NO", "Annet")
print(hashlib.sha256(render_pdf(sys.argv[1], "nb-NO", "Referat")).hexdigest())
"""


def test_two_processes_make_the_same_bytes():
    html = PAGE.format(lang="nb-NO", text="Tekst med æ, š og ž").replace("<title>", DATED)
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS, html]

    first, second = (
        subprocess.run(command, capture_output=True, text=True, check=True, env=environment())
        for _ in range(2)
    )

    here = hashlib.sha256(render_pdf(html, "nb-NO", "Referat")).hexdigest()
    assert {first.stdout.strip(), second.stdout.strip()} == {here}


def test_the_key_follows_all_that_the_bytes_follow_from(monkeypatch):
    key = pdf_key("<p>", "nb-NO", "Referat")

    assert len(key) == 64
    assert key == pdf_key("<p>", "nb-NO", "Referat")
    others = {pdf_key("<p> ", "nb-NO", "Referat"), pdf_key("<p>", "nn-NO", "Referat")}
    monkeypatch.setattr(pdf, "_house_style_key", lambda: "another look")
    others.add(pdf_key("<p>", "nb-NO", "Referat"))
    assert len(others - {key}) == 3


def test_pdfua_finds_nothing(tmp_path):
    from pdfua.cli import main

    file = tmp_path / "referat.pdf"
    file.write_bytes(render_pdf(PAGE.format(lang="nb-NO", text="æøå"), "nb-NO", "Referat"))

    assert main(["check", str(file)]) == 0


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/spy.png",
        "file:///etc/passwd",
        "https://static.invalid/../lmp/settings.py",
        "https://static.invalid/no/such.png",
    ],
)
def test_nothing_but_our_static_files_is_read(address):
    with pytest.raises(ForeignAddress):
        pdf._fetcher().fetch(address)


def test_a_static_file_is_found_by_its_name():
    assert static_path("css/print.css").read_text(encoding="utf-8").startswith("/*")


def test_a_machine_without_pango_is_told_what_to_install(monkeypatch):
    class WithoutPango:
        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [WithoutPango(), *sys.meta_path])
    pdf._house_style.cache_clear()

    with pytest.raises(PdfUnavailable, match=r"libpango-1\.0-0"):
        render_pdf("<p>", "nb-NO", "Tom")
    assert pdf.is_available() is False
