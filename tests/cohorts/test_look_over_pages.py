"""Pages where spots must be looked over: the text stays, the tick lets it through."""

import pytest
from django.urls import reverse

from cohorts.models import CandidateContact
from tests.factories.look_over import STORY, looked_over
from tests.factories.people import make_role, sign_in
from tests.factories.recruitment import add_soeknad_unit, make_candidate, make_soeknad
from tests.factories.soeknad_sending import ticks, url
from tests.factories.unit_parts import WHOLE, begun_part, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return begun_part()


def test_a_unit_delivers_what_it_has_looked_over(client, row):
    html, answer = looked_over(client, page(row), WHOLE | {"why": STORY, "handling": "lever"})

    assert "«Mor til Ali»" in html
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.part, row.why) == ("delivered", STORY)


def test_a_unit_saves_a_draft_without_looking(client, row):
    answer = client.post(page(row), WHOLE | {"why": STORY, "handling": "lagre"})

    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.why == STORY


def test_a_small_unit_is_warned_of_a_trinn(client, row):
    row.children = 12
    row.save()

    html, _answer = looked_over(
        client, page(row), WHOLE | {"why": "Eleven på 3. trinn.", "handling": "lever"}
    )

    assert "Dere er få, så få passer med dette." in html


def test_an_owner_leaves_a_unit_out_with_a_reason_that_was_looked_over(client):
    application = make_soeknad(units=0)
    left_out = add_soeknad_unit(application, part="not_started")
    sign_in(client, make_role("eier", application.candidate.owner))
    address = reverse("cohorts:soeknad_unit_leave_out", args=[application.pk, left_out.pk])

    _html, answer = looked_over(client, address, {"reason": STORY})

    assert answer.status_code == 302


def test_a_log_of_the_embete_takes_phone_numbers_but_no_child(client):
    candidate = make_candidate()
    embete = candidate.embete
    sign_in(client, make_role("statsforvalter", embete.statsforvalter))
    address = reverse("cohorts:contact_list", args=[embete.opptak.pulje.number])
    line = {"candidate": candidate.pk, "how": "brev"}

    client.post(address, line | {"text": "Kari Testvik svarer på 911 22 333."})
    assert CandidateContact.objects.count() == 1

    html, answer = looked_over(client, address, line | {"text": STORY})
    assert "Skriv slik at ingen barn, foreldre eller ansatte kan kjennes igjen." in html
    assert answer.status_code == 302
    assert CandidateContact.objects.count() == 2


def test_a_soeknad_is_looked_over_when_it_is_sent(client, soeknad, eier):
    soeknad.answers.filter(key="challenges").update(value=STORY)
    sign_in(client, eier)

    html, answer = looked_over(client, url(soeknad), ticks(soeknad))

    assert "Hva er utfordringene? · Fornavn og familie sammen." in html
    assert "«Mor til Ali»" in html
    assert answer.status_code == 302
    assert soeknad.versions.count() == 1
