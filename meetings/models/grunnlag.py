"""The veiledningsgrunnlag: what a unit asks the veiledere for before a meeting (domain 3.10)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models import Attachment, PaperVersion
from meetings.models.paper import Paper
from meetings.queries.grunnlag import GrunnlagAttachmentQuerySet, GrunnlagVersionQuerySet
from meetings.queries.paper import GrunnlagQuerySet


class Veiledningsgrunnlag(Paper):
    """The draft and the state of one unit's grunnlag for one meeting.

    `since_last` holds the carried-over follow-up points with how each went:
    [{"follow_up": id, "outcome": "done|partly|not_done", "comment": …}], and the mellomarbeid as
    [{"mellomarbeid": id, "outcome": …, "comment": …}]. `plan_links` is
    {"maal": [id], "tiltak": [id]}.
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
    plan_links = models.JSONField(_("mål og tiltak i planen"), default=dict, blank=True)
    saker = models.JSONField(_("saksliste"), default=list, blank=True)
    prepared_by = models.CharField(_("hvem har laget grunnlaget?"), max_length=200, blank=True)

    objects = GrunnlagQuerySet.as_manager()

    class Meta(Paper.Meta):
        verbose_name = _("veiledningsgrunnlag")
        verbose_name_plural = _("veiledningsgrunnlag")
        ordering = ["meeting_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "unit"], name="grunnlag_once_a_unit")
        ]

    def __str__(self) -> str:
        return str(_("Veiledningsgrunnlag fra %(unit)s")) % {"unit": self.unit}

    def get_absolute_url(self) -> str:
        return reverse("meetings:grunnlag_edit", args=[self.meeting_id])


class VeiledningsgrunnlagVersion(PaperVersion):
    """One sent version of a grunnlag together with its saksliste; never changed.

    `withdrawn_at` is when the unit took it back before a veileder had opened it: nobody reads it
    any more, and it stays in the log (domain 3.10).
    """

    paper = models.ForeignKey(Veiledningsgrunnlag, models.PROTECT, related_name="versions")
    withdrawn_at = models.DateTimeField(_("trukket tilbake"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = GrunnlagVersionQuerySet.as_manager()

    class Meta(PaperVersion.Meta):
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="grunnlagversion_number_once")
        ]


class GrunnlagConflict(models.Model):
    """A text that met a newer one in the same field: both are kept until somebody joins them.

    `key` names the field (`rules.grunnlag_merge.flat`). The text that stands is in the draft;
    `other_by` had saved it at `other_at`.
    """

    paper = models.ForeignKey(Veiledningsgrunnlag, models.CASCADE, related_name="conflicts")
    key = models.CharField(_("felt"), max_length=80)
    value = models.TextField(_("den andre teksten"))
    written_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("skrevet"))
    other_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    other_at = models.DateTimeField(_("lagret"))
    resolved_at = models.DateTimeField(_("slått sammen"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("tekst å slå sammen i grunnlaget")
        verbose_name_plural = _("tekster å slå sammen i grunnlaget")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.key}, {self.written_by}"


class GrunnlagComment(models.Model):
    """A reader's comment to a sent version, or the unit's answer to one (`answer_to`)."""

    version = models.ForeignKey(VeiledningsgrunnlagVersion, models.PROTECT, related_name="comments")
    answer_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answers"
    )
    text = models.TextField(_("kommentar"))
    written_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    written_as = models.CharField(_("skrevet som"), max_length=200)
    written_at = models.DateTimeField(_("skrevet"))

    class Meta:
        verbose_name = _("kommentar til grunnlaget")
        verbose_name_plural = _("kommentarer til grunnlaget")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class GrunnlagAttachment(Attachment):
    """A file of a grunnlag: PDF or Word. `versions` are the sent ones it went with."""

    paper = models.ForeignKey(Veiledningsgrunnlag, models.CASCADE, related_name="attachments")
    versions = models.ManyToManyField(
        VeiledningsgrunnlagVersion, related_name="attachments", blank=True
    )

    objects = GrunnlagAttachmentQuerySet.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("vedlegg til grunnlaget")
        verbose_name_plural = _("vedlegg til grunnlaget")
        ordering = ["paper_id", "pk"]


class GrunnlagAttachmentFile(models.Model):
    """The bytes of an attachment, alone in a table so that no list fetches them."""

    attachment = models.OneToOneField(
        GrunnlagAttachment, models.CASCADE, primary_key=True, related_name="file"
    )
    content = models.BinaryField()

    class Meta:
        verbose_name = _("innhold i vedlegg til grunnlaget")
        verbose_name_plural = _("innhold i vedlegg til grunnlaget")

    def __str__(self) -> str:
        return str(self.attachment_id)
