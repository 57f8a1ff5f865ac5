"""Who takes part, as each role may see it (domain 1.3: role, scope and period)."""

from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import Q

from actors.queries.people import PeriodQuerySet
from actors.rules.roles import RoleKind
from cohorts.queries.pulje import ScopedQuerySet


class TakingPartQuerySet(ScopedQuerySet):
    """Owners or units that take part, or did."""

    def active(self):
        return self.filter(status="active")


class DeltakelseQuerySet(TakingPartQuerySet):
    def in_scope(self, user):
        """Deltakelser within the scope of the role the person acts in."""
        role = user.role
        units = self.model.units.rel.related_model.objects.visible_to(user)
        condition = Q(pk__in=units.values("deltakelse"))
        if role.kind == RoleKind.STATSFORVALTER:
            condition |= Q(owner__kommune__fylke__statsforvalter=role.statsforvalter)
            condition |= Q(owner__fylke__statsforvalter=role.statsforvalter)
        elif role.kind == RoleKind.EIER:
            condition |= Q(owner=role.owner)
        elif role.kind == RoleKind.VEILEDER:
            oppdrag = self.model.oppdrag.rel.related_model.objects.active(user.on)
            condition |= Q(pk__in=oppdrag.filter(veileder=user).values("deltakelse"))
        elif role.kind == RoleKind.PPT:
            groups = self.model.styringsgruppe.field.related_model.objects
            condition |= Q(styringsgruppe__in=groups.with_member(user, user.on).values("pk"))
        return self.filter(condition)


class DeltakendeUnitQuerySet(TakingPartQuerySet):
    def in_scope(self, user):
        """Units within the scope of the role: that they take part, with dates and status."""
        return self.filter(_unit_scope(self.model, user))

    def with_reason(self):
        """Whether there is a page on why the unit takes part, as `has_reason`: an offer that was
        sent and said yes to, on a søknad that was sent."""
        answers = apps.get_model("cohorts", "Answer").objects.filter(
            deltakelse=models.OuterRef("deltakelse"),
            decision__released_at__isnull=False,
            decision__soeknad__versions__isnull=False,
        )
        return self.annotate(has_reason=models.Exists(answers))

    def readable_by(self, user):
        """Units whose papers the role may read, not only their status (two-hats rule, 1.3).

        The owner reads papers of its own units; of a private unit in its kommune it sees status.
        """
        role = user.role
        if role is None or role.kind in STATUS_ONLY:
            return self.none()
        units = self.visible_to(user)
        return units.filter(unit__owner=role.owner) if role.kind == RoleKind.EIER else units


# Roles that see the status of a unit's papers, never their content (domain 1.3, two-hats rule).
STATUS_ONLY = (
    RoleKind.UDIR,
    RoleKind.STATSFORVALTER,
    RoleKind.BARNEHAGEMYNDIGHET,
    RoleKind.ADMIN,
)


def _unit_scope(model, user) -> Q:
    """The condition on DeltakendeUnit for a role with a scope."""
    role = user.role
    if role.kind == RoleKind.STATSFORVALTER:
        return Q(unit__kommune__fylke__statsforvalter=role.statsforvalter)
    if role.kind == RoleKind.EIER:
        return Q(unit__owner=role.owner) | Q(deltakelse__owner=role.owner)
    if role.kind == RoleKind.BARNEHAGEMYNDIGHET:
        return Q(unit__kommune=role.kommune, unit__kind="barnehage", unit__ownership="privat")
    if role.kind in (RoleKind.LEDER, RoleKind.ARBEIDSGRUPPE):
        return Q(unit=role.unit)
    if role.kind == RoleKind.PPT:
        groups = model.arbeidsgruppe.field.related_model.objects
        return Q(arbeidsgruppe__in=groups.with_member(user, user.on).values("pk"))
    if role.kind == RoleKind.VEILEDER:
        oppdrag = model.oppdrag.rel.related_model.objects.active(user.on).filter(veileder=user)
        whole = oppdrag.filter(unit__isnull=True).values("deltakelse")
        return Q(deltakelse__in=whole) | Q(pk__in=oppdrag.exclude(unit=None).values("unit"))
    return Q(pk__in=[])


class VeilederoppdragQuerySet(PeriodQuerySet):
    def following(self, deltakelse, on: date):
        """Who follows the deltakelse or one of its units on the day `on`, the lead first."""
        return self.active(on).filter(deltakelse=deltakelse).select_related("veileder", "unit")


class ActivityRecordQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Registrations of units and owners whose content the role may read."""
        units = self.model.unit.field.related_model.objects.readable_by(user)
        condition = Q(unit__in=units)
        deltakelser = self.model.deltakelse.field.related_model.objects.visible_to(user)
        if user.role is not None and user.role.kind not in STATUS_ONLY:
            condition |= Q(unit__isnull=True, deltakelse__in=deltakelser)
        return self.filter(condition)
