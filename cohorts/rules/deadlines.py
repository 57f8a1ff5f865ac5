"""What a deadline says in plain words, and what is wrong with a changed one."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

BRACES = re.compile(r"\{([^{}]*)\}")
# A reminder this far from the due day is a slip of the pen.
FURTHEST = 120

ANCHORS = {
    "meeting_start": gettext_lazy("møtet begynner"),
    "meeting_end": gettext_lazy("møtet er slutt"),
    "paper_sent": gettext_lazy("dokumentet er sendt"),
    "semester_start": gettext_lazy("semesteret begynner"),
    "term_end": gettext_lazy("siste arbeidsdag i semesteret"),
    "item_due": gettext_lazy("datoen i oppfølgingspunktet"),
    "invitation_sent": gettext_lazy("invitasjonen er sendt"),
    "pulje_date": gettext_lazy("datoen i opptaket"),
}


@dataclass(frozen=True)
class DeadlineValues:
    """What can be changed about a deadline. Days count in the unit of the deadline.

    `remind` counts from the due day, minus before it. `escalate` is pairs of days after the due
    day and the actor who is then told.
    """

    offset: int
    remind: tuple[int, ...]
    escalate: tuple[tuple[int, str], ...]
    subject_bm: str
    subject_nn: str
    text_bm: str
    text_nn: str


def days_in_words(count: int, unit: str) -> str:
    """A number of days with its unit: «5 arbeidsdager», «1 dag»."""
    if unit == "workdays":
        text = ngettext("%(count)s arbeidsdag", "%(count)s arbeidsdager", count)
    else:
        text = ngettext("%(count)s dag", "%(count)s dager", count)
    return text % {"count": count}


def due_in_words(anchor: str, offset: int, unit: str) -> str:
    """When something is due: «5 arbeidsdager før møtet begynner»."""
    values = {"days": days_in_words(abs(offset), unit), "anchor": ANCHORS[anchor]}
    if offset == 0:
        return _("samme dag som %(anchor)s") % values
    if offset < 0:
        return _("%(days)s før %(anchor)s") % values
    return _("%(days)s etter %(anchor)s") % values


def steps_from(remind: Iterable[int], escalate: Iterable[tuple[int, str]]) -> list[dict]:
    """The reminders as a rule keeps them, in the order of the days: `remind` go to the one who owes
    it, `escalate` are days and an actor."""
    own = [{"offset": days, "to": "", "urgent": False} for days in sorted(set(remind))]
    others = [{"offset": days, "to": to, "urgent": False} for days, to in sorted(escalate)]
    return own + others


def step_in_words(days: int, unit: str) -> str:
    """When somebody is reminded: «2 dager før fristen», «på fristdagen»."""
    if days == 0:
        return _("på fristdagen")
    values = {"days": days_in_words(abs(days), unit)}
    return (_("%(days)s før fristen") if days < 0 else _("%(days)s etter fristen")) % values


def sample(text: str, values: Mapping[str, str]) -> str:
    """A text as a receiver would read it; a placeholder without a value stays as it is."""
    return BRACES.sub(lambda found: values.get(found[1], found[0]), text)


def text_problem(text: str, known: Collection[str]) -> str:
    """What is wrong with the placeholders of a text, with a suggestion; empty when nothing is."""
    for name in BRACES.findall(text):
        if name in known:
            continue
        close = get_close_matches(name.strip().lower(), known, n=1)
        values = {"name": name, "close": close[0] if close else ""}
        if close:
            return _("{%(name)s} finnes ikke. Mente du {%(close)s}?") % values
        values["known"] = ", ".join(f"{{{each}}}" for each in known)
        return _("{%(name)s} finnes ikke. Du kan bruke %(known)s.") % values
    if "{" in BRACES.sub("", text) or "}" in BRACES.sub("", text):
        return _("En krøllparentes mangler. Skriv for eksempel {%(name)s}.") % {
            "name": next(iter(known), "frist")
        }
    return ""


def value_problems(
    values: DeadlineValues, placeholders: Collection[str], actors: Collection[str]
) -> dict[str, str]:
    """What is wrong with a changed deadline, by field; empty when nothing is."""
    problems = {
        name: problem
        for name in ("subject_bm", "subject_nn", "text_bm", "text_nn")
        if (problem := text_problem(getattr(values, name), placeholders))
    }
    if any(abs(days) > FURTHEST for days in (values.offset, *values.remind)):
        key = "offset" if abs(values.offset) > FURTHEST else "remind"
        problems[key] = _("Skriv et tall mellom %(low)s og %(high)s.") % {
            "low": -FURTHEST,
            "high": FURTHEST,
        }
    for after, actor in values.escalate:
        if not 0 < after <= FURTHEST:
            problems["escalate"] = _("Varsling videre skjer etter fristen. Skriv et tall over 0.")
        elif actor not in actors:
            problems["escalate"] = _("Velg hvem som skal få varsel.")
    return problems
