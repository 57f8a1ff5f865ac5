"""Answers to an invitation, and who came."""

from datetime import date

import pytest

from actors.models import Event
from cohorts.actions.pulje import close_pulje
from cohorts.rules.errors import NotPossible, PuljeClosed
from meetings.actions.attendance import GUEST, Entry, record_attendance, respond_to_invitation
from meetings.actions.meeting_change import cancel_meeting
from meetings.models import Obligation
from tests.factories.meetings import NOW, make_meeting

pytestmark = pytest.mark.django_db

LONG_AGO = date(2026, 9, 8)


def test_respond_to_invitation_stores_the_answer_and_when(scene):
    attendance = make_meeting(scene).attendances.get(user=scene.leder.user)

    respond_to_invitation(attendance=attendance, response="no", by=scene.by("leder"), now=NOW)

    attendance.refresh_from_db()
    assert (attendance.response, attendance.responded_at) == ("no", NOW)


def test_respond_to_invitation_may_be_changed(scene):
    attendance = make_meeting(scene).attendances.get(user=scene.leder.user)

    for answer in ("no", "yes"):
        respond_to_invitation(attendance=attendance, response=answer, by=scene.by("leder"), now=NOW)

    attendance.refresh_from_db()
    assert attendance.response == "yes"


def test_respond_to_invitation_for_somebody_else_is_refused(scene):
    attendance = make_meeting(scene).attendances.get(user=scene.leder.user)

    with pytest.raises(NotPossible, match="deg selv"):
        respond_to_invitation(
            attendance=attendance, response="yes", by=scene.by("veileder"), now=NOW
        )


def test_respond_to_invitation_with_nonsense_is_refused(scene):
    attendance = make_meeting(scene).attendances.get(user=scene.leder.user)

    with pytest.raises(NotPossible, match="Svar om"):
        respond_to_invitation(attendance=attendance, response="x", by=scene.by("leder"), now=NOW)


def test_respond_to_invitation_after_the_meeting_is_refused(scene):
    attendance = make_meeting(scene, day=LONG_AGO).attendances.get(user=scene.leder.user)

    with pytest.raises(NotPossible, match="over"):
        respond_to_invitation(attendance=attendance, response="yes", by=scene.by("leder"), now=NOW)


def test_respond_to_invitation_of_a_cancelled_meeting_is_refused(scene):
    meeting = make_meeting(scene)
    cancel_meeting(meeting=meeting, reason="Streik", by=scene.by("veileder"), now=NOW)
    attendance = meeting.attendances.get(user=scene.leder.user)

    with pytest.raises(NotPossible, match="avlyst"):
        respond_to_invitation(attendance=attendance, response="yes", by=scene.by("leder"), now=NOW)


def test_respond_to_invitation_to_the_national_days_meets_the_duty_to_answer(scene):
    meeting = make_meeting(scene, "nasjonal_fagdag", day=date(2027, 1, 27), semester=4)
    owed = Obligation.objects.get(meeting=meeting, rule__key="paamelding_fagdag")
    attendance = meeting.attendances.get(user=scene.eier.user)

    respond_to_invitation(attendance=attendance, response="yes", by=scene.by("eier"), now=NOW)

    assert owed.met_at is None
    owed.refresh_from_db()
    assert owed.met_at == NOW


def test_record_attendance_long_after_the_meeting(scene):
    meeting = make_meeting(scene, day=LONG_AGO)
    leder, eier = (meeting.attendances.get(user=role.user) for role in (scene.leder, scene.eier))

    rows = record_attendance(
        meeting=meeting,
        entries=[Entry(leder, "present", "digital"), Entry(eier, "excused", "physical")],
        by=scene.by("leder"),
        now=NOW,
    )

    came = {row.user_id: (row.presence, row.mode) for row in rows}
    assert came[scene.leder.user_id] == ("present", "digital")
    assert came[scene.eier.user_id] == ("excused", "")
    assert came[scene.ppt.user_id] == ("unknown", "")
    assert Event.objects.get(verb="record_attendance").data == {"present": 1}


def test_record_attendance_makes_the_guests_what_is_written(scene):
    meeting = make_meeting(scene, day=LONG_AGO)

    for names in (["Per Helse", " Per Helse ", ""], ["Per Helse", "Anne Gjest"], ["Anne Gjest"]):
        record_attendance(meeting=meeting, entries=[], guests=names, by=scene.by("leder"), now=NOW)

    guests = meeting.attendances.filter(actor=GUEST)
    assert [(row.name, row.presence) for row in guests] == [("Anne Gjest", "present")]


def test_record_attendance_without_guests_leaves_them(scene):
    meeting = make_meeting(scene, day=LONG_AGO)
    by = scene.by("leder")
    record_attendance(meeting=meeting, entries=[], guests=["Anne Gjest"], by=by, now=NOW)

    record_attendance(meeting=meeting, entries=[], by=by, now=NOW)

    assert meeting.attendances.filter(actor=GUEST).count() == 1


def test_the_same_people_again_are_not_recorded_again(scene):
    meeting = make_meeting(scene, day=LONG_AGO)
    recorded = Event.objects.filter(verb="record_attendance")

    def record(presence, guests=("Ola Helse",)):
        entries = [Entry(row, presence, "") for row in meeting.attendances.exclude(actor=GUEST)]
        record_attendance(
            meeting=meeting, entries=entries, guests=guests, by=scene.by("leder"), now=NOW
        )
        return recorded.count()

    assert [record("present"), record("present")] == [1, 1]
    assert [record("absent"), record("absent", guests=())] == [2, 3]


def test_record_attendance_before_the_meeting_is_refused(scene):
    with pytest.raises(NotPossible, match="ikke begynt"):
        record_attendance(meeting=make_meeting(scene), entries=[], by=scene.by("leder"), now=NOW)


def test_record_attendance_of_another_meeting_is_refused(scene):
    meeting, other = make_meeting(scene, day=LONG_AGO), make_meeting(scene)

    with pytest.raises(NotPossible, match="ikke invitert"):
        record_attendance(
            meeting=meeting,
            entries=[Entry(other.attendances.first(), "present")],
            by=scene.by("leder"),
            now=NOW,
        )


def test_record_attendance_in_a_closed_pulje_is_refused(scene):
    meeting = make_meeting(scene, day=LONG_AGO)
    close_pulje(pulje=meeting.pulje, by=scene.by("udir"), now=NOW)

    with pytest.raises(PuljeClosed):
        record_attendance(meeting=meeting, entries=[], by=scene.by("leder"), now=NOW)
