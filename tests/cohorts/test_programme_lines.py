"""The line index over TOML texts: every key and list element of every file we ship has its line."""

import tomllib

import pytest

from cohorts.programme.definition import (
    available_calendars,
    available_programmes,
    calendar_path,
    programme_path,
)
from cohorts.programme.lines import LineIndex

SHIPPED = [*map(programme_path, available_programmes()), *map(calendar_path, available_calendars())]

TEXT = """\
# a comment with [brackets] and = signs
top = 1

[table]
dotted.key = "a # no comment"
"quoted key" = 'b'
flags = [ true, false ]

[[list]]
id = "first"   # [[list]]
[list.below]
deep = 1979-05-27 07:32:00
[[list.item]]
n = 1
[[list.item]]
n = 2

[[list]]
id = "second"
text = \"\"\"
[not.a.table]
quote \\\""" and "" inside
\"\"\"
after = '''
it's
'''
many = [
  # [comment
  { a = "x, y", b = [1, 2] },   # }
  { a = "}", "b" = [] },
]
[[list.item]]
n = 3
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("table",), 4),
        (("table", "dotted"), 5),
        (("table", "dotted", "key"), 5),
        (("table", "quoted key"), 6),
        (("table", "flags", 1), 7),
        (("list",), 9),
        (("list", 0), 9),
        (("list", 0, "below", "deep"), 12),
        (("list", 0, "item", 1), 15),
        (("list", 0, "item", 1, "n"), 16),
        (("list", 1, "id"), 19),
        (("list", 1, "text"), 20),
        (("list", 1, "after"), 24),
        (("list", 1, "many", 0), 29),
        (("list", 1, "many", 0, "b", 1), 29),
        (("list", 1, "many", 1, "a"), 30),
        (("list", 1, "item", 0, "n"), 33),
    ],
)
def test_line_of_a_path(path, line):
    assert LineIndex(TEXT).line(path) == line


def test_line_of_something_missing_is_that_of_the_table_around_it():
    index = LineIndex(TEXT)

    assert index.line(("list", 1, "missing", "bm")) == 18
    assert index.line(("missing",)) == 1
    assert index.line(()) == 1


def test_line_counts_with_a_blank_start_and_no_last_newline():
    assert LineIndex("\n\n a = 1").line(("a",)) == 3
    assert LineIndex("").line(("a",)) == 1


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_value_of_a_shipped_file_is_on_its_line(path):
    text = path.read_text(encoding="utf-8")
    index, lines = LineIndex(text), text.splitlines()

    for place, value in walk(tomllib.loads(text)):
        assert place in index
        if isinstance(value, str):
            assert value in lines[index.line(place) - 1]


def walk(node, path=()):
    """Yield (path, value) of everything below a node."""
    pairs = enumerate(node) if isinstance(node, list) else node.items()
    for step, value in pairs:
        yield (*path, step), value
        if isinstance(value, list | dict):
            yield from walk(value, (*path, step))
