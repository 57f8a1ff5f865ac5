"""Where a unit stands: how it found out, what to keep, what to develop, what it can influence."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models.deltakelse import ActivityRecord, DeltakendeUnit
from cohorts.models.plan import Maal
from cohorts.models.pulje import Semester
from cohorts.queries.own_work import UnitWorkQuerySet


class Tool(models.TextChoices):
    """How a unit finds out (domain 3.8). Raw results are never uploaded."""

    ELEVUNDERSOEKELSEN = "elevundersoekelsen", _("Elevundersøkelsen")
    STAASTEDSANALYSEN = "staastedsanalysen", _("Ståstedsanalysen")
    REFLEX = "reflex", _("RefLex")
    BARNESAMTALER = "barnesamtaler", _("Samtaler med barn eller elever")
    FORELDREUNDERSOEKELSEN = "foreldreundersoekelsen", _("Foreldreundersøkelsen")
    SPEKTER = "spekter", _("Spekter")
    OBSERVASJON = "observasjon", _("Observasjon")
    ANNET = "annet", _("Annet")


class Kartlegging(models.Model):
    """One way in which the unit looked at itself, with the main findings without persons.

    `period` is when, as people say it («Oktober 2026»); `discussed_on` the local date when the
    staff talked about it, `done_on` the local date when it was finished: it then counts as
    registered (`record`). `reference` says where the original lies, never a copy of it.
    """

    unit = models.ForeignKey(DeltakendeUnit, models.PROTECT, related_name="kartlegginger")
    semester = models.ForeignKey(Semester, models.PROTECT, related_name="kartlegginger")
    tool = models.CharField(_("hva brukte dere?"), max_length=25, choices=Tool.choices)
    tool_other = models.CharField(_("hva annet?"), max_length=120, blank=True)
    period = models.CharField(_("når"), max_length=120)
    participants = models.CharField(_("hvem var med?"), max_length=200)
    findings = models.TextField(_("hovedfunn"), blank=True)
    discussed_on = models.DateField(_("drøftet i personalet"), null=True, blank=True)
    reference = models.CharField(_("hvor ligger resultatet?"), max_length=300, blank=True)
    done_on = models.DateField(_("ferdig"), null=True, blank=True)
    record = models.OneToOneField(
        ActivityRecord, models.PROTECT, null=True, blank=True, related_name="kartlegging"
    )
    edit_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("opprettet"))
    updated_at = models.DateTimeField(_("lagret"))
    updated_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")

    objects = UnitWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("kartlegging")
        verbose_name_plural = _("kartlegginger")
        ordering = ["unit_id", "-created_at", "-pk"]

    def __str__(self) -> str:
        return self.tool_other or str(self.get_tool_display())

    def get_absolute_url(self) -> str:
        return reverse("meetings:kartlegging_detail", args=[self.unit_id])


class Omraade(models.Model):
    """Something the unit will keep (bevaringsområde) or develop (utviklingsområde) (domain 3.8)."""

    class Kind(models.TextChoices):
        KEEP = "keep", _("Dette vil vi ta vare på")
        DEVELOP = "develop", _("Dette vil vi utvikle")

    unit = models.ForeignKey(DeltakendeUnit, models.PROTECT, related_name="omraader")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("område"), max_length=200)

    objects = UnitWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("område")
        verbose_name_plural = _("områder")
        ordering = ["unit_id", "kind", "position", "pk"]

    def __str__(self) -> str:
        return self.text


class ArbeidsarkLine(models.Model):
    """One line of the worksheet «fremmer – hemmer – kan påvirke» [S3].

    `checklist` and `topic` are ids of the programme's file, `item` the column's. A line that the
    unit can influence becomes a goal: `maal`.
    """

    unit = models.ForeignKey(DeltakendeUnit, models.PROTECT, related_name="arbeidsark")
    checklist = models.SlugField(max_length=60)
    topic = models.SlugField(max_length=60)
    item = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("tekst"), max_length=300)
    maal = models.ForeignKey(
        Maal, models.SET_NULL, null=True, blank=True, related_name="arbeidsark"
    )
    created_at = models.DateTimeField(_("skrevet"))
    created_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")

    objects = UnitWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("linje i arbeidsarket")
        verbose_name_plural = _("linjer i arbeidsarket")
        ordering = ["unit_id", "topic", "item", "position", "pk"]

    def __str__(self) -> str:
        return self.text
