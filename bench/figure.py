"""One measured figure."""

from typing import NamedTuple


class Figure(NamedTuple):
    """A value with its unit, and its ratio to a reference of the same run (None: no reference)."""

    name: str
    value: float
    unit: str
    ratio: float | None = None

    def __str__(self) -> str:
        ratio = "-" if self.ratio is None else f"{self.ratio:.2f}"
        return f"{self.name} {self.value:g} {self.unit} {ratio}"
