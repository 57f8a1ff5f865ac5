"""Meetings made from the national calendar of a pulje."""

from datetime import date

import pytest

from cohorts.actions.pulje import close_pulje
from cohorts.rules.errors import PuljeClosed
from meetings.actions.meeting_change import cancel_meeting, change_meeting
from meetings.actions.national import create_national_meetings
from meetings.models import Meeting
from tests.factories.cohorts import make_pulje
from tests.factories.meetings import NOW, make_scene, oslo
from tests.factories.people import acting_as, make_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def udir():
    return acting_as(make_role("udir"))


def test_create_national_meetings_makes_one_of_each_event(udir):
    pulje = make_pulje()

    create_national_meetings(pulje=pulje, by=udir, now=NOW)

    rows = Meeting.objects.order_by("start")
    assert [(m.title, m.day, m.semester.number, m.form) for m in rows] == [
        ("Oppstartssamling", date(2025, 4, 24), 0, "physical"),
        ("Første nasjonale fagdager", date(2025, 9, 23), 1, "physical"),
        ("Andre nasjonale fagdager", date(2026, 1, 28), 2, "digital"),
        ("Tredje nasjonale fagdager", date(2026, 9, 16), 3, "digital"),
        ("Fjerde nasjonale fagdager", date(2027, 1, 27), 4, "digital"),
    ]
    assert rows[4].end == oslo(date(2027, 1, 28), "15.30")


def test_create_national_meetings_again_makes_nothing_twice(udir):
    pulje = make_pulje()
    made = create_national_meetings(pulje=pulje, by=udir, now=NOW)
    change_meeting(
        meeting=made[4],
        edit_version=1,
        title="Siste fagdager",
        start=oslo(date(2027, 2, 3), "09.00"),
        end=oslo(date(2027, 2, 4), "15.30"),
        by=udir,
        now=NOW,
    )
    cancel_meeting(meeting=made[3], reason="Streik", by=udir, now=NOW)

    assert create_national_meetings(pulje=pulje, by=udir, now=NOW) == []
    assert Meeting.objects.count() == 5


def test_create_national_meetings_invites_the_offices_of_all_participants():
    scene = make_scene()

    meetings = create_national_meetings(pulje=scene.pulje, by=scene.by("udir"), now=NOW)

    actors = sorted(meetings[4].attendances.values_list("actor", flat=True))
    assert actors == [
        "arbeidsgruppe",
        "eier",
        "leder",
        "leder",
        "ppt",
        "statsforvalter",
        "veileder",
        "veileder",
    ]


def test_create_national_meetings_in_a_closed_pulje_is_refused(udir):
    pulje = make_pulje()
    close_pulje(pulje=pulje, by=udir, now=NOW)

    with pytest.raises(PuljeClosed):
        create_national_meetings(pulje=pulje, by=udir, now=NOW)
