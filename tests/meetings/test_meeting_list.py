"""The list of meetings. The day is 20 November 2026."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from meetings.actions.attendance import respond_to_invitation
from meetings.actions.meeting_change import cancel_meeting
from tests.factories.cohorts import make_pulje
from tests.factories.meetings import NOW, TODAY, make_meeting, make_scene
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db

URL = reverse("meetings:meeting_list")


def titles(response) -> list[str]:
    return [meeting.title for meeting in response.context["page"]]


def listed(client, role, query="") -> list[str]:
    sign_in(client, role)
    return titles(client.get(f"{URL}?{query}"))


def test_list_shows_what_comes_the_next_first(client, scene):
    later = make_meeting(scene, day=date(2026, 12, 9))
    sooner = make_meeting(scene, "digital_veiledning", day=date(2026, 11, 25))
    make_meeting(scene, "veiledning_1", day=date(2026, 11, 3))

    assert listed(client, scene.leder) == [sooner.title, later.title]


def test_list_shows_what_has_been_the_latest_first(client, scene):
    first = make_meeting(scene, "veiledning_1", day=date(2026, 9, 3))
    second = make_meeting(scene, "digital_veiledning", day=date(2026, 11, 3))
    make_meeting(scene)

    assert listed(client, scene.leder, "vis=tidligere") == [second.title, first.title]


def test_list_counts_a_meeting_that_is_going_on_as_coming(client, scene):
    now = make_meeting(scene, day=TODAY, clock="09.00", minutes=90)

    assert listed(client, scene.leder) == [now.title]


def test_list_heading_says_how_many(client, scene):
    make_meeting(scene)
    make_meeting(scene, "digital_veiledning")
    sign_in(client, scene.leder)

    assert client.get(URL).context["heading"] == "To møter framover"


def test_list_of_each_role(client, scene):
    unit = make_meeting(scene, "veiledning_2", day=date(2026, 12, 1)).title
    barnehage = make_meeting(scene, "veiledning_1", units=[scene.barnehage]).title
    owner = make_meeting(scene, "eiermoete", day=date(2026, 12, 5)).title
    make_meeting(make_scene(make_pulje(10)))

    assert listed(client, scene.leder) == [unit, owner]
    assert listed(client, scene.styrer) == [barnehage, owner]
    assert listed(client, scene.arbeidsgruppe) == [unit]
    assert listed(client, scene.ppt) == [unit, owner]
    assert listed(client, scene.veileder) == [unit, barnehage, owner]
    assert len(listed(client, scene.udir)) == 4


@pytest.mark.parametrize("name", ["enhet", "slag", "semester"])
def test_list_filters_are_part_of_the_address(client, scene, name):
    kept = make_meeting(scene)
    next_semester = {"day": date(2027, 2, 3), "semester": 4}
    make_meeting(scene, "digital_veiledning", units=[scene.barnehage], **next_semester)
    values = {"enhet": scene.skole.pk, "slag": kept.kind, "semester": kept.semester_id}

    assert listed(client, scene.veileder, f"{name}={values[name]}") == [kept.title]


def test_list_passes_over_a_filter_that_means_nothing(client, scene):
    meeting = make_meeting(scene)

    assert listed(client, scene.leder, "enhet=99999&slag=tull&side=x") == [meeting.title]


def test_list_marks_what_needs_an_answer_and_what_is_cancelled(client, scene):
    answered, waiting, cancelled = (
        make_meeting(scene, key, day=day)
        for key, day in (
            ("veiledning_1", date(2026, 12, 1)),
            ("veiledning_2", date(2026, 12, 2)),
            ("digital_veiledning", date(2026, 12, 3)),
        )
    )
    respond_to_invitation(
        attendance=answered.attendances.get(user=scene.leder.user),
        response="yes",
        by=scene.by("leder"),
        now=NOW,
    )
    cancel_meeting(meeting=cancelled, reason="Streik", by=scene.by("veileder"), now=NOW)
    sign_in(client, scene.leder)

    page = client.get(URL).content.decode()

    assert page.index(answered.title) < page.index("Du kommer") < page.index(waiting.title)
    assert page.index("Svar mangler") < page.index(cancelled.title) < page.index("Avlyst")


def test_list_marks_what_is_overdue(client, scene):
    make_meeting(scene, day=date(2026, 11, 3))
    sign_in(client, scene.leder)

    assert "Over fristen" in client.get(f"{URL}?vis=tidligere").content.decode()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("", "Ingen møter er lagt inn framover"),
        ("vis=tidligere", "Ingen møter er holdt ennå"),
        ("slag=veiledning", "Ingen møter passer til valget ditt"),
    ],
)
def test_list_that_is_empty_says_what_that_means(client, scene, query, text):
    sign_in(client, scene.leder)

    assert text in client.get(f"{URL}?{query}").content.decode()


def test_list_takes_as_many_queries_for_one_meeting_as_for_five(
    client, scene, django_assert_max_num_queries
):
    make_meeting(scene)
    sign_in(client, scene.veileder)
    with django_assert_max_num_queries(15) as one:
        client.get(URL)
    for number in range(4):
        make_meeting(scene, day=TODAY + timedelta(days=20 + number))

    with django_assert_max_num_queries(15) as five:
        client.get(URL)

    assert len(five) == len(one)
