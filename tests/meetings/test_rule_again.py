"""A rule taken into use twice, or from an old page, and one that is not finished or wrong."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories.cohorts import make_pulje
from tests.factories.people import make_role, sign_in
from tests.factories.rule_forms import KEY, posted, url_of

pytestmark = pytest.mark.django_db
UNREAD = "Påminnelser som mangler noe eller er feil, er ikke regnet med."


@pytest.fixture
def rule(client):
    sign_in(client, make_role("udir"))
    return make_pulje().deadline_rules.get(key=KEY)


def test_the_same_sent_twice_is_one_version(client, rule):
    data = posted(rule, text_bm="Ny tekst", ta_i_bruk="1")

    client.post(url_of(rule), data, follow=True)
    response = client.post(url_of(rule), data, follow=True)

    assertContains(response, "Versjon 2 sier det samme.")
    assertNotContains(response, "mens du skrev")
    assert list(rule.editions.values_list("number", flat=True).order_by("number")) == [1, 2]


def test_an_old_page_of_ones_own_is_not_somebody_else(client, rule):
    client.post(url_of(rule), posted(rule, text_bm="Den første", ta_i_bruk="1"))

    response = client.post(url_of(rule), posted(rule, text_bm="Den andre", ta_i_bruk="1"))

    assertContains(response, "Du har laget versjon 2 siden du åpnet denne siden")
    assertContains(response, "Den andre")


def test_what_is_not_finished_is_not_counted_and_the_page_says_so(client, rule):
    half = posted(rule, rows=[(10, "before", ""), ("to", "before", "")], vis="1")

    assertContains(client.post(url_of(rule), half), UNREAD)
    assertNotContains(client.get(url_of(rule)), UNREAD)


def test_a_rule_that_reaches_nobody_says_so_in_words(client, rule):
    assertContains(client.get(url_of(rule)), "Regelen gir ingen varsler de neste 30 dagene.")


def test_the_summary_says_which_reminder_and_which_text_is_wrong(client, rule):
    wrong = [("300", "before", ""), (2, "before", ""), ("300", "after", "eier")]
    data = posted(rule, rows=wrong, subject_bm="", text_nn="Frist {frsit}.", ta_i_bruk="1")

    response = client.post(url_of(rule), data)
    lines = response.context["error_lines"]

    assert response.context["summary"] == ""
    assert [(line.text, line.target) for line in lines] == [
        ("Påminnelse 1: skriv et tall fra 0 til 120.", "id_p0-days"),
        ("Påminnelse 3: skriv et tall fra 0 til 120.", "id_p2-days"),
        ("Bokmål: fyll ut «Emne».", "id_subject_bm"),
        ("Nynorsk: {frsit} finnes ikke. Mente du {frist}?", "id_text_nn"),
    ]
