"""The form of a grunnlag: written, saved, and sent."""

import re
from datetime import timedelta

import pytest

from actors.models import Event
from cohorts.models import PuljeStatus
from meetings.models import Veiledningsgrunnlag, VeiledningsgrunnlagVersion
from tests.factories.grunnlag_forms import stored, typed
from tests.factories.meetings import NOW, make_meeting
from tests.factories.pages import page
from tests.factories.paper_forms import WRITTEN, form_of, write
from tests.factories.papers import NATIONAL_ID, make_grunnlag, send_grunnlag
from tests.factories.people import sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


def test_the_leader_writes_and_sends(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.leder)

    response = write(client, page("grunnlag_edit", meeting), "send", **WRITTEN)

    version = VeiledningsgrunnlagVersion.objects.get()
    assert response.url == page("grunnlag_receipt", meeting, version.receipt)
    receipt = client.get(response.url).content.decode()
    assert version.receipt in receipt
    assert " ".join(version.sha256[at : at + 4] for at in (0, 4, 8, 12)) in receipt
    assert f"{scene.veileder.user.name}, veileder" in receipt
    assert f"{scene.ppt.user.name}, PPT-rådgiver" in receipt
    assert f"{scene.leder.user.name}, rektor" in receipt


def test_looking_at_the_form_stores_nothing(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.leder)

    client.get(page("grunnlag_edit", meeting))

    assert Veiledningsgrunnlag.objects.count() == 0


def test_a_draft_is_saved_half_written(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.arbeidsgruppe)

    response = write(client, page("grunnlag_edit", meeting), "lagre", tried="Felles gjennomgang")

    assert response.status_code == 302
    assert Veiledningsgrunnlag.objects.get().tried == "Felles gjennomgang"


def test_an_unfinished_grunnlag_is_saved_and_not_sent(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.leder)

    response = write(client, page("grunnlag_edit", meeting), "send", tried="Mitt forsøk")

    assert response.status_code == 200
    body = response.content.decode()
    assert "Skriv hva dere ønsker veiledning på." in body
    assert 'href="#id_questions"' in body
    assert "Ingenting er sendt. Det du har skrevet, er lagret." in body
    assert Veiledningsgrunnlag.objects.get().tried == "Mitt forsøk"
    assert VeiledningsgrunnlagVersion.objects.count() == 0


def test_the_arbeidsgruppe_does_not_send(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.arbeidsgruppe)

    response = write(client, page("grunnlag_edit", meeting), "send", **WRITTEN)

    assert response.status_code == 403
    assert VeiledningsgrunnlagVersion.objects.count() == 0


@pytest.mark.parametrize("handling", ["lagre", "send"])
def test_a_national_id_number_stays_in_the_form_and_nowhere_else(client, scene, handling):
    meeting = make_meeting(scene)
    sign_in(client, scene.leder)
    typed = WRITTEN | {"story": f"En elev (f. {NATIONAL_ID})", "tried": "Dette lagres"}

    response = write(client, page("grunnlag_edit", meeting), handling, **typed)

    body = response.content.decode()
    grunnlag = Veiledningsgrunnlag.objects.get()
    assert (grunnlag.story, grunnlag.tried) == ("", "Dette lagres")
    assert VeiledningsgrunnlagVersion.objects.count() == 0
    assert "Feltet med fødselsnummeret er ikke lagret. Resten er lagret." in body
    assert body.count(NATIONAL_ID) == 1
    assert not any(NATIONAL_ID in str(event.data) for event in Event.objects.all())


def test_a_double_click_sends_one_version(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.leder)
    path = page("grunnlag_edit", meeting)
    data = form_of(client.get(path)) | WRITTEN | {"handling": "send"}

    first, second = client.post(path, data), client.post(path, data)

    assert first.url == second.url
    assert VeiledningsgrunnlagVersion.objects.count() == 1


def test_a_sak_is_added_and_taken_away_without_script(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.leder)
    path = page("grunnlag_edit", meeting)

    write(client, path, "ny_sak", **{"saker-1-title": "Rutinen i praksis"})
    added = [row["title"] for row in Veiledningsgrunnlag.objects.get().saker]
    write(client, path, "fjern_sak:1")
    kept = [row["title"] for row in Veiledningsgrunnlag.objects.get().saker]

    first, last = "Oppfølging fra forrige referat", "Avtaler og mellomarbeid til neste gang"
    assert added == [first, "Rutinen i praksis", last]
    assert kept == [first, last]


def test_a_closed_pulje_refuses_with_the_reason(client, scene):
    meeting = make_meeting(scene)
    scene.pulje.status = PuljeStatus.CLOSED
    scene.pulje.save()
    sign_in(client, scene.leder)

    response = client.get(page("grunnlag_edit", meeting))

    assert response.status_code == 403
    assert "Pulja er avsluttet" in response.content.decode()


def test_the_empty_row_of_the_saksliste_says_what_it_is_for(client, scene, meeting):
    sign_in(client, scene.leder)

    body = squeeze(client.get(page("grunnlag_edit", meeting)).content)

    assert re.findall(
        r'<label class="ds-label" for="id_saker-(\d)-title">Ny sak</label>', body
    ) == ["1"]
    assert re.findall(r'name="saker-1-title"[^>]*aria-label="([^"]+)"', body) == ["Ny sak"]


def test_text_is_fetched_from_the_last_one_and_the_page_says_what(client, scene, meeting):
    earlier = make_meeting(scene, "veiledning_1", day=NOW.date() - timedelta(days=10))
    send_grunnlag(scene, make_grunnlag(scene, earlier), tried="Fra sist")
    sign_in(client, scene.leder)
    data = typed(client, meeting, questions="Vårt eget spørsmål?")

    response = client.post(page("grunnlag_copy", meeting), data, follow=True)

    body = response.content.decode()
    assert "Hentet fra grunnlaget til 10. november: «Hva har dere prøvd eller tenkt selv?»" in body
    assert (stored(meeting).tried, stored(meeting).questions) == ("Fra sist", "Vårt eget spørsmål?")
