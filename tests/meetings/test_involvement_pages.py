"""The pages on how children and parents take part.

Every test runs on Friday 20 November 2026, in the third semester of pulje 9.
"""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.actions.involvement import Occasion
from cohorts.actions.pulje import close_pulje
from cohorts.actions.records import register_activity
from cohorts.models import ActivityRecord, Involvement
from meetings.actions.obligation import sync_semester_obligations
from meetings.actions.own_work import register_involvement
from meetings.models import Obligation
from tests.factories.cohorts import activity_of
from tests.factories.meetings import NOW
from tests.factories.own_work import PLAN_SECRET
from tests.factories.people import FOEDSELSNUMMER, acting_as, make_role, sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


def page(scene):
    return f"/medvirkning/{scene.skole.pk}/"


def activity(scene, key="medvirkning_barn_elever", semester=3):
    return activity_of(scene.pulje, key, semester)


def values(scene, **more):
    return {
        "activity": activity(scene).pk,
        "body": "Elevrådet",
        "what": "Uteområdet",
        "held_on": "03.11.2026",
        "count": "14",
        "led_to": "En benk",
        **more,
    }


def register(scene, key="medvirkning_barn_elever", **more):
    sent = {"body": "Elevrådet", "what": PLAN_SECRET, "count": 14, **more}
    occasion = Occasion(activity=activity(scene, key), held_on=date(2026, 11, 3), **sent)
    return register_involvement(unit=scene.skole, occasion=occasion, by=scene.by("leder"), now=NOW)


def test_the_page_says_what_is_missing(client, scene):
    register(scene)
    sign_in(client, scene.leder)

    html = squeeze(client.get(page(scene)).content)

    assert "Medvirkning fra foreldre og foresatte mangler dette semesteret</h1>" in html
    assert f'ny/?aktivitet={activity(scene, "medvirkning_foreldre").pk}"' in html
    assert "<b>Elevrådet</b> – 14 var med" in html


def test_registering_settles_what_is_owed(client, scene):
    sync_semester_obligations(semester=activity(scene).semester, now=NOW)
    register(scene, "medvirkning_foreldre")
    owed = Obligation.objects.filter(unit=scene.skole, activity=activity(scene), met_at=None)
    assert owed.count() == 1  # one duty for children and parents
    sign_in(client, scene.leder)
    url = f"{page(scene)}ny/?aktivitet={activity(scene).pk}"
    shown = client.get(url)
    assert shown.context["form"]["activity"].value() == str(activity(scene).pk)
    assertContains(shown, " checked", count=1)
    assertContains(shown, '<option value="Elevrådet">')

    response = client.post(url, values(scene))

    assertRedirects(response, page(scene), fetch_redirect_response=False)
    made = Involvement.objects.get(activity=activity(scene))
    assert (made.count, made.held_on, made.led_to) == (14, date(2026, 11, 3), "En benk")
    assert owed.count() == 0
    assertNotContains(client.get(page(scene)), "Så få var med")


def test_of_few_it_is_said_that_they_may_be_known(client, scene):
    sign_in(client, scene.leder)

    client.post(f"{page(scene)}ny/", values(scene, count="4"))

    assertContains(client.get(page(scene)), "Så få var med at noen kan kjennes igjen.")


def test_wrong_input_is_explained_and_kept(client, scene):
    sign_in(client, scene.leder)

    response = client.post(
        f"{page(scene)}ny/",
        values(scene, activity="", what=f"Om {FOEDSELSNUMMER}", held_on="24.12.2026", count="x"),
    )

    assertContains(response, "Velg et svar under «Hvem gjelder det?».")
    assertContains(response, "Fjern fødselsnummeret fra «Hva var de med på?».")
    assertContains(response, "Skriv et tall, for eksempel 14.")
    assertContains(response, 'value="Elevrådet"')
    late = client.post(f"{page(scene)}ny/", values(scene, held_on="24.12.2026"))
    assertContains(late, "Datoen kan ikke være i framtiden.")
    assert ActivityRecord.objects.count() == 0


def test_it_is_taken_back_the_same_day(client, scene):
    made = register(scene)
    sign_in(client, make_role("leder", scene.skole.unit))
    assertNotContains(client.get(page(scene)), "Angre")
    assert client.post(f"{page(scene)}{made.pk}/angre/").status_code == 403
    sign_in(client, scene.leder)
    assertContains(client.get(page(scene)), "Angre")

    assertRedirects(client.post(f"{page(scene)}{made.pk}/angre/"), page(scene))

    assert (Involvement.objects.count(), ActivityRecord.objects.count()) == (0, 0)


def test_what_was_registered_the_old_way_still_counts_and_shows(client, scene):
    register_activity(
        activity=activity(scene),
        deltakelse=scene.deltakelse,
        unit=scene.skole,
        done_on=date(2026, 10, 1),
        note="Elevrådet, to møter",
        by=scene.by("leder"),
        now=NOW,
    )
    sign_in(client, scene.leder)

    response = client.get(page(scene))

    assertContains(response, "Elevrådet, to møter")
    assert [each.key for each in response.context["missing"]] == ["medvirkning_foreldre"]


@pytest.mark.parametrize(
    ("office", "status"),
    [
        ("leder", 200),
        ("arbeidsgruppe", 200),
        ("veileder", 200),
        ("eier", 200),
        ("ppt", 200),
        ("koordinator", 200),
        ("styrer", 404),
        ("statsforvalter", 403),
        ("udir", 403),
    ],
)
def test_who_reads_and_registers(client, scene, office, status):
    register(scene)
    sign_in(client, getattr(scene, office))

    response = client.get(page(scene))

    assert response.status_code == status
    if status != 200:
        assertNotContains(response, "Hemmelig", status_code=status)
    expected = 200 if office == "leder" else 403 if status == 200 else status
    assert client.get(f"{page(scene)}ny/").status_code == expected


def test_a_closed_pulje_is_read_only(client, scene):
    made = register(scene)
    close_pulje(pulje=scene.pulje, by=acting_as(scene.udir), now=NOW)
    sign_in(client, scene.leder)

    assertNotContains(client.get(page(scene)), "Registrer medvirkning")
    assert client.get(f"{page(scene)}ny/").status_code == 403
    assert client.post(f"{page(scene)}{made.pk}/angre/").status_code == 403


def test_a_script_is_shown_as_text(client, scene):
    script = "<script>alert(1)</script>"
    register(scene, body=script, what=script, led_to=script)
    sign_in(client, scene.leder)

    assertNotContains(client.get(page(scene)), script)


def test_before_it_came_a_unit_registers_nothing(client, scene):
    scene.skole.first_semester = 3
    scene.skole.save()
    sign_in(client, scene.leder)
    before = activity(scene, semester=2)

    assert client.get(f"{page(scene)}ny/?aktivitet={before.pk}").status_code == 403
    assert client.get(f"{page(scene)}ny/?aktivitet=99999999999").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_the_same_for_any_number(
    client, scene, rows, django_assert_num_queries
):
    for _ in range(rows):
        register(scene)
        register(scene, "medvirkning_foreldre")
    sign_in(client, scene.leder)

    with django_assert_num_queries(10):
        client.get(page(scene))
