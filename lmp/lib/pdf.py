"""HTML to tagged, archivable PDF, with our own fonts embedded and nothing fetched from outside.

A file says that it is both PDF/UA-1 (ISO 14289-1: tags, language, title, headers of tables) and
PDF/A-2a (ISO 19005-2: fonts embedded, colour profile, metadata in XMP). WeasyPrint writes one
variant at a time, so the file is made as PDF/A-2a, which is tagged too, and the claim of PDF/UA
is added to the XMP with the extension schema that PDF/A asks for. Checked with `pdfua` and by
reading the file with pikepdf; no veraPDF has judged it.

The same HTML gives the same bytes: the identifier comes from the key, the date from the HTML
(`<meta name="dcterms.created">`), and the fonts carry a fixed date.

WeasyPrint is imported only when a PDF is asked for: it takes a second, and needs Pango, which a
bare machine may lack. Everything else in the portal works without it.
"""

import atexit
import hashlib
import logging
import mimetypes
import os
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

PDF_VARIANT = "pdf/a-2a"
STYLESHEET = "css/print.css"
# Everything that the look of a file depends on, besides its HTML.
HOUSE_STYLE = (
    STYLESHEET,
    "img/mark.svg",
    "vendor/inter/inter-latin-wght-normal.woff2",
    "vendor/inter/inter-latin-ext-wght-normal.woff2",
    "vendor/lexend/lexend-latin-wght-normal.woff2",
    "vendor/lexend/lexend-latin-ext-wght-normal.woff2",
)
# Where relative addresses point. The host does not exist, and nothing is asked over the network.
BASE_URL = "https://static.invalid/"
PANGO_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FONT_DATE = "1577836800"
"""The date that fontTools writes into a font cut down to the letters in use: 1 January 2020."""

OUR_PROFILE = "house"
"""Not «srgb», for which WeasyPrint opens its file for each document and leaves it open."""

PDF_UA = b"""<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"
><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema
><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI
><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix
><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"
><pdfaProperty:name>part</pdfaProperty:name
><pdfaProperty:valueType>Integer</pdfaProperty:valueType
><pdfaProperty:category>internal</pdfaProperty:category
><pdfaProperty:description>Part of ISO 14289 that is followed</pdfaProperty:description
></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas
></rdf:Description
><rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
><pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF>"""


class PdfUnavailable(RuntimeError):
    """A PDF cannot be made on this machine; `packages` is what must be installed."""

    packages = PANGO_PACKAGES


class ForeignAddress(ValueError):
    """The HTML asked for something that is not one of our static files."""


def render_pdf(html: str, lang: str, title: str) -> bytes:
    """Make a PDF/UA-1 and PDF/A-2a file of a whole HTML page; the same page, the same bytes.

    `lang` is a language tag such as «nb-NO»; `title` is shown as the name of the document. Only
    our static files are read, named from their root: `/img/mark.svg`. Raises `PdfUnavailable`
    when the system library is missing.
    """
    weasyprint = _weasyprint()
    fonts, style = _house_style()
    document = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=_fetcher()).render(
        stylesheets=[style], font_config=fonts, pdf_variant=PDF_VARIANT
    )
    document.metadata.title = title
    document.metadata.lang = lang
    document.color_profiles["srgb"] = _colour_profile()
    made: bytes = document.write_pdf(
        finisher=_finish,
        pdf_variant=PDF_VARIANT,
        output_intent=OUR_PROFILE,
        pdf_identifier=pdf_key(html, lang, title)[:32].encode(),
    )
    return made


def pdf_key(html: str, lang: str, title: str) -> str:
    """What a file is known by: the SHA-256 (hex) of all that its bytes follow from."""
    parts = (_house_style_key(), lang, title, html)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def is_available() -> bool:
    """Whether this machine can make PDF files."""
    try:
        _weasyprint()
    except PdfUnavailable:
        return False
    return True


def _finish(document: Any, pdf: Any) -> None:
    """Add what WeasyPrint leaves out, before the bytes are written.

    A table header says what it heads: inside THead a column, else a row. The XMP says PDF/UA-1 as
    well, and stands uncompressed, so that an archive reads it without a PDF library.
    """
    for node in pdf.objects:
        if isinstance(node, dict) and node.get("S") == "/TH":
            in_head = _inside(pdf, node, "/THead")
            node["A"]["Scope"] = "/Column" if in_head else "/Row"
    metadata = pdf.objects[_number(pdf.catalog["Metadata"])]
    metadata.stream = [b"".join(metadata.stream).replace(b"</rdf:RDF>", PDF_UA)]
    metadata.compress = False


def _inside(pdf: Any, node: Any, kind: str) -> bool:
    """Whether an element of the structure stands inside one of the `kind`."""
    while "P" in node:
        node = pdf.objects[_number(node["P"])]
        if node.get("S") == kind:
            return True
    return False


def _number(reference: Any) -> int:
    """The number of the object that «12 0 R» refers to."""
    text = reference.decode() if isinstance(reference, bytes) else reference
    return int(text.split()[0])


def _weasyprint() -> Any:
    # What the style sheet has for the screen only is not worth a warning in the log each time.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    os.environ.setdefault("SOURCE_DATE_EPOCH", FONT_DATE)
    try:
        import weasyprint
    except OSError as error:
        raise PdfUnavailable(f"PDF needs Pango. Install: {PANGO_PACKAGES}") from error
    return weasyprint


@lru_cache(maxsize=1)
def _house_style_key() -> str:
    """The SHA-256 of the style sheet, the fonts, the mark, and who makes the file of them."""
    digest = hashlib.sha256(f"{version('weasyprint')} {PDF_VARIANT}".encode())
    for name in HOUSE_STYLE:
        digest.update(static_path(name).read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _house_style() -> tuple[Any, Any]:
    """The fonts and the parsed style sheet, kept for the life of the process."""
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    path = static_path(STYLESHEET)
    style = weasyprint.CSS(
        string=path.read_text(encoding="utf-8"),
        base_url=f"{BASE_URL}{STYLESHEET}",
        font_config=fonts,
        url_fetcher=_fetcher(),
    )
    return fonts, style


@lru_cache(maxsize=1)
def _profile_bytes() -> bytes:
    return files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()


def _colour_profile() -> Any:
    """The sRGB profile of one document, which an archivable file must carry."""
    from weasyprint.css import ColorProfile

    profile = BytesIO(_profile_bytes())
    return ColorProfile(profile, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


# The fonts must go before the modules they were made with.
atexit.register(_house_style.cache_clear)


def _fetcher() -> Any:
    """A fetcher that knows our static files and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticFetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = static_path(_static_name(url))
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return StaticFetcher()


def _static_name(url: str) -> str:
    if not url.startswith(BASE_URL):
        raise ForeignAddress("only our static files can be used in a PDF")
    return url.removeprefix(BASE_URL).split("?")[0]


def static_path(name: str) -> Path:
    """The file of a static name such as «css/print.css»; collected or among the sources.

    Raises `ForeignAddress` for a name that is not a static file of ours.
    """
    if ".." in name.split("/"):
        raise ForeignAddress("a static name may not climb")
    found = finders.find(name)
    if found:
        return Path(str(found))
    try:
        collected = Path(staticfiles_storage.path(name))
    except NotImplementedError as error:
        raise ForeignAddress("static files are not on this machine") from error
    if not collected.is_file():
        raise ForeignAddress(f"{name} is not a static file")
    return collected
