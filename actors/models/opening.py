"""Who has opened a paper: the access log (domain 4.2, 8.24)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.queries.openings import OpeningQuerySet


class Opening(models.Model):
    """That a person opened one version of a paper in a certain way, the first time and the last.

    `subject` names the version («grunnlagversion:12»), `opened_as` the role in words.
    """

    class Way(models.TextChoices):
        PORTAL = "portal", _("I portalen")
        PDF = "pdf", _("PDF")
        PRINT = "print", _("Utskrift")

    subject = models.CharField(_("gjelder"), max_length=80)
    way = models.CharField(_("hvordan"), max_length=6, choices=Way.choices)
    user = models.ForeignKey("actors.User", models.PROTECT, related_name="openings")
    role_kind = models.CharField(max_length=20)
    opened_as = models.CharField(_("rolle"), max_length=200)
    first_at = models.DateTimeField(_("først"))
    last_at = models.DateTimeField(_("sist"))
    times = models.PositiveIntegerField(_("ganger"), default=1)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("åpning")
        verbose_name_plural = _("åpninger")
        ordering = ["first_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "user", "role_kind", "way"], name="opening_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.user}"
