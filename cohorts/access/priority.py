"""Who ranks: the statsforvalter its own embete. Udir reads what is sent; no other role sees it."""

from actors.access import Artefact, Right, may
from cohorts.models import EmbeteOpptak


def can_rank(user, embete: EmbeteOpptak) -> bool:
    """Whether the role orders, sends and reopens the list of this embete."""
    role = user.role
    if role is None or not may(user, Right.SUBMIT, Artefact.PRIORITERT_LISTE):
        return False
    return role.statsforvalter_id == embete.statsforvalter_id
