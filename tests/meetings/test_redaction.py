"""What can be blacked out of a paper, and that nothing of it is left."""

import json

from meetings.rules.redaction import BLACK, passages, people_in, redact

CONTENT = {
    "meeting": {
        "title": "Veiledning med Kari Testvik",
        "place": "Rom 12",
        "start": "2026-12-03T08:00:00+00:00",
        "unit": "Testvik skole",
        "owner": "Fjordvik kommune",
        "form": "digital",
    },
    "questions": "Hvordan får vi alle med? Klokka er kl. 12.30 nå.\nHva med vikarer?",
    "story": "Mor til Ola (7 år) ringte. Vi tok det opp i teamet!",
    "prepared_by": "Arbeidsgruppa",
    "focus": [{"id": "a", "text": "Programmets ord"}],
    "since_last": [{"follow_up": 3, "outcome": "done", "due": "2026-12-01", "comment": "Uro"}],
    "saker": [{"title": "Oppfølging", "type": "info", "summary": "• ett\n• to"}],
    "attendance": {
        "present": [{"name": "Kari Testvik", "role": "Rektor"}],
        "away": [{"name": "Per Lie-Nes", "role": "PPT"}],
    },
    "group": ["Kari Testvik (rektor)", "Siri Foss (lærer)"],
    "extra": [{"question": "Hva nå?", "answer": "Vi venter."}],
    "attachments": [{"name": "Ola Nordmann.pdf", "size": 3}],
}


def pieces(content=CONTENT, **options):
    return {
        piece.key: piece for passage in passages(content, **options) for piece in passage.pieces
    }


def test_each_sentence_of_each_text_can_be_marked():
    found = {key: piece.text for key, piece in pieces().items()}

    assert found == {
        "meeting.title:0": "Veiledning med Kari Testvik",
        "meeting.place:0": "Rom 12",
        "questions:0": "Hvordan får vi alle med?",
        "questions:1": "Klokka er kl. 12.30 nå.",
        "questions:2": "Hva med vikarer?",
        "story:0": "Mor til Ola (7 år) ringte.",
        "story:1": "Vi tok det opp i teamet!",
        "prepared_by:0": "Arbeidsgruppa",
        "since_last.0.comment:0": "Uro",
        "saker.0.title:0": "Oppfølging",
        "saker.0.summary:0": "• ett",
        "saker.0.summary:1": "• to",
        "extra.0.question:0": "Hva nå?",
        "extra.0.answer:0": "Vi venter.",
    }


def test_risky_sentences_and_fields_that_ask_who_are_suggested():
    suggested = {key for key, piece in pieces().items() if piece.suggested}

    assert suggested == {"meeting.title:0", "story:0", "prepared_by:0"}


def test_in_a_small_unit_more_is_suggested():
    content = {"story": "Eleven på 3. trinn strever."}

    assert not pieces(content)["story:0"].suggested
    assert pieces(content, small=True)["story:0"].suggested


def test_a_marked_sentence_leaves_a_bar_of_fixed_length_and_nothing_else():
    copy, count = redact(CONTENT, ["story:0", "questions:1", "saker.0.summary:1"], [])

    assert copy["story"] == f"{BLACK} Vi tok det opp i teamet!"
    assert copy["questions"] == f"Hvordan får vi alle med? {BLACK}\nHva med vikarer?"
    assert copy["saker"][0]["summary"] == f"• ett\n{BLACK}"
    assert count == 3
    left = json.dumps(copy, ensure_ascii=False)
    assert "Ola" not in left
    assert "7 år" not in left


def test_names_of_files_are_in_no_copy():
    copy, _ = redact(CONTENT, [], [])

    assert "attachments" not in copy


def test_facts_of_the_programme_and_the_registers_stay():
    copy, _ = redact(CONTENT, pieces(), people_in(CONTENT))

    assert copy["meeting"]["unit"] == "Testvik skole"
    assert copy["meeting"]["start"] == CONTENT["meeting"]["start"]
    assert copy["focus"] == CONTENT["focus"]
    assert copy["saker"][0]["type"] == "info"
    assert copy["since_last"][0]["outcome"] == "done"


def test_those_who_took_part_are_found_once_each():
    assert people_in(CONTENT) == ["Kari Testvik", "Per Lie-Nes", "Siri Foss"]
    assert people_in({}) == []


def test_a_name_goes_wherever_it_stands_whole_or_in_part():
    content = {**CONTENT, "story": "Kari sa ja. Testvik, K. var enig. Karin og Siri Foss sa nei."}

    copy, _ = redact(content, [], people_in(content))

    assert copy["story"] == f"{BLACK} sa ja. {BLACK}, K. var enig. Karin og {BLACK} sa nei."
    assert copy["meeting"]["title"] == f"Veiledning med {BLACK}"
    assert copy["attendance"]["present"] == [{"name": BLACK, "role": "Rektor"}]
    assert copy["group"] == [f"{BLACK} (rektor)", f"{BLACK} (lærer)"]


def test_a_mark_that_is_not_there_does_nothing():
    copy, count = redact(CONTENT, ["story:99", "meeting.unit:0", "x"], [])

    assert (copy["story"], count) == (CONTENT["story"], 0)
