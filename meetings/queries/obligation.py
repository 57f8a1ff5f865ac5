"""How obligations are found: due by range, never by equality."""

from datetime import date

from django.db import models
from django.db.models import Q

from actors.rules.roles import RoleKind


class ObligationQuerySet(models.QuerySet):
    def open(self):
        """Neither met nor void."""
        return self.filter(met_at__isnull=True, void_at__isnull=True)

    def overdue(self, today: date):
        """Open and due before `today` (local date)."""
        return self.open().filter(due__lt=today)

    def opened(self, today: date):
        """Those that can be met now: without an opening day, or opened on or before `today`."""
        return self.filter(Q(opens__isnull=True) | Q(opens__lte=today))

    def owed_by_office(self, user):
        """What the office the person acts in owes itself (office, not person)."""
        role = user.role
        if role is None:
            return self.none()
        mine = self.filter(office=role.kind)
        if role.kind == RoleKind.EIER:
            return mine.filter(
                Q(unit=None, deltakelse__owner=role.owner) | Q(unit__unit__owner=role.owner)
            )
        units = self.model._meta.get_field("unit").related_model.objects.visible_to(user)
        deltakelser = self.model._meta.get_field("deltakelse").related_model.objects.visible_to(
            user
        )
        if role.kind in (RoleKind.LEDER, RoleKind.ARBEIDSGRUPPE):
            return mine.filter(unit__in=units.values("pk"))
        if role.kind in (RoleKind.UDIR, RoleKind.KOORDINATOR):
            return mine
        return mine.filter(
            Q(unit__in=units.values("pk")) | Q(unit=None, deltakelse__in=deltakelser.values("pk"))
        )

    def visible_to(self, user):
        """Status is visible to everyone who sees the unit or the deltakelse."""
        if user.role is None:
            return self.none()
        fields = self.model._meta
        units = fields.get_field("unit").related_model.objects.visible_to(user)
        deltakelser = fields.get_field("deltakelse").related_model.objects.visible_to(user)
        return self.filter(
            Q(unit__in=units.values("pk")) | Q(unit=None, deltakelse__in=deltakelser.values("pk"))
        )

    def for_lists(self):
        """Fetch what a list of obligations shows."""
        return self.select_related(
            "activity",
            "rule",
            "pulje",
            "semester",
            "meeting",
            "unit__unit",
            "deltakelse__owner",
        )
