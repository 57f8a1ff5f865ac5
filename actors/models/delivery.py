"""How mail is delivered: each attempt, what a person wants, pauses, and the jobs that run."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.queries.pauses import PauseQuerySet


class AttemptOutcome(models.TextChoices):
    """How one attempt ended."""

    SENT = "sent", _("Sendt")
    RETRY = "retry", _("Prøves igjen")
    FAILED = "failed", _("Gitt opp")
    BOUNCED = "bounced", _("Adressen virker ikke")


class MailAttempt(models.Model):
    """One attempt to send a mail: when, what the mail server answered, and what followed.

    `code` is the SMTP code, or None when there was no answer.
    """

    mail = models.ForeignKey("actors.Mail", models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField(_("forsøk"))
    at = models.DateTimeField(_("når"))
    to = models.EmailField(_("til"))
    code = models.PositiveSmallIntegerField(_("svarkode"), null=True, blank=True)
    answer = models.CharField(_("svar"), max_length=300, blank=True)
    outcome = models.CharField(max_length=8, choices=AttemptOutcome.choices)

    class Meta:
        verbose_name = _("forsøk")
        verbose_name_plural = _("forsøk")
        ordering = ["mail_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["mail", "number"], name="mailattempt_once")]

    def __str__(self) -> str:
        return f"{self.number}: {self.answer}"


class HowOften(models.TextChoices):
    """How often a person wants mail of a category."""

    DAILY = "daily", _("Hver dag det er noe")
    WEEKLY = "weekly", _("Én gang i uka, på mandag")
    NEVER = "never", _("Aldri på e-post")


class MailPreference(models.Model):
    """What a person wants by mail; without a row everything daily in the morning.

    Urgent notices and decisions come at once whatever stands here. `hour` is local.
    """

    HOURS = [(7, _("kl. 07.00")), (12, _("kl. 12.00")), (15, _("kl. 15.00"))]

    user = models.OneToOneField("actors.User", models.CASCADE, related_name="mail_preference")
    reminders = models.CharField(
        _("påminnelser"), max_length=6, choices=HowOften.choices, default=HowOften.DAILY
    )
    messages = models.CharField(
        _("meldinger"), max_length=6, choices=HowOften.choices, default=HowOften.DAILY
    )
    hour = models.PositiveSmallIntegerField(_("klokkeslett"), choices=HOURS, default=7)
    changed_at = models.DateTimeField(_("endret"))

    class Meta:
        verbose_name = _("valg for e-post")
        verbose_name_plural = _("valg for e-post")

    def __str__(self) -> str:
        return str(self.user)


class PauseScope(models.TextChoices):
    """What stands still during a pause."""

    EVERYTHING = "everything", _("Alt, også vedtak og brev")
    REMINDERS = "reminders", _("Alle påminnelser")
    RULE = "rule", _("Én regel")
    PLACE = "place", _("Én kommune eller enhet")


class Pause(models.Model):
    """No mail goes out from `starts_at` until `until`, or until somebody starts again.

    Times are aware. `rule` is the primary key of a rule (an app above), `rule_title` its words;
    `unit` or `owner` is the place.
    """

    scope = models.CharField(_("hva"), max_length=10, choices=PauseScope.choices)
    rule = models.PositiveBigIntegerField(_("regel"), null=True, blank=True)
    rule_title = models.CharField(_("regel"), max_length=120, blank=True)
    unit = models.ForeignKey("actors.Unit", models.PROTECT, null=True, blank=True)
    owner = models.ForeignKey("actors.Owner", models.PROTECT, null=True, blank=True)
    starts_at = models.DateTimeField(_("fra"))
    until = models.DateTimeField(_("til"), null=True, blank=True)
    reason = models.CharField(_("hvorfor"), max_length=300)
    set_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(_("startet igjen"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauser")
        ordering = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_scope_display()}: {self.reason}"

    def is_on(self, now: datetime) -> bool:
        """Whether it holds at `now` (aware)."""
        ended = self.lifted_at is not None or (self.until is not None and self.until <= now)
        return self.starts_at <= now and not ended


class Job(models.Model):
    """The last run of a job of the schedule; times are aware and None until it has run so."""

    name = models.SlugField(_("jobb"), max_length=40, unique=True)
    started_at = models.DateTimeField(_("begynte"), null=True, blank=True)
    ok_at = models.DateTimeField(_("gikk bra"), null=True, blank=True)
    failed_at = models.DateTimeField(_("feilet"), null=True, blank=True)
    seconds = models.FloatField(_("sekunder"), default=0)
    made = models.PositiveIntegerField(_("antall"), default=0)
    error = models.CharField(_("feil"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("jobb")
        verbose_name_plural = _("jobber")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
