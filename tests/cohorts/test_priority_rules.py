"""The order, the reach of the places, the checks, and the difference between versions."""

import pytest

from cohorts.rules.priority import (
    Line,
    Missing,
    Reach,
    changed_ranks,
    covers_both_levels,
    crowded_fylker,
    grades_in,
    missing_before_sending,
    moved,
    ordered,
    places_reach,
    recommendation_of,
    same_rank,
)
from cohorts.rules.priority_diff import EntryChange, Pair, diff_versions


@pytest.mark.parametrize(
    ("kommuner", "quota", "reach"),
    [
        ([1, 1, 1, 1], 2, Reach(2, 2, 2, straddles=False)),
        ([3, 1], 3, Reach(1, 3, 3, straddles=False)),
        ([1, 3, 1], 2, Reach(1, 1, 2, straddles=True)),
        ([1], 2, Reach(1, 1, 2, straddles=False)),
        ([1, 1], 0, Reach(0, 0, 0, straddles=False)),
        ([], 2, Reach(0, 0, 2, straddles=False)),
        ([1], None, None),
    ],
)
def test_the_places_reach_as_far_as_the_kommuner_fit(kommuner, quota, reach):
    assert places_reach(kommuner, quota) == reach


def test_the_order_is_the_wanted_one_with_new_lines_last_and_gone_ones_left_out():
    assert ordered([3, 9, 1], [1, 2, 3, 4]) == [3, 1, 2, 4]


@pytest.mark.parametrize(
    ("key", "step", "order"),
    [(2, -1, [2, 1, 3]), (2, 1, [1, 3, 2]), (1, -1, [1, 2, 3]), (3, 1, [1, 2, 3])],
)
def test_a_line_moves_one_up_or_down_and_not_past_the_end(key, step, order):
    assert moved([1, 2, 3], key, step) == order


def test_lines_with_the_same_number_are_named_together():
    assert same_rank({7: 1, 8: 2, 9: 2}) == {8: [8, 9], 9: [9, 8]}
    assert same_rank({7: 1, 8: 2}) == {}


def test_ranks_that_only_close_up_after_a_withdrawal_have_not_changed():
    before = {1: 1, 2: 2, 3: 3}
    assert changed_ranks({2: 1, 3: 2}, before, gone=[1]) == set()
    assert changed_ranks({3: 1, 2: 2}, before, gone=[1]) == {2, 3}
    assert changed_ranks({4: 1, 1: 2, 2: 3, 3: 4}, before) == {1, 2, 3}


@pytest.mark.parametrize(
    ("given", "chosen", "expected"),
    [
        (["tilraas"], "", "tilraas"),
        (["tilraas", "tilraas"], "reserve", "tilraas"),
        (["tilraas", "reserve"], "", ""),
        (["tilraas", "reserve"], "reserve", "reserve"),
        ([], "tilraas", "tilraas"),
    ],
)
def test_the_embete_recommends_what_is_agreed_on_or_chosen(given, chosen, expected):
    assert recommendation_of(given, chosen) == expected


def test_fylker_with_too_many_private_schools_are_counted():
    assert crowded_fylker(["Nord", "Sør", "Nord"], 1) == {"Nord": 2}
    assert crowded_fylker(["Nord", "Nord"], 2) == {}
    assert crowded_fylker(["Nord", "Nord"], None) == {}


def test_both_levels_are_barnetrinn_and_ungdomstrinn():
    assert covers_both_levels([(1, 7), (8, 10)]) is True
    assert covers_both_levels([(1, 10)]) is True
    assert covers_both_levels([(1, 7), (None, None)]) is False
    assert grades_in("1.–7. trinn") == (1, 7)
    assert grades_in("") == (None, None)


def line(key=1, **values):
    whole = {
        "reason": "Godt forankret.",
        "given": ("tilraas",),
        "chosen": "",
        "habil": True,
        "moved": False,
        "rank_reason": "",
    }
    return Line(key, **(whole | values))


def check(*lines, unassessed=(), late=False, late_reason=""):
    return missing_before_sending(lines, unassessed, late=late, late_reason=late_reason)


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({}, []),
        ({"reason": " "}, ["reason"]),
        ({"given": ()}, ["assessed"]),
        ({"habil": False}, ["habilitet"]),
        ({"given": ("tilraas", "reserve")}, ["recommendation"]),
        ({"given": ("tilraas", "reserve"), "chosen": "reserve"}, []),
        ({"moved": True}, ["rank_reason"]),
        ({"moved": True, "rank_reason": "Ny plan."}, []),
    ],
)
def test_what_is_missing_in_a_line_is_named(values, missing):
    assert check(line(5, **values)) == [Missing(what, 5) for what in missing]


def test_a_soeknad_that_nobody_has_assessed_stops_the_list():
    assert check(line(), unassessed=[8]) == [Missing("soeknad", 8)]


def test_a_late_list_needs_a_reason_and_an_empty_one_is_not_sent():
    assert check(line(), late=True) == [Missing("late_reason")]
    assert check(line(), late=True, late_reason="Syk.") == []
    assert [str(each) for each in check()] == ["empty"]
    assert str(Missing("reason", 4)) == "reason-4"


def content(*rows, **head):
    keys = ("soeknad", "rank", "name", "reason", "rank_reason")
    return {"quota": 2, "entries": [dict(zip(keys, row, strict=False)) for row in rows]} | head


def test_the_difference_names_moved_new_gone_and_reworded():
    old = content((1, 1, "A", "a"), (2, 2, "B", "b"), (3, 3, "C", "c"), (4, 4, "D", "d"))
    new = content(
        (2, 1, "B", "b", "Ny plan."), (5, 2, "E", "e"), (3, 3, "C", "ny"), (4, 4, "D", "d"), quota=3
    )

    diff = diff_versions(old, new)

    assert diff.head == (Pair("quota", 2, 3),)
    assert diff.entries == (
        EntryChange("up", 2, "B", 2, 1, "Ny plan."),
        EntryChange("new", 5, "E", None, 2),
        EntryChange("text", 3, "C", 3, 3, "", (Pair("reason", "c", "ny"),)),
        EntryChange("gone", 1, "A", 1, None),
    )
    assert diff.same == ("D",)


def test_equal_versions_have_no_difference():
    assert not diff_versions(content((1, 1, "A")), content((1, 1, "A")))
