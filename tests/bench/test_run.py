"""The runner of the benchmarks."""

import json
from pathlib import Path

import pytest

from bench import run
from bench.figure import Figure


@pytest.mark.parametrize(
    ("figure", "line"),
    [
        (Figure("min-side median", 12.34, "ms", 1.5), "min-side median 12.34 ms 1.50"),
        (Figure("min-side queries", 9, "queries"), "min-side queries 9 queries -"),
    ],
)
def test_figure_is_one_line(figure: Figure, line: str) -> None:
    assert str(figure) == line


def test_results_are_written_for_machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "HERE", tmp_path)

    path = run.write_results("pages", [Figure("x", 1, "ms", 2.0)], 3.21)

    written = json.loads(path.read_text())
    assert path == tmp_path / "results" / "pages.json"
    assert (written["name"], written["seconds"]) == ("pages", 3.2)
    assert written["figures"] == [{"name": "x", "value": 1, "unit": "ms", "ratio": 2.0}]


def test_the_runner_is_no_benchmark() -> None:
    assert {"run", "figure"} & set(run.names()) == set()
