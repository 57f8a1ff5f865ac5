"""The page where two texts of one field of a søknad stand side by side."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from cohorts.models import AnswerConflict
from tests.factories.people import FOEDSELSNUMMER
from tests.factories.recruitment import NOW, make_candidate, make_soeknad
from tests.factories.soeknader import answer

pytestmark = pytest.mark.django_db

SECRET = "Trivselen på mellomtrinnet har gått ned."


@pytest.fixture
def soeknad():
    return make_soeknad(answered=False, units=0)


def two_texts(soeknad, writer, stored_by=None):
    """An answer of Hanne's (or `stored_by`) that the writer's has met, and the page of both."""
    first = answer(soeknad, "challenges", "Fra Hanne.", by=stored_by)
    AnswerConflict.objects.create(answer=first, value="Fra meg.", written_by=writer, written_at=NOW)
    return first, f"/soeknader/{soeknad.pk}/to-tekster/{first.pk}/"


def test_the_page_says_who_has_written_the_other_text(client, soeknad, writer):
    page = client.get(two_texts(soeknad, writer)[1])

    assertContains(page, "Hanne har skrevet i det samme feltet")
    assertContains(page, "Bare hos Hanne:")
    assertContains(page, "Bruk teksten fra Hanne Østby")


def test_the_page_does_not_name_me_for_what_i_wrote_in_another_window(client, soeknad, writer):
    page = client.get(two_texts(soeknad, writer, stored_by=writer)[1])

    assertContains(page, "Du har skrevet i det samme i et annet vindu")
    for text in (
        "Bruk min tekst",
        "Bruk teksten fra det andre vinduet",
        "Bare i det andre vinduet:",
    ):
        assertContains(page, text, count=1)
    assertNotContains(page, f"Teksten fra {writer}")


@pytest.mark.parametrize(("use", "value"), [("other", "Fra meg."), ("stored", "Fra Hanne.")])
def test_one_of_the_two_texts_is_chosen_and_the_other_can_be_found(
    client, soeknad, writer, use, value
):
    first, page_url = two_texts(soeknad, writer)

    client.post(page_url, {"use": use, "version": 1, "text": "ikke denne"})

    first.refresh_from_db()
    assert first.value == value
    left = client.get(page_url)
    assertContains(left, "Ingen tekster venter på å bli slått sammen.")
    assertContains(left, "Fra Hanne." if use == "other" else "Fra meg.")


def test_joining_refuses_what_saving_refuses_and_keeps_the_text(client, soeknad, writer):
    first, page_url = two_texts(soeknad, writer)

    for text in (f"Gutten {FOEDSELSNUMMER}", "x" * 5000):
        page = client.post(page_url, {"use": "joined", "version": 1, "text": text})
        assert list(page.context["form"].errors) == ["text"]
        assertContains(page, text)
    stale = client.post(page_url, {"use": "joined", "version": 0, "text": "Begge."})
    assertContains(stale, "Noen har lagret mens du skrev.")
    first.refresh_from_db()
    assert first.value == "Fra Hanne."


def test_another_owners_texts_are_not_found(client, soeknad, writer):
    other = make_soeknad(make_candidate(soeknad.candidate.embete), answered=False, units=0)
    theirs = answer(other, "challenges", SECRET)
    for path in (
        f"/soeknader/{other.pk}/to-tekster/{theirs.pk}/",
        f"/soeknader/{soeknad.pk}/to-tekster/{theirs.pk}/",
    ):
        assert client.get(path).status_code == 404
