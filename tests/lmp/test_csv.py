"""CSV that a Norwegian spreadsheet opens right, and that runs no formula there."""

import pytest

from lmp.lib.csv import harmless, to_csv


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0@"])
def test_a_formula_is_text(start):
    assert harmless(f"{start}1+1") == f"'{start}1+1"


def test_ordinary_text_and_numbers_stay():
    assert [harmless(cell) for cell in ("Ås skole – 1", 3, -3, None)] == [
        "Ås skole – 1",
        3,
        -3,
        None,
    ]


def test_rows_are_utf8_with_a_mark_and_semicolons():
    assert to_csv([["Eier", "Enheter"], ["Øya; vest", 4]]) == (
        '\ufeffEier;Enheter\r\n"Øya; vest";4\r\n'.encode()
    )
