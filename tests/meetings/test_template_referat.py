"""A referat is written in the edition of the form that held when it was begun."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from meetings.actions.referat import new_referat, save_referat
from meetings.actions.referat_parts import data_of
from meetings.queries.template import focus_of
from tests.factories.editions import ANSWER, make_edition
from tests.factories.meetings import NOW, make_meeting
from tests.factories.papers import (
    NATIONAL_ID,
    held_meeting,
    make_grunnlag,
    make_referat,
    send_referat,
)
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


def referat_url(meeting):
    return f"/moeter/{meeting.pk}/referat/skriv/"


def test_the_referat_shows_its_edition_s_help_and_questions(client, scene):
    make_edition(scene, "referat", field="mellomarbeid")
    sign_in(client, scene.leder)

    response = client.get(referat_url(held_meeting(scene)))

    assertContains(response, "Hjelp fra utgaven. 1")
    assertContains(response, "Hva lærte dere? 1")


def test_a_nynorsk_reader_sees_nynorsk_help_and_questions(client, scene):
    make_edition(scene, "referat", field="mellomarbeid")
    user = sign_in(client, scene.leder)
    user.language = "nn"
    user.save(update_fields=["language"])

    response = client.get(referat_url(held_meeting(scene)))

    assertContains(response, "Hjelp frå utgåva. 1")
    assertContains(response, "Kva lærte de? 1")
    assertNotContains(response, "Hva lærte dere?")


def test_help_reaches_every_row_of_the_referat(client, scene):
    make_edition(scene, "referat", field="summary")
    sign_in(client, scene.leder)
    meeting = held_meeting(scene)
    saker = new_referat(meeting, scene.skole, scene.by("leder"))

    response = client.get(referat_url(meeting))

    assertContains(response, "Hjelp fra utgaven. 1", count=len(data_of(saker)["saker"]) + 1)


def test_a_referat_s_answers_are_saved_and_sent(client, scene):
    make_edition(scene, "referat")
    referat = make_referat(scene)
    save_referat(
        referat=referat,
        edit_version=referat.edit_version,
        data={**data_of(referat), "extra": {"q1": ANSWER}},
        by=scene.by("leder"),
        now=NOW,
    )
    make_edition(scene, "referat", number=2)

    version = send_referat(scene, referat)

    assert version.content["extra"] == [
        {"id": "q1", "question": "Hva lærte dere? 1", "answer": ANSWER}
    ]
    sign_in(client, scene.veileder)
    assertContains(client.get(f"/moeter/{referat.meeting_id}/referat/"), ANSWER)


def test_a_national_id_in_an_answer_is_refused(client, scene):
    make_edition(scene, "referat")
    referat = make_referat(scene)
    sign_in(client, scene.leder)
    url = referat_url(referat.meeting)
    typed = {
        "edit_version": referat.edit_version,
        "saker-TOTAL_FORMS": 0,
        "saker-INITIAL_FORMS": 0,
        "punkter-TOTAL_FORMS": 0,
        "punkter-INITIAL_FORMS": 0,
        "handling": "lagre",
    }

    response = client.post(url, {**typed, "sp-q1": f"Nummeret er {NATIONAL_ID}"})

    assertContains(response, 'href="#id_sp-q1"')
    referat.refresh_from_db()
    assert referat.extra == {}
    client.post(url, {**typed, "edit_version": referat.edit_version, "sp-q1": ANSWER})
    referat.refresh_from_db()
    assert referat.extra == {"q1": ANSWER}


def test_two_answers_to_the_same_question_are_both_shown(client, scene):
    make_edition(scene, "referat")
    referat = make_referat(scene)
    data = {**data_of(referat), "extra": {"q1": ANSWER}}
    save_referat(
        referat=referat,
        edit_version=referat.edit_version,
        data=data,
        by=scene.by("leder"),
        now=NOW,
    )
    sign_in(client, scene.leder)

    response = client.post(
        referat_url(referat.meeting),
        {
            "edit_version": referat.edit_version,
            "saker-TOTAL_FORMS": 0,
            "saker-INITIAL_FORMS": 0,
            "punkter-TOTAL_FORMS": 0,
            "punkter-INITIAL_FORMS": 0,
            "handling": "lagre",
            "sp-q1": "Noe annet.",
        },
    )

    assertContains(response, ANSWER, status_code=409)
    assertContains(response, "Noe annet.", status_code=409)


def test_a_referat_has_the_focus_of_the_unit_s_grunnlag(scene):
    meeting = make_meeting(scene)
    grunnlag = make_grunnlag(scene, meeting)
    grunnlag.focus = ["risiko"]
    grunnlag.save(update_fields=["focus"])

    assert focus_of(new_referat(meeting, scene.skole, scene.by("leder"))) == ["risiko"]
    assert focus_of(new_referat(meeting, scene.barnehage, scene.by("styrer"))) == []
