"""All the embeter's lists side by side, with what is decided about everybody on them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from actors.models import Owner
from cohorts.queries.applicants import applicants_of_many
from cohorts.queries.decision import current_decisions
from cohorts.queries.priority import SentEntry, SentList, latest_lists
from cohorts.rules.decision import Places, takes_a_place
from cohorts.rules.priority import crowded_fylker, places_reach

SCHOOL = "frittstaaende_skole"
Fylke = tuple[str, str]
NOWHERE: Fylke = ("", "")


@dataclass(frozen=True)
class UnitFacts:
    """What the board says of a unit: its kind, its pupils, and the fylke it lies in."""

    kind: str
    children: int | None
    fylke: str
    fylke_number: str


@dataclass(frozen=True)
class BoardRow:
    """One søknad on a list: who applies, with what, and what is decided about each of them.

    `homes` are number and name of the fylke of each owner that is a kommune.
    """

    entry: SentEntry
    owners: list[Any]
    decisions: list[Any]
    units: list[UnitFacts]
    homes: dict[int, Fylke]

    @property
    def soeknad(self):
        return self.entry.soeknad

    @property
    def decided(self) -> dict[int, Any]:
        """The decision that counts, by the key of its owner."""
        return {decision.owner_id: decision for decision in self.decisions}

    @property
    def is_decided(self) -> bool:
        """Whether every applicant has a decision."""
        return all(owner.pk in self.decided for owner in self.owners)

    @property
    def can_be_decided(self) -> bool:
        """Whether somebody of them has no decision, or one that waits in the outbox."""
        if self.entry.is_withdrawn:
            return False
        decided = self.decided
        return any(
            owner.pk not in decided or decided[owner.pk].released_at is None
            for owner in self.owners
        )

    @property
    def is_undecided(self) -> bool:
        return not self.entry.is_withdrawn and not self.is_decided

    @property
    def places(self) -> int:
        """How many places the decisions use."""
        return len(self.placed)

    @property
    def placed(self) -> list[tuple[Any, Fylke]]:
        """Each applicant with a place, and where it is; a private school where its units lie.

        A kommune that has left a joint søknad is no applicant any more, and holds no place.
        """
        if self.entry.is_withdrawn:
            return []
        units = next(((u.fylke_number, u.fylke) for u in self.units if u.fylke), NOWHERE)
        owners = {owner.pk: owner for owner in self.owners}
        return [
            (owners[each.owner_id], self.homes.get(each.owner_id, units))
            for each in self.decisions
            if each.owner_id in owners and _takes_a_place(each)
        ]


@dataclass(frozen=True)
class BoardEmbete:
    """One embete: its list in rank order (none before it is sent) and the places used."""

    embete: Any
    sent: SentList | None
    rows: list[BoardRow]

    @property
    def name(self) -> str:
        return self.embete.statsforvalter.name

    @property
    def places(self) -> Places:
        return Places(sum(row.places for row in self.rows), self.embete.quota)

    @property
    def line_after(self) -> int | None:
        """After how many rows the places end; None when they reach for all, or nobody set them."""
        kommuner = [0 if row.entry.is_withdrawn else row.entry.kommuner for row in self.rows]
        reach = places_reach(kommuner, self.embete.quota)
        return None if reach is None or reach.is_for_all(len(kommuner)) else reach.after

    @property
    def has_more(self) -> bool:
        """Whether somebody on the list could still be offered a place."""
        return any(row.can_be_decided and not row.places for row in self.rows)

    @property
    def note(self) -> str:
        """What the embete wrote to Udir with the list it sent."""
        return self.sent.version.content.get("note", "") if self.sent else ""

    @property
    def quota_changed(self) -> bool:
        """Whether Udir has changed the places after the list was sent."""
        changed = self.embete.quota_changed_at
        return self.sent is not None and changed is not None and changed > self.sent.version.sent_at


def load_board(opptak) -> list[BoardEmbete]:
    """Every embete of the opptak, with or without a list. Nine queries, however many søknader."""
    lists = {each.embete.pk: each for each in latest_lists(opptak)}
    soeknader = [entry.soeknad for each in lists.values() for entry in each.entries]
    owners = applicants_of_many(soeknader)
    decisions, units = current_decisions(soeknader), _units_of(soeknader)
    homes = _homes_of(owner.pk for applicants in owners.values() for owner in applicants)
    rows = {
        key: [
            BoardRow(
                entry,
                owners[entry.soeknad.pk],
                decisions.get(entry.soeknad.pk, []),
                units[entry.soeknad.pk],
                homes,
            )
            for entry in each.entries
        ]
        for key, each in lists.items()
    }
    return [
        BoardEmbete(embete, lists.get(embete.pk), rows.get(embete.pk, []))
        for embete in opptak.embeter.select_related("statsforvalter")
    ]


def crowded(board: list[BoardEmbete], most: int | None) -> dict[str, int]:
    """Fylker where more private schools have an offer than the opptak allows."""
    schools = [row for each in board for row in each.rows if row.soeknad.applicant == SCHOOL]
    found = (name for row in schools for _owner, (_number, name) in row.placed)
    return crowded_fylker(found, most)


def _takes_a_place(decision) -> bool:
    answer = getattr(decision, "answer", None)
    return takes_a_place(
        decision.outcome,
        accepted=answer.accepted if answer is not None else None,
        lapsed=decision.lapsed_at is not None,
    )


def _homes_of(owners: Iterable[int]) -> dict[int, Fylke]:
    """The fylke of each kommune among the owners. One query."""
    rows = Owner.objects.filter(pk__in=list(owners), kommune__isnull=False)
    placed = rows.values_list("pk", "kommune__fylke__number", "kommune__fylke__name")
    return {pk: (number, name) for pk, number, name in placed}


def _units_of(soeknader) -> dict[int, list[UnitFacts]]:
    """The units that take part in each søknad, by its key. One query."""
    units = apps.get_model("cohorts", "SoeknadUnit").objects.taking_part()
    rows = units.filter(soeknad__in=[each.pk for each in soeknader]).values_list(
        "soeknad", "kind", "children", "unit__kommune__fylke__name", "unit__kommune__fylke__number"
    )
    found: dict[int, list[UnitFacts]] = defaultdict(list)
    for soeknad, kind, children, fylke, number in rows:
        found[soeknad].append(UnitFacts(kind, children, fylke or "", number or ""))
    return found
