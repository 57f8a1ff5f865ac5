"""What is owed follows from the meetings and papers that exist, and from the pulje's own rules."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cohorts.actions.deltakelse import withdraw_unit
from cohorts.models import ActivityRecord, DeadlineRule
from meetings.actions.meeting import create_meeting
from meetings.actions.meeting_change import cancel_meeting, change_meeting
from meetings.actions.obligation import sync_semester_obligations
from meetings.actions.record import register_work
from meetings.models import Obligation
from tests.factories.cohorts import activity_of, make_deltakelse, make_pulje, semester_of
from tests.factories.people import acting_as, make_role

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
START = datetime(2026, 12, 3, 8, 0, tzinfo=UTC)  # 09.00 in Oslo


@pytest.fixture
def pulje():
    return make_pulje()


@pytest.fixture
def deltakelse(pulje):
    return make_deltakelse(pulje)


@pytest.fixture
def by():
    return acting_as(make_role("koordinator"))


def call(deltakelse, by, key="veiledning_1", units=None, start=START):
    return create_meeting(
        activity=activity_of(deltakelse.pulje, key, 3),
        deltakelse=deltakelse,
        units=[deltakelse.units.first()] if units is None else units,
        start=start,
        end=start + timedelta(hours=2),
        form="physical",
        by=by,
        now=NOW,
    )


def owed(meeting) -> list[tuple]:
    rows = Obligation.objects.open().filter(meeting=meeting).order_by("due")
    return list(rows.values_list("rule__key", "owed_by", "due"))


def test_a_veiledning_demands_grunnlag_before_and_referat_after(deltakelse, by):
    meeting = call(deltakelse, by)

    assert owed(meeting) == [
        ("veiledningsgrunnlag", "leder", date(2026, 11, 26)),
        ("referat", "leder", date(2026, 12, 10)),
    ]


def test_each_unit_of_a_joint_meeting_owes_its_own_papers(deltakelse, by):
    meeting = call(deltakelse, by, units=list(deltakelse.units.all()))

    rows = Obligation.objects.filter(meeting=meeting, rule__key="referat")
    assert rows.values("unit").distinct().count() == 2


def test_a_moved_meeting_moves_its_deadlines_and_makes_no_new_ones(deltakelse, by):
    meeting = call(deltakelse, by)
    later = START + timedelta(days=7)

    change_meeting(
        meeting=meeting,
        edit_version=meeting.edit_version,
        start=later,
        end=later + timedelta(hours=2),
        by=by,
        now=NOW,
    )

    assert owed(meeting) == [
        ("veiledningsgrunnlag", "leder", date(2026, 12, 3)),
        ("referat", "leder", date(2026, 12, 17)),
    ]
    assert Obligation.objects.filter(meeting=meeting).count() == 2


def test_a_cancelled_meeting_demands_nothing(deltakelse, by):
    meeting = call(deltakelse, by)

    cancel_meeting(meeting=meeting, reason="Snøstorm", by=by, now=NOW)

    assert owed(meeting) == []
    void = Obligation.objects.filter(meeting=meeting)
    assert set(void.values_list("void_reason", flat=True)) == {"no_longer_applies"}


def test_an_edited_rule_counts_for_this_pulje_alone(deltakelse, by):
    other = make_deltakelse(make_pulje(11))
    DeadlineRule.objects.filter(pulje=deltakelse.pulje, key="referat").update(offset=14)

    meeting, elsewhere = call(deltakelse, by), call(other, by)

    assert owed(meeting)[1] == ("referat", "leder", date(2026, 12, 17))
    assert owed(elsewhere)[1] == ("referat", "leder", date(2026, 12, 10))


def sync(pulje, number=3):
    sync_semester_obligations(semester=semester_of(pulje, number), now=NOW)


def semester_rows(pulje, **conditions):
    return Obligation.objects.open().filter(pulje=pulje, meeting=None, **conditions)


def test_a_semester_demands_dates_of_the_veileder_for_each_unit_and_for_the_owner(deltakelse):
    sync(deltakelse.pulje)

    rows = semester_rows(deltakelse.pulje, rule__key="semesterplan", semester__number=3)
    assert sorted(rows.values_list("owed_by", "unit", "due"), key=str) == sorted(
        [
            ("veileder", None, date(2026, 8, 31)),
            *(("veileder", unit.pk, date(2026, 8, 31)) for unit in deltakelse.units.all()),
        ],
        key=str,
    )


def test_a_second_sync_changes_nothing(deltakelse):
    sync(deltakelse.pulje)
    before = list(Obligation.objects.order_by("pk").values())

    sync(deltakelse.pulje)

    assert list(Obligation.objects.order_by("pk").values()) == before


def test_the_number_of_queries_does_not_grow_with_the_units(pulje, django_assert_max_num_queries):
    make_deltakelse(pulje, units=1)
    make_deltakelse(pulje, units=6)

    with django_assert_max_num_queries(20):
        sync(pulje)


def test_what_is_registered_is_met(deltakelse):
    sync(deltakelse.pulje)
    unit = deltakelse.units.first()
    for key in ("medvirkning_barn_elever", "medvirkning_foreldre"):
        ActivityRecord.objects.create(
            activity=activity_of(deltakelse.pulje, key, 3),
            deltakelse=deltakelse,
            unit=unit,
            done_on=date(2026, 10, 1),
            note="Elevrådet",
            registered_by=make_role("leder", unit.unit).user,
            registered_at=NOW,
        )

    sync(deltakelse.pulje)

    row = Obligation.objects.get(rule__key="medvirkning", unit=unit, semester__number=3)
    assert row.met_at == NOW


def test_half_of_what_a_rule_covers_is_not_enough(deltakelse):
    unit = deltakelse.units.first()
    ActivityRecord.objects.create(
        activity=activity_of(deltakelse.pulje, "medvirkning_foreldre", 3),
        deltakelse=deltakelse,
        unit=unit,
        done_on=date(2026, 10, 1),
        note="FAU",
        registered_by=make_role("leder", unit.unit).user,
        registered_at=NOW,
    )

    sync(deltakelse.pulje)

    assert semester_rows(deltakelse.pulje, rule__key="medvirkning", unit=unit).count() == 1


def test_a_withdrawn_unit_owes_nothing_more(deltakelse, by):
    sync(deltakelse.pulje)
    unit = deltakelse.units.first()
    withdraw_unit(
        unit=unit, withdrawn_from=date(2026, 11, 1), reason="Skolen legges ned", by=by, now=NOW
    )

    sync(deltakelse.pulje)

    assert semester_rows(deltakelse.pulje, unit=unit).count() == 0


def test_a_unit_that_joins_in_the_last_semester_owes_nothing_in_the_third(deltakelse):
    unit = deltakelse.units.first()
    unit.first_semester = 4
    unit.save()

    sync(deltakelse.pulje)

    assert semester_rows(deltakelse.pulje, unit=unit).count() == 0


def test_everyone_who_is_asked_owes_an_answer_of_their_own(deltakelse):
    sync(deltakelse.pulje)

    rows = semester_rows(
        deltakelse.pulje, rule__key="semesterevaluering", unit=None, semester__number=3
    )
    assert sorted(rows.values_list("owed_by", flat=True)) == ["eier", "ppt", "veileder"]


def test_the_evaluation_opens_three_weeks_before_the_term_ends(deltakelse):
    sync(deltakelse.pulje)

    row = semester_rows(deltakelse.pulje, rule__key="semesterevaluering").first()
    assert (row.opens, row.due) == (date(2026, 11, 27), date(2026, 12, 18))


def test_what_no_deadline_names_falls_due_at_the_end_of_the_term(deltakelse):
    sync(deltakelse.pulje)

    row = semester_rows(deltakelse.pulje, activity__key="ppt_avklaring").get()
    assert (row.rule, row.owed_by, row.due) == (None, "eier", date(2026, 12, 18))


def test_a_group_with_an_empty_required_seat_is_owed_until_it_is_filled(pulje):
    deltakelse = make_deltakelse(pulje, units=1, groups=True)
    unit = deltakelse.units.get()
    of_unit = Obligation.objects.filter(rule__key="grupper", unit=unit)

    sync(pulje, 0)
    before = of_unit.get().met_at
    make_role("leder", unit.unit)
    sync(pulje, 0)

    assert before is None
    assert of_unit.get().met_at == NOW


def test_registering_on_the_page_meets_it_at_once(deltakelse):
    unit = deltakelse.units.first()
    sync(deltakelse.pulje)
    activity = activity_of(deltakelse.pulje, "plangjennomgang", 3)
    leder = acting_as(make_role("leder", unit.unit))

    register_work(
        activity=activity,
        deltakelse=deltakelse,
        unit=unit,
        done_on=date(2026, 11, 1),
        note="Gjennomgått i arbeidsgruppa",
        by=leder,
        now=NOW,
    )

    assert Obligation.objects.get(rule__key="plangjennomgang", unit=unit).met_at == NOW
