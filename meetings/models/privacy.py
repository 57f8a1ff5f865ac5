"""A reader's report that a person can be recognised, and a copy with parts blacked out."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models import PlanVersion
from meetings.models.grunnlag import VeiledningsgrunnlagVersion
from meetings.models.referat import Addendum, ReferatVersion
from meetings.queries.privacy import PrivacyReportQuerySet, RedactedCopyQuerySet


def exactly_one(*fields: str) -> models.Q:
    """A condition that exactly one of the foreign keys is set."""
    condition = models.Q()
    for chosen in fields:
        condition |= models.Q(**{f"{field}__isnull": field != chosen for field in fields})
    return condition


class PrivacyReport(models.Model):
    """«Meld personopplysning»: the text is hidden at once, and a clock of 72 hours runs (8.24).

    Exactly one of `grunnlag_version`, `referat_version`, `plan_version` and `addendum` is what was
    reported. `part` names the field or sak, `signs` are values of `Sign`. `owner` is whose
    personvernkontakt decides. `known_at` is when the owner got to know of it, `due_at` 72 hours
    later (GDPR art. 33). `explanation` is shown to the author, `reported_by` to the contact alone.
    """

    class Sign(models.TextChoices):
        NAME = "name", _("Navn eller fødselsdato")
        COMBINATION = "combination", _("Trinn, klasse eller alder sammen med noe annet")
        FAMILY = "family", _("Familie eller bosted")
        EMPLOYEE = "employee", _("Navn på ansatt")
        IMAGE = "image", _("Bilde eller vedlegg")
        OTHER = "other", _("Noe annet")

    class Status(models.TextChoices):
        OPEN = "open", _("Teksten er skjult")
        CLEANED = "cleaned", _("Renset versjon er sendt")
        CLOSED = "closed", _("Avsluttet")

    number = models.CharField(_("nummer"), max_length=20, unique=True)
    owner = models.ForeignKey("actors.Owner", models.PROTECT, related_name="privacy_reports")
    grunnlag_version = models.ForeignKey(
        VeiledningsgrunnlagVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="privacy_reports",
    )
    referat_version = models.ForeignKey(
        ReferatVersion, models.PROTECT, null=True, blank=True, related_name="privacy_reports"
    )
    plan_version = models.ForeignKey(
        PlanVersion, models.PROTECT, null=True, blank=True, related_name="privacy_reports"
    )
    addendum = models.ForeignKey(
        Addendum, models.PROTECT, null=True, blank=True, related_name="privacy_reports"
    )
    part = models.CharField(_("hvilken del"), max_length=60, blank=True)
    signs = models.JSONField(_("hva kan peke på en person?"), default=list)
    explanation = models.TextField(_("forklaring"), blank=True)
    reported_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    reported_as = models.CharField(_("meldt som"), max_length=200)
    known_at = models.DateTimeField(_("meldt"))
    due_at = models.DateTimeField(_("frist for melding til Datatilsynet"))
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    cleaned_at = models.DateTimeField(_("renset"), null=True, blank=True)
    cleaned_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    recognisable = models.BooleanField(_("kan en person kjennes igjen?"), null=True, blank=True)
    authority_told = models.BooleanField(_("skal Datatilsynet ha melding?"), null=True, blank=True)
    decision = models.TextField(_("begrunnelse"), blank=True)
    decided_at = models.DateTimeField(_("vurdert"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PrivacyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("melding om personopplysning")
        verbose_name_plural = _("meldinger om personopplysninger")
        ordering = ["-known_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(
                    "grunnlag_version", "referat_version", "plan_version", "addendum"
                ),
                name="privacyreport_about_one_text",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("meetings:privacy_detail", args=[self.pk])

    @property
    def text(self) -> "VeiledningsgrunnlagVersion | ReferatVersion | PlanVersion | Addendum":
        """The version or the addendum that was reported."""
        found = self.grunnlag_version or self.referat_version or self.plan_version or self.addendum
        if found is None:  # the constraint of the table keeps this from being stored
            raise ValueError(self.number)
        return found


class HiddenText(models.Model):
    """A text that was taken over from a version that is hidden now; it is put back or deleted.

    While the version is hidden, the row it was taken over to (a follow-up point, a sak) holds
    neutral words instead, so that no page, mail or PDF can show it. `subject` is the version
    («referatversion:3»), `place` where the text belongs: «meetings.FollowUp:5:text», or with a
    path in JSON «meetings.VeiledningsgrunnlagVersion:9:content:since_last.0.text».
    """

    subject = models.CharField(_("gjelder"), max_length=80)
    place = models.CharField(_("sted"), max_length=200)
    text = models.TextField(_("tekst"))

    class Meta:
        verbose_name = _("skjult tekst")
        verbose_name_plural = _("skjulte tekster")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "place"], name="hiddentext_place_once")
        ]

    def __str__(self) -> str:
        return self.place


class RedactedCopy(models.Model):
    """A version of a paper with parts blacked out, made for somebody who asked for innsyn.

    `content` is the content with the blacked-out parts replaced; the words that were there are in
    no other column. `marked` is how many parts; `reason` the request it was made for.
    """

    grunnlag_version = models.ForeignKey(
        VeiledningsgrunnlagVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="redacted_copies",
    )
    referat_version = models.ForeignKey(
        ReferatVersion, models.PROTECT, null=True, blank=True, related_name="redacted_copies"
    )
    plan_version = models.ForeignKey(
        PlanVersion, models.PROTECT, null=True, blank=True, related_name="redacted_copies"
    )
    content = models.JSONField(_("innhold"))
    marked = models.PositiveSmallIntegerField(_("sladdede deler"))
    legal_basis = models.CharField(_("hjemmel"), max_length=120)
    reason = models.CharField(_("laget for"), max_length=300)
    made_at = models.DateTimeField(_("laget"))
    made_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    made_as = models.CharField(_("laget som"), max_length=200)

    objects = RedactedCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("sladdet kopi")
        verbose_name_plural = _("sladdede kopier")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("grunnlag_version", "referat_version", "plan_version"),
                name="redactedcopy_of_one_paper",
            )
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%d.%m.%Y}"
