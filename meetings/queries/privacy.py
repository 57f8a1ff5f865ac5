"""Who sees reports of personal data, and redacted copies."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from actors.rules.roles import RoleKind

# The texts that can be reported, as fields of the report.
REPORTED = ("grunnlag_version", "referat_version", "plan_version")


class PrivacyReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The owner's personvernkontakt sees its reports; an owner without one sees them itself."""
        role = user.role
        if role is None or role.kind not in (RoleKind.PERSONVERNKONTAKT, RoleKind.EIER):
            return self.none()
        own = self.filter(owner=role.owner)
        if role.kind == RoleKind.EIER and _contacts(role.owner_id, user.on).exists():
            return self.none()
        return own

    def to_clean_by(self, user):
        """Reports about texts that the role's office has sent and must clean."""
        role = user.role
        if role is None:
            return self.none()
        if role.kind == RoleKind.LEDER:
            return self.filter(_of_unit(unit__unit=role.unit_id))
        if role.kind == RoleKind.EIER:
            owner = {"meeting__deltakelse__owner": role.owner_id, "unit": None}
            return self.filter(_of_referat(**owner))
        if role.kind == RoleKind.VEILEDER:
            mine = Q(referat_version__sent_by=user) | Q(addendum__written_by=user)
            return self.filter(_of_referat(unit=None), mine)
        return self.none()

    def about(self, field: str, text):
        """Reports of one version or addendum; `field` is its field in a report."""
        return self.filter(**{field: text})

    def open(self):
        return self.exclude(status="closed")

    def undecided(self):
        """Reports that the contact has not judged yet."""
        return self.filter(decided_at=None)

    def in_pulje(self, pulje):
        """Reports about papers and plans of one pulje."""
        condition = Q(plan_version__plan__unit__deltakelse__pulje=pulje)
        for path in ("grunnlag_version__paper", "referat_version__paper", "addendum__referat"):
            condition |= Q(**{f"{path}__meeting__pulje": pulje})
        return self.filter(condition)

    def with_texts(self):
        """Fetch what was reported and where it belongs in the same query."""
        unit, place = "unit__unit__kommune", "unit__deltakelse__owner"
        paths = []
        for path in ("grunnlag_version__paper", "referat_version__paper", "addendum__referat"):
            paths += [f"{path}__{unit}", f"{path}__{place}", f"{path}__meeting__pulje"]
            paths.append(f"{path}__meeting__deltakelse__owner")
        paths += [f"plan_version__plan__{unit}", f"plan_version__plan__{place}"]
        return self.select_related(*paths, "plan_version__plan__unit__deltakelse__pulje")


def _of_unit(**lookup) -> Q:
    """About a text of a unit, whatever kind of text it is."""
    condition = _of_referat(**lookup)
    for path in ("grunnlag_version__paper", "plan_version__plan"):
        condition |= Q(**{f"{path}__{name}": value for name, value in lookup.items()})
    return condition


def _of_referat(**lookup) -> Q:
    """About a referat or an addendum to one."""
    version, addendum = Q(referat_version__isnull=False), Q(addendum__isnull=False)
    for name, value in lookup.items():
        version &= Q(**{f"referat_version__paper__{name}": value})
        addendum &= Q(**{f"addendum__referat__{name}": value})
    return version | addendum


class RedactedCopyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Copies that the owner of the unit made: only the owner's office keeps them."""
        role = user.role
        if role is None or role.kind != RoleKind.EIER:
            return self.none()
        owner = role.owner
        papers = Q(grunnlag_version__paper__unit__unit__owner=owner)
        papers |= Q(referat_version__paper__unit__unit__owner=owner)
        papers |= Q(
            referat_version__paper__unit=None,
            referat_version__paper__meeting__deltakelse__owner=owner,
        )
        papers |= Q(plan_version__plan__unit__unit__owner=owner)
        return self.filter(papers).of_shown()

    def of_shown(self):
        """Copies of versions that are not hidden: what was reported may stand in the copy too."""
        hidden = Q()
        for field in REPORTED:
            hidden |= Q(**{f"{field}__hidden_at__isnull": False})
        return self.exclude(hidden)


def _contacts(owner_id, on):
    held = apps.get_model("actors", "Role").objects.active(on)
    return held.of_kind(RoleKind.PERSONVERNKONTAKT).filter(owner=owner_id)
