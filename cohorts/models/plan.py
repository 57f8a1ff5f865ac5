"""The unit's framdriftsplan: goals, tiltak, its other work, reviews and versions (domain 3.9)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models.deltakelse import ActivityRecord, DeltakendeUnit
from cohorts.models.paper import PaperVersion
from cohorts.models.pulje import Semester
from cohorts.queries.own_work import PlanPartQuerySet, PlanVersionQuerySet, UnitWorkQuerySet


class Framdriftsplan(models.Model):
    """The working plan of a unit, always the newest; a review makes a version of it.

    `reviewed_on` and `next_review` are local dates. `edit_version` grows with every change of the
    plan, its goals or tiltak.
    """

    unit = models.OneToOneField(DeltakendeUnit, models.PROTECT, related_name="framdriftsplan")
    owner_plan = models.CharField(_("kommunens overordnede plan"), max_length=300, blank=True)
    children = models.TextField(_("hvordan er barna eller elevene med?"), blank=True)
    parents = models.TextField(_("hvordan er foreldrene med?"), blank=True)
    competence = models.TextField(_("hva trenger dere å lære mer om?"), blank=True)
    time_set_aside = models.CharField(_("tid til mellomarbeid"), max_length=300, blank=True)
    ppt_role = models.TextField(_("hva gjør PPT?"), blank=True)
    extra = models.JSONField(_("svar på spørsmål fra malen"), default=dict, blank=True)
    reviewed_on = models.DateField(_("sist gjennomgått"), null=True, blank=True)
    next_review = models.DateField(_("neste gjennomgang"), null=True, blank=True)
    edit_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("opprettet"))
    updated_at = models.DateTimeField(_("lagret"))
    updated_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")

    objects = UnitWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("framdriftsplan")
        verbose_name_plural = _("framdriftsplaner")
        ordering = ["unit_id"]

    def __str__(self) -> str:
        return str(_("Framdriftsplan for %(unit)s")) % {"unit": self.unit}

    def get_absolute_url(self) -> str:
        return reverse("meetings:plan_detail", args=[self.unit_id])


class Maal(models.Model):
    """A goal: what it is in the long run, what this semester, and how one will see it.

    `delmaal` holds ids of the programme's delmål, `focus` ids of the semester's focus points.
    """

    plan = models.ForeignKey(Framdriftsplan, models.PROTECT, related_name="maal")
    position = models.PositiveSmallIntegerField(_("nr."), default=1)
    title = models.CharField(_("kort navn"), max_length=120)
    long_term = models.TextField(_("langsiktig mål"))
    semester = models.ForeignKey(
        Semester, models.PROTECT, null=True, blank=True, related_name="maal"
    )
    semester_goal = models.TextField(_("dette semesteret"), blank=True)
    indicator = models.TextField(_("hvordan ser vi at det virker?"), blank=True)
    delmaal = models.JSONField(_("programmets delmål"), default=list, blank=True)
    focus = models.JSONField(_("semesterets tema"), default=list, blank=True)
    ended_on = models.DateField(_("avsluttet"), null=True, blank=True)

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("mål")
        ordering = ["plan_id", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class TiltakStatus(models.TextChoices):
    NOT_BEGUN = "not_begun", _("Ikke begynt")
    UNDER_WAY = "under_way", _("I gang")
    DONE = "done", _("Ferdig")
    ENDED = "ended", _("Avsluttet")


class TiltakLevel(models.TextChoices):
    """Whom a tiltak is for; single children only in general terms (domain 3.9)."""

    SYSTEM = "system", _("Hele enheten")
    GROUP = "group", _("En gruppe, avdeling eller et trinn")
    INDIVIDUAL = "individual", _("Enkeltbarn, bare i allmenne ord")


class Tiltak(models.Model):
    """A tiltak with the five questions of a written plan (opplæringslova § 12-4, domain 3.9).

    `evaluate_on` is a local date. `self_check` is {item id: "yes" | "partly" | "no"} for the
    programme's checklist of suitable tiltak [S3].
    """

    maal = models.ForeignKey(Maal, models.PROTECT, related_name="tiltak")
    position = models.PositiveSmallIntegerField(_("nr."), default=1)
    title = models.CharField(_("kort navn"), max_length=120)
    problem = models.TextField(_("hva skal det løse?"))
    what = models.TextField(_("hva gjør vi?"))
    period = models.CharField(_("når?"), max_length=120)
    who = models.CharField(_("hvem?"), max_length=200)
    evaluate_on = models.DateField(_("når vurderer vi det?"))
    evaluate_where = models.CharField(_("hvor vurderer vi det?"), max_length=120, blank=True)
    status = models.CharField(
        max_length=10, choices=TiltakStatus.choices, default=TiltakStatus.NOT_BEGUN
    )
    level = models.CharField(
        _("hvem gjelder det?"),
        max_length=10,
        choices=TiltakLevel.choices,
        default=TiltakLevel.SYSTEM,
    )
    concerns = models.CharField(_("avdeling, trinn eller SFO"), max_length=120, blank=True)
    self_check = models.JSONField(_("sjekkliste"), default=dict, blank=True)
    experience = models.TextField(_("hvordan det gikk"), blank=True)

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("tiltak")
        verbose_name_plural = _("tiltak")
        ordering = ["maal_id", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class OtherWork(models.Model):
    """Other development work in the unit, so that the whole is seen (domain 3.1, P15)."""

    class Kind(models.TextChoices):
        DEMBRA = "dembra", _("Dembra")
        KOMPETANSEPAKKE = "kompetansepakke", _("Kompetansepakke")
        TILSKUDDSORDNING = "tilskuddsordning", _("Tilskuddsordningen")
        KOMPETANSELOEFTET = "kompetanseloeftet", _("Kompetanseløftet")
        OTHER = "other", _("Annet")

    unit = models.ForeignKey(DeltakendeUnit, models.PROTECT, related_name="other_work")
    kind = models.CharField(_("slag"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("hva"), max_length=150)
    connection = models.CharField(_("hvordan henger det sammen?"), max_length=300, blank=True)
    ended_on = models.DateField(_("avsluttet"), null=True, blank=True)

    objects = UnitWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("annet utviklingsarbeid")
        verbose_name_plural = _("annet utviklingsarbeid")
        ordering = ["unit_id", "pk"]

    def __str__(self) -> str:
        return self.title


class Verdict(models.TextChoices):
    CONTINUE = "continue", _("Videreføres")
    ADJUST = "adjust", _("Justeres")
    END = "end", _("Avsluttes")


class PlanVersion(PaperVersion):
    """The plan as it was after a review; never changed."""

    plan = models.ForeignKey(Framdriftsplan, models.PROTECT, related_name="versions")

    objects = PlanVersionQuerySet.as_manager()

    class Meta(PaperVersion.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="planversion_number_once")
        ]


class PlanReview(models.Model):
    """One review of the plan: a verdict on each tiltak, and on the whole.

    `verdicts` is [{"tiltak": id, "verdict": …, "text": …}]. A draft has no `version`; saving it
    makes one, and counts as the semester's review (`record`). `held_on` is a local date.
    """

    plan = models.ForeignKey(Framdriftsplan, models.PROTECT, related_name="reviews")
    semester = models.ForeignKey(Semester, models.PROTECT, related_name="plan_reviews")
    held_on = models.DateField(_("dato"))
    verdicts = models.JSONField(_("vurderinger"), default=list, blank=True)
    voices = models.TextField(_("hva sier barna og foreldrene?"), blank=True)
    conclusion = models.CharField(
        _("planen som helhet"), max_length=8, choices=Verdict.choices, blank=True
    )
    ahead = models.TextField(_("det viktigste framover"), blank=True)
    next_review = models.DateField(_("neste gjennomgang"), null=True, blank=True)
    version = models.OneToOneField(
        PlanVersion, models.PROTECT, null=True, blank=True, related_name="review"
    )
    record = models.OneToOneField(
        ActivityRecord, models.PROTECT, null=True, blank=True, related_name="plan_review"
    )
    edit_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("opprettet"))
    updated_at = models.DateTimeField(_("lagret"))
    updated_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("gjennomgang av planen")
        verbose_name_plural = _("gjennomganger av planen")
        ordering = ["plan_id", "-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(version__isnull=True),
                name="planreview_one_draft",
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.held_on:%d.%m.%Y}"


class PlanComment(models.Model):
    """A veileder's or PPT's comment to the plan or one tiltak, and the unit's answer."""

    plan = models.ForeignKey(Framdriftsplan, models.PROTECT, related_name="comments")
    tiltak = models.ForeignKey(
        Tiltak, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    text = models.TextField(_("kommentar"))
    written_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    written_as = models.CharField(_("skrevet som"), max_length=200)
    written_at = models.DateTimeField(_("skrevet"))
    answer = models.TextField(_("svar"), blank=True)
    answered_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("besvart"), null=True, blank=True)

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("kommentar til planen")
        verbose_name_plural = _("kommentarer til planen")
        ordering = ["plan_id", "written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
