"""Former kommunenumre: following SSB's code changes (Klass 131) to today's kommuner.

SSB lists a changed name and an adjusted border in the same way as a new number. A row with the
same number on both sides says that the number lives on. A number that leads to more than one of
today's kommuner (a kommune that was divided) is a question for a human and is not followed.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class CodeChange:
    """One row of the register: from the day `on`, `old` is (a part of) `new`."""

    on: date
    old: str
    old_name: str
    new: str


@dataclass(frozen=True)
class FormerCode:
    """A number no longer in use; `target` is today's number, or None where it was divided."""

    number: str
    name: str
    valid_from: date | None
    valid_to: date
    target: str | None


class CodeHistory:
    """All code changes, ready to be followed forwards in time."""

    def __init__(self, changes: Iterable[CodeChange]) -> None:
        self.changes = list(changes)
        self.leaving: dict[str, dict[date, list[CodeChange]]] = {}
        for change in self.changes:
            self.leaving.setdefault(change.old, {}).setdefault(change.on, []).append(change)

    def ends(self, number: str) -> list[date]:
        """The days on which a number ceased: it led elsewhere and not to itself."""
        return sorted(on for on in self.leaving.get(number, {}) if not self.lives_on(number, on))

    def started(self, number: str, before: date | None = None) -> date | None:
        """The first day of a number (looking only `before` a day), None if older than the file."""
        days = [
            row.on
            for row in self.changes
            if row.old != number == row.new and (before is None or row.on < before)
        ]
        first = min(days, default=None)
        if first is None or any(
            on <= first and self.lives_on(number, on) for on in self.leaving.get(number, {})
        ):
            return None
        return first

    def lives_on(self, number: str, on: date) -> bool:
        """True when the number was in use both before and after the changes of the day `on`."""
        return any(row.new == number for row in self.leaving.get(number, {}).get(on, []))

    def leads_to(self, number: str, since: date) -> set[str]:
        """Today's numbers that a number in use on the day `since` has become."""
        ends = [end for end in self.ends(number) if end > since]
        if not ends:
            return {number}
        followers = self.leaving[number][ends[0]]
        return set().union(*(self.leads_to(row.new, ends[0]) for row in followers))

    def dead_ends(self, current: Collection[str]) -> list[CodeChange]:
        """Changes to a number that was not changed later and is not in use today."""
        return [
            row
            for row in self.changes
            if row.new not in current and not any(end > row.on for end in self.ends(row.new))
        ]

    def former_codes(self) -> list[FormerCode]:
        """Every number that ceased, each period once, ordered by number and last day."""
        found = []
        for number in sorted(self.leaving):
            for end in self.ends(number):
                rows = self.leaving[number][end]
                targets = set().union(*(self.leads_to(row.new, end) for row in rows))
                found.append(
                    FormerCode(
                        number=number,
                        name=rows[0].old_name,
                        valid_from=self.started(number, before=end),
                        valid_to=end - timedelta(days=1),
                        target=targets.pop() if len(targets) == 1 else None,
                    )
                )
        return found
