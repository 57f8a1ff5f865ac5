"""What it means to close an evaluation, or to open it again, said in numbers. Pure."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lmp.lib.wording import dato


def what_closing_does(*, answered: int, waiting: int) -> str:
    """«7 av 11 har svart. 4 får ikke flere påminnelser, …», in the active language.

    `answered` and `waiting` are how many of those asked have done it, and have not.
    """
    asked = answered + waiting
    if asked == 0:
        return _(
            "Ingen er spurt ennå. Lukker du den nå, blir ingen spurt, og ingen får påminnelser."
        )
    if waiting == 0:
        return _("Alle har svart. Ingen venter på en påminnelse.")
    stopped = ngettext(
        "%(n)s får ikke flere påminnelser og står ikke som forsinket.",
        "%(n)s får ikke flere påminnelser, og ingen av dem står som forsinket.",
        waiting,
    )
    return f"{_how_many(answered, asked)} {stopped % {'n': waiting}}"


def what_opening_does(*, answered: int, waiting: int, due: date | None, today: date) -> str:
    """The same of opening it again: `waiting` are asked anew, by the local date `due`."""
    asked = answered + waiting
    if asked == 0:
        return _("Ingen er spurt ennå. De blir spurt når evalueringen åpner.")
    if waiting == 0 or due is None:
        return _("Alle har svart. Ingen blir spurt på nytt.")
    if due < today:
        again = ngettext(
            "%(n)s blir spurt igjen. Fristen var %(day)s, så svaret står som forsinket. "
            "Det går ikke ut påminnelser for dager som har gått.",
            "%(n)s blir spurt igjen. Fristen var %(day)s, så svarene står som forsinket. "
            "Det går ikke ut påminnelser for dager som har gått.",
            waiting,
        )
    else:
        again = ngettext(
            "%(n)s blir spurt igjen, med frist %(day)s.",
            "%(n)s blir spurt igjen, med frist %(day)s.",
            waiting,
        )
    return f"{_how_many(answered, asked)} {again % {'n': waiting, 'day': dato(due)}}"


def _how_many(answered: int, asked: int) -> str:
    return _("%(answered)s av %(asked)s har svart.") % {"answered": answered, "asked": asked}
