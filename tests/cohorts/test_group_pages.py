"""The page of a group: seats, members, reasons, and who sees what."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actors.actions.invitations import accept_invitation
from actors.models import EmptySeatReason, Group, GroupMember, Invitation
from cohorts.actions.groups import establish_arbeidsgruppe, establish_styringsgruppe
from cohorts.actions.pulje import close_pulje
from tests.factories.cohorts import (
    OPENED,
    make_deltakelse,
    make_deltakende_unit,
    make_veileder_pair,
)
from tests.factories.people import NOW, UserFactory, make_role, sign_in
from tests.factories.register import PrivateBarnehageFactory
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_deltakende_unit()


@pytest.fixture
def working(unit):
    """The arbeidsgruppe of a skole whose rektor is known."""
    make_role("leder", unit.unit, user=UserFactory(name="Marit Aasland"))
    return establish_arbeidsgruppe(unit=unit, by=None, now=OPENED)


@pytest.fixture
def steering(unit):
    """The styringsgruppe of the owner of the skole."""
    return establish_styringsgruppe(deltakelse=unit.deltakelse, by=None, now=OPENED)


def leader_of(unit):
    return unit.unit.role_set.get(kind="leder")


def member_data(**values):
    return {"seat": "laerer", "name": "Hanne Østby", "valid_from": "01.08.2026", **values}


def test_the_heading_counts_the_empty_seats(client, unit, working):
    sign_in(client, leader_of(unit))

    response = client.get(f"/grupper/{working.pk}/")

    assertContains(response, "Fire plasser er tomme</h1>")
    assertContains(response, "<b>Marit Aasland</b>, rektor")
    assertContains(response, "Leder gruppa")
    assertContains(response, '<li data-empty="wish">', count=4)


def test_a_required_seat_is_marked_as_missing(client, unit, steering):
    sign_in(client, make_role("eier", unit.deltakelse.owner))

    response = client.get(f"/grupper/{steering.pk}/")

    assertContains(response, '<li data-empty="must">')
    assertContains(response, "Programmet krever fem av dem. Resten er ønskelig.")
    assertContains(response, f"Mangler for {unit.unit}.")


def test_a_member_with_only_a_name_is_added(client, unit, working):
    sign_in(client, leader_of(unit))

    response = client.post(f"/grupper/{working.pk}/", member_data(), follow=True)

    assertContains(response, "<b>Hanne Østby</b>")
    assertContains(response, "Siden 1. august 2026")
    assert Invitation.objects.count() == 0


def test_a_member_with_an_unknown_address_is_invited_and_tied_on_acceptance(client, unit, working):
    sign_in(client, leader_of(unit))

    response = client.post(
        f"/grupper/{working.pk}/", member_data(email="Hanne@Skole.example"), follow=True
    )

    assertContains(response, "Hanne Østby er lagt til og får en invitasjon.")
    invitation = Invitation.objects.get()
    assert (invitation.kind, invitation.unit) == ("arbeidsgruppe", unit.unit)
    person = accept_invitation(invitation=invitation, now=NOW)
    assert GroupMember.objects.get(seat="laerer").user == person


def test_a_member_with_an_account_is_found_and_may_read_at_once(client, unit, working):
    person = UserFactory(email="per@skole.example", name="Per Nygård")
    sign_in(client, leader_of(unit))

    client.post(f"/grupper/{working.pk}/", member_data(email="Per@skole.example"))

    assert GroupMember.objects.get(seat="laerer").name == "Per Nygård"
    assert person.roles.get().kind == "arbeidsgruppe"
    assert Invitation.objects.count() == 0


def test_the_same_person_does_not_sit_twice_in_a_seat(client, unit, working):
    UserFactory(email="per@skole.example")
    sign_in(client, leader_of(unit))
    data = member_data(email="per@skole.example")

    client.post(f"/grupper/{working.pk}/", data)
    again = client.post(f"/grupper/{working.pk}/", data)

    assertContains(again, "sitter på denne plassen fra før.")
    assert GroupMember.objects.filter(seat="laerer").count() == 1


def test_a_seat_for_private_owners_asks_for_which(client, unit, steering):
    private = PrivateBarnehageFactory(kommune=unit.deltakelse.owner.kommune)
    make_deltakende_unit(unit.deltakelse, private)
    sign_in(client, make_role("eier", unit.deltakelse.owner))
    url = f"/grupper/{steering.pk}/"
    data = member_data(seat="private", name="Kaja Tveit")

    missing = client.post(url, data)
    client.post(url, {**data, "place": f"owner-{private.owner_id}"})

    assertContains(missing, "Velg hvem personen sitter for.")
    assert GroupMember.objects.get(seat="private").owner == private.owner
    assertNotContains(client.get(url), f"Mangler for {private.owner}.")


def test_wrong_input_is_explained_and_kept(client, unit, working):
    sign_in(client, leader_of(unit))

    response = client.post(
        f"/grupper/{working.pk}/", member_data(email="ikke en adresse", valid_from="snart")
    )

    assertContains(response, "Skriv datoen slik: 26.11.2026.")
    assertContains(response, 'value="Hanne Østby"')
    assertContains(response, "<title>Feil: ")


def test_a_member_leaves_with_a_last_day(client, unit, working):
    sign_in(client, leader_of(unit))
    client.post(f"/grupper/{working.pk}/", member_data())
    member = GroupMember.objects.get(seat="laerer")
    url = f"/grupper/{working.pk}/medlemmer/{member.pk}/avslutt/"

    early = client.post(url, {"valid_to": "01.01.2026"})
    response = client.post(url, {"valid_to": "02.09.2026"})

    assertContains(early, "Siste dag kan ikke være før første dag.")
    assertRedirects(response, f"/grupper/{working.pk}/")
    member.refresh_from_db()
    assert member.valid_to == date(2026, 9, 2)


def test_an_empty_seat_is_explained(client, unit, working):
    sign_in(client, leader_of(unit))

    response = client.post(
        f"/grupper/{working.pk}/plasser/mellomleder/grunn/",
        {"reason": "Skolen har ikke mellomleder."},
        follow=True,
    )

    assertContains(response, "Skolen har ikke mellomleder.")
    assertContains(response, "Grunnen er skrevet. Plassen gir ingen påminnelser.")
    assert EmptySeatReason.objects.get().seat == "mellomleder"


def test_a_reason_with_a_foedselsnummer_is_refused(client, unit, working):
    sign_in(client, leader_of(unit))

    response = client.post(
        f"/grupper/{working.pk}/plasser/ppt/grunn/", {"reason": "Venter på 13097248022"}
    )

    assertContains(response, "Fjern fødselsnummeret.")
    assert EmptySeatReason.objects.count() == 0


def test_a_filled_or_unknown_seat_is_not_explained(client, unit, working):
    sign_in(client, leader_of(unit))

    for seat in ("leder", "finnes-ikke"):
        client.post(f"/grupper/{working.pk}/plasser/{seat}/grunn/", {"reason": "Fordi"})

    assert EmptySeatReason.objects.count() == 0


def test_udir_sees_how_many_but_no_names_and_no_reasons(client, unit, working):
    EmptySeatReason.objects.create(
        group=working,
        seat="ppt",
        reason="Anders er sykmeldt",
        written_by=UserFactory(),
        written_at=NOW,
    )
    sign_in(client, make_role("udir"))

    response = client.get(f"/grupper/{working.pk}/")

    assert "1 person</p>" in squeeze(response.content)
    assertNotContains(response, "Marit Aasland")
    assertNotContains(response, "Anders er sykmeldt")


def test_the_arbeidsgruppe_does_not_see_the_styringsgruppe(client, unit, steering):
    sign_in(client, make_role("arbeidsgruppe", unit.unit))

    assert client.get(f"/grupper/{steering.pk}/").status_code == 403


def test_the_veileder_reads_but_changes_nothing(client, unit, working):
    lead, _co = make_veileder_pair(unit.deltakelse)
    sign_in(client, lead.veileder)
    url = f"/grupper/{working.pk}/"

    assertContains(client.get(url), "Marit Aasland")
    assertNotContains(client.get(url), "Legg til")
    assert client.post(url, member_data()).status_code == 403
    assert client.get(f"{url}plasser/ppt/grunn/").status_code == 403
    member = working.members.first()
    assert client.get(f"{url}medlemmer/{member.pk}/avslutt/").status_code == 403


def test_a_foreign_group_is_not_found(client, unit, working):
    member = working.members.first()
    sign_in(client, make_role("leder"))
    url = f"/grupper/{working.pk}/"

    for path in (url, f"{url}plasser/ppt/grunn/", f"{url}medlemmer/{member.pk}/avslutt/"):
        assert client.get(path).status_code == 404


def test_a_closed_pulje_has_read_only_groups(client, unit, working):
    close_pulje(pulje=unit.deltakelse.pulje, by=UserFactory(), now=OPENED)
    sign_in(client, leader_of(unit))

    assertNotContains(client.get(f"/grupper/{working.pk}/"), "Legg til")
    refused = client.post(f"/grupper/{working.pk}/", member_data())
    assertContains(refused, "Pulja er avsluttet", status_code=403)


def test_the_owner_and_the_leader_make_their_own_groups(client, unit):
    sign_in(client, make_role("eier", unit.deltakelse.owner))
    client.post(f"/deltakelser/{unit.deltakelse_id}/styringsgruppe/")
    refused = client.post(f"/deltakende-enheter/{unit.pk}/arbeidsgruppe/")
    sign_in(client, make_role("leder", unit.unit))
    made = client.post(f"/deltakende-enheter/{unit.pk}/arbeidsgruppe/")

    unit.refresh_from_db()
    assert refused.status_code == 403
    assertRedirects(made, f"/grupper/{unit.arbeidsgruppe_id}/")
    assert sorted(Group.objects.values_list("kind", flat=True)) == [
        "arbeidsgruppe",
        "styringsgruppe",
    ]


def test_groups_of_others_are_not_made(client):
    deltakelse = make_deltakelse(units=1)
    sign_in(client, make_role("eier"))

    unit = deltakelse.units.get()
    assert client.post(f"/deltakelser/{deltakelse.pk}/styringsgruppe/").status_code == 404
    assert client.post(f"/deltakende-enheter/{unit.pk}/arbeidsgruppe/").status_code == 404


@pytest.mark.parametrize("units", [1, 3])
def test_the_page_takes_the_same_queries_however_many_units(
    client, django_assert_num_queries, units
):
    deltakelse = make_deltakelse(units=units)
    for each in deltakelse.units.all():
        make_role("leder", each.unit)
    make_veileder_pair(deltakelse)
    group = establish_styringsgruppe(deltakelse=deltakelse, by=None, now=OPENED)
    sign_in(client, make_role("koordinator"))
    client.get(f"/grupper/{group.pk}/")

    with django_assert_num_queries(13):
        client.get(f"/grupper/{group.pk}/")
