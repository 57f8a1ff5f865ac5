"""How well the soft warning finds what can point at one person, on labelled sentences.

Precision and recall of all sentences, of each half, of each målform and of each kind. The half
«unseen» was not looked at while the detectors were written; what the first run on it and on the
harder «fresh» gave is written in the corpus. Nothing was changed because of «last».

The ratio is against a detector that marks every word with a capital letter and every number:
recall is easy without precision.
"""

import re
import time
from collections.abc import Iterable, Iterator

from bench.figure import Figure
from lmp.lib.personal_data import Kind
from tests.lmp.personal_data_corpus import Score, Sentence, score, sentences

CRUDE = re.compile(r"\b[A-ZÆØÅ]\w+|\d[\d .]*\d|\S+@\S+")
RUNS = 20


def measure() -> list[Figure]:
    """Score every way of cutting the sentences, and the time of a text."""
    rows = sentences()
    figures = [Figure("sentences", len(rows), "sentences")]
    for name, part in _parts(rows):
        figures += _figures(name, score(part), _crude(part))
    for kind in Kind:
        figures += _figures(f"kind_{kind}", score(rows, kind), None)
    return [*figures, _speed(rows)]


def _parts(rows: list[Sentence]) -> Iterator[tuple[str, list[Sentence]]]:
    yield "all", rows
    for half in ("tuned", "unseen", "fresh", "last"):
        yield half, [row for row in rows if row.half == half]
    for lang in ("nb", "nn"):
        yield lang, [row for row in rows if row.lang == lang]
        for half in ("unseen", "fresh"):
            yield f"{half}_{lang}", [row for row in rows if (row.lang, row.half) == (lang, half)]


def _figures(name: str, own: Score, crude: Score | None) -> list[Figure]:
    recall = own.recall / crude.recall if crude and crude.recall else None
    precision = own.precision / crude.precision if crude and crude.precision else None
    return [
        Figure(f"{name}_planted", own.planted, "spots"),
        Figure(f"{name}_recall", round(own.recall, 3), "share", recall),
        Figure(f"{name}_precision", round(own.precision, 3), "share", precision),
    ]


def _crude(rows: Iterable[Sentence]) -> Score:
    found = planted = right = hints = 0
    for row in rows:
        spans = [match.span() for match in CRUDE.finditer(row.text)]
        planted, hints = planted + len(row.planted), hints + len(spans)
        found += sum(any(_meet(span, each) for span in spans) for each in row.planted)
        right += sum(any(_meet(span, each) for each in row.planted) for span in spans)
    return Score(found, planted, right, hints)


def _meet(span: tuple[int, int], planted: tuple[int, int, Kind]) -> bool:
    return span[0] < planted[1] and planted[0] < span[1]


def _speed(rows: list[Sentence]) -> Figure:
    """Milliseconds for 20 000 characters, the longest text that is likely to be pasted."""
    one = "\n".join(row.text for row in rows)
    text = (one * (20_000 // len(one) + 1))[:20_000]
    whole = rows[0]._replace(text=text, planted=[])
    start = time.perf_counter()
    for _run in range(RUNS):
        whole.hints()
    spent = (time.perf_counter() - start) / RUNS * 1000
    return Figure("pasted_20000_characters", round(spent, 1), "ms")
