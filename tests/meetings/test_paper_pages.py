"""The pages of the papers: who sees what, and what becomes of what is typed."""

import pytest
from django.urls import reverse

from actors.models import Event
from cohorts.models import PuljeStatus
from meetings.actions.grunnlag import start_grunnlag
from meetings.actions.referat_lock import approve_referat
from meetings.models import (
    Merknad,
    Referat,
    ReferatVersion,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from tests.factories.meetings import NOW, make_meeting, make_scene
from tests.factories.papers import (
    NATIONAL_ID,
    SECRET,
    held_meeting,
    make_grunnlag,
    make_referat,
    send_grunnlag,
    send_referat,
    write_grunnlag,
)
from tests.factories.people import make_role, sign_in
from tests.factories.register import BarnehageFactory, OwnerFactory

pytestmark = pytest.mark.django_db

READERS = ["leder", "arbeidsgruppe", "veileder", "co_veileder", "eier", "ppt", "koordinator"]
STATUS_ONLY = ["udir", "statsforvalter"]


@pytest.fixture
def scene():
    return make_scene()


def page(name, meeting, *args):
    return reverse(f"meetings:{name}", args=[meeting.pk, *args])


def form_of(response):
    """What a browser would post from the form of a page, as it was filled in."""
    shown = response.context["page"]
    data = {"edit_version": str(response.context["edit_version"])}
    if "base" in response.context:
        data["base"] = response.context["base"]
    sets = [part for part in (shown.saker, shown.points) if hasattr(part, "management_form")]
    forms = [shown.form, *(shown.points if isinstance(shown.points, list) else [])]
    for each in sets:
        forms += [each.management_form, *each.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif value is not None and value is not False and value != "":
                shown_value = field.field.widget.format_value(value)
                data[field.html_name] = value if isinstance(value, list) else str(shown_value)
                if isinstance(shown_value, list) and not isinstance(value, list):
                    data[field.html_name] = str(value)
    return data


WRITTEN = {
    "questions": "Hvordan får vi alle med?",
    "story": SECRET,
    "prepared_by": "Arbeidsgruppa",
    "confirmed": "on",
}


def write(client, path, handling, **changes):
    data = form_of(client.get(path)) | changes | {"handling": handling}
    return client.post(path, data)


# --- veiledningsgrunnlag: writing ---------------------------------------------------------------


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


# --- veiledningsgrunnlag: reading ---------------------------------------------------------------


@pytest.mark.parametrize("office", READERS)
def test_who_reads_what_is_sent(client, scene, office):
    meeting = make_meeting(scene)
    send_grunnlag(scene, make_grunnlag(scene, meeting))
    sign_in(client, getattr(scene, office))

    response = client.get(page("grunnlag_detail", meeting))

    assert response.status_code == 200
    assert SECRET in response.content.decode()


@pytest.mark.parametrize("office", STATUS_ONLY)
@pytest.mark.parametrize("name", ["grunnlag_detail", "grunnlag_edit"])
def test_two_hats_get_the_status_with_a_reason_and_no_text(client, scene, office, name):
    meeting = make_meeting(scene)
    version = send_grunnlag(scene, make_grunnlag(scene, meeting))
    sign_in(client, getattr(scene, office))

    pages = [
        client.get(page(name, meeting)),
        client.get(page("grunnlag_receipt", meeting, version.receipt)),
        client.get(page("grunnlag_pdf", meeting, version.pk)),
        client.get(page("grunnlag_print", meeting, version.pk)),
    ]

    assert [each.status_code for each in pages] == [403] * 4
    assert not any(SECRET in each.content.decode() for each in pages)
    assert "ikke teksten" in pages[0].content.decode() or "Teksten er for dem" in (
        pages[0].content.decode()
    )


@pytest.mark.parametrize("office", [*READERS[2:], *STATUS_ONLY])
def test_a_draft_is_seen_by_its_authors_alone(client, scene, office):
    meeting = make_meeting(scene)
    grunnlag = make_grunnlag(scene, meeting)
    write_grunnlag(scene, grunnlag, story=SECRET)
    sign_in(client, getattr(scene, office))

    pages = [
        client.get(page(name, meeting), follow=True)
        for name in ("grunnlag_detail", "grunnlag_edit", "meeting_detail")
    ]

    assert not any(SECRET in each.content.decode() for each in pages)


def test_the_arbeidsgruppe_sees_the_draft(client, scene):
    meeting = make_meeting(scene)
    grunnlag = make_grunnlag(scene, meeting)
    write_grunnlag(scene, grunnlag, story=SECRET)
    sign_in(client, scene.arbeidsgruppe)

    response = client.get(page("grunnlag_detail", meeting), follow=True)

    assert SECRET in response.content.decode()


def test_readers_see_the_sent_version_and_never_a_later_draft(client, scene):
    meeting = make_meeting(scene)
    grunnlag = make_grunnlag(scene, meeting)
    send_grunnlag(scene, grunnlag)
    write_grunnlag(scene, grunnlag, story="Uferdig endring")
    sign_in(client, scene.veileder)

    body = client.get(page("grunnlag_detail", meeting)).content.decode()

    assert SECRET in body
    assert "Uferdig endring" not in body


def private_barnehage(scene):
    """A private barnehage in the kommune, in the same deltakelse."""
    from tests.factories.cohorts import make_deltakende_unit

    kommune = scene.deltakelse.owner.kommune
    owner = OwnerFactory(kind="privat", kommune=None, name="Privat eier AS")
    unit = BarnehageFactory(owner=owner, kommune=kommune, ownership="privat")
    return make_deltakende_unit(scene.deltakelse, unit)


def sent_by_private(scene):
    unit = private_barnehage(scene)
    styrer = make_role("leder", unit.unit)
    meeting = make_meeting(scene, units=[unit])
    by = styrer.user.act_as(styrer, NOW.date())
    grunnlag = start_grunnlag(meeting=meeting, unit=unit, by=by, now=NOW)
    send_grunnlag(scene, grunnlag, by=by)
    return meeting, unit


def test_the_kommune_reads_no_text_of_a_private_unit(client, scene):
    meeting, _unit = sent_by_private(scene)
    sign_in(client, scene.eier)

    response = client.get(page("grunnlag_detail", meeting))

    assert response.status_code == 403
    assert "Enheten har en annen eier." in response.content.decode()
    assert SECRET not in response.content.decode()


def test_the_private_owner_reads_it(client, scene):
    meeting, unit = sent_by_private(scene)
    sign_in(client, make_role("eier", unit.unit.owner))

    response = client.get(page("grunnlag_detail", meeting))

    assert SECRET in response.content.decode()


def test_barnehagemyndighet_reads_no_text(client, scene):
    meeting, unit = sent_by_private(scene)
    sign_in(client, make_role("barnehagemyndighet", unit.unit.kommune))

    response = client.get(page("grunnlag_detail", meeting))

    assert response.status_code == 403
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize("kind", ["leder", "arbeidsgruppe", "eier", "veileder", "ppt"])
@pytest.mark.parametrize("name", ["grunnlag_detail", "grunnlag_edit", "referat_detail"])
def test_a_foreign_meeting_is_not_found(client, scene, kind, name):
    meeting = make_meeting(scene)
    send_grunnlag(scene, make_grunnlag(scene, meeting))
    sign_in(client, make_role(kind))

    assert client.get(page(name, meeting)).status_code == 404


def test_a_unit_of_a_joint_meeting_reads_its_own_alone(client, scene):
    meeting = make_meeting(scene, units=[scene.skole, scene.barnehage])
    send_grunnlag(scene, make_grunnlag(scene, meeting, scene.skole))
    sign_in(client, scene.styrer)

    own = client.get(page("grunnlag_detail", meeting), follow=True)
    other = client.get(page("grunnlag_detail", meeting) + f"?enhet={scene.skole.pk}")

    assert SECRET not in own.content.decode()
    assert other.status_code == 404


def test_a_meeting_without_grunnlag_has_no_such_page(client, scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")
    sign_in(client, scene.eier)

    assert client.get(page("grunnlag_detail", meeting)).status_code == 404


def test_markup_is_shown_as_text(client, scene):
    meeting = make_meeting(scene)
    send_grunnlag(scene, make_grunnlag(scene, meeting), tried="<script>alert(1)</script>")
    sign_in(client, scene.veileder)

    body = client.get(page("grunnlag_detail", meeting)).content.decode()

    assert "<script>alert(1)</script>" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


# --- referat ------------------------------------------------------------------------------------


def referat_form(client, path, **changes):
    data = form_of(client.get(path))
    for name in list(data):
        if name.startswith("saker-") and name.endswith("-title"):
            data[name.replace("-title", "-summary")] = SECRET
    filled = {
        "punkter-0-text": "Teamene prøver observasjon",
        "punkter-0-responsible": "leder",
        "punkter-0-due": "01.12.2026",
        "mellomarbeid": "Teamene observerer i to uker",
    }
    return data | filled | changes


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
