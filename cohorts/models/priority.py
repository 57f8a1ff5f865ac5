"""The embete's ranked list to Udir, and its sent versions."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models.assessment import Recommendation
from cohorts.models.opptak import EmbeteOpptak
from cohorts.models.paper import SentVersion
from cohorts.models.soeknad import Soeknad
from cohorts.queries.priority import PriorityListQuerySet, PriorityVersionQuerySet


class PriorityList(models.Model):
    """One embete's list in an opptak: a draft until it is sent, then locked (domain 3.4).

    `reopened_at` with its reason says that a new version is being made; the sent one counts
    until then.
    """

    embete = models.OneToOneField(EmbeteOpptak, models.PROTECT, related_name="priority_list")
    wanted = models.PositiveSmallIntegerField(_("ønsket antall kommuner"), null=True, blank=True)
    note = models.TextField(_("merknad til Udir"), blank=True)
    edit_version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(_("lagret"))
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("åpnet igjen"), null=True, blank=True)
    reopened_reason = models.CharField(_("grunn til ny versjon"), max_length=300, blank=True)

    objects = PriorityListQuerySet.as_manager()

    class Meta:
        verbose_name = _("prioritert liste")
        verbose_name_plural = _("prioriterte lister")
        ordering = ["embete_id"]

    def __str__(self) -> str:
        return str(_("Prioritert liste fra %(embete)s")) % {"embete": self.embete}

    def get_absolute_url(self) -> str:
        return reverse("cohorts:priority_detail", args=[self.pk])

    @property
    def is_locked(self) -> bool:
        """Sent, and not opened again."""
        return self.sent_at is not None and self.reopened_at is None


class PriorityEntry(models.Model):
    """One søknad's place on the list. A joint søknad is one line that takes several places.

    `reason` is what the applicant may read when Udir has decided. `rank_reason` says why the rank
    is another than in the version sent before.
    """

    list = models.ForeignKey(PriorityList, models.CASCADE, related_name="entries")
    soeknad = models.OneToOneField(Soeknad, models.PROTECT, related_name="priority")
    rank = models.PositiveSmallIntegerField(_("prioritet"))
    recommendation = models.CharField(
        _("tilråding"), max_length=12, choices=Recommendation.choices, blank=True
    )
    reason = models.TextField(_("begrunnelse"), blank=True)
    rank_reason = models.CharField(_("hvorfor ny plass"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("plass på lista")
        verbose_name_plural = _("plasser på lista")
        ordering = ["list_id", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["list", "rank"], name="priorityentry_rank_once")
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.soeknad}"


class PriorityListVersion(SentVersion):
    """One sent version of a list; never changed. `reason` from the second version on."""

    list = models.ForeignKey(PriorityList, models.PROTECT, related_name="versions")
    reason = models.CharField(_("grunn til ny versjon"), max_length=300, blank=True)
    late = models.BooleanField(_("etter fristen"), default=False)
    late_reason = models.CharField(_("grunn"), max_length=300, blank=True)

    objects = PriorityVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sendt prioritert liste")
        verbose_name_plural = _("sendte prioriterte lister")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="prioritylistversion_once")
        ]
