"""Which additions to a locked referat each role may read."""

from django.db import models
from django.db.models import Q

from actors.rules.roles import RoleKind


class AddendumQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Addenda to referater whose text the role may read, without what is hidden to it."""
        referater = self.model._meta.get_field("referat").related_model.objects.visible_to(user)
        return self.filter(referat__in=referater.values("pk")).shown_to(user)

    def shown_to(self, user):
        """Addenda that hold text for the role now: none that is removed, and a hidden one only
        for the office that wrote it (domain 8.24)."""
        role = user.role
        own = Q(pk__in=[])
        if role is not None and role.kind == RoleKind.LEDER:
            own = Q(referat__unit__unit=role.unit)
        elif role is not None and role.kind == RoleKind.EIER:
            own = Q(referat__unit=None, referat__meeting__deltakelse__owner=role.owner)
        elif role is not None and role.kind == RoleKind.VEILEDER:
            own = Q(referat__unit=None, written_by=user)
        return self.filter(Q(hidden_at=None) | own, removed_at=None)
