"""A meeting, who is invited and comes, and what is on its saksliste."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.queries.meeting import AttendanceQuerySet, MeetingQuerySet
from meetings.rules.meeting import name_in


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", _("Planlagt")
    MOVED = "moved", _("Flyttet")
    CANCELLED = "cancelled", _("Avlyst")


class MeetingForm(models.TextChoices):
    PHYSICAL = "physical", _("Fysisk")
    DIGITAL = "digital", _("Digitalt")


class Meeting(models.Model):
    """A meeting of a kind that the pulje's programme declares.

    The semester is stored, not derived from the date: a meeting moved over New Year still counts
    where it belongs (domain 8). `start` and `end` are aware; show them in Europe/Oslo. Without
    `deltakelse` it belongs to the whole pulje; with units it concerns those units, else the
    owner. `edit_version` grows with every change, so that a stale form can be told.
    `agenda_sent_at`: when the saksliste last went out on its own, without a paper.
    """

    pulje = models.ForeignKey("cohorts.Pulje", models.PROTECT, related_name="meetings")
    semester = models.ForeignKey("cohorts.Semester", models.PROTECT, related_name="meetings")
    activity = models.ForeignKey(
        "cohorts.Activity", models.PROTECT, related_name="meetings", verbose_name=_("aktivitet")
    )
    kind = models.SlugField(_("slag"), max_length=60)
    deltakelse = models.ForeignKey(
        "cohorts.Deltakelse", models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    units = models.ManyToManyField(
        "cohorts.DeltakendeUnit", blank=True, related_name="meetings", verbose_name=_("enheter")
    )
    title = models.CharField(_("tittel"), max_length=200)
    start = models.DateTimeField(_("begynner"))
    end = models.DateTimeField(_("slutter"))
    form = models.CharField(_("form"), max_length=8, choices=MeetingForm.choices)
    place = models.CharField(_("sted"), max_length=200, blank=True)
    link = models.URLField(_("lenke"), max_length=300, blank=True)
    status = models.CharField(
        max_length=10, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED
    )
    status_reason = models.CharField(_("grunn"), max_length=300, blank=True)
    moved_from = models.DateTimeField(_("flyttet fra"), null=True, blank=True)
    linked_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="linked_meetings"
    )
    agenda_sent_at = models.DateTimeField(_("innkalling sendt"), null=True, blank=True)
    edit_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("opprettet"))
    created_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("møte")
        verbose_name_plural = _("møter")
        ordering = ["start", "pk"]
        indexes = [models.Index(fields=["semester", "start"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="meeting_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="cancelled") | ~models.Q(status_reason=""),
                name="meeting_cancelled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting_detail", args=[self.pk])

    @property
    def name(self) -> str:
        """The title in the active language, as it is shown; `title` is what is stored."""
        return self.named()

    def named(self, language: str | None = None) -> str:
        """The title in `language` («nb» or «nn»; default the active one)."""
        return name_in(self.title, self.activity.title_bm, self.activity.title_nn, language)

    @property
    def is_cancelled(self) -> bool:
        return self.status == MeetingStatus.CANCELLED

    @property
    def day(self):
        """The local date (Europe/Oslo) on which the meeting begins."""
        return timezone.localtime(self.start).date()

    @property
    def minutes(self) -> int:
        """The length in minutes."""
        return int((self.end - self.start).total_seconds() // 60)


class Response(models.TextChoices):
    NONE = "none", _("Ikke svart")
    YES = "yes", _("Kommer")
    NO = "no", _("Kommer ikke")


class Presence(models.TextChoices):
    UNKNOWN = "unknown", _("Ikke registrert")
    PRESENT = "present", _("Til stede")
    EXCUSED = "excused", _("Meldt forfall")
    ABSENT = "absent", _("Fravær")


class Attendance(models.Model):
    """That somebody is invited to a meeting, the answer, and whether the person came and how.

    `actor` is the programme's actor the person comes as; `unit` and `deltakelse` whom for.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    user = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    name = models.CharField(_("navn"), max_length=150)
    actor = models.SlugField(_("rolle i møtet"), max_length=40)
    unit = models.ForeignKey(
        "cohorts.DeltakendeUnit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    deltakelse = models.ForeignKey(
        "cohorts.Deltakelse", models.PROTECT, null=True, blank=True, related_name="+"
    )
    response = models.CharField(
        _("svar"), max_length=5, choices=Response.choices, default=Response.NONE
    )
    responded_at = models.DateTimeField(null=True, blank=True)
    presence = models.CharField(
        _("oppmøte"), max_length=8, choices=Presence.choices, default=Presence.UNKNOWN
    )
    mode = models.CharField(_("deltok"), max_length=8, choices=MeetingForm.choices, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("oppmøte")
        verbose_name_plural = _("oppmøte")
        ordering = ["meeting_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=models.Q(user__isnull=False),
                name="attendance_person_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Sak(models.Model):
    """An item on a saksliste. `unit` tells whose list it is in a joint meeting; none: everybody's.

    `standing` is the id of a fixed item in the programme's file; such an item cannot be removed.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="saker")
    unit = models.ForeignKey(
        "cohorts.DeltakendeUnit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(_("nr."))
    title = models.CharField(_("sak"), max_length=200)
    type = models.SlugField(_("type"), max_length=20)
    responsible = models.CharField(_("ansvarlig"), max_length=80, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutter"), null=True, blank=True)
    standing = models.SlugField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("sak")
        verbose_name_plural = _("saker")
        ordering = ["meeting_id", "position", "pk"]

    def __str__(self) -> str:
        return self.title
