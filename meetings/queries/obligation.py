"""How obligations are found: due by range, never by equality."""

from datetime import date

from django.db import models
from django.db.models import Prefetch, Q

from actors.rules.roles import RoleKind
from meetings.rules.obligation import CLOSED_EARLY


class ObligationQuerySet(models.QuerySet):
    def open(self):
        """Neither met nor void."""
        return self.filter(met_at__isnull=True, void_at__isnull=True)

    def evaluation_of(self, semester):
        """What is owed of the evaluation of a semester: met, open and void."""
        return self.filter(semester=semester, activity__record="evaluation")

    def closed_early(self):
        """What nobody is asked for any more, though the programme asks."""
        return self.filter(void_at__isnull=False, void_reason=CLOSED_EARLY)

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
                Q(unit=None, deltakelse__owner=role.owner)
                | Q(unit__unit__owner=role.owner)
                | Q(soeknad__candidate__owner=role.owner)
                | Q(decision__owner=role.owner)
            )
        units = self.model._meta.get_field("unit").related_model.objects.visible_to(user)
        deltakelser = self.model._meta.get_field("deltakelse").related_model.objects.visible_to(
            user
        )
        if role.kind in (RoleKind.LEDER, RoleKind.ARBEIDSGRUPPE):
            return mine.filter(unit__in=units.values("pk"))
        if role.kind in (RoleKind.UDIR, RoleKind.KOORDINATOR):
            return mine
        within = Q(unit__in=units.values("pk"))
        within |= Q(unit=None, deltakelse__in=deltakelser.values("pk"))
        if role.kind == RoleKind.STATSFORVALTER:
            within |= Q(embete__statsforvalter=role.statsforvalter)
        return mine.filter(within)

    def visible_to(self, user):
        """Status is visible to everyone who sees the unit or the deltakelse.

        What is owed in a recruitment only to the one who owes it: it is in no list of others.
        """
        if user.role is None:
            return self.none()
        of_recruitment = self.filter(activity=None).owed_by_office(user)
        fields = self.model._meta
        units = fields.get_field("unit").related_model.objects.visible_to(user)
        deltakelser = fields.get_field("deltakelse").related_model.objects.visible_to(user)
        return self.filter(
            Q(unit__in=units.values("pk"))
            | Q(unit=None, deltakelse__in=deltakelser.values("pk"))
            | Q(pk__in=of_recruitment.values("pk"))
        )

    def unsettled(self):
        """Without what the recruitment has settled since the last sync, a few minutes ago."""
        return self.exclude(
            Q(soeknad__isnull=False) & ~Q(soeknad__status="draft")
            | Q(decision__answer__isnull=False)
            | Q(decision__lapsed_at__isnull=False)
            | Q(embete__priority_list__sent_at__isnull=False)
            & Q(embete__priority_list__reopened_at__isnull=True)
        )

    def with_recruitment(self):
        """Fetch what duties of a recruitment are about, in the same query."""
        return self.select_related(
            "soeknad__candidate__owner",
            "soeknad__candidate__embete__opptak__pulje",
            "embete__statsforvalter",
            "embete__opptak__pulje",
            "decision__owner",
            "decision__soeknad__candidate__embete__opptak__pulje",
        )

    def with_shared_parts(self):
        """Fetch the same as `for_lists` and `with_recruitment`, for many at once.

        What many share, such as their rule, is read once and not again for each of them.
        """
        fields = self.model._meta
        units = fields.get_field("unit").related_model.objects.select_related("unit")
        deltakelser = fields.get_field("deltakelse").related_model.objects.select_related("owner")
        return self.select_related("pulje", "semester", "meeting__activity").prefetch_related(
            Prefetch("unit", units),
            Prefetch("deltakelse", deltakelser),
            "activity",
            "rule",
            "soeknad__candidate__owner",
            "soeknad__candidate__embete__opptak__pulje",
            "embete__statsforvalter",
            "embete__opptak__pulje",
            "decision__owner",
            "decision__soeknad__candidate__embete__opptak__pulje",
        )

    def for_lists(self):
        """Fetch what a list of obligations shows."""
        return self.select_related(
            "activity",
            "rule",
            "pulje",
            "semester",
            "meeting__activity",
            "unit__unit",
            "deltakelse__owner",
        )
