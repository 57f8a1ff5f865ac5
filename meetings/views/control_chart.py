"""The forecast as bars and as rows: what goes out on which day, why, and to how many."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actors.rules.roles import RoleKind
from cohorts.models import DeadlineRule
from lmp.lib.wording import MONTHS_SHORT, dato, join_words, small_first, weekday_short
from lmp.lib.workdays import Calendar
from meetings.actions.reminder.coming import Coming
from meetings.rules.reminder import Step

SENT_FROM = "07.00"  # the mails of a day begin to go out at this hour (Europe/Oslo)
WIDE, HIGH, BASE, BAR, GAP = 1100, 110, 140, 72, 110
TWO_WEEKS = 14
FEW_BARS = WIDE // GAP
"""Two weeks of working days have room for the names of the days, more have that of the dates."""

OFFICES: dict[str, str | Promise] = {
    RoleKind.UDIR: gettext_lazy("Utdanningsdirektoratet"),
    RoleKind.KOORDINATOR: gettext_lazy("Koordinatorer"),
    RoleKind.STATSFORVALTER: gettext_lazy("Statsforvaltere"),
    RoleKind.VEILEDER: gettext_lazy("Veiledere"),
    RoleKind.EIER: gettext_lazy("Eiere"),
    RoleKind.BARNEHAGEMYNDIGHET: gettext_lazy("Barnehagemyndigheter"),
    RoleKind.LEDER: gettext_lazy("Styrere og rektorer"),
    RoleKind.ARBEIDSGRUPPE: gettext_lazy("Arbeidsgrupper"),
    RoleKind.PPT: gettext_lazy("PPT-rådgivere"),
    RoleKind.PERSONVERNKONTAKT: gettext_lazy("Personvernkontakter"),
    RoleKind.ADMIN: gettext_lazy("Systemadministratorer"),
}


@dataclass
class Group:
    """One step of a rule that goes out on one day: why in words, to which offices, how many."""

    day: date
    rule: DeadlineRule
    why: str
    coming: list[Coming] = field(default_factory=list)

    @property
    def offices(self) -> str:
        """To whom, in words: «Styrere og rektorer»."""
        return offices_in_words(each.office for each in self.coming)

    @property
    def count(self) -> int:
        """How many get it: a notice each."""
        return sum(each_count(each) for each in self.coming)

    @property
    def when(self) -> str:
        """«Man. 23. nov. kl. 07.00»."""
        short = f"{weekday_short(self.day).capitalize()}. {self.day.day}. "
        return f"{short}{MONTHS_SHORT[self.day.month - 1]}. kl. {SENT_FROM}"


def offices_in_words(kinds: Iterable[str]) -> str:
    """The kinds of office, each once: «Styrere og rektorer, veiledere og eiere»."""
    words = [str(OFFICES.get(kind, kind)) for kind in dict.fromkeys(kinds)]
    directorate = str(OFFICES[RoleKind.UDIR])
    rest = [word if word == directorate else small_first(word) for word in words[1:]]
    return join_words(words[:1] + rest)


def each_count(coming: Coming) -> int:
    """How many notices a step makes; an invitation goes to one address, without an office."""
    is_to_address = type(coming.about).__name__ == "Invitation" and not coming.roles
    return 1 if is_to_address else len({role.user_id for role in coming.roles})


def groups_of(coming: Iterable[Coming]) -> list[Group]:
    """What goes out together, in the order of the days; a step that nobody gets is left out."""
    found: dict[tuple[date, int, str], Group] = {}
    for each in coming:
        why = f"{each.rule.title}, {step_words(each.step, each.rule.unit)}"
        key = (each.day, each.rule.pk, why)
        group = found.setdefault(key, Group(each.day, each.rule, why))
        group.coming.append(each)
    return [group for _key, group in sorted(found.items()) if group.count]


def step_words(step: Step, unit: str) -> str:
    """When a step comes, seen from the due day: «2 arbeidsdager igjen», «7 dager over fristen»."""
    days = abs(step.offset)
    if step.offset == 0:
        return _("på fristen")
    if step.offset < 0 and unit == "workdays":
        words = ngettext("%(n)s arbeidsdag igjen", "%(n)s arbeidsdager igjen", days)
    elif step.offset < 0:
        words = ngettext("%(n)s dag igjen", "%(n)s dager igjen", days)
    elif unit == "workdays":
        words = ngettext("%(n)s arbeidsdag over fristen", "%(n)s arbeidsdager over fristen", days)
    else:
        words = ngettext("%(n)s dag over fristen", "%(n)s dager over fristen", days)
    return words % {"n": days}


def per_day(coming: Iterable[Coming]) -> dict[date, int]:
    """How many notices go out on each day that has any."""
    days: dict[date, int] = defaultdict(int)
    for each in coming:
        days[each.day] += each_count(each)
    return days


def chart(counts: dict[date, int], today: date, days: int) -> dict[str, Any]:
    """The bars of an SVG, one a working day of the `days` from `today` on, and words."""
    calendar = Calendar()
    coming = [today + timedelta(days=number) for number in range(days + 1)]
    shown = [day for day in coming if calendar.is_workday(day) or counts.get(day)]
    if days <= TWO_WEEKS:
        shown = shown[:FEW_BARS]
    most = max((counts.get(day, 0) for day in shown), default=0)
    gap = min(GAP, WIDE // max(len(shown), 1))
    bars = [_bar(number, day, counts.get(day, 0), most, gap) for number, day in enumerate(shown)]
    busiest = max(shown, key=lambda day: counts.get(day, 0), default=today)
    words = _("Flest %(day)s med %(n)s. Lista under har tallene.")
    return {
        "bars": bars,
        "words": words % {"day": dato(busiest), "n": most} if most else _("Ingen varsler."),
        "most": most,
    }


def _bar(number: int, day: date, count: int, most: int, gap: int) -> dict[str, Any]:
    height = round(HIGH * count / most, 1) if most else 0
    wide = BAR * gap // GAP
    left = 12 * gap // GAP + gap * number
    date_words = f"{day.day}.{day.month}."
    return {
        "x": left,
        "width": wide,
        "y": round(BASE - height, 1),
        "height": height,
        "middle": left + wide // 2,
        "text_y": round(BASE - height - 8, 1),
        "count": count,
        "label": f"{weekday_short(day)} {day.day}." if gap == GAP else date_words,
    }
