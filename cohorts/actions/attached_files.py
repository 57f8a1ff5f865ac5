"""Storing the files that go with a text, and taking them out again: a søknad's, a grunnlag's."""

import hashlib
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from actors.models import User
from cohorts.models import Attachment
from cohorts.rules.errors import NotPossible
from lmp.lib.wording import tallord


def store_file(
    files: Any,
    *,
    bytes_in: Any,
    name: str,
    content: bytes,
    content_type: str,
    most: int,
    by: User,
    now: datetime,
) -> tuple[Any, bool]:
    """Add a file to `files`, the attachments of one text whose row is locked.

    The bytes go to the model `bytes_in`. Returns the row and whether it is new: the same file by
    the same name is one attachment. Raises NotPossible when there are `most` of them already.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    kept = list(files.kept())
    if same := next((row for row in kept if (row.name, row.sha256) == (name, sha256)), None):
        return same, False
    if len(kept) >= most:
        words = {"n": tallord(most)}
        raise NotPossible(_("Dere kan legge ved høyst %(n)s filer. Fjern én først.") % words)
    row = files.create(
        name=name,
        size=len(content),
        sha256=sha256,
        content_type=content_type,
        uploaded_at=now,
        uploaded_by=by,
    )
    bytes_in.objects.create(attachment=row, content=content)
    return row, True


def take_out_file(attachment: Attachment, *, bytes_in: Any, by: User, now: datetime) -> bool:
    """Remove a file from what is being written; the versions it was sent with keep it.

    The bytes of a file that was never sent are deleted from `bytes_in`. False when it had been
    removed before.
    """
    rows: Any = type(attachment)._default_manager
    row = rows.select_for_update().get(pk=attachment.pk)
    if row.removed_at is not None:
        return False
    row.removed_at, row.removed_by = now, by
    row.save(update_fields=["removed_at", "removed_by"])
    if not row.versions.exists():
        bytes_in.objects.filter(attachment=row).delete()
    return True
