"""What somebody owes and when: a stored deadline (architecture: a deadline is computed once)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.rules.roles import RoleKind
from cohorts.models import Record
from meetings.queries.obligation import ObligationQuerySet


class Obligation(models.Model):
    """One thing owed by one office: from a deadline rule, and a meeting, a unit or an owner.

    `due` and `opens` are local dates, already moved off holidays. `met_at` is set when it is done;
    `void_at` when it no longer applies (meeting cancelled, unit withdrawn). `key` is made from
    what it is about, so that computing it twice changes nothing. `owed_by` is an actor of the
    programme, `office` the access role that this actor has. Without a `rule` the activity simply
    falls due at the end of the term and nobody is reminded.
    """

    key = models.CharField(max_length=120, unique=True)
    pulje = models.ForeignKey("cohorts.Pulje", models.PROTECT, related_name="obligations")
    semester = models.ForeignKey("cohorts.Semester", models.PROTECT, related_name="obligations")
    activity = models.ForeignKey("cohorts.Activity", models.PROTECT, related_name="obligations")
    rule = models.ForeignKey(
        "cohorts.DeadlineRule", models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    deltakelse = models.ForeignKey(
        "cohorts.Deltakelse", models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    unit = models.ForeignKey(
        "cohorts.DeltakendeUnit", models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    referat = models.ForeignKey(
        "meetings.Referat", models.CASCADE, null=True, blank=True, related_name="obligations"
    )
    follow_up = models.ForeignKey(
        "meetings.FollowUp", models.CASCADE, null=True, blank=True, related_name="obligations"
    )
    owed_by = models.SlugField(_("ansvarlig"), max_length=40)
    office = models.CharField(_("kontor"), max_length=20, choices=RoleKind.choices)
    opens = models.DateField(_("åpner"), null=True, blank=True)
    due = models.DateField(_("frist"))
    met_at = models.DateTimeField(_("oppfylt"), null=True, blank=True)
    void_at = models.DateTimeField(_("bortfalt"), null=True, blank=True)
    void_reason = models.CharField(_("grunn"), max_length=200, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("plikt")
        verbose_name_plural = _("plikter")
        ordering = ["due", "pk"]
        indexes = [
            models.Index(
                fields=["due"],
                condition=models.Q(met_at__isnull=True, void_at__isnull=True),
                name="obligation_open_due",
            ),
            models.Index(fields=["semester", "unit"]),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """Where the thing is done. Fetch with `for_lists()`: it reads the rule and the activity."""
        met_by = self.rule.met_by if self.rule else "record"
        if met_by == "paper":
            page = "grunnlag_detail" if self.activity.paper == "before" else "referat_detail"
            return reverse(f"meetings:{page}", args=[self.meeting_id]) + self._for_unit()
        if met_by in ("review", "item"):
            return reverse("meetings:referat_detail", args=[self.meeting_id]) + self._for_unit()
        if met_by in ("answer", "agenda"):
            return reverse("meetings:meeting_detail", args=[self.meeting_id])
        if met_by == "date":
            return reverse("meetings:meeting_create") + self._for_place()
        if met_by == "group" and self.group_id:
            return reverse("cohorts:group_detail", args=[self.group_id])
        if met_by == "record" and self.activity.record != Record.MEETING:
            return reverse("meetings:record_create", args=[self.activity_id]) + self._for_place()
        return reverse("reports:my_page")

    @property
    def group_id(self) -> int | None:
        """The group that a seat is missing in, if it exists yet."""
        if self.unit_id:
            return self.unit.arbeidsgruppe_id
        return self.deltakelse.styringsgruppe_id if self.deltakelse_id else None

    def _for_unit(self) -> str:
        return f"?enhet={self.unit_id}" if self.unit_id else ""

    def _for_place(self) -> str:
        place = f"?deltakelse={self.deltakelse_id}" if self.deltakelse_id else "?"
        return f"{place}&enhet={self.unit_id}" if self.unit_id else place.rstrip("?")
