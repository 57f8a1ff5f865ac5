"""What every paper of a meeting shares: a status, an edit version, and the form it has."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperStatus(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    SENT = "sent", _("Sendt")
    MERKNAD = "merknad", _("Merknad")
    APPROVED = "approved", _("Godkjent")
    LOCKED = "locked", _("Låst")


class Paper(models.Model):
    """A paper that is written as a draft and sent as numbered versions.

    `template` is the edition of the form it is written in; `extra` holds the answers to that
    edition's own questions, {question id: text}.
    """

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
    template = models.ForeignKey(
        "cohorts.PaperTemplate", models.PROTECT, null=True, blank=True, related_name="+"
    )
    extra = models.JSONField(_("svar på spørsmål fra malen"), default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def is_draft(self) -> bool:
        return self.status == PaperStatus.DRAFT
