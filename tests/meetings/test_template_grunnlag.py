"""A grunnlag is written in the edition of the form that held when it was begun."""

import pytest
from django.db.models import ProtectedError
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains

from cohorts.models import PaperTemplate
from cohorts.rules.template_fields import FIELDS
from meetings.forms.grunnlag import GrunnlagForm
from meetings.forms.referat import PointRowForm, ReferatForm, SummaryForm
from meetings.models import VeiledningsgrunnlagVersion
from meetings.queries.template import extra_of, questions_of
from tests.factories.editions import ANSWER, make_edition
from tests.factories.meetings import make_meeting
from tests.factories.papers import grunnlag_data, make_grunnlag, send_grunnlag
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


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
