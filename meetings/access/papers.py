"""Who may write, read, comment on and approve the papers of a meeting (domain 1.3).

The matrix (`actors.access`) says what a role may do with a paper, the querysets with which ones.
A role with status only sees that a paper is there and when, never its text: the two-hats rule.
"""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actors.access import Artefact, Right, may, rights_of
from actors.rules.roles import RoleKind
from cohorts.models import DeltakendeUnit
from meetings.models import Meeting, Referat
from meetings.queries.demand import PaperDemand
from meetings.rules.referat import may_change, may_get_addendum, may_get_merknad

# Who may object to a referat that somebody else wrote (domain 3.12, 8.25).
COMMENTING = (RoleKind.VEILEDER, RoleKind.PPT, RoleKind.EIER)

STATUS_ONLY_REASON: dict[str, Promise | str] = {
    RoleKind.UDIR: _(
        "Utdanningsdirektoratet ser at dokumentet er levert, og når. Teksten er for dem som "
        "arbeider sammen om enheten."
    ),
    RoleKind.STATSFORVALTER: _(
        "Statsforvalteren fører også tilsyn, og ser derfor at dokumentet er levert, men ikke "
        "teksten."
    ),
    RoleKind.BARNEHAGEMYNDIGHET: _(
        "Barnehagemyndigheten fører også tilsyn, og ser derfor at dokumentet er levert, men ikke "
        "teksten."
    ),
    RoleKind.EIER: _(
        "Enheten har en annen eier. Du ser at dokumentet er levert, men ikke teksten."
    ),
}
OTHER_REASON = _("Rollen din gir ikke adgang til teksten i dette dokumentet.")


def why_status_only(user) -> str:
    """The reason a reader is told when a role may see the status of a paper, not its text."""
    kind = user.role.kind if user.role else ""
    return str(STATUS_ONLY_REASON.get(kind, OTHER_REASON))


def artefact_of(unit: DeltakendeUnit | None) -> Artefact:
    """The row of the matrix for a referat: of a unit, or of a meeting at owner level."""
    return Artefact.REFERAT if unit is not None else Artefact.STYRINGSGRUPPE


def is_readable_unit(user, unit: DeltakendeUnit) -> bool:
    """Whether the role may read papers of the unit, not only their status."""
    return DeltakendeUnit.objects.readable_by(user).filter(pk=unit.pk).exists()


def can_read_grunnlag(user, unit: DeltakendeUnit) -> bool:
    """Whether the role may read what the unit has sent, once it is sent."""
    return may(user, Right.VIEW, Artefact.GRUNNLAG) and is_readable_unit(user, unit)


def can_edit_grunnlag(user, unit: DeltakendeUnit) -> bool:
    """Whether the role writes on the unit's draft: its leader and its arbeidsgruppe."""
    return may(user, Right.EDIT, Artefact.GRUNNLAG) and user.role.unit_id == unit.unit_id


def can_submit_grunnlag(user, unit: DeltakendeUnit) -> bool:
    """Whether the role may send it: the leader, also an acting one."""
    return may(user, Right.SUBMIT, Artefact.GRUNNLAG) and user.role.unit_id == unit.unit_id


def can_read_referat(user, meeting: Meeting, unit: DeltakendeUnit | None) -> bool:
    """Whether the role may read the referat of a meeting, once it is sent."""
    if not may(user, Right.VIEW, artefact_of(unit)):
        return False
    if unit is not None:
        return is_readable_unit(user, unit)
    return Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()


def can_write_referat(
    user, demand: PaperDemand | None, meeting: Meeting, unit: DeltakendeUnit | None
) -> bool:
    """Whether the role is the office that owes the paper after this meeting."""
    role = user.role
    if role is None or demand is None or role.kind != demand.office:
        return False
    if role.kind == RoleKind.LEDER:
        return unit is not None and role.unit_id == unit.unit_id
    if role.kind == RoleKind.EIER:
        deltakelse = meeting.deltakelse
        return unit is None and deltakelse is not None and deltakelse.owner_id == role.owner_id
    return can_read_referat(user, meeting, unit)


def can_change_referat(user, demand: PaperDemand | None, referat: Referat) -> bool:
    """Whether the role may write on this referat as it stands now: it is not yet locked."""
    is_author = can_write_referat(user, demand, referat.meeting, referat.unit)
    return is_author and may_change(referat.status)


def can_add_merknad(user, demand: PaperDemand | None, referat: Referat, today: date) -> bool:
    """Whether the role may object to the referat on the local date `today`."""
    role = user.role
    return (
        role is not None
        and role.kind in COMMENTING
        and not can_write_referat(user, demand, referat.meeting, referat.unit)
        and can_read_referat(user, referat.meeting, referat.unit)
        and may_get_merknad(referat.status, referat.merknad_due, today)
    )


def can_write_addendum(user, demand: PaperDemand | None, referat: Referat) -> bool:
    """Whether the role may add to a referat that is read-only, in a closed pulje too."""
    meeting = referat.meeting
    return can_write_referat(user, demand, meeting, referat.unit) and may_get_addendum(
        referat.status, is_closed=meeting.pulje.is_closed
    )


def can_approve_referat(user, demand: PaperDemand | None, referat: Referat, today: date) -> bool:
    """Whether the role may say that the referat is right: a veileder who did not write it."""
    return user.role.kind == RoleKind.VEILEDER and can_add_merknad(user, demand, referat, today)


def reading_offices(artefact: Artefact) -> list[str]:
    """The roles that may read a kind of paper, as the matrix has them."""
    return [kind for kind in RoleKind.values if Right.VIEW in rights_of(kind, artefact)]
