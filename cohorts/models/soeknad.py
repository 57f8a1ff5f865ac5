"""The application: answers that several people write at once, its units, and what was sent."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models.candidate import Candidate
from cohorts.models.opptak import Applicant
from cohorts.models.paper import SentVersion
from cohorts.queries.soeknad import SoeknadQuerySet, SoeknadUnitQuerySet, SoeknadVersionQuerySet
from cohorts.rules.soeknad_form import MAALFORM


class SoeknadStatus(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    SENT = "sent", _("Sendt")
    WITHDRAWN = "withdrawn", _("Trukket")


class Soeknad(models.Model):
    """One owner's application in an opptak (domain 3.1, 3.3); others may apply together with it.

    `sent_at` is the latest submission. `reopened_at` says that a new version is being written:
    until it is sent, the last one counts. `forwarded_at` is when the embete's list with it was
    sent to Udir: from then on Udir may read it. `saved_at` and `saved_by` are the latest save of
    any answer.
    """

    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="soeknad")
    applicant = models.CharField(_("søker som"), max_length=20, choices=Applicant.choices)
    status = models.CharField(
        max_length=10, choices=SoeknadStatus.choices, default=SoeknadStatus.DRAFT
    )
    created_at = models.DateTimeField(_("påbegynt"))
    created_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(_("lagret"))
    saved_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("ny versjon begynt"), null=True, blank=True)
    forwarded_at = models.DateTimeField(_("videresendt til Udir"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("trukket"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(_("grunn"), max_length=300, blank=True)

    objects = SoeknadQuerySet.as_manager()

    class Meta:
        verbose_name = _("søknad")
        verbose_name_plural = _("søknader")
        ordering = ["candidate__owner__sort_name", "pk"]

    def __str__(self) -> str:
        return str(_("Søknad fra %(owner)s")) % {"owner": self.candidate.owner}

    def get_absolute_url(self) -> str:
        return reverse("cohorts:soeknad_detail", args=[self.pk])

    @property
    def is_withdrawn(self) -> bool:
        return self.status == SoeknadStatus.WITHDRAWN

    @property
    def is_being_written(self) -> bool:
        """A draft, or a sent one of which a new version is being written."""
        return self.status == SoeknadStatus.DRAFT or (
            self.status == SoeknadStatus.SENT and self.reopened_at is not None
        )


class SoeknadAnswer(models.Model):
    """One answer of a søknad, saved on its own, so that two people seldom meet in it.

    `key` and the shape of `value` are those of a field of `rules.soeknad_form`. `version` counts
    saves: who saves from an older one gets an `AnswerConflict`, never an overwritten text.
    """

    soeknad = models.ForeignKey(Soeknad, models.CASCADE, related_name="answers")
    key = models.SlugField(_("spørsmål"), max_length=40)
    value = models.JSONField(_("svar"))
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(_("lagret"))
    updated_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("svar")
        verbose_name_plural = _("svar")
        ordering = ["soeknad_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["soeknad", "key"], name="soeknadanswer_once_a_key")
        ]

    def __str__(self) -> str:
        return self.key


class AnswerConflict(models.Model):
    """A text that met another one in the same field: both are kept until somebody joins them."""

    answer = models.ForeignKey(SoeknadAnswer, models.CASCADE, related_name="conflicts")
    value = models.JSONField(_("den andre teksten"))
    written_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("skrevet"))
    resolved_at = models.DateTimeField(_("slått sammen"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("tekst å slå sammen")
        verbose_name_plural = _("tekster å slå sammen")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.answer}, {self.written_by}"


class SoeknadPresence(models.Model):
    """Who is writing where: the latest sign of life of one person in a søknad."""

    soeknad = models.ForeignKey(Soeknad, models.CASCADE, related_name="presences")
    user = models.ForeignKey("actors.User", models.CASCADE, related_name="+")
    part = models.SlugField(max_length=40)
    key = models.SlugField(max_length=40, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("hvem skriver")
        verbose_name_plural = _("hvem skriver")
        constraints = [
            models.UniqueConstraint(fields=["soeknad", "user"], name="soeknadpresence_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.part}"


class SoeknadPartner(models.Model):
    """An owner that applies together with the one whose søknad it is (domain 8.11).

    It must confirm before the søknad can be sent, and may withdraw alone afterwards.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("Venter på svar")
        CONFIRMED = "confirmed", _("Bekreftet")
        DECLINED = "declined", _("Vil ikke være med")
        WITHDRAWN = "withdrawn", _("Trukket")

    soeknad = models.ForeignKey(Soeknad, models.CASCADE, related_name="partners")
    owner = models.ForeignKey("actors.Owner", models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    contact_name = models.CharField(_("kontakt"), max_length=150, blank=True)
    contact_email = models.EmailField(_("e-post til kontakten"), blank=True)
    asked_at = models.DateTimeField(_("spurt"))
    answered_at = models.DateTimeField(_("svart"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("grunn"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("kommune som søker sammen")
        verbose_name_plural = _("kommuner som søker sammen")
        ordering = ["soeknad_id", "owner__sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["soeknad", "owner"], name="soeknadpartner_once")
        ]

    def __str__(self) -> str:
        return str(self.owner)

    @property
    def page_path(self) -> str:
        """Where the owner answers."""
        return reverse("cohorts:soeknad_partners", args=[self.soeknad_id])


class SoeknadUnit(models.Model):
    """A unit in a søknad with its own part, which its leader writes through a personal link.

    `unit` is the row of the register, or None when the unit was typed in by hand; the other facts
    are copied and may be corrected. The link (`token`) opens this part alone.
    """

    class Part(models.TextChoices):
        NOT_STARTED = "not_started", _("Ikke begynt")
        DRAFT = "draft", _("Skriver")
        DELIVERED = "delivered", _("Levert")
        DECLINED = "declined", _("Vil ikke være med")

    class Sfo(models.TextChoices):
        YES = "yes", _("Ja")
        NO = "no", _("Nei")
        UNKNOWN = "unknown", _("Vet ikke ennå")

    class Staff(models.TextChoices):
        YES = "yes", _("Ja")
        MEETING = "meeting", _("Tas opp på møte")
        NO = "no", _("Nei")

    soeknad = models.ForeignKey(Soeknad, models.CASCADE, related_name="units")
    unit = models.ForeignKey(
        "actors.Unit", models.PROTECT, null=True, blank=True, related_name="applications"
    )
    owner = models.ForeignKey("actors.Owner", models.PROTECT, related_name="+")
    name = models.CharField(_("navn"), max_length=150)
    orgnr = models.CharField(_("organisasjonsnummer"), max_length=9, blank=True)
    kind = models.CharField(_("type"), max_length=10)
    ownership = models.CharField(_("eierform"), max_length=10)
    grades = models.CharField(_("trinn"), max_length=40, blank=True)
    children = models.PositiveIntegerField(_("barn eller elever"), null=True, blank=True)
    staff = models.PositiveIntegerField(_("ansatte"), null=True, blank=True)
    has_sfo = models.BooleanField(_("har SFO"), default=False)
    sfo = models.CharField(_("skal SFO være med?"), max_length=10, choices=Sfo.choices, blank=True)
    maalform = models.CharField(_("målform"), max_length=2, choices=MAALFORM, blank=True)
    leader_name = models.CharField(_("leder"), max_length=150, blank=True)
    leader_email = models.EmailField(_("e-post til lederen"), blank=True)
    # The unit's own part (domain 3.2)
    part = models.CharField(max_length=12, choices=Part.choices, default=Part.NOT_STARTED)
    why = models.TextField(_("hvorfor vil dere være med?"), blank=True)
    needs = models.TextField(_("hva trenger dere mest hjelp til?"), blank=True)
    ongoing = models.TextField(_("hva annet holder dere på med nå?"), blank=True)
    staff_agreed = models.CharField(
        _("har personalet sagt ja?"), max_length=10, choices=Staff.choices, blank=True
    )
    staff_meeting_on = models.DateField(_("dato for personalmøtet"), null=True, blank=True)
    edit_version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(_("lagret"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("levert"), null=True, blank=True)
    declined_reason = models.CharField(_("grunn"), max_length=300, blank=True)
    left_out_reason = models.CharField(_("sendt uten egen del, grunn"), max_length=300, blank=True)
    # The link to it
    token = models.CharField(max_length=64, unique=True)
    link_sent_at = models.DateTimeField(_("lenke sendt"), null=True, blank=True)
    opened_at = models.DateTimeField(_("lenka åpnet"), null=True, blank=True)

    objects = SoeknadUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("enhet i søknaden")
        verbose_name_plural = _("enheter i søknaden")
        ordering = ["soeknad_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["soeknad", "unit"],
                condition=models.Q(unit__isnull=False),
                name="soeknadunit_once_a_unit",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def part_path(self) -> str:
        """The address of its own part: whoever has it may write there without signing in."""
        return reverse("cohorts:unit_part", args=[self.token])


class SoeknadVersion(SentVersion):
    """One sent version of a søknad; never changed. `late` with its reason when after the frist."""

    soeknad = models.ForeignKey(Soeknad, models.PROTECT, related_name="versions")
    late = models.BooleanField(_("etter fristen"), default=False)
    late_reason = models.CharField(_("grunn"), max_length=300, blank=True)

    objects = SoeknadVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sendt søknad")
        verbose_name_plural = _("sendte søknader")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["soeknad", "number"], name="soeknadversion_once")
        ]
