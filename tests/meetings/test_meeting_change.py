"""Changing and cancelling a meeting."""

from datetime import date

import pytest

from actors.models import Event, Notice
from cohorts.rules.errors import NotPossible, StaleEdit
from meetings.actions.attendance import respond_to_invitation
from meetings.actions.meeting_change import cancel_meeting, change_meeting
from meetings.models import Obligation
from tests.factories.meetings import NOW, make_meeting, oslo

pytestmark = pytest.mark.django_db
THIRD_OF_DECEMBER = date(2026, 12, 3)


def test_change_meeting_to_another_day_asks_everybody_anew(scene):
    meeting = make_meeting(scene, day=date(2026, 12, 2))
    answer = meeting.attendances.get(user=scene.leder.user)
    respond_to_invitation(attendance=answer, response="yes", by=scene.by("leder"), now=NOW)

    moved = change_meeting(
        meeting=meeting,
        edit_version=1,
        start=oslo(THIRD_OF_DECEMBER, "09.00"),
        end=oslo(THIRD_OF_DECEMBER, "11.30"),
        by=scene.by("veileder"),
        now=NOW,
    )

    assert (moved.status, moved.moved_from, moved.edit_version) == ("moved", meeting.start, 2)
    assert set(moved.attendances.values_list("response", flat=True)) == {"none"}
    notice = Notice.objects.get(recipient=scene.leder.user, kind="meeting_moved")
    assert notice.body == (
        "Fra onsdag 2. desember kl. 09.00 til torsdag 3. desember kl. 09.00. "
        "Svar på nytt om du kommer."
    )
    invitation = Notice.objects.get(recipient=scene.leder.user, kind="meeting_invitation")
    assert (invitation.status, invitation.outcome) == ("cancelled", "Møtet er flyttet")


def test_change_meeting_to_another_day_moves_what_is_owed(scene):
    meeting = make_meeting(scene, day=date(2026, 12, 2))

    change_meeting(
        meeting=meeting,
        edit_version=1,
        start=oslo(date(2026, 12, 10), "09.00"),
        end=oslo(date(2026, 12, 10), "11.30"),
        by=scene.by("veileder"),
        now=NOW,
    )

    rows = Obligation.objects.filter(meeting=meeting).values_list("rule__key", "due", "void_at")
    assert sorted(rows) == [
        ("referat", date(2026, 12, 17), None),
        ("veiledningsgrunnlag", date(2026, 12, 3), None),
    ]


def test_change_meeting_over_new_year_keeps_the_semester(scene):
    meeting = make_meeting(scene, day=date(2026, 12, 18))

    moved = change_meeting(
        meeting=meeting,
        edit_version=1,
        start=oslo(date(2027, 1, 8), "09.00"),
        end=oslo(date(2027, 1, 8), "11.30"),
        by=scene.by("veileder"),
        now=NOW,
    )

    assert (moved.day, moved.semester.number) == (date(2027, 1, 8), 3)


def test_change_meeting_of_the_place_only_does_not_ask_anew(scene):
    meeting = make_meeting(scene)
    answer = meeting.attendances.get(user=scene.leder.user)
    respond_to_invitation(attendance=answer, response="yes", by=scene.by("leder"), now=NOW)

    changed = change_meeting(
        meeting=meeting, edit_version=1, place="Biblioteket", by=scene.by("veileder"), now=NOW
    )

    answer.refresh_from_db()
    assert (changed.status, changed.place, answer.response) == ("planned", "Biblioteket", "yes")
    assert Notice.objects.filter(kind="meeting_moved").count() == 0


def test_change_meeting_without_a_change_saves_nothing(scene):
    meeting = make_meeting(scene)

    same = change_meeting(
        meeting=meeting, edit_version=1, title=meeting.title, by=scene.by("veileder"), now=NOW
    )

    assert same.edit_version == 1


def test_change_meeting_that_somebody_else_has_changed_shows_the_stored_one(scene):
    meeting = make_meeting(scene)
    change_meeting(
        meeting=meeting, edit_version=1, place="Biblioteket", by=scene.by("veileder"), now=NOW
    )

    with pytest.raises(StaleEdit) as stale:
        change_meeting(
            meeting=meeting, edit_version=1, place="Kantina", by=scene.by("koordinator"), now=NOW
        )

    assert stale.value.current.place == "Biblioteket"
    meeting.refresh_from_db()
    assert (meeting.place, meeting.edit_version) == ("Biblioteket", 2)


def test_change_meeting_may_make_a_physical_one_digital(scene):
    meeting = make_meeting(scene)

    changed = change_meeting(
        meeting=meeting,
        edit_version=1,
        form="digital",
        link="https://moete.example/1",
        by=scene.by("veileder"),
        now=NOW,
    )

    assert (changed.form, changed.activity.form) == ("digital", "physical")


def test_cancel_meeting_keeps_the_reason_and_voids_what_is_owed(scene):
    meeting = make_meeting(scene)

    cancelled = cancel_meeting(meeting=meeting, reason="Snøstorm", by=scene.by("veileder"), now=NOW)

    assert (cancelled.status, cancelled.status_reason) == ("cancelled", "Snøstorm")
    assert Obligation.objects.filter(meeting=meeting, void_at=None).count() == 0
    notice = Notice.objects.get(recipient=scene.leder.user, kind="meeting_cancelled")
    assert notice.body == "Torsdag 3. desember kl. 09.00 er avlyst. Grunnen står i portalen."


def test_cancel_meeting_twice_changes_nothing(scene):
    meeting = make_meeting(scene)
    cancel_meeting(meeting=meeting, reason="Snøstorm", by=scene.by("veileder"), now=NOW)

    again = cancel_meeting(meeting=meeting, reason="Streik", by=scene.by("veileder"), now=NOW)

    assert again.status_reason == "Snøstorm"
    assert Event.objects.filter(verb="cancel_meeting").count() == 1


def test_cancel_meeting_needs_a_reason(scene):
    meeting = make_meeting(scene)

    with pytest.raises(NotPossible, match="hvorfor"):
        cancel_meeting(meeting=meeting, reason=" ", by=scene.by("veileder"), now=NOW)


def test_change_meeting_that_is_cancelled_is_refused(scene):
    meeting = make_meeting(scene)
    cancel_meeting(meeting=meeting, reason="Snøstorm", by=scene.by("veileder"), now=NOW)

    with pytest.raises(NotPossible, match="avlyst"):
        change_meeting(
            meeting=meeting, edit_version=2, place="Kantina", by=scene.by("veileder"), now=NOW
        )


def test_meeting_over_the_change_of_clocks_keeps_its_length(scene):
    """The clock goes back at 03.00 on 25 October 2026: 01.00 to 04.00 lasts four hours."""
    sunday = date(2026, 10, 25)

    meeting = make_meeting(scene, "arbeidsgruppemoete", day=sunday, clock="01.00", minutes=240)

    meeting.refresh_from_db()
    assert meeting.end == oslo(sunday, "04.00")
    assert meeting.minutes == 240
