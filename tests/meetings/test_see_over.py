"""Looking over a paper before it is sent: nothing is sent unseen, and nothing typed is lost."""

import pytest

from meetings.actions.referat_parts import data_of
from meetings.models import (
    Referat,
    ReferatVersion,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from tests.factories.meetings import make_meeting
from tests.factories.pages import page
from tests.factories.paper_forms import WRITTEN, referat_form, write
from tests.factories.papers import NATIONAL_ID, held_meeting
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db

STORY = "På tirsdag ringte mor til N.N. om kontaktlærers mobil."
FIRST = "saker-0-summary"


@pytest.fixture
def meeting(scene, client):
    sign_in(client, scene.leder)
    return held_meeting(scene)


def send(client, meeting, **changes):
    path = page("referat_edit", meeting)
    return client.post(path, referat_form(client, path, **changes) | {"handling": "send"})


def again(client, meeting, response, handling, **changes):
    """Press a button of the page that was shown: what it carried, what it showed, and changes."""
    data: dict = {}
    for name, value in response.context["carried"]:
        data.setdefault(name, []).append(value)
    if "flagged" in response.context:
        fields = [each.field for each in response.context["flagged"]]
        data |= {"vist": response.context["shown"], "greit": response.context["fine"]}
    else:
        fields = response.context["fields"]
    data |= {field.html_name: field.value() for field in fields}
    return client.post(page("referat_edit", meeting), data | changes | {"handling": handling})


def stored():
    """The summary of the first sak as it is saved in the draft."""
    return data_of(Referat.objects.get())["saker"][0]["summary"]


def key_of(response, words):
    spots = [spot for each in response.context["flagged"] for spot in each.spots]
    return next(spot.key for spot in spots if spot.text == words)


def test_a_text_with_spots_is_saved_shown_and_not_sent(client, meeting):
    response = send(client, meeting, **{FIRST: STORY})

    html = response.content.decode()
    assert "Se over to steder før du sender" in html
    assert "<mark>mor til N.N.</mark>" in html
    assert "Bytt til «en forelder»" in html
    assert stored() == STORY
    assert ReferatVersion.objects.count() == 0


def test_the_tick_sends_the_text_as_it_is(client, meeting):
    shown = send(client, meeting, **{FIRST: STORY})

    response = again(client, meeting, shown, "send", sett_over=shown.context["keys"])

    version = ReferatVersion.objects.get()
    assert response.url == page("referat_receipt", meeting, version.receipt)
    assert version.content["saker"][0]["summary"] == STORY
    assert len(version.content["agreed"]) == 1


def test_without_the_tick_it_is_shown_again_and_says_what_to_do(client, meeting):
    shown = send(client, meeting, **{FIRST: STORY})

    response = again(client, meeting, shown, "send")

    assert "Kryss av for at du har sett over teksten." in response.content.decode()
    assert ReferatVersion.objects.count() == 0


def test_a_spot_is_replaced_and_nothing_is_sent_by_that(client, meeting):
    shown = send(client, meeting, **{FIRST: STORY})
    key = key_of(shown, "mor til N.N.")

    response = again(client, meeting, shown, f"bytt:{FIRST}:{key}")

    text = "På tirsdag ringte en forelder om kontaktlærers mobil."
    assert stored() == text
    assert "Se over ett sted før du sender" in response.content.decode()
    assert ReferatVersion.objects.count() == 0


def test_a_spot_that_is_fine_is_taken_off_the_list_until_the_text_is_sent(client, meeting):
    shown = send(client, meeting, **{FIRST: STORY})

    response = again(client, meeting, shown, f"greit:{key_of(shown, 'kontaktlærers mobil')}")

    spots = [spot.text for each in response.context["flagged"] for spot in each.spots]
    assert spots == ["mor til N.N."]


def test_the_last_spot_replaced_is_sent_without_a_tick(client, meeting):
    shown = send(client, meeting, **{FIRST: "Vi ringte mor til N.N. i går."})
    key = key_of(shown, "mor til N.N.")
    clean = again(client, meeting, shown, f"bytt:{FIRST}:{key}")

    assert "Alt er sett over" in clean.content.decode()
    again(client, meeting, clean, "send")

    version = ReferatVersion.objects.get()
    assert version.content["saker"][0]["summary"] == "Vi ringte en forelder i går."


def test_a_new_spot_must_be_looked_over_too(client, meeting):
    shown = send(client, meeting, **{FIRST: STORY})
    keys = shown.context["keys"]

    response = again(
        client, meeting, shown, "send", **{FIRST: f"{STORY} Faren ringte."}, sett_over=keys
    )

    assert "Teksten er endret. Se over de nye stedene" in response.content.decode()
    assert ReferatVersion.objects.count() == 0


def test_a_spot_that_was_taken_away_by_hand_needs_no_new_look(client, meeting):
    shown = send(client, meeting, **{FIRST: STORY})
    keys = shown.context["keys"]
    text = "På tirsdag ringte noen om kontaktlærers mobil."

    again(client, meeting, shown, "send", **{FIRST: text}, sett_over=keys)

    assert ReferatVersion.objects.get().content["saker"][0]["summary"] == text


def test_back_to_the_form_keeps_what_was_corrected(client, meeting):
    shown = send(client, meeting, **{FIRST: STORY})

    response = again(client, meeting, shown, "lagre", **{FIRST: "Rettet for hånd."})

    assert response.url == page("referat_edit", meeting)
    assert stored() == "Rettet for hånd."


def test_markup_is_shown_as_text(client, meeting):
    text = "<script>alert(1)</script> Mor til N.N. <b>ringte</b>"

    html = send(client, meeting, **{FIRST: text}).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>Mor til N.N.</mark> &lt;b&gt;" in html
    assert "<script>alert" not in html


def test_a_draft_is_never_stopped(client, meeting):
    path = page("referat_edit", meeting)

    response = client.post(path, referat_form(client, path, **{FIRST: STORY, "handling": "lagre"}))

    assert response.status_code == 302
    assert stored() == STORY


def test_a_number_stops_with_a_way_to_take_it_away(client, meeting):
    typed = {FIRST: f"En elev (f. {NATIONAL_ID}) kom.", "mellomarbeid": "Observere"}

    response = send(client, meeting, **typed)

    html = response.content.decode()
    assert "Referatet kan ikke sendes ennå" in html
    assert "Fjern tallet for meg" in html
    assert "Hvorfor stopper vi dette?" in html
    assert (stored(), Referat.objects.get().mellomarbeid) == ("", "Observere")

    response = again(client, meeting, response, "fjern_tall")

    assert response.url == page("referat_edit", meeting)
    assert stored() == "En elev (f.) kom."


def test_few_fit_with_a_trinn_in_a_small_unit(client, scene, meeting):
    unit = scene.skole.unit
    unit.children = 29
    unit.save()

    response = send(client, meeting, **{FIRST: "Eleven på 3. trinn trives."})

    assert key_of(response, "Eleven på 3. trinn")
    unit.children = 30
    unit.save()
    send(client, meeting, **{FIRST: "Eleven på 3. trinn trives."})
    assert ReferatVersion.objects.count() == 1


# --- the grunnlag -------------------------------------------------------------------------------


def press(client, response, path, handling, **changes):
    """Press a button of the see-over page of a grunnlag."""
    data: dict = {}
    for name, value in response.context["carried"]:
        data.setdefault(name, []).append(value)
    data["vist"] = response.context["shown"]
    data |= {each.field.html_name: each.field.value() for each in response.context["flagged"]}
    return client.post(path, data | changes | {"handling": handling})


@pytest.fixture
def coming(scene, client):
    sign_in(client, scene.leder)
    return make_meeting(scene)


def test_a_grunnlag_is_looked_over_corrected_and_sent(client, coming):
    path = page("grunnlag_edit", coming)
    typed = WRITTEN | {"story": STORY, "tried": "Ali (7 år) fikk hjelp."}

    shown = write(client, path, "send", **typed)
    assert [each.field.name for each in shown.context["flagged"]] == ["tried", "story"]

    key = key_of(shown, "Ali (7 år)")
    shown = press(client, shown, path, f"bytt:tried:{key}")
    assert "Se over to steder før du sender" in shown.content.decode()

    sent = press(client, shown, path, "send", sett_over=shown.context["keys"])
    version = VeiledningsgrunnlagVersion.objects.get()
    assert sent.url == page("grunnlag_receipt", coming, version.receipt)
    assert version.content["tried"] == "En elev fikk hjelp."
    assert version.content["story"] == STORY
    assert version.content["questions"] == "Hvordan får vi alle med?"


def test_what_is_missing_comes_before_what_must_be_looked_over(client, coming):
    path = page("grunnlag_edit", coming)

    response = write(client, path, "send", story=STORY)

    html = response.content.decode()
    assert "Skriv hva dere ønsker veiledning på." in html
    assert "Se over «mor til N.N.» og «kontaktlærers mobil»." in html
    assert "flagged" not in response.context


@pytest.mark.parametrize("handling", ["lagre", "send"])
def test_a_number_in_a_grunnlag_is_taken_away_and_the_rest_is_kept(client, coming, handling):
    path = page("grunnlag_edit", coming)
    typed = WRITTEN | {"story": f"En elev {NATIONAL_ID} kom.", "tried": "Dette lagres"}

    response = write(client, path, handling, **typed)
    assert NATIONAL_ID in response.content.decode()

    response = again_at(client, path, response, "fjern_tall")
    grunnlag = Veiledningsgrunnlag.objects.get()
    assert (grunnlag.story, grunnlag.tried) == ("En elev kom.", "Dette lagres")
    assert client.get(response.url).status_code == 200


def again_at(client, path, response, handling):
    data: dict = {}
    for name, value in response.context["carried"]:
        data.setdefault(name, []).append(value)
    data |= {field.html_name: field.value() for field in response.context["fields"]}
    return client.post(path, data | {"handling": handling})


def test_20000_characters_from_a_word_processor_are_saved_and_sent(client, coming):
    path = page("grunnlag_edit", coming)
    line = "\u2022\tVi øver på å møte alle 😀 \u25aa \uf0b7 i garderoben \u2013 hver dag.\r\n"
    text = (line * 400)[:20_000]

    response = write(client, path, "send", **WRITTEN | {"story": text})

    assert response.status_code == 302
    story = VeiledningsgrunnlagVersion.objects.get().content["story"]
    assert len(story) > 15_000
    assert story.count("😀") == text.count("😀")


def test_blanks_alone_are_no_text(client, coming):
    path = page("grunnlag_edit", coming)

    response = write(client, path, "send", **WRITTEN | {"questions": " \u00a0\t\r\n "})

    assert "Skriv hva dere ønsker veiledning på." in response.content.decode()
    assert VeiledningsgrunnlagVersion.objects.count() == 0
