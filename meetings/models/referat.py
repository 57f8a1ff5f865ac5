"""The referat of a meeting, its saker and follow-up points, and merknader to it (domain 3.12)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models import PaperVersion
from meetings.models.paper import Paper
from meetings.queries.addendum import AddendumQuerySet
from meetings.queries.paper import FollowUpQuerySet, ReferatQuerySet, VersionQuerySet


class Referat(Paper):
    """The draft and the state of a referat. `unit` is empty for meetings at owner level.

    After sending, readers have until `merknad_due` (local date, included) to add a merknad;
    then it is approved and locked. `carried` says how the points from before went:
    [{"follow_up": id, "outcome": "done|partly|not_done", "comment": …}]. `agreed` is the working
    copy of the follow-up points, half written ones too, each with the position of its sak and the
    id of its tiltak or None; the rows of `FollowUp` are what has been sent.
    """

    held_from = models.DateTimeField(_("møtet begynte"))
    held_to = models.DateTimeField(_("møtet sluttet"))
    place = models.CharField(_("sted"), max_length=200, blank=True)
    guests = models.CharField(_("andre til stede"), max_length=300, blank=True)
    referent = models.CharField(_("referent"), max_length=150, blank=True)
    carried = models.JSONField(_("siden sist"), default=list, blank=True)
    agreed = models.JSONField(_("det vi avtalte"), default=list, blank=True)
    mellomarbeid = models.TextField(_("mellomarbeid til neste gang"), blank=True)
    next_theme = models.CharField(_("tema for neste veiledning"), max_length=200, blank=True)
    next_date = models.DateField(_("dato for neste møte"), null=True, blank=True)
    merknad_due = models.DateField(_("frist for merknader"), null=True, blank=True)
    approved_at = models.DateTimeField(_("godkjent"), null=True, blank=True)
    approved_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    locked_at = models.DateTimeField(_("låst"), null=True, blank=True)

    objects = ReferatQuerySet.as_manager()

    class Meta(Paper.Meta):
        verbose_name = _("referat")
        verbose_name_plural = _("referater")
        ordering = ["meeting_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "unit"],
                condition=models.Q(unit__isnull=False),
                name="referat_once_a_unit",
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(unit__isnull=True),
                name="referat_once_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Referat fra %(meeting)s")) % {"meeting": self.meeting}

    def get_absolute_url(self) -> str:
        return reverse("meetings:referat_edit", args=[self.meeting_id])


class ReferatSak(models.Model):
    """What was said about one sak of the saksliste."""

    referat = models.ForeignKey(Referat, models.CASCADE, related_name="saker")
    position = models.PositiveSmallIntegerField(_("nr."))
    title = models.CharField(_("sak"), max_length=200)
    summary = models.TextField(_("oppsummering"), blank=True)

    class Meta:
        ordering = ["referat_id", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class ReferatVersion(PaperVersion):
    """One sent version of a referat; never changed."""

    paper = models.ForeignKey(Referat, models.PROTECT, related_name="versions")

    objects = VersionQuerySet.as_manager()

    class Meta(PaperVersion.Meta):
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="referatversion_number_once")
        ]


class FollowUpStatus(models.TextChoices):
    OPEN = "open", _("Åpent")
    DONE = "done", _("Gjort")
    DROPPED = "dropped", _("Tatt bort")


class FollowUp(models.Model):
    """What was agreed: one text, exactly one responsible role, one date (domain 5, no. 14).

    `tiltak` is the one of the plan it belongs to; `mellomarbeid` the task that was made of it.
    """

    referat = models.ForeignKey(Referat, models.CASCADE, related_name="follow_ups")
    position = models.PositiveSmallIntegerField(_("nr."), default=0)
    text = models.CharField(_("hva vi avtalte"), max_length=300)
    responsible = models.SlugField(_("ansvarlig"), max_length=40)
    due = models.DateField(_("frist"))
    status = models.CharField(
        max_length=7, choices=FollowUpStatus.choices, default=FollowUpStatus.OPEN
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    tiltak = models.ForeignKey(
        "cohorts.Tiltak", models.SET_NULL, null=True, blank=True, related_name="follow_ups"
    )
    mellomarbeid = models.ForeignKey(
        "cohorts.Mellomarbeid", models.SET_NULL, null=True, blank=True, related_name="follow_ups"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("oppfølgingspunkt")
        verbose_name_plural = _("oppfølgingspunkter")
        ordering = ["referat_id", "position", "pk"]

    def __str__(self) -> str:
        return self.text


class Merknad(models.Model):
    """A reader's remark to a sent version; the author takes it in, or both texts stand.

    `sak` is the position of the sak it is about, None for the whole referat; `proposal` is how
    the reader would have written it.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Venter på svar")
        TAKEN_IN = "taken_in", _("Tatt inn")
        BOTH_STAND = "both_stand", _("Begge tekstene står")

    referat = models.ForeignKey(Referat, models.PROTECT, related_name="merknader")
    version = models.ForeignKey(ReferatVersion, models.PROTECT, related_name="merknader")
    sak = models.PositiveSmallIntegerField(_("sak"), null=True, blank=True)
    text = models.TextField(_("merknad"))
    proposal = models.TextField(_("forslag til ny tekst"), blank=True)
    written_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    written_as = models.CharField(_("skrevet som"), max_length=200)
    written_at = models.DateTimeField(_("skrevet"))
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    answer = models.TextField(_("svar"), blank=True)
    answered_at = models.DateTimeField(_("besvart"), null=True, blank=True)

    class Meta:
        verbose_name = _("merknad")
        verbose_name_plural = _("merknader")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Addendum(models.Model):
    """An addition to a locked referat, with its own number and reason; never changed (domain 8.25).

    `sak` is the position of the sak it is about, None for the whole referat. `hidden_at` and
    `removed_at` as for a version of a paper.
    """

    referat = models.ForeignKey(Referat, models.PROTECT, related_name="addenda")
    version = models.ForeignKey(ReferatVersion, models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField(_("tillegg"))
    sak = models.PositiveSmallIntegerField(_("sak"), null=True, blank=True)
    text = models.TextField(_("tillegg"))
    reason = models.CharField(_("hvorfor"), max_length=300)
    language = models.CharField(max_length=2)
    sha256 = models.CharField(_("kontrollsum"), max_length=64)
    receipt = models.CharField(_("kvitteringsnummer"), max_length=30, unique=True)
    written_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    written_as = models.CharField(_("skrevet som"), max_length=200)
    written_at = models.DateTimeField(_("sendt"))
    hidden_at = models.DateTimeField(_("skjult"), null=True, blank=True)
    removed_at = models.DateTimeField(_("fjernet"), null=True, blank=True)
    cleans = models.PositiveSmallIntegerField(_("renset utgave av tillegg"), null=True, blank=True)

    objects = AddendumQuerySet.as_manager()

    class Meta:
        verbose_name = _("tillegg")
        verbose_name_plural = _("tillegg")
        ordering = ["referat_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["referat", "number"], name="addendum_number_once")
        ]

    def __str__(self) -> str:
        return self.receipt
