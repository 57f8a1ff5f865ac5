"""PDF of papers: 50 referat of two pages, as they are made in production against bare WeasyPrint.

The real path is the task that a worker runs: take the row, make the file, store it. Bare is the
shortest WeasyPrint program for the same HTML and the same style sheet, once reading the style for
every file, and once with the style and the fonts kept as a long-lived process would. All three
take turns at every file, so that a busy machine is as busy for each.
"""

import logging
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from django.core.management import call_command
from django.utils import timezone

from bench.figure import Figure
from cohorts.actions.pdf import request_pdf
from cohorts.models import PdfFile
from cohorts.tasks import make_pdf_file
from lmp.lib.pdf import BASE_URL, PDF_VARIANT, STYLESHEET, _fetcher, static_path
from meetings.views.paper_html import paper_html
from tests.factories.meetings import make_scene
from tests.factories.papers import send_referat

DOCUMENTS = 50
PAGES = 2
WARM_UPS = 2
TEXTS = 16
"""So many times the paragraph stands in a referat that fills two pages."""

TEXT = (
    "Arbeidsgruppa så på hva som skjer når elevene går fra friminutt til time. Vi observerer i to "
    "uker, og alle team bruker samme skjema. Rektor tar rutinene opp på hvert teamledermøte. "
)
Make = Callable[[int, str], None]


def measure() -> list[Figure]:
    """Documents a second on each way, and as a share of bare WeasyPrint; then the same in CPU time.

    CPU time is what a file costs when the machine is shared with others.
    """
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    pages = _pages()
    ways: dict[str, Make] = {"portal": _portal, "bare": _bare, "bare_kept": _kept()}
    wall, cpu = dict.fromkeys(ways, 0.0), dict.fromkeys(ways, 0.0)
    for number, html in enumerate(pages):
        for name, make in ways.items():
            start, work = time.perf_counter(), time.process_time()
            make(number, html)
            if number >= WARM_UPS:
                wall[name] += time.perf_counter() - start
                cpu[name] += time.process_time() - work
    _check()
    return [*_figures("", wall), *_figures("_cpu", cpu)]


def _figures(suffix: str, seconds: dict[str, float]) -> list[Figure]:
    rates = {name: DOCUMENTS / spent for name, spent in seconds.items()}
    return [
        Figure(
            f"{name}{suffix}_to_{against}",
            round(rates[name], 2),
            "documents/s",
            rates[name] / rates[against],
        )
        for name, against in (("portal", "bare"), ("portal", "bare_kept"), ("bare", "bare"))
    ]


def _pages() -> list[str]:
    """The HTML of 50 different referater of two pages, and some to warm up with."""
    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    version = send_referat(make_scene())
    sent = version.content
    saker = [{**sak, "summary": TEXT * (TEXTS // len(sent["saker"]))} for sak in sent["saker"]]
    pages = []
    for number in range(DOCUMENTS + WARM_UPS):
        first = {**saker[0], "summary": f"Møte {number}. {saker[0]['summary']}"}
        version.content = {**sent, "saker": [first, *saker[1:]]}
        pages.append(paper_html(version, {}, as_pdf=True))
    return pages


def _portal(number: int, html: str) -> None:
    """What happens in production: the row is asked for, and the worker's task makes it."""
    file = request_pdf(
        html=html,
        language="nb",
        title=f"Referat {number}",
        subject=f"referatversion:{number}",
        now=timezone.now(),
    )
    make_pdf_file(file.key)


def _bare(number: int, html: str) -> None:
    """WeasyPrint alone, with the style sheet read for each document."""
    _kept()(number, html)


def _kept() -> Make:
    """WeasyPrint alone, with fonts and style sheet read once."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts: Any = FontConfiguration()
    style = weasyprint.CSS(
        string=static_path(STYLESHEET).read_text(),
        base_url=f"{BASE_URL}{STYLESHEET}",
        url_fetcher=_fetcher(),
        font_config=fonts,
    )

    def make(number: int, html: str) -> None:
        weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=_fetcher()).write_pdf(
            stylesheets=[style], font_config=fonts, pdf_variant=PDF_VARIANT
        )

    return make


def _check() -> None:
    """Every row is made, and has the pages that the figure speaks of."""
    files = list(PdfFile.objects.all())
    assert len(files) == DOCUMENTS + WARM_UPS
    for file in files:
        with pikepdf.open(BytesIO(bytes(file.content or b""))) as document:
            assert len(document.pages) == PAGES, (file.title, len(document.pages))
