"""Writing a part of a søknad: what is saved, what is refused, and two who write at once."""

import json
import re

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.models import AnswerConflict
from cohorts.rules.soeknad_save import stamp
from tests.factories.people import (
    FOEDSELSNUMMER,
    PPTFactory,
    PPTKommuneFactory,
    make_role,
    sign_in,
)
from tests.factories.recruitment import (
    make_private_school,
    make_soeknad,
)
from tests.factories.soeknader import answer, url

pytestmark = pytest.mark.django_db

SECRET = "Trivselen på mellomtrinnet har gått ned."


@pytest.fixture
def soeknad():
    return make_soeknad(answered=False, units=0)


def form_of(response):
    """What the browser would send: every hidden field and text of the page."""
    html = response.content.decode()
    fields = dict(re.findall(r'name="(v_[a-z_]+)" value="([^"]+)"', html))
    form = response.context["form"]
    return fields | {
        name: form[name].value()
        for name in form.fields
        if form[name].value() not in (None, False, [], "")
    }


# --- writing ----------------------------------------------------------------------------------


def test_a_part_is_saved_and_leads_on(client, soeknad, writer):
    form = form_of(client.get(url(soeknad)))
    form |= {
        "challenges": SECRET,
        "sources": ["tilsyn", "annet"],
        "anchored_owner": "on",
        "anchored_owner_date": "21.10.2026",
    }

    response = client.post(url(soeknad), form)

    assertRedirects(response, url(soeknad, "barn"), fetch_redirect_response=False)
    assert dict(soeknad.answers.values_list("key", "value")) == {
        "challenges": SECRET,
        "sources": ["tilsyn", "annet"],
        "anchored_owner": {"yes": True, "date": "2026-10-21"},
    }
    page = client.get(url(soeknad))
    assertContains(page, SECRET)
    assertContains(page, 'value="21.10.2026"')


def test_the_parts_with_pages_of_their_own_and_unknown_ones_are_404(client, soeknad, writer):
    for slug in ("sammen", "enheter", "bekreft", "finnes-ikke"):
        assert client.get(url(soeknad, slug)).status_code == 404


def test_a_private_school_is_asked_its_own_questions(client):
    soeknad = make_soeknad(make_private_school(), answered=False, units=0)
    sign_in(client, make_role("eier", soeknad.candidate.owner))
    page = client.get(url(soeknad))
    assertContains(page, "Når styret vedtok å søke")
    assertNotContains(page, "Kommunedirektøren")
    assertContains(client.get(f"/soeknader/{soeknad.pk}/"), "av ti deler")


def test_only_fields_that_were_touched_are_saved(client, soeknad, writer):
    answer(soeknad, "challenges", "Gammel tekst.")
    answer(soeknad, "sources", ["tilsyn"])
    mine = form_of(client.get(url(soeknad))) | {"organisation": "Min tekst."}
    soeknad.answers.filter(key="challenges").update(value="Ny fra Hanne.", version=2)
    soeknad.answers.filter(key="sources").update(value=["annet"], version=2)

    client.post(url(soeknad), mine)

    assert dict(soeknad.answers.values_list("key", "value")) == {
        "challenges": "Ny fra Hanne.",
        "sources": ["annet"],
        "organisation": "Min tekst.",
    }
    assert not AnswerConflict.objects.exists()


def test_two_in_the_same_field_meet_both_texts_and_may_join_them(client, soeknad, writer):
    mine = form_of(client.get(url(soeknad))) | {"challenges": "Det er uro. Vi bør øve."}
    first = answer(soeknad, "challenges", "Det er uro. Andre trinn venter.")

    response = client.post(url(soeknad), mine)

    page_url = f"/soeknader/{soeknad.pk}/to-tekster/{first.pk}/"
    assertRedirects(response, page_url, fetch_redirect_response=False)
    page = client.get(page_url)
    assertContains(page, "Hanne har skrevet i det samme feltet")
    assertContains(page, "Vi bør øve.</ins>")
    assertContains(page, "Andre trinn venter.</ins>")
    assert page.context["form"]["text"].value() == (
        "Det er uro. Andre trinn venter.\nDet er uro. Vi bør øve."
    )
    assertContains(client.get(url(soeknad)), "To har skrevet i dette feltet.")
    assertContains(client.get(f"/soeknader/{soeknad.pk}/"), "Et felt har to tekster.")

    text = {"use": "joined", "version": 1, "text": "Det er uro. Andre trinn venter. Vi bør øve."}
    done = client.post(page_url, text)

    assertRedirects(done, url(soeknad), fetch_redirect_response=False)
    first.refresh_from_db()
    assert first.value == text["text"]
    assertNotContains(client.get(url(soeknad)), "To har skrevet i dette feltet.")


def test_a_text_that_is_too_long_is_refused_at_its_field_and_stays(client, soeknad, writer):
    form = form_of(client.get(url(soeknad)))
    form |= {"challenges": "x" * 20_000, "organisation": "Lagret."}

    page = client.post(url(soeknad), form)

    assert list(page.context["form"].errors) == ["challenges"]
    assertContains(page, "x" * 20_000)
    assertContains(page, "Feltene under er ikke lagret.")
    assert dict(soeknad.answers.values_list("key", "value")) == {"organisation": "Lagret."}
    again = form_of(page) | {"challenges": "Kort nok.", "organisation": "Lagret og endret."}
    client.post(url(soeknad), again)
    assert dict(soeknad.answers.values_list("key", "value")) == {
        "organisation": "Lagret og endret.",
        "challenges": "Kort nok.",
    }


def test_a_national_id_and_a_wrong_date_are_named_at_their_fields(client, soeknad, writer):
    form = form_of(client.get(url(soeknad)))
    form |= {"challenges": f"Gutten {FOEDSELSNUMMER}", "anchored_staff_date": "31.02.2026"}

    page = client.post(url(soeknad), form)

    assert set(page.context["form"].errors) == {"challenges", "anchored_staff_date"}
    assertContains(page, "Fjern fødselsnummeret fra «Hva er utfordringene?».")
    assertContains(page, "Skriv datoen slik: 26.11.2026.")
    assert not soeknad.answers.exists()


def test_a_script_is_shown_as_text(client, soeknad, writer):
    answer(soeknad, "challenges", "<script>alert(1)</script>")
    page = client.get(url(soeknad))
    assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;")
    assertNotContains(page, "<script>alert")


def test_the_ppt_of_the_kommune_stands_first(client, soeknad, writer):
    other = PPTFactory(name="PPT Andrevik")
    own = PPTKommuneFactory(kommune=soeknad.candidate.owner.kommune).ppt
    form = form_of(client.get(url(soeknad, "ppt")))

    choices = client.get(url(soeknad, "ppt")).context["form"].fields["ppt"].choices
    assert choices[1:] == [
        ("PPT hos dere", [(str(own.pk), own.name)]),
        ("Andre PPT", [(str(other.pk), other.name)]),
        ("unlisted", "PPT står ikke på lista"),
    ]
    client.post(url(soeknad, "ppt"), form | {"ppt": str(own.pk)})
    assert soeknad.answers.get(key="ppt").value == str(own.pk)
    assertContains(client.get(url(soeknad, "ppt")), "kan statsforvalteren og PPT lese den")


def test_a_ppt_that_is_not_on_the_list_is_named_and_reads_nothing(client, soeknad, writer):
    form = form_of(client.get(url(soeknad, "ppt")))
    given = {"ppt": "unlisted", "ppt_name": "PPT Ytre Fiktnes", "ppt_kind": "interkommunal"}
    client.post(url(soeknad, "ppt"), form | given)
    stored = dict(soeknad.answers.values_list("key", "value"))
    assert {key: stored[key] for key in given} == given
    assertNotContains(client.get(url(soeknad, "ppt")), "og PPT lese den")


# --- saving while it is written ---------------------------------------------------------------


def autosave(client, soeknad, form):
    return client.post(url(soeknad, page="lagre/"), form, headers={"X-Requested-With": "autosave"})


def fields_in(response):
    """The hidden fields that the answer renews."""
    found = re.search(r'data-fields="([^"]*)"', response.content.decode())
    return json.loads(found.group(1).replace("&quot;", '"'))


def test_an_autosave_saves_and_renews_what_the_next_follows(client, soeknad, writer):
    form = form_of(client.get(url(soeknad))) | {"challenges": "Først.", "writing": "challenges"}

    saved = autosave(client, soeknad, form)
    assertContains(saved, "Lagret kl. 10.00")
    fresh = fields_in(saved)
    assert fresh == {"v_challenges": stamp(1, "Først.")}
    autosave(client, soeknad, form | fresh | {"challenges": "Noe helt annet."})

    row = soeknad.answers.get()
    assert (row.value, row.version) == ("Noe helt annet.", 2)
    assert not AnswerConflict.objects.exists()
    assert soeknad.presences.get().key == "challenges"


@pytest.mark.parametrize("is_mine", [False, True])
def test_an_autosave_tells_of_another_text(client, soeknad, writer, is_mine):
    form = form_of(client.get(url(soeknad))) | {"challenges": "Fra meg."}
    first = answer(soeknad, "challenges", "Den andre.", by=writer if is_mine else None)

    saved = autosave(client, soeknad, form)

    where = "Du har skrevet i det samme i et annet vindu."
    assertContains(saved, where if is_mine else "Hanne har skrevet i det samme feltet.")
    assertContains(saved, f'href="/soeknader/{soeknad.pk}/to-tekster/{first.pk}/"')
    assert fields_in(saved) == {}
    assert AnswerConflict.objects.get().value == "Fra meg."


def test_an_autosave_names_what_it_did_not_save(client, soeknad, writer):
    form = form_of(client.get(url(soeknad)))
    saved = autosave(client, soeknad, form | {"challenges": "x" * 20_000, "organisation": "Ja."})
    assertContains(saved, "Ikke lagret: «Hva er utfordringene?». Resten er lagret.")
    assertContains(saved, "data-unsaved")
    assert soeknad.answers.get().key == "organisation"


def test_without_a_session_an_autosave_says_so_and_saves_nothing(client, soeknad):
    assert autosave(client, soeknad, {"challenges": "Borte?"}).status_code == 401
    assert not soeknad.answers.exists()


def test_the_page_keeps_the_text_under_a_name_of_the_person_and_the_part(client, soeknad, writer):
    page = client.get(url(soeknad))
    assertContains(page, f'data-autosave-key="soeknad-{soeknad.pk}-behov-{writer.pk}"')
    assertContains(page, "<template data-autosave-lost>")
    assertContains(page, "Du er logget ut, men teksten din er trygg.")
    assertContains(page, "Vi har satt inn teksten din igjen.")
