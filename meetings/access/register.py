"""Who decides how a paper stands in the register, and makes copies with parts blacked out.

The owner's office does: of its own units, and of the meetings at owner level. A kommune does not
for a private unit (domain 1.3, 4.3).
"""

from actors.models import User
from actors.rules.roles import RoleKind
from cohorts.models import PlanVersion, Pulje
from meetings.access.privacy import GRUNNLAG, KINDS, PLAN, REFERAT, TextKind, home_of
from meetings.models import ReferatVersion, VeiledningsgrunnlagVersion

Paper = VeiledningsgrunnlagVersion | ReferatVersion | PlanVersion

REGISTERED: dict[str, TextKind] = {key: KINDS[key] for key in (GRUNNLAG, REFERAT, PLAN)}
"""The kinds of papers that cross from one organ to another, by their word in addresses."""


def is_owners_office(user: User, version: Paper) -> bool:
    """Whether the role is the office of the one who answers for the paper."""
    role, owner = user.role, home_of(version).owner
    if role is None or role.kind != RoleKind.EIER:
        return False
    return owner is not None and role.owner_id == owner.pk


def pulje_of(version: Paper) -> Pulje:
    """The pulje the paper belongs to."""
    if isinstance(version, PlanVersion):
        return version.plan.unit.deltakelse.pulje
    return version.paper.meeting.pulje
