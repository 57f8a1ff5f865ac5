"""PPT and the groups that carry the work: styringsgruppe and arbeidsgruppe (domain 3.7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.queries.groups import (
    ArbeidsgruppeManager,
    GroupMemberQuerySet,
    GroupQuerySet,
    StyringsgruppeManager,
)
from actors.queries.people import PeriodQuerySet


class PPT(models.Model):
    """A pedagogisk-psykologisk tjeneste; an organisation of its own that serves kommuner."""

    name = models.CharField(_("navn"), max_length=200)
    orgnr = models.CharField(_("organisasjonsnummer"), max_length=9, blank=True)
    kommuner = models.ManyToManyField("actors.Kommune", through="PPTKommune", related_name="ppt")
    is_fictional = models.BooleanField(_("oppdiktet"), default=False)

    class Meta:
        verbose_name = "PPT"
        verbose_name_plural = "PPT"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PPTKommune(models.Model):
    """That a PPT serves a kommune in a period; a kommune may change PPT (domain 8.17)."""

    ppt = models.ForeignKey(PPT, models.CASCADE)
    kommune = models.ForeignKey("actors.Kommune", models.PROTECT)
    valid_from = models.DateField(_("fra og med"))
    valid_to = models.DateField(_("til og med"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ppt", "kommune"],
                condition=models.Q(valid_to__isnull=True),
                name="pptkommune_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ppt}: {self.kommune}"


class Group(models.Model):
    """A group of people around an owner or a unit. `kind` is the id in the programme's file."""

    kind = models.SlugField(_("gruppe"), max_length=40)
    owner = models.ForeignKey("actors.Owner", models.PROTECT, null=True, blank=True)
    unit = models.ForeignKey("actors.Unit", models.PROTECT, null=True, blank=True)
    created_at = models.DateTimeField(_("opprettet"))
    closed_at = models.DateTimeField(_("avsluttet"), null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("gruppe")
        verbose_name_plural = _("grupper")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner__isnull=False, unit__isnull=True)
                | models.Q(owner__isnull=True, unit__isnull=False),
                name="group_of_owner_or_unit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.owner or self.unit}"


class Styringsgruppe(Group):
    """The group at owner level; the owner leads it."""

    objects = StyringsgruppeManager()

    class Meta:
        proxy = True


class Arbeidsgruppe(Group):
    """The group in a unit; its styrer or rektor leads it."""

    objects = ArbeidsgruppeManager()

    class Meta:
        proxy = True


class GroupMember(models.Model):
    """Somebody in a seat of a group for a period. `seat` is the id in the programme's file."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="members")
    user = models.ForeignKey("actors.User", models.PROTECT, null=True, blank=True)
    name = models.CharField(_("navn"), max_length=150)
    email = models.EmailField(_("e-postadresse"), blank=True)
    seat = models.SlugField(_("plass"), max_length=40)
    unit = models.ForeignKey("actors.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(
        "actors.Owner", models.PROTECT, null=True, blank=True, related_name="+"
    )
    deputy = models.BooleanField(_("vara"), default=False)
    valid_from = models.DateField(_("fra og med"))
    valid_to = models.DateField(_("til og med"), null=True, blank=True)

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("medlem")
        verbose_name_plural = _("medlemmer")
        ordering = ["group_id", "seat", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="groupmember_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["group", "user", "seat"],
                condition=models.Q(valid_to__isnull=True, user__isnull=False),
                name="groupmember_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EmptySeatReason(models.Model):
    """Why a seat stays empty, written by the group's leader; it silences the reminders."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="empty_seat_reasons")
    seat = models.SlugField(_("plass"), max_length=40)
    reason = models.CharField(_("grunn"), max_length=300)
    written_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("skrevet"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "seat"], name="emptyseatreason_once")
        ]

    def __str__(self) -> str:
        return self.reason
