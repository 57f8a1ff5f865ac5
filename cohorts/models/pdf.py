"""PDF files that a worker has made, kept by what they were made of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.queries.pdf import PdfFileQuerySet


class PdfStatus(models.TextChoices):
    QUEUED = "queued", _("Venter")
    READY = "ready", _("Ferdig")
    FAILED = "failed", _("Mislyktes")


class PdfFile(models.Model):
    """One PDF, found by `key`: the SHA-256 of its HTML, language, title and the house style.

    `subject` names every text it shows, with blanks between («referatversion:12 addendum:3»), so
    that all files of a text that is hidden can be deleted. `html` waits for the worker and is
    emptied when `content` is there. `claimed_at` is when the last one to try took it.
    """

    key = models.CharField(max_length=64, primary_key=True)
    subject = models.CharField(_("gjelder"), max_length=400)
    language = models.CharField(max_length=8)
    title = models.CharField(_("tittel"), max_length=200)
    html = models.TextField(blank=True)
    content = models.BinaryField(null=True)
    status = models.CharField(max_length=6, choices=PdfStatus.choices, default=PdfStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("forsøk"), default=0)
    asked_at = models.DateTimeField(_("bedt om"))
    claimed_at = models.DateTimeField(_("tatt av en arbeider"), null=True, blank=True)
    made_at = models.DateTimeField(_("laget"), null=True, blank=True)

    objects = PdfFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("PDF")
        verbose_name_plural = _("PDF-er")
        ordering = ["-asked_at", "key"]
        indexes = [
            models.Index(fields=["status", "asked_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ready(self) -> bool:
        return self.status == PdfStatus.READY
