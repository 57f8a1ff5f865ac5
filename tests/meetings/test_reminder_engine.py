"""The reminder engine: the due day, two offices, two workers, pages, and a dry run."""

from datetime import UTC, date, datetime, timedelta

import pytest

from actors.models import Notice
from cohorts.models import DeadlineRule
from meetings.actions.reminder import due_now, duties, scan
from meetings.actions.reminder.plan import pages_to_write
from meetings.actions.reminder.scan import _write
from meetings.models import Obligation
from tests.factories.cohorts import make_pulje
from tests.factories.meetings import make_meeting, make_scene
from tests.factories.people import make_role
from tests.factories.reminders import KIND, at, called_meeting, steps, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(scene):
    return called_meeting(scene)


def test_offset_0_goes_out_on_the_due_day_and_not_before(scene, meeting):
    steps(0)
    scan(now=at(25))
    assert told() == []

    scan(now=at(26))

    assert told() == [(scene.leder.user, "remind+0", "queued")]


def test_due_on_17_may_is_reminded_of_on_the_working_day_after(scene, meeting):
    steps(0)
    Obligation.objects.filter(rule__key=KIND).update(due=date(2027, 5, 17))
    assert scan(now=datetime(2027, 5, 17, 7, tzinfo=UTC)) == 0

    scan(now=datetime(2027, 5, 18, 7, tzinfo=UTC))

    assert told() == [(scene.leder.user, "remind+0", "queued")]


def test_a_leader_who_is_also_the_owner_is_told_once(scene, meeting):
    steps(3, escalate=[(3, "eier")])
    both = make_role("eier", scene.deltakelse.owner, user=scene.leder.user)

    scan(now=at(1, 12))
    scan(now=at(1, 12) + timedelta(minutes=5))

    assert [row for row in told() if row[0] == both.user] == [
        (scene.leder.user, "remind+3", "queued")
    ]
    assert Notice.objects.get(kind=KIND, recipient=both.user).role == scene.leder
    assert (scene.eier.user, "to-eier+3", "queued") in told()


def test_two_rules_with_the_same_text_are_two_reminders(scene, meeting):
    """They are two things to do, in two puljer: one text does not make them one."""
    other = make_scene(make_pulje(10))
    words = DeadlineRule.objects.filter(key=KIND).values("subject_bm", "text_bm").distinct()
    second = make_meeting(other, "veiledning_1", now=at(2))
    assert (second.pulje_id != meeting.pulje_id, words.count()) == (True, 1)

    scan(now=at(19))

    assert told() == [
        (scene.leder.user, "remind-5", "queued"),
        (other.leder.user, "remind-5", "queued"),
    ]


def test_two_workers_with_the_same_page_write_it_once(scene, meeting):
    (first,) = [page for source, page in pages_to_write(at(19)) if page]
    (second,) = [page for source, page in pages_to_write(at(19)) if page]
    source = next(source for source, page in pages_to_write(at(19)) if page)

    _write(source, first, at(19))
    _write(source, second, at(19))

    assert told() == [(scene.leder.user, "remind-5", "queued")]


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        # The clock goes back on Sunday 25 October: Monday begins at 23.00 UTC.
        (datetime(2026, 10, 25, 22, 30, tzinfo=UTC), 0),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), 1),
        # And forward on Sunday 26 March: Monday begins at 22.00 UTC.
        (datetime(2028, 3, 26, 21, 30, tzinfo=UTC), 0),
        (datetime(2028, 3, 26, 22, 30, tzinfo=UTC), 1),
    ],
)
def test_the_day_is_the_local_one_when_the_clock_changes(scene, meeting, moment, sent):
    steps(0)
    due = (moment + timedelta(hours=12)).date()
    Obligation.objects.filter(rule__key=KIND).update(due=due)

    scan(now=moment)

    assert len(told()) == sent


def test_a_page_never_ends_between_two_offices_of_one_duty(scene, meeting):
    """Whoever owes it in both would be told by each page."""
    make_meeting(scene, "veiledning_2", units=(scene.barnehage,), now=at(2))
    Notice.objects.all().delete()
    make_role("eier", scene.deltakelse.owner, user=scene.leder.user)
    twin = Obligation.objects.get(rule__key=KIND, meeting=meeting)
    twin.pk, twin.key, twin.office = None, f"{twin.key}/eier", "eier"
    twin.save()

    scan(now=at(19), size=1)

    assert [row[1:] for row in told() if row[0] == scene.leder.user] == [("remind-5", "queued")]


def test_a_reminder_that_cannot_be_written_stops_only_itself(scene, meeting, monkeypatch):
    """The others are written; then it is told, so that the job has failed and the band says so."""
    other = make_meeting(scene, "veiledning_2", units=(scene.barnehage,), now=at(2))
    write = duties.notice_text

    def fails(owed, **values):
        if owed.meeting_id == meeting.pk:
            raise KeyError("frist")
        return write(owed, **values)

    monkeypatch.setattr(duties, "notice_text", fails)
    with pytest.raises(KeyError):
        scan(now=at(19))

    about = Notice.objects.filter(kind=KIND).values_list("subject", flat=True)
    owed = Obligation.objects.filter(rule__key=KIND, meeting=other)
    assert list(about) == [f"obligation:{each.pk}" for each in owed]


def test_a_page_of_one_finds_the_same(scene, meeting):
    for unit in (scene.skole, scene.barnehage):
        make_meeting(scene, "veiledning_2", units=(unit,), now=at(2))

    Notice.objects.all().delete()

    assert scan(now=at(19), size=1) == 3
    assert scan(now=at(19)) == 0


def test_a_dry_run_tells_what_a_scan_would_write_and_writes_nothing(scene, meeting):
    (one,) = due_now(now=at(19))

    assert (one.day, one.rule.key, one.step.offset) == (date(2026, 11, 19), KIND, -5)
    assert (one.about, one.roles) == (Obligation.objects.get(rule__key=KIND), [scene.leder])
    assert told() == []
    scan(now=at(19))
    assert due_now(now=at(19)) == []
