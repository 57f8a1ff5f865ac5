"""Tasks no deadline rule knows of: a hidden text, a merknad without an answer, a dead address."""

from datetime import date, timedelta

import pytest

from meetings.actions.merknad import add_merknad, answer_merknad
from meetings.actions.privacy_clean import clean_text
from meetings.rules.privacy import text_fields
from reports.queries.tasks import tasks_of
from tests.factories.meetings import NOW
from tests.factories.papers import make_referat, send_grunnlag, send_referat
from tests.factories.people import acting_as, make_role, sign_in
from tests.factories.privacy import make_report

pytestmark = pytest.mark.django_db
SAKER = [{"title": "Rutinen", "summary": "Vi prøver rutinen i to uker."}]
CLEAN = "Lag en renset versjon av en skjult tekst"
BOUNCED = NOW - timedelta(days=1)


def titles(role):
    return [task.title for task in tasks_of(acting_as(role), NOW)]


def about(role, start):
    return [task for task in tasks_of(acting_as(role), NOW) if task.title.startswith(start)]


def test_a_hidden_text_is_a_task_of_the_office_that_sent_it(scene):
    report = make_report(send_grunnlag(scene), scene.veileder)

    [task] = about(scene.leder, CLEAN)

    assert (task.due, task.url, task.action) == (
        date(2026, 11, 23),
        f"/meldinger/{report.pk}/rens/",
        "Rens teksten",
    )
    assert [about(role, CLEAN) for role in (scene.veileder, scene.eier, scene.udir)] == [[]] * 3


def test_two_reports_of_the_same_text_are_one_task(scene):
    version = send_grunnlag(scene)
    make_report(version, scene.veileder)
    make_report(version, scene.eier)

    assert titles(scene.leder).count(CLEAN) == 1


def test_a_cleaned_text_is_no_task(scene):
    version = send_grunnlag(scene)
    report = make_report(version, scene.veileder)
    first = text_fields(version.content)[0]

    texts = {first.path: "Hvordan får vi alle med?"}
    clean_text(report=report, texts=texts, confirmed=True, by=scene.by("leder"), now=NOW)

    assert CLEAN not in titles(scene.leder)


def objection(scene, referat, text="Vi sa fire uker."):
    return add_merknad(referat=referat, text=text, sak=1, by=scene.by("veileder"), now=NOW)


@pytest.fixture
def referat(scene):
    referat = make_referat(scene)
    send_referat(scene, referat, saker=SAKER)
    referat.refresh_from_db()
    return referat


def test_a_merknad_is_a_task_until_it_is_answered(scene, referat):
    merknad = objection(scene, referat)
    [task] = about(scene.leder, "Svar på en merknad")

    answer_merknad(merknad=merknad, taken_in=False, answer="Takk", by=scene.by("leder"), now=NOW)

    path = f"/moeter/{referat.meeting_id}/referat/merknad/{merknad.pk}/?enhet={referat.unit_id}"
    assert (task.due, task.url) == (date(2026, 11, 27), path)
    assert about(scene.leder, "Svar på") == []


def test_several_merknader_to_a_referat_are_one_task(scene, referat):
    objection(scene, referat)
    objection(scene, referat, "Og møtet varte til ti.")

    [task] = about(scene.leder, "Svar på")

    assert (task.title, task.action) == ("Svar på to merknader til referatet", "Åpne referatet")


def test_a_merknad_is_nobody_elses_task(scene, referat):
    objection(scene, referat)

    assert [about(role, "Svar på en m") for role in (scene.veileder, scene.eier)] == [[], []]


def bounced(role):
    role.user.email_bounced_at = BOUNCED
    role.user.save()
    return role.user


def test_an_address_that_mail_does_not_reach_is_a_task_of_the_owner(scene):
    person = bounced(scene.leder)

    [task] = about(scene.eier, "Rett e-postadressen")

    assert (task.title, task.due, task.url) == (
        f"Rett e-postadressen til {person}",
        date(2026, 11, 24),
        f"/folk/adresse/{person.pk}/",
    )
    assert about(scene.veileder, "Rett") == []


def test_somebody_with_an_office_elsewhere_is_not_the_owners_to_correct(scene):
    person = bounced(scene.leder)
    make_role("leder", user=person)

    assert about(scene.eier, "Rett e-postadressen") == []


def test_min_side_asks_as_much_of_one_as_of_three(
    client, scene, referat, django_assert_num_queries
):
    def ask():
        sign_in(client, scene.eier)
        with django_assert_num_queries(18):
            assert client.get("/min-side/").status_code == 200

    bounced(scene.leder)
    ask()
    for _number in range(2):
        bounced(make_role("leder", scene.skole.unit))
    ask()
