"""Pages for a pulje: opening, settings, deadlines, closing."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actors.models import Event
from cohorts.actions.pulje import close_pulje
from cohorts.models import Activity, Pulje
from tests.factories.cohorts import OPENED, make_pulje
from tests.factories.people import UserFactory, make_role, sign_in

pytestmark = pytest.mark.django_db

CREATE = "/puljer/ny/?program=laeringsmiljoeprosjektet"
DATES = {
    "number": "11",
    "name_bm": "Pulje 11",
    "name_nn": "Pulje 11",
    "start_0": "24.04.2027",
    "term_end_0": "18.06.2027",
    "start_1": "01.08.2027",
    "term_end_1": "17.12.2027",
    "start_2": "01.01.2028",
    "term_end_2": "16.06.2028",
    "start_3": "01.08.2028",
    "term_end_3": "15.12.2028",
    "start_4": "01.01.2029",
    "term_end_4": "15.06.2029",
    "end": "31.07.2029",
}


def test_udir_chooses_a_programme_first(client):
    sign_in(client, make_role("udir"))

    response = client.get("/puljer/ny/")

    assertContains(response, "Læringsmiljøprosjektet</option>")
    assertContains(response, "Pulje 9 (2025–2027)</option>")


@pytest.mark.parametrize("kind", ["koordinator", "statsforvalter", "eier", "leder", "veileder"])
def test_only_udir_opens_a_pulje(client, kind):
    sign_in(client, make_role(kind))

    response = client.get("/puljer/ny/")

    assertContains(response, "Bare Utdanningsdirektoratet kan åpne en pulje.", status_code=403)


def test_a_packaged_calendar_fills_in_the_dates(client):
    sign_in(client, make_role("udir"))

    response = client.get(f"{CREATE}&kalender=pulje-9-kalender")

    assertContains(response, 'value="24.04.2025"')
    assertContains(response, 'value="31.07.2027"')


def test_what_will_be_made_is_shown_before_it_is_made(client):
    sign_in(client, make_role("udir"))

    response = client.post(CREATE, {**DATES, "vis": "1"})

    assertContains(response, "Dette blir laget for pulje 11")
    assertContains(response, "31.07.2027")  # the start-up ends the day before semester 1
    assert Pulje.objects.count() == 0


def test_pressing_open_makes_the_pulje(client):
    sign_in(client, make_role("udir"))

    response = client.post(CREATE, {**DATES, "aapne": "1"})

    pulje = Pulje.objects.get()
    assertRedirects(response, "/puljer/11/deltakere/")
    assert pulje.semesters.get(number=4).end == date(2029, 7, 31)
    assert pulje.semesters.get(number=0).term == "vaar"


def test_the_real_calendar_opens_with_its_gatherings(client):
    sign_in(client, make_role("udir"))
    url = f"{CREATE}&kalender=pulje-9-kalender"
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields}
    dates = {name: v.strftime("%d.%m.%Y") for name, v in data.items() if isinstance(v, date)}

    client.post(url, {**data, **dates, "aapne": "1"})

    assert Pulje.objects.get(number=9).events.count() == 5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start_2": "01.07.2027"}, "Datoen må være etter at semesteret før begynte."),
        ({"term_end_1": "01.02.2028"}, "Velg en dag fra 01.08.2027 til 31.12.2027."),
        ({"start_1": "i høst"}, "Skriv datoen slik: 26.11.2026."),
        ({"name_nn": ""}, "Fyll ut «Navn på nynorsk»."),
    ],
)
def test_wrong_dates_are_explained_and_kept(client, change, message):
    sign_in(client, make_role("udir"))

    response = client.post(CREATE, {**DATES, **change, "vis": "1"})

    assertContains(response, message)
    assertContains(response, 'value="24.04.2027"')
    assertContains(response, "<title>Feil: ")


def test_a_gathering_outside_its_semester_is_explained(client):
    sign_in(client, make_role("udir"))

    response = client.post(f"{CREATE}&kalender=pulje-9-kalender", {**DATES, "vis": "1"})

    assertContains(response, "«Oppstartssamling» 24.04.2025 faller utenfor semesteret.")


def test_a_number_that_is_taken_is_explained(client):
    make_pulje(11)
    sign_in(client, make_role("udir"))

    response = client.post(CREATE, {**DATES, "aapne": "1"})

    assertContains(response, "Pulje 11 finnes fra før. Velg et annet nummer.")


@pytest.mark.parametrize("kind", ["udir", "koordinator"])
def test_settings_show_activities_and_deadlines_in_plain_words(client, kind):
    make_pulje()
    sign_in(client, make_role(kind))

    response = client.get("/puljer/9/oppsett/?semester=1")

    assertContains(response, "Andre veiledning på enheten")
    assertContains(response, "Frist: 5 arbeidsdager før møtet begynner.")
    assertContains(response, "Barnehage- og skoleeier får vite det 5 arbeidsdager etter fristen.")
    assertContains(response, "Påminnelser: 5 arbeidsdager før fristen, på fristdagen,")


@pytest.mark.parametrize("kind", ["statsforvalter", "admin"])
def test_settings_are_for_udir_and_the_koordinator(client, kind):
    make_pulje()
    sign_in(client, make_role(kind))

    assert client.get("/puljer/9/oppsett/").status_code == 403
    assert client.get("/puljer/9/oppsett/frister/referat/").status_code == 403


def test_settings_of_a_pulje_out_of_scope_are_not_found(client):
    make_pulje()
    sign_in(client, make_role("eier"))

    assert client.get("/puljer/9/oppsett/").status_code == 404


def test_settings_take_the_same_queries_in_every_semester(client, django_assert_num_queries):
    make_pulje()
    sign_in(client, make_role("udir"))
    client.get("/puljer/9/oppsett/?semester=1")

    with django_assert_num_queries(9):
        client.get("/puljer/9/oppsett/?semester=1")
    make_pulje(10)
    with django_assert_num_queries(9):
        client.get("/puljer/9/oppsett/?semester=2")


def numbers(activities, **changes):
    """The form of a semester as it stands, with changes by (activity key, field)."""
    data = {}
    for activity in activities:
        data[f"a{activity.pk}-minimum"] = activity.minimum
        data[f"a{activity.pk}-maximum"] = activity.maximum or ""
        for name, value in changes.get(activity.key, {}).items():
            data[f"a{activity.pk}-{name}"] = value
    return data


def test_numbers_are_changed_for_this_pulje_alone(client):
    pulje, other = make_pulje(), make_pulje(10)
    sign_in(client, make_role("koordinator"))
    rows = Activity.objects.filter(semester__pulje=pulje, semester__number=1)
    data = numbers(rows, digital_veiledning={"minimum": 2, "maximum": ""})

    response = client.post("/puljer/9/oppsett/?semester=1", data)

    assertRedirects(response, "/puljer/9/oppsett/?semester=1")
    found = Activity.objects.filter(key="digital_veiledning", semester__number=1)
    assert (found.get(semester__pulje=pulje).minimum, found.get(semester__pulje=other).minimum) == (
        2,
        1,
    )
    event = Event.objects.get(verb="change-activity")
    assert (event.data["before"], event.data["after"]) == ([1, 2], [2, None])


def test_a_maximum_below_the_minimum_is_explained(client):
    pulje = make_pulje()
    sign_in(client, make_role("udir"))
    rows = Activity.objects.filter(semester__pulje=pulje, semester__number=1)
    data = numbers(rows, digital_veiledning={"minimum": 3, "maximum": 2})

    response = client.post("/puljer/9/oppsett/?semester=1", data)

    assertContains(response, "«Høyst» kan ikke være mindre enn «minst».")
    assert not Event.objects.filter(verb="change-activity").exists()


URL = "/puljer/9/oppsett/frister/veiledningsgrunnlag/"


def test_a_deadline_is_shown_in_words_before_it_is_taken_into_use(client):
    pulje = make_pulje()
    sign_in(client, make_role("udir"))

    response = client.post(URL, {"offset": "-7", "vis": "1"})

    assertContains(response, "Med endringen")
    assertContains(response, "7 arbeidsdager før møtet begynner")
    assert pulje.deadline_rules.get(key="veiledningsgrunnlag").offset == -5


def test_a_changed_deadline_is_kept_and_recorded(client):
    pulje, other = make_pulje(), make_pulje(10)
    before = pulje.deadline_rules.get(key="veiledningsgrunnlag")
    sign_in(client, make_role("koordinator"))

    response = client.post(URL, {"offset": "-7"})

    assertRedirects(response, "/puljer/9/oppsett/")
    rule = pulje.deadline_rules.get(key="veiledningsgrunnlag")
    assert (rule.offset, rule.steps, rule.text_bm) == (-7, before.steps, before.text_bm)
    assert other.deadline_rules.get(key="veiledningsgrunnlag").offset == -5
    event = Event.objects.get(verb="change-deadline")
    assert event.data["changed"] == {"offset": [-5, -7]}


def test_a_deadline_may_be_on_the_same_day(client):
    pulje = make_pulje()
    sign_in(client, make_role("udir"))

    assertContains(client.post(URL, {"offset": "0", "vis": "1"}), "samme dag som møtet begynner")
    client.post(URL, {"offset": "0"})

    assert pulje.deadline_rules.get(key="veiledningsgrunnlag").offset == 0


def test_the_deadline_leads_to_the_rule_for_its_reminders(client):
    rule = make_pulje().deadline_rules.get(key="veiledningsgrunnlag")
    sign_in(client, make_role("koordinator"))

    assertContains(client.get(URL), f'href="/varsler/regler/{rule.pk}/"')


@pytest.mark.parametrize(
    ("offset", "message"),
    [
        ("400", "Skriv et tall mellom -120 og 120."),
        ("snart", "Skriv et helt tall."),
        ("", "Avstand"),
    ],
)
def test_a_wrong_deadline_is_explained_and_nothing_changes(client, offset, message):
    make_pulje()
    sign_in(client, make_role("udir"))

    response = client.post(URL, {"offset": offset})

    assertContains(response, message)
    assertContains(response, 'aria-invalid="true"')
    assert not Event.objects.filter(verb="change-deadline").exists()


def test_closing_asks_first_and_then_makes_the_pulje_read_only(client):
    pulje = make_pulje()
    sign_in(client, make_role("udir"))

    assertContains(client.get("/puljer/9/avslutt/"), "Vil du avslutte pulje 9?")
    response = client.post("/puljer/9/avslutt/", follow=True)

    pulje.refresh_from_db()
    assert pulje.is_closed
    assertContains(response, "Pulja er avsluttet. Alt kan leses, men ikke endres.")
    assertNotContains(response, "Lagre tallene")


def test_a_closed_pulje_can_be_read_but_not_changed(client):
    pulje = make_pulje()
    close_pulje(pulje=pulje, by=UserFactory(), now=OPENED)
    sign_in(client, make_role("udir"))
    url = "/puljer/9/oppsett/frister/referat/"

    assertNotContains(client.get(url), "Ta i bruk")
    refused = client.post(url, {"offset": "7"})
    assertContains(refused, "Pulja er avsluttet", status_code=403)
    assert client.post("/puljer/9/oppsett/?semester=1").status_code == 403


def test_udir_opens_a_closed_pulje_again(client):
    pulje = make_pulje()
    close_pulje(pulje=pulje, by=UserFactory(), now=OPENED)
    sign_in(client, make_role("udir"))

    client.post("/puljer/9/gjenaapne/")

    pulje.refresh_from_db()
    assert pulje.status == "running"


def test_the_koordinator_does_not_close_a_pulje(client):
    make_pulje()
    sign_in(client, make_role("koordinator"))

    assert client.post("/puljer/9/avslutt/").status_code == 403
    assertNotContains(client.get("/puljer/9/oppsett/"), reverse("cohorts:pulje_close", args=[9]))
