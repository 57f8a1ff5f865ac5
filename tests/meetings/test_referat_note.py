"""The short note of a meeting: one text, with or without agreements."""

import pytest

from meetings.models import FollowUp, ReferatVersion
from tests.factories.pages import page
from tests.factories.papers import SECRET, held_meeting, make_referat, send_referat
from tests.factories.people import sign_in
from tests.factories.referat_forms import POINT, form_of, row_under

pytestmark = pytest.mark.django_db


def test_the_note_of_an_eiermoete_is_one_text(client, scene):
    meeting = held_meeting(scene, "eiermoete")
    sign_in(client, scene.veileder)
    shown = client.get(page("referat_edit", meeting))
    data = form_of(shown) | {"saker-0-summary": "Eieren tar opp vikarer.", "handling": "send"}

    response = client.post(page("referat_edit", meeting), data)

    assert list(shown.context["form"].fields) == ["attendance", "guests"]
    assert len(shown.context["page"].saker.forms) == 1
    version = ReferatVersion.objects.get()
    assert response.url == page("referat_receipt", meeting, version.receipt)
    assert version.content["saker"] == [{"title": "Notat", "summary": "Eieren tar opp vikarer."}]


def test_a_note_may_hold_an_agreement(client, scene):
    meeting = held_meeting(scene, "eiermoete")
    sign_in(client, scene.veileder)
    shown = client.get(page("referat_edit", meeting))
    row = {f"{row_under(shown, 1)}-{name}": value for name, value in POINT.items()}
    data = (
        form_of(shown)
        | row
        | {"saker-0-summary": "Kort.", f"{row_under(shown, 1)}-responsible": "eier"}
    )

    client.post(page("referat_edit", meeting), data | {"handling": "send"})

    assert FollowUp.objects.get().responsible == "eier"


def test_a_leader_may_write_a_note_of_a_lederveiledning(client, scene):
    meeting = held_meeting(scene, "lederveiledning")
    sign_in(client, scene.leder)
    shown = client.get(page("referat_edit", meeting))
    data = form_of(shown) | {"saker-0-summary": "Om å lede møter.", "handling": "send"}

    assert client.post(page("referat_edit", meeting), data).status_code == 302
    assert ReferatVersion.objects.get().content["saker"][0]["title"] == "Notat"


@pytest.mark.parametrize("office", ["eier", "leder", "statsforvalter", "ppt"])
def test_those_of_the_styringsgruppe_read_the_note(client, scene, office):
    meeting = held_meeting(scene, "eiermoete")
    send_referat(
        scene, make_referat(scene, meeting, "veileder"), office="veileder", mellomarbeid=""
    )
    sign_in(client, getattr(scene, office))

    response = client.get(page("referat_detail", meeting))

    assert response.status_code == 200
    assert SECRET in response.content.decode()


def test_udir_reads_no_note(client, scene):
    meeting = held_meeting(scene, "eiermoete")
    send_referat(
        scene, make_referat(scene, meeting, "veileder"), office="veileder", mellomarbeid=""
    )
    sign_in(client, scene.udir)

    response = client.get(page("referat_detail", meeting))

    assert response.status_code == 403
    assert SECRET not in response.content.decode()
