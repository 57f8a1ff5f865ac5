"""Saving an assessment on its page: finishing, by itself, and in two tabs."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.models import Assessment
from cohorts.rules.assessment import score_field
from tests.factories.assessments import begun, first_of, office, url, whole
from tests.factories.people import sign_in
from tests.factories.recruitment import assess, make_list, make_soeknad

pytestmark = pytest.mark.django_db
NATIONAL_ID = "01010750160"


def test_a_finished_assessment_leads_to_the_table_and_can_be_opened_again(client):
    soeknad = make_soeknad(sent=True)
    begun(client, soeknad)

    done = client.post(url(soeknad), whole(soeknad, handling="ferdig"))
    number = soeknad.candidate.embete.opptak.pulje.number
    assertRedirects(done, f"/opptak/{number}/vurderinger/")
    page = client.get(url(soeknad))
    assertContains(page, "Tydelig ledelse.", count=5)
    assertContains(page, "Åpne vurderingen igjen")
    assert client.post(url(soeknad), whole(soeknad)).status_code == 403

    assertRedirects(client.post(url(soeknad, "aapne/")), url(soeknad))
    assert Assessment.objects.get().completed_at is None


def test_finishing_says_what_is_missing_and_keeps_what_was_typed(client):
    soeknad = make_soeknad(sent=True)
    begun(client, soeknad)
    first = first_of(soeknad)
    data = whole(soeknad, handling="ferdig", motivation="Svært motiverte.")
    del data[score_field(first.pk)], data["recommendation"]
    page = client.post(url(soeknad), data)
    assertContains(page, f'href="#id_{score_field(first.pk)}_0"')
    assertContains(page, f"Velg hvor godt «{first.short}» er oppfylt.", count=2)
    assertContains(page, "Velg hva du tilrår.", count=2)
    mine = Assessment.objects.get()
    assert (mine.completed_at, mine.motivation) == (None, "Svært motiverte.")
    assertContains(page, f'name="edit_version" value="{mine.edit_version}"')


def test_a_national_id_is_refused_and_the_rest_is_saved(client):
    soeknad = make_soeknad(sent=True)
    begun(client, soeknad)
    data = whole(soeknad, data_basis=f"Saken om {NATIONAL_ID}.")
    assertContains(client.post(url(soeknad), data), "Fjern fødselsnummeret fra", count=2)
    mine = Assessment.objects.get()
    assert (mine.data_basis, mine.recommendation) == ("", "tilraas")


def test_it_saves_by_itself_and_the_line_carries_the_next_version(client):
    soeknad = make_soeknad(sent=True)
    begun(client, soeknad)
    answer = client.post(url(soeknad, "lagre/"), {"motivation": "God.", "edit_version": 1})
    assertContains(answer, 'name="edit_version" value="2"')
    assertContains(answer, "Lagret kl.")
    refused = client.post(
        url(soeknad, "lagre/"), {"geography": f"Nr {NATIONAL_ID}", "edit_version": 2}
    )
    assertContains(refused, "Feltet med fødselsnummeret er ikke lagret.")
    stale = client.post(url(soeknad, "lagre/"), {"motivation": "En annen.", "edit_version": 1})
    assert stale.status_code == 409
    assert Assessment.objects.get().motivation == "God."


def test_two_tabs_show_both_texts_and_the_joined_one_is_saved(client):
    soeknad = make_soeknad(sent=True)
    begun(client, soeknad)
    first = first_of(soeknad)
    client.post(url(soeknad), whole(soeknad, motivation="Fra det første vinduet."))

    mine = whole(soeknad, motivation="Fra det andre vinduet.", **{score_field(first.pk): 1})
    page = client.post(url(soeknad), mine)
    assertContains(page, "Du har lagret 2 felt annerledes i et annet vindu", status_code=409)
    assertContains(page, "Fra det første vinduet.", status_code=409, count=2)
    assertContains(page, "Fra det andre vinduet.", status_code=409, count=2)
    assertContains(page, f"{first.short}: Hvor godt er det oppfylt?", status_code=409)

    fields = {each.html_name: each.value() for each in page.context["kept"]}
    fields |= {each.field.html_name: each.field.value() for each in page.context["conflicts"]}
    fields = {name: value or "" for name, value in fields.items()}
    saved = client.post(url(soeknad), fields | {"edit_version": 2, "handling": "lagre"})
    assertRedirects(saved, url(soeknad))
    stored = Assessment.objects.get()
    assert stored.motivation == "Fra det første vinduet.\nFra det andre vinduet."
    assert stored.scores.get(criterion=first).score == 1


def test_when_the_list_is_sent_the_page_can_only_be_read(client):
    soeknad = make_soeknad(sent=True)
    role = office(soeknad)
    assess(soeknad, assessor=role.user)
    make_list([soeknad], sent=True)
    sign_in(client, role)
    page = client.get(url(soeknad))
    assertContains(page, "Lista er sendt til Udir.")
    assertNotContains(page, "Åpne vurderingen igjen")
    assertNotContains(page, "Endre svaret")
    assert client.post(url(soeknad, "aapne/")).status_code == 403
