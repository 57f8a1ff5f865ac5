"""What a unit finishes between meetings, and what it then no longer owes.

Every test runs on Friday 20 November 2026, in the third semester of pulje 9.
"""

import pytest

from cohorts.models import ActivityRecord, Mellomarbeid
from meetings.actions.obligation import sync_semester_obligations
from meetings.actions.own_work import change_mellomarbeid, settle_mellomarbeid
from meetings.models import Obligation
from tests.factories.meetings import NOW, make_scene
from tests.factories.own_work import make_mellomarbeid

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    scene = make_scene()
    semester = scene.pulje.semesters.get(number=3)
    sync_semester_obligations(semester=semester, deltakelse=scene.deltakelse, now=NOW)
    return scene


def owed(scene, kind="mellomarbeid"):
    found = Obligation.objects.filter(unit=scene.skole, activity__kind=kind, void_at=None)
    return found.filter(met_at=None).count()


def settle(scene, task, outcome, comment="", **more):
    settle_mellomarbeid(
        rows=[{"mellomarbeid": task.pk, "outcome": outcome, "comment": comment}, *more.values()],
        unit=scene.skole,
        by=scene.by("leder"),
        now=NOW,
    )
    task.refresh_from_db()


def test_a_finished_task_is_no_longer_owed(scene):
    task = make_mellomarbeid(scene)
    assert owed(scene) == 1

    change_mellomarbeid(mellomarbeid=task, status="done", by=scene.by("leder"), now=NOW)
    assert owed(scene) == 0

    change_mellomarbeid(mellomarbeid=task, status="under_way", by=scene.by("leder"), now=NOW)
    assert owed(scene) == 1


@pytest.mark.parametrize(
    ("outcome", "status", "records"),
    [("done", "done", 1), ("partly", "under_way", 0), ("not_done", "not_begun", 0)],
)
def test_a_sent_grunnlag_says_how_a_task_stands(scene, outcome, status, records):
    task = make_mellomarbeid(scene)

    settle(scene, task, outcome, "Tre av fire team")

    assert (task.status, task.experience) == (status, "Tre av fire team")
    assert ActivityRecord.objects.count() == records
    assert owed(scene) == 1 - records


def test_sending_again_changes_nothing_or_what_it_now_says(scene):
    task = make_mellomarbeid(scene)
    settle(scene, task, "done", "Gikk fint")
    settle(scene, task, "done", "Gikk fint")
    assert ActivityRecord.objects.count() == 1

    settle(scene, task, "partly", "Nesten")

    assert (task.status, task.experience, task.done_on) == ("under_way", "Nesten", None)
    assert (ActivityRecord.objects.count(), owed(scene)) == (0, 1)


def test_the_experience_people_have_written_stands(scene):
    task = make_mellomarbeid(scene, experience="Skrevet av teamet")

    settle(scene, task, "done", "Fra grunnlaget")

    assert task.experience == "Skrevet av teamet"


def test_an_empty_comment_leaves_what_the_last_grunnlag_told(scene):
    task = make_mellomarbeid(scene)
    settle(scene, task, "partly", "Nesten")
    settle(scene, task, "done")

    assert task.experience == "Nesten"


def test_others_and_dropped_tasks_and_odd_rows_are_passed_over(scene):
    other = make_mellomarbeid(scene, unit=scene.barnehage)
    dropped = make_mellomarbeid(scene, status="dropped")
    settle(scene, other, "done")
    settle(scene, dropped, "done", more={"follow_up": 3, "outcome": "done"})
    settle(scene, dropped, "", more={"mellomarbeid": None, "outcome": "done"})

    assert set(Mellomarbeid.objects.values_list("status", flat=True)) == {"not_begun", "dropped"}
