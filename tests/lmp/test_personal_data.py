"""Finding national identity numbers; every number here is generated, none is kept in the file."""

import pytest
from stdnum.no import fodselsnummer, kontonr
from stdnum.no import orgnr as organisasjonsnummer

from lmp.lib.personal_data import Span, find_national_ids


def valid_id(date_part: str) -> str:
    """The first number on a date (six digits) whose two check digits exist."""
    for serial in range(499):
        first = f"{date_part}{serial:03d}"
        with_one = first + fodselsnummer.calc_check_digit1(first)
        number = with_one + fodselsnummer.calc_check_digit2(with_one)
        if len(number) == 11:
            return number
    raise AssertionError("no valid number on that date")


NUMBER = valid_id("010190")
DATE, REST = NUMBER[:6], NUMBER[6:]


@pytest.mark.parametrize(
    ("date_part", "kind"),
    [
        ("010190", "foedselsnummer"),
        ("310199", "foedselsnummer"),
        ("410190", "d_nummer"),
        ("710190", "d_nummer"),
        ("014190", "h_nummer"),
    ],
)
def test_finds_each_kind(date_part, kind):
    assert find_national_ids(valid_id(date_part)) == [Span(0, 11, kind)]


@pytest.mark.parametrize(
    "written",
    [
        NUMBER,
        f"{DATE} {REST}",
        f"{DATE}.{REST}",
        f"{DATE}-{REST}",
        f"{DATE} - {REST}",
        f"{DATE}\u00a0{REST}",
        f"{DATE}\n{REST}",
        f"{DATE} {REST[:3]} {REST[3:]}",
        f"{DATE[:2]}.{DATE[2:4]}.{DATE[4:]} {REST}",
        f"{DATE[:2]} {DATE[2:4]} {DATE[4:]} {REST}",
        f"{DATE[:2]}.{DATE[2:4]}.19{DATE[4:]} {REST}",
        f"{DATE[:4]}19{DATE[4:]}{REST}",
    ],
)
def test_finds_a_number_however_it_is_written(written):
    text = f"Eleven ({written}), trinn 5."

    assert find_national_ids(text) == [Span(8, 8 + len(written), "foedselsnummer")]


def test_finds_several_among_other_numbers():
    other = valid_id("410190")
    text = f"Ring 22 11 00 33 {NUMBER}, {other} eller 12"

    spans = find_national_ids(text)

    assert [text[span.start : span.end] for span in spans] == [NUMBER, other]


@pytest.mark.parametrize(
    "harmless",
    [
        "",
        "Vi møtes 26.11.2026 kl. 09.00 i rom 12345.",
        "Telefon 22 11 00 33 eller +47 911 22 333, sak 2026/12345.",
        f"x{NUMBER}0",
        f"1{NUMBER}",
        NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10),
        "99999999999",
        "00000000000",
    ],
)
def test_leaves_other_numbers_alone(harmless):
    assert find_national_ids(harmless) == []


def test_leaves_organisasjonsnummer_and_phone_side_by_side_alone():
    assert organisasjonsnummer.is_valid("974760673")

    assert find_national_ids("974 760 673 og 974760673 22110033") == []


def test_leaves_an_account_number_alone():
    account = "86011117947"
    assert kontonr.is_valid(account)

    assert find_national_ids(f"{account} {account[:4]}.{account[4:6]}.{account[6:]}") == []


def test_never_repeats_the_number():
    span = find_national_ids(f"Elev {NUMBER}")[0]

    assert repr(span) == "Span(start=5, end=16, kind='foedselsnummer')"
