"""What somebody owes and when: a stored deadline (architecture: a deadline is computed once)."""

from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.rules.roles import RoleKind
from cohorts.models import Record
from meetings.queries.obligation import ObligationQuerySet

if TYPE_CHECKING:
    from actors.models import Owner, Statsforvalter
    from cohorts.models import EmbeteOpptak

# What a duty of a recruitment is about: exactly one of them, and never an activity.
RECRUITMENT = ("soeknad", "embete", "decision")


def about_one_thing() -> models.CheckConstraint:
    """A duty is about an activity of a semester, or about one thing of a recruitment."""
    nothing = {f"{field}__isnull": True for field in RECRUITMENT}
    condition = models.Q(activity__isnull=False, semester__isnull=False, **nothing)
    for field in RECRUITMENT:
        alone = nothing | {f"{field}__isnull": False}
        condition |= models.Q(activity__isnull=True, semester__isnull=True, **alone)
    return models.CheckConstraint(condition=condition, name="obligation_about_one_thing")


class Obligation(models.Model):
    """One thing owed by one office: from a deadline rule, and a meeting, a unit or an owner.

    In a recruitment it is about a søknad to send, an embete's list to send or an offer to answer,
    and has neither semester nor activity.

    `due` and `opens` are local dates, already moved off holidays. `met_at` is set when it is done;
    `void_at` when it no longer applies (meeting cancelled, unit withdrawn, evaluation closed:
    `void_reason` is `no_longer_applies` or `closed_early`). `key` is made from
    what it is about, so that computing it twice changes nothing. `owed_by` is an actor of the
    programme, `office` the access role that this actor has. Without a `rule` the activity simply
    falls due at the end of the term and nobody is reminded.
    """

    key = models.CharField(max_length=120, unique=True)
    pulje = models.ForeignKey("cohorts.Pulje", models.PROTECT, related_name="obligations")
    semester = models.ForeignKey(
        "cohorts.Semester", models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    activity = models.ForeignKey(
        "cohorts.Activity", models.PROTECT, null=True, blank=True, related_name="obligations"
    )
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
    soeknad = models.ForeignKey(
        "cohorts.Soeknad", models.CASCADE, null=True, blank=True, related_name="obligations"
    )
    embete = models.ForeignKey(
        "cohorts.EmbeteOpptak", models.CASCADE, null=True, blank=True, related_name="obligations"
    )
    decision = models.ForeignKey(
        "cohorts.Decision", models.CASCADE, null=True, blank=True, related_name="obligations"
    )
    owed_by = models.SlugField(_("ansvarlig"), max_length=40)
    office = models.CharField(_("kontor"), max_length=20, choices=RoleKind.choices)
    opens = models.DateField(_("åpner"), null=True, blank=True)
    due = models.DateField(_("frist"))
    # The office has changed hands: due that day, if it would be due before.
    extended_to = models.DateField(_("forlenget til"), null=True, blank=True)
    met_at = models.DateTimeField(_("oppfylt"), null=True, blank=True)
    void_at = models.DateTimeField(_("bortfalt"), null=True, blank=True)
    void_reason = models.CharField(_("grunn"), max_length=200, blank=True)
    # When it was first owed, or owed anew after it was closed early: a reminder whose day was
    # before that is not one that was missed.
    created_at = models.DateTimeField(_("opprettet"))

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
            # The scan of reminders asks for the due days of each rule.
            models.Index(
                fields=["rule", "due"],
                condition=models.Q(met_at__isnull=True, void_at__isnull=True),
                name="obligation_open_rule_due",
            ),
            models.Index(fields=["semester", "unit"]),
        ]
        constraints = [about_one_thing()]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """Where the thing is done. Fetch with `for_lists()`: it reads the rule and the activity.

        A duty of a recruitment is fetched with `with_recruitment()` as well.
        """
        activity = self.activity
        if activity is None:
            return self._recruitment_url()
        met_by = self.rule.met_by if self.rule else "record"
        if met_by == "paper":
            page = "grunnlag_detail" if activity.paper == "before" else "referat_detail"
            return reverse(f"meetings:{page}", args=[self.meeting_id]) + self._for_unit()
        if met_by in ("review", "item"):
            return reverse("meetings:referat_detail", args=[self.meeting_id]) + self._for_unit()
        if met_by in ("answer", "agenda"):
            return reverse("meetings:meeting_detail", args=[self.meeting_id])
        if met_by == "date":
            return reverse("meetings:meeting_create") + self._for_place()
        if met_by in ("group", "seat") and self.group_id:
            return reverse("cohorts:group_detail", args=[self.group_id])
        if met_by == "veileder":
            return reverse("cohorts:deltakelse_edit", args=[self.deltakelse_id])
        if met_by == "record" and activity.record != Record.MEETING:
            return reverse("meetings:record_create", args=[self.activity_id]) + self._for_place()
        return reverse("reports:my_page")

    def page_for(self, office: str) -> str:
        """Where somebody in `office` reads about it: the one who owes it, or one who is told."""
        embete = self.in_embete
        if embete is None or office == self.office:
            return self.get_absolute_url()
        if office == RoleKind.STATSFORVALTER:
            soeknad = self.decision.soeknad if self.decision else self.soeknad
            if soeknad is not None:
                return reverse("cohorts:candidate_detail", args=[soeknad.candidate_id])
        return reverse("cohorts:opptak_detail", args=[embete.opptak.pulje.number])

    @property
    def in_embete(self) -> "EmbeteOpptak | None":
        """The embete's share of the opptak that a duty of a recruitment belongs to."""
        if self.embete is not None:
            return self.embete
        soeknad = self.decision.soeknad if self.decision else self.soeknad
        return soeknad.candidate.embete if soeknad else None

    @property
    def concerns(self) -> "Owner | Statsforvalter | None":
        """Whom it is about: the owner, or the embete that owes its list."""
        if self.decision is not None:
            return self.decision.owner
        if self.soeknad is not None:
            return self.soeknad.candidate.owner
        if self.embete is not None:
            return self.embete.statsforvalter
        return self.deltakelse.owner if self.deltakelse else None

    @property
    def group_id(self) -> int | None:
        """The group that a seat is missing in, if it exists yet."""
        if self.unit is not None:
            return self.unit.arbeidsgruppe_id
        return self.deltakelse.styringsgruppe_id if self.deltakelse else None

    def _recruitment_url(self) -> str:
        if self.decision_id:
            return reverse("cohorts:answer_edit", args=[self.decision_id])
        if self.embete is not None:
            return reverse("cohorts:priority_edit", args=[self.embete.opptak.pulje.number])
        return reverse("cohorts:soeknad_detail", args=[self.soeknad_id])

    def _for_unit(self) -> str:
        return f"?enhet={self.unit_id}" if self.unit_id else ""

    def _for_place(self) -> str:
        place = f"?deltakelse={self.deltakelse_id}" if self.deltakelse_id else "?"
        return f"{place}&enhet={self.unit_id}" if self.unit_id else place.rstrip("?")
