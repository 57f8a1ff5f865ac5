"""HTML to tagged PDF (PDF/UA-1), with our own fonts embedded and nothing fetched from outside.

WeasyPrint is imported only when a PDF is asked for: it takes a second, and needs Pango, which a
bare machine may lack. Everything else in the portal works without it.
"""

import atexit
import logging
import mimetypes
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

PDF_VARIANT = "pdf/ua-1"
STYLESHEET = "css/print.css"
# Where relative addresses point. The host does not exist, and nothing is asked over the network.
BASE_URL = "https://static.invalid/"
PANGO_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class PdfUnavailable(RuntimeError):
    """A PDF cannot be made on this machine; `packages` is what must be installed."""

    packages = PANGO_PACKAGES


class ForeignAddress(ValueError):
    """The HTML asked for something that is not one of our static files."""


def render_pdf(html: str, lang: str, title: str) -> bytes:
    """Make a PDF/UA-1 file of a whole HTML page.

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
    return with_scopes(document.write_pdf(pdf_variant=PDF_VARIANT))


def is_available() -> bool:
    """Whether this machine can make PDF files."""
    try:
        _weasyprint()
    except PdfUnavailable:
        return False
    return True


def with_scopes(pdf: bytes) -> bytes:
    """Say of each table header whether it heads a column or a row; WeasyPrint leaves it out.

    A header inside THead heads a column, any other a row (tech notes, checked with pdfua).
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        root = document.Root.get("/StructTreeRoot")
        if root is not None:
            _scope_headers(root, in_head=False)
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def _scope_headers(node: Any, *, in_head: bool) -> None:
    kind = node.get("/S")
    if kind == "/TH":
        scope = pikepdf.Name.Column if in_head else pikepdf.Name.Row
        table = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=scope)
        node.A = _attributes(node.get("/A"), table)
    children = node.get("/K")
    if children is None:
        return
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            _scope_headers(child, in_head=in_head or kind == "/THead")


def _attributes(existing: Any, table: pikepdf.Dictionary) -> Any:
    """The attributes of a header together with its scope."""
    if existing is None:
        return table
    if isinstance(existing, pikepdf.Array):
        return pikepdf.Array([*existing, table])
    if existing.get("/O") == "/Table":
        existing.Scope = table.Scope
        return existing
    return pikepdf.Array([existing, table])


def _weasyprint() -> Any:
    # What the style sheet has for the screen only is not worth a warning in the log each time.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    try:
        import weasyprint
    except OSError as error:
        raise PdfUnavailable(f"PDF needs Pango. Install: {PANGO_PACKAGES}") from error
    return weasyprint


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
