"""What a unit does between meetings: mellomarbeid, and how children and parents take part."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models.deltakelse import ActivityRecord, DeltakendeUnit
from cohorts.models.plan import Tiltak
from cohorts.models.pulje import Activity, Semester
from cohorts.queries.own_work import UnitWorkQuerySet


class Mellomarbeid(models.Model):
    """A task between two meetings (domain 3.16), registered as done when it is (`record`).

    `period` is when, as people say it; `due` the local date until which, when there is one.
    `came_from` is the line of a referat it was made of («referat:12/…»), when it was.
    `experience_from_grunnlag`: nobody has written the experience here, a grunnlag told it.
    """

    class Kind(models.TextChoices):
        PRAKTISK = "praktisk", _("Praktisk arbeid")
        LITTERATUR = "litteratur", _("Litteratur")
        TRENING = "trening", _("Trening på praksis")

    class Status(models.TextChoices):
        NOT_BEGUN = "not_begun", _("Ikke begynt")
        UNDER_WAY = "under_way", _("I gang")
        DONE = "done", _("Gjort")
        DROPPED = "dropped", _("Tatt bort")

    unit = models.ForeignKey(DeltakendeUnit, models.PROTECT, related_name="mellomarbeid")
    semester = models.ForeignKey(Semester, models.PROTECT, related_name="mellomarbeid")
    task = models.CharField(_("oppgave"), max_length=300)
    kind = models.CharField(_("slag"), max_length=10, choices=Kind.choices, default=Kind.PRAKTISK)
    who = models.CharField(_("hvem gjør det?"), max_length=150)
    period = models.CharField(_("når?"), max_length=120, blank=True)
    due = models.DateField(_("innen"), null=True, blank=True)
    tiltak = models.ForeignKey(
        Tiltak, models.SET_NULL, null=True, blank=True, related_name="mellomarbeid"
    )
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.NOT_BEGUN)
    experience = models.TextField(_("hvordan gikk det?"), blank=True)
    came_from = models.CharField(max_length=60, blank=True)
    experience_from_grunnlag = models.BooleanField(default=False)
    done_on = models.DateField(_("gjort"), null=True, blank=True)
    record = models.OneToOneField(
        ActivityRecord, models.PROTECT, null=True, blank=True, related_name="mellomarbeid"
    )
    edit_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("opprettet"))
    created_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(_("lagret"))
    updated_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")

    objects = UnitWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mellomarbeid")
        verbose_name_plural = _("mellomarbeid")
        ordering = ["unit_id", "due", "pk"]

    def __str__(self) -> str:
        return self.task

    def get_absolute_url(self) -> str:
        return reverse("meetings:mellomarbeid_list", args=[self.unit_id])


class Involvement(models.Model):
    """That children or parents took part: who, when, how many, what it led to (domain 3.9, O12).

    It is registered as the activity it meets (`record`). Numbers, never names.
    """

    unit = models.ForeignKey(DeltakendeUnit, models.PROTECT, related_name="involvements")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="involvements")
    body = models.CharField(_("hvem"), max_length=120)
    what = models.TextField(_("hva var de med på?"))
    held_on = models.DateField(_("når"))
    count = models.PositiveSmallIntegerField(_("hvor mange"))
    led_to = models.TextField(_("hva førte det til?"), blank=True)
    record = models.OneToOneField(
        ActivityRecord, models.PROTECT, null=True, blank=True, related_name="involvement"
    )
    created_at = models.DateTimeField(_("registrert"))
    created_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")

    objects = UnitWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("medvirkning")
        verbose_name_plural = _("medvirkning")
        ordering = ["unit_id", "-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on:%d.%m.%Y}"
