"""Who has a place, and where in the country: a map with numbers, and the same as a table."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from actors.queries.norway import Norway, norway_with
from cohorts.queries.decision_board import BoardEmbete
from cohorts.views.decision_rows import short_name


@dataclass(frozen=True)
class Fylke:
    """A fylke with those that have a place there, by name."""

    name: str
    who: list[str]


@dataclass(frozen=True)
class Where:
    """The map, and its fylker with most places first."""

    norway: Norway
    fylker: list[Fylke]


def places_on_map(board: list[BoardEmbete]) -> Where | None:
    """Where the places of all embeter are; None before there is one. One query."""
    found: dict[tuple[str, str], list] = {}
    for each in board:
        for row in each.rows:
            for owner, fylke in row.placed:
                found.setdefault(fylke, []).append(owner)
    if not found:
        return None
    counts = {number: len(owners) for (number, _name), owners in found.items()}
    fylker = [
        Fylke(
            name or _("Ukjent fylke"),
            [short_name(each) for each in sorted(owners, key=lambda owner: owner.sort_name)],
        )
        for (_number, name), owners in found.items()
    ]
    return Where(norway_with(counts), sorted(fylker, key=lambda each: (-len(each.who), each.name)))
