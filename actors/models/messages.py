"""Messages to people, and the append-only record of what was done."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.queries.messages import EventQuerySet, MailQuerySet, NoticeQuerySet
from actors.rules.outcomes import in_words


class NoticeStatus(models.TextChoices):
    """From queue to outcome; one that does not go out keeps the reason in `outcome`.

    Withheld: the person has chosen not to have such mail. Cancelled: no longer needed. Missed: it
    would have come too late, after an outage or a pause.
    """

    QUEUED = "queued", _("Venter")
    BUNDLED = "bundled", _("På vei")
    SENT = "sent", _("Sendt")
    WITHHELD = "withheld", _("Bare i portalen")
    CANCELLED = "cancelled", _("Stoppet")
    MISSED = "missed", _("Ikke sendt")
    FAILED = "failed", _("Kom ikke fram")
    BOUNCED = "bounced", _("Adressen virker ikke")


class NoticeCategory(models.TextChoices):
    """What may be chosen away, paused and waited with: reminders and messages, never decisions."""

    REMINDER = "reminder", _("Påminnelse")
    MESSAGE = "message", _("Melding")
    DECISION = "decision", _("Vedtak og brev")


class Notice(models.Model):
    """A message to one person about one thing on one occasion; creating it twice is harmless.

    `title` and `body` are neutral: never names of children, never the text of a paper.
    `subject` names the thing («obligation:12»), `occasion` the step («due-5»), `place` the unit or
    owner it concerns, in words. `role` is the office the person has it in, `unit` and `owner` are
    what it concerns, for pauses and for «who was told of this». `rule` and `version` are the
    primary key and the version of the rule that wrote a reminder, `pulje` the number of the pulje
    it belongs to; both are of an app above. `due` is the local day something must be done,
    `event_day` that of what it tells of: a mail that comes later is of no use.
    """

    recipient = models.ForeignKey("actors.User", models.PROTECT, related_name="notices")
    role = models.ForeignKey(
        "actors.Role", models.PROTECT, null=True, blank=True, related_name="notices"
    )
    category = models.CharField(
        max_length=10, choices=NoticeCategory.choices, default=NoticeCategory.MESSAGE
    )
    rule = models.PositiveBigIntegerField(_("regel"), null=True, blank=True)
    version = models.PositiveSmallIntegerField(_("versjon av regelen"), null=True, blank=True)
    unit = models.ForeignKey(
        "actors.Unit", models.PROTECT, null=True, blank=True, related_name="notices"
    )
    owner = models.ForeignKey(
        "actors.Owner", models.PROTECT, null=True, blank=True, related_name="notices"
    )
    kind = models.SlugField(_("slag"), max_length=60)
    subject = models.CharField(max_length=80)
    occasion = models.CharField(max_length=60)
    pulje = models.PositiveSmallIntegerField(_("pulje"), null=True, blank=True)
    title = models.CharField(_("tittel"), max_length=200)
    body = models.CharField(_("tekst"), max_length=600)
    url = models.CharField(_("lenke"), max_length=300)
    action_label = models.CharField(_("knapp"), max_length=80, blank=True)
    place = models.CharField(_("sted"), max_length=200, blank=True)
    urgent = models.BooleanField(_("haster"), default=False)
    due = models.DateField(_("frist"), null=True, blank=True)
    event_day = models.DateField(_("dagen det gjelder"), null=True, blank=True)
    not_before = models.DateTimeField(_("sendes tidligst"))
    status = models.CharField(
        max_length=10, choices=NoticeStatus.choices, default=NoticeStatus.QUEUED
    )
    outcome = models.CharField(_("utfall"), max_length=200, blank=True)
    mail = models.ForeignKey(
        "actors.Mail", models.PROTECT, null=True, blank=True, related_name="notices"
    )
    created_at = models.DateTimeField(_("opprettet"))

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("varsel")
        verbose_name_plural = _("varsler")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "not_before"]),
            models.Index(fields=["subject"]),
            models.Index(fields=["rule", "created_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "subject", "occasion"], name="notice_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def why(self) -> str:
        """Why it was not sent, in the active language; «» when it was, or waits."""
        return in_words(self.outcome)

    @property
    def last_day(self) -> date | None:
        """The local day it must have been read, when there is one."""
        return self.due or self.event_day


class MailStatus(models.TextChoices):
    QUEUED = "queued", _("Venter")
    CLAIMED = "claimed", _("Sendes nå")
    SENT = "sent", _("Sendt")
    CANCELLED = "cancelled", _("Stoppet")
    FAILED = "failed", _("Kom ikke fram")
    BOUNCED = "bounced", _("Adressen virker ikke")


class Mail(models.Model):
    """One e-mail to one person, with one or more notices: claimed, sent and marked by a worker.

    `may_stop` says that everything in it may be chosen away: then the letter carries the headers
    that let a mail program do it with one click. `letter` is what goes on the line, but for whom it
    is to and the date: written out when the mail is composed, empty when that is done at sending
    and as soon as the mail server has answered. `attempts` is how many were answered; `claims` how
    often workers have taken it since the last mark (all but the last of them died).
    """

    recipient = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="mails"
    )
    to = models.EmailField(_("til"))
    subject = models.CharField(_("emne"), max_length=200)
    text = models.TextField(_("tekst"))
    html = models.TextField(_("html"))
    letter = models.BinaryField(default=b"")
    may_stop = models.BooleanField(_("kan velges bort"), default=False)
    message_id = models.CharField(max_length=120, unique=True)
    status = models.CharField(max_length=10, choices=MailStatus.choices, default=MailStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("forsøk"), default=0)
    claims = models.PositiveSmallIntegerField(_("ganger tatt"), default=0)
    next_attempt_at = models.DateTimeField(_("neste forsøk"))
    claimed_at = models.DateTimeField(_("tatt av en arbeider"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)
    error = models.CharField(_("feil"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("opprettet"))

    # How many attempts there have been, of a claimed mail; the categories of what is in it.
    tried: int = 0
    categories: tuple[str, ...] = ()

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-post")
        verbose_name_plural = _("e-poster")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["status", "next_attempt_at"])]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"


class MailboxMessage(models.Model):
    """What would have left by e-mail in the demo, kept to be read at `/postkasse/`."""

    to = models.CharField(_("til"), max_length=300)
    sender = models.CharField(_("fra"), max_length=300)
    subject = models.CharField(_("emne"), max_length=300)
    text = models.TextField(_("tekst"))
    html = models.TextField(_("html"), blank=True)
    sent_at = models.DateTimeField(_("sendt"))

    class Meta:
        verbose_name = _("e-post i demoen")
        verbose_name_plural = _("e-poster i demoen")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.subject


class Event(models.Model):
    """Something that was done: by whom, in which role, to what. Never changed, never removed.

    `data` holds dates, counts and ids, never the text of a paper.
    """

    at = models.DateTimeField(_("når"))
    by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="events"
    )
    role = models.ForeignKey("actors.Role", models.PROTECT, null=True, blank=True, related_name="+")
    verb = models.SlugField(_("hva"), max_length=60)
    subject = models.CharField(_("gjelder"), max_length=80)
    data = models.JSONField(default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("hendelse")
        verbose_name_plural = _("hendelser")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject", "at"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
