"""What a changed rule would do: numbers, weeks, who gets more, what a real person would read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Invitation
from lmp.lib.wording import dato
from meetings.actions.obligation.words import place_name, placeholder_values
from meetings.actions.reminder import Coming, forecast
from meetings.actions.reminder.gatherings import Gatherings, meeting_values
from meetings.models import Meeting, Obligation
from meetings.rules.reminder import Step, steps_of, without_link
from meetings.rules.rule_effect import Effect, Sending, WeekBars, bars_of, effect_of
from meetings.rules.rule_words import Piece, pieces, plain
from meetings.views.rule_place import RulePlace

DAYS = 30
LANGUAGES = {"bm": "nb", "nn": "nn"}
BUTTON = {"bm": "Åpne", "nn": "Opne"}


@dataclass(frozen=True)
class Sample:
    """A reminder as one person would read it; without `to`, a name, nobody gets it, and it is made
    up."""

    to: str
    day: date | None
    subject: list[Piece]
    text: list[Piece]
    button: str

    @property
    def as_text(self) -> tuple[str, str]:
        """Subject and text as they would be sent."""
        return plain(self.subject), plain(self.text)


@dataclass(frozen=True)
class Gainer:
    """Somebody who gets more, how many more, and about which places."""

    name: str
    more: int
    places: list[str]


@dataclass(frozen=True)
class Preview:
    """Everything that a page shows of a change before it is taken into use."""

    effect: Effect
    bars: list[WeekBars]
    summary: str
    difference: str
    comings: list[Coming]
    gained: frozenset[Sending]


def preview_of(place: RulePlace, steps: Iterable[Mapping[str, Any]]) -> Preview:
    """What `steps` would do in the thirty days from the day they would be in force.

    One forecast with both the old and the new steps: those that only one side has are told apart
    afterwards. The rule's other half, its texts, sends nothing more and nothing less.
    """
    rule = place.rule
    now, then = steps_of(place.content.steps), steps_of(steps)
    both = {(each.offset, each.to): each for each in [*now, *then]}
    changed = {rule.pk: list(both.values())}
    comings = forecast(today=place.from_day, days=DAYS, changed=changed)
    before, after = _those_of(comings, rule.pk, now), _those_of(comings, rule.pk, then)
    old, new = _sendings(before), _sendings(after)
    effect = effect_of(rule.pk, old, new)
    return Preview(
        effect=effect,
        bars=bars_of(effect.weeks),
        summary=_summary(effect),
        difference=_difference(effect),
        comings=[each for each in after if each.rule.pk == rule.pk and _people(each)],
        gained=frozenset(new - old),
    )


def sample_of(
    preview: Preview, texts: Mapping[str, str], language: str, number: int
) -> tuple[Sample, int]:
    """What the person behind the `number`-th place would read in «bm» or «nn», and how many places
    there are to choose from. Those who get something new come first."""
    found = _one_a_place(preview)
    one = found[number % len(found)] if found else None
    values = _values(one, language)
    return (
        Sample(
            to=next(iter(_people(one).values())) if one else "",
            day=one.day if one else None,
            subject=pieces(texts[f"subject_{language}"], values),
            text=pieces(without_link(texts[f"text_{language}"]), values),
            button=BUTTON[language],
        ),
        len(found),
    )


def gainers_of(preview: Preview) -> list[Gainer]:
    """Who gets more with the change, by name, with the places it is about."""
    names: dict[int, str] = {}
    places: dict[int, set[str]] = defaultdict(set)
    for coming in preview.comings:
        new = {each.person for each in preview.gained.intersection(_sendings_of(coming))}
        for person, name in _people(coming).items():
            if person in new:
                names[person] = name
                places[person].add(_place(coming))
    found = [
        Gainer(names[person], more, sorted(places[person] - {""}))
        for person, more in preview.effect.people.items()
    ]
    return sorted(found, key=lambda each: each.name)


def _those_of(comings: list[Coming], rule: int, steps: list[Step]) -> list[Coming]:
    """What is sent when the rule has these steps; the other rules as they are."""
    keys = {(each.offset, each.to) for each in steps}
    return [
        each for each in comings if each.rule.pk != rule or (each.step.offset, each.step.to) in keys
    ]


def _sendings(comings: Iterable[Coming]) -> set[Sending]:
    return {each for coming in comings for each in _sendings_of(coming)}


def _sendings_of(coming: Coming) -> list[Sending]:
    """The reminders of one step, a person each."""
    about = f"{coming.about._meta.model_name}:{coming.about.pk}"
    step = f"{coming.step.offset}:{coming.step.to}"
    return [Sending(coming.day, person, coming.rule.pk, about, step) for person in _people(coming)]


def _people(coming: Coming) -> dict[int, str]:
    """Who gets it: primary key and name. The letter of an invitation goes to somebody who has no
    account yet, and is told apart by a number below zero."""
    about = coming.about
    if not coming.roles and isinstance(about, Invitation):
        return {-about.pk: about.name or about.email}
    return {role.user_id: role.user.name for role in coming.roles}


def _one_a_place(preview: Preview) -> list[Coming]:
    """The first reminder at each place, new ones before those that are there already."""

    def order(coming: Coming) -> tuple[bool, date]:
        return preview.gained.isdisjoint(_sendings_of(coming)), coming.day

    found: dict[str, Coming] = {}
    for coming in sorted(preview.comings, key=order):
        found.setdefault(_place(coming), coming)
    return list(found.values())


def _place(coming: Coming) -> str:
    """The unit or owner it is about, as it tells one reminder from another on the page."""
    about = coming.about
    if isinstance(about, Obligation):
        return place_name(about)
    return about.scope_label if isinstance(about, Invitation) else Gatherings().place(about)


def _values(coming: Coming | None, language: str) -> dict[str, str]:
    """What the placeholders stand for; made up when nobody gets such a reminder."""
    about = coming.about if coming is not None else None
    if isinstance(about, Obligation):
        return placeholder_values(about, LANGUAGES[language])
    if isinstance(about, Meeting):
        return meeting_values(about, LANGUAGES[language])
    return example_values(LANGUAGES[language])


def example_values(language: str) -> dict[str, str]:
    """Values that show what a reminder looks like; no real unit is named."""
    return {
        "enhet": _("Eksempel skole"),
        "eier": _("Eksempel kommune"),
        "moete": _("møtet"),
        "moetedato": dato(date(2026, 12, 3), lang=language),
        "frist": dato(date(2026, 11, 26), lang=language),
        "lenke": _("(lenke)"),
        "pulje": _("pulje 9"),
        "semester": _("semester 3"),
        "oppgave": _("veiledningsgrunnlag"),
    }


def _summary(effect: Effect) -> str:
    """What the change does, in one sentence; empty when it sends nothing more and nothing less."""
    if effect.more > 0:
        text = ngettext(
            "Endringen gir %(count)s varsel mer de neste 30 dagene.",
            "Endringen gir %(count)s flere varsler de neste 30 dagene.",
            effect.more,
        )
    elif effect.more < 0:
        text = ngettext(
            "Endringen gir %(count)s varsel mindre de neste 30 dagene.",
            "Endringen gir %(count)s færre varsler de neste 30 dagene.",
            -effect.more,
        )
    elif effect.gained:
        return _("Endringen gir like mange varsler de neste 30 dagene, men på andre dager.")
    else:
        return ""
    return text % {"count": abs(effect.more)}


def _difference(effect: Effect) -> str:
    """How many more or fewer, and to how many people: «31 flere, til 24 personer»."""
    if not effect.more:
        return _("Like mange")
    people = len(effect.people) if effect.more > 0 else effect.fewer
    words = {
        "count": abs(effect.more),
        "people": ngettext("%(n)s person", "%(n)s personer", people) % {"n": people},
    }
    if effect.more > 0:
        return _("%(count)s flere, til %(people)s") % words
    return _("%(count)s færre, til %(people)s") % words
