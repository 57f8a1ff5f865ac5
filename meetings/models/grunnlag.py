"""The veiledningsgrunnlag: what a unit asks the veiledere for before a meeting (domain 3.10)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models.paper import Paper, PaperVersion
from meetings.queries.paper import GrunnlagQuerySet, VersionQuerySet


class Veiledningsgrunnlag(Paper):
    """The draft and the state of one unit's grunnlag for one meeting.

    `since_last` holds the carried-over follow-up points with how each went:
    [{"follow_up": id, "outcome": "done|partly|not_done", "comment": …}].
    `saker` is the working copy of the saksliste: the rows of `Sak` are written when it is sent, so
    that nobody reads a draft there. A row taken away stays with `removed`, so that it stays away.
    """

    since_last = models.JSONField(_("siden sist"), default=list, blank=True)
    worked_well = models.TextField(_("hva fungerte godt?"), blank=True)
    was_difficult = models.TextField(
        _("hva ble vanskelig, eller kunne vært gjort annerledes?"), blank=True
    )
    heard_children = models.BooleanField(_("barna eller elevene"), default=False)
    heard_parents = models.BooleanField(_("foreldrene"), default=False)
    voices = models.TextField(_("hva sa de?"), blank=True)
    questions = models.TextField(_("hva ønsker dere veiledning på?"), blank=True)
    tried = models.TextField(_("hva har dere prøvd eller tenkt selv?"), blank=True)
    story = models.TextField(_("praksisfortelling eller situasjon"), blank=True)
    focus = models.JSONField(_("semesterets tema"), default=list, blank=True)
    wanted_outcome = models.TextField(_("hva vil dere sitte igjen med etter økta?"), blank=True)
    practical_needs = models.CharField(_("praktiske behov"), max_length=300, blank=True)
    saker = models.JSONField(_("saksliste"), default=list, blank=True)
    prepared_by = models.CharField(_("hvem har laget grunnlaget?"), max_length=200, blank=True)

    objects = GrunnlagQuerySet.as_manager()

    class Meta(Paper.Meta):
        verbose_name = _("veiledningsgrunnlag")
        verbose_name_plural = _("veiledningsgrunnlag")
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "unit"], name="grunnlag_once_a_unit")
        ]

    def __str__(self) -> str:
        return str(_("Veiledningsgrunnlag fra %(unit)s")) % {"unit": self.unit}

    def get_absolute_url(self) -> str:
        return reverse("meetings:grunnlag_edit", args=[self.meeting_id])


class VeiledningsgrunnlagVersion(PaperVersion):
    """One sent version of a grunnlag together with its saksliste; never changed."""

    paper = models.ForeignKey(Veiledningsgrunnlag, models.PROTECT, related_name="versions")

    objects = VersionQuerySet.as_manager()

    class Meta(PaperVersion.Meta):
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="grunnlagversion_number_once")
        ]

    def __str__(self) -> str:
        return self.receipt
