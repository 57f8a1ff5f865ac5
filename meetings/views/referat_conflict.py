"""Both texts of a referat that two have written in, and how values that are no text are worded."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cohorts.rules.paper import Data
from lmp.lib.wording import klokka, kortdato
from meetings.actions.referat_parts import data_of
from meetings.forms.referat import ReferatPage
from meetings.forms.referat_rows import OUTCOMES
from meetings.models import Referat
from meetings.rules.referat_merge import Met, flat, mark, sak_keys
from meetings.views.paper_conflict import kept_fields, two_texts, with_choices
from meetings.views.paper_place import PaperPlace
from meetings.views.referat_form import page_of


def show_both(
    request: HttpRequest, place: PaperPlace, mine: Data, current: Referat, met: Met | None = None
) -> HttpResponse:
    """Somebody else has saved: both texts, field by field; nothing of either is lost.

    `met` says which fields both have changed; without it, from a page that carried no marks, all
    that differ are shown.
    """
    page, stored = page_of(place, current), data_of(current)
    labels = {key: page.form.fields[key].label for key in mine if key in page.form.fields}
    labels |= {
        "carried": _("Punkter fra forrige gang"),
        "saker": _("Sakene"),
        "agreed": _("Det vi avtalte"),
        "extra": _("Flere spørsmål"),
    }
    marks: dict[str, str] = {}
    ours, theirs = mine, stored
    if met is not None:
        ours, theirs, saker = _sides(mine, stored, met)
        labels |= saker
        there = flat(stored)
        marks = met.marks | {key: mark(key, there.get(key, "")) for key in met.conflicts}
    conflicts = two_texts(ours, theirs, labels, _worder(page))
    context = {
        "place": place,
        "conflicts": conflicts,
        "kept": kept_fields(with_choices(request.POST), conflicts),
        "other": current.updated_by,
        "saved_at": current.updated_at,
        "edit_version": current.edit_version,
        "base": json.dumps(marks) if marks else "",
        "back": place.path("referat_edit"),
        "has_errors": True,
    }
    return render(request, "meetings/_paper_conflict.html", context, status=409)


def _sides(mine: Data, stored: Data, met: Met) -> tuple[Data, Data, dict[str, str]]:
    """Mine and theirs of the fields in conflict; a sak by the name of its field, with its label.

    A choice or a text inside a list is shown with the whole list.
    """
    ours: Data = {}
    theirs: Data = {}
    labels: dict[str, str] = {}
    saker = zip(sak_keys(mine), mine["saker"], stored["saker"], strict=False)
    for number, (key, own, other) in enumerate(saker):
        if key in met.conflicts:
            name = f"saker-{number}-summary"
            ours[name], theirs[name], labels[name] = own["summary"], other["summary"], own["title"]
    for name in dict.fromkeys(
        key.partition(".")[0] for key in met.conflicts if not key.startswith("saker.")
    ):
        ours[name], theirs[name] = mine[name], stored[name]
    return ours, theirs, labels


def _worder(page: ReferatPage) -> Callable[[str, Any], str]:
    """Words for the values of a referat that are not texts."""
    people = dict(page.form.fields["attendance"].choices)
    points = {point.pk: point.text for point, _origin in page.around.before}
    outcomes = dict(OUTCOMES)
    actors = dict(page.around.actors)

    def as_text(key: str, value: Any) -> str:
        if key == "attendance":
            return "\n".join(str(people.get(str(pk), "")) for pk in value)
        if key == "saker":
            return "\n\n".join(f"{row['title']}\n{row['summary']}" for row in value)
        if key == "agreed":
            return "\n".join(_point_in_words(row, actors) for row in value)
        if key == "extra":
            return "\n\n".join(text for text in value.values() if text)
        if key == "carried":
            return "\n".join(
                f"{points.get(row['follow_up'], '')}: {outcomes.get(row['outcome'], '–')} "
                f"{row['comment']}".strip()
                for row in value
            )
        if value is None:
            return ""
        return klokka(value) if key in ("held_from", "held_to") else kortdato(value)

    return as_text


def _point_in_words(row: Mapping[str, Any], actors: Mapping[str, str]) -> str:
    """A point as it stands in the form: «Prøve skjemaet (Veileder, 15.12.2026)»."""
    due = kortdato(date.fromisoformat(row["due"])) if row["due"] else ""
    known = ", ".join(filter(None, (actors.get(row["responsible"], ""), due)))
    return f"{row['text']} ({known})" if known else row["text"]
