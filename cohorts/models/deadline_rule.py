"""The deadlines of a pulje, with their reminders and the versions of these."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models.pulje import Pulje
from cohorts.queries.pulje import DeadlineRuleQuerySet
from cohorts.rules.text import in_language


class DeadlineRule(models.Model):
    """When something is due and who is reminded, for this pulje. Numbers count in `unit`.

    `steps` are the reminders in force: `{"offset": -5, "to": "", "urgent": false}` counts from the
    due day (minus: before) and goes to an actor of the programme, or with an empty `to` to the one
    who owes it. `version` is the edition they come from, in force from the local day
    `in_force_from` (None: since the pulje was opened). The texts are neutral.
    """

    pulje = models.ForeignKey(Pulje, models.CASCADE, related_name="deadline_rules")
    key = models.SlugField(_("frist"), max_length=60)
    activities = models.JSONField(_("aktiviteter"), default=list, blank=True)
    anchor = models.CharField(_("regnes fra"), max_length=20)
    met_by = models.CharField(_("oppfylles av"), max_length=10)
    offset = models.SmallIntegerField(_("avstand"))
    opens = models.SmallIntegerField(_("åpner"), null=True, blank=True)
    unit = models.CharField(
        _("regnes i"),
        max_length=8,
        choices=[("days", _("dager")), ("workdays", _("arbeidsdager"))],
    )
    shift = models.CharField(
        _("på fridag flyttes fristen"),
        max_length=8,
        choices=[("previous", _("tilbake")), ("next", _("fram")), ("none", _("ikke"))],
    )
    steps = models.JSONField(_("påminnelser"), default=list, blank=True)
    version = models.PositiveSmallIntegerField(_("versjon"), default=1)
    in_force_from = models.DateField(_("gjelder fra"), null=True, blank=True)
    owed_by = models.SlugField(_("ansvarlig"), max_length=40)
    semester_number = models.PositiveSmallIntegerField(_("semester"), null=True, blank=True)
    pulje_date = models.SlugField(_("dato i pulja"), max_length=40, blank=True)
    on_expiry = models.SlugField(_("når fristen er ute"), max_length=20, blank=True)
    successor = models.PositiveSmallIntegerField(_("arbeidsdager til den som tar over"), default=0)
    title_bm = models.CharField(_("tittel på bokmål"), max_length=120)
    title_nn = models.CharField(_("tittel på nynorsk"), max_length=120)
    subject_bm = models.CharField(_("emne på bokmål"), max_length=200)
    subject_nn = models.CharField(_("emne på nynorsk"), max_length=200)
    text_bm = models.CharField(_("tekst på bokmål"), max_length=500)
    text_nn = models.CharField(_("tekst på nynorsk"), max_length=500)

    objects = DeadlineRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("frist")
        verbose_name_plural = _("frister")
        ordering = ["pulje_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pulje", "key"], name="deadlinerule_once_a_pulje")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_bm, self.title_nn)


class RuleEdition(models.Model):
    """A version of a rule's reminders and words, in force from the local day `from_day`.

    Kept when the next one takes over, so that one can go back. Of those that wait for their day,
    the last one overtakes the others.
    `steps` and the texts are as in `DeadlineRule`.
    """

    rule = models.ForeignKey(DeadlineRule, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(_("versjon"))
    from_day = models.DateField(_("gjelder fra"))
    steps = models.JSONField(_("påminnelser"), default=list, blank=True)
    subject_bm = models.CharField(_("emne på bokmål"), max_length=200)
    subject_nn = models.CharField(_("emne på nynorsk"), max_length=200)
    text_bm = models.CharField(_("tekst på bokmål"), max_length=500)
    text_nn = models.CharField(_("tekst på nynorsk"), max_length=500)
    restored = models.PositiveSmallIntegerField(_("hentet fra versjon"), null=True, blank=True)
    made_at = models.DateTimeField(_("laget"))
    made_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("versjon av en regel")
        verbose_name_plural = _("versjoner av en regel")
        ordering = ["rule_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="ruleedition_once")]

    def __str__(self) -> str:
        return f"{self.rule}, {self.number}"
