"""What makes a register row right."""

from datetime import date

import pytest

from actors.rules.kommune_codes import CodeChange, CodeHistory, FormerCode
from actors.rules.register import (
    clean_website,
    derive_names,
    is_orgnr,
    is_unlikely_closure,
    keeps_owner,
    maalform_of_office,
    public_owner_kind,
    sort_key,
)


@pytest.mark.parametrize("number", ["974760673", "958935420"])
def test_is_orgnr_accepts_a_right_check_digit(number):
    assert is_orgnr(number)


@pytest.mark.parametrize(
    "number", ["", "974760674", "97476067", "9747606731", "974 760 673", "٩٧٤٧٦٠٦٧٣", "abcdefghi"]
)
def test_is_orgnr_refuses_everything_else(number):
    assert not is_orgnr(number)


def test_sort_key_puts_norwegian_letters_last():
    names = ["Ås", "Øksnes", "Ænes", "Zulu", "Álaheadju", "Bærum", "alta", "Čáhcesuolu", "Dønna"]

    assert sorted(names, key=sort_key) == [
        "Álaheadju",
        "alta",
        "Bærum",
        "Čáhcesuolu",
        "Dønna",
        "Zulu",
        "Ænes",
        "Øksnes",
        "Ås",
    ]


def test_derive_names_holds_each_name_once_and_composed():
    names = derive_names("Kåfjord", "Ga\u0301ivuotna", "", "KÅFJORD")

    assert names == {"search_name": "kåfjord gáivuotna", "sort_name": "kzzcfjord"}


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("", ""),
        ("www.sørli-skole.no/", "https://www.sørli-skole.no/"),
        ("http://x.no/a?b=1", "http://x.no/a?b=1"),
        ("ola@kommune.no", ""),
        ("www.min skole.no", ""),
        ("Askeladden", ""),
        ("javascript://x.no/%0aalert(1)", ""),
        ("http://[x.no", ""),
        (f"x.no/{'a' * 200}", ""),
    ],
)
def test_clean_website(written, clean):
    assert clean_website(written) == clean


@pytest.mark.parametrize(
    ("name", "maalform"),
    [("Statsforvaltaren i Vestland", "nynorsk"), ("Statsforvalteren i Agder", "bokmaal")],
)
def test_maalform_of_office(name, maalform):
    assert maalform_of_office(name) == maalform


@pytest.mark.parametrize(
    ("kind", "school_type", "owner"),
    [
        ("barnehage", "", "kommune"),
        ("skole", "grunnskole", "kommune"),
        ("skole", "", "kommune"),
        ("skole", "videregaaende", "fylkeskommune"),
        ("skole", "begge", "fylkeskommune"),
    ],
)
def test_public_owner_kind(kind, school_type, owner):
    assert public_owner_kind(kind, school_type) == owner


@pytest.mark.parametrize(
    ("owner_kind", "ownership", "kept"),
    [
        ("privat", "privat", True),
        ("fylkeskommune", "offentlig", True),
        ("kommune", "privat", False),
        ("privat", "offentlig", False),
    ],
)
def test_keeps_owner(owner_kind, ownership, kept):
    assert keeps_owner(owner_kind, ownership) is kept


@pytest.mark.parametrize(
    ("gone", "active", "unlikely"),
    [(0, 0, False), (100, 100, False), (130, 5000, False), (501, 5000, True), (101, 101, True)],
)
def test_is_unlikely_closure(gone, active, unlikely):
    assert is_unlikely_closure(gone, active) is unlikely


def change(year: int, old: str, new: str) -> CodeChange:
    return CodeChange(on=date(year, 1, 1), old=old, old_name=f"K{old}", new=new)


def former(number: str, valid_from: int | None, last_year: int, target: str | None) -> FormerCode:
    return FormerCode(
        number=number,
        name=f"K{number}",
        valid_from=date(valid_from, 1, 1) if valid_from else None,
        valid_to=date(last_year, 12, 31),
        target=target,
    )


def test_former_codes_follow_merged_and_renumbered_kommuner():
    history = CodeHistory(
        [change(2020, "0101", "3001"), change(2020, "0102", "3001"), change(2024, "3001", "3101")]
    )

    assert history.former_codes() == [
        former("0101", None, 2019, "3101"),
        former("0102", None, 2019, "3101"),
        former("3001", 2020, 2023, "3101"),
    ]
    assert history.started("3101") == date(2024, 1, 1)


def test_former_codes_do_not_choose_for_a_divided_kommune():
    history = CodeHistory(
        [change(2020, "1504", "1507"), change(2024, "1507", "1508"), change(2024, "1507", "1580")]
    )

    assert history.former_codes() == [
        former("1504", None, 2019, None),
        former("1507", 2020, 2023, None),
    ]


def test_a_changed_name_or_border_does_not_end_a_number():
    history = CodeHistory(
        [
            change(2023, "5001", "5001"),
            change(2026, "3118", "3118"),
            change(2026, "3118", "3207"),
            change(2024, "3020", "3207"),
        ]
    )

    assert history.former_codes() == [former("3020", None, 2023, "3207")]
    assert history.started("5001") is None
    assert history.started("3207") == date(2024, 1, 1)


def test_a_number_that_took_in_another_is_as_old_as_before():
    history = CodeHistory([change(2020, "1103", "1103"), change(2020, "1141", "1103")])

    assert history.started("1103") is None
    assert history.former_codes() == [former("1141", None, 2019, "1103")]


def test_dead_ends_are_numbers_that_lead_nowhere_today():
    lost = change(2024, "3001", "3199")
    history = CodeHistory([change(2020, "0101", "3001"), lost])

    assert history.dead_ends({"3101"}) == [lost]
