"""Who takes part in a pulje: owners, their units, the veiledere, and what has been registered."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models.pulje import Activity, Pulje
from cohorts.queries.deltakelse import (
    ActivityRecordQuerySet,
    DeltakelseQuerySet,
    DeltakendeUnitQuerySet,
    VeilederoppdragQuerySet,
)


class Participation(models.TextChoices):
    ACTIVE = "active", _("Deltar")
    WITHDRAWN = "withdrawn", _("Trukket")
    COMPLETED = "completed", _("Fullført")


class Deltakelse(models.Model):
    """That an owner takes part in a pulje, with its styringsgruppe (may be shared, or none)."""

    pulje = models.ForeignKey(Pulje, models.PROTECT, related_name="deltakelser")
    owner = models.ForeignKey("actors.Owner", models.PROTECT, related_name="deltakelser")
    styringsgruppe = models.ForeignKey(
        "actors.Styringsgruppe",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deltakelser",
    )
    status = models.CharField(
        max_length=10, choices=Participation.choices, default=Participation.ACTIVE
    )
    withdrawn_from = models.DateField(_("trukket fra"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("grunn"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("opprettet"))

    objects = DeltakelseQuerySet.as_manager()

    class Meta:
        verbose_name = _("deltakelse")
        verbose_name_plural = _("deltakelser")
        ordering = ["pulje_id", "owner__name"]
        constraints = [
            models.UniqueConstraint(fields=["pulje", "owner"], name="deltakelse_once_a_pulje")
        ]

    def __str__(self) -> str:
        return f"{self.owner}, {self.pulje}"

    def get_absolute_url(self) -> str:
        return reverse("reports:owner_detail", args=[self.owner_id])


class DeltakendeUnit(models.Model):
    """That a unit takes part, from which semester on, and with which arbeidsgruppe."""

    deltakelse = models.ForeignKey(Deltakelse, models.PROTECT, related_name="units")
    unit = models.ForeignKey("actors.Unit", models.PROTECT, related_name="deltakelser")
    arbeidsgruppe = models.OneToOneField(
        "actors.Arbeidsgruppe",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deltakende_unit",
    )
    first_semester = models.PositiveSmallIntegerField(_("første semester"), default=0)
    sfo_takes_part = models.BooleanField(_("SFO deltar"), default=False)
    status = models.CharField(
        max_length=10, choices=Participation.choices, default=Participation.ACTIVE
    )
    withdrawn_from = models.DateField(_("trukket fra"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("grunn"), max_length=300, blank=True)

    objects = DeltakendeUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("deltakende enhet")
        verbose_name_plural = _("deltakende enheter")
        ordering = ["deltakelse_id", "unit__name"]
        constraints = [
            models.UniqueConstraint(fields=["deltakelse", "unit"], name="deltakendeunit_once")
        ]

    def __str__(self) -> str:
        return str(self.unit)

    def get_absolute_url(self) -> str:
        return reverse("reports:unit_detail", args=[self.unit_id])


class Veilederoppdrag(models.Model):
    """That a veileder follows a deltakelse (or one unit of it) in a period. They work in pairs."""

    class Function(models.TextChoices):
        LEAD = "lead", _("Hovedveileder")
        CO = "co", _("Medveileder")

    deltakelse = models.ForeignKey(Deltakelse, models.PROTECT, related_name="oppdrag")
    unit = models.ForeignKey(
        DeltakendeUnit, models.PROTECT, null=True, blank=True, related_name="oppdrag"
    )
    veileder = models.ForeignKey("actors.User", models.PROTECT, related_name="oppdrag")
    function = models.CharField(
        _("oppgave"), max_length=4, choices=Function.choices, default=Function.LEAD
    )
    valid_from = models.DateField(_("fra og med"))
    valid_to = models.DateField(_("til og med"), null=True, blank=True)

    objects = VeilederoppdragQuerySet.as_manager()

    class Meta:
        verbose_name = _("veilederoppdrag")
        verbose_name_plural = _("veilederoppdrag")
        ordering = ["deltakelse_id", "-function", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="oppdrag_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["deltakelse", "veileder"],
                condition=models.Q(valid_to__isnull=True, unit__isnull=True),
                name="oppdrag_deltakelse_open_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "veileder"],
                condition=models.Q(valid_to__isnull=True, unit__isnull=False),
                name="oppdrag_unit_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.veileder}: {self.unit or self.deltakelse}"


class ActivityRecord(models.Model):
    """That something which has no meeting and no paper of its own was done, and when.

    `note` is a short neutral text («Elevrådet, to møter»), never about a single child.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="records")
    deltakelse = models.ForeignKey(
        Deltakelse, models.PROTECT, null=True, blank=True, related_name="records"
    )
    unit = models.ForeignKey(
        DeltakendeUnit, models.PROTECT, null=True, blank=True, related_name="records"
    )
    actor = models.SlugField(_("registrert av rollen"), max_length=40, blank=True)
    done_on = models.DateField(_("dato"))
    note = models.CharField(_("hva ble gjort"), max_length=300)
    registered_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(_("registrert"))

    objects = ActivityRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("registrering")
        verbose_name_plural = _("registreringer")
        ordering = ["-done_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True) | models.Q(deltakelse__isnull=False),
                name="activityrecord_unit_within_deltakelse",
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.done_on:%d.%m.%Y}"
