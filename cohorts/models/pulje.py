"""A pulje and its own, editable copy of the programme: semesters, themes, activities, dates."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.queries.pulje import ActivityQuerySet, PuljeQuerySet, SemesterQuerySet
from cohorts.rules.text import in_language


class PuljeStatus(models.TextChoices):
    DRAFT = "draft", _("Under forberedelse")
    RECRUITING = "recruiting", _("Opptak")
    RUNNING = "running", _("Pågår")
    CLOSED = "closed", _("Avsluttet")


class Term(models.TextChoices):
    HOEST = "hoest", _("høst")
    VAAR = "vaar", _("vår")


class ProgrammeEdition(models.Model):
    """A programme file as it was when a pulje was opened from it; found by its content, unchanged.

    Read it through `cohorts.queries.programme.programme_of`, which parses it once per process.
    """

    sha256 = models.CharField(primary_key=True, max_length=64)
    programme_id = models.SlugField(_("program"), max_length=60)
    version = models.CharField(_("utgave"), max_length=20)
    content = models.JSONField(_("innhold"))
    created_at = models.DateTimeField(_("lagret"))

    class Meta:
        verbose_name = _("programutgave")
        verbose_name_plural = _("programutgaver")

    def __str__(self) -> str:
        return f"{self.programme_id} {self.version}"


class Pulje(models.Model):
    """A cohort of a programme, with its own copy of what the programme demands.

    `demands_changed_at` is when an activity, a deadline or who takes part was last changed: what
    was computed from them before that is out of date.
    """

    number = models.PositiveSmallIntegerField(_("nummer"), unique=True)
    name_bm = models.CharField(_("navn på bokmål"), max_length=100)
    name_nn = models.CharField(_("navn på nynorsk"), max_length=100)
    edition = models.ForeignKey(ProgrammeEdition, models.PROTECT, related_name="puljer")
    status = models.CharField(
        _("status"), max_length=12, choices=PuljeStatus.choices, default=PuljeStatus.DRAFT
    )
    opened_at = models.DateTimeField(_("åpnet"))
    closed_at = models.DateTimeField(_("avsluttet"), null=True, blank=True)
    demands_changed_at = models.DateTimeField(_("krav eller deltakere sist endret"))

    objects = PuljeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pulje")
        verbose_name_plural = _("puljer")
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(_("Pulje %(number)s")) % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("reports:pulje_detail", args=[self.number])

    @property
    def name(self) -> str:
        return in_language(self.name_bm, self.name_nn)

    @property
    def is_closed(self) -> bool:
        """A closed pulje is read-only for everybody."""
        return self.status == PuljeStatus.CLOSED


class Semester(models.Model):
    """A semester of a pulje; number 0 is the start-up. Limits are local dates, both included.

    While `evaluation_closed_at` is set, nobody is asked for the evaluation of the semester.
    """

    pulje = models.ForeignKey(Pulje, models.CASCADE, related_name="semesters")
    number = models.PositiveSmallIntegerField(_("nummer"))
    term = models.CharField(_("termin"), max_length=5, choices=Term.choices)
    year = models.PositiveSmallIntegerField(_("år"))
    start = models.DateField(_("første dag"))
    end = models.DateField(_("siste dag"))
    term_end = models.DateField(_("siste arbeidsdag"))
    evaluation_closed_at = models.DateTimeField(_("evalueringen lukket"), null=True, blank=True)
    evaluation_closed_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    evaluation_closed_why = models.CharField(_("hvorfor lukket"), max_length=300, blank=True)

    objects = SemesterQuerySet.as_manager()

    class Meta:
        verbose_name = _("semester")
        verbose_name_plural = _("semestre")
        ordering = ["pulje_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["pulje", "number"], name="semester_number_once"),
            models.CheckConstraint(
                condition=models.Q(start__lte=models.F("term_end"))
                & models.Q(term_end__lte=models.F("end")),
                name="semester_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        if self.number == 0:
            return str(_("Oppstart"))
        return str(_("Semester %(number)s")) % {"number": self.number}


class Tema(models.Model):
    """What a semester is about. Laws, focus points, products and questions as in the file."""

    semester = models.OneToOneField(Semester, models.CASCADE, related_name="tema")
    title_bm = models.CharField(_("tittel på bokmål"), max_length=200)
    title_nn = models.CharField(_("tittel på nynorsk"), max_length=200)
    short_bm = models.CharField(_("kort tittel på bokmål"), max_length=80)
    short_nn = models.CharField(_("kort tittel på nynorsk"), max_length=80)
    description_bm = models.TextField(_("beskrivelse på bokmål"), blank=True)
    description_nn = models.TextField(_("beskrivelse på nynorsk"), blank=True)
    content = models.JSONField(_("lover, fokus, produkter og spørsmål"), default=dict)

    class Meta:
        verbose_name = _("tema")
        verbose_name_plural = _("temaer")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_bm, self.title_nn)

    @property
    def short(self) -> str:
        return in_language(self.short_bm, self.short_nn)

    @property
    def description(self) -> str:
        return in_language(self.description_bm, self.description_nn)


class Record(models.TextChoices):
    """What fulfils an activity."""

    MEETING = "meeting", _("Møte")
    PAPER = "paper", _("Dokument")
    WORK = "work", _("Arbeid")
    EVALUATION = "evaluation", _("Evaluering")
    REPORT = "report", _("Rapport")
    SETUP = "setup", _("Etablering")


class Scope(models.TextChoices):
    PULJE = "pulje", _("Pulja")
    DELTAKELSE = "deltakelse", _("Eieren")
    UNIT = "unit", _("Enheten")


class Cadence(models.TextChoices):
    PER_SEMESTER = "per_semester", _("Per semester")
    PER_MONTH = "per_month", _("Per måned")
    PER_MEETING = "per_meeting", _("Per møte")
    ONCE = "once", _("Én gang")


class Form(models.TextChoices):
    PHYSICAL = "physical", _("Fysisk")
    DIGITAL = "digital", _("Digitalt")
    ANY = "any", _("Fysisk eller digitalt")


class Activity(models.Model):
    """What one semester demands of a pulje, a deltakelse or a unit. Editable for this pulje alone.

    `key` and `kind` are ids of the programme's file; `paper` is before, agenda or after for papers
    of a meeting, else empty. `options` holds what only some activities
    have (for_activities, group, linked_to, spacing, participants, asked …), as in the file.
    """

    semester = models.ForeignKey(Semester, models.CASCADE, related_name="activities")
    key = models.SlugField(_("aktivitet"), max_length=60)
    kind = models.SlugField(_("slag"), max_length=60)
    record = models.CharField(_("oppfylles av"), max_length=10, choices=Record.choices)
    paper = models.CharField(_("dokumentet kommer"), max_length=6, blank=True)
    scope = models.CharField(_("gjelder"), max_length=10, choices=Scope.choices)
    cadence = models.CharField(_("hvor ofte"), max_length=12, choices=Cadence.choices)
    minimum = models.PositiveSmallIntegerField(_("minst"))
    maximum = models.PositiveSmallIntegerField(_("høyst"), null=True, blank=True)
    form = models.CharField(_("form"), max_length=8, choices=Form.choices, default=Form.ANY)
    responsible = models.SlugField(_("ansvarlig"), max_length=40)
    applies_to = models.CharField(_("gjelder bare"), max_length=10, blank=True)
    position = models.PositiveSmallIntegerField(_("rekkefølge"))
    title_bm = models.CharField(_("tittel på bokmål"), max_length=120)
    title_nn = models.CharField(_("tittel på nynorsk"), max_length=120)
    options = models.JSONField(default=dict, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("aktivitet")
        verbose_name_plural = _("aktiviteter")
        ordering = ["semester_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["semester", "key"], name="activity_once_a_semester"),
            models.CheckConstraint(
                condition=models.Q(maximum__isnull=True)
                | models.Q(maximum__gte=models.F("minimum")),
                name="activity_maximum_above_minimum",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_bm, self.title_nn)

    @property
    def is_closed_early(self) -> bool:
        """Whether it is an evaluation that nobody is asked for any more."""
        is_evaluation = self.record == Record.EVALUATION
        return is_evaluation and self.semester.evaluation_closed_at is not None


class PuljeDate(models.Model):
    """A date of the recruitment, such as soeknadsfrist; `key` is an id of the programme's file."""

    pulje = models.ForeignKey(Pulje, models.CASCADE, related_name="dates")
    key = models.SlugField(_("hva"), max_length=40)
    date = models.DateField(_("dato"))

    class Meta:
        verbose_name = _("dato i opptaket")
        verbose_name_plural = _("datoer i opptaket")
        ordering = ["pulje_id", "date"]
        constraints = [
            models.UniqueConstraint(fields=["pulje", "key"], name="puljedate_once_a_pulje")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.date:%d.%m.%Y}"
