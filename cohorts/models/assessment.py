"""How an embete's advisers judge a søknad: each on their own, criterion by criterion."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models.opptak import Criterion
from cohorts.models.soeknad import Soeknad
from cohorts.queries.assessment import AssessmentQuerySet


class Recommendation(models.TextChoices):
    TILRAAS = "tilraas", _("Tilrås")
    RESERVE = "reserve", _("Reserve")
    TILRAAS_IKKE = "tilraas_ikke", _("Tilrås ikke")


class Habilitet(models.TextChoices):
    HABIL = "habil", _("Jeg er habil")
    INHABIL = "inhabil", _("Jeg er inhabil, gi søknaden til en annen")
    TVIL = "tvil", _("Jeg er i tvil, spør leder")


class Assessment(models.Model):
    """One adviser's judgement of one søknad (domain 3.4). Without habilitet nothing may be judged.

    `data_basis` is a conclusion, never a case reference. `applicant_reason` is the only text that
    the applicant may get to read; the others stay in the embete.
    """

    soeknad = models.ForeignKey(Soeknad, models.PROTECT, related_name="assessments")
    assessor = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    habilitet = models.CharField(
        _("habilitet"), max_length=10, choices=Habilitet.choices, blank=True
    )
    habilitet_at = models.DateTimeField(_("habilitet vurdert"), null=True, blank=True)
    data_basis = models.TextField(_("datagrunnlag"), blank=True)
    motivation = models.TextField(_("motivasjon"), blank=True)
    geography = models.TextField(_("geografi og erfaringsutveksling"), blank=True)
    recommendation = models.CharField(
        _("tilråding"), max_length=12, choices=Recommendation.choices, blank=True
    )
    applicant_reason = models.TextField(_("begrunnelse til søkeren"), blank=True)
    edit_version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(_("lagret"))
    completed_at = models.DateTimeField(_("ferdig"), null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("vurdering")
        verbose_name_plural = _("vurderinger")
        ordering = ["soeknad_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["soeknad", "assessor"], name="assessment_once_an_assessor"
            )
        ]

    def __str__(self) -> str:
        return f"{self.soeknad}: {self.assessor}"

    def get_absolute_url(self) -> str:
        return reverse("cohorts:assessment_edit", args=[self.soeknad_id])


class AssessmentScore(models.Model):
    """One score, 1 to 4, with its reason; the steps are those of the programme's scale."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    score = models.PositiveSmallIntegerField(_("hvor godt oppfylt"), null=True, blank=True)
    reason = models.TextField(_("begrunnelse"), blank=True)

    class Meta:
        verbose_name = _("poeng")
        verbose_name_plural = _("poeng")
        ordering = ["assessment_id", "criterion__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="assessmentscore_once_a_criterion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"
