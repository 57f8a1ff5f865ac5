"""The page of a unit's kartlegging, and writing one.

Every test runs on Friday 20 November 2026, in the third semester of pulje 9.
"""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.actions.pulje import close_pulje
from cohorts.actions.records import register_activity
from cohorts.models import ActivityRecord, Kartlegging
from tests.factories.cohorts import activity_of
from tests.factories.meetings import NOW, TODAY
from tests.factories.own_work import (
    PLAN_SECRET,
    make_kartlegging,
    make_line,
    make_maal,
    make_omraade,
    make_plan,
)
from tests.factories.people import FOEDSELSNUMMER, acting_as, make_role, sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


def page(scene, unit=None):
    return f"/kartlegging/{(unit or scene.skole).pk}/"


def values(**more):
    return {
        "tool": "observasjon",
        "period": "Oktober 2026",
        "participants": "Alle team",
        "findings": "Overgangene er urolige.",
        **more,
    }


def test_the_page_says_where_the_unit_stands(client, scene):
    maal = make_maal(make_plan(scene))
    make_line(scene, "Samme voksen", maal=maal)
    make_line(scene, "Felles start")
    make_kartlegging(scene, tool="elevundersoekelsen", discussed_on=date(2026, 11, 4))
    make_omraade(scene, "Elevrådet blir hørt", kind="keep")
    sign_in(client, scene.leder)

    html = squeeze(client.get(page(scene)).content)

    assert "Hvor står vi, og hva kan vi påvirke?" in html
    assert "Én ting dere kan påvirke, er blitt til mål. Én er ikke brukt ennå." in html
    assert 'data-label="Drøftet i personalet">04.11.2026' in html
    assert "Pågår" in html
    assert "Last aldri opp resultater, og del ikke opp på grupper med færre enn ti." in html
    assert "Elevrådet blir hørt" in html


def test_a_kartlegging_is_written(client, scene):
    sign_in(client, scene.leder)
    url = f"{page(scene)}ny/"
    assertContains(client.get(url), "Spekter er ikke anonymt.")

    response = client.post(url, values(discussed_on="04.11.2026", handling="lagre"))

    assertRedirects(response, page(scene))
    row = Kartlegging.objects.get()
    assert (row.tool, row.discussed_on, row.done_on) == ("observasjon", date(2026, 11, 4), None)
    assert row.semester.number == 3


def test_wrong_input_is_explained_and_kept(client, scene):
    sign_in(client, scene.leder)

    response = client.post(
        f"{page(scene)}ny/",
        values(tool="annet", period="", findings=f"Om {FOEDSELSNUMMER}", discussed_on="x"),
    )

    assertContains(response, "Fyll ut «Når?».")
    assertContains(response, "Fjern fødselsnummeret fra «Hovedfunn».")
    assertContains(response, "Skriv datoen slik: 26.11.2026.")
    assertContains(response, "Alle team")
    assert Kartlegging.objects.count() == 0


def test_an_own_tool_needs_a_name(client, scene):
    sign_in(client, scene.leder)

    response = client.post(f"{page(scene)}ny/", values(tool="annet"))

    assertContains(response, "Skriv hva dere brukte.")


def test_it_is_not_finished_while_something_is_missing(client, scene):
    sign_in(client, scene.leder)

    response = client.post(f"{page(scene)}ny/", values(findings="", handling="ferdig"))

    assertContains(response, "Dette mangler før kartleggingen er ferdig")
    assertContains(response, "Skriv minst én ting dere vil ta vare på.")
    row = Kartlegging.objects.get()
    assertContains(response, f'action="/kartlegging/{scene.skole.pk}/{row.pk}/"')
    assertContains(response, 'name="edit_version" value="1"')
    assertContains(response, "<title>Feil: ")


def test_it_is_finished_and_taken_up_again(client, scene):
    make_omraade(scene, kind="keep")
    make_omraade(scene, kind="develop")
    row = make_kartlegging(scene)
    sign_in(client, scene.leder)
    url = f"{page(scene)}{row.pk}/"

    client.post(url, values(handling="ferdig", edit_version=1))

    row.refresh_from_db()
    assert (row.done_on, row.record.activity.kind) == (TODAY, "kartlegging")
    assertContains(client.get(url), "Ferdig 20. november.")
    client.post(f"{url}aapne/")
    row.refresh_from_db()
    assert (row.done_on, ActivityRecord.objects.count()) == (None, 0)


def test_the_second_who_saves_sees_both_texts(client, scene):
    row = make_kartlegging(scene)
    sign_in(client, scene.leder)
    url = f"{page(scene)}{row.pk}/"
    client.post(url, values(findings="Den første", edit_version=1))

    second = client.post(url, values(findings="Den andre", edit_version=1))

    assertContains(second, "Noen har lagret mens du skrev.")
    assertContains(second, "<dd>Den første</dd>")
    assertContains(second, "Den andre</textarea>")
    assertContains(second, 'name="edit_version" value="2"')


def test_what_was_registered_the_old_way_still_shows(client, scene):
    register_activity(
        activity=activity_of(scene.pulje, "kartlegging", 1),
        deltakelse=scene.deltakelse,
        unit=scene.skole,
        done_on=date(2025, 10, 30),
        note="Kartlagt i høst",
        by=scene.by("leder"),
        now=NOW,
    )
    sign_in(client, scene.leder)
    assertContains(client.get(page(scene)), "Kartlagt i høst")

    sign_in(client, scene.udir)
    response = client.get(page(scene))
    assertContains(response, "Ferdig torsdag 30. oktober 2025")
    assertNotContains(response, "Kartlagt i høst")


READERS = ("leder", "arbeidsgruppe", "veileder", "eier", "ppt", "koordinator")


@pytest.mark.parametrize("office", READERS)
def test_those_who_work_with_the_unit_read(client, scene, office):
    row = make_kartlegging(scene)
    sign_in(client, getattr(scene, office))

    assertContains(client.get(page(scene)), PLAN_SECRET)
    expected = 200 if office == "leder" else 403
    assert client.get(f"{page(scene)}{row.pk}/").status_code == expected


@pytest.mark.parametrize("office", ["udir", "statsforvalter"])
def test_the_state_sees_only_that_it_is_done(client, scene, office):
    make_kartlegging(scene, tool="annet", tool_other=PLAN_SECRET, done_on=date(2026, 11, 5))
    make_line(scene, PLAN_SECRET)
    make_omraade(scene, PLAN_SECRET)
    sign_in(client, getattr(scene, office))

    response = client.get(page(scene))

    assertContains(response, "Kartleggingen er gjort")
    assertContains(response, "Ferdig torsdag 5. november 2026")
    assertNotContains(response, "Hemmelig")
    assert client.get(f"{page(scene)}ny/").status_code == 403


def test_an_owner_sees_only_that_a_private_unit_has_done_it(client, scene):
    scene.skole.unit.owner = make_role("eier").owner
    scene.skole.unit.save()
    make_kartlegging(scene)
    sign_in(client, scene.eier)

    response = client.get(page(scene))

    assertContains(response, "Kartleggingen er ikke ferdig ennå")
    assertNotContains(response, "Hemmelig")


def test_others_do_not_find_it(client, scene):
    for role in (scene.styrer, make_role("barnehagemyndighet"), make_role("admin")):
        sign_in(client, role)
        assert client.get(page(scene)).status_code == 404


def test_a_closed_pulje_is_read_only(client, scene):
    row = make_kartlegging(scene)
    close_pulje(pulje=scene.pulje, by=acting_as(scene.udir), now=NOW)
    sign_in(client, scene.leder)

    assertNotContains(client.get(page(scene)), "Legg til")
    assert client.post(f"{page(scene)}{row.pk}/", values()).status_code == 403
    assert client.post(f"{page(scene)}{row.pk}/aapne/").status_code == 403


def test_a_script_is_shown_as_text(client, scene):
    script = "<script>alert(1)</script>"
    make_kartlegging(
        scene,
        tool="annet",
        tool_other=script,
        period=script,
        participants=script,
        findings=script,
        reference=script,
    )
    make_omraade(scene, script)
    make_line(scene, script, maal=make_maal(make_plan(scene), script))
    sign_in(client, scene.leder)

    assertNotContains(client.get(page(scene)), script)


def test_what_was_typed_without_a_session_is_shown_back(client, scene):
    response = client.post(f"{page(scene)}ny/", values())

    assertContains(response, "Overgangene er urolige.", status_code=401)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_the_same_for_any_number(
    client, scene, rows, django_assert_num_queries
):
    maal = make_maal(make_plan(scene))
    client.get(page(scene))  # the programme is read once in a process
    for _ in range(rows):
        make_kartlegging(scene)
        make_omraade(scene)
        make_line(scene, maal=maal)
    sign_in(client, scene.leder)
    client.get(page(scene))

    with django_assert_num_queries(11):
        client.get(page(scene))
