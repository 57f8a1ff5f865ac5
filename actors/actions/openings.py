"""Writing in the access log that a paper was opened."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from actors.actions.signature import signed_as
from actors.models import Opening, User


@transaction.atomic
def record_opening(*, subject: str, way: str, by: User, now: datetime) -> bool:
    """Write that `by` opened `subject` («referatversion:3») in the `way` of `Opening.Way`.

    One row a person, role and way: opening it again moves `last_at` and counts. Returns whether
    it was the first time.
    """
    role = by.role
    row, is_new = Opening.objects.get_or_create(
        subject=subject,
        way=way,
        user=by,
        role_kind=role.kind if role else "",
        defaults={"opened_as": signed_as(by), "first_at": now, "last_at": now},
    )
    if not is_new:
        Opening.objects.filter(pk=row.pk).update(last_at=now, times=F("times") + 1)
    return is_new
