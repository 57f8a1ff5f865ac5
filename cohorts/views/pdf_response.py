"""The answer that is a PDF: from the store, from a worker, or made here when no worker is there."""

import logging
import time
from datetime import timedelta
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import parse_etags
from kombu.exceptions import OperationalError

from cohorts.actions.pdf import make_pdf, request_pdf
from cohorts.models import PdfFile, PdfStatus
from cohorts.rules.pdf import PDF_LANGUAGE, is_left_alone
from lmp.lib.pdf import PANGO_PACKAGES, PdfUnavailable, is_available

__all__ = ["PDF_LANGUAGE", "order_pdf", "pdf_response"]

logger = logging.getLogger(__name__)

TASK = "cohorts.tasks.make_pdf_file"
LOOK_AGAIN = 0.1
"""Seconds between two looks at whether the file is there."""

REFRESH = 3
"""Seconds after which the page that says «vent litt» asks again by itself."""


def pdf_response(
    request: HttpRequest,
    html: str,
    *,
    language: str,
    title: str,
    filename: str,
    print_url: str,
    subject: str,
) -> HttpResponse:
    """Answer with `html` as a PDF to download, never cached on the way.

    The caller has checked that the person may read it. `language` is «nb» or «nn»; `title` is the
    name of the document and says nothing candid; `filename` is without «.pdf»; `print_url` shows
    the same sheet as a page; `subject` names the texts it shows, for `forget_pdfs`. A PDF that is
    not there in two seconds gives a page that asks again by itself (202).
    """
    file = order_pdf(html, language=language, title=title, subject=subject)
    if not file.is_ready:
        try:
            file = _wait(file)
        except PdfUnavailable:
            return _unavailable(request, print_url)
    if file.is_ready:
        return _download(request, file, filename)
    if file.attempts and not is_available():
        return _unavailable(request, print_url)
    context = {"print_url": print_url}
    if file.status == PdfStatus.FAILED:
        return render(request, "cohorts/pdf_failed.html", context, status=503)
    response = render(request, "cohorts/pdf_wait.html", context, status=202)
    response["Refresh"] = str(REFRESH)
    response["Cache-Control"] = "private, no-store"
    return response


def order_pdf(html: str, *, language: str, title: str, subject: str) -> PdfFile:
    """Ask a worker for the PDF of `html` and go on: the row, whether made, waiting or given up."""
    now = timezone.now()
    file = request_pdf(html=html, language=language, title=title, subject=subject, now=now)
    if file.asked_at == now and not file.is_ready:
        transaction.on_commit(partial(_send, file.key))
    return file


def _send(key: str) -> None:
    """Tell the workers. When the queue is down, the sweep or who waits takes the row."""
    try:
        current_app.send_task(TASK, args=[key])
    except OperationalError:
        logger.warning("The queue is down: a PDF file waits for the sweep", exc_info=True)


def _wait(file: PdfFile) -> PdfFile:
    """Wait a little for the worker; make the file here when none has taken it for a while.

    Raises `PdfUnavailable` when this machine should make it and cannot.
    """
    patience = timedelta(seconds=settings.PDF_PATIENCE)
    deadline = time.monotonic() + settings.PDF_WAIT
    while file.status == PdfStatus.QUEUED:
        now = timezone.now()
        if is_left_alone(file.asked_at, file.claimed_at, now, patience):
            make_pdf(key=file.key, now=now)
        elif time.monotonic() > deadline:
            break
        else:
            time.sleep(LOOK_AGAIN)
        file = _look(file.key)
    return file


def _look(key: str) -> PdfFile:
    try:
        return PdfFile.objects.defer("content", "html").get(key=key)
    except PdfFile.DoesNotExist as gone:
        raise Http404 from gone  # The text was hidden meanwhile.


def _download(request: HttpRequest, file: PdfFile, filename: str) -> HttpResponse:
    """The file, or 304 when the browser says that it has these very bytes."""
    etag = f'"{file.key}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(bytes(file.content or b""), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{filename}.pdf"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    return response


def _unavailable(request: HttpRequest, print_url: str) -> HttpResponse:
    context = {"packages": PANGO_PACKAGES, "print_url": print_url}
    return render(request, "cohorts/pdf_unavailable.html", context, status=503)
