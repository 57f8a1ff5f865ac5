"""What an edition of a paper's form says: help, questions, answers, what is half written."""

from cohorts.rules.template import (
    Change,
    Question,
    answers_in,
    changes_between,
    cleaned,
    half_written,
    help_for,
    numbered,
    questions_for,
    says_the_same,
)

ALWAYS = {
    "id": "q1",
    "bm": "Hva lærte dere?",
    "nn": "Kva lærte de?",
    "help_bm": "Kort.",
    "help_nn": "Stutt.",
    "focus": "",
}
OF_POINT = {**ALWAYS, "id": "q2", "bm": "Hvem ser?", "nn": "Kven ser?", "focus": "risiko"}
CONTENT = {
    "help": {"tried": {"bm": "Det dere har gjort.", "nn": "Det de har gjort."}},
    "questions": [ALWAYS, OF_POINT],
}


def test_help_is_in_the_language_that_is_asked_for():
    assert help_for(CONTENT, "tried", "nb") == "Det dere har gjort."
    assert help_for(CONTENT, "tried", "nn") == "Det de har gjort."


def test_an_edition_that_says_nothing_of_a_field_leaves_its_own_help():
    assert help_for(CONTENT, "voices", "nb") == ""
    assert help_for(None, "tried", "nb") == ""
    assert help_for({}, "tried", "nb") == ""


def test_a_question_of_a_focus_point_is_asked_when_the_paper_is_about_it():
    assert questions_for(CONTENT, [], "nb") == [Question("q1", "Hva lærte dere?", "Kort.", "")]
    assert [each.id for each in questions_for(CONTENT, ["risiko"], "nb")] == ["q1", "q2"]
    assert questions_for(CONTENT, ["annet"], "nn")[0].text == "Kva lærte de?"
    assert questions_for(None, ["risiko"], "nb") == []


def test_a_sent_version_carries_the_words_of_questions_and_answers():
    extra = {"q1": "At vi må være i gangen.", "q2": "  ", "q9": "Fra en annen utgave"}

    assert answers_in(CONTENT, extra, ["risiko"], "nn") == [
        {"id": "q1", "question": "Kva lærte de?", "answer": "At vi må være i gangen."}
    ]


def test_an_answer_to_a_question_that_is_no_longer_asked_is_not_sent():
    assert answers_in(CONTENT, {"q2": "Alle"}, [], "nb") == []


def test_empty_texts_and_rows_are_left_out():
    empty = dict.fromkeys(ALWAYS, "")
    content = {"help": {"voices": {"bm": " ", "nn": ""}}, "questions": [empty, {"bm": " Hva? "}]}

    assert cleaned(content) == {"help": {}, "questions": [{**empty, "bm": "Hva?"}]}


def test_what_is_written_in_one_language_alone_is_found():
    content = cleaned(
        {
            "help": {"voices": {"bm": "Kort.", "nn": ""}},
            "questions": [{"bm": "Hva?"}, {"bm": "Hva?", "nn": "Kva?", "help_nn": "Stutt."}],
        }
    )

    assert half_written(content) == [("voices", "nn"), ("0", "nn"), ("1", "help_bm")]
    assert half_written(CONTENT) == []


def test_a_new_question_gets_an_id_that_no_edition_has_used():
    content = {"help": {}, "questions": [{**ALWAYS, "id": ""}, ALWAYS, {**ALWAYS, "id": ""}]}

    rows = numbered(content, [{"questions": [{**ALWAYS, "id": "q7"}]}, {}])["questions"]

    assert [row["id"] for row in rows] == ["q8", "q1", "q9"]


def test_the_same_words_are_the_same_whatever_their_ids():
    again = {**CONTENT, "questions": [{**ALWAYS, "id": ""}, OF_POINT]}

    assert says_the_same(CONTENT, again)
    assert not says_the_same(CONTENT, {**CONTENT, "questions": [ALWAYS]})


def test_changes_are_told_field_by_field_with_questions_last():
    after = {
        "help": {"tried": {"bm": "Det dere har gjort.", "nn": "Det de har prøvd."}},
        "questions": [{**ALWAYS, "focus": "risiko"}],
    }

    assert changes_between(CONTENT, after, ["worked_well", "tried"]) == [
        Change("tried", "nn", "Det de har gjort.", "Det de har prøvd."),
        Change("q1", "focus", "", "risiko"),
        Change("q2", "bm", "Hvem ser?", ""),
        Change("q2", "nn", "Kven ser?", ""),
        Change("q2", "help_bm", "Kort.", ""),
        Change("q2", "help_nn", "Stutt.", ""),
        Change("q2", "focus", "risiko", ""),
    ]
    assert changes_between(None, {}, ["tried"]) == []
