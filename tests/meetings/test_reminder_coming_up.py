"""A meeting that is coming up: told to everybody invited, and to nobody who is not coming."""

from datetime import UTC, date, datetime, timedelta

import pytest

from actors.models import Notice
from meetings.actions.meeting_change import cancel_meeting, change_meeting
from meetings.actions.reminder import cancel_settled_reminders, due_now, forecast, scan
from meetings.models import Attendance
from tests.factories.meetings import make_meeting
from tests.factories.people import make_role

pytestmark = pytest.mark.django_db

KIND = "moete_kommer"
# The meeting is on Thursday 3 December: three working days before is Monday.
DAY = date(2026, 12, 3)
MONDAY = datetime(2026, 11, 30, 7, tzinfo=UTC)


@pytest.fixture
def meeting(scene):
    meeting = make_meeting(scene, "veiledning_1", day=DAY)
    Notice.objects.all().delete()  # the invitation's own
    return meeting


def told() -> dict:
    return {n.recipient: n for n in Notice.objects.filter(kind=KIND)}


def test_everybody_invited_is_told_ppt_too(scene, meeting):
    scan(now=MONDAY)

    invited = {each.user for each in meeting.attendances.filter(user__isnull=False)}
    assert set(told()) == invited
    assert {scene.leder.user, scene.ppt.user, scene.arbeidsgruppe.user} <= invited
    notice = told()[scene.ppt.user]
    assert notice.title == f"{meeting.title}: torsdag 3. desember kl. 09.00"
    assert notice.url == f"/moeter/{meeting.pk}/?rolle={scene.ppt.pk}"
    assert (notice.due, notice.occasion) == (None, "remind-3@2026-12-03")
    assert (notice.unit, notice.role) == (scene.skole.unit, scene.ppt)


def test_it_is_told_once(meeting):
    scan(now=MONDAY)
    first = Notice.objects.filter(kind=KIND).count()

    scan(now=MONDAY + timedelta(days=1))

    assert Notice.objects.filter(kind=KIND).count() == first


def test_who_has_said_no_is_not_told_and_what_waits_is_stopped(scene, meeting):
    Attendance.objects.filter(user=scene.leder.user).update(response="no")
    scan(now=MONDAY)
    assert scene.leder.user not in told()

    Attendance.objects.filter(user=scene.ppt.user).update(response="no")
    cancel_settled_reminders(now=MONDAY)

    assert told()[scene.ppt.user].outcome == "Mottakeren kommer ikke"


def test_a_person_without_the_office_any_longer_is_not_told(scene, meeting):
    scene.leder.valid_to = date(2026, 11, 29)
    scene.leder.save()

    scan(now=MONDAY)

    assert scene.leder.user not in told()


def test_who_has_a_closed_account_is_not_told(scene, meeting):
    scene.ppt.user.is_active = False
    scene.ppt.user.save()

    scan(now=MONDAY)

    assert (scene.ppt.user in told(), scene.leder.user in told()) == (False, True)


def test_a_moved_meeting_is_told_of_anew(scene, meeting):
    scan(now=MONDAY)
    change_meeting(
        meeting=meeting,
        edit_version=meeting.edit_version,
        start=meeting.start + timedelta(days=7),
        end=meeting.end + timedelta(days=7),
        by=scene.by("veileder"),
        now=MONDAY,
    )
    assert {n.status for n in told().values()} == {"cancelled"}

    scan(now=MONDAY + timedelta(days=7))

    mine = Notice.objects.filter(kind=KIND, recipient=scene.ppt.user).order_by("pk")
    assert [(n.occasion, n.status) for n in mine] == [
        ("remind-3@2026-12-03", "cancelled"),
        ("remind-3@2026-12-10", "queued"),
    ]


def test_what_waits_says_the_hour_that_the_meeting_begins_now(scene, meeting):
    scan(now=MONDAY)
    change_meeting(
        meeting=meeting,
        edit_version=meeting.edit_version,
        start=meeting.start + timedelta(hours=2),
        end=meeting.end + timedelta(hours=2),
        by=scene.by("veileder"),
        now=MONDAY,
    )
    assert told()[scene.ppt.user].status == "cancelled"

    scan(now=MONDAY)

    again = told()[scene.ppt.user]
    title = f"{meeting.title}: torsdag 3. desember kl. 11.00"
    assert (again.status, again.outcome, again.title) == ("queued", "", title)


def test_a_cancelled_meeting_is_not_coming_up(scene, meeting):
    cancel_meeting(meeting=meeting, reason="Streik", by=scene.by("veileder"), now=MONDAY)

    scan(now=MONDAY)

    assert told() == {}


def test_nobody_is_told_the_day_after(meeting):
    scan(now=datetime(2026, 12, 4, 7, tzinfo=UTC))

    assert told() == {}


def test_what_waits_is_stopped_when_the_meeting_has_been(meeting):
    scan(now=MONDAY)

    cancel_settled_reminders(now=datetime(2026, 12, 4, 7, tzinfo=UTC))

    assert {n.outcome for n in told().values()} == {"Møtet har vært"}


def test_what_waits_is_stopped_when_the_pulje_closes(scene, meeting):
    scan(now=MONDAY)
    scene.pulje.status = "closed"
    scene.pulje.save()

    cancel_settled_reminders(now=MONDAY)

    assert {(n.status, n.outcome) for n in told().values()} == {
        ("cancelled", "Det gjelder ikke lenger")
    }


def test_a_national_fagdag_is_told_to_all_of_the_pulje(scene):
    fagdag = make_meeting(scene, "nasjonal_fagdag", day=DAY, by=scene.by("udir"))
    Notice.objects.all().delete()

    scan(now=MONDAY)

    assert set(told()) == {each.user for each in fagdag.attendances.filter(user__isnull=False)}
    assert scene.eier.user in told()


def test_the_forecast_tells_each_office(scene, meeting):
    coming = [each for each in forecast(today=date(2026, 11, 20)) if each.rule.key == KIND]

    assert {(each.day, each.about) for each in coming} == {(MONDAY.date(), meeting)}
    offices = {each.office: each.roles for each in coming}
    assert offices["ppt"] == [scene.ppt]
    assert offices["leder"] == [scene.leder]
    assert len(coming) == len(offices)


def test_a_dry_run_writes_nothing(scene, meeting):
    make_role("udir")

    coming = [each for each in due_now(now=MONDAY) if each.rule.key == KIND]

    assert {role.user for each in coming for role in each.roles} == {
        each.user for each in meeting.attendances.filter(user__isnull=False)
    }
    assert told() == {}
