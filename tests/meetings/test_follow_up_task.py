"""A follow-up point and the mellomarbeid it became: carried once, settled together."""

from datetime import date

import pytest
from django.urls import reverse

from cohorts.models import Mellomarbeid
from meetings.actions.follow_up import close_follow_up
from meetings.actions.follow_up_task import point_to_task
from meetings.actions.grunnlag import settle_carried
from meetings.actions.own_work import change_mellomarbeid
from meetings.actions.referat_parts import points_before
from meetings.models import FollowUp, FollowUpStatus
from meetings.queries.grunnlag_before import carried_over_to, points_of
from tests.factories.meetings import NOW, make_meeting
from tests.factories.papers import (
    held_meeting,
    make_grunnlag,
    make_referat,
    point,
    send_grunnlag,
    send_referat,
)
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


def made_task(scene) -> tuple[FollowUp, Mellomarbeid]:
    referat = make_referat(scene)
    send_referat(scene, referat, agreed=[point()])
    Mellomarbeid.objects.all().delete()  # those of the referat's own lines
    follow_up = referat.follow_ups.get()
    return follow_up, point_to_task(follow_up=follow_up, by=scene.by("leder"), now=NOW)


def put(scene, task, status):
    change_mellomarbeid(mellomarbeid=task, status=status, by=scene.by("leder"), now=NOW)


def asked_in_the_next_grunnlag(scene) -> list[str]:
    """The kinds of what is carried."""
    meeting = make_meeting(scene, day=date(2026, 12, 2))
    return [each.kind for each in carried_over_to(meeting, scene.skole)]


@pytest.mark.parametrize(
    ("statuses", "asked", "stands"),
    [
        (["not_begun"], ["mellomarbeid"], "open"),
        (["under_way"], ["mellomarbeid"], "open"),
        (["done"], [], "done"),
        (["done", "under_way"], ["mellomarbeid"], "open"),
        (["dropped"], ["follow_up"], "open"),
        (["done", "dropped"], ["follow_up"], "open"),
    ],
)
def test_what_was_agreed_is_asked_for_once(scene, statuses, asked, stands):
    follow_up, task = made_task(scene)

    for status in statuses:
        put(scene, task, status)

    follow_up.refresh_from_db()
    assert (asked_in_the_next_grunnlag(scene), follow_up.status) == (asked, stands)


def test_the_next_referat_does_not_ask_for_it_either(scene):
    follow_up, task = made_task(scene)
    later = make_referat(scene, held_meeting(scene, days_ago=1))
    later.carried = [{"follow_up": follow_up.pk, "outcome": "partly", "comment": ""}]
    assert points_before(later) == []

    put(scene, task, "dropped")

    assert points_before(later) == [follow_up]


def test_a_grunnlag_that_says_the_task_is_done_closes_the_point_and_what_is_owed(scene):
    follow_up, task = made_task(scene)
    grunnlag = make_grunnlag(scene, make_meeting(scene, day=date(2026, 12, 2)))
    row = {"mellomarbeid": task.pk, "outcome": "done", "comment": ""}

    send_grunnlag(scene, grunnlag, since_last=[row])

    follow_up.refresh_from_db()
    task.refresh_from_db()
    assert (follow_up.status, follow_up.closed_at, task.status) == ("done", NOW, "done")
    assert [each.met_at for each in follow_up.obligations.all()] == [NOW]


def test_an_old_answer_about_the_point_does_not_close_it_while_the_task_goes_on(scene):
    follow_up, _task = made_task(scene)
    grunnlag = make_grunnlag(scene, make_meeting(scene, day=date(2026, 12, 2)))
    grunnlag.since_last = [{"follow_up": follow_up.pk, "outcome": "done", "comment": ""}]

    settle_carried(grunnlag, grunnlag.since_last, scene.by("leder"), NOW)

    follow_up.refresh_from_db()
    assert (follow_up.status, points_of(grunnlag)) == ("open", [])


def test_a_dropped_task_is_taken_up_again_from_the_point(client, scene):
    follow_up, task = made_task(scene)
    put(scene, task, "dropped")
    sign_in(client, scene.leder)
    referat = reverse("meetings:referat_detail", args=[follow_up.referat.meeting_id])
    html = client.get(referat, {"enhet": scene.skole.pk}).content.decode()
    assert ("Gjør til mellomarbeid" in html, "Lagt inn som mellomarbeid" in html) == (True, False)

    args = [follow_up.referat.meeting_id, follow_up.pk]
    client.post(reverse("meetings:follow_up_to_mellomarbeid", args=args))

    task.refresh_from_db()
    follow_up.refresh_from_db()
    assert (task.status, follow_up.mellomarbeid) == ("not_begun", task)


def test_a_point_closed_by_hand_stays_closed_when_the_task_is_dropped(scene):
    follow_up, task = made_task(scene)
    close_follow_up(follow_up=follow_up, by=scene.by("leder"), now=NOW)

    put(scene, task, "dropped")

    follow_up.refresh_from_db()
    assert follow_up.status == FollowUpStatus.DONE
