"""The pages of a søknad: beginning it, its task list, and who opens them."""

from datetime import date, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.models import Soeknad, SoeknadPartner, SoeknadPresence
from tests.factories.people import UserFactory, make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    add_soeknad_unit,
    make_candidate,
    make_embete,
    make_opptak,
    make_soeknad,
)
from tests.factories.register import OwnerFactory
from tests.factories.soeknader import answer, url

pytestmark = pytest.mark.django_db

SECRET = "Trivselen på mellomtrinnet har gått ned."


@pytest.fixture
def soeknad():
    return make_soeknad(answered=False, units=0)


# --- beginning --------------------------------------------------------------------------------


def test_an_owner_reads_what_it_is_and_begins(client):
    opptak = make_opptak()
    owner = OwnerFactory()
    sign_in(client, make_role("eier", owner))

    page = client.get("/opptak/10/soek/")
    assertContains(page, "Dette ser statsforvalteren etter")
    assertContains(page, "onsdag 25. november")
    assertContains(page, "Bare dere som skriver, ser søknaden.")
    client.post("/opptak/10/soek/")
    again = client.post("/opptak/10/soek/")

    soeknad = Soeknad.objects.get(candidate__owner=owner)
    assert soeknad.candidate.embete.opptak == opptak
    assertRedirects(again, f"/soeknader/{soeknad.pk}/", fetch_redirect_response=False)


def test_the_embetes_own_deadline_is_the_one_that_is_told(client):
    embete = make_embete(internal_deadline=date(2026, 11, 23))
    owner = make_candidate(embete).owner
    sign_in(client, make_role("eier", owner))
    assertContains(client.get("/opptak/10/soek/"), "mandag 23. november")


def test_who_cannot_apply_is_told_why(client):
    make_opptak(applicants=["frittstaaende_skole"])
    sign_in(client, make_role("eier"))
    page = client.get("/opptak/10/soek/")
    assertContains(page, "Dette opptaket er ikke for slike eiere som dere.")
    assertNotContains(page, "Begynn på søknaden")
    assert client.post("/opptak/10/soek/").status_code == 403
    assert not Soeknad.objects.exists()


def test_who_is_asked_to_apply_together_is_told_before_beginning_alone(client, soeknad):
    partner = SoeknadPartner.objects.create(soeknad=soeknad, owner=OwnerFactory(), asked_at=NOW)
    sign_in(client, make_role("eier", partner.owner))
    page = client.get("/opptak/10/soek/")
    assertContains(page, f"søke sammen med {soeknad.candidate.owner}.")
    assertContains(page, f'href="/soeknader/{soeknad.pk}/sammen/"')


@pytest.mark.parametrize("kind", ["udir", "statsforvalter", "leder", "veileder"])
def test_only_owners_apply(client, kind):
    make_opptak()
    sign_in(client, make_role(kind))
    assert client.get("/opptak/10/soek/").status_code == 403
    assert client.post("/opptak/10/soek/").status_code == 403


def test_an_opptak_that_is_prepared_is_not_there_for_owners(client):
    make_opptak(opened=False)
    sign_in(client, make_role("eier"))
    assert client.get("/opptak/10/soek/").status_code == 404


# --- the task list ----------------------------------------------------------------------------


@pytest.mark.parametrize("units", [1, 3])
def test_the_task_list_takes_the_same_queries_however_many_units(
    client, django_assert_num_queries, units
):
    soeknad = make_soeknad(units=units, partners=[OwnerFactory() for _row in range(units)])
    sign_in(client, make_role("eier", soeknad.candidate.owner))
    client.get(f"/soeknader/{soeknad.pk}/")

    with django_assert_num_queries(16):
        page = client.get(f"/soeknader/{soeknad.pk}/")

    assert page.status_code == 200


def test_the_task_list_says_how_far_it_has_come_and_what_is_next(client, soeknad, writer):
    odd = UserFactory(name="Odd Erik Holm")
    answer(soeknad, "children_plan", "Elevrådet er med.", odd)
    answer(soeknad, "parents_plan", "FAU er med.", writer)
    answer(soeknad, "time_plan", "Hver uke.", odd)
    add_soeknad_unit(soeknad, part="draft", name="Skjærbrygga skole", leader_name="Ingvild Bakke")

    page = client.get(f"/soeknader/{soeknad.pk}/")

    assertContains(page, "Tre av elleve deler er ferdige")
    assertContains(page, "Søknad om å delta i pulje 10, ")
    assertContains(page, "3 arbeidsdager igjen, til onsdag 25. november")
    assertContains(page, "0 av 1 levert")
    assertContains(page, "Ingvild Bakke, rektor")
    assertContains(page, "Odd Erik Holm og du")
    assertContains(page, "Bare du ser søknaden.")
    assertContains(page, "Tid, gjennomføring og penger. Ett svar mangler.")
    assertContains(page, "data-now", count=1)
    assertContains(page, f'href="/soeknader/{soeknad.pk}/del/tid/"', count=2)


def test_the_task_list_in_nynorsk(client, soeknad, writer):
    writer.language = "nn"
    writer.save()
    answer(soeknad, "time_plan", "Kvar veke.")
    page = client.get(f"/soeknader/{soeknad.pk}/")
    assertContains(page, "Éin av elleve delar er ferdig")
    assertContains(page, "Ti delar står att.")
    assertContains(page, "Sjå over heile søknaden")


def test_who_writes_where_is_told_for_two_minutes(client, soeknad, writer):
    odd, gone = UserFactory(name="Odd Erik Holm"), UserFactory(name="Borte Vekk")
    for user, part, ago in ((odd, "behov", 1), (gone, "tid", 3)):
        SoeknadPresence.objects.create(
            soeknad=soeknad,
            user=user,
            part=part,
            key="organisation" if part == "behov" else "",
            seen_at=NOW - timedelta(minutes=ago),
        )

    page = client.get(f"/soeknader/{soeknad.pk}/")
    assertContains(page, "Odd skriver her nå.")
    assertNotContains(page, "Borte")
    part = client.get(url(soeknad))
    assertContains(part, "2 skriver her nå")
    assertContains(part, "Odd Erik Holm er i «Hvordan vil dere organisere arbeidet?».")


def test_after_the_deadline_a_draft_says_so_and_may_be_written(client, soeknad, writer):
    embete = soeknad.candidate.embete
    embete.internal_deadline = date(2026, 11, 19)
    embete.save()
    assertContains(client.get(f"/soeknader/{soeknad.pk}/"), "Fristen er ute.")
    assertContains(client.get(url(soeknad)), "Fristen er ute.")


def test_what_is_sent_is_closed_until_a_new_version_is_begun(client):
    soeknad = make_soeknad(sent=True)
    sign_in(client, make_role("eier", soeknad.candidate.owner))

    page = client.get(f"/soeknader/{soeknad.pk}/")
    assertContains(page, "Søknaden er sendt")
    assertContains(page, soeknad.versions.get().receipt)
    assert client.post(url(soeknad), {}).status_code == 409
    client.post(f"/soeknader/{soeknad.pk}/ny-versjon/")

    assertContains(client.get(f"/soeknader/{soeknad.pk}/"), "Dere skriver en ny versjon.")
    assertContains(client.get(url(soeknad)), "Gå videre til «Barn, elever og foreldre»")


def test_no_new_version_is_offered_after_the_deadline(client):
    soeknad = make_soeknad(sent=True)
    embete = soeknad.candidate.embete
    embete.internal_deadline = date(2026, 11, 19)
    embete.save()
    sign_in(client, make_role("eier", soeknad.candidate.owner))

    page = client.get(f"/soeknader/{soeknad.pk}/")
    assertContains(page, "Fristen er ute.")
    assertNotContains(page, "Lag ny versjon")
    refused = client.post(f"/soeknader/{soeknad.pk}/ny-versjon/")
    assertContains(refused, "Fristen er ute.", status_code=403)


def test_what_is_withdrawn_is_read_only(client):
    soeknad = make_soeknad(status="withdrawn", withdrawn_at=NOW)
    sign_in(client, make_role("eier", soeknad.candidate.owner))
    assertContains(client.get(f"/soeknader/{soeknad.pk}/"), "Søknaden er trukket")
    assertContains(client.get(url(soeknad)), "Du kan lese dette, men ikke endre det.")
    saved = client.post(url(soeknad, page="lagre/"), {})
    assertContains(saved, "Søknaden er trukket. Den kan leses, men ikke endres.")


# --- who sees it ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "del/behov/"])
def test_a_draft_is_its_writers_alone(client, path):
    soeknad = make_soeknad()
    answer(soeknad, "unknown", SECRET)
    embete = soeknad.candidate.embete.statsforvalter
    roles = [
        make_role("eier"),
        make_role("statsforvalter", embete),
        make_role("udir"),
        make_role("veileder"),
        make_role("leder", soeknad.units.first().unit),
        make_role("barnehagemyndighet", soeknad.candidate.owner.kommune),
    ]
    for role in roles:
        sign_in(client, role)
        assert client.get(f"/soeknader/{soeknad.pk}/{path}").status_code == 404
        assert client.post(url(soeknad, page="lagre/"), {}).status_code == 404


def test_the_embete_reads_what_was_sent_and_not_what_is_being_written(client):
    soeknad = make_soeknad(sent=True)
    soeknad.reopened_at = NOW
    soeknad.save()
    soeknad.answers.filter(key="challenges").update(value=SECRET)
    sign_in(client, make_role("statsforvalter", soeknad.candidate.embete.statsforvalter))

    page = client.get(f"/soeknader/{soeknad.pk}/")
    assertRedirects(page, f"/soeknader/{soeknad.pk}/versjon/1/", fetch_redirect_response=False)
    part = client.get(url(soeknad))
    assertRedirects(part, f"/soeknader/{soeknad.pk}/", fetch_redirect_response=False)
    assert client.post(url(soeknad), {}).status_code == 302
    assert client.post(url(soeknad, page="lagre/"), {}).status_code == 403


@pytest.mark.parametrize(
    ("status", "code"), [("asked", 200), ("confirmed", 200), ("declined", 404)]
)
def test_a_partner_reads_and_does_not_write(client, soeknad, status, code):
    answer(soeknad, "challenges", SECRET)
    partner = SoeknadPartner.objects.create(
        soeknad=soeknad, owner=OwnerFactory(), status=status, asked_at=NOW
    )
    sign_in(client, make_role("eier", partner.owner))

    assert client.get(f"/soeknader/{soeknad.pk}/").status_code == code
    page = client.get(url(soeknad))
    assert page.status_code == code
    if code == 200:
        assertContains(page, SECRET)
        assertNotContains(page, "<textarea")
        for target in (url(soeknad), url(soeknad, page="lagre/")):
            refused = client.post(target, {"challenges": "Vår tekst."})
            assertContains(refused, "Bare den som søker", status_code=403)
    assert soeknad.answers.get().value == SECRET
