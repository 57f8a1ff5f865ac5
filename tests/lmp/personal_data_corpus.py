"""The labelled sentences that tests and bench read: what is planted in each, and what is found."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from lmp.lib.personal_data import Hint, Kind, find_hints

PATH = Path(__file__).parent / "personal_data_corpus.toml"
MARK = re.compile(r"\{(\w+)\|([^}]*)\}")


class Planted(NamedTuple):
    """What a sentence says of one person, with its place."""

    start: int
    end: int
    kind: Kind


class Sentence(NamedTuple):
    """A sentence without its marks; `half` is "tuned", "unseen", "fresh" or "last"."""

    text: str
    planted: list[Planted]
    lang: str
    half: str
    small: bool

    def hints(self) -> list[Hint]:
        """What the portal finds in it."""
        return find_hints(self.text, small=self.small)


def sentences() -> list[Sentence]:
    """All of them, in the order of the file."""
    groups = tomllib.loads(PATH.read_text(encoding="utf-8"))["group"]
    return [
        Sentence(*_without_marks(marked), group["lang"], group["half"], group.get("small", False))
        for group in groups
        for marked in group["sentences"]
    ]


def _without_marks(marked: str) -> tuple[str, list[Planted]]:
    text, planted, at = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        planted.append(Planted(len(text), len(text) + len(match[2]), Kind(match[1])))
        text += match[2]
        at = match.end()
    return text + marked[at:], planted


class Score(NamedTuple):
    """How many of what was planted were found, and how many of the hints were right."""

    found: int
    planted: int
    right: int
    hints: int

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.hints if self.hints else 1.0


def score(rows: Iterable[Sentence], kind: Kind | None = None) -> Score:
    """Found is what a hint touches: the writer is then shown it. `kind` counts that kind alone."""
    found = planted = right = hints = 0
    for row in rows:
        seen = row.hints()
        wanted = [each for each in row.planted if kind in (None, each.kind)]
        given = [each for each in seen if kind in (None, each.kind)]
        planted, hints = planted + len(wanted), hints + len(given)
        found += sum(any(hint.overlaps(each) for hint in seen) for each in wanted)
        right += sum(any(hint.overlaps(each) for each in row.planted) for hint in given)
    return Score(found, planted, right, hints)
