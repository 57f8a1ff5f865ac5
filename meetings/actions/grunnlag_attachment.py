"""Adding a file to a grunnlag, and taking it away again (domain 3.10)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.attached_files import store_file, take_out_file
from cohorts.rules.errors import NationalIdFound, NotPossible
from cohorts.rules.paper import fields_with_national_ids
from cohorts.rules.soeknad_attachment import size_in_words
from meetings.actions.grunnlag import locked_grunnlag, refuse_read_only
from meetings.models import GrunnlagAttachment, GrunnlagAttachmentFile, Veiledningsgrunnlag
from meetings.rules.attachment import LARGEST, MOST, file_name, kind_of


@transaction.atomic
def add_attachment(
    *, grunnlag: Veiledningsgrunnlag, name: str, content: bytes, by: User, now: datetime
) -> GrunnlagAttachment:
    """Store a PDF or a Word file with the draft; the same file by the same name is one attachment.

    `name` is what the writer's machine calls it. What it is, is told by its content. Raises
    `NationalIdFound` when there is one in the name, `NotPossible` when it is something else, too
    large or one too many, or when nothing may be written; `PuljeClosed`.
    """
    current = locked_grunnlag(grunnlag)
    refuse_read_only(current.meeting)
    content_type = _checked_kind(name, content)
    row, is_new = store_file(
        current.attachments,
        bytes_in=GrunnlagAttachmentFile,
        name=file_name(name, content_type),
        content=content,
        content_type=content_type,
        most=MOST,
        by=by,
        now=now,
    )
    if is_new:
        _sign(row, "add_attachment", by, now)
    return row


def _checked_kind(name: str, content: bytes) -> str:
    if fields_with_national_ids({"file": name}):
        raise NationalIdFound(["file"])
    if not content:
        raise NotPossible(_("Fila er tom. Velg en annen."))
    if len(content) > LARGEST:
        words = {"size": size_in_words(len(content)), "most": size_in_words(LARGEST)}
        raise NotPossible(_("Fila er %(size)s. Den kan være høyst %(most)s.") % words)
    kind = kind_of(content)
    if not kind:
        raise NotPossible(
            _("Fila er verken PDF eller Word (.docx). Lagre den på nytt og prøv igjen.")
        )
    return kind


@transaction.atomic
def remove_attachment(*, attachment: GrunnlagAttachment, by: User, now: datetime) -> None:
    """Take a file out of the draft; the versions it was sent with keep it.

    The bytes of a file that was never sent are deleted. Twice changes nothing. Raises `NotPossible`
    or `PuljeClosed` when nothing may be written.
    """
    current = locked_grunnlag(attachment.paper)
    refuse_read_only(current.meeting)
    if take_out_file(attachment, bytes_in=GrunnlagAttachmentFile, by=by, now=now):
        _sign(attachment, "remove_attachment", by, now)


def _sign(row: GrunnlagAttachment, verb: str, by: User, now: datetime) -> None:
    subject = f"grunnlag:{row.paper_id}"
    record_event(by=by, verb=verb, subject=subject, now=now, attachment=row.pk, sha256=row.sha256)
