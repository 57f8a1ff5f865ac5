"""The page on which work without a meeting and a paper of its own is registered.

Every test runs on Friday 20 November 2026, in the third semester of pulje 9.
"""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.models import ActivityRecord
from tests.factories.cohorts import (
    activity_of,
    make_deltakelse,
    make_deltakende_unit,
    make_veileder_pair,
    registered,
)
from tests.factories.people import FOEDSELSNUMMER, acting_as, make_role, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_deltakende_unit()


@pytest.fixture
def leader(unit):
    return make_role("leder", unit.unit)


def evaluering(unit, semester=3):
    """What a unit registers here; what it writes on pages of its own is not."""
    return activity_of(unit.deltakelse.pulje, "semesterevaluering_enhet", semester)


def register(unit, by, activity=None, **values):
    return registered(unit, by, activity or evaluering(unit), **values)


def test_the_page_registers_and_lists(client, unit, leader):
    activity = evaluering(unit)
    sign_in(client, leader)
    url = f"/registrer/{activity.pk}/"

    assertContains(client.get(url), "Ingenting er registrert ennå")
    response = client.post(url, {"done_on": "03.11.2026", "note": "Elevrådet, to møter"})

    assertRedirects(response, url)
    listed = client.get(url)
    assertContains(listed, "<b>Elevrådet, to møter</b>")
    assertContains(listed, "1 av minst 1")
    assertContains(listed, "Angre")


def test_the_page_explains_and_keeps_wrong_input(client, unit, leader):
    sign_in(client, leader)

    response = client.post(
        f"/registrer/{evaluering(unit).pk}/",
        {"done_on": "24.12.2026", "note": "Elevrådet"},
    )

    assertContains(response, "Datoen kan ikke være i framtiden.")
    assertContains(response, 'value="24.12.2026"')
    assertContains(response, "<title>Feil: ")


def test_the_page_refuses_a_foedselsnummer(client, unit, leader):
    sign_in(client, leader)

    response = client.post(
        f"/registrer/{evaluering(unit).pk}/",
        {"done_on": "03.11.2026", "note": f"Samtale {FOEDSELSNUMMER}"},
    )

    assertContains(response, "Fjern fødselsnummeret.")
    assert ActivityRecord.objects.count() == 0


def test_a_leader_of_two_units_chooses_in_the_role_context(client):
    deltakelse = make_deltakelse(units=2)
    first, second = deltakelse.units.all()
    role = make_role("leder", first.unit)
    make_role("leder", second.unit, user=role.user)
    sign_in(client, role)
    url = f"/registrer/{evaluering(first).pk}/"

    response = client.get(url)

    assert response.context["only"] == first.unit.name
    assert "place" not in response.context["form"].fields


def test_a_veileder_chooses_between_the_units(client):
    deltakelse = make_deltakelse(units=2)
    first, second = deltakelse.units.all()
    lead, _co = make_veileder_pair(deltakelse)
    sign_in(client, lead.veileder)
    activity = activity_of(deltakelse.pulje, "kartlegging", 1)
    url = f"/registrer/{activity.pk}/?enhet={second.pk}"

    assertContains(client.get(url), f'<option value="{second.pk}" selected>')
    client.post(url, {"place": second.pk, "done_on": "03.11.2025", "note": "Kartlagt"})

    assert list(activity.records.values_list("unit", flat=True)) == [second.pk]
    assert first.records.count() == 0


def test_one_does_not_see_what_others_have_registered(client):
    deltakelse = make_deltakelse(units=2)
    first, second = deltakelse.units.all()
    register(second, acting_as(make_role("leder", second.unit)), note="Hemmelig arbeid")
    sign_in(client, make_role("leder", first.unit))

    response = client.get(f"/registrer/{evaluering(first).pk}/")

    assertNotContains(response, "Hemmelig arbeid")


def test_undoing_is_for_the_one_who_registered(client, unit, leader):
    record = register(unit, acting_as(leader))
    sign_in(client, make_role("leder", unit.unit))
    foreign = client.post(f"/registreringer/{record.pk}/angre/")
    sign_in(client, leader)

    response = client.post(f"/registreringer/{record.pk}/angre/")

    assert foreign.status_code == 404
    assertRedirects(response, f"/registrer/{record.activity_id}/")
    assert ActivityRecord.objects.count() == 0


@pytest.mark.parametrize("kind", ["udir", "statsforvalter", "koordinator"])
def test_those_who_do_not_do_it_do_not_register_it(client, unit, kind):
    embete = unit.unit.kommune.fylke.statsforvalter if kind == "statsforvalter" else None
    sign_in(client, make_role(kind, embete))

    assert client.get(f"/registrer/{evaluering(unit).pk}/").status_code == 403


def test_a_foreign_leader_does_not_find_the_page(client, unit):
    sign_in(client, make_role("leder"))

    assert client.get(f"/registrer/{evaluering(unit).pk}/").status_code == 404


def test_a_unit_registers_nothing_for_semesters_before_it_came(client):
    unit = make_deltakende_unit(first_semester=3)
    sign_in(client, make_role("leder", unit.unit))

    assert client.get(f"/registrer/{evaluering(unit, 2).pk}/").status_code == 403
    assert client.get(f"/registrer/{evaluering(unit, 3).pk}/").status_code == 200


OWN_PAGES = {
    "kartlegging": (1, "/kartlegging/{unit}/"),
    "mellomarbeid": (3, "/mellomarbeid/{unit}/"),
    "plangjennomgang": (3, "/planer/{unit}/gjennomgang/"),
    "medvirkning_foreldre": (3, "/medvirkning/{unit}/ny/?aktivitet={activity}"),
}


@pytest.mark.parametrize("key", OWN_PAGES)
def test_what_a_unit_writes_on_pages_of_its_own_is_registered_there(client, unit, leader, key):
    semester, address = OWN_PAGES[key]
    activity = activity_of(unit.deltakelse.pulje, key, semester)
    sign_in(client, leader)

    response = client.get(f"/registrer/{activity.pk}/?enhet={unit.pk}")

    assertRedirects(
        response,
        address.format(unit=unit.pk, activity=activity.pk),
        fetch_redirect_response=False,
    )


def test_what_is_registered_once_leads_to_the_list(client, unit, leader):
    activity = activity_of(unit.deltakelse.pulje, "medvirkning_foreldre", 3)
    register(unit, acting_as(leader), activity)
    sign_in(client, leader)

    assertRedirects(client.get(f"/registrer/{activity.pk}/"), f"/medvirkning/{unit.pk}/")


def test_the_arbeidsgruppe_goes_where_it_may_write(client, unit):
    pulje = unit.deltakelse.pulje
    sign_in(client, make_role("arbeidsgruppe", unit.unit))
    mellomarbeid = activity_of(pulje, "mellomarbeid", 3)

    response = client.get(f"/registrer/{mellomarbeid.pk}/")

    assertRedirects(response, f"/mellomarbeid/{unit.pk}/")
    foreldre = activity_of(pulje, "medvirkning_foreldre", 3)
    assert client.get(f"/registrer/{foreldre.pk}/").status_code == 403
