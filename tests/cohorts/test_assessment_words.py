"""The words of the assessment table, and what stands first in it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cohorts.rules.assessment_order import ordered, rank_of
from cohorts.rules.assessment_words import (
    lead_of_two,
    number,
    role_in_words,
    table_heading,
    table_lead,
)
from tests.factories.recruitment import TODAY


@pytest.mark.parametrize(
    ("total", "assessed", "words"),
    [
        (11, 10, "Elleve søknader, ti er vurdert"),
        (1, 1, "Én søknad er vurdert"),
        (2, 0, "To søknader, ingen er vurdert"),
        (0, 0, "Ingen søknader har kommet ennå"),
    ],
)
def test_the_heading_counts(total, assessed, words):
    assert table_heading(total, assessed) == words


def test_the_lead_names_the_highest_and_counts_the_different():
    assert table_lead(["Anvika", "Bervika"], 2) == (
        "Anvika og Bervika ligger øverst. To søknader har ulike vurderinger som dere bør snakke om."
    )
    assert table_lead([], 0) == ""


def test_missing_values_stand_last_whichever_way():
    rows = [None, 2, 3, 1]
    assert ordered(rows, lambda row: row, descending=True) == [3, 2, 1, None]
    assert ordered(rows, lambda row: row, descending=False) == [1, 2, 3, None]
    assert [rank_of(each) for each in ("tilraas", "reserve", "tilraas_ikke", "")] == [2, 1, 0, None]


@pytest.mark.parametrize(
    ("compared", "differing", "words"),
    [
        (0, 0, "Du og Kari vurderer hver for dere."),
        (
            5,
            5,
            "Du og Kari vurderer hver for dere. Dere er ikke enige om noen av de fem kriteriene.",
        ),
        (5, 2, "Du og Kari vurderer hver for dere. Dere er enige om tre av fem kriterier."),
    ],
)
def test_the_lead_tells_how_far_two_agree(compared, differing, words):
    assert lead_of_two("Kari", compared, differing) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (-10, None, "Du er eier, Anvika, siden 10. november 2026."),
        (-10, 5, "Du er eier, Anvika, fra 10. november 2026 til 25. november 2026."),
        (-10, -5, "Du var eier, Anvika, fra 10. november 2026 til 15. november 2026."),
        (5, None, "Du blir eier, Anvika, fra 25. november 2026."),
    ],
)
def test_a_role_is_said_with_its_period(start, end, words):
    days = [TODAY + timedelta(days=d) if d is not None else None for d in (start, end)]
    assert role_in_words("Eier", "Anvika", *days, TODAY) == words


def test_a_number_has_a_comma_only_when_it_needs_one():
    assert [number(Decimal(each)) for each in ("17.5", "17.0")] == ["17,5", "17"]
