"""PDF files: asking for one, making it, and forgetting it.

`request_pdf` leaves a row; a worker, or the one who waits, takes it with `claim_pdf` and makes it
with `make_pdf`. The row is the truth: a lost or doubled task does no harm.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from cohorts.models import PdfFile, PdfStatus
from cohorts.rules.pdf import ATTEMPTS, CLAIM_LASTS, KEPT, NOTED, PDF_LANGUAGE, RESTS
from lmp.lib.pdf import pdf_key, render_pdf

LONGEST_TITLE = 200


@transaction.atomic
def request_pdf(*, html: str, language: str, title: str, subject: str, now: datetime) -> PdfFile:
    """The file of a whole HTML page: the row there is, or a new one that waits to be made.

    `language` is «nb» or «nn»; `title` the name of the document; `subject` the texts it shows
    («referatversion:12 addendum:3»). Two who ask at once get the same row. One that was given up
    some time ago waits anew.
    """
    lang, title = PDF_LANGUAGE[language], title[:LONGEST_TITLE]
    file, is_new = PdfFile.objects.defer("content").get_or_create(
        key=pdf_key(html, lang, title),
        defaults={
            "subject": subject,
            "language": lang,
            "title": title,
            "html": html,
            "asked_at": now,
        },
    )
    if is_new:
        return file
    if file.status == PdfStatus.FAILED and (file.claimed_at or file.asked_at) < now - RESTS:
        file.status, file.attempts, file.claimed_at, file.asked_at = PdfStatus.QUEUED, 0, None, now
        file.save(update_fields=["status", "attempts", "claimed_at", "asked_at"])
    elif file.is_ready and file.asked_at < now - NOTED:
        file.asked_at = now
        file.save(update_fields=["asked_at"])
    return file


@transaction.atomic
def claim_pdf(*, key: str, now: datetime) -> PdfFile | None:
    """Take a waiting file in order to make it; None when it is made, taken, given up or gone."""
    free = PdfFile.objects.filter(key=key).free(now - CLAIM_LASTS)
    if not free.update(claimed_at=now, attempts=F("attempts") + 1):
        return None
    return PdfFile.objects.defer("content").get(key=key)


def make_pdf(*, key: str, now: datetime) -> bool:
    """Make a waiting file; whether this call made it. Not one transaction: it takes a while.

    What goes wrong is raised after the file is let go, for the next to try, or given up when it
    has been tried `ATTEMPTS` times.
    """
    file = claim_pdf(key=key, now=now)
    if file is None:
        return False
    try:
        content = render_pdf(file.html, file.language, file.title)
    except Exception:
        _let_go(file)
        raise
    _keep(file, content, now)
    return True


@transaction.atomic
def _keep(file: PdfFile, content: bytes, now: datetime) -> None:
    """Store what was made, unless the text was hidden and its row deleted meanwhile."""
    PdfFile.objects.filter(key=file.key).update(
        content=content, html="", status=PdfStatus.READY, made_at=now
    )


@transaction.atomic
def _let_go(file: PdfFile) -> None:
    given_up = file.attempts >= ATTEMPTS
    values = {"status": PdfStatus.FAILED} if given_up else {"claimed_at": None}
    PdfFile.objects.filter(key=file.key, status=PdfStatus.QUEUED).update(**values)


@transaction.atomic
def forget_pdfs(*, subject: str) -> int:
    """Delete every file that shows a text («referatversion:12»), made or waiting; return how many.

    To be called by whoever hides or removes the text.
    """
    return PdfFile.objects.about(subject).delete()[0]


@transaction.atomic
def forget_old_pdfs(*, now: datetime) -> int:
    """Delete the files that nobody has asked for in `KEPT`; return how many."""
    return PdfFile.objects.filter(asked_at__lt=now - KEPT).delete()[0]
