"""Which meetings each role sees, and how they are found."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from actors.rules.roles import RoleKind
from cohorts.queries.pulje import ScopedQuerySet

# Roles that see a meeting at owner level because their unit or owner takes part in it.
OWNER_LEVEL = (
    RoleKind.LEDER,
    RoleKind.EIER,
    RoleKind.VEILEDER,
    RoleKind.STATSFORVALTER,
    RoleKind.PPT,
)


class MeetingQuerySet(ScopedQuerySet):
    def in_scope(self, user):
        """Meetings within the role's scope: date, place and status.

        A meeting of units is seen by those who see one of the units; a meeting at owner level by
        those in `OWNER_LEVEL` who see the deltakelse; a national one by all in the pulje. Who is
        invited by name sees it too.
        """
        role = user.role
        fields = self.model._meta
        units = fields.get_field("units").related_model.objects.visible_to(user)
        deltakelser = fields.get_field("deltakelse").related_model.objects.visible_to(user)
        # Through-table subqueries keep one row a meeting without DISTINCT.
        through = self.model.units.through.objects
        of_units = through.filter(deltakendeunit__in=units.values("pk")).values("meeting")
        with_units = through.values("meeting")
        condition = Q(pk__in=of_units)
        condition |= Q(deltakelse=None, pulje__in=deltakelser.values("pulje"))
        if role.kind in OWNER_LEVEL:
            condition |= Q(deltakelse__in=deltakelser.values("pk")) & ~Q(pk__in=with_units)
        elif role.kind == RoleKind.ARBEIDSGRUPPE:
            invited = fields.get_field("attendances").related_model.objects
            condition |= Q(pk__in=invited.filter(user=user).values("meeting"))
        return self.filter(condition)

    def taking_place(self):
        """Meetings that are not cancelled."""
        return self.exclude(status="cancelled")

    def upcoming(self, now: datetime):
        """Meetings not over at `now`, the next first."""
        return self.taking_place().filter(end__gte=now).order_by("start", "pk")

    def held(self, now: datetime):
        """Meetings that are over at `now`, the latest first."""
        return self.taking_place().filter(end__lt=now).order_by("-start", "-pk")

    def coming(self, now: datetime):
        """Meetings not over at `now` with the cancelled ones among them, the next first."""
        return self.filter(end__gte=now).order_by("start", "pk")

    def past(self, now: datetime):
        """Meetings that are over at `now` with the cancelled ones among them, the latest first."""
        return self.filter(end__lt=now).order_by("-start", "-pk")

    def with_parts(self):
        """Fetch what every list of meetings shows, in a bounded number of queries."""
        return self.select_related(
            "pulje", "semester", "activity", "deltakelse__owner"
        ).prefetch_related("units__unit")


class AttendanceQuerySet(models.QuerySet):
    def in_order(self):
        return self.select_related("user", "unit__unit").order_by("pk")
