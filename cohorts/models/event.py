"""The national gatherings of a pulje, as its calendar has them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models.pulje import Pulje, Semester
from cohorts.rules.text import in_language


class PuljeEvent(models.Model):
    """A national gathering of the pulje's calendar. Dates are local, both included.

    It is what `open_pulje` leaves for the meetings app, which makes the meeting of it.
    `activity_key` is the `key` of the activity in `semester` that it counts for.
    """

    pulje = models.ForeignKey(Pulje, models.CASCADE, related_name="events")
    key = models.SlugField(_("samling"), max_length=60)
    activity_key = models.SlugField(_("aktivitet"), max_length=60)
    semester = models.ForeignKey(Semester, models.CASCADE, related_name="events")
    start = models.DateField(_("første dag"))
    end = models.DateField(_("siste dag"))
    form = models.CharField(
        _("form"),
        max_length=8,
        choices=[("physical", _("Fysisk")), ("digital", _("Digitalt"))],
    )
    title_bm = models.CharField(_("tittel på bokmål"), max_length=200)
    title_nn = models.CharField(_("tittel på nynorsk"), max_length=200)

    class Meta:
        verbose_name = _("nasjonal samling")
        verbose_name_plural = _("nasjonale samlinger")
        ordering = ["start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pulje", "key"], name="puljeevent_once_a_pulje"),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="puljeevent_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_bm, self.title_nn)
