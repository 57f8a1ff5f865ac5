"""Who may do what: the access matrix of domain 1.3 as data, and the questions asked of it.

The matrix says what a role may do with a kind of thing; the querysets (`visible_to`,
`readable_by`) say with which ones. Both must agree before a page opens.
"""

from enum import StrEnum

from actors.rules.roles import INVITES, RoleKind


class Right(StrEnum):
    """One right in the matrix. STATUS means dates, counts and state, never text."""

    EDIT = "E"
    SUBMIT = "S"
    VIEW = "V"
    COMMENT = "C"
    STATUS = "St"
    AGGREGATE = "Ag"


class Artefact(StrEnum):
    """The kinds of things the matrix speaks of."""

    SOEKNAD = "soeknad"
    PRIORITERT_LISTE = "prioritert_liste"
    AVGJOERELSE = "avgjoerelse"
    STYRINGSGRUPPE = "styringsgruppe"
    ARBEIDSGRUPPE = "arbeidsgruppe"
    KARTLEGGING = "kartlegging"
    PLAN = "plan"
    GRUNNLAG = "veiledningsgrunnlag"
    REFERAT = "referat"
    MELLOMARBEID = "mellomarbeid"
    FAGSAMLING = "fagsamling"
    FAGDAG = "nasjonal_fagdag"
    EVALUERING = "semesterevaluering"
    SLUTTRAPPORT = "sluttrapport"
    PRIVATE_NOTES = "private_notater"


_ROLES = (
    RoleKind.UDIR,
    RoleKind.STATSFORVALTER,
    RoleKind.KOORDINATOR,
    RoleKind.VEILEDER,
    RoleKind.EIER,
    RoleKind.BARNEHAGEMYNDIGHET,
    RoleKind.LEDER,
    RoleKind.ARBEIDSGRUPPE,
    RoleKind.PPT,
)

# One row an artefact, one column a role in the order of `_ROLES`; "-" is nothing (domain 1.3).
_TABLE: dict[Artefact, str] = {
    Artefact.SOEKNAD: "V | V,C | V | V | E,S | V | E | - | V",
    Artefact.PRIORITERT_LISTE: "V | E,S | - | - | - | - | - | - | -",
    Artefact.AVGJOERELSE: "E,S | V | V | V | V | V | V | - | -",
    Artefact.STYRINGSGRUPPE: "St | V | V | V | E,S | V | V | - | V",
    Artefact.ARBEIDSGRUPPE: "Ag | St | V | V | V | St | E,S | V | V",
    Artefact.KARTLEGGING: "Ag | St | V | V | V | - | E,S | V | V",
    Artefact.PLAN: "Ag | St | V | V,C | V | St | E,S | E | V,C",
    Artefact.GRUNNLAG: "St | St | V | V,C | V | St | E,S | E | V",
    Artefact.REFERAT: "St | St | V | V,C | V | St | E,S | V | V",
    Artefact.MELLOMARBEID: "Ag | - | V | V | V | - | E | E | V",
    Artefact.FAGSAMLING: "Ag | V | V | E | E | V | V | V | V",
    Artefact.FAGDAG: "E | V | V | V | E | - | E | V | V",
    Artefact.EVALUERING: "Ag | Ag | Ag | V | V | - | E,S | E | E",
    Artefact.SLUTTRAPPORT: "V | V | V | V | E,S | V | E,S | V | V",
    Artefact.PRIVATE_NOTES: "- | - | - | E | - | - | - | - | -",
}


def _cell(text: str) -> frozenset[Right]:
    """The rights in one cell; who may edit or submit may also view."""
    rights = {Right(part) for part in text.strip().split(",") if part.strip() != "-"}
    if rights & {Right.EDIT, Right.SUBMIT, Right.COMMENT}:
        rights.add(Right.VIEW)
    return frozenset(rights)


MATRIX: dict[Artefact, dict[str, frozenset[Right]]] = {
    artefact: dict(zip(_ROLES, map(_cell, row.split("|")), strict=True))
    for artefact, row in _TABLE.items()
}


def rights_of(role_kind: str | None, artefact: Artefact) -> frozenset[Right]:
    """What a role may do with a kind of thing; nothing for roles outside the matrix."""
    return MATRIX[artefact].get(role_kind or "", frozenset())


def may(user, right: Right, artefact: Artefact) -> bool:
    """Whether the role the person acts in has `right` on `artefact`, wherever that is."""
    role = user.role
    return role is not None and right in rights_of(role.kind, artefact)


def can_invite(user, kind: str, scope) -> bool:
    """Whether the person may invite somebody to `kind` on `scope` (domain 1.2).

    Udir and the system administrator invite anywhere; others within their own scope.
    """
    role = user.role
    if role is None or kind not in INVITES.get(role.kind, frozenset()):
        return False
    check = _INVITE_WITHIN.get(role.kind)
    return check is None or check(role, scope)


def kinds_to_invite(user) -> list[str]:
    """The roles that the person may invite somebody to, in the order of the list of roles."""
    kinds = INVITES.get(user.role.kind, frozenset()) if user.role is not None else frozenset()
    return [kind for kind in RoleKind.values if kind in kinds]


def can_see_sending(user) -> bool:
    """Whether the role sees what was sent to everybody, and why: the control room of varsler."""
    return user.role is not None and user.role.kind in (*_STEER, RoleKind.KOORDINATOR)


def can_steer_sending(user) -> bool:
    """Whether the role changes rules, pauses, sends again and stops a mail."""
    return user.role is not None and user.role.kind in _STEER


_STEER = (RoleKind.UDIR, RoleKind.ADMIN)


def _within_embete(role, scope) -> bool:
    if scope == role.statsforvalter:
        return True
    if getattr(scope, "kind", "") == "privat":
        # The registers place a private owner nowhere; its units say in which embeter it is.
        return scope.units.filter(
            active=True, kommune__fylke__statsforvalter=role.statsforvalter_id
        ).exists()
    kommune = getattr(scope, "kommune", None) or scope
    fylke = getattr(scope, "fylke", None) or getattr(kommune, "fylke", None)
    return fylke is not None and fylke.statsforvalter_id == role.statsforvalter_id


def _within_owner(role, scope) -> bool:
    owner = role.owner
    if scope == owner or getattr(scope, "owner_id", None) == owner.pk:
        return True
    if owner.kommune is None:
        return False
    serves = getattr(scope, "kommuner", None)
    return scope == owner.kommune or (serves is not None and serves.contains(owner.kommune))


def _within_kommune(role, scope) -> bool:
    private = getattr(scope, "ownership", "") == "privat"
    return private and getattr(scope, "kommune_id", None) == role.kommune_id


_INVITE_WITHIN = {
    RoleKind.STATSFORVALTER: _within_embete,
    RoleKind.EIER: _within_owner,
    RoleKind.BARNEHAGEMYNDIGHET: _within_kommune,
    RoleKind.LEDER: lambda role, scope: scope == role.unit,
}
