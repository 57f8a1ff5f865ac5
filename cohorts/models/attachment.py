"""Files that go with a text, and those that an owner adds to a søknad: the bytes lie apart."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cohorts.models.soeknad import Soeknad, SoeknadVersion
from cohorts.queries.soeknad_attachment import SoeknadAttachmentQuerySet


class Attachment(models.Model):
    """What is known of a file that goes with a text: its name, its kind, and who added it when.

    A file that has been sent stays with its version after it is removed; of one that never was,
    the bytes are deleted at once.
    """

    name = models.CharField(_("filnavn"), max_length=120)
    size = models.PositiveIntegerField(_("størrelse i byte"))
    sha256 = models.CharField(_("kontrollsum"), max_length=64)
    content_type = models.CharField(max_length=100)
    uploaded_at = models.DateTimeField(_("lagt ved"))
    uploaded_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(_("fjernet"), null=True, blank=True)
    removed_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class SoeknadAttachment(Attachment):
    """One file of a søknad (domain 3.1). `versions` are the sent ones it went with."""

    soeknad = models.ForeignKey(Soeknad, models.CASCADE, related_name="attachments")
    versions = models.ManyToManyField(SoeknadVersion, related_name="attachments", blank=True)

    objects = SoeknadAttachmentQuerySet.as_manager()

    class Meta(Attachment.Meta):
        verbose_name = _("vedlegg")
        verbose_name_plural = _("vedlegg")
        ordering = ["soeknad_id", "pk"]

    def get_absolute_url(self) -> str:
        return reverse("cohorts:soeknad_attachment", args=[self.soeknad_id, self.pk])


class SoeknadAttachmentFile(models.Model):
    """The bytes of an attachment, alone in a table so that no list fetches them."""

    attachment = models.OneToOneField(
        SoeknadAttachment, models.CASCADE, primary_key=True, related_name="file"
    )
    content = models.BinaryField()

    class Meta:
        verbose_name = _("innhold i vedlegg")
        verbose_name_plural = _("innhold i vedlegg")

    def __str__(self) -> str:
        return str(self.attachment_id)
