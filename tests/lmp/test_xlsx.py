"""Workbooks: numbers are numbers, texts are texts, and nothing is a formula."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from lmp.lib.xlsx import sheet_name, to_xlsx

DANGEROUS = ['=HYPERLINK("http://x.example";"Se")', "+1", "-1+1", "@SUM(A1)", "{=1}", "\t=1"]


def parts(content: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(content)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula(text):
    book = parts(to_xlsx({"Trakt": [["Kommune", "Antall"], [text, 3]]}))

    sheet = book["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert sheet.count('t="s"') == 3  # two headings and the text
    assert "<v>3</v>" in sheet


def test_an_address_is_no_link():
    book = parts(to_xlsx({"Trakt": [["https://x.example"]]}))

    assert "hyperlink" not in book["xl/worksheets/sheet1.xml"]
    assert "https://x.example" in book["xl/sharedStrings.xml"]


def test_a_text_of_digits_stays_a_text():
    book = parts(to_xlsx({"Trakt": [["Nummer"], ["0301"]]}))

    assert "<t>0301</t>" in book["xl/sharedStrings.xml"]


def test_nothing_is_an_empty_cell_and_no_rows_an_empty_sheet():
    assert "<v>" not in parts(to_xlsx({"Trakt": [[None]]}))["xl/worksheets/sheet1.xml"]
    assert "<v>" not in parts(to_xlsx({"Trakt": []}))["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("Trakt", "Trakt"), ("a/b:c", "a b c"), ("x" * 40, "x" * 31), ("[]", "Ark1"), ("'", "Ark1")],
)
def test_names_a_workbook_allows(text, name):
    assert sheet_name(text) == name


def test_two_sheets_under_their_names():
    book = parts(to_xlsx({"Trakt": [["Embete"]], "Kandidater": [["Søker"]]}))

    assert 'name="Trakt"' in book["xl/workbook.xml"]
    assert 'name="Kandidater"' in book["xl/workbook.xml"]
    assert "xl/worksheets/sheet2.xml" in book
