"""When an offer can be answered, and whose a unit of a joint søknad is."""

from datetime import UTC, date, datetime

import pytest

from cohorts.rules.answer import OfferState, UnitHome, offer_state, units_by_applicant

DUE = date(2027, 1, 15)
OPEN = {
    "answered": False,
    "is_current": True,
    "answer_due": DUE,
    "lapsed_at": None,
    "withdrawn": False,
    "today": DUE,
}


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({}, OfferState.OPEN),
        ({"today": date(2027, 1, 16)}, OfferState.TOO_LATE),
        ({"lapsed_at": datetime(2027, 1, 15, tzinfo=UTC)}, OfferState.TOO_LATE),
        ({"answered": True, "today": date(2027, 1, 16)}, OfferState.ANSWERED),
        ({"is_current": False}, OfferState.REPLACED),
        ({"withdrawn": True}, OfferState.REPLACED),
        ({"answer_due": None}, OfferState.OPEN),
    ],
)
def test_state_of_an_offer(changed, state):
    assert offer_state(**(OPEN | changed)) == state


def test_units_follow_their_owner_then_their_kommune_then_the_lead():
    units = [
        UnitHome(1, owner=10, kommune=100),
        UnitHome(2, owner=20, kommune=200),
        UnitHome(3, owner=99, kommune=200),  # private, in the second kommune
        UnitHome(4, owner=None, kommune=None),  # typed in by hand
    ]

    assert units_by_applicant(units, {10: 100, 20: 200}, lead=10) == {10: [1, 4], 20: [2, 3]}
