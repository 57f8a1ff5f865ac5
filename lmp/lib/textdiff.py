"""What has changed between two texts, word by word, for showing them side by side."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

REMOVED, ADDED, SAME = "del", "ins", ""
_WORD = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_ISLAND = 3


@dataclass(frozen=True)
class Piece:
    """A stretch of one of the texts. `mark` is «del», «ins» or nothing."""

    text: str
    mark: str = SAME


def is_same(before: str, after: str) -> bool:
    """Whether the words are the same; spaces and line breaks do not count."""
    return before.split() == after.split()


def compare(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """The two texts as pieces: what is gone marked in the first, what is new in the second.

    The pieces of each side make up its whole text. A word or two that happen to stand in both
    between changes are counted as changed, so that a new sentence reads as one.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for is_equal, (a, b), (c, d) in _runs(old, new):
        left += _pieces("".join(old[a:b]), SAME if is_equal else REMOVED)
        right += _pieces("".join(new[c:d]), SAME if is_equal else ADDED)
    return left, right


def _runs(old: list[str], new: list[str]) -> list[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """Alternating equal and changed stretches, as index ranges of the two word lists."""
    codes = _codes([word.strip() for word in old], [word.strip() for word in new])
    runs: list[tuple[bool, tuple[int, int], tuple[int, int]]] = []
    for at, (tag, a, b, c, d) in enumerate(codes):
        inner = 0 < at < len(codes) - 1
        is_equal = tag == "equal" and not (inner and len("".join(old[a:b]).strip()) <= _ISLAND)
        if runs and runs[-1][0] == is_equal:
            _same, (a, _), (c, _) = runs.pop()
        runs.append((is_equal, (a, b), (c, d)))
    return runs


def _codes(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Difflib's codes, with the beginning and the end that are equal taken as they are."""
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    a, b = len(old) - tail, len(new) - tail
    middle = SequenceMatcher(None, old[head:a], new[head:b], autojunk=False).get_opcodes()
    codes = [(tag, i + head, j + head, k + head, n + head) for tag, i, j, k, n in middle]
    ends = [("equal", 0, head, 0, head), *codes, ("equal", a, len(old), b, len(new))]
    return [code for code in ends if code[1] < code[2] or code[3] < code[4]]


def _pieces(text: str, mark: str) -> list[Piece]:
    """The text as one piece; the space behind a marked one is not marked."""
    if not text:
        return []
    bare = text.rstrip()
    if not mark or not bare or bare == text:
        return [Piece(text, mark if bare else SAME)]
    return [Piece(bare, mark), Piece(text[len(bare) :])]


def joined_pieces(pieces: list[Piece]) -> str:
    """The text that the pieces make up."""
    return "".join(piece.text for piece in pieces)
