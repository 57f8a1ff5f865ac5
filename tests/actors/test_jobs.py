"""Jobs of the schedule: each leaves a trace, and the engine is silent when the traces are old."""

from datetime import timedelta

import pytest

from actors.actions.jobs import begin_job, end_job, fail_job, mark_alive
from actors.actions.pause import start_pause
from actors.models import Job
from actors.queries.jobs import EngineState, engine_state
from actors.tasks import job
from tests.factories.mail import MailFactory
from tests.factories.notices import make_notice
from tests.factories.people import NOW, acting_as, make_role

pytestmark = pytest.mark.django_db

LONG_AGO = NOW - timedelta(hours=2)
QUARTER = timedelta(minutes=15)


def run_well(*names, at=NOW):
    for name in names:
        end_job(name=name, seconds=0.1, made=0, now=at)


def test_a_job_that_went_well_tells_how_many_it_made():
    run = job("reminders")(lambda number: number)

    assert [run(3), run(4)] == [3, 4]

    row = Job.objects.get()
    assert (row.name, row.made, row.error, row.failed_at) == ("reminders", 4, "", None)
    assert NOW <= row.started_at <= row.ok_at <= NOW + timedelta(minutes=1)
    assert 0 <= row.seconds < 60


def test_a_job_that_fails_tells_where_and_not_what_and_raises():
    run_well("reminders", at=LONG_AGO)

    @job("reminders")
    def fail():
        raise ValueError("Ola Nordmann")

    with pytest.raises(ValueError, match="Ola Nordmann"):
        fail()

    row = Job.objects.get()
    assert (row.ok_at, row.failed_at >= NOW) == (LONG_AGO, True)
    assert row.error.startswith("ValueError, tests/actors/test_jobs.py:")


def test_a_job_that_goes_well_again_has_no_error():
    run = job("deliver")
    with pytest.raises(KeyError):
        run({}.__getitem__)("x")

    run(lambda: None)()

    row = Job.objects.get()
    assert (row.error, row.made, row.failed_at is not None) == ("", 0, True)


def test_a_job_that_was_killed_has_begun_and_not_ended():
    run_well("reminders", at=LONG_AGO)
    begin_job(name="reminders", now=NOW)

    row = Job.objects.get()
    assert (row.started_at, row.ok_at) == (NOW, LONG_AGO)


def test_an_engine_that_never_ran_is_not_silent():
    assert engine_state(NOW) == EngineState(NOW)


def test_a_job_that_has_only_failed_is_silent():
    run_well("deliver")
    fail_job(name="reminders", seconds=1, error=KeyError(), now=NOW - timedelta(minutes=1))

    assert engine_state(NOW).silent_since == NOW - timedelta(minutes=1)


def test_the_worker_of_mail_that_was_never_started_is_silent_when_something_waits():
    run_well("reminders")
    assert engine_state(NOW).silent_since is None
    notice = make_notice(not_before=LONG_AGO)

    assert engine_state(NOW).silent_since == LONG_AGO
    notice.delete()
    assert engine_state(NOW).silent_since is None


@pytest.mark.parametrize(
    ("age", "silent"),
    [(timedelta(0), False), (QUARTER, False), (QUARTER + timedelta(seconds=1), True)],
)
def test_the_engine_is_silent_when_one_of_its_jobs_is(age, silent):
    run_well("reminders")
    run_well("deliver", at=NOW - age)
    mark_alive(name="beat", now=LONG_AGO)

    assert engine_state(NOW).silent_since == (NOW - age if silent else None)


def test_the_engine_tells_what_is_paused_and_how_many_wait():
    udir = acting_as(make_role("udir"))
    make_notice()
    make_notice(category="decision")
    values = {"reason": "Feil dato", "until": None, "by": udir, "now": NOW}
    first = start_pause(scope="reminders", **values)
    second = start_pause(scope="everything", **values)

    found = engine_state(NOW).pauses

    assert [(each.pause, each.waiting) for each in found] == [(first, 1), (second, 2)]


def test_the_state_is_one_question(django_assert_num_queries):
    run_well("reminders", "deliver", at=LONG_AGO)

    with django_assert_num_queries(1):
        assert engine_state(NOW).silent_since == LONG_AGO


def test_what_waits_is_mails_and_notices_that_may_go():
    MailFactory(created_at=LONG_AGO)
    MailFactory(status="sent", created_at=LONG_AGO - QUARTER)
    make_notice()
    make_notice(not_before=NOW + QUARTER)

    state = engine_state(NOW)

    assert (state.depth, state.oldest_unsent) == (2, LONG_AGO)


def test_an_empty_outbox_has_no_oldest():
    assert (engine_state(NOW).depth, engine_state(NOW).oldest_unsent) == (0, None)
