"""The role a person acts in: chosen, kept, shown in the head, and never somebody else's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actors.context import current_of, describe, pages_of
from actors.models import User
from tests.factories.people import UserFactory, make_role, sign_in
from tests.factories.recruitment import make_candidate
from tests.factories.register import BarnehageFactory, OwnerFactory, SkoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_roles():
    """Somebody who leads a school and acts for an owner."""
    leader = make_role("leder", SkoleFactory(name="Granli skole"))
    owner = make_role("eier", OwnerFactory(name="Fjordvik kommune"), user=leader.user)
    return leader, owner


def acting_role(client, url="/profil/"):
    return client.get(url).context["role_context"]["current"]


def test_first_role_is_chosen_when_none_is(client, two_roles):
    _leader, owner = two_roles
    sign_in(client, owner.user)

    assert acting_role(client)["id"] == owner.pk


def test_switch_is_kept(client, two_roles):
    leader, owner = two_roles
    sign_in(client, owner)

    response = client.post("/rolle/", {"role": leader.pk, "next": "/varsler/"})

    assert (response.status_code, response["Location"]) == (302, "/varsler/")
    assert acting_role(client) == {"id": leader.pk, "label": "Rektor", "place": "Granli skole"}


def test_switch_to_a_foreign_role_is_ignored(client, two_roles):
    leader, _owner = two_roles
    foreign = make_role("udir")
    sign_in(client, leader)

    client.post("/rolle/", {"role": foreign.pk})

    assert acting_role(client)["id"] == leader.pk


@pytest.mark.parametrize("role", ["", "x", "0", "²"])
def test_switch_to_nonsense_is_ignored(client, two_roles, role):
    leader, _owner = two_roles
    sign_in(client, leader)

    assert client.post("/rolle/", {"role": role}).status_code == 302
    assert acting_role(client)["id"] == leader.pk


def test_switch_to_an_ended_role_is_ignored(client, two_roles):
    leader, owner = two_roles
    owner.valid_to = timezone.localdate() - timedelta(days=1)
    owner.save()
    sign_in(client, leader)

    client.post("/rolle/", {"role": owner.pk})

    assert acting_role(client)["id"] == leader.pk


@pytest.mark.parametrize("address", ["https://ond.example/", "//ond.example/", "javascript:1"])
def test_switch_never_leads_away(client, two_roles, address):
    sign_in(client, two_roles[0])

    response = client.post("/rolle/", {"role": two_roles[1].pk, "next": address})

    assert response["Location"] == "/min-side/"


def test_switch_needs_a_post(client, two_roles):
    sign_in(client, two_roles[0])

    assert client.get("/rolle/").status_code == 405


def test_link_in_a_message_opens_in_its_role(client, two_roles):
    leader, owner = two_roles
    sign_in(client, owner)

    assert acting_role(client, f"/profil/?rolle={leader.pk}")["id"] == leader.pk
    assert acting_role(client)["id"] == leader.pk


@pytest.mark.parametrize("asked", ["x", "²", ""])
def test_link_with_nonsense_changes_nothing(client, two_roles, asked):
    leader, _owner = two_roles
    sign_in(client, leader)

    assert acting_role(client, f"/profil/?rolle={asked}")["id"] == leader.pk


def test_link_with_a_foreign_role_changes_nothing(client, two_roles):
    leader, _owner = two_roles
    foreign = make_role("udir")
    sign_in(client, leader)

    assert acting_role(client, f"/profil/?rolle={foreign.pk}")["id"] == leader.pk


def test_person_without_a_role_gets_a_page(client):
    sign_in(client, UserFactory())

    response = client.get("/profil/")

    assert (response.status_code, response.context["role_context"]["current"]) == (200, None)


def test_page_costs_three_queries(client, two_roles, django_assert_num_queries):
    """Session, person, roles: the head of the page adds nothing."""
    sign_in(client, two_roles[0])
    client.get("/profil/")

    with django_assert_num_queries(3):
        client.get("/profil/")


# --- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "label", "place"),
    [
        ("udir", "Utdanningsdirektoratet", "Hele landet"),
        ("veileder", "Veileder", "Mine oppdrag"),
        ("statsforvalter", "Statsforvalter", "Statsforvalteren i Fiktivt embete"),
    ],
)
def test_describe(kind, label, place):
    role = make_role(kind)

    assert describe(role) == {"id": role.pk, "label": label, "place": place}


def test_describe_a_styrer_who_is_acting():
    role = make_role("leder", BarnehageFactory(name="Solsikken barnehage"), acting=True)

    assert describe(role) == {
        "id": role.pk,
        "label": "Fungerende styrer",
        "place": "Solsikken barnehage",
    }


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        ("udir", ["Min side", "Møter", "Puljer", "Opptak", "Folk", "Varsler"]),
        ("veileder", ["Min side", "Møter", "Veiledning", "Varsler"]),
        ("leder", ["Min side", "Møter", "Granli skole", "Folk", "Varsler"]),
        ("arbeidsgruppe", ["Min side", "Møter", "Granli skole", "Varsler"]),
        ("ppt", ["Min side", "Møter", "Varsler"]),
    ],
)
def test_pages_of_a_role(kind, labels):
    scope = SkoleFactory(name="Granli skole") if kind in ("leder", "arbeidsgruppe") else None

    assert [page[0] for page in pages_of(make_role(kind, scope))] == labels


def test_pages_without_a_role():
    assert [page[0] for page in pages_of(None)] == ["Min side", "Varsler"]


def test_menu_marks_the_page_one_is_on(client):
    sign_in(client, make_role("udir"))

    menu = client.get("/folk/inviter/").context["menu"]

    assert [item["label"] for item in menu if item["current"]] == ["Folk"]


def test_papers_of_a_recruitment_are_marked_under_its_door(client):
    candidate = make_candidate()
    sign_in(client, make_role("statsforvalter", candidate.embete.statsforvalter))

    menu = client.get(candidate.get_absolute_url()).context["menu"]

    assert [item["label"] for item in menu if item["current"]] == ["Opptak"]


def test_current_is_the_longest_that_fits():
    assert current_of(["/puljer/", "/puljer/9/"], "/puljer/9/tall/") == "/puljer/9/"
    assert current_of(["/puljer/"], "/moeter/") is None


# --- målform ----------------------------------------------------------------------------------


def test_profile_language_wins_over_the_browser(client):
    sign_in(client, UserFactory(language="nn"))

    response = client.get("/profil/", headers={"accept-language": "nb"})

    assert response.wsgi_request.LANGUAGE_CODE == "nn"
    assert '<html lang="nn"' in response.content.decode()


def test_language_switch_is_kept_in_the_profile(client):
    person = UserFactory()
    sign_in(client, person)

    client.post("/spraak/", {"language": "nn", "next": "/profil/"})

    assert User.objects.get().language == "nn"
    assert '<html lang="nn"' in client.get("/profil/").content.decode()


def test_language_switch_without_signing_in_is_a_cookie(client):
    client.post("/spraak/", {"language": "nn", "next": "/"})

    assert client.cookies["spraak"].value == "nn"
    assert '<html lang="nn"' in client.get("/hjelp/").content.decode()


@pytest.mark.parametrize("language", ["", "en", "sv"])
def test_language_switch_to_another_language_is_ignored(client, language):
    sign_in(client, UserFactory())

    assert client.post("/spraak/", {"language": language, "next": "/"}).status_code == 302
    assert User.objects.get().language == "nb"


def test_profile_saves_name_and_language(client):
    person = UserFactory()
    sign_in(client, person)

    response = client.post("/profil/", {"name": "Kari Nes", "language": "nn"})

    person.refresh_from_db()
    assert (response.status_code, person.name, person.language) == (302, "Kari Nes", "nn")
    assert client.cookies["spraak"].value == "nn"


def test_profile_without_a_name_keeps_what_was(client):
    person = UserFactory(name="Kari Nes")
    sign_in(client, person)

    response = client.post("/profil/", {"name": " ", "language": "nn"})

    person.refresh_from_db()
    assert (response.status_code, person.name, person.language) == (200, "Kari Nes", "nb")
    assert "Fyll ut «Navn»." in response.content.decode()
