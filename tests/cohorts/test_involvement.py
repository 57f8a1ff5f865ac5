"""That children and parents took part: registering it and taking it back.

Every test runs on Friday 20 November 2026, in the third semester of pulje 9.
"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from cohorts.access.involvement import can_edit_involvement
from cohorts.actions.involvement import Occasion, add_involvement, undo_involvement
from cohorts.actions.pulje import close_pulje
from cohorts.actions.records import undo_record
from cohorts.models import ActivityRecord, Involvement
from cohorts.rules.errors import NationalIdFound, NotAllowedHere, PuljeClosed
from cohorts.rules.involvement import bodies, heading
from tests.factories.cohorts import activity_of
from tests.factories.meetings import NOW
from tests.factories.people import FOEDSELSNUMMER

pytestmark = pytest.mark.django_db

HELD = date(2026, 11, 3)


def add(scene, key="medvirkning_barn_elever", **values):
    occasion = {
        "body": "Elevrådet",
        "what": "Uteområdet",
        "held_on": HELD,
        "count": 14,
        "led_to": "Ny benk",
        "activity": activity_of(scene.pulje, key, 3),
        **values,
    }
    return add_involvement(
        unit=scene.skole, occasion=Occasion(**occasion), by=scene.by("leder"), now=NOW
    )


def test_it_is_registered_as_the_activity(scene):
    made = add(scene, what=" Uteområdet ")

    assert (made.body, made.what, made.count) == ("Elevrådet", "Uteområdet", 14)
    assert (made.record.note, made.record.done_on) == ("Elevrådet: 14", HELD)
    assert made.record.activity == made.activity


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"body": " "}, "body"),
        ({"what": ""}, "what"),
        ({"count": 0}, "count"),
        ({"held_on": date(2026, 11, 21)}, "held_on"),
        ({"held_on": date(2025, 11, 3)}, "held_on"),
    ],
)
def test_wrong_values_are_told_at_their_field(scene, values, field):
    with pytest.raises(ValidationError) as refused:
        add(scene, **values)

    assert list(refused.value.message_dict) == [field]
    assert ActivityRecord.objects.count() == 0


@pytest.mark.parametrize("field", ["body", "what", "led_to"])
def test_a_national_id_is_refused(scene, field):
    with pytest.raises(NationalIdFound) as refused:
        add(scene, **{field: f"Om {FOEDSELSNUMMER}"})

    assert refused.value.fields == [field]


def test_another_activity_is_refused(scene):
    with pytest.raises(NotAllowedHere):
        add(scene, "mellomarbeid")


def test_it_is_taken_back_the_same_day_by_the_same_person(scene):
    made = add(scene)
    with pytest.raises(NotAllowedHere):
        undo_involvement(involvement=made, by=scene.by("styrer"), now=NOW)

    undo_involvement(
        involvement=Involvement.objects.get(), by=scene.by("leder"), now=NOW + timedelta(hours=1)
    )

    assert (Involvement.objects.count(), ActivityRecord.objects.count()) == (0, 0)


def test_the_next_day_it_stands(scene):
    made = add(scene)

    with pytest.raises(NotAllowedHere):
        undo_involvement(involvement=made, by=scene.by("leder"), now=NOW + timedelta(days=1))

    assert Involvement.objects.count() == 1


def test_its_registration_is_not_taken_back_alone(scene):
    made = add(scene)

    with pytest.raises(NotAllowedHere):
        undo_record(record=made.record, by=scene.by("leder"), now=NOW)


def test_a_closed_pulje_takes_none(scene):
    activity = activity_of(scene.pulje, "medvirkning_foreldre", 3)
    close_pulje(pulje=scene.pulje, by=scene.by("udir"), now=NOW)
    scene.skole.refresh_from_db()

    with pytest.raises(PuljeClosed):
        add(scene, activity=activity)


def test_the_heading_says_what_is_missing():
    both = ["Medvirkning fra barn", "Medvirkning fra foreldre"]

    assert heading(both, []) == "Alle har vært med dette semesteret"
    assert heading(both, both[1:]) == "Medvirkning fra foreldre mangler dette semesteret"
    assert heading(both, both) == "Ingen har vært med ennå dette semesteret"
    assert heading([], []) == "Medvirkning"


def test_a_skole_and_a_barnehage_ask_different_bodies():
    assert "Elevrådet" in bodies("skole")
    assert "Elevrådet" not in bodies("barnehage")


@pytest.mark.parametrize(
    ("office", "edits"), [("leder", True), ("arbeidsgruppe", False), ("veileder", False)]
)
def test_the_leader_registers(scene, office, edits):
    assert can_edit_involvement(scene.by(office), scene.skole) is edits
