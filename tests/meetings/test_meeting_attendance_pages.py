"""Answering an invitation, and noting who was there, on the pages of a meeting."""

from datetime import date

import pytest

from tests.factories.meetings import make_meeting
from tests.factories.pages import page as url
from tests.factories.pages import text_of
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
HELD = date(2026, 11, 10)


def test_answer_an_invitation_on_the_page(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.leder)

    response = client.post(url("meeting_respond", meeting), {"svar": "ja"}, follow=True)

    assert "Du har svart ja." in text_of(response)
    assert meeting.attendances.get(user=scene.leder.user).response == "yes"


def test_answer_without_being_invited_is_refused_with_a_reason(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.udir)

    response = client.post(url("meeting_respond", meeting), {"svar": "ja"})

    assert (response.status_code, "Du er ikke invitert" in text_of(response)) == (403, True)


def test_attendance_is_filled_in_from_the_answers(client, scene):
    meeting = make_meeting(scene, day=HELD)
    meeting.attendances.filter(user=scene.leder.user).update(response="yes")
    meeting.attendances.filter(user=scene.eier.user).update(response="no")
    sign_in(client, scene.leder)

    form = client.get(url("attendance_edit", meeting)).context["attendance"]

    first = {row.attendance.user_id: row.initial["presence"] for row in form.people}
    assert first[scene.leder.user_id] == "present"
    assert first[scene.eier.user_id] == "excused"
    assert first[scene.ppt.user_id] == "unknown"


def test_attendance_is_saved_with_guests(client, scene):
    meeting = make_meeting(scene, day=HELD)
    sign_in(client, scene.leder)
    rows = {f"person-{row.pk}-presence": "present" for row in meeting.attendances.all()}

    response = client.post(url("attendance_edit", meeting), rows | {"guests": "Anne Gjest"})

    assert response.url == url("meeting_detail", meeting)
    assert meeting.attendances.filter(presence="present").count() == 7


def test_attendance_refuses_a_national_id_and_does_not_repeat_it_in_the_summary(client, scene):
    meeting = make_meeting(scene, day=HELD)
    sign_in(client, scene.leder)
    rows = {f"person-{row.pk}-presence": "unknown" for row in meeting.attendances.all()}

    response = client.post(url("attendance_edit", meeting), rows | {"guests": "Per 13097248022"})

    assert "Fjern fødselsnummeret fra «Andre som var der»." in text_of(response)
    assert meeting.attendances.count() == 6


def test_attendance_before_the_meeting_is_refused_with_a_reason(client, scene):
    sign_in(client, scene.leder)

    response = client.get(url("attendance_edit", make_meeting(scene)))

    assert (response.status_code, "ikke begynt" in text_of(response)) == (403, True)
