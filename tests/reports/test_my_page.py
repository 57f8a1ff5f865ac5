"""Min side: why a task matters, and meetings called in the reader's målform."""

from datetime import date

import pytest
from django.utils import timezone

from meetings.models import Meeting
from reports.queries.owner_page import load_owner_page
from reports.queries.tasks import tasks_of
from tests.factories.meetings import NOW, make_meeting
from tests.factories.papers import make_grunnlag
from tests.factories.people import acting_as, sign_in

pytestmark = pytest.mark.django_db

MEETING = date(2026, 12, 3)


def why(scene, action):
    tasks = tasks_of(acting_as(scene.leder), NOW)
    return next(task.why for task in tasks if task.action == action)


def test_a_task_says_who_waits_and_not_the_day_again(scene):
    meeting = make_meeting(scene, day=MEETING)

    assert why(scene, "Skriv grunnlaget") == (
        "Veilederne forbereder seg ut fra det. Det dere avtalte sist, er fylt inn for deg."
    )
    make_grunnlag(scene, meeting)
    assert why(scene, "Fortsett på grunnlaget") == (
        "Veilederne forbereder seg ut fra det. Utkastet er påbegynt."
    )
    assert why(scene, "Gå gjennom planen") == (
        "Arbeidsgruppa skal vurdere planen minst én gang hvert semester."
    )


def test_meetings_are_called_in_the_language_of_the_reader(client, scene):
    meeting = make_meeting(scene, day=MEETING)
    Meeting.objects.update(title=f"{meeting.activity.title_nn}, {scene.skole}")
    sign_in(client, scene.leder)

    page = client.get("/min-side/").content.decode()

    assert f"{meeting.activity.title_bm}, {scene.skole}" in page
    assert meeting.activity.title_nn not in page


def test_the_unit_is_not_named_again_below_its_own_heading(scene):
    meeting = make_meeting(scene, day=MEETING)

    page = load_owner_page(
        scene.deltakelse.owner_id,
        acting_as(scene.eier),
        pulje=None,
        semester=None,
        now=timezone.now(),
    )

    beside = next(each for each in page.units if each.unit.pk == scene.skole.pk)
    assert (beside.last_title, beside.next_title) == ("", meeting.activity.title_bm)


@pytest.mark.parametrize("office", ["veileder", "ppt"])
def test_who_follows_units_finds_them_from_min_side(client, scene, office):
    sign_in(client, getattr(scene, office))

    page = client.get("/min-side/").content.decode()

    assert f'href="/enheter/{scene.skole.unit_id}/">{scene.skole}</a>' in page


@pytest.mark.parametrize("office", ["leder", "eier", "udir"])
def test_others_have_their_units_in_the_menu(client, scene, office):
    sign_in(client, getattr(scene, office))

    assert "Enhetene du følger" not in client.get("/min-side/").content.decode()
