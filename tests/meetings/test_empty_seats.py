"""A seat that becomes empty later than the start-up: who is told, when, and when no longer."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from actors.models import EmptySeatReason, GroupMember, Notice
from meetings.actions.obligation import sync_all_obligations, sync_empty_seats
from meetings.actions.reminder import cancel_settled_reminders, forecast
from meetings.models import Obligation
from reports.queries.tasks import tasks_of
from tests.factories.cohorts import STARTED
from tests.factories.meetings import NOW, TODAY
from tests.factories.people import make_role
from tests.factories.seats import at, leaves, owed_by, run_seats, told_by

pytestmark = pytest.mark.django_db

KIND = "tom_plass"
# Thursday is somebody's last day: the seat is empty from Friday 20 November, and ten working days
# later is Friday 4 December.
DUE = date(2026, 12, 4)


def owed() -> list[tuple]:
    return owed_by(KIND)


def told() -> list[tuple]:
    return told_by(KIND)


def test_nobody_has_left_and_nothing_is_owed(scene):
    run_seats(scene)

    assert (owed(), told()) == ([], [])


def test_a_leader_leaves_and_the_owner_gets_one_notice(scene):
    leaves(scene.leder)

    run_seats(scene)
    run_seats(scene, NOW + timedelta(minutes=5))

    assert owed() == [("eier", scene.skole, DUE, False, False)]
    assert told() == [(scene.eier.user, "remind-10@2026-12-04", "queued")]
    notice = Notice.objects.get(kind=KIND)
    assert notice.title == "En plass er ledig"
    assert notice.body == (
        "En plass som programmet krever, er ledig. Den bør være fylt fredag 4. desember."
    )
    assert (notice.place, notice.unit, notice.due) == (
        str(scene.skole),
        scene.skole.unit,
        DUE,
    )
    assert notice.url == f"/grupper/{scene.skole.arbeidsgruppe_id}/?rolle={scene.eier.pk}"


def test_it_is_said_in_nynorsk_too(scene):
    scene.eier.user.language = "nn"
    scene.eier.user.save()
    leaves(scene.leder)

    run_seats(scene)

    notice = Notice.objects.get(kind=KIND)
    assert notice.title == "Ein plass er ledig"
    assert notice.body == (
        "Ein plass som programmet krev, er ledig. Han bør vere fylt fredag 4. desember."
    )


def test_filled_and_the_waiting_notice_is_stopped_with_the_reason(scene):
    leaves(scene.leder)
    run_seats(scene)
    make_role("leder", scene.skole.unit, valid_from=TODAY)

    cancel_settled_reminders(now=NOW)

    assert told() == [(scene.eier.user, "remind-10@2026-12-04", "cancelled")]
    assert Notice.objects.get(kind=KIND).outcome == "Det er gjort"
    sync_empty_seats(pulje=scene.pulje, now=NOW)
    assert owed() == [("eier", scene.skole, DUE, True, False)]


def test_who_comes_later_fills_it_now(scene):
    """The owner has seen to it: the next leader is known, though not there yet."""
    leaves(scene.leder)
    make_role("leder", scene.skole.unit, valid_from=TODAY + timedelta(days=30))

    run_seats(scene)

    assert owed() == []


def test_the_chain_goes_on_until_statsforvalter(scene):
    leaves(scene.leder)
    for day in range(40):
        run_seats(scene, at(TODAY + timedelta(days=day)))

    # Three working days after is Wednesday 9 December, ten Friday 18 December.
    assert told() == [
        (scene.eier.user, "remind-10@2026-12-04", "queued"),
        (scene.eier.user, "remind+0@2026-12-04", "queued"),
        (scene.eier.user, "to-eier+3@2026-12-04", "queued"),
        (scene.statsforvalter.user, "to-statsforvalter+10@2026-12-04", "queued"),
    ]
    days = Notice.objects.filter(kind=KIND).order_by("pk").values_list("created_at", flat=True)
    assert [moment.date() for moment in days] == [
        TODAY,
        DUE,
        date(2026, 12, 9),
        date(2026, 12, 18),
    ]


def test_without_an_owner_statsforvalteren_is_to_see_to_it(scene):
    leaves(scene.eier)

    run_seats(scene)

    assert owed() == [("statsforvalter", None, DUE, False, False)]
    assert told() == [(scene.statsforvalter.user, "remind-10@2026-12-04", "queued")]
    notice = Notice.objects.get(kind=KIND)
    assert notice.place == str(scene.deltakelse.owner)


def test_a_member_whom_the_programme_demands_leaves_and_the_owner_is_told(scene):
    """PPT shall sit in the styringsgruppe; in the arbeidsgruppe that is only a wish."""
    for each in GroupMember.objects.filter(seat="ppt"):
        leaves(each)

    run_seats(scene)

    assert owed() == [("eier", None, DUE, False, False)]
    assert told() == [(scene.eier.user, "remind-10@2026-12-04", "queued")]


def test_a_seat_that_says_why_it_is_empty_is_quiet(scene):
    leaves(scene.deltakelse.styringsgruppe.members.get(seat="ppt"))
    run_seats(scene)
    EmptySeatReason.objects.create(
        group=scene.deltakelse.styringsgruppe,
        seat="ppt",
        reason="PPT har ingen ledig før jul.",
        written_by=scene.eier.user,
        written_at=NOW,
    )

    run_seats(scene, NOW + timedelta(hours=1))

    assert owed() == [("eier", None, DUE, True, False)]
    assert [status for _user, _occasion, status in told()] == ["cancelled"]


def test_somebody_else_took_the_seat(scene):
    group = scene.deltakelse.styringsgruppe
    leaves(group.members.get(seat="ppt"))
    GroupMember.objects.create(group=group, seat="ppt", name="Ny", valid_from=STARTED)

    run_seats(scene)

    assert owed() == []


def test_the_next_time_is_a_duty_with_a_day_of_its_own(scene):
    leaves(scene.leder)
    run_seats(scene)
    second = make_role("leder", scene.skole.unit, valid_from=TODAY)
    run_seats(scene)
    leaves(second, TODAY + timedelta(days=12))

    run_seats(scene, at(TODAY + timedelta(days=13)))

    assert owed() == [("eier", scene.skole, date(2026, 12, 17), False, False)]
    assert [occasion for _user, occasion, _status in told()] == [
        "remind-10@2026-12-04",
        "remind-10@2026-12-17",
    ]


def test_a_unit_that_no_longer_takes_part_owes_nothing(scene):
    leaves(scene.leder)
    run_seats(scene)
    scene.skole.status = "withdrawn"
    scene.skole.save()

    run_seats(scene, NOW + timedelta(hours=1))

    assert owed() == [("eier", scene.skole, DUE, False, True)]
    assert Notice.objects.get(kind=KIND).outcome == "Enheten er ikke lenger med"


def test_a_seat_that_was_empty_last_year_is_owed_and_mails_nobody(scene):
    leaves(scene.leder, date(2025, 11, 19))

    run_seats(scene)

    assert (len(owed()), told()) == (1, [])


def test_a_group_that_was_made_stays_made(scene):
    """One duty is enough: the start-up's is done, and who leaves later is the other."""
    for seat, role in (("eier", scene.eier), ("statsforvalter", scene.statsforvalter)):
        GroupMember.objects.create(
            group=scene.deltakelse.styringsgruppe,
            user=role.user,
            name=role.user.name,
            seat=seat,
            valid_from=STARTED,
        )
    start = scene.pulje.semesters.get(number=0)
    making = Obligation.objects.filter(rule__met_by="group", unit=scene.skole)
    sync_all_obligations(semester=start, now=NOW - timedelta(days=30))
    leaves(scene.leder)

    sync_all_obligations(semester=start, now=NOW)
    run_seats(scene)

    assert making.get().met_at == NOW - timedelta(days=30)
    assert owed() == [("eier", scene.skole, DUE, False, False)]


def test_one_that_was_never_made_is_owed_as_that_only(scene):
    start = scene.pulje.semesters.get(number=0)
    leaves(scene.leder)
    sync_all_obligations(semester=start, now=NOW)

    run_seats(scene)

    assert owed() == []
    assert Obligation.objects.get(rule__met_by="group", unit=scene.skole).met_at is None


def test_the_forecast_and_min_side_know_it(scene):
    leaves(scene.leder)
    sync_empty_seats(pulje=scene.pulje, now=NOW)

    coming = [each for each in forecast(today=TODAY) if each.rule.key == KIND]

    assert [(each.day, each.office) for each in coming] == [
        (TODAY, "eier"),
        (DUE, "eier"),
        (date(2026, 12, 9), "eier"),
        (date(2026, 12, 18), "statsforvalter"),
    ]
    with translation.override("nb"):
        (task,) = [t for t in tasks_of(scene.by("eier"), NOW) if t.title == "En plass er ledig"]
    assert (task.due, task.action, task.place) == (DUE, "Se plassene", str(scene.skole))


def test_more_units_without_a_leader_take_no_more_queries(scene, django_assert_max_num_queries):
    for role in (scene.leder, scene.styrer):
        leaves(role)
    sync_empty_seats(pulje=scene.pulje, now=NOW)

    with django_assert_max_num_queries(35):
        sync_empty_seats(pulje=scene.pulje, now=NOW)
