"""What was taken out and what was put in between two texts, word for word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, REMOVED, ADDED = "same", "removed", "added"
WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Mark:
    """A run of words that stands in both texts, only in the old one or only in the new one."""

    kind: str
    text: str


def word_marks(old: str, new: str) -> list[Mark]:
    """The two texts as one row of marks, in reading order; what is removed before what is added.

    The marks that are not `ADDED` give `old`, those that are not `REMOVED` give `new`, except for
    the white space between words that stand in both: that is as in `new`.
    """
    before, after = WORD.findall(old), WORD.findall(new)
    plain = [word.strip() for word in before], [word.strip() for word in after]
    marks: list[Mark] = []
    for _tag, i, i_end, j, j_end in SequenceMatcher(None, *plain, autojunk=False).get_opcodes():
        if plain[0][i:i_end] == plain[1][j:j_end]:
            marks.append(Mark(SAME, "".join(after[j:j_end])))
            continue
        marks += [
            Mark(kind, "".join(words))
            for kind, words in ((REMOVED, before[i:i_end]), (ADDED, after[j:j_end]))
            if words
        ]
    return marks


def old_side(marks: list[Mark]) -> list[Mark]:
    """What a reader of the old text sees: without what was put in."""
    return [mark for mark in marks if mark.kind != ADDED]


def new_side(marks: list[Mark]) -> list[Mark]:
    """What a reader of the new text sees: without what was taken out."""
    return [mark for mark in marks if mark.kind != REMOVED]
