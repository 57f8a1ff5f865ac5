"""Who may do what with puljer, deltakelser, groups and registrations.

The querysets say which ones a person sees; these say what the role acted in may do with them. A
closed pulje is refused by the actions, and `is_open_to_change` hides the buttons.
"""

from actors.access import Artefact, Right, may, rights_of
from actors.rules.roles import RoleKind
from cohorts.models import Activity, Deltakelse, DeltakendeUnit, Pulje
from cohorts.queries.groups import GroupInPulje
from cohorts.queries.programme import programme_of
from cohorts.queries.register import owners_for
from cohorts.rules.offices import offices_of
from cohorts.rules.records import REGISTERED

RUNS_PULJE = (RoleKind.UDIR,)
SETS_UP_PULJE = (RoleKind.UDIR, RoleKind.KOORDINATOR)
PICKS_PARTICIPANTS = (RoleKind.UDIR, RoleKind.KOORDINATOR, RoleKind.STATSFORVALTER)


def _acts_as(user, *kinds: str) -> bool:
    return user.role is not None and user.role.kind in kinds


def is_open_to_change(pulje: Pulje) -> bool:
    """Whether anything in the pulje may be changed."""
    return not pulje.is_closed


def can_open_pulje(user) -> bool:
    """Udir opens, closes and reopens puljer."""
    return _acts_as(user, *RUNS_PULJE)


can_close_pulje = can_open_pulje


def can_see_setup(user) -> bool:
    """Udir and the koordinator see and change what a pulje demands."""
    return _acts_as(user, *SETS_UP_PULJE)


def can_edit_pulje(user, pulje: Pulje) -> bool:
    """Whether activities and deadlines of the pulje may be changed by this role now."""
    return can_see_setup(user) and is_open_to_change(pulje)


def can_pick_participants(user) -> bool:
    """Udir, the koordinator and statsforvaltere bring owners and units into a pulje."""
    return _acts_as(user, *PICKS_PARTICIPANTS)


def can_edit_deltakelse(user, deltakelse: Deltakelse) -> bool:
    """Whether the role may change which units take part: a statsforvalter in the own embete."""
    if not can_pick_participants(user) or not is_open_to_change(deltakelse.pulje):
        return False
    return owners_for(user).filter(pk=deltakelse.owner_id).exists()


def can_assign_veileder(user, deltakelse: Deltakelse) -> bool:
    """The koordinator and Udir set up the pairs of veiledere."""
    return _acts_as(user, *SETS_UP_PULJE) and is_open_to_change(deltakelse.pulje)


def artefact_of(found: GroupInPulje) -> Artefact:
    """The row of the matrix (domain 1.3) that a group stands in."""
    return Artefact.ARBEIDSGRUPPE if found.is_of_unit else Artefact.STYRINGSGRUPPE


def can_see_group(user, found: GroupInPulje) -> bool:
    """Whether the role sees anything of such a group: members, or only how many."""
    return sees_groups(user, artefact_of(found))


def sees_groups(user, artefact: Artefact) -> bool:
    """Whether the role sees anything of the groups of one of the two kinds."""
    return user.role is not None and bool(rights_of(user.role.kind, artefact))


def can_see_members(user, found: GroupInPulje) -> bool:
    """Whether the role sees who sits in the group; the others see only how many."""
    return may(user, Right.VIEW, artefact_of(found))


def can_edit_group(user, found: GroupInPulje) -> bool:
    """The office that leads the group: the owner its styringsgruppe, the leader the unit's."""
    if not may(user, Right.SUBMIT, artefact_of(found)) or not is_open_to_change(found.pulje):
        return False
    role = user.role
    if found.is_of_unit:
        return role.unit_id is not None and role.unit_id == found.group.unit_id
    return role.owner_id is not None and role.owner_id == found.group.owner_id


def can_establish_group(user, deltakelse: Deltakelse, unit: DeltakendeUnit | None = None) -> bool:
    """Whether the role may make the group of the owner, or of one unit."""
    if not is_open_to_change(deltakelse.pulje) or user.role is None:
        return False
    if unit is not None:
        return may(user, Right.SUBMIT, Artefact.ARBEIDSGRUPPE) and (
            user.role.unit_id == unit.unit_id
        )
    return may(user, Right.SUBMIT, Artefact.STYRINGSGRUPPE) and (
        user.role.owner_id == deltakelse.owner_id
    )


def can_register_activity(
    user,
    activity: Activity,
    deltakelse: Deltakelse | None = None,
    unit: DeltakendeUnit | None = None,
) -> bool:
    """The offices behind the activity's actors, each within its own scope.

    `deltakelse` and `unit` are ones the person sees; an owner registers only for its own
    deltakelse, not for one in which its private unit takes part.
    """
    pulje = activity.semester.pulje
    role = user.role
    if role is None or not is_open_to_change(pulje) or activity.record not in REGISTERED:
        return False
    if role.kind not in offices_of(activity, programme_of(pulje)):
        return False
    if role.kind != RoleKind.EIER:
        return True
    owner = unit.unit.owner_id if unit else deltakelse.owner_id if deltakelse else None
    return owner == role.owner_id
