"""Editions of the papers' forms: saving, refusing, which one holds."""

import pytest
from django.core.exceptions import ValidationError

from actors.models import Event
from cohorts.actions.pulje import close_pulje
from cohorts.actions.template import save_template
from cohorts.models import PaperTemplate
from cohorts.rules.errors import PuljeClosed, StaleEdit
from tests.factories.cohorts import make_pulje
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db

QUESTION = {"bm": "Hva lærte dere?", "nn": "Kva lærte de?"}
HELP = {"tried": {"bm": "Det dere har gjort.", "nn": "Det de har gjort."}}


@pytest.fixture
def pulje():
    return make_pulje()


def save(pulje, by, **values):
    values = {
        "kind": "grunnlag",
        "semester": None,
        "content": {"help": HELP, "questions": []},
        "reason": "Tydeligere hjelp",
        "seen": 0,
        **values,
    }
    return save_template(pulje=pulje, by=by, now=NOW, **values)


def test_saving_makes_an_edition_with_its_reason(pulje, udir):
    edition = save(pulje, udir, content={"help": HELP, "questions": [QUESTION]})

    assert (edition.number, edition.reason, edition.created_by) == (1, "Tydeligere hjelp", udir)
    assert edition.content["help"] == HELP
    assert edition.content["questions"] == [
        {"id": "q1", "help_bm": "", "help_nn": "", "focus": "", **QUESTION}
    ]
    event = Event.objects.get(verb="save-template")
    assert event.data == {"kind": "grunnlag", "semester": None, "edition": 1}


def test_a_new_edition_leaves_the_old_one_as_it_was(pulje, udir):
    first = save(pulje, udir)

    second = save(pulje, udir, content={"help": {}, "questions": [QUESTION]}, seen=1)

    first.refresh_from_db()
    assert (first.number, first.content) == (1, {"help": HELP, "questions": []})
    assert (second.number, second.content["help"]) == (2, {})


def test_the_same_content_again_makes_nothing(pulje, udir):
    content = {"help": {}, "questions": [QUESTION]}
    first = save(pulje, udir, content=content)

    assert save(pulje, udir, content=content, seen=0) == first
    assert PaperTemplate.objects.count() == 1


def test_two_writers_do_not_overwrite_each_other(pulje, udir):
    first = save(pulje, udir)

    with pytest.raises(StaleEdit) as stale:
        save(pulje, udir, content={"help": {}, "questions": [QUESTION]}, seen=0)

    assert stale.value.current == first


@pytest.mark.parametrize(
    "content",
    [
        {"help": {"tried": {"bm": "Bare bokmål", "nn": ""}}, "questions": []},
        {"help": {}, "questions": [{"bm": "Bare bokmål?"}]},
        {"help": {}, "questions": [{**QUESTION, "help_nn": "Berre nynorsk"}]},
    ],
)
def test_both_languages_are_required(pulje, udir, content):
    with pytest.raises(ValidationError, match="både på bokmål og på nynorsk"):
        save(pulje, udir, content=content)


def test_a_reason_is_required(pulje, udir):
    with pytest.raises(ValidationError, match=r"Skriv hva som er endret, og hvorfor\."):
        save(pulje, udir, reason="  ")


def test_a_question_belongs_to_a_point_of_its_own_semester(pulje, udir):
    semester = pulje.semesters.get(number=3)
    point = semester.tema.content["focus"][0]["id"]
    content = {"help": {}, "questions": [{**QUESTION, "focus": point}]}

    edition = save(pulje, udir, semester=semester, content=content)

    assert edition.content["questions"][0]["focus"] == point
    with pytest.raises(ValidationError, match="Velg et punkt i temaet"):
        save(pulje, udir, content=content)


def test_help_for_a_field_the_paper_does_not_have_is_left_out(pulje, udir):
    edition = save(pulje, udir, kind="referat", content={"help": HELP, "questions": []})

    assert edition.content == {"help": {}, "questions": []}


def test_a_closed_pulje_keeps_its_forms(pulje, udir):
    close_pulje(pulje=pulje, by=udir, now=NOW)

    with pytest.raises(PuljeClosed):
        save(pulje, udir)


def test_a_semester_has_its_own_edition_or_that_of_the_pulje(pulje, udir):
    third, fourth = pulje.semesters.get(number=3), pulje.semesters.get(number=4)
    whole = save(pulje, udir)
    own = save(pulje, udir, semester=third, content={"help": {}, "questions": [QUESTION]})
    newer = save(pulje, udir, semester=third, content={"help": {}, "questions": []}, seen=1)

    in_force = PaperTemplate.objects.in_force
    assert (own.number, newer.number) == (1, 2)
    assert in_force(kind="grunnlag", semester=third) == newer
    assert in_force(kind="grunnlag", semester=fourth) == whole
    assert in_force(kind="referat", semester=third) is None


def test_question_ids_are_never_used_again(pulje, udir):
    save(pulje, udir, content={"help": {}, "questions": [QUESTION]})
    save(pulje, udir, content={"help": HELP, "questions": []}, seen=1)

    third = save(pulje, udir, content={"help": {}, "questions": [QUESTION]}, seen=2)

    assert third.content["questions"][0]["id"] == "q2"
