"""What all that is sent shares: a numbered version, never changed; a paper's may be hidden."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class AccessCode(models.TextChoices):
    """Whether a paper is open to the public, judged when somebody asks (offentleglova)."""

    OPEN = "open", _("Kan være offentlig")
    PARTLY = "partly", _("Offentlig når noe er sladdet")
    WITHHELD = "withheld", _("Unntatt offentlighet")


class SentVersion(models.Model):
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

    def __str__(self) -> str:
        return self.receipt


class PaperVersion(SentVersion):
    """One submission of a unit's or an owner's paper.

    `hidden_at` is when a reader reported that a person can be recognised: from then on only the
    author's office and the personvernkontakt read it (domain 8.24). `removed_at` is when a cleaned
    version took its place: the content is gone, the hash and the receipt stay as the log.
    `cleans` is the number of the version that this one is the cleaned edition of: it is ordered
    where that one stood, so that the first row is the newest text.
    `public_title` can stand in a public register of documents; `legal_basis` is a text of data,
    because the paragraphs change (domain 4.2).
    """

    hidden_at = models.DateTimeField(_("skjult"), null=True, blank=True)
    removed_at = models.DateTimeField(_("fjernet"), null=True, blank=True)
    cleans = models.PositiveSmallIntegerField(_("renset utgave av versjon"), null=True, blank=True)
    public_title = models.CharField(_("offentlig tittel"), max_length=200, blank=True)
    access_code = models.CharField(
        _("tilgangskode"), max_length=8, choices=AccessCode.choices, default=AccessCode.PARTLY
    )
    legal_basis = models.CharField(_("hjemmel"), max_length=120, blank=True)

    class Meta(SentVersion.Meta):
        abstract = True
        ordering = [Coalesce("cleans", "number").desc(), "-number"]

    @property
    def is_hidden(self) -> bool:
        """Whether readers may not see the text now."""
        return self.hidden_at is not None
