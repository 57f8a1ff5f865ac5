"""The places for which somebody may be invited: the choices that a form offers."""

from django.apps import apps
from django.db.models import Q, QuerySet

from actors.rules.roles import SCOPE_OF_KIND, RoleKind

MODEL_OF_SCOPE = {
    "statsforvalter": "Statsforvalter",
    "owner": "Owner",
    "kommune": "Kommune",
    "unit": "Unit",
    "ppt": "PPT",
}


def places_for(role, kind: str) -> QuerySet | None:
    """Places that `role` may name when it invites to `kind`; None when the kind is national.

    A subset of what `actors.access.can_invite` allows, which decides in the end.
    """
    field = SCOPE_OF_KIND[kind]
    if field is None:
        return None
    model = apps.get_model("actors", MODEL_OF_SCOPE[field])
    limit = _LIMITS.get((role.kind, field))
    places = model._default_manager.all()
    if field == "unit":
        places = places.filter(active=True).select_related("kommune")
    return places.filter(limit(role)).distinct() if limit else places


def _in_embete(role) -> Q:
    embete = role.statsforvalter_id
    private = Q(kind="privat", units__active=True, units__kommune__fylke__statsforvalter=embete)
    return Q(kommune__fylke__statsforvalter=embete) | Q(fylke__statsforvalter=embete) | private


# By the inviter's role and the kind of place; no entry means everywhere (domain 1.2).
_LIMITS = {
    (RoleKind.STATSFORVALTER, "statsforvalter"): lambda role: Q(pk=role.statsforvalter_id),
    (RoleKind.STATSFORVALTER, "owner"): _in_embete,
    (RoleKind.STATSFORVALTER, "kommune"): lambda role: Q(
        fylke__statsforvalter=role.statsforvalter_id
    ),
    (RoleKind.STATSFORVALTER, "unit"): lambda role: Q(
        kommune__fylke__statsforvalter=role.statsforvalter_id, kind="skole", ownership="privat"
    ),
    (RoleKind.EIER, "owner"): lambda role: Q(pk=role.owner_id),
    (RoleKind.EIER, "unit"): lambda role: Q(owner=role.owner_id),
    (RoleKind.EIER, "kommune"): lambda role: Q(pk=role.owner.kommune_id),
    (RoleKind.EIER, "ppt"): lambda role: Q(kommuner=role.owner.kommune_id, kommuner__isnull=False),
    (RoleKind.BARNEHAGEMYNDIGHET, "unit"): lambda role: Q(
        kommune=role.kommune_id, ownership="privat"
    ),
    (RoleKind.LEDER, "unit"): lambda role: Q(pk=role.unit_id),
}
