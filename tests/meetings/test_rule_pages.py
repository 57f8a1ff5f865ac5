"""The pages of the rules for reminders: rows, texts, versions, the list, and who may what."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actors.models import Event, Notice
from cohorts.actions.pulje import close_pulje
from cohorts.actions.rule_edition import promote_due_editions, take_into_use
from cohorts.models import DeadlineRule
from cohorts.rules.rule_edition import content_of
from meetings.forms.rule import RuleForm
from tests.factories.cohorts import OPENED, make_pulje
from tests.factories.meetings import TODAY
from tests.factories.pages import queries_of
from tests.factories.people import acting_as, make_role, sign_in
from tests.factories.rule_forms import KEY, posted, url_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday
MONDAY = date(2026, 11, 23)
ROWS = [(10, "before", ""), (0, "on", ""), (3, "after", "eier")]


@pytest.fixture
def rule():
    return make_pulje().deadline_rules.get(key=KEY)


def test_the_page_shows_each_reminder_as_a_row(client, rule):
    sign_in(client, make_role("udir"))

    response = client.get(url_of(rule))

    assertContains(response, "Påminnelser om veiledningsgrunnlag")
    assertContains(response, 'aria-label="Fjern påminnelse 6"')
    assertContains(response, "Styrer eller rektor</option>")
    assertContains(response, "Ta i bruk fra mandag")
    assertContains(response, "Regelen får versjon 2. Dere kan gå tilbake til versjon 1")


def test_rows_are_added_and_removed_without_javascript(client, rule):
    sign_in(client, make_role("udir"))

    more = client.post(url_of(rule), posted(rule, rows=ROWS, legg_til="1"))
    less = client.post(url_of(rule), posted(rule, rows=ROWS, fjern="1"))

    assertContains(more, 'name="p3-days"')
    assertNotContains(more, "Skriv hvor mange dager.")
    assert [row.initial["days"] for row in less.context["form"].rows] == ["10", "3"]
    assert rule.editions.count() == 0


def test_a_change_waits_for_the_next_working_day(client, rule):
    sign_in(client, make_role("udir"))

    response = client.post(url_of(rule), posted(rule, rows=ROWS, ta_i_bruk="1"), follow=True)

    assertContains(response, "Versjon 2 gjelder fra mandag 23. november.")
    edition = rule.editions.get(number=2)
    assert edition.from_day == MONDAY
    assert [(each["offset"], each["to"]) for each in edition.steps] == [
        (-10, ""),
        (0, ""),
        (3, "eier"),
    ]
    assertContains(response, "Versjon 2 gjelder fra mandag 23. november, og det er den du ser her")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text_bm": "Frist {frsit}."}, "{frsit} finnes ikke. Mente du {frist}?"),
        ({"subject_nn": "{xyzzy}"}, "{xyzzy} finnes ikke. Du kan bruke {enhet}, {eier}"),
        ({"text_nn": "Frist {frist"}, "En krøllparentes mangler."),
        ({"rows": [("snart", "before", "")]}, "Skriv et helt tall."),
        ({"rows": [("", "before", "")]}, "Skriv hvor mange dager."),
        ({"rows": [("400", "before", "")]}, "Skriv et tall fra 0 til 120."),
        ({"rows": [("5", "on", "")]}, "Skriv 0, eller velg før eller etter fristen."),
        ({"rows": [("5", "after", "rektoren")]}, "Velg et gyldig valg"),
        ({"rows": [(3, "after", ""), (3, "after", "")]}, "Denne påminnelsen står to ganger."),
    ],
)
@pytest.mark.parametrize("button", ["ta_i_bruk", "vis", "proeve"])
def test_what_is_wrong_stands_at_the_field_and_nothing_happens(
    client, rule, change, message, button
):
    sign_in(client, make_role("udir"))

    response = client.post(url_of(rule), posted(rule, **change, **{button: "1"}))

    assertContains(response, message)
    assert rule.editions.count() == 0
    assert not Notice.objects.exists()


def test_an_error_in_the_other_language_is_shown(client, rule):
    sign_in(client, make_role("udir"))

    response = client.post(url_of(rule), posted(rule, text_nn="{frsit}", ta_i_bruk="1"))

    assert response.context["languages"] == ["nn"]
    assertContains(response, 'aria-invalid="true"')


def test_the_other_language_is_a_button_and_keeps_what_was_typed(client, rule):
    sign_in(client, make_role("udir"))

    response = client.post(url_of(rule), posted(rule, text_bm="Mitt utkast", spraak="nn"))

    assert response.context["languages"] == ["nn"]
    assertContains(response, 'name="text_bm" value="Mitt utkast"')


# Versions


def test_two_who_change_at_once_see_it(client, rule):
    other = acting_as(make_role("udir"))
    content = replace(content_of(rule), text_bm="Den andres")
    data = posted(rule, text_bm="Min", ta_i_bruk="1")
    take_into_use(rule=rule, content=content, from_day=MONDAY, by=other, now=NOW)
    sign_in(client, make_role("udir"))

    response = client.post(url_of(rule), data)

    assertContains(response, f"{other.name} laget versjon 2 mens du skrev")
    assertContains(response, "Min</textarea>")
    assert rule.editions.count() == 2
    assertRedirects(client.post(url_of(rule), data | {"seen": "2"}), url_of(rule))
    assert rule.editions.get(number=3).text_bm == "Min"


def test_an_old_version_is_read_and_brought_back(client, rule):
    udir = make_role("udir")
    content = replace(content_of(rule), text_bm="Ny tekst")
    take_into_use(rule=rule, content=content, from_day=TODAY, by=acting_as(udir), now=NOW)
    sign_in(client, udir)
    url = f"{url_of(rule)}versjon/1/"

    assertContains(client.get(url), "Ta i bruk igjen fra mandag")
    response = client.post(url, {"seen": "2"}, follow=True)

    assertContains(response, "Versjon 3 gjelder fra mandag 23. november.")
    promote_due_editions(on=MONDAY)
    again = DeadlineRule.objects.get(pk=rule.pk)
    assert (again.version, again.text_bm) == (3, rule.text_bm)
    assert client.get(f"{url_of(rule)}versjon/9/").status_code == 404


def test_bringing_back_a_version_does_not_overwrite_one_just_made(client, rule):
    udir = make_role("udir")
    content = replace(content_of(rule), text_bm="Ny tekst")
    take_into_use(rule=rule, content=content, from_day=MONDAY, by=acting_as(udir), now=NOW)
    sign_in(client, udir)

    response = client.post(f"{url_of(rule)}versjon/1/", {"seen": "1"})

    assertContains(response, "Noen har lagret mens du skrev.")
    assert rule.editions.count() == 2


# The list, and who may what


def test_the_list_shows_the_rules_of_one_pulje_in_words(client, rule):
    make_pulje(10)
    sign_in(client, make_role("admin"))

    response = client.get("/varsler/regler/?pulje=9")

    assertContains(response, "Styrer eller rektor: 5 arbeidsdager før fristen")
    assertContains(response, f'href="{url_of(rule)}"')
    assertContains(response, 'href="?pulje=10"')


def test_the_list_takes_the_same_queries_however_many_versions(client, rule):
    udir = make_role("udir")
    sign_in(client, udir)
    queries_of(client, "/varsler/regler/")
    before = queries_of(client, "/varsler/regler/")
    content = replace(content_of(rule), text_bm="Ny tekst")
    take_into_use(rule=rule, content=content, from_day=MONDAY, by=acting_as(udir), now=NOW)

    assert queries_of(client, "/varsler/regler/") == before
    assertContains(client.get("/varsler/regler/"), "Versjon 2 gjelder fra mandag 23. november")


def test_the_koordinator_reads_and_does_not_change(client, rule):
    sign_in(client, make_role("koordinator"))

    assertNotContains(client.get(url_of(rule)), "Ta i bruk")
    assert client.post(url_of(rule), posted(rule, ta_i_bruk="1")).status_code == 403


@pytest.mark.parametrize("kind", ["statsforvalter", "eier", "leder", "veileder"])
def test_others_are_told_who_may(client, rule, kind):
    sign_in(client, make_role(kind))

    assert client.get("/varsler/regler/").status_code == 403
    assert client.get(url_of(rule)).status_code == (403 if kind == "statsforvalter" else 404)


def test_a_closed_pulje_is_read_only(client, rule):
    udir = make_role("udir")
    close_pulje(pulje=rule.pulje, by=acting_as(udir), now=OPENED)
    sign_in(client, udir)

    assertContains(client.get(url_of(rule)), "Pulja er avsluttet. Alt kan leses, men ikke endres.")
    refused = client.post(url_of(rule), posted(rule, ta_i_bruk="1"))
    assertContains(refused, "Pulja er avsluttet", status_code=403)
    assert not Event.objects.filter(verb="change-reminders").exists()


def test_two_puljer_with_the_same_text_are_changed_each_alone(client, rule):
    other = make_pulje(10).deadline_rules.get(key=KEY)
    sign_in(client, make_role("udir"))

    client.post(url_of(rule), posted(rule, text_bm="Bare her {frist}", ta_i_bruk="1"))

    assert (rule.editions.count(), other.editions.count()) == (2, 0)


def test_a_form_reads_the_rows_it_can(rule):
    data = posted(rule, rows=[("fem", "before", ""), (2, "before", "")], legg_til="1")

    form = RuleForm(
        data,
        content=content_of(rule),
        seen=1,
        unit="workdays",
        receivers=[("", "Styrer eller rektor")],
        placeholders=("frist",),
    )

    assert form.steps == [{"offset": -2, "to": "", "urgent": False}]
    assert [row["days"].value() for row in form.rows] == ["fem", 2, ""]
