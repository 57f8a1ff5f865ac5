"""What has become of an invitation, when it may be sent again, and whom to ask for a new one."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actors.rules.roles import RoleKind

RESEND_AFTER = timedelta(hours=1)


class InvitationState(StrEnum):
    """The four states of an invitation; only an open one can be accepted."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def invitation_state(
    *,
    accepted_at: datetime | None,
    withdrawn_at: datetime | None,
    expires_at: datetime,
    now: datetime,
) -> InvitationState:
    """The state at `now`. All times are aware."""
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.OPEN if now < expires_at else InvitationState.EXPIRED


def may_resend(sent_at: datetime, now: datetime) -> bool:
    """Whether an hour has gone since the invitation was sent."""
    return now - sent_at >= RESEND_AFTER


# Whom to ask for access (domain 1.2), by role; private units ask somebody else than public ones.
WHOM_TO_ASK: dict[str, Promise] = {
    RoleKind.UDIR: _("Spør Utdanningsdirektoratet."),
    RoleKind.KOORDINATOR: _("Spør Utdanningsdirektoratet."),
    RoleKind.VEILEDER: _("Spør koordinatoren i prosjektet."),
    RoleKind.STATSFORVALTER: _("Spør Utdanningsdirektoratet."),
    RoleKind.EIER: _("Spør statsforvalteren."),
    RoleKind.BARNEHAGEMYNDIGHET: _("Spør statsforvalteren."),
    RoleKind.LEDER: _("Spør kommunen."),
    RoleKind.ARBEIDSGRUPPE: _("Spør lederen av barnehagen eller skolen."),
    RoleKind.PPT: _("Spør kommunen som PPT hører til."),
    RoleKind.PERSONVERNKONTAKT: _("Spør kommunen eller eieren."),
    RoleKind.ADMIN: _("Spør Utdanningsdirektoratet."),
}
PRIVATE_LEADER = {
    "barnehage": _("Spør barnehagemyndigheten i kommunen."),
    "skole": _("Spør statsforvalteren."),
}


def whom_to_ask(kind: str, unit_kind: str = "", ownership: str = "") -> str:
    """Who gives access to a role: one sentence.

    `unit_kind` and `ownership` are those of the unit the role is for, when there is one.
    """
    if kind == RoleKind.LEDER and ownership == "privat":
        return str(PRIVATE_LEADER[unit_kind])
    return str(WHOM_TO_ASK[kind])


def language_of(scope: object) -> str:
    """The language ("nb" or "nn") to write in to somebody at a place, from its språkvedtak.

    A unit follows its kommune; where no language is decided it is bokmål.
    """
    kommune = getattr(scope, "kommune", None)
    maalform = getattr(scope, "maalform", "") or getattr(kommune, "maalform", "")
    return "nn" if maalform == "nynorsk" else "nb"
