"""Looking over a paper before it is sent, and the stop at a national id number (mock-ups 17).

Both are answers to the same form: what they do not show goes with them as hidden fields, so that
nothing typed is lost, with or without JavaScript. The draft has been saved before either is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from cohorts.forms.paper import (
    NATIONAL_ID,
    SEEN,
    PaperForm,
    any_national_id,
    only_hints,
    summary_note,
)
from cohorts.rules.look_over import Spot, replaced, seen_keys, segments, without_national_ids
from lmp.lib.forms import Line, error_texts, first_input
from lmp.lib.wording import join_words

SEND, LOOK, SAVE = "send", "se_over", "lagre"
REPLACE, FINE, REMOVE_NUMBER = "bytt:", "greit:", "fjern_tall"
FINE_KEYS, SHOWN = "greit", "vist"
NOT_CARRIED = ("csrfmiddlewaretoken", "handling", SEEN, FINE_KEYS, SHOWN)


@dataclass(frozen=True)
class Paper:
    """What the two pages must know of the paper: its name, its page, how its sending is called.

    `hidden` are fields whose value has changed by saving («edit_version»).
    """

    place: Any
    name: str
    cannot_send: str
    send: str
    saved_at: datetime | None
    hidden: dict[str, Any] = field(default_factory=dict)

    @property
    def is_barnehage(self) -> bool:
        """Whether the advice is for those who write of small children."""
        return self.place.unit is not None and self.place.unit.unit.kind == "barnehage"


@dataclass(frozen=True)
class Flagged:
    """One text to look over: its field, the text in pieces with the spots marked, the spots."""

    field: BoundField
    label: Any
    pieces: list[tuple[str, bool]]
    spots: list[Spot]


def take_order(request: HttpRequest, *, small: bool = False) -> str:
    """What the form asks for. The buttons of the two pages change the texts in `request.POST`.

    Returns the value of «handling»; `LOOK` when a spot was replaced or said to be fine: the paper
    is then looked over again, and not sent.
    """
    asked = request.POST.get("handling", "")
    if not asked.startswith((REPLACE, FINE)) and asked != REMOVE_NUMBER:
        return asked
    post = request.POST.copy()
    request.POST = post  # type: ignore[assignment]
    if asked == REMOVE_NUMBER:
        for name, values in post.lists():
            post.setlist(name, [without_national_ids(value) for value in values])
        messages.success(request, _("Tallet er fjernet."))
        return SAVE
    if asked.startswith(FINE):
        post.appendlist(FINE_KEYS, asked.removeprefix(FINE))
        return LOOK
    name, _colon, key = asked.removeprefix(REPLACE).rpartition(":")
    if name in post:
        post[name] = replaced(str(post[name]), field=name, key=key, small=small)
    return LOOK


def stop_or_look(
    request: HttpRequest, paper: Paper, parts: Iterable[PaperForm], handling: str
) -> HttpResponse | None:
    """The page that stands in the way of sending, or None when the form itself says it best.

    `parts` are the validated forms of the paper.
    """
    parts = list(parts)
    if any_national_id(parts):
        return _show_stop(request, paper, parts, handling)
    is_right = not any(part.errors for part in parts)
    if (handling == LOOK and is_right) or only_hints(parts):
        return _show_look(request, paper, parts, handling)
    return None


def _show_stop(
    request: HttpRequest, paper: Paper, parts: list[PaperForm], handling: str
) -> HttpResponse:
    """The texts with a number in them, and a button that takes it away."""
    fields = [
        part[name]
        for part in parts
        for name, errors in part.errors.items()
        if any(error.code == NATIONAL_ID for error in errors.as_data())
    ]
    context = {
        "paper": paper,
        "fields": fields,
        "lines": [Line(text, first_input(each)) for each in fields for text in error_texts(each)],
        "note": summary_note(parts),
        "unsaved": _("Ikke lagret: %(names)s")
        % {"names": join_words([f"«{each.label}»" for each in fields])},
        "sending": handling in (SEND, LOOK),
        "carried": _carried(request.POST, paper, [each.html_name for each in fields]),
        "has_errors": True,
    }
    return render(request, "meetings/number_stop.html", context)


def _show_look(
    request: HttpRequest, paper: Paper, parts: list[PaperForm], handling: str
) -> HttpResponse:
    """Each text with spots, and those that had one when the page was shown before."""
    fine = seen_keys(request.POST.getlist(FINE_KEYS))
    shown = set(request.POST.getlist(SHOWN))
    flagged = [
        _flagged(part, name, fine)
        for part in parts
        for name in part.fields
        if _has_hints(part, name) or part.add_prefix(name) in shown
    ]
    keys = " ".join(dict.fromkeys(spot.key for part in parts for spot in part.hints))
    names = [each.field.html_name for each in flagged]
    line = _line(request.POST, handling, bool(keys)) if shown else None
    context = {
        "paper": paper,
        "flagged": flagged,
        "left": sum(len(each.spots) for each in flagged),
        "keys": keys,
        "fine": sorted(fine),
        "shown": names,
        "carried": _carried(request.POST, paper, names),
        "lines": [line] if line else [],
        "has_errors": bool(line),
    }
    return render(request, "meetings/see_over.html", context)


def _has_hints(part: PaperForm, name: str) -> bool:
    return any(spot.field == part.add_prefix(name) for spot in part.hints)


def _flagged(part: PaperForm, name: str, fine: frozenset[str]) -> Flagged:
    bound = part[name]
    text = str(bound.value() or "").replace("\r\n", "\n")
    spots = [spot for spot in part.spots_of(name, text) if spot.key not in fine]
    once = list({spot.key: spot for spot in spots}.values())
    return Flagged(bound, part.label_of(name), segments(text, spots), once)


def _line(post: QueryDict, handling: str, is_needed: bool) -> Line | None:
    """What to do, when «Send» was pressed on the page and something is left to say yes to."""
    if handling != SEND or not is_needed:
        return None
    if SEEN in post:
        return Line(_("Teksten er endret. Se over de nye stedene, og kryss av."), SEEN)
    return Line(_("Kryss av for at du har sett over teksten."), SEEN)


def _carried(post: QueryDict, paper: Paper, shown: list[str]) -> list[tuple[str, Any]]:
    """Everything that was typed and is not shown, to be posted again."""
    away = {*NOT_CARRIED, *shown, *paper.hidden}
    kept = [(name, value) for name, values in post.lists() if name not in away for value in values]
    return [*kept, *paper.hidden.items()]
