"""Loading one register file: what it found wrong, what it changed, and writing in batches."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from actors.rules.register_file import Problem, Row, Table
from actors.rules.register_rows import LOOKUPS, Values

BATCH = 500

Progress = Callable[[int, int], None]


class RegisterError(Exception):
    """A register file that was not loaded; `problems` says why, line by line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True)
class Count:
    """How many rows of one kind (`noun`, in the plural) are new, changed and as before."""

    noun: str
    created: int
    changed: int
    unchanged: int


@dataclass
class Outcome:
    """What loading one file did. `closed` units were set out of operation; `left_out` rows were
    not in operation and not created; `notes` are things a human should look at."""

    file: str
    counts: list[Count] = field(default_factory=list)
    closed: int = 0
    left_out: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def created(self) -> int:
        return sum(count.created for count in self.counts)

    @property
    def changed(self) -> int:
        return sum(count.changed for count in self.counts)

    @property
    def is_change(self) -> bool:
        return bool(self.created or self.changed or self.closed)


@dataclass
class Load:
    """One file on its way in: its table, its outcome, and how it is to be treated."""

    table: Table
    outcome: Outcome
    progress: Progress
    allow_closures: bool

    def accept(self) -> None:
        """Go on only when nothing is wrong; raises RegisterError with everything found."""
        if problems := self.table.all_problems():
            raise RegisterError(problems)

    def sync(
        self,
        model: type[models.Model],
        key: tuple[str, ...],
        wanted: Sequence[Values],
        there: Iterable[Any],
    ) -> None:
        """Make the rows that are `there` hold what is `wanted`; the fields in `key` tie the two.

        Creates and changes in batches and counts into the outcome. Never deletes.
        """
        existing = {tuple(getattr(row, name) for name in key): row for row in there}
        new, changed = [], []
        fields: set[str] = set()
        for values in wanted:
            row = existing.get(tuple(values[name] for name in key))
            if row is None:
                new.append(model(**values))
            elif different := [n for n, value in values.items() if getattr(row, n) != value]:
                for name in different:
                    setattr(row, name, values[name])
                changed.append(row)
                fields.update(different)
        manager = model._default_manager
        self.in_batches(new, manager.bulk_create)
        self.in_batches(changed, lambda rows: manager.bulk_update(rows, sorted(fields)))
        self.outcome.counts.append(
            Count(
                noun=str(model._meta.verbose_name_plural),
                created=len(new),
                changed=len(changed),
                unchanged=len(wanted) - len(new) - len(changed),
            )
        )

    def in_batches(self, rows: Sequence, write: Callable[[list], Any]) -> None:
        for start in range(0, len(rows), BATCH):
            write(list(rows[start : start + BATCH]))
            self.progress(min(start + BATCH, len(rows)), len(rows))


def look_up(row: Row, known: dict[str, Any], code: str, what: str) -> Any:
    """The row of another register that `code` names; an unknown code rejects the row."""
    if code in known:
        return known[code]
    row.reject(_("ukjent %(what)s: %(code)s") % {"what": what, "code": code})
    return None


def columns_only(values: Values) -> Values:
    """The values that are columns of the model itself."""
    return {name: value for name, value in values.items() if name not in LOOKUPS}
