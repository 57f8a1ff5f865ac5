"""Spots in a text where somebody may be recognised: a soft warning, and the writer decides.

The portal can be wrong both ways, and says so. What is looked for, and why each kind is there, is
in the modules beside this one: `contact`, `family`, `people` and `small`. How well it goes is
measured by `bench/personal_data.py` on the labelled sentences in
`tests/lmp/personal_data_corpus.toml`.
"""

from lmp.lib.personal_data.advice import ADVICE
from lmp.lib.personal_data.contact import contact_hints
from lmp.lib.personal_data.family import family_hints
from lmp.lib.personal_data.hint import Hint, Kind
from lmp.lib.personal_data.national_ids import find_national_ids
from lmp.lib.personal_data.people import people_hints
from lmp.lib.personal_data.small import only_one_hints, small_hints

__all__ = ["ADVICE", "Hint", "Kind", "find_hints"]


def find_hints(text: str, *, small: bool = False) -> list[Hint]:
    """The spots in `text` to look over, in order, none upon another.

    `small` is for a unit with few children, where a trinn alone can point at somebody. A spot
    that holds a national id number is left out: that is refused, and never repeated. Replacements
    are in the active language.
    """
    found = [
        *contact_hints(text),
        *family_hints(text),
        *people_hints(text),
        *only_one_hints(text),
        *(small_hints(text) if small else ()),
    ]
    refused = find_national_ids(text)
    return _apart([hint for hint in found if not any(map(hint.overlaps, refused))])


def _apart(found: list[Hint]) -> list[Hint]:
    """Of spots that overlap, the one that begins first, and of those the longest."""
    kept: list[Hint] = []
    for hint in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or hint.start >= kept[-1].end:
            kept.append(hint)
    return kept
