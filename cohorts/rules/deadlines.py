"""What a deadline says in plain words, and what is wrong with a changed one."""

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

BRACES = re.compile(r"\{([^{}]*)\}")
# A deadline, or a reminder, farther off than this is a slip of the pen.
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
    "seat_empty": gettext_lazy("plassen ble ledig"),
}


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


def offset_problem(offset: int) -> str:
    """What is wrong with how far a deadline is from what it is counted from; empty when nothing."""
    if abs(offset) <= FURTHEST:
        return ""
    return _("Skriv et tall mellom %(low)s og %(high)s.") % {"low": -FURTHEST, "high": FURTHEST}
