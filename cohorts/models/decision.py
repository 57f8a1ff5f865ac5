"""Udir's decisions, the letters that wait for a human to release them, and the answers."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models.opptak import Outcome
from cohorts.models.soeknad import Soeknad, SoeknadUnit
from cohorts.queries.decision import DecisionQuerySet


class Decision(models.Model):
    """What Udir decides about one applicant of a søknad; each kommune of a joint one has its own.

    Held until `released_at`: nobody outside Udir knows of it before. The current one is the only
    one that counts; a reserve that is offered a place later gets a new decision that replaces it.
    `answer_due` is a local date, the last day to answer an offer; `lapsed_at` says that it passed.
    `units_offered` limits how many units may take part; empty means all of the søknad.

    A letter leaves in two steps by two people: `approved_by` has approved that it is sent, and
    `released_by` lets it go, now or at `release_at`. One that leaves after the day Udir was to
    decide is `late`, for the `late_reason` that was given with it.
    """

    soeknad = models.ForeignKey(Soeknad, models.PROTECT, related_name="decisions")
    owner = models.ForeignKey("actors.Owner", models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("utfall"), max_length=10, choices=Outcome.choices)
    reason = models.TextField(_("begrunnelse til søkeren"), blank=True)
    conditions = models.TextField(_("vilkår"), blank=True)
    units_offered = models.PositiveSmallIntegerField(_("antall enheter"), null=True, blank=True)
    answer_due = models.DateField(_("svarfrist"), null=True, blank=True)
    is_current = models.BooleanField(_("gjelder"), default=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    decided_at = models.DateTimeField(_("avgjort"))
    decided_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    read_at = models.DateTimeField(_("brevet lest"), null=True, blank=True)
    read_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    release_at = models.DateTimeField(_("slippes"), null=True, blank=True)
    released_at = models.DateTimeField(_("sluppet"), null=True, blank=True)
    released_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    late = models.BooleanField(_("sendt etter datoen"), default=False)
    late_reason = models.CharField(_("grunn til at det er sent"), max_length=300, blank=True)
    lapsed_at = models.DateTimeField(_("falt bort"), null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("avgjørelse")
        verbose_name_plural = _("avgjørelser")
        ordering = ["soeknad_id", "owner__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["soeknad", "owner"],
                condition=models.Q(is_current=True),
                name="decision_current_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome=Outcome.TILBUD)
                | models.Q(answer_due__isnull=False)
                | models.Q(released_at__isnull=True),
                name="decision_offer_has_answer_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner}: {self.get_outcome_display()}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:letter_detail", args=[self.pk])


class Letter(models.Model):
    """The letter of a released decision as it was sent: its content, målform and control sum."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="letter")
    reference = models.CharField(_("vår referanse"), max_length=30, unique=True)
    language = models.CharField(max_length=2)
    title = models.CharField(_("tittel"), max_length=200)
    content = models.JSONField(_("innhold"))
    sha256 = models.CharField(_("kontrollsum"), max_length=64)
    sent_at = models.DateTimeField(_("sendt"))

    class Meta:
        verbose_name = _("brev")
        verbose_name_plural = _("brev")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Answer(models.Model):
    """Yes or no to an offer, with the people who lead and take part (domain 3.6). Final."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="answer")
    accepted = models.BooleanField(_("takker ja"))
    reason = models.CharField(_("grunn til nei"), max_length=300, blank=True)
    leader_name = models.CharField(_("leder av styringsgruppa"), max_length=150, blank=True)
    leader_email = models.EmailField(_("e-post til lederen"), blank=True)
    ppt = models.ForeignKey("actors.PPT", models.PROTECT, null=True, blank=True, related_name="+")
    ppt_name = models.CharField(_("kontakt i PPT"), max_length=150, blank=True)
    ppt_email = models.EmailField(_("e-post til PPT"), blank=True)
    privacy_name = models.CharField(_("personvernkontakt"), max_length=150, blank=True)
    privacy_email = models.EmailField(_("e-post til personvernkontakten"), blank=True)
    agreement_signed_on = models.DateField(_("databehandleravtale signert"), null=True, blank=True)
    answered_at = models.DateTimeField(_("svart"))
    answered_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    answered_as = models.CharField(_("svart som"), max_length=200)
    deltakelse = models.OneToOneField(
        "cohorts.Deltakelse", models.PROTECT, null=True, blank=True, related_name="answer"
    )

    class Meta:
        verbose_name = _("svar på tilbudet")
        verbose_name_plural = _("svar på tilbudet")

    def __str__(self) -> str:
        return str(_("Takker ja") if self.accepted else _("Takker nei"))


class AnswerUnit(models.Model):
    """A unit that the owner confirms, with its leader."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="units")
    soeknad_unit = models.OneToOneField(SoeknadUnit, models.PROTECT, related_name="confirmed")
    leader_name = models.CharField(_("leder"), max_length=150)
    leader_email = models.EmailField(_("e-post til lederen"))

    class Meta:
        verbose_name = _("bekreftet enhet")
        verbose_name_plural = _("bekreftede enheter")

    def __str__(self) -> str:
        return str(self.soeknad_unit)
