"""Adding a file to a søknad, and taking it away again (domain 3.1)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.attached_files import store_file, take_out_file
from cohorts.actions.soeknad_state import locked_soeknad, refuse_not_writing
from cohorts.models import Soeknad, SoeknadAttachment, SoeknadAttachmentFile
from cohorts.rules.errors import NationalIdFound, NotPossible
from cohorts.rules.paper import fields_with_national_ids
from cohorts.rules.soeknad_attachment import (
    LARGEST,
    MOST,
    PDF,
    file_name,
    is_pdf,
    size_in_words,
)


@transaction.atomic
def add_attachment(
    *, soeknad: Soeknad, name: str, content: bytes, by: User, now: datetime
) -> SoeknadAttachment:
    """Store a PDF with the søknad; the same file by the same name twice is one attachment.

    `name` is what the writer's machine calls it. Raises `NationalIdFound` when there is one in the
    name, `NotPossible` when it is no PDF, too large or one too many, or when nothing may be
    written; `PuljeClosed`.
    """
    current = locked_soeknad(soeknad.pk)
    refuse_not_writing(current)
    name = file_name(name)
    refuse_file(name, len(content), content[:8])
    row, is_new = store_file(
        current.attachments,
        bytes_in=SoeknadAttachmentFile,
        name=name,
        content=content,
        content_type=PDF,
        most=MOST,
        by=by,
        now=now,
    )
    if is_new:
        _sign(current, "add-attachment", row, by, now)
    return row


def refuse_file(name: str, size: int, start: bytes) -> None:
    """Raise `NationalIdFound` or `NotPossible` with the reason why such a file cannot be added."""
    if fields_with_national_ids({"file": name}):
        raise NationalIdFound(["file"])
    if not size:
        raise NotPossible(_("Fila er tom. Velg en annen."))
    if not is_pdf(name, start):
        raise NotPossible(_("Fila er ikke en PDF. Lagre den som PDF og prøv igjen."))
    if size > LARGEST:
        words = {"size": size_in_words(size), "most": size_in_words(LARGEST)}
        raise NotPossible(_("Fila er %(size)s. Den kan være høyst %(most)s.") % words)


@transaction.atomic
def remove_attachment(*, attachment: SoeknadAttachment, by: User, now: datetime) -> None:
    """Take a file out of what is being written; the versions it was sent with keep it.

    The bytes of a file that was never sent are deleted. Twice changes nothing. Raises `NotPossible`
    or `PuljeClosed` when nothing may be written.
    """
    current = locked_soeknad(attachment.soeknad_id)
    refuse_not_writing(current)
    if take_out_file(attachment, bytes_in=SoeknadAttachmentFile, by=by, now=now):
        _sign(current, "remove-attachment", attachment, by, now)


def _sign(soeknad: Soeknad, verb: str, row: SoeknadAttachment, by: User, now: datetime) -> None:
    soeknad.saved_at, soeknad.saved_by = now, by
    soeknad.save(update_fields=["saved_at", "saved_by"])
    subject = f"soeknad:{soeknad.pk}"
    record_event(by=by, verb=verb, subject=subject, now=now, attachment=row.pk, sha256=row.sha256)
