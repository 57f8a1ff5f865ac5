"""A deltakelse or a unit that no veileder follows any more: who is told, and when."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from actors.models import Notice
from cohorts.actions.veilederoppdrag import assign_veileder
from meetings.actions.obligation import sync_empty_seats
from meetings.actions.reminder import cancel_settled_reminders, forecast
from reports.queries.tasks import tasks_of
from tests.factories.cohorts import STARTED, make_deltakelse
from tests.factories.control import page
from tests.factories.meetings import NOW, TODAY
from tests.factories.people import make_role, sign_in
from tests.factories.seats import LAST_DAY, at, leaves, owed_by, run_seats, told_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

KIND = "tom_veileder"
# Nobody follows from Friday 20 November on, and five working days later is Friday 27 November.
DUE = date(2026, 11, 27)
FIRST = "remind-5@2026-11-27"


def all_leave(scene, last: date = LAST_DAY) -> None:
    for oppdrag in scene.deltakelse.oppdrag.all():
        leaves(oppdrag, last)


def follows(scene, unit=None, first: date = STARTED, veileder=None):
    return assign_veileder(
        deltakelse=scene.deltakelse,
        unit=unit,
        veileder=(veileder or make_role("veileder")).user,
        function="lead",
        valid_from=first,
        by=None,
        now=NOW,
    )


def test_somebody_leaves_and_the_other_still_follows(scene):
    leaves(scene.deltakelse.oppdrag.first())

    run_seats(scene)

    assert (owed_by(KIND), told_by(KIND)) == ([], [])


def test_who_followed_a_unit_leaves_and_somebody_follows_all_of_them(scene):
    leaves(follows(scene, scene.skole))

    run_seats(scene)

    assert owed_by(KIND) == []


def test_nobody_is_left_and_the_koordinator_is_told_once(scene):
    """One duty for the deltakelse, and not one more for each of its units."""
    all_leave(scene)

    run_seats(scene)
    run_seats(scene, NOW + timedelta(minutes=5))

    assert owed_by(KIND) == [("koordinator", None, DUE, False, False)]
    assert told_by(KIND) == [(scene.koordinator.user, FIRST, "queued")]
    notice = Notice.objects.get(kind=KIND)
    assert (notice.title, notice.action_label) == ("Veileder mangler", "Sett opp veileder")
    assert notice.body == (
        "Ingen veileder følger arbeidet nå. En veileder bør være satt opp fredag 27. november."
    )
    assert (notice.place, notice.due) == (str(scene.deltakelse.owner), DUE)
    assert notice.url == f"/deltakelser/{scene.deltakelse.pk}/?rolle={scene.koordinator.pk}"


def test_it_is_said_in_nynorsk_too(scene):
    scene.koordinator.user.language = "nn"
    scene.koordinator.user.save()
    all_leave(scene)

    run_seats(scene)

    notice = Notice.objects.get(kind=KIND)
    assert (notice.title, notice.action_label) == ("Rettleiar manglar", "Set opp rettleiar")
    assert notice.body == (
        "Ingen rettleiar følgjer arbeidet no. Ein rettleiar bør vere sett opp fredag 27. november."
    )


@pytest.mark.parametrize("office", ["koordinator", "udir"])
def test_the_page_of_the_link_is_where_a_veileder_is_set_up(client, scene, office):
    all_leave(scene)
    for day in (TODAY, date(2026, 12, 4)):
        run_seats(scene, at(day))
    role = getattr(scene, office)
    sign_in(client, role)

    response = client.get(Notice.objects.filter(kind=KIND, role=role).latest("pk").url)

    assert (response.status_code, "Sett opp veilederen" in response.content.decode()) == (200, True)


def test_a_unit_is_left_and_another_has_its_own(scene):
    all_leave(scene, TODAY - timedelta(days=40))
    follows(scene, scene.barnehage)
    leaves(follows(scene, scene.skole))

    run_seats(scene)

    assert owed_by(KIND) == [("koordinator", scene.skole, DUE, False, False)]
    assert Notice.objects.get(kind=KIND).place == str(scene.skole)


def test_who_begins_later_follows_it_now(scene):
    all_leave(scene)
    follows(scene, first=TODAY + timedelta(days=30))

    run_seats(scene)

    assert owed_by(KIND) == []


def test_who_is_no_veileder_any_more_follows_nothing(scene):
    """The assignments are still there, without an end."""
    for role in (scene.veileder, scene.co_veileder):
        leaves(role)

    run_seats(scene)

    assert owed_by(KIND) == [("koordinator", None, DUE, False, False)]


def test_set_up_again_and_the_waiting_notice_is_stopped_with_the_reason(scene):
    all_leave(scene)
    run_seats(scene)
    follows(scene, first=TODAY)

    cancel_settled_reminders(now=NOW)

    assert told_by(KIND) == [(scene.koordinator.user, FIRST, "cancelled")]
    assert Notice.objects.get(kind=KIND).outcome == "Det er gjort"
    sync_empty_seats(pulje=scene.pulje, now=NOW)
    assert owed_by(KIND) == [("koordinator", None, DUE, True, False)]


def test_what_one_unit_lacks_is_owed_when_only_the_other_has_got_a_veileder(scene):
    all_leave(scene)
    run_seats(scene)
    follows(scene, scene.barnehage, TODAY)

    run_seats(scene, NOW + timedelta(hours=1))

    assert owed_by(KIND) == [
        ("koordinator", None, DUE, True, False),
        ("koordinator", scene.skole, DUE, False, False),
    ]


def test_what_a_unit_lacks_is_owed_with_all_of_it_when_the_last_one_leaves(scene):
    all_leave(scene, TODAY - timedelta(days=40))
    own = follows(scene, scene.barnehage)
    leaves(follows(scene, scene.skole))
    run_seats(scene)
    leaves(own)

    cancel_settled_reminders(now=NOW)
    assert [status for _user, _occasion, status in told_by(KIND)] == ["queued"]
    run_seats(scene, NOW + timedelta(hours=1))

    assert owed_by(KIND) == [
        ("koordinator", scene.skole, DUE, False, True),
        ("koordinator", None, DUE, False, False),
    ]
    assert [status for _user, _occasion, status in told_by(KIND)] == ["cancelled", "queued"]


def test_a_unit_that_no_longer_takes_part_owes_nothing(scene):
    all_leave(scene)
    follows(scene, scene.barnehage)
    run_seats(scene)
    scene.skole.status = "withdrawn"
    scene.skole.save()

    run_seats(scene, NOW + timedelta(hours=1))

    assert owed_by(KIND) == [("koordinator", scene.skole, DUE, False, True)]
    assert Notice.objects.get(kind=KIND).outcome == "Enheten er ikke lenger med"


def test_udir_is_told_five_working_days_after(scene):
    all_leave(scene)
    for day in range(20):
        run_seats(scene, at(TODAY + timedelta(days=day)))

    assert told_by(KIND) == [
        (scene.koordinator.user, FIRST, "queued"),
        (scene.koordinator.user, "remind+0@2026-11-27", "queued"),
        (scene.udir.user, "to-udir+5@2026-11-27", "queued"),
    ]
    days = Notice.objects.filter(kind=KIND).order_by("pk").values_list("created_at", flat=True)
    assert [moment.date() for moment in days] == [TODAY, DUE, date(2026, 12, 4)]


def test_who_leaves_on_a_friday_is_told_of_on_monday(scene):
    all_leave(scene, TODAY)
    for day in range(1, 4):
        run_seats(scene, at(TODAY + timedelta(days=day)))

    assert owed_by(KIND) == [("koordinator", None, DUE, False, False)]
    (monday,) = Notice.objects.filter(kind=KIND)
    assert (monday.recipient, monday.occasion) == (scene.koordinator.user, FIRST)
    assert monday.created_at.date() == date(2026, 11, 23)


def test_without_a_koordinator_udir_is_to_see_to_it(scene):
    leaves(scene.koordinator)
    all_leave(scene)

    run_seats(scene)

    assert owed_by(KIND) == [("udir", None, DUE, False, False)]
    assert told_by(KIND) == [(scene.udir.user, FIRST, "queued")]


def test_one_that_never_had_a_veileder_is_owed_from_the_day_it_came(scene):
    make_deltakelse(scene.pulje, now=NOW)

    run_seats(scene)

    assert owed_by(KIND) == [("koordinator", None, DUE, False, False)]
    assert told_by(KIND) == [(scene.koordinator.user, FIRST, "queued")]


def test_one_that_was_left_last_year_is_owed_and_mails_nobody(scene):
    all_leave(scene, date(2025, 11, 19))

    run_seats(scene)

    assert owed_by(KIND) == [("koordinator", None, date(2025, 11, 27), False, False)]
    assert told_by(KIND) == []


def test_the_next_time_is_a_duty_with_a_day_of_its_own(scene):
    all_leave(scene)
    run_seats(scene)
    second = follows(scene, first=TODAY)
    run_seats(scene)
    leaves(second, TODAY + timedelta(days=12))

    run_seats(scene, at(TODAY + timedelta(days=13)))

    assert owed_by(KIND) == [("koordinator", None, date(2026, 12, 10), False, False)]


def test_the_forecast_min_side_and_the_control_room_know_it(client, scene):
    all_leave(scene)
    sync_empty_seats(pulje=scene.pulje, now=NOW)

    coming = [each for each in forecast(today=TODAY) if each.rule.key == KIND]

    assert [(each.day, each.office) for each in coming] == [
        (TODAY, "koordinator"),
        (DUE, "koordinator"),
        (date(2026, 12, 4), "udir"),
    ]
    with translation.override("nb"):
        (task,) = tasks_of(scene.by("koordinator"), NOW)
    assert (task.title, task.due, task.action) == ("Veileder mangler", DUE, "Sett opp veileder")
    assert (task.place, task.url) == (
        str(scene.deltakelse.owner),
        f"/deltakelser/{scene.deltakelse.pk}/",
    )
    assert "Manglende veileder, på fristen" in page(client, scene.udir)


def test_more_that_nobody_follows_take_no_more_queries(scene, django_assert_max_num_queries):
    all_leave(scene)
    for _ in range(3):
        make_deltakelse(scene.pulje, now=NOW)
    sync_empty_seats(pulje=scene.pulje, now=NOW)

    with django_assert_max_num_queries(35):
        sync_empty_seats(pulje=scene.pulje, now=NOW)
