"""An addition to a locked referat: who writes it, when, and where it stands."""

from datetime import timedelta

import pytest
from django.urls import reverse

from actors.models import Event, Notice
from cohorts.actions.pulje import close_pulje
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady
from meetings.actions.addendum import write_addendum
from meetings.models import Addendum, Referat
from tests.factories.meetings import NOW
from tests.factories.papers import NATIONAL_ID, SECRET, held_meeting, make_referat, send_referat
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
TYPED = {"sak": "1", "text": "Fristen var to uker, ikke én.", "reason": "Feil i møtet."}


def locked_referat(scene, office="leder", meeting=None, **changes) -> Referat:
    referat = make_referat(scene, meeting, office)
    send_referat(scene, referat, office=office, **changes)
    Referat.objects.filter(pk=referat.pk).update(status="locked", locked_at=NOW)
    referat.refresh_from_db()
    return referat


def add(scene, referat, office="leder", **changes):
    values = {"sak": 1, "text": TYPED["text"], "reason": TYPED["reason"], "now": NOW, **changes}
    return write_addendum(referat=referat, by=scene.by(office), **values)


def page(name, referat):
    return reverse(f"meetings:{name}", args=[referat.meeting_id])


def test_an_addendum_has_a_number_a_checksum_and_a_receipt(scene):
    referat = locked_referat(scene)

    first, second = add(scene, referat), add(scene, referat, sak=None, text="Noe annet")

    assert [first.receipt, second.receipt] == [
        f"RF-9-{referat.pk:06d}-T1",
        f"RF-9-{referat.pk:06d}-T2",
    ]
    assert (first.number, first.version.number, len(first.sha256)) == (1, 1, 64)
    assert (first.written_as, first.language) == (f"Rektor, {scene.skole.unit}", "nb")
    event = Event.objects.get(verb="write_addendum", data__addendum=1)
    assert event.data["receipt"] == first.receipt


def test_everybody_who_got_the_referat_is_told(scene):
    add(scene, locked_referat(scene))

    told = Notice.objects.filter(kind="addendum_sent").values_list("recipient", flat=True)
    offices = ("arbeidsgruppe", "veileder", "co_veileder", "eier", "ppt")
    assert set(told) == {getattr(scene, office).user_id for office in offices}


def test_a_double_click_adds_once(scene):
    referat = locked_referat(scene)

    first = add(scene, referat)
    second = add(scene, referat, now=NOW + timedelta(seconds=1))

    assert first == second
    assert Notice.objects.filter(kind="addendum_sent", recipient=scene.ppt.user).count() == 1


def test_the_text_of_the_referat_is_not_touched(scene):
    referat = locked_referat(scene)
    before = referat.versions.get().content

    add(scene, referat)

    assert referat.versions.get().content == before
    assert Referat.objects.get().status == "locked"


def test_a_referat_that_can_be_changed_gets_no_addendum(scene):
    referat = make_referat(scene)
    send_referat(scene, referat)

    with pytest.raises(NotPossible, match="ikke låst"):
        add(scene, referat)


@pytest.mark.parametrize("status", ["sent", "merknad", "approved", "locked"])
def test_a_closed_pulje_still_takes_an_addendum(scene, status):
    referat = locked_referat(scene)
    Referat.objects.filter(pk=referat.pk).update(status=status)
    close_pulje(pulje=scene.pulje, by=scene.by("udir"), now=NOW)

    addendum = add(scene, Referat.objects.get())

    assert addendum.number == 1


def test_a_draft_in_a_closed_pulje_takes_none(scene):
    referat = make_referat(scene)
    close_pulje(pulje=scene.pulje, by=scene.by("udir"), now=NOW)

    with pytest.raises(NotPossible):
        add(scene, referat)


@pytest.mark.parametrize("field", ["text", "reason"])
@pytest.mark.parametrize("typed", [" \n\t", NATIONAL_ID])
def test_an_empty_text_or_a_national_id_number_is_refused(scene, field, typed):
    with pytest.raises((NotReady, NationalIdFound)) as refusal:
        add(scene, locked_referat(scene), **{field: typed})

    assert refusal.value.fields == [field]
    assert NATIONAL_ID not in str(refusal.value)
    assert Addendum.objects.count() == 0


@pytest.mark.parametrize("sak", [0, 3, -1])
def test_a_sak_that_is_not_there_is_refused(scene, sak):
    with pytest.raises(NotPossible, match="ingen slik sak"):
        add(scene, locked_referat(scene), sak=sak)


# --- pages --------------------------------------------------------------------------------------


def test_the_author_writes_one_and_reads_it_under_the_referat(client, scene):
    referat = locked_referat(scene)
    sign_in(client, scene.leder)

    form = client.get(page("addendum_create", referat)).content.decode()
    response = client.post(page("addendum_create", referat), TYPED)

    assert SECRET in form
    assert f"Tillegget får nummer RF-9-{referat.pk:06d}-T1" in form
    assert response.url == page("referat_detail", referat) + "#tillegg-1"
    body = client.get(page("referat_detail", referat)).content.decode()
    assert TYPED["text"] in body
    assert "til sak 1, Oppfølging fra forrige referat" in body
    assert "Hvorfor: Feil i møtet." in body
    assert 'data-autosave-key="tillegg-' in form  # kept in the tab until it is sent


def test_it_is_offered_in_a_closed_pulje_and_written_there(client, scene):
    referat = locked_referat(scene)
    close_pulje(pulje=scene.pulje, by=scene.by("udir"), now=NOW)
    sign_in(client, scene.leder)

    offered = (
        page("addendum_create", referat)
        in client.get(page("referat_detail", referat)).content.decode()
    )
    response = client.post(page("addendum_create", referat), TYPED)

    assert (offered, response.status_code, Addendum.objects.count()) == (True, 302, 1)


def test_the_eier_adds_to_the_referat_of_the_styringsgruppe(client, scene):
    meeting = held_meeting(scene, "styringsgruppemoete_fysisk")
    referat = locked_referat(scene, "eier", meeting, mellomarbeid="")
    sign_in(client, scene.eier)

    response = client.post(page("addendum_create", referat), TYPED | {"sak": "hele"})

    assert response.status_code == 302
    assert Addendum.objects.get().sak is None


@pytest.mark.parametrize("office", ["veileder", "ppt", "eier", "arbeidsgruppe", "udir"])
def test_others_do_not_write_one(client, scene, office):
    referat = locked_referat(scene)
    sign_in(client, getattr(scene, office))

    assert client.post(page("addendum_create", referat), TYPED).status_code == 403
    assert Addendum.objects.count() == 0


def test_what_is_missing_is_told_and_what_was_typed_stays(client, scene):
    referat = locked_referat(scene)
    sign_in(client, scene.leder)

    response = client.post(page("addendum_create", referat), TYPED | {"reason": "  "})

    body = response.content.decode()
    assert 'href="#id_reason"' in body
    assert TYPED["text"] in body
    assert Addendum.objects.count() == 0


def test_a_script_is_shown_as_text_on_the_page_and_in_print(client, scene):
    referat = locked_referat(scene)
    add(scene, referat, text=SCRIPT, reason=SCRIPT)
    sign_in(client, scene.leder)
    version = referat.versions.get()
    printed = reverse("meetings:referat_print", args=[referat.meeting_id, version.pk])

    bodies = [
        client.get(path).content.decode() for path in (page("referat_detail", referat), printed)
    ]

    assert [body.count("&lt;script&gt;alert(1)") for body in bodies] == [2, 2]
    assert not any("<script>alert" in body for body in bodies)


@pytest.mark.parametrize("office", ["udir", "statsforvalter"])
def test_two_hats_do_not_read_it(client, scene, office):
    referat = locked_referat(scene)
    add(scene, referat, text=SECRET)
    sign_in(client, getattr(scene, office))

    response = client.get(page("referat_detail", referat))

    assert response.status_code == 403
    assert SECRET not in response.content.decode()


def test_a_hidden_addendum_is_read_by_its_author_alone(scene):
    addendum = add(scene, locked_referat(scene))
    Addendum.objects.update(hidden_at=NOW)

    shown = [
        office
        for office in ("leder", "arbeidsgruppe", "veileder", "eier", "ppt", "koordinator")
        if addendum in Addendum.objects.visible_to(scene.by(office))
    ]
    Addendum.objects.update(removed_at=NOW)

    assert shown == ["leder"]
    assert not Addendum.objects.visible_to(scene.by("leder")).exists()


def test_one_at_owner_level_is_hidden_from_all_but_its_author(scene):
    meeting = held_meeting(scene, "styringsgruppemoete_fysisk")
    add(scene, locked_referat(scene, "eier", meeting, mellomarbeid=""), office="eier")
    Addendum.objects.update(hidden_at=NOW)

    shown = [
        office
        for office in ("leder", "veileder", "eier", "ppt", "statsforvalter")
        if Addendum.objects.visible_to(scene.by(office)).exists()
    ]

    assert shown == ["eier"]
