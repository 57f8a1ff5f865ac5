"""Adding a file to a grunnlag, and taking it away again (domain 3.10)."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.rules.errors import NationalIdFound, NotPossible
from cohorts.rules.paper import fields_with_national_ids
from cohorts.rules.soeknad_attachment import size_in_words
from lmp.lib.wording import tallord
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
    name, sha256 = file_name(name, content_type), hashlib.sha256(content).hexdigest()
    kept = list(current.attachments.kept())
    if same := next((row for row in kept if (row.name, row.sha256) == (name, sha256)), None):
        return same
    if len(kept) >= MOST:
        words = {"n": tallord(MOST)}
        raise NotPossible(_("Dere kan legge ved høyst %(n)s filer. Fjern én først.") % words)
    row = GrunnlagAttachment.objects.create(
        paper=current,
        name=name,
        size=len(content),
        sha256=sha256,
        content_type=content_type,
        uploaded_at=now,
        uploaded_by=by,
    )
    GrunnlagAttachmentFile.objects.create(attachment=row, content=content)
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
    row = GrunnlagAttachment.objects.select_for_update().get(pk=attachment.pk)
    if row.removed_at is not None:
        return
    row.removed_at, row.removed_by = now, by
    row.save(update_fields=["removed_at", "removed_by"])
    if not row.versions.exists():
        GrunnlagAttachmentFile.objects.filter(attachment=row).delete()
    _sign(row, "remove_attachment", by, now)


def _sign(row: GrunnlagAttachment, verb: str, by: User, now: datetime) -> None:
    subject = f"grunnlag:{row.paper_id}"
    record_event(by=by, verb=verb, subject=subject, now=now, attachment=row.pk, sha256=row.sha256)
