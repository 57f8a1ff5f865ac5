"""What follows when a plan is reviewed or commented on: duties met and neutral notices."""

import pytest

from actors.models import Notice
from meetings.actions.obligation import sync_semester_obligations
from meetings.actions.plan import comment_plan, reply_to_comment
from meetings.queries.plan import review_obligation
from tests.factories.meetings import NOW
from tests.factories.own_work import PLAN_SECRET, make_maal, make_plan, make_tiltak
from tests.factories.plans import save_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(scene):
    plan = make_plan(scene)
    make_tiltak(make_maal(plan))
    return plan


def told():
    return sorted(Notice.objects.values_list("recipient__name", flat=True))


def names(scene, *offices):
    return sorted(getattr(scene, office).user.name for office in offices)


def test_the_semesters_duty_is_met_by_a_version(scene, plan):
    semester = scene.pulje.semesters.get(number=3)
    sync_semester_obligations(semester=semester, now=NOW)
    assert review_obligation(scene.skole, semester).met_at is None

    save_version(scene, plan)

    assert review_obligation(scene.skole, semester).met_at is not None
    assert review_obligation(scene.barnehage, semester).met_at is None


def test_veiledere_and_ppt_are_told_in_neutral_words(scene, plan):
    save_version(scene, plan)

    assert told() == names(scene, "veileder", "co_veileder", "ppt")
    notice = Notice.objects.filter(recipient=scene.veileder.user).get()
    assert notice.url == f"/planer/{scene.skole.pk}/?rolle={scene.veileder.pk}"
    assert PLAN_SECRET not in notice.title + notice.body


def test_nobody_is_told_twice_of_the_same_version(scene, plan):
    save_version(scene, plan)
    save_version(scene, plan)

    assert Notice.objects.count() == 3


def test_the_leader_is_told_of_a_comment_and_its_writer_of_the_answer(scene, plan):
    comment = comment_plan(
        plan=plan, tiltak=None, text="Og vikarene?", by=scene.by("veileder"), now=NOW
    )
    assert told() == names(scene, "leder")

    reply_to_comment(comment=comment, answer="De får en side.", by=scene.by("leder"), now=NOW)

    assert told() == names(scene, "leder", "veileder")
    assert "Og vikarene?" not in str(list(Notice.objects.values_list("body", "title")))
