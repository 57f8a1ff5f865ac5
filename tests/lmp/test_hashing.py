"""The fingerprint of what is submitted."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from lmp.lib.hashing import content_hash


def test_content_hash_is_the_sha256_of_canonical_json():
    # printf '{"a":[1,true,null],"tittel":"Møte på Å"}' | sha256sum
    expected = "31a5a04a3758b72b4c7e576874cea893fc85c907c7a354a88d49e5fad1f97eb1"

    assert content_hash({"tittel": "Møte på Å", "a": [1, True, None]}) == expected


def test_content_hash_ignores_key_order_and_list_type():
    assert content_hash({"a": 1, "b": (2, 3)}) == content_hash({"b": [2, 3], "a": 1})


def test_content_hash_writes_dates_as_iso():
    day = date(2026, 11, 26)
    moment = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)

    assert content_hash([day]) == content_hash(["2026-11-26"])
    assert content_hash([moment]) == content_hash(["2026-11-26T08:00:00+00:00"])


def test_a_moment_is_the_same_in_every_time_zone():
    in_oslo = datetime(2026, 11, 26, 9, 0, tzinfo=ZoneInfo("Europe/Oslo"))

    assert content_hash([in_oslo]) == content_hash([in_oslo.astimezone(UTC)])


@pytest.mark.parametrize("change", ["Å", "å ", "a\u030a", ""])
def test_content_hash_differs_when_the_text_does(change):
    assert content_hash({"tekst": change}) != content_hash({"tekst": "å"})


@pytest.mark.parametrize(
    "unknown",
    [
        {1, 2},
        b"bytes",
        object(),
        {1: "a number as key"},
        float("nan"),
        float("inf"),
        datetime(2026, 11, 26, 8, 0),
    ],
)
def test_content_hash_refuses_what_has_no_stable_form(unknown):
    with pytest.raises(TypeError):
        content_hash({"felt": [unknown]})
