"""What has happened round a meeting, in words. Pure: an event in, a line out."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lmp.lib.wording import dag, tallord


class Line(NamedTuple):
    """A line of the timeline: the name of an icon, its tone («ok» or empty) and the sentence."""

    icon: str
    tone: str
    text: str


Words = Callable[[str, Mapping[str, Any]], Line]


def _created(who: str, data: Mapping[str, Any]) -> Line:
    people = int(data.get("invited", 0))
    if not people:
        return Line("calendar", "", _("%(who)s la inn møtet") % {"who": who})
    text = ngettext(
        "%(who)s kalte inn %(people)s person", "%(who)s kalte inn %(people)s personer", people
    )
    return Line("mail", "", text % {"who": who, "people": tallord(people)})


def _moved(who: str, data: Mapping[str, Any]) -> Line:
    old, new = (datetime.fromisoformat(data[key]) for key in ("moved_from", "moved_to"))
    if dag(old) == dag(new):
        return Line("moved", "", _("%(who)s endret klokkeslettet") % {"who": who})
    text = _("%(who)s flyttet møtet fra %(old)s til %(new)s")
    return Line("moved", "", text % {"who": who, "old": dag(old), "new": dag(new)})


def _extended(who: str, data: Mapping[str, Any]) -> Line:
    day = dag(date.fromisoformat(data["due"]))
    text = _("Fristen for referatet ble flyttet til %(day)s, fordi noen har tatt over")
    return Line("moved", "", text % {"day": day})


def _attended(who: str, data: Mapping[str, Any]) -> Line:
    return Line("people", "", _("%(who)s registrerte oppmøtet") % {"who": who})


def _plain(icon: str, tone: str, template: Callable[[], str]) -> Words:
    return lambda who, data: Line(icon, tone, template() % {"who": who})


WORDS: dict[str, Words] = {
    "create_meeting": _created,
    "move_meeting": _moved,
    "extend_deadline": _extended,
    "record_attendance": _attended,
    "change_meeting": _plain("draft", "", lambda: _("%(who)s endret møtet")),
    "cancel_meeting": _plain("cancelled", "", lambda: _("%(who)s avlyste møtet")),
    "change_saksliste": _plain("draft", "", lambda: _("%(who)s endret sakslista")),
    "add_sak": _plain("plus", "", lambda: _("%(who)s la til en sak")),
    "send_saksliste": _plain("sent", "ok", lambda: _("%(who)s sendte sakslista")),
    "start_grunnlag": _plain("draft", "", lambda: _("%(who)s begynte på grunnlaget")),
    "save_grunnlag": _plain("draft", "", lambda: _("%(who)s endret utkastet til grunnlag")),
    "submit_grunnlag": _plain("sent", "ok", lambda: _("%(who)s sendte grunnlag og saksliste")),
    "open_grunnlag": _plain("eye", "", lambda: _("%(who)s åpnet grunnlaget")),
    "withdraw_grunnlag": _plain("left", "", lambda: _("%(who)s trakk grunnlaget tilbake")),
    "comment_grunnlag": _plain("chat", "", lambda: _("%(who)s kommenterte grunnlaget")),
    "answer_grunnlag": _plain("chat", "", lambda: _("%(who)s svarte på kommentaren")),
    "start_referat": _plain("draft", "", lambda: _("%(who)s begynte på referatet")),
    "save_referat": _plain("draft", "", lambda: _("%(who)s endret utkastet til referat")),
    "submit_referat": _plain("sent", "ok", lambda: _("%(who)s sendte referatet")),
    "add_merknad": _plain("chat", "", lambda: _("%(who)s skrev en merknad til referatet")),
    "answer_merknad": _plain("chat", "", lambda: _("%(who)s svarte på merknaden")),
    "approve_referat": _plain("approved", "ok", lambda: _("%(who)s godkjente referatet")),
    "lock_referat": _plain("locked", "", lambda: _("Referatet ble låst")),
}

# What only the authors of a paper are told: that a draft is being written (the draft rule).
DRAFTING = frozenset({"start_grunnlag", "save_grunnlag", "start_referat", "save_referat"})


def line_of(verb: str, who: str, data: Mapping[str, Any]) -> Line | None:
    """The line of an event, or None for one that the timeline does not show.

    `who` is the name of the person, empty when the portal itself acted.
    """
    words = WORDS.get(verb)
    return words(who or _("Portalen"), data) if words else None
