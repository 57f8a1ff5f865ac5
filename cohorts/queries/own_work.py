"""Which of a unit's own work each role may read (domain 1.3: kartlegging, plan, mellomarbeid)."""

from django.apps import apps
from django.db import models

from cohorts.queries.paper import shown_texts


class UnitWorkQuerySet(models.QuerySet):
    """Rows that belong to a DeltakendeUnit in `unit`."""

    def visible_to(self, user):
        """Rows of units whose papers the role may read, not only their status."""
        return self.filter(unit__in=_readable_units(user))


class PlanPartQuerySet(models.QuerySet):
    """Rows that hang on a plan, directly or through a goal."""

    def visible_to(self, user):
        """Rows of plans of units whose papers the role may read."""
        fields = {field.name for field in self.model._meta.get_fields()}
        path = "plan__unit" if "plan" in fields else "maal__plan__unit"
        return self.filter(**{f"{path}__in": _readable_units(user)})


class PlanVersionQuerySet(PlanPartQuerySet):
    def visible_to(self, user):
        """Versions with text for the role: none that is removed, a hidden one for the leader."""
        return super().visible_to(user).shown_to(user)

    def shown_to(self, user):
        """As `visible_to`, of versions whose plan the role is known to read."""
        return shown_texts(self, user, unit="plan__unit")


def _readable_units(user):
    return apps.get_model("cohorts", "DeltakendeUnit").objects.readable_by(user).values("pk")
