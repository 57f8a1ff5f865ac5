"""Who sits in a group, and which seats are empty. An empty seat is shown and never blocks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.programme.definition import GroupDef, Programme, Seat
from cohorts.rules.text import in_language
from lmp.lib.wording import join_words, tallord

# Words of the source document behind a desired seat that ask for it, rather than welcome it.
ASKED_FOR = ("bør", "med fordel")
# More empty seats than this are counted, not named.
MOST_NAMED = 3


@dataclass(frozen=True)
class Place:
    """A unit or a private owner that a seat may be for; `kind` is the kind of a unit."""

    id: int
    name: str
    kind: str = ""


@dataclass(frozen=True)
class Participants:
    """What decides which seats a group has. `applicant` None: seats for every kind of owner."""

    units: tuple[Place, ...]
    private_owners: tuple[Place, ...] = ()
    has_sfo: bool = False
    private_units: bool = False
    applicant: str | None = None


@dataclass(frozen=True)
class Sitter:
    """Somebody in a seat. `person` tells people apart; `member` is the key of the membership.

    Without `member` the person sits there by office, such as the rektor of a unit.
    """

    seat: str
    name: str
    person: str
    since: date | None = None
    until: date | None = None
    deputy: bool = False
    unit: int | None = None
    owner: int | None = None
    member: int | None = None
    note: str = ""


@dataclass(frozen=True)
class SeatState:
    """A seat and who sits in it. `missing_for` names the places without anybody."""

    seat: Seat
    sitters: tuple[Sitter, ...]
    wanted: int
    filled: int
    missing_for: tuple[str, ...] = ()
    reason: str = ""

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.filled)

    @property
    def empty(self) -> str:
        """«must» when the programme says it shall be filled, «wish» otherwise, «» when it is."""
        if not self.missing:
            return ""
        return "must" if self.seat.is_required else "wish"

    @property
    def name(self) -> str:
        return in_language(self.seat.name.bm, self.seat.name.nn)


def applying_seats(
    programme: Programme, group: GroupDef, participants: Participants
) -> tuple[Seat, ...]:
    """The seats that a group with these participants has, in the order of the file."""
    kinds = dict.fromkeys(unit.kind for unit in participants.units)
    return programme.seats_for(
        group.id,
        *kinds,
        has_sfo=participants.has_sfo,
        private_units=participants.private_units,
        applicant=participants.applicant,
    )


def seats_of_group(
    programme: Programme,
    group: GroupDef,
    participants: Participants,
    sitters: Iterable[Sitter],
    reasons: Mapping[str, str],
) -> list[SeatState]:
    """Each seat of the group with who sits there and how many are wanted.

    A deputy fills no seat. Unless the group says `combined`, a person fills only one seat.
    `reasons` says why a seat is empty, by seat.
    """
    by_seat: dict[str, list[Sitter]] = {}
    for sitter in sitters:
        by_seat.setdefault(sitter.seat, []).append(sitter)
    taken: set[str] = set()
    states = []
    for seat in applying_seats(programme, group, participants):
        there = by_seat.get(seat.id, [])
        counted = [s for s in there if not s.deputy and (group.combined or s.person not in taken)]
        taken |= {sitter.person for sitter in counted}
        state = _state(seat, participants, counted)
        states.append(replace(state, sitters=tuple(there), reason=reasons.get(seat.id, "")))
    return states


def missing_seats(states: Sequence[SeatState]) -> list[SeatState]:
    """The seats that want somebody, those that shall be filled first."""
    return sorted((state for state in states if state.missing), key=lambda s: s.empty != "must")


def is_complete(states: Sequence[SeatState]) -> bool:
    """Whether every seat that shall be filled is, or says why it is not."""
    return all(state.empty != "must" or state.reason for state in states)


def _state(seat: Seat, participants: Participants, counted: list[Sitter]) -> SeatState:
    if seat.per == "group":
        return SeatState(seat, (), wanted=seat.min, filled=min(len(counted), seat.min))
    if seat.per == "unit":
        places = [u for u in participants.units if seat.applies_to in (None, u.kind)]
        there = [sitter.unit for sitter in counted]
    else:
        places = list(participants.private_owners)
        there = [sitter.owner for sitter in counted]
    filled = [min(there.count(place.id), seat.min) for place in places]
    without = [p.name for p, count in zip(places, filled, strict=True) if count < seat.min]
    return SeatState(
        seat,
        (),
        wanted=seat.min * len(places),
        filled=sum(filled),
        missing_for=tuple(without),
    )


def demand_in_words(state: SeatState) -> str:
    """What the programme says about a seat: «Skal ha · 0 av 1», «Leder gruppa», «Ønskelig»."""
    seat = state.seat
    if seat.leader and not state.missing:
        return _("Leder gruppa")
    parts = [_requirement(seat)]
    if state.missing or state.wanted > 1:
        parts.append(
            _("%(filled)s av %(wanted)s") % {"filled": state.filled, "wanted": state.wanted}
        )
    if seat.position_percent_min:
        parts.append(_("minst %(percent)s %% stilling") % {"percent": seat.position_percent_min})
    return " · ".join(parts)


def _requirement(seat: Seat) -> str:
    if seat.is_required:
        return _("Skal ha")
    return _("Bør ha") if (seat.wording or "").lower() in ASKED_FOR else _("Ønskelig")


def gap_in_words(state: SeatState) -> str:
    """Why a seat is empty, or for whom somebody is missing; empty when it is filled."""
    if not state.missing:
        return ""
    if state.reason:
        return state.reason
    if state.missing_for:
        return _("Mangler for %(places)s.") % {"places": join_words(list(state.missing_for))}
    return _("Ingen ennå.") if state.filled == 0 else _("Det mangler flere.")


def heading(states: Sequence[SeatState]) -> str:
    """What the page says first: how many seats are empty, in words."""
    count = sum(state.missing for state in states)
    if count == 0:
        return _("Alle plassene er fylt")
    return ngettext("%(number)s plass er tom", "%(number)s plasser er tomme", count) % {
        "number": tallord(count).capitalize()
    }


def lead(states: Sequence[SeatState]) -> str:
    """Which seats shall be filled, and which are only wished for, in one or two sentences.

    With many empty seats it only says how many of the demands are the programme's.
    """
    empty = missing_seats(states)
    must = [state.name for state in empty if state.empty == "must"]
    wish = [state.name for state in empty if state.empty == "wish"]
    if len(empty) > MOST_NAMED:
        if not must:
            return _("Programmet ønsker at de blir fylt, men krever det ikke.")
        count = sum(state.missing for state in empty if state.empty == "must")
        values = {"count": tallord(count)}
        if not wish:
            return _("Programmet krever at de blir fylt.")
        return _("Programmet krever %(count)s av dem. Resten er ønskelig.") % values
    sentences = []
    if must:
        sentences.append(_("Programmet krever: %(seats)s.") % {"seats": join_words(must)})
    if wish:
        sentences.append(_("Ønskelig, men ikke et krav: %(seats)s.") % {"seats": join_words(wish)})
    return " ".join(sentences)
