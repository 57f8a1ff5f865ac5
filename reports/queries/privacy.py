"""How often somebody has said that a person can be recognised: the number alone, for Udir."""

from actors.rules.roles import RoleKind
from cohorts.models import Pulje
from meetings.models import PrivacyReport


def privacy_count(pulje: Pulje, user) -> int | None:
    """The number of reports about papers and plans of the pulje; None for who is not told.

    Udir sees no more than the number: what was reported is for the owner's personvernkontakt.
    """
    if user.role is None or user.role.kind != RoleKind.UDIR:
        return None
    return PrivacyReport.objects.in_pulje(pulje).count()
