"""That a reader opened a text: the access log, and the point after which it cannot be withdrawn."""

from datetime import datetime

from django.db import transaction

from actors.actions.openings import record_opening
from actors.models import User
from meetings.access.privacy import Text, kind_of, subject_of
from meetings.models import Veiledningsgrunnlag, VeiledningsgrunnlagVersion


@transaction.atomic
def open_version(*, version: Text, way: str, by: User, now: datetime) -> bool:
    """Write in the access log that `by` opens the text in the `way` of `Opening.Way`.

    The row of a grunnlag is held meanwhile, so that withdrawing and opening cannot both win.
    Returns whether the text may be shown: False when it was withdrawn or hidden just before.
    """
    if isinstance(version, VeiledningsgrunnlagVersion):
        Veiledningsgrunnlag.objects.select_for_update().get(pk=version.paper_id)
    shown = kind_of(version).model._default_manager.shown_to(by)  # type: ignore[attr-defined]
    if not shown.filter(pk=version.pk).exists():
        return False
    record_opening(subject=subject_of(version), way=way, by=by, now=now)
    return True
