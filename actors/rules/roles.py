"""The closed list of access roles and the scope that each of them needs (domain 1.1–1.3)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from actors.models import Role


class RoleKind(TextChoices):
    """The access roles. Every actor of a programme maps to one of them or has no account."""

    UDIR = "udir", _("Utdanningsdirektoratet")
    KOORDINATOR = "koordinator", _("Koordinator")
    STATSFORVALTER = "statsforvalter", _("Statsforvalter")
    VEILEDER = "veileder", _("Veileder")
    EIER = "eier", _("Barnehage- og skoleeier")
    BARNEHAGEMYNDIGHET = "barnehagemyndighet", _("Barnehagemyndighet")
    LEDER = "leder", _("Leder")
    ARBEIDSGRUPPE = "arbeidsgruppe", _("Arbeidsgruppe")
    PPT = "ppt", _("PPT-rådgiver")
    PERSONVERNKONTAKT = "personvernkontakt", _("Personvernkontakt")
    ADMIN = "admin", _("Systemadministrator")


# The field that holds the scope of each kind; None for national roles.
SCOPE_OF_KIND: dict[str, str | None] = {
    RoleKind.UDIR: None,
    RoleKind.KOORDINATOR: None,
    RoleKind.VEILEDER: None,
    RoleKind.ADMIN: None,
    RoleKind.STATSFORVALTER: "statsforvalter",
    RoleKind.EIER: "owner",
    RoleKind.BARNEHAGEMYNDIGHET: "kommune",
    RoleKind.LEDER: "unit",
    RoleKind.ARBEIDSGRUPPE: "unit",
    RoleKind.PPT: "ppt",
    RoleKind.PERSONVERNKONTAKT: "owner",
}

# Who may give whom a role: the sector's own chain (domain 1.2). Scope is checked in access.
INVITES: dict[str, frozenset[str]] = {
    RoleKind.UDIR: frozenset(
        {
            RoleKind.UDIR,
            RoleKind.KOORDINATOR,
            RoleKind.STATSFORVALTER,
            RoleKind.VEILEDER,
            RoleKind.EIER,
        }
    ),
    RoleKind.KOORDINATOR: frozenset({RoleKind.KOORDINATOR, RoleKind.VEILEDER}),
    RoleKind.STATSFORVALTER: frozenset(
        {RoleKind.STATSFORVALTER, RoleKind.EIER, RoleKind.BARNEHAGEMYNDIGHET, RoleKind.LEDER}
    ),
    RoleKind.EIER: frozenset(
        {
            RoleKind.EIER,
            RoleKind.LEDER,
            RoleKind.PPT,
            RoleKind.BARNEHAGEMYNDIGHET,
            RoleKind.PERSONVERNKONTAKT,
        }
    ),
    RoleKind.BARNEHAGEMYNDIGHET: frozenset({RoleKind.LEDER}),
    RoleKind.LEDER: frozenset({RoleKind.ARBEIDSGRUPPE}),
    RoleKind.ADMIN: frozenset(RoleKind.values),
}

# The leader of a unit is called styrer in a barnehage and rektor in a skole (domain 1.1).
LEADER_TITLE = {"barnehage": _("Styrer"), "skole": _("Rektor")}


@dataclass(frozen=True)
class RoleContext:
    """In which role a person acts, and the local date on which access is decided."""

    role: "Role"
    on: date


def is_valid_on(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Whether a period (both ends included, local dates) covers the day `on`."""
    return valid_from <= on and (valid_to is None or on <= valid_to)


def role_title(kind: str, unit_kind: str | None, *, acting: bool = False) -> str:
    """What a role is called: «Rektor», «Styrer», «Fungerende rektor», «Veileder» …"""
    title = LEADER_TITLE.get(unit_kind or "") if kind == RoleKind.LEDER else None
    name = str(title or RoleKind(kind).label)
    return str(_("Fungerende %(role)s")) % {"role": name.lower()} if acting else name
