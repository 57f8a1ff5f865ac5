"""The recruitment of a pulje: what Udir announces, what applications are assessed on, and quotas.

The dates are rows of `PuljeDate`, because the deadlines of the pulje count from them.
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models.pulje import Pulje
from cohorts.queries.opptak import EmbeteOpptakQuerySet, OpptakQuerySet
from cohorts.rules.text import in_language


class Applicant(models.TextChoices):
    """The kinds of applicants; a programme names those it is for."""

    KOMMUNE = "kommune", _("Kommune")
    FYLKESKOMMUNE = "fylkeskommune", _("Fylkeskommune")
    FRITTSTAAENDE_SKOLE = "frittstaaende_skole", _("Frittstående skole")


class Opptak(models.Model):
    """The recruitment of one pulje. Prepared until `opened_at`; nothing is enforced before that.

    `capacity` counts kommuner (a private school is one place). `enkeltvedtak` and
    `complaint_deadline` are used only when Udir decides that an outcome is one (domain 8b.5).
    """

    pulje = models.OneToOneField(Pulje, models.PROTECT, related_name="opptak")
    info_bm = models.TextField(_("informasjon på bokmål"), blank=True)
    info_nn = models.TextField(_("informasjon på nynorsk"), blank=True)
    applicants = models.JSONField(_("hvem som kan søke"), default=list)
    joint_allowed = models.BooleanField(_("kommuner kan søke sammen"), default=True)
    capacity = models.PositiveSmallIntegerField(_("plasser i alt"), null=True, blank=True)
    private_per_fylke = models.PositiveSmallIntegerField(
        _("frittstående skoler per fylke, høyst"), null=True, blank=True
    )
    enkeltvedtak = models.BooleanField(_("svaret er et enkeltvedtak"), default=False)
    complaint_deadline = models.DateField(_("klagefrist"), null=True, blank=True)
    created_at = models.DateTimeField(_("opprettet"))
    opened_at = models.DateTimeField(_("åpnet"), null=True, blank=True)
    closed_at = models.DateTimeField(_("avsluttet"), null=True, blank=True)

    objects = OpptakQuerySet.as_manager()

    class Meta:
        verbose_name = _("opptak")
        verbose_name_plural = _("opptak")
        ordering = ["-pulje__number"]

    def __str__(self) -> str:
        return str(_("Opptak til pulje %(number)s")) % {"number": self.pulje.number}

    def get_absolute_url(self) -> str:
        return reverse("cohorts:opptak_detail", args=[self.pulje.number])

    @property
    def info(self) -> str:
        return in_language(self.info_bm, self.info_nn)

    @property
    def is_open(self) -> bool:
        """Whether it is announced and not yet ended."""
        return self.opened_at is not None and self.closed_at is None


class Criterion(models.Model):
    """What applications of one kind of applicant are assessed on in this opptak [S4 2.1, 2.2].

    `answers` are the keys of the answers in the søknad that speak of it (`rules.soeknad_form`).
    """

    opptak = models.ForeignKey(Opptak, models.CASCADE, related_name="criteria")
    key = models.SlugField(_("kriterium"), max_length=60)
    applies_to = models.CharField(_("gjelder"), max_length=20, choices=Applicant.choices)
    short_bm = models.CharField(_("kort navn på bokmål"), max_length=80)
    short_nn = models.CharField(_("kort navn på nynorsk"), max_length=80)
    text_bm = models.CharField(_("tekst på bokmål"), max_length=500)
    text_nn = models.CharField(_("tekst på nynorsk"), max_length=500)
    answers = models.JSONField(_("svar i søknaden"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("rekkefølge"))

    class Meta:
        verbose_name = _("kriterium")
        verbose_name_plural = _("kriterier")
        ordering = ["opptak_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["opptak", "key"], name="criterion_once_an_opptak")
        ]

    def __str__(self) -> str:
        return self.short

    @property
    def short(self) -> str:
        return in_language(self.short_bm, self.short_nn)

    @property
    def text(self) -> str:
        return in_language(self.text_bm, self.text_nn)


class EmbeteOpptak(models.Model):
    """One embete's share of an opptak: its places and its own deadline for applications.

    Without `internal_deadline` the pulje's own date holds. `former_quota` is what the quota was
    when it was changed after the embete had sent its list.
    """

    opptak = models.ForeignKey(Opptak, models.CASCADE, related_name="embeter")
    statsforvalter = models.ForeignKey(
        "actors.Statsforvalter", models.PROTECT, related_name="opptak"
    )
    quota = models.PositiveSmallIntegerField(_("plasser"), null=True, blank=True)
    internal_deadline = models.DateField(_("embetets egen søknadsfrist"), null=True, blank=True)
    former_quota = models.PositiveSmallIntegerField(_("plasser før"), null=True, blank=True)
    quota_changed_at = models.DateTimeField(_("plassene endret"), null=True, blank=True)

    objects = EmbeteOpptakQuerySet.as_manager()

    class Meta:
        verbose_name = _("embetets opptak")
        verbose_name_plural = _("embetenes opptak")
        ordering = ["opptak_id", "statsforvalter__sort_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["opptak", "statsforvalter"], name="embeteopptak_once_an_opptak"
            )
        ]

    def __str__(self) -> str:
        return str(self.statsforvalter)


class Outcome(models.TextChoices):
    """What Udir answers an applicant."""

    TILBUD = "tilbud", _("Tilbud")
    RESERVE = "reserve", _("Reserve")
    AVSLAG = "avslag", _("Avslag")


LETTER_TEXTS = (
    "title_bm",
    "intro_bm",
    "closing_bm",
    "title_nn",
    "intro_nn",
    "closing_nn",
)


class LetterTemplate(models.Model):
    """The words of the letter for one outcome, with placeholders; Udir may change them.

    The placeholders are those of `rules.letter_defaults.PLACEHOLDERS`, checked when it is saved.
    """

    opptak = models.ForeignKey(Opptak, models.CASCADE, related_name="letter_templates")
    outcome = models.CharField(_("utfall"), max_length=10, choices=Outcome.choices)
    title_bm = models.CharField(_("overskrift på bokmål"), max_length=150)
    title_nn = models.CharField(_("overskrift på nynorsk"), max_length=150)
    intro_bm = models.TextField(_("innledning på bokmål"))
    intro_nn = models.TextField(_("innledning på nynorsk"))
    closing_bm = models.TextField(_("avslutning på bokmål"), blank=True)
    closing_nn = models.TextField(_("avslutning på nynorsk"), blank=True)

    class Meta:
        verbose_name = _("brevmal")
        verbose_name_plural = _("brevmaler")
        ordering = ["opptak_id", "outcome"]
        constraints = [
            models.UniqueConstraint(
                fields=["opptak", "outcome"], name="lettertemplate_once_an_outcome"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())

    @property
    def texts(self) -> dict[str, str]:
        """Its texts by column."""
        return {name: getattr(self, name) for name in LETTER_TEXTS}

    @property
    def title(self) -> str:
        return in_language(self.title_bm, self.title_nn)
