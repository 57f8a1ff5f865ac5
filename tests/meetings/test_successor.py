"""Somebody takes over an office, and with it the referat that the one before has not written."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Event, Notice
from cohorts.models import DeadlineRule
from lmp.lib.workdays import Calendar
from meetings.actions.obligation import extend_for_successors, sync_all_obligations
from meetings.actions.reminder import cancel_settled_reminders, scan
from meetings.models import Obligation
from meetings.rules.successor import extended_due, took_over_on
from meetings.tasks import sync_obligations
from tests.factories.meetings import NOW, TODAY
from tests.factories.papers import held_meeting, make_referat, send_referat
from tests.factories.people import make_role

pytestmark = pytest.mark.django_db

# Held on Tuesday 17 November: the referat is due on the 24th. Who takes over on Thursday 19th has
# five working days, until Thursday 26th.
MEETING, DUE, START, LONGER = (date(2026, 11, day) for day in (17, 24, 19, 26))


@pytest.fixture
def duty(scene):
    return referat_of(held_meeting(scene))


def referat_of(meeting) -> Obligation:
    return Obligation.objects.get(meeting=meeting, rule__key="referat")


def leaves(role, last: date = START - timedelta(days=1)) -> None:
    role.valid_to = last
    role.save()


def takes_over(scene, start: date = START, user=None):
    return make_role("leder", scene.skole.unit, valid_from=start, user=user)


def extended(scene, duty, now: datetime = NOW) -> date:
    extend_for_successors(pulje=scene.pulje, now=now)
    duty.refresh_from_db()
    return duty.due


@pytest.mark.parametrize(
    ("since", "then", "expected"),
    [
        ({1: START}, (), START),
        ({1: START, 2: START + timedelta(days=2)}, (), START),
        ({1: START, 2: MEETING}, (), None),
        ({1: START}, (1,), None),
        ({}, (), None),
    ],
)
def test_an_office_is_taken_over_when_nobody_who_holds_it_was_there(since, then, expected):
    assert took_over_on(since, then, MEETING) == expected


@pytest.mark.parametrize(
    ("due", "start", "expected"),
    [
        (DUE, START, LONGER),
        (LONGER + timedelta(days=1), START, date(2026, 11, 27)),
        (date(2026, 9, 1), START, LONGER),
        (date(2026, 12, 22), date(2026, 12, 21), date(2027, 1, 6)),  # past Christmas
    ],
)
def test_five_working_days_unless_the_deadline_is_later(due, start, expected):
    assert extended_due(due, start, 5, Calendar()) == expected


def test_who_takes_over_gets_time_and_the_timeline_says_why(scene, duty):
    leaves(scene.leder)
    takes_over(scene)

    assert (duty.due, extended(scene, duty)) == (DUE, LONGER)
    event = Event.objects.get(verb="extend_deadline")
    assert (event.by, event.subject) == (None, f"meeting:{duty.meeting_id}")
    assert event.data == {"due": "2026-11-26", "office": "leder"}


def test_it_is_done_once_and_what_is_owed_keeps_it(scene, duty):
    leaves(scene.leder)
    takes_over(scene)
    extended(scene, duty)
    sync_all_obligations(semester=duty.semester, now=NOW)

    assert extend_for_successors(pulje=scene.pulje, now=NOW) == 0
    duty.refresh_from_db()
    assert (duty.due, Event.objects.filter(verb="extend_deadline").count()) == (LONGER, 1)


def test_a_third_leader_gets_time_too(scene, duty):
    leaves(scene.leder)
    second = takes_over(scene)
    extended(scene, duty)
    leaves(second, date(2026, 11, 22))
    takes_over(scene, date(2026, 11, 23))

    assert extended(scene, duty, NOW + timedelta(days=3)) == date(2026, 11, 30)


def test_nobody_gets_longer_who_was_there(scene, duty):
    takes_over(scene)
    assert extended(scene, duty) == DUE  # the leader is there still

    leaves(scene.leder)
    takes_over(scene, user=scene.leder.user)
    assert extended(scene, duty) == DUE  # back after a break


def test_an_office_that_nobody_holds_keeps_its_deadline(scene, duty):
    leaves(scene.leder)
    takes_over(scene, TODAY + timedelta(days=1))

    assert extended(scene, duty) == DUE


def test_one_who_has_led_another_unit_is_new_here(scene, duty):
    leaves(scene.leder)
    takes_over(scene, user=scene.styrer.user)

    assert extended(scene, duty) == LONGER


def test_what_is_delivered_or_has_no_such_rule_is_left_alone(scene, duty):
    send_referat(scene, make_referat(scene, duty.meeting))
    leaves(scene.leder)
    takes_over(scene)
    assert extend_for_successors(pulje=scene.pulje, now=NOW) == 0

    other = referat_of(held_meeting(scene, days_ago=4))
    DeadlineRule.objects.update(successor=0)
    assert extended(scene, other) == date(2026, 11, 23)


def test_nothing_is_moved_in_a_pulje_that_is_closed(scene, duty):
    leaves(scene.leder)
    takes_over(scene)
    scene.pulje.status = "closed"
    scene.pulje.save()

    assert extended(scene, duty) == DUE


def test_a_new_representative_of_the_owner_has_time_for_the_styringsgruppe(scene):
    meeting = held_meeting(scene, "styringsgruppemoete_fysisk", days_ago=9)
    duty = Obligation.objects.get(meeting=meeting, rule__key="styringsgruppe_referat")
    leaves(scene.eier)
    make_role("eier", scene.deltakelse.owner, valid_from=START)

    assert (duty.due, extended(scene, duty)) == (date(2026, 11, 23), LONGER)


def test_the_reminder_of_the_old_day_is_stopped(scene, duty):
    leaves(scene.leder, MEETING)
    takes_over(scene, date(2026, 11, 18))
    scan(now=datetime(2026, 11, 20, 9, tzinfo=UTC))
    extended(scene, duty)
    cancel_settled_reminders(now=NOW)

    first = Notice.objects.get(kind="referat")
    moved = "Fristen er flyttet til onsdag 25. november"
    assert (first.status, first.why) == ("cancelled", moved)


def test_the_nightly_job_does_it(scene, duty):
    leaves(scene.leder)
    takes_over(scene)
    sync_obligations()

    duty.refresh_from_db()
    assert duty.due == LONGER


def test_it_asks_as_much_for_one_as_for_many(scene, duty):
    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            extend_for_successors(pulje=scene.pulje, now=NOW)
        return len(asked)

    one = questions()
    for days in (4, 5, 6):
        held_meeting(scene, days_ago=days)
    assert questions() == one <= 12
