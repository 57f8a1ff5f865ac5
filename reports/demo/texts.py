"""Texts that a unit might have written: warm, concrete, and about nobody.

They stand in `texts.toml` and `own_work_texts.toml`, in bokmål and nynorsk. Words in braces are
filled in for a skole or a barnehage. A text is not used again before all of its kind have been
used.
"""

import tomllib
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from reports.demo.plan import SKOLE

FILE = Path(__file__).with_name("texts.toml")
OWN_WORK = Path(__file__).with_name("own_work_texts.toml")


@lru_cache(maxsize=1)
def bank() -> dict[str, dict[str, list[str]]]:
    """All texts: by language («nb», «nn») and field."""
    own = tomllib.loads(OWN_WORK.read_text(encoding="utf-8"))["texts"]
    texts = tomllib.loads(FILE.read_text(encoding="utf-8"))["texts"]
    return {language: texts[language] | own[language] for language in texts}


@lru_cache(maxsize=16)
def goals_of(language: str, semester: int) -> list[dict[str, Any]]:
    """The goals that a plan may get in a semester, each with two tiltak."""
    goals = tomllib.loads(OWN_WORK.read_text(encoding="utf-8"))["goal"]
    return [each for each in goals if (each["language"], each["semester"]) == (language, semester)]


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, dict[str, str]]]:
    """What stands for the words in braces: by language and kind of unit."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))["words"]


class Texts:
    """Draws texts by chance, each once in a round."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.left: dict[tuple[str, str], list[str]] = {}

    def draw(self, field: str, language: str = "nb", kind: str = SKOLE) -> str:
        """One text of a field, with the words of that kind of unit filled in."""
        left = self.left.setdefault((field, language), [])
        if not left:
            left.extend(bank()[language][field])
            self.chance.shuffle(left)
        return left.pop().format_map(words()[language][kind])

    def draw_some(self, field: str, number: int, language: str, kind: str = SKOLE) -> list[str]:
        """`number` different texts of a field."""
        found: list[str] = []
        while len(found) < number:
            text = self.draw(field, language, kind)
            if text not in found:
                found.append(text)
        return found

    def programme(self, language: str) -> list[str]:
        """The programme of a fagsamling."""
        return bank()[language]["programme"]
