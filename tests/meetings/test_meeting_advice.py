"""What is said of a date before a meeting is saved."""

from datetime import date, timedelta

import pytest

from meetings.actions.advice import Proposal, find_advice
from meetings.actions.meeting_change import cancel_meeting
from tests.factories.cohorts import activity_of
from tests.factories.meetings import NOW, TODAY, make_meeting, oslo

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2026, 9, 1)


def codes(scene, key, day, *, clock="09.00", units=None, today=TODAY, meeting=None):
    activity = activity_of(scene.pulje, key, 3)
    start = oslo(day, clock)
    chosen = (scene.skole,) if activity.scope == "unit" else ()
    proposal = Proposal(
        activity=activity,
        deltakelse=scene.deltakelse,
        units=chosen if units is None else units,
        start=start,
        end=start + timedelta(minutes=150),
        meeting=meeting,
    )
    return [advice.code for advice in find_advice(proposal, today=today)]


def test_nothing_is_said_of_a_good_day(scene):
    assert codes(scene, "veiledning_2", date(2026, 12, 3)) == []


def test_day_outside_the_semester_on_a_holiday(scene):
    assert codes(scene, "veiledning_2", date(2027, 5, 17)) == ["holiday", "semester"]


def test_fagsamling_nearer_than_eight_weeks(scene):
    assert codes(scene, "fagsamling", date(2026, 12, 3)) == ["notice"]
    assert codes(scene, "fagsamling", date(2026, 12, 3), today=SEPTEMBER) == []


def test_first_veiledning_on_the_day_of_the_fagsamling(scene):
    make_meeting(scene, "fagsamling", day=date(2026, 12, 3), clock="12.00")

    assert codes(scene, "veiledning_1", date(2026, 12, 3), clock="08.00") == ["link"]
    assert codes(scene, "veiledning_1", date(2026, 12, 4)) == []


def test_second_veiledning_too_soon_after_the_first(scene):
    make_meeting(scene, "veiledning_1", day=date(2026, 11, 24))

    assert codes(scene, "veiledning_2", date(2026, 12, 10)) == ["spacing"]


def test_fagsamling_that_leaves_its_veiledning_behind(scene):
    fagsamling = make_meeting(scene, "fagsamling", day=date(2026, 11, 24))
    make_meeting(scene, "veiledning_1", day=date(2026, 11, 25))

    moved = codes(scene, "fagsamling", date(2026, 12, 3), meeting=fagsamling, today=SEPTEMBER)

    assert moved == ["link"]


def test_another_meeting_of_the_same_activity(scene):
    first = make_meeting(scene, "veiledning_2", day=date(2026, 11, 24))

    assert codes(scene, "veiledning_2", date(2026, 12, 3)) == ["count"]
    assert codes(scene, "veiledning_2", date(2026, 12, 3), units=(scene.barnehage,)) == []
    assert codes(scene, "veiledning_2", date(2026, 12, 3), meeting=first) == []


def test_veileder_who_is_at_another_unit(scene):
    day = date(2026, 12, 3)
    other = make_meeting(scene, "digital_veiledning", day=day, units=[scene.barnehage])

    assert codes(scene, "veiledning_2", day, clock="10.00") == ["busy", "busy"]
    assert codes(scene, "veiledning_2", day, clock="11.30") == []

    cancel_meeting(meeting=other, reason="Streik", by=scene.by("veileder"), now=NOW)

    assert codes(scene, "veiledning_2", day, clock="10.00") == []


def test_nothing_is_said_of_a_day_that_has_been(scene):
    assert codes(scene, "veiledning_2", date(2026, 11, 1)) == []
