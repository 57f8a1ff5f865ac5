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

    def open(self):
        return self.exclude(status="closed")


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
        return self.filter(papers)


def _contacts(owner_id, on):
    roles = apps.get_model("actors", "Role").objects.filter(
        kind=RoleKind.PERSONVERNKONTAKT, owner=owner_id, valid_from__lte=on
    )
    return roles.filter(Q(valid_to=None) | Q(valid_to__gte=on))
