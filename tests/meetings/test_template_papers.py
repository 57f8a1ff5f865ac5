"""Papers are written in the edition of the form that held when they were begun."""

import pytest
from django.db.models import ProtectedError
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains

from cohorts.actions.template import save_template
from cohorts.models import PaperTemplate
from cohorts.rules.template_fields import FIELDS
from meetings.actions.referat import new_referat, save_referat
from meetings.actions.referat_parts import data_of
from meetings.forms.grunnlag import GrunnlagForm
from meetings.forms.referat import PointRowForm, ReferatForm, SummaryForm
from meetings.models import VeiledningsgrunnlagVersion
from meetings.queries.template import extra_of, focus_of, questions_of
from tests.factories.meetings import NOW, make_meeting, make_scene
from tests.factories.papers import (
    NATIONAL_ID,
    grunnlag_data,
    held_meeting,
    make_grunnlag,
    make_referat,
    send_grunnlag,
    send_referat,
)
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db

HELP = {"bm": "Hjelp fra utgaven.", "nn": "Hjelp frå utgåva."}
ASKED = {"bm": "Hva lærte dere?", "nn": "Kva lærte de?"}
ANSWER = "At vi må være i gangen."


@pytest.fixture
def scene():
    return make_scene()


def make_edition(scene, kind="grunnlag", number=1, semester=None, field="tried", **question):
    """An edition with help for one field and one question, each with its number."""
    words = {key: f"{text} {number}" for key, text in HELP.items()}
    asked = {key: f"{text} {number}" for key, text in ASKED.items()}
    return save_template(
        pulje=scene.pulje,
        kind=kind,
        semester=semester,
        content={"help": {field: words}, "questions": [{**asked, **question}]},
        reason="Ny",
        seen=number - 1,
        by=scene.by("udir"),
        now=NOW,
    )


@pytest.mark.parametrize(
    ("kind", "forms"),
    [("grunnlag", [GrunnlagForm]), ("referat", [ReferatForm, SummaryForm, PointRowForm])],
)
def test_the_editor_and_the_papers_say_the_same(kind, forms):
    fields = {name: field for form in forms for name, field in form.base_fields.items()}

    assert [(each.key, str(each.label), str(each.help)) for each in FIELDS[kind]] == [
        (each.key, str(fields[each.key].label), str(fields[each.key].help_text))
        for each in FIELDS[kind]
    ]


# --- grunnlag -----------------------------------------------------------------------------------


def test_a_draft_gets_the_edition_in_force_and_keeps_it(scene):
    first = make_edition(scene)
    grunnlag = make_grunnlag(scene)
    make_edition(scene, number=2)

    grunnlag.refresh_from_db()

    assert grunnlag.template == first
    assert [each.text for each in questions_of(grunnlag)] == ["Hva lærte dere? 1"]


def test_a_draft_begun_before_any_edition_keeps_the_portals_own_form(scene):
    grunnlag = make_grunnlag(scene)
    make_edition(scene)

    grunnlag.refresh_from_db()

    assert grunnlag.template is None
    assert questions_of(grunnlag) == []


def test_the_semester_s_own_edition_comes_before_that_of_the_pulje(scene):
    make_edition(scene)
    own = make_edition(scene, semester=scene.pulje.semesters.get(number=3))

    assert make_grunnlag(scene).template == own


def test_a_sent_version_carries_question_and_answer(scene):
    make_edition(scene)
    version = send_grunnlag(scene, extra={"q1": ANSWER})

    assert version.content["extra"] == [
        {"id": "q1", "question": "Hva lærte dere? 1", "answer": ANSWER}
    ]


def test_a_new_edition_does_not_touch_what_is_sent(scene):
    make_edition(scene)
    version = send_grunnlag(scene, extra={"q1": ANSWER})
    before = (version.content, version.sha256)

    make_edition(scene, number=2)

    again = VeiledningsgrunnlagVersion.objects.get(pk=version.pk)
    assert (again.content, again.sha256) == before
    assert again.paper.template.number == 1


def test_an_answer_is_sent_only_while_its_focus_point_is_chosen(scene):
    semester = scene.pulje.semesters.get(number=3)
    point = semester.tema.content["focus"][0]["id"]
    make_edition(scene, semester=semester, focus=point)
    grunnlag = make_grunnlag(scene)
    with_point = grunnlag_data(grunnlag, focus=[point], extra={"q1": ANSWER})
    without = {**with_point, "focus": []}

    assert len(extra_of(grunnlag, with_point, "nb")) == 1
    assert extra_of(grunnlag, without, "nb") == []


def test_the_paper_of_a_nynorsk_kommune_has_its_questions_in_nynorsk(scene):
    kommune = scene.skole.unit.kommune
    kommune.maalform = "nynorsk"
    kommune.save(update_fields=["maalform"])
    make_edition(scene)

    version = send_grunnlag(scene, extra={"q1": ANSWER})

    assert version.content["extra"][0]["question"] == "Kva lærte de? 1"


def test_readers_see_the_answers(client, scene):
    make_edition(scene)
    version = send_grunnlag(scene, extra={"q1": ANSWER})
    sign_in(client, scene.veileder)

    response = client.get(f"/moeter/{version.paper.meeting_id}/veiledningsgrunnlag/")

    assertContains(response, "Hva lærte dere? 1")
    assertContains(response, ANSWER)


def grunnlag_url(grunnlag):
    return f"/moeter/{grunnlag.meeting_id}/veiledningsgrunnlag/skriv/"


def typed(grunnlag, **texts):
    return {
        "edit_version": grunnlag.edit_version,
        "saker-TOTAL_FORMS": 0,
        "saker-INITIAL_FORMS": 0,
        "handling": "lagre",
        **texts,
    }


def test_the_leader_sees_the_edition_s_help_and_questions(client, scene):
    make_edition(scene)
    grunnlag = make_grunnlag(scene)
    make_edition(scene, number=2)
    sign_in(client, scene.leder)

    response = client.get(grunnlag_url(grunnlag))

    assertContains(response, "Hjelp fra utgaven. 1")
    assertContains(response, "Hva lærte dere? 1")
    assertNotContains(response, "Hva lærte dere? 2")


def test_a_page_before_the_draft_is_begun_shows_the_edition_in_force(client, scene):
    make_edition(scene)
    sign_in(client, scene.leder)

    response = client.get(f"/moeter/{make_meeting(scene).pk}/veiledningsgrunnlag/skriv/")

    assertContains(response, "Hva lærte dere? 1")


def test_the_leader_answers_and_clears_the_answer(client, scene):
    make_edition(scene)
    grunnlag = make_grunnlag(scene)
    sign_in(client, scene.leder)

    client.post(grunnlag_url(grunnlag), typed(grunnlag, **{"sp-q1": ANSWER}))
    grunnlag.refresh_from_db()
    assert grunnlag.extra == {"q1": ANSWER}

    base = client.get(grunnlag_url(grunnlag)).context["base"]
    client.post(grunnlag_url(grunnlag), typed(grunnlag, base=base, **{"sp-q1": ""}))
    grunnlag.refresh_from_db()
    assert grunnlag.extra == {"q1": ""}


def test_a_question_of_a_focus_point_comes_when_the_point_is_chosen(client, scene):
    semester = scene.pulje.semesters.get(number=3)
    point = semester.tema.content["focus"][0]["id"]
    make_edition(scene, semester=semester, focus=point)
    grunnlag = make_grunnlag(scene)
    sign_in(client, scene.leder)

    assertNotContains(client.get(grunnlag_url(grunnlag)), "Hva lærte dere?")
    client.post(grunnlag_url(grunnlag), typed(grunnlag, focus=point))

    assertContains(client.get(grunnlag_url(grunnlag)), "Hva lærte dere? 1")


# --- referat ------------------------------------------------------------------------------------


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


def test_questions_are_asked_in_the_reader_s_language(scene):
    make_edition(scene)
    grunnlag = make_grunnlag(scene)

    with override("nn"):
        assert [each.text for each in questions_of(grunnlag)] == ["Kva lærte de? 1"]


def test_an_edition_that_papers_are_written_in_cannot_be_deleted(scene):
    edition = make_edition(scene)
    make_grunnlag(scene)

    with pytest.raises(ProtectedError):
        edition.delete()
    assert PaperTemplate.objects.count() == 1
