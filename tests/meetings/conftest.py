"""Fixtures of the tests of meetings; a module may have another of the same name."""

import pytest

from meetings.models import Obligation
from tests.factories.meetings import make_meeting, make_scene
from tests.factories.own_work import make_maal, make_plan, make_tiltak
from tests.factories.papers import send_referat
from tests.factories.task_links import make_notice


@pytest.fixture
def scene():
    """A kommune with a skole and a barnehage, and people in every office."""
    return make_scene()


@pytest.fixture
def meeting(scene):
    """A veiledning of the skole on 3 December."""
    return make_meeting(scene)


@pytest.fixture
def referat(scene):
    """A sent referat with a text in every sak that must not leak."""
    return send_referat(scene)


@pytest.fixture
def plan(scene):
    """A plan of the skole with one goal, and one tiltak that is under way."""
    plan = make_plan(scene)
    maal = make_maal(plan, semester_goal="Alle team innen jul.", delmaal=["ledelse"])
    make_tiltak(maal, status="under_way")
    return plan


@pytest.fixture
def duty(scene):
    """The leader's duty to send the grunnlag."""
    meeting = make_meeting(scene)
    return Obligation.objects.for_lists().get(
        meeting=meeting, rule__met_by="paper", office="leder", activity__paper="before"
    )


@pytest.fixture
def told(scene, duty):
    """The leader's notice about the grunnlag."""
    return make_notice(scene.leder, duty)
