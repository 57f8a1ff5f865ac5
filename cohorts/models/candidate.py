"""The working list of an embete: whom it considers, has talked to and has invited to apply."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models.opptak import EmbeteOpptak
from cohorts.queries.candidate import CandidateQuerySet, ContactQuerySet


class Stage(models.TextChoices):
    """How far a candidate has come; computed from what has happened (`rules.candidate`)."""

    AKTUELL = "aktuell", _("Aktuell")
    KONTAKTET = "kontaktet", _("Kontaktet")
    INVITERT = "invitert", _("Invitert")
    PAABEGYNT = "paabegynt", _("Skriver søknad")
    SOEKT = "soekt", _("Søknad mottatt")
    VURDERT = "vurdert", _("Vurdert")
    PRIORITERT = "prioritert", _("På lista til Udir")
    AVGJORT = "avgjort", _("Avgjort")
    JA = "ja", _("Takket ja")
    NEI = "nei", _("Takket nei")
    TRUKKET = "trukket", _("Trukket")
    UAKTUELL = "uaktuell", _("Ikke aktuell nå")


class Candidate(models.Model):
    """An owner that an embete considers in an opptak. The stage is stored, never typed.

    `reason`, `next_step` and the log are the embete's own working notes: nobody else reads them.
    """

    embete = models.ForeignKey(EmbeteOpptak, models.PROTECT, related_name="candidates")
    owner = models.ForeignKey("actors.Owner", models.PROTECT, related_name="candidacies")
    stage = models.CharField(
        _("hvor langt"), max_length=10, choices=Stage.choices, default=Stage.AKTUELL
    )
    responsible = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("hvorfor aktuell"), max_length=300, blank=True)
    next_step = models.CharField(_("neste steg"), max_length=120, blank=True)
    next_step_on = models.DateField(_("dato"), null=True, blank=True)
    dismissed_at = models.DateTimeField(_("lagt bort"), null=True, blank=True)
    dismissed_reason = models.CharField(_("grunn"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("lagt til"))
    created_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("aktuell kommune")
        verbose_name_plural = _("aktuelle kommuner")
        ordering = ["owner__sort_name", "pk"]
        indexes = [models.Index(fields=["embete", "stage"])]
        constraints = [
            models.UniqueConstraint(fields=["embete", "owner"], name="candidate_once_an_embete")
        ]

    def __str__(self) -> str:
        return str(self.owner)

    def get_absolute_url(self) -> str:
        return reverse("cohorts:candidate_detail", args=[self.pk])


class CandidateContact(models.Model):
    """One line of the contact log: when, how, and what was agreed, in a sentence."""

    class How(models.TextChoices):
        TELEFON = "telefon", _("Telefon")
        MOETE = "moete", _("Møte")
        EPOST = "epost", _("E-post")
        BREV = "brev", _("Brev")

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="contacts")
    on = models.DateField(_("dato"))
    how = models.CharField(_("hvordan"), max_length=10, choices=How.choices)
    text = models.CharField(_("kort om hva dere ble enige om"), max_length=300)
    by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("loggført"))

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("kontakt")
        verbose_name_plural = _("kontakter")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.candidate}, {self.on:%d.%m.%Y}"


class CandidateInvitation(models.Model):
    """That a contact of the candidate was invited to apply: the invitation carries the link."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="invitations")
    invitation = models.OneToOneField(
        "actors.Invitation", models.PROTECT, related_name="candidate_invitation"
    )

    class Meta:
        verbose_name = _("invitasjon til å søke")
        verbose_name_plural = _("invitasjoner til å søke")
        ordering = ["-invitation__sent_at", "-pk"]

    def __str__(self) -> str:
        return str(self.invitation)
