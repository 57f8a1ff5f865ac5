"""Min side in a recruitment: duties first, the open opptak for an owner, and the menu."""

import pytest
from django.utils import timezone

from cohorts.models import Answer
from meetings.actions.obligation import sync_recruitment_obligations
from tests.factories.people import make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    decide,
    make_candidate,
    make_embete,
    make_list,
    make_opptak,
    make_soeknad,
)
from tests.factories.register import OwnerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


@pytest.fixture
def opptak():
    return make_opptak()


@pytest.fixture
def embete(opptak):
    return make_embete(opptak)


def my_page(client, role) -> str:
    sign_in(client, role)
    return client.get("/min-side/").content.decode()


def sync(opptak):
    sync_recruitment_obligations(opptak=opptak, now=timezone.now())


def test_an_owner_without_deltakelse_is_led_to_the_open_opptak(client, opptak):
    text = my_page(client, make_role("eier"))

    assert "Opptaket er åpent. Se hvem som kan søke" in text
    assert 'href="/opptak/10/"' in text
    assert ">Søknad</a>" in text


def test_an_owner_sees_nothing_of_it_when_no_opptak_is_open(client, opptak):
    opptak.closed_at = NOW
    opptak.save()

    text = my_page(client, make_role("eier"))

    assert "Opptak til pulje 10" not in text
    assert ">Søknad</a>" not in text


def test_a_soeknad_begun_is_a_duty_with_its_deadline(client, opptak, embete):
    soeknad = make_soeknad(make_candidate(embete))
    sync(opptak)

    text = my_page(client, make_role("eier", soeknad.candidate.owner))

    assert "Send søknaden om å delta i pulje 10" in text
    assert text.count("Fortsett på søknaden") == 1
    assert "onsdag 25. november" in text
    assert f'<a href="/soeknader/{soeknad.pk}/">Søknad</a>' in text


def test_a_sent_soeknad_is_no_duty_and_has_its_status(client, opptak, embete):
    soeknad = make_soeknad(make_candidate(embete), sent=True)
    sync(opptak)

    text = my_page(client, make_role("eier", soeknad.candidate.owner))

    assert "Søknaden ble sendt 20. november." in text
    assert f'href="/soeknader/{soeknad.pk}/status/"' in text
    assert "Dette skal du gjøre" not in text


def test_an_offer_stands_first_and_is_gone_when_it_is_answered(client, opptak, embete):
    soeknad = make_soeknad(make_candidate(embete), sent=True)
    make_list([soeknad], sent=True)
    decision = decide(soeknad, "tilbud", released=True)
    role = make_role("eier", decision.owner)
    sync(opptak)

    before = my_page(client, role)
    Answer.objects.create(
        decision=decision,
        accepted=True,
        answered_at=NOW,
        answered_by=role.user,
        answered_as="Eier",
    )
    after = my_page(client, role)

    assert f'href="/brev/{decision.pk}/svar/"' in before
    assert "Dere har fått tilbud. Svar innen 15. januar." in before
    assert f'href="/brev/{decision.pk}/svar/"' not in after
    assert "Dere har takket ja." in after


def test_a_held_offer_shows_nowhere(client, opptak, embete):
    soeknad = make_soeknad(make_candidate(embete), sent=True)
    make_list([soeknad], sent=True)
    decide(soeknad, "tilbud", reason="HEMMELIG")
    sync(opptak)

    text = my_page(client, make_role("eier", soeknad.candidate.owner))

    assert "tilbud" not in text
    assert "HEMMELIG" not in text


def test_a_partner_that_is_asked_is_told(client, opptak, embete):
    other = OwnerFactory()
    soeknad = make_soeknad(make_candidate(embete))
    soeknad.partners.create(owner=other, asked_at=NOW)

    text = my_page(client, make_role("eier", other))

    assert f"{soeknad.candidate.owner} spør om dere vil søke sammen." in text


def test_embetet_owes_its_list(client, opptak, embete):
    make_soeknad(make_candidate(embete), sent=True)
    sync(opptak)

    text = my_page(client, make_role("statsforvalter", embete.statsforvalter))

    assert "Send prioritert liste for pulje 10" in text
    assert "Åpne prioriteringen" in text
    assert '<a href="/opptak/10/">Opptak</a>' in text


def test_udir_reads_what_waits_in_the_opptak(client, opptak, embete):
    held, undecided = (make_soeknad(make_candidate(embete), sent=True) for _ in range(2))
    make_list([held, undecided], sent=True)
    decide(held)

    text = my_page(client, make_role("udir"))

    assert "Opptaket venter på deg." in text
    assert "Én søknad er ikke avgjort. Ett brev ligger i utboksen." in text
    assert 'href="/opptak/10/">Se opptaket</a>' in text


def test_udir_reads_how_many_lists_have_come_when_nothing_waits(client, embete):
    text = my_page(client, make_role("udir"))

    assert "Ingen av embetene har sendt lista ennå." in text
    assert "Du er ajour." in text


def test_another_owner_sees_nothing_of_it(client, opptak, embete):
    soeknad = make_soeknad(make_candidate(embete))
    sync(opptak)

    text = my_page(client, make_role("eier"))

    assert str(soeknad.candidate.owner) not in text
    assert "Send søknaden" not in text


def test_the_menu_leads_to_the_list_when_several_opptak_are_open(client, opptak):
    make_opptak(number=11)

    text = my_page(client, make_role("udir"))

    assert '<a href="/opptak/">Opptak</a>' in text


def test_the_menu_says_where_you_are_also_on_a_letter(client, opptak, embete):
    soeknad = make_soeknad(make_candidate(embete), sent=True)
    make_list([soeknad], sent=True)
    decision = decide(soeknad, released=True)
    for role, url in (
        (make_role("udir"), "/opptak/10/"),
        (make_role("eier", decision.owner), f"/soeknader/{soeknad.pk}/"),
    ):
        sign_in(client, role)
        found = client.get(decision.get_absolute_url()).context["menu"]
        assert [each["url"] for each in found if each["current"]] == [url]


def test_min_side_asks_as_much_however_many_apply(
    client, opptak, embete, django_assert_num_queries
):
    role = make_role("statsforvalter", embete.statsforvalter)
    owner = make_role("eier", make_soeknad(make_candidate(embete), sent=True).candidate.owner)
    sync(opptak)
    for count in (1, 3):
        for _ in range(count - 1):
            make_soeknad(make_candidate(embete), sent=True)
        sync(opptak)
        sign_in(client, owner)
        with django_assert_num_queries(OF_OWNER):
            client.get("/min-side/")
        sign_in(client, role)
        with django_assert_num_queries(OF_EMBETE):
            client.get("/min-side/")


OF_OWNER = 13
OF_EMBETE = 8
