"""The pages of the tasks between meetings.

Every test runs on Friday 20 November 2026, in the third semester of pulje 9.
"""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.actions.records import register_activity
from cohorts.models import ActivityRecord, Mellomarbeid
from cohorts.rules.mellomarbeid import origin
from meetings.models import FollowUp, Referat
from tests.factories.cohorts import activity_of
from tests.factories.meetings import NOW, TODAY, make_meeting
from tests.factories.own_work import (
    make_maal,
    make_mellomarbeid,
    make_plan,
    make_tiltak,
)
from tests.factories.people import FOEDSELSNUMMER, sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


def page(scene, unit=None):
    return f"/mellomarbeid/{(unit or scene.skole).pk}/"


def test_the_heading_says_how_it_goes(client, scene):
    for status in ("under_way", "under_way", "not_begun"):
        make_mellomarbeid(scene, status=status)
    sign_in(client, scene.leder)

    response = client.get(page(scene))

    assertContains(response, "To av tre oppgaver er i gang")
    assertContains(response, "Legg til oppgave")


@pytest.mark.parametrize(
    ("statuses", "heading"),
    [
        ([], "Ingen oppgaver venter"),
        (["not_begun"], "Én oppgave er ikke begynt"),
        (["not_begun"] * 2, "To oppgaver er ikke begynt"),
        (["under_way"], "Oppgaven er i gang"),
        (["under_way"] * 3, "Alle tre oppgavene er i gang"),
    ],
)
def test_the_heading_of_some_or_none(client, scene, statuses, heading):
    for status in statuses:
        make_mellomarbeid(scene, status=status)
    sign_in(client, scene.leder)

    assert client.get(page(scene)).context["heading"] == heading


def test_tasks_stand_under_the_meeting_they_are_for(client, scene):
    make_meeting(scene, "veiledning_2", day=date(2026, 12, 3))
    make_mellomarbeid(scene, "Nå", due=date(2026, 12, 1))
    make_mellomarbeid(scene, "Til våren", due=date(2027, 3, 1))
    sign_in(client, scene.veileder)

    found = client.get(page(scene)).context["groups"]

    assert [(each["title"], [row["task"].task for row in each["tasks"]]) for each in found] == [
        ("Til veiledningen 3. desember", ["Nå"]),
        ("Senere", ["Til våren"]),
    ]


def test_a_task_says_where_it_came_from(client, scene):
    meeting = make_meeting(scene, "veiledning_1", day=date(2026, 11, 12))
    tiltak = make_tiltak(make_maal(make_plan(scene)), "En side til vikarer")
    task = make_mellomarbeid(scene, tiltak=tiltak, kind="trening", period="Uke 47")
    referat = Referat.objects.create(
        meeting=meeting,
        unit=scene.skole,
        held_from=meeting.start,
        held_to=meeting.end,
        created_at=NOW,
        updated_at=NOW,
        updated_by=scene.by("leder"),
    )
    FollowUp.objects.create(
        referat=referat, text="x", responsible="leder", due=TODAY, mellomarbeid=task
    )
    make_mellomarbeid(scene, "Fra en linje", came_from=origin(referat.pk, "Fra en linje"))
    sign_in(client, scene.leder)

    html = squeeze(client.get(page(scene)).content)

    assert "Trening på praksis" in html
    link = f'href="/moeter/{meeting.pk}/referat/?enhet={scene.skole.pk}">fra referatet 12. nov'
    assert html.count(link) == 2
    assert "tiltak: En side til vikarer" in html


def test_adding_a_task(client, scene):
    tiltak = make_tiltak(make_maal(make_plan(scene)))
    sign_in(client, scene.arbeidsgruppe)
    url = f"{page(scene)}ny/"
    assertContains(
        client.get(f"{url}?tiltak={tiltak.pk}"), f'<option value="{tiltak.pk}" selected>'
    )

    response = client.post(
        url,
        {
            "task": "Lese kapittel 2",
            "kind": "litteratur",
            "who": "Arbeidsgruppa",
            "due": "02.12.2026",
            "tiltak": tiltak.pk,
        },
    )

    assertRedirects(response, page(scene))
    made = Mellomarbeid.objects.get()
    assert (made.task, made.due, made.tiltak) == ("Lese kapittel 2", date(2026, 12, 2), tiltak)
    assert made.semester.number == 3


def test_wrong_input_is_explained_and_kept(client, scene):
    sign_in(client, scene.leder)

    response = client.post(
        f"{page(scene)}ny/", {"task": f"Om {FOEDSELSNUMMER}", "kind": "trening", "due": "i morgen"}
    )

    assertContains(response, "Fyll ut «Hvem gjør det?».")
    assertContains(response, "Skriv datoen slik: 26.11.2026.")
    assertContains(response, "Fjern fødselsnummeret fra «Hva skal dere gjøre?».")
    assertContains(response, 'value="i morgen"')
    assertContains(response, "<title>Feil: ")
    assert Mellomarbeid.objects.count() == 0


def test_one_click_is_enough(client, scene):
    task = make_mellomarbeid(scene)
    sign_in(client, scene.leder)
    assertContains(client.get(page(scene)), "Sett i gang")

    response = client.post(f"{page(scene)}{task.pk}/status/", {"status": "done"})

    assertRedirects(response, page(scene), fetch_redirect_response=False)
    task.refresh_from_db()
    assert (task.status, task.done_on) == ("done", TODAY)
    assert ActivityRecord.objects.get().activity.key == "mellomarbeid"
    shown = client.get(page(scene))
    assertContains(shown, "Oppgaven er gjort.")
    assert shown.context["done"][0]["text"] == "Observere overganger"


def test_how_it_went_is_written_in_the_list(client, scene):
    task = make_mellomarbeid(scene, status="under_way")
    sign_in(client, scene.leder)

    client.post(f"{page(scene)}{task.pk}/status/", {"experience": "Tre av fire team"})

    task.refresh_from_db()
    assert (task.status, task.experience) == ("under_way", "Tre av fire team")
    assertContains(client.get(page(scene)), "<p>Tre av fire team</p>")


def test_a_national_id_in_how_it_went_is_refused(client, scene):
    task = make_mellomarbeid(scene)
    sign_in(client, scene.leder)

    response = client.post(
        f"{page(scene)}{task.pk}/status/", {"experience": FOEDSELSNUMMER, "status": "done"}
    )

    assertContains(response, "Fjern fødselsnummeret fra «Hvordan gikk det?».")
    task.refresh_from_db()
    assert (task.status, task.experience) == ("not_begun", "")


def test_an_unknown_status_is_refused(client, scene):
    task = make_mellomarbeid(scene)
    sign_in(client, scene.leder)

    assert client.post(f"{page(scene)}{task.pk}/status/", {"status": "x"}).status_code == 400


def test_a_task_is_changed_and_taken_away(client, scene):
    task = make_mellomarbeid(scene)
    sign_in(client, scene.leder)
    url = f"{page(scene)}{task.pk}/"
    values = {"task": "Ny tekst", "kind": "praktisk", "who": "Alle", "edit_version": 1}
    assertContains(client.get(url), "Ta bort oppgaven")

    assertRedirects(client.post(url, values), page(scene))
    assertContains(client.get(page(scene)), "Ny tekst")
    client.post(f"{url}status/", {"status": "dropped"})

    assert client.get(page(scene)).context["groups"] == []
    assert client.get(url).status_code == 404


def test_the_second_who_saves_sees_both_texts(client, scene):
    task = make_mellomarbeid(scene)
    sign_in(client, scene.leder)
    url = f"{page(scene)}{task.pk}/"
    values = {"task": "Den første", "kind": "praktisk", "who": "Alle", "edit_version": 1}
    client.post(url, values)

    second = client.post(url, {**values, "task": "Den andre"})

    assertContains(second, "Noen har lagret mens du skrev.")
    assertContains(second, "<dd>Den første</dd>")
    assertContains(second, 'value="Den andre"')
    assertContains(second, 'name="edit_version" value="2"')
    assertRedirects(
        client.post(url, {**values, "task": "Den andre", "edit_version": 2}), page(scene)
    )


def test_what_was_registered_the_old_way_still_shows(client, scene):
    register_activity(
        activity=activity_of(scene.pulje, "mellomarbeid", 3),
        deltakelse=scene.deltakelse,
        unit=scene.skole,
        done_on=date(2026, 10, 30),
        note="Felles skjema prøvd",
        by=scene.by("leder"),
        now=NOW,
    )
    sign_in(client, scene.leder)

    response = client.get(page(scene))

    assertContains(response, "Felles skjema prøvd")
    assertContains(response, "Én oppgave")


def test_a_script_is_shown_as_text(client, scene):
    script = "<script>alert(1)</script>"
    make_mellomarbeid(scene, script, experience=script, who=script, period=script)
    make_mellomarbeid(scene, script, experience=script, status="done", done_on=TODAY)
    sign_in(client, scene.leder)

    assertNotContains(client.get(page(scene)), script)


def test_what_was_typed_without_a_session_is_shown_back(client, scene):
    response = client.post(f"{page(scene)}ny/", {"task": "Observere overganger"})

    assertContains(response, "Observere overganger", status_code=401)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_the_same_for_any_number(
    client, scene, rows, django_assert_num_queries
):
    make_meeting(scene, "veiledning_2", day=date(2026, 12, 3))
    tiltak = make_tiltak(make_maal(make_plan(scene)))
    for _ in range(rows):
        make_mellomarbeid(scene, tiltak=tiltak)
        make_mellomarbeid(scene, status="done", done_on=TODAY)
    sign_in(client, scene.leder)

    with django_assert_num_queries(12):
        client.get(page(scene))


def test_what_may_point_at_somebody_is_looked_over_and_the_click_is_kept(client, scene):
    task = make_mellomarbeid(scene)
    sign_in(client, scene.leder)
    url = f"{page(scene)}{task.pk}/status/"
    sent = {"experience": "Ring mor til Ali på 912 34 567", "status": "done"}

    response = client.post(url, sent)

    assertContains(response, "Jeg har sett over teksten.")
    assertContains(response, '<input type="hidden" name="status" value="done">')
    keys = squeeze(response.content).split('name="sett_over" value="')[1].split('"')[0]
    assertRedirects(client.post(url, {**sent, "sett_over": keys}), page(scene))


def test_signed_out_while_writing_how_it_went_leads_back_to_the_list(client, scene):
    task = make_mellomarbeid(scene)
    url = f"{page(scene)}{task.pk}/status/"
    lost = client.post(url, {"experience": "Gikk fint"})
    sign_in(client, scene.leder)

    assertContains(lost, "Gikk fint", status_code=401)
    assertRedirects(client.get(url), page(scene))
