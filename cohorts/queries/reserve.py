"""The free places of an opptak with who left them, and whom Udir may offer them."""

from collections.abc import Iterable
from dataclasses import dataclass

from actors.models import Statsforvalter
from cohorts.models import Decision, Opptak, SoeknadPartner
from cohorts.rules.reserve import Place, PlaceState, choices_for, free_places, place_state


@dataclass(frozen=True)
class FreeRow:
    """One embete with `free` places, the decisions that left them, and the choices."""

    embete: Statsforvalter
    free: int
    left: list[Decision]
    choices: list[Decision]
    from_others: bool


def reserve_rows(opptak: Opptak) -> list[FreeRow]:
    """The embeter with free places, in the order of their names. Two queries."""
    decisions = list(_decisions(opptak))
    withdrawn = set(
        SoeknadPartner.objects.filter(
            soeknad__candidate__embete__opptak=opptak, status=SoeknadPartner.Status.WITHDRAWN
        ).values_list("soeknad", "owner")
    )
    found = {each.pk: (each, _place(each, withdrawn)) for each in decisions}
    places = [place for _each, place in found.values() if place is not None]
    free = free_places(places)
    rows = [_row(embete, count, found, places) for embete, count in free.items()]
    return sorted(rows, key=lambda row: row.embete.sort_name)


def choices_in(rows: Iterable[FreeRow]) -> list[Decision]:
    """Every decision that may be offered a place, once."""
    return list({each.pk: each for row in rows for each in row.choices}.values())


def _row(embete: int, count: int, found: dict, places: list[Place]) -> FreeRow:
    left = [each for each, place in found.values() if place and _left(place, embete)]
    choices = [found[place.decision][0] for place in choices_for(places, embete)]
    return FreeRow(
        embete=left[0].soeknad.candidate.embete.statsforvalter,
        free=count,
        left=left,
        choices=choices,
        from_others=any(each.soeknad.candidate.embete_id != embete for each in choices),
    )


def _left(place: Place, embete: int) -> bool:
    return place.embete == embete and place.state == PlaceState.FREE


def _decisions(opptak: Opptak):
    current = Decision.objects.current().filter(soeknad__candidate__embete__opptak=opptak)
    return current.select_related(
        "owner", "answer", "soeknad__priority", "soeknad__candidate__embete__statsforvalter"
    ).order_by("pk")


def _place(decision: Decision, withdrawn: set[tuple[int, int]]) -> Place | None:
    soeknad = decision.soeknad
    answer = getattr(decision, "answer", None)
    state = place_state(
        outcome=decision.outcome,
        released=decision.released_at is not None,
        declined=answer is not None and not answer.accepted,
        lapsed=decision.lapsed_at is not None,
        withdrawn=soeknad.is_withdrawn or (soeknad.pk, decision.owner_id) in withdrawn,
    )
    if state is None:
        return None
    entry = getattr(soeknad, "priority", None)
    return Place(
        decision=decision.pk,
        embete=soeknad.candidate.embete_id,
        state=state,
        rank=entry.rank if entry else None,
        name=decision.owner.sort_name,
        moved_up=decision.replaces_id is not None and decision.outcome == "tilbud",
    )
