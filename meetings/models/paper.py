"""What every paper of a meeting shares: a status, an edit version, and immutable submissions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperStatus(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    SENT = "sent", _("Sendt")
    MERKNAD = "merknad", _("Merknad")
    APPROVED = "approved", _("Godkjent")
    LOCKED = "locked", _("Låst")


class Paper(models.Model):
    """A paper that is written as a draft and sent as numbered versions."""

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="%(class)s_set")
    unit = models.ForeignKey(
        "cohorts.DeltakendeUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s_set",
    )
    status = models.CharField(max_length=10, choices=PaperStatus.choices, default="draft")
    edit_version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("opprettet"))
    updated_at = models.DateTimeField(_("lagret"))
    updated_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_draft(self) -> bool:
        return self.status == PaperStatus.DRAFT


class PaperVersion(models.Model):
    """One submission: the content as it was sent, its author, time, hash and receipt number."""

    number = models.PositiveSmallIntegerField(_("versjon"))
    content = models.JSONField(_("innhold"))
    language = models.CharField(max_length=2)
    sha256 = models.CharField(_("kontrollsum"), max_length=64)
    receipt = models.CharField(_("kvitteringsnummer"), max_length=30, unique=True)
    sent_at = models.DateTimeField(_("sendt"))
    sent_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    sent_as = models.CharField(_("sendt som"), max_length=200)

    class Meta:
        abstract = True
        ordering = ["-number"]
