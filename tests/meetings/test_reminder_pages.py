"""A scan reads page by page; where a page ends makes no difference to anybody."""

from datetime import UTC, date, datetime

import pytest

from actors.models import Notice
from meetings.actions.obligation import sync_all_obligations
from meetings.actions.reminder import scan
from meetings.actions.reminder.duties import Duties
from meetings.actions.reminder.in_force import rules_in_force, spans_of
from tests.factories.meetings import make_scene
from tests.factories.people import make_role

pytestmark = pytest.mark.django_db

KIND = "semesterevaluering"
# The evaluation of semester 3 opens three weeks before Friday 18 December.
OPENS = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.fixture
def scene():
    """The rektor also sits in the arbeidsgruppe: asked twice for the same evaluation."""
    scene = make_scene()
    make_role("arbeidsgruppe", scene.skole.unit, user=scene.leder.user)
    sync_all_obligations(semester=scene.pulje.semesters.get(number=3), now=OPENS)
    return scene


def told() -> set[tuple]:
    rows = Notice.objects.filter(kind=KIND).select_related("role")
    return {(n.recipient, n.role.kind) for n in rows}


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_who_owes_the_same_twice_is_told_once_wherever_a_page_ends(scene, size):
    scan(now=OPENS, size=size)

    assert told() == {
        (scene.leder.user, "leder"),
        (scene.arbeidsgruppe.user, "arbeidsgruppe"),
        (scene.styrer.user, "leder"),
        (scene.eier.user, "eier"),
        (scene.ppt.user, "ppt"),
        (scene.veileder.user, "veileder"),
        (scene.co_veileder.user, "veileder"),
    }
    assert Notice.objects.filter(kind=KIND).count() == len(told())


def test_a_page_ends_between_two_that_are_not_the_same(scene):
    rules = [each for each in rules_in_force() if each.rule.key == KIND]
    spans = spans_of(rules, lambda _each: date(2026, 11, 27), date(2026, 11, 27))

    pages = list(Duties().pages(rules, spans, OPENS.date(), 1))

    # The owner's with three who are asked, and two units' with two each.
    assert sorted(len(page) for page in pages) == [2, 2, 3]
    assert all(len({thing.same for thing in page}) == 1 for page in pages)
