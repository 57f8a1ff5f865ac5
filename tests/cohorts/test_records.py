"""Registering what has no meeting and no paper of its own.

Every test runs on Friday 20 November 2026, in the third semester of pulje 9.
"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from actors.models import Event
from cohorts.access.deltakelse import can_register_activity
from cohorts.actions.pulje import close_pulje
from cohorts.actions.records import undo_record
from cohorts.models import ActivityRecord
from cohorts.rules.errors import NotAllowedHere, PuljeClosed
from tests.factories.cohorts import (
    DONE,
    OPENED,
    activity_of,
    make_deltakelse,
    make_deltakende_unit,
    make_veileder_pair,
    registered,
)
from tests.factories.people import FOEDSELSNUMMER, NOW, UserFactory, acting_as, make_role
from tests.factories.register import PrivateBarnehageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_deltakende_unit()


@pytest.fixture
def leader(unit):
    return make_role("leder", unit.unit)


def medvirkning(unit, semester=3):
    return activity_of(unit.deltakelse.pulje, "medvirkning_barn_elever", semester)


def register(unit, by, activity=None, **values):
    return registered(unit, by, activity or medvirkning(unit), **values)


def test_a_leader_registers_and_it_is_recorded(unit, leader):
    record = register(unit, acting_as(leader), note=" Elevrådet, to møter ")

    assert (record.actor, record.note, record.done_on) == ("leder", "Elevrådet, to møter", DONE)
    event = Event.objects.get(verb="register-activity")
    assert event.data == {
        "unit": unit.pk,
        "deltakelse": unit.deltakelse_id,
        "done_on": "2026-11-03",
    }


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"done_on": date(2026, 11, 21)}, "done_on", "Datoen kan ikke være i framtiden."),
        ({"done_on": date(2026, 7, 3)}, "done_on", "Datoen hører ikke til dette semesteret."),
        ({"note": "  "}, "note", "Skriv kort hva som ble gjort."),
        ({"note": f"Samtale med {FOEDSELSNUMMER}"}, "note", "Teksten inneholder et fødselsnummer"),
    ],
)
def test_wrong_values_are_refused_with_the_reason(unit, leader, values, field, message):
    with pytest.raises(ValidationError) as refused:
        register(unit, acting_as(leader), **values)

    assert refused.value.message_dict[field][0].startswith(message)
    assert FOEDSELSNUMMER not in str(refused.value)
    assert ActivityRecord.objects.count() == 0


def test_a_day_just_outside_the_semester_counts(unit, leader):
    assert register(unit, acting_as(leader), done_on=date(2026, 7, 4)).done_on.month == 7


def test_what_has_a_meeting_or_a_paper_is_registered_there(unit, leader):
    for key in ("veiledning_1", "veiledningsgrunnlag"):
        with pytest.raises(NotAllowedHere, match="sitt eget møte eller dokument"):
            register(unit, acting_as(leader), activity_of(unit.deltakelse.pulje, key, 3))


def test_the_place_must_fit_the_activity(unit, leader):
    pulje, by = unit.deltakelse.pulje, acting_as(leader)
    other = make_deltakende_unit(make_deltakelse(pulje, units=0))

    with pytest.raises(NotAllowedHere, match="Velg hvilken enhet"):
        register(unit, by, at=None)
    with pytest.raises(NotAllowedHere, match="gjelder eieren"):
        register(unit, by, activity_of(pulje, "ppt_avklaring", 3))
    with pytest.raises(NotAllowedHere, match="annen deltakelse"):
        register(unit, by, at=other)
    with pytest.raises(NotAllowedHere, match="hele pulja"):
        register(unit, by, activity_of(pulje, "puljerapport", 4))


def test_a_closed_pulje_refuses_registrations(unit, leader):
    close_pulje(pulje=unit.deltakelse.pulje, by=UserFactory(), now=OPENED)

    with pytest.raises(PuljeClosed):
        register(unit, acting_as(leader))


def test_an_evaluation_is_registered_by_each_who_is_asked(unit, leader):
    activity = activity_of(unit.deltakelse.pulje, "semesterevaluering_enhet", 3)
    member = make_role("arbeidsgruppe", unit.unit)

    for role in (leader, member):
        register(unit, acting_as(role), activity, note="Besvart")

    assert sorted(activity.records.values_list("actor", flat=True)) == ["arbeidsgruppe", "leder"]


def test_one_undoes_the_own_registration_on_the_same_day_only(unit, leader):
    by = acting_as(leader)
    record = register(unit, by)

    with pytest.raises(NotAllowedHere, match="bare angres samme dag"):
        undo_record(record=record, by=UserFactory(), now=NOW)
    with pytest.raises(NotAllowedHere, match="bare angres samme dag"):
        undo_record(record=record, by=by, now=NOW + timedelta(days=1))
    undo_record(record=record, by=by, now=NOW)

    assert ActivityRecord.objects.count() == 0
    assert Event.objects.filter(verb="undo-record").count() == 1


def test_who_may_register(unit, leader):
    deltakelse = unit.deltakelse
    pulje = deltakelse.pulje
    private = PrivateBarnehageFactory(kommune=deltakelse.owner.kommune)
    make_deltakende_unit(deltakelse, private)
    lead, _co = make_veileder_pair(deltakelse)
    roles = {
        "leder": leader,
        "arbeidsgruppe": make_role("arbeidsgruppe", unit.unit),
        "eier": make_role("eier", deltakelse.owner),
        "privat eier": make_role("eier", private.owner),
        "veileder": lead.veileder.roles.get(),
        "udir": make_role("udir"),
        "koordinator": make_role("koordinator"),
    }
    work = (medvirkning(unit), deltakelse, unit)
    prepared = (activity_of(pulje, "kartlegging", 1), deltakelse, unit)
    group = (activity_of(pulje, "plangjennomgang", 3), deltakelse, unit)
    owned = (activity_of(pulje, "ppt_avklaring", 3), deltakelse, None)
    whole = (activity_of(pulje, "puljerapport", 4), None, None)

    may = {
        name: [
            can_register_activity(acting_as(role), *what)
            for what in (work, prepared, group, owned, whole)
        ]
        for name, role in roles.items()
    }

    assert may == {
        "leder": [True, True, True, False, False],
        "arbeidsgruppe": [False, True, True, False, False],
        "eier": [False, False, False, True, False],
        "privat eier": [False, False, False, False, False],
        "veileder": [False, True, False, False, False],
        "udir": [False, False, False, False, True],
        "koordinator": [False, False, False, False, False],
    }
