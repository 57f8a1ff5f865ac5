"""The pages of a referat: sending, reading, approving, and merknader."""

import pytest

from meetings.actions.referat_lock import approve_referat
from meetings.models import Merknad, Referat, ReferatVersion
from tests.factories.meetings import NOW, make_meeting
from tests.factories.pages import page
from tests.factories.paper_forms import referat_form, write
from tests.factories.papers import (
    NATIONAL_ID,
    READERS,
    SECRET,
    STATUS_ONLY,
    held_meeting,
    make_referat,
    send_referat,
)
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


def test_the_leader_writes_and_sends_the_referat(client, scene):
    meeting = held_meeting(scene)
    sign_in(client, scene.leder)
    path = page("referat_edit", meeting)
    leder = meeting.attendances.get(user=scene.leder.user)

    response = client.post(
        path, referat_form(client, path, attendance=[str(leder.pk)], handling="send")
    )

    version = ReferatVersion.objects.get()
    referat = Referat.objects.get()
    assert response.url == page("referat_receipt", meeting, version.receipt)
    assert client.get(response.url).status_code == 200
    assert [row.text for row in referat.follow_ups.all()] == ["Teamene prøver observasjon"]
    leder.refresh_from_db()
    assert leder.presence == "present"


def test_an_unfinished_referat_is_saved_and_not_sent(client, scene):
    meeting = held_meeting(scene)
    sign_in(client, scene.leder)

    response = write(
        client, page("referat_edit", meeting), "send", **{"punkter-0-text": "Bare teksten"}
    )

    body = response.content.decode()
    assert "Velg hvem som har ansvaret." in body
    assert "Skriv fristen for punktet." in body
    assert Referat.objects.get().agreed[0]["text"] == "Bare teksten"
    assert ReferatVersion.objects.count() == 0


def test_a_referat_is_not_written_before_the_meeting(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.leder)

    response = client.get(page("referat_edit", meeting))

    assert response.status_code == 403
    assert "Møtet har ikke begynt" in response.content.decode()


@pytest.mark.parametrize("office", READERS)
def test_who_reads_a_sent_referat(client, scene, office):
    meeting = held_meeting(scene)
    send_referat(scene, make_referat(scene, meeting))
    sign_in(client, getattr(scene, office))

    response = client.get(page("referat_detail", meeting))

    assert SECRET in response.content.decode()


@pytest.mark.parametrize("office", STATUS_ONLY)
def test_two_hats_read_no_referat_of_a_unit(client, scene, office):
    meeting = held_meeting(scene)
    version = send_referat(scene, make_referat(scene, meeting))
    sign_in(client, getattr(scene, office))

    pages = [
        client.get(page("referat_detail", meeting)),
        client.get(page("referat_pdf", meeting, version.pk)),
        client.get(page("merknad_create", meeting)),
    ]

    assert [each.status_code for each in pages] == [403] * 3
    assert not any(SECRET in each.content.decode() for each in pages)


def test_the_statsforvalter_reads_the_referat_of_the_styringsgruppe(client, scene):
    meeting = held_meeting(scene, "styringsgruppemoete_fysisk")
    referat = make_referat(scene, meeting, office="eier")
    send_referat(scene, referat, office="eier")
    sign_in(client, scene.statsforvalter)

    assert SECRET in client.get(page("referat_detail", meeting)).content.decode()


@pytest.mark.parametrize("office", ["arbeidsgruppe", "veileder", "eier", "ppt", "koordinator"])
def test_a_draft_referat_is_its_authors_alone(client, scene, office):
    meeting = held_meeting(scene)
    referat = make_referat(scene, meeting)
    referat.saker.update(summary=SECRET)
    sign_in(client, getattr(scene, office))

    pages = [
        client.get(page(name, meeting), follow=True) for name in ("referat_detail", "referat_edit")
    ]

    assert not any(SECRET in each.content.decode() for each in pages)


def test_a_veileder_approves_and_it_is_read_only(client, scene):
    meeting = held_meeting(scene)
    send_referat(scene, make_referat(scene, meeting))
    sign_in(client, scene.veileder)

    response = client.post(page("referat_approve", meeting))

    assert response.url == page("referat_detail", meeting)
    assert Referat.objects.get().status == "approved"
    sign_in(client, scene.leder)
    refused = client.get(page("referat_edit", meeting))
    assert refused.status_code == 403
    assert "godkjent eller låst" in refused.content.decode()


@pytest.mark.parametrize("office", ["leder", "eier", "ppt", "arbeidsgruppe"])
def test_only_a_veileder_approves(client, scene, office):
    meeting = held_meeting(scene)
    send_referat(scene, make_referat(scene, meeting))
    sign_in(client, getattr(scene, office))

    assert client.post(page("referat_approve", meeting)).status_code == 403
    assert Referat.objects.get().status == "sent"


def test_a_merknad_is_written_and_both_texts_stand(client, scene):
    meeting = held_meeting(scene)
    send_referat(scene, make_referat(scene, meeting))
    sign_in(client, scene.veileder)
    client.post(page("merknad_create", meeting), {"text": "Vi sa begge deler."})
    merknad = Merknad.objects.get()
    sign_in(client, scene.leder)

    response = client.post(
        page("merknad_answer", meeting, merknad.pk),
        {"choice": "both_stand", "answer": "Vi lar begge stå."},
    )

    assert response.url == page("referat_detail", meeting)
    sign_in(client, scene.eier)
    body = client.get(page("referat_detail", meeting)).content.decode()
    assert "Vi sa begge deler." in body
    assert "Vi lar begge stå." in body
    assert SECRET in body


def test_a_merknad_with_a_national_id_number_is_refused(client, scene):
    meeting = held_meeting(scene)
    send_referat(scene, make_referat(scene, meeting))
    sign_in(client, scene.veileder)

    response = client.post(page("merknad_create", meeting), {"text": f"Se {NATIONAL_ID}"})

    assert response.status_code == 200
    assert "Fjern fødselsnummeret" in response.content.decode()
    assert Merknad.objects.count() == 0


def test_an_approved_referat_gets_no_merknad(client, scene):
    meeting = held_meeting(scene)
    referat = make_referat(scene, meeting)
    send_referat(scene, referat)
    approve_referat(referat=referat, by=scene.by("veileder"), now=NOW)
    sign_in(client, scene.ppt)

    assert client.get(page("merknad_create", meeting)).status_code == 403
