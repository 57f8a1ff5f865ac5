"""How groups and their members are found."""

from datetime import date

from django.db import models

from actors.queries.people import PeriodQuerySet


class GroupMemberQuerySet(PeriodQuerySet):
    def in_seat_order(self):
        return self.select_related("user", "unit", "owner").order_by("seat", "valid_from", "pk")


class GroupQuerySet(models.QuerySet):
    def with_member(self, user, on: date):
        """Groups in which the person sits on the day `on`."""
        return self.filter(
            models.Q(members__valid_to__isnull=True) | models.Q(members__valid_to__gte=on),
            members__user=user,
            members__valid_from__lte=on,
        )


class StyringsgruppeManager(models.Manager.from_queryset(GroupQuerySet)):  # type: ignore[misc]
    """Groups at owner level."""

    def get_queryset(self):
        return super().get_queryset().filter(owner__isnull=False)


class ArbeidsgruppeManager(models.Manager.from_queryset(GroupQuerySet)):  # type: ignore[misc]
    """Groups at unit level."""

    def get_queryset(self):
        return super().get_queryset().filter(unit__isnull=False)
