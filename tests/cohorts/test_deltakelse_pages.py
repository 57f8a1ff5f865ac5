"""Pages for participants: the list, picking from the register, units and veiledere."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.actions.pulje import close_pulje
from cohorts.models import Deltakelse, DeltakendeUnit, Veilederoppdrag
from tests.factories.cohorts import (
    OPENED,
    make_deltakelse,
    make_deltakende_unit,
    make_pulje,
    make_veileder_pair,
)
from tests.factories.people import UserFactory, make_role, sign_in
from tests.factories.register import (
    BarnehageFactory,
    FylkeFactory,
    KommuneFactory,
    OwnerFactory,
    PrivateBarnehageFactory,
    SkoleFactory,
    StatsforvalterFactory,
)

pytestmark = pytest.mark.django_db


def embete_role(deltakelse):
    return make_role("statsforvalter", deltakelse.owner.kommune.fylke.statsforvalter)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_long(client, django_assert_num_queries, rows):
    pulje = make_pulje()
    for _row in range(rows):
        make_veileder_pair(make_deltakelse(pulje))
    sign_in(client, make_role("udir"))

    with django_assert_num_queries(9):
        response = client.get("/puljer/9/deltakere/")

    assert len(response.context["rows"]) == rows


def test_the_list_says_what_each_owner_has_and_lacks(client):
    pulje = make_pulje()
    full, empty = make_deltakelse(pulje), make_deltakelse(pulje, units=0)
    lead, co = make_veileder_pair(full)
    sign_in(client, make_role("koordinator"))

    response = client.get("/puljer/9/deltakere/")

    assertContains(response, "To eiere deltar")
    assertContains(response, "2 barnehager og skoler er med.")
    assertContains(response, f"Veiledere: {lead.veileder} og {co.veileder}")
    assertContains(response, empty.owner.name)
    assertContains(response, "Ingen veiledere er satt opp ennå.", count=1)


def test_a_leader_sees_the_own_unit_in_the_list_and_no_other(client):
    deltakelse = make_deltakelse(units=2)
    own, other = deltakelse.units.all()
    sign_in(client, make_role("leder", own.unit))

    response = client.get("/puljer/9/deltakere/")

    assertContains(response, own.unit.name)
    assertNotContains(response, other.unit.name)
    assertNotContains(response, "Legg til eier")


def test_an_owner_is_found_in_the_register_and_added(client):
    make_pulje()
    owner = OwnerFactory(kommune=KommuneFactory(name="Skjærvik"))
    sign_in(client, make_role("udir"))

    found = client.get("/puljer/9/deltakere/ny/?q=skjærvik")
    assertContains(found, "<mark>Skjærvik</mark> kommune")
    response = client.post("/puljer/9/deltakere/ny/?q=skj", {"owner": owner.pk})

    deltakelse = Deltakelse.objects.get(owner=owner)
    assertRedirects(response, f"/deltakelser/{deltakelse.pk}/")


def test_an_owner_that_takes_part_is_not_added_twice(client):
    deltakelse = make_deltakelse(units=0)
    sign_in(client, make_role("udir"))

    found = client.get(f"/puljer/9/deltakere/ny/?q={deltakelse.owner.orgnr}")
    assertContains(found, f'href="/deltakelser/{deltakelse.pk}/"')
    again = client.post("/puljer/9/deltakere/ny/", {"owner": deltakelse.owner.pk})

    assertContains(again, "er med i pulja fra før.")
    assert Deltakelse.objects.count() == 1


def test_a_search_without_hits_says_so(client):
    make_pulje()
    sign_in(client, make_role("udir"))

    response = client.get("/puljer/9/deltakere/ny/", {"q": "finnes ikke <b>"})

    assertContains(response, "Ingen treff på «finnes ikke &lt;b&gt;»")


def test_a_statsforvalter_picks_owners_in_the_own_embete_only(client):
    make_pulje()
    embete = StatsforvalterFactory(code="annet", name="Annet embete")
    fylke = FylkeFactory(number="98", statsforvalter=embete)
    own = OwnerFactory(kommune=KommuneFactory(fylke=fylke, name="Egenvik"))
    other = OwnerFactory(kommune=KommuneFactory(name="Andrevik"))
    sign_in(client, make_role("statsforvalter", embete))

    assertContains(client.get("/puljer/9/deltakere/ny/?q=egenvik"), "Legg til")
    assertContains(client.get("/puljer/9/deltakere/ny/?q=andrevik"), "Ingen treff")
    client.post("/puljer/9/deltakere/ny/", {"owner": own.pk})
    client.post("/puljer/9/deltakere/ny/", {"owner": other.pk})

    assert list(Deltakelse.objects.values_list("owner", flat=True)) == [own.pk]


@pytest.mark.parametrize("kind", ["eier", "leder", "veileder"])
def test_others_do_not_pick_owners(client, kind):
    deltakelse = make_deltakelse(units=1)
    scope = {"eier": deltakelse.owner, "leder": deltakelse.units.get().unit}.get(kind)
    role = make_role(kind, scope) if scope else make_veileder_pair(deltakelse)[0].veileder
    sign_in(client, role)

    response = client.get("/puljer/9/deltakere/ny/")

    assertContains(response, "Du kan ikke velge hvem som deltar.", status_code=403)


def test_units_are_found_within_the_owners_own_kommune(client):
    deltakelse = make_deltakelse(units=0)
    kommune = deltakelse.owner.kommune
    SkoleFactory(owner=deltakelse.owner, name="Skjærbrygga skole", children=214)
    PrivateBarnehageFactory(kommune=kommune, name="Skjærstua barnehage", children=8)
    SkoleFactory(name="Skjærgård skole")
    sign_in(client, make_role("udir"))

    response = client.get(f"/deltakelser/{deltakelse.pk}/?q=skjær")

    assertContains(response, "<mark>Skjær</mark>brygga skole")
    assertContains(response, "Offentlig skole · 1.–7. trinn · 214 elever · org.nr.")
    assertContains(response, "<mark>Skjær</mark>stua barnehage")
    assertContains(response, "Færre enn ti barn.")
    assertNotContains(response, "gård skole")


def test_a_unit_is_added_by_a_button_and_shown_as_added(client):
    deltakelse = make_deltakelse(units=0)
    unit = SkoleFactory(owner=deltakelse.owner, has_sfo=True)
    sign_in(client, embete_role(deltakelse))

    response = client.post(f"/deltakelser/{deltakelse.pk}/enheter/", {"unit": unit.pk})

    assertRedirects(response, f"/deltakelser/{deltakelse.pk}/")
    assert DeltakendeUnit.objects.get().sfo_takes_part is True
    again = client.get(f"/deltakelser/{deltakelse.pk}/?q={unit.orgnr}")
    assertContains(again, "Lagt til</span>")


def test_a_unit_of_another_owner_is_not_added(client):
    deltakelse = make_deltakelse(units=0)
    sign_in(client, make_role("udir"))

    response = client.post(
        f"/deltakelser/{deltakelse.pk}/enheter/", {"unit": SkoleFactory().pk}, follow=True
    )

    assertContains(response, "Enheten kan ikke legges til.")
    assert DeltakendeUnit.objects.count() == 0


def test_a_unit_is_changed_and_withdrawn_with_a_reason(client):
    unit = make_deltakende_unit()
    url = f"/deltakelser/{unit.deltakelse_id}/enheter/{unit.pk}/"
    sign_in(client, make_role("udir"))

    client.post(url, {"endre": "1", "first_semester": "2", "sfo_takes_part": "on"})
    unit.refresh_from_db()
    assert (unit.first_semester, unit.sfo_takes_part) == (2, True)

    missing = client.post(url, {"trekk": "1", "withdrawn_from": "01.02.2026", "reason": ""})
    assertContains(missing, "Fyll ut «Grunn».")
    response = client.post(
        url, {"trekk": "1", "withdrawn_from": "01.02.2026", "reason": "Ny leder"}, follow=True
    )

    assertContains(response, "Trukket fra 01.02.2026: Ny leder")
    unit.refresh_from_db()
    assert unit.withdrawn_from == date(2026, 2, 1)


def test_veiledere_are_assigned_one_by_one_with_a_warning_until_there_are_two(client):
    deltakelse = make_deltakelse(units=1)
    first, second = make_role("veileder").user, make_role("veileder").user
    sign_in(client, make_role("koordinator"))
    url = f"/deltakelser/{deltakelse.pk}/veiledere/"
    data = {"function": "lead", "valid_from": "01.08.2026", "unit": ""}

    one = client.post(url, {**data, "veileder": first.pk}, follow=True)
    two = client.post(url, {**data, "function": "co", "veileder": second.pk}, follow=True)

    assertContains(one, "Bare 1 veileder er satt opp. Veilederne arbeider to og to.")
    assertNotContains(two, "Bare 1 veileder er satt opp.")
    assert Veilederoppdrag.objects.count() == 2


def test_a_veileder_with_a_role_in_the_kommune_is_refused_with_the_reason(client):
    deltakelse = make_deltakelse(units=1)
    user = make_role("veileder").user
    rektor = make_role("leder", deltakelse.units.get().unit, user=user)
    sign_in(client, make_role("koordinator"))

    response = client.post(
        f"/deltakelser/{deltakelse.pk}/veiledere/",
        {"function": "lead", "valid_from": "01.08.2026", "unit": "", "veileder": user.pk},
    )

    assertContains(response, f"{user} er rektor, {rektor.unit}, og kan derfor ikke være veileder")
    assert Veilederoppdrag.objects.count() == 0


def test_an_oppdrag_is_ended_with_its_last_day(client):
    deltakelse = make_deltakelse(units=0)
    lead, _co = make_veileder_pair(deltakelse)
    sign_in(client, make_role("koordinator"))
    url = f"/veilederoppdrag/{lead.pk}/avslutt/"

    early = client.post(url, {"valid_to": "01.01.2025"})
    client.post(url, {"valid_to": "31.01.2026"})

    assertContains(early, "Siste dag kan ikke være før første dag.")
    lead.refresh_from_db()
    assert lead.valid_to == date(2026, 1, 31)


def test_a_statsforvalter_does_not_assign_veiledere(client):
    deltakelse = make_deltakelse(units=0)
    lead, _co = make_veileder_pair(deltakelse)
    sign_in(client, embete_role(deltakelse))

    assertNotContains(client.get(f"/deltakelser/{deltakelse.pk}/"), "Sett opp veilederen")
    assert client.post(f"/deltakelser/{deltakelse.pk}/veiledere/").status_code == 403
    assert client.post(f"/veilederoppdrag/{lead.pk}/avslutt/").status_code == 403


def test_an_owner_reads_its_deltakelse_but_does_not_change_it(client):
    deltakelse = make_deltakelse(units=1)
    unit = deltakelse.units.get()
    sign_in(client, make_role("eier", deltakelse.owner))

    response = client.get(f"/deltakelser/{deltakelse.pk}/?q=skole")

    assertContains(response, "Opprett styringsgruppa")
    assertNotContains(response, "Legg til")
    assert client.post(f"/deltakelser/{deltakelse.pk}/enheter/").status_code == 403
    edit = f"/deltakelser/{deltakelse.pk}/enheter/{unit.pk}/"
    assert client.get(edit).status_code == 403


def test_a_foreign_deltakelse_is_not_found(client):
    deltakelse = make_deltakelse(units=1)
    lead, _co = make_veileder_pair(deltakelse)
    unit = deltakelse.units.get()
    sign_in(client, make_role("eier"))

    for url in (
        f"/deltakelser/{deltakelse.pk}/",
        f"/deltakelser/{deltakelse.pk}/enheter/{unit.pk}/",
        f"/veilederoppdrag/{lead.pk}/avslutt/",
        "/puljer/9/deltakere/",
    ):
        assert client.get(url).status_code == 404


def test_a_closed_pulje_shows_its_deltakelser_read_only(client):
    deltakelse = make_deltakelse(units=1)
    unit = deltakelse.units.get()
    close_pulje(pulje=deltakelse.pulje, by=UserFactory(), now=OPENED)
    sign_in(client, make_role("udir"))

    response = client.get(f"/deltakelser/{deltakelse.pk}/?q=barnehage")

    assertContains(response, "Pulja er avsluttet. Alt kan leses, men ikke endres.")
    assertNotContains(response, "Sett opp veilederen")
    refused = client.post(f"/deltakelser/{deltakelse.pk}/enheter/", {"unit": unit.unit_id})
    assertContains(refused, "Pulja er avsluttet", status_code=403)
    added = client.post("/puljer/9/deltakere/ny/", {"owner": OwnerFactory().pk})
    assert added.status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_however_many_units(
    client, django_assert_num_queries, count
):
    deltakelse = make_deltakelse(units=count)
    make_veileder_pair(deltakelse)
    for _unit in range(count):
        BarnehageFactory(owner=deltakelse.owner, name="Trollstua barnehage")
    sign_in(client, make_role("udir"))
    url = f"/deltakelser/{deltakelse.pk}/?q=trollstua"
    client.get(url)

    with django_assert_num_queries(14):
        response = client.get(url)

    assert len(response.context["hits"]) == count
