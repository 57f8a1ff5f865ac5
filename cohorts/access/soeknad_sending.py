"""Who answers for an owner that is asked to apply together with another."""

from cohorts.access.soeknad import can_apply
from cohorts.models import Soeknad, SoeknadPartner


def partner_of(user, soeknad: Soeknad) -> SoeknadPartner | None:
    """The row of the owner that the person acts for, when it was asked to apply together."""
    if not can_apply(user):
        return None
    found = soeknad.partners.filter(owner=user.role.owner_id)
    return found.select_related("owner", "answered_by").first()
