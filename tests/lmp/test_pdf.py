"""PDF files that a screen reader can read, with our own fonts and nothing fetched from outside."""

import sys
from io import BytesIO

import pikepdf
import pytest

from lmp.lib import pdf
from lmp.lib.pdf import ForeignAddress, PdfUnavailable, render_pdf, static_path

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
