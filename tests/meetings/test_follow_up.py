"""Follow-up points: carried until closed, closed by who is responsible, made into mellomarbeid."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cohorts.models import Mellomarbeid
from cohorts.rules.errors import NotPossible, PuljeClosed
from meetings.actions.follow_up import close_follow_up
from meetings.actions.follow_up_task import point_to_task
from meetings.actions.referat_parts import points_before
from meetings.models import FollowUp, FollowUpStatus, Referat
from tests.factories.meetings import NOW, TODAY, make_meeting, make_scene
from tests.factories.own_work import make_maal, make_plan, make_tiltak
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
STYRING = ("styringsgruppemoete_digitalt", "styringsgruppemoete_fysisk")


def sent_point(scene, **values) -> FollowUp:
    referat = make_referat(scene)
    send_referat(scene, referat, agreed=[point(**values)])
    return referat.follow_ups.get()


def page(name, follow_up):
    return reverse(f"meetings:{name}", args=[follow_up.referat.meeting_id, follow_up.pk])


# --- carried forward ----------------------------------------------------------------------------


def two_of_the_styringsgruppe(scene):
    """A sent referat with two points, and the draft of the next meeting's referat."""
    earlier = make_referat(scene, held_meeting(scene, STYRING[0], 10), "eier")
    points = [point("Fagsamling", "eier"), point("PPT inn i gruppene", "ppt")]
    send_referat(scene, earlier, office="eier", agreed=points, mellomarbeid="")
    return earlier, make_referat(scene, held_meeting(scene, STYRING[1], 2), "eier")


def test_the_styringsgruppe_meets_its_open_points_first_next_time(scene):
    _earlier, later = two_of_the_styringsgruppe(scene)

    assert [each.text for each in points_before(later)] == ["Fagsamling", "PPT inn i gruppene"]


def test_a_done_point_is_closed_when_the_next_referat_is_sent_and_the_other_goes_on(scene):
    earlier, later = two_of_the_styringsgruppe(scene)
    done, partly = earlier.follow_ups.all()
    carried = [
        {"follow_up": done.pk, "outcome": "done", "comment": ""},
        {"follow_up": partly.pk, "outcome": "partly", "comment": "Ett møte igjen"},
    ]

    version = send_referat(scene, later, office="eier", carried=carried, mellomarbeid="")

    assert [row["outcome"] for row in version.content["carried"]] == ["done", "partly"]
    assert version.content["carried"][1]["text"] == "PPT inn i gruppene"
    statuses = list(FollowUp.objects.filter(referat=earlier).values_list("status", flat=True))
    assert statuses == ["done", "open"]
    last = make_referat(scene, held_meeting(scene, STYRING[0], 1), "eier")
    assert partly in points_before(last)
    assert done not in points_before(last)


def test_a_point_not_answered_stays_as_it_is(scene):
    earlier, later = two_of_the_styringsgruppe(scene)
    first = earlier.follow_ups.first()
    close_follow_up(follow_up=first, by=scene.by("eier"), now=NOW)

    send_referat(scene, later, office="eier", mellomarbeid="")

    first.refresh_from_db()
    assert first.status == FollowUpStatus.DONE


def test_points_of_another_owner_or_another_kind_of_meeting_are_not_carried(scene):
    other = make_scene(pulje=scene.pulje)
    for place, key, office in ((other, STYRING[0], "eier"), (scene, "eiermoete", "veileder")):
        send_referat(
            place,
            make_referat(place, held_meeting(place, key, 10), office),
            office=office,
            mellomarbeid="",
        )

    later = make_referat(scene, held_meeting(scene, STYRING[1], 2), "eier")

    assert points_before(later) == []


def test_a_unit_s_referat_begins_with_what_its_grunnlag_said(scene):
    follow_up = sent_point(scene)
    meeting = make_meeting(scene, day=TODAY, clock="09.00", now=NOW - timedelta(days=30))
    grunnlag = make_grunnlag(scene, meeting)
    answered = [
        {"follow_up": follow_up.pk, "outcome": "partly", "comment": "To av tre team"},
        *(
            {"mellomarbeid": task.pk, "outcome": "not_done", "comment": ""}
            for task in Mellomarbeid.objects.all()
        ),
    ]
    send_grunnlag(scene, grunnlag, since_last=answered)

    referat = make_referat(scene, meeting)

    assert referat.carried == [
        {"follow_up": follow_up.pk, "outcome": "partly", "comment": "To av tre team"}
    ]


# --- closing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("responsible", "office"),
    [("eier", "eier"), ("veileder", "co_veileder"), ("ppt", "ppt"), ("eier", "leder")],
)
def test_who_is_responsible_or_wrote_the_referat_closes_it(client, scene, responsible, office):
    follow_up = sent_point(scene, responsible=responsible)
    sign_in(client, getattr(scene, office))

    response = client.post(page("follow_up_close", follow_up))

    follow_up.refresh_from_db()
    assert response.status_code == 302
    assert (follow_up.status, follow_up.closed_by) == ("done", getattr(scene, office).user)


@pytest.mark.parametrize("office", ["ppt", "arbeidsgruppe", "koordinator"])
def test_other_readers_do_not_close_it(client, scene, office):
    follow_up = sent_point(scene, responsible="eier")
    sign_in(client, getattr(scene, office))

    assert client.post(page("follow_up_close", follow_up)).status_code == 403


@pytest.mark.parametrize("name", ["follow_up_close", "follow_up_to_mellomarbeid"])
@pytest.mark.parametrize("office", ["udir", "statsforvalter"])
def test_two_hats_do_not_find_it(client, scene, name, office):
    follow_up = sent_point(scene)
    sign_in(client, getattr(scene, office))

    assert client.post(page(name, follow_up)).status_code == 404


def test_a_mistake_is_undone(client, scene):
    follow_up = sent_point(scene)
    sign_in(client, scene.leder)
    client.post(page("follow_up_close", follow_up))

    client.post(page("follow_up_close", follow_up), {"angre": "1"})

    follow_up.refresh_from_db()
    assert (follow_up.status, follow_up.closed_at) == ("open", None)


def test_a_point_is_not_closed_in_a_closed_pulje(client, scene):
    follow_up = sent_point(scene)
    scene.pulje.status = "closed"
    scene.pulje.save()
    sign_in(client, scene.leder)

    assert client.post(page("follow_up_close", follow_up)).status_code == 403


def test_the_buttons_stand_where_they_may_be_used(client, scene):
    follow_up = sent_point(scene, responsible="eier")
    detail = reverse("meetings:referat_detail", args=[follow_up.referat.meeting_id])

    def offered(office):
        sign_in(client, getattr(scene, office))
        body = client.get(detail).content.decode()
        names = ("follow_up_close", "follow_up_to_mellomarbeid")
        return [page(name, follow_up) in body for name in names]

    assert offered("leder") == [True, True]
    assert offered("eier") == [True, False]
    assert offered("arbeidsgruppe") == [False, True]
    assert offered("ppt") == [False, False]


# --- mellomarbeid -------------------------------------------------------------------------------


def test_a_point_becomes_a_mellomarbeid_in_one_click(client, scene):
    tiltak = make_tiltak(make_maal(make_plan(scene)))
    row = point("Prøv rutinen", "leder", date(2026, 12, 1)) | {"tiltak": tiltak.pk}
    referat = make_referat(scene)
    send_referat(scene, referat, agreed=[row])
    follow_up = referat.follow_ups.get()
    sign_in(client, scene.arbeidsgruppe)

    for _twice in range(2):
        response = client.post(page("follow_up_to_mellomarbeid", follow_up))

    task = Mellomarbeid.objects.get(task="Prøv rutinen")
    assert response.status_code == 302
    assert (task.who, task.due, task.tiltak) == ("Rektor", date(2026, 12, 1), tiltak)
    assert FollowUp.objects.get().mellomarbeid == task


def test_a_done_point_becomes_no_mellomarbeid(scene):
    follow_up = sent_point(scene)
    close_follow_up(follow_up=follow_up, by=scene.by("leder"), now=NOW)

    with pytest.raises(NotPossible):
        point_to_task(follow_up=follow_up, by=scene.by("leder"), now=NOW)


def test_nor_does_one_in_a_closed_pulje(scene):
    follow_up = sent_point(scene)
    scene.pulje.status = "closed"
    scene.pulje.save()

    with pytest.raises(PuljeClosed):
        point_to_task(follow_up=follow_up, by=scene.by("leder"), now=NOW)


def test_a_tiltak_of_another_unit_is_not_linked(scene):
    foreign = make_tiltak(make_maal(make_plan(scene, scene.barnehage)))
    referat = make_referat(scene)

    version = send_referat(scene, referat, agreed=[point() | {"tiltak": foreign.pk, "sak": 1}])

    assert referat.follow_ups.get().tiltak is None
    assert version.content["agreed"][0]["tiltak"] == ""


def test_lines_of_mellomarbeid_are_made_when_the_referat_is_sent_once_each(scene):
    referat = make_referat(scene)
    send_referat(scene, referat, mellomarbeid="- Observere\n- Lese", next_date=date(2026, 12, 3))

    send_referat(scene, referat, mellomarbeid="- Observere\n- Lese\n- Øve")

    tasks = Mellomarbeid.objects.order_by("pk").values_list("task", "who", "due")
    assert list(tasks) == [
        ("Observere", "Arbeidsgruppa", date(2026, 12, 3)),
        ("Lese", "Arbeidsgruppa", date(2026, 12, 3)),
        ("Øve", "Arbeidsgruppa", date(2026, 12, 3)),
    ]


def test_the_next_referat_may_ask_for_the_same_again(scene):
    first = make_referat(scene, held_meeting(scene, days_ago=10))
    send_referat(scene, first, mellomarbeid="Observere", now=NOW - timedelta(days=9))
    Referat.objects.update(created_at=NOW - timedelta(days=10))
    Mellomarbeid.objects.update(created_at=NOW - timedelta(days=9))

    send_referat(
        scene,
        make_referat(scene, held_meeting(scene, "digital_veiledning")),
        mellomarbeid="Observere",
    )

    assert Mellomarbeid.objects.count() == 2


def test_the_styringsgruppe_makes_none(scene):
    meeting = held_meeting(scene, STYRING[1])
    send_referat(scene, make_referat(scene, meeting, "eier"), office="eier", mellomarbeid="Noe")

    assert Mellomarbeid.objects.count() == 0
