"""Two windows on one referat: which fields are met, and which are shown side by side."""

from datetime import UTC, datetime

from meetings.rules.referat_merge import marks_of, meet

MOMENT = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)


def data(**changes):
    return {
        "attendance": [1, 2],
        "held_from": MOMENT,
        "place": "Personalrommet",
        "carried": [{"follow_up": 7, "outcome": "", "comment": ""}],
        "saker": [{"title": "Status", "summary": ""}, {"title": "Avtaler", "summary": ""}],
        "agreed": [],
        "mellomarbeid": "Observere",
        "next_date": None,
        "extra": {"q1": ""},
    } | changes


def saker(first, second):
    return [{"title": "Status", "summary": first}, {"title": "Avtaler", "summary": second}]


BASE = marks_of(data())


def test_what_the_writer_has_not_touched_stays_as_the_other_left_it():
    mine = data(saker=saker("Mitt", ""))
    theirs = data(saker=saker("", "Deres"), mellomarbeid="Deres", carried=[])

    met = meet(mine, theirs, BASE)

    assert met.conflicts == []
    assert met.data == {"saker": saker("Mitt", "Deres"), "attendance": [1, 2]}
    assert met.others == ["mellomarbeid", "saker.1.Avtaler"]


def test_the_same_sak_written_by_both_is_a_conflict_and_the_rest_is_saved():
    mine = data(saker=saker("Mitt", ""), mellomarbeid="Mitt", extra={"q1": "Ja"})
    theirs = data(saker=saker("Deres", ""))

    met = meet(mine, theirs, BASE)

    assert met.conflicts == ["saker.1.Status"]
    assert met.data == {"mellomarbeid": "Mitt", "extra": {"q1": "Ja"}, "attendance": [1, 2]}


def test_the_same_text_by_both_is_no_conflict():
    met = meet(data(place="Auditoriet"), data(place="Auditoriet"), BASE)

    assert (met.conflicts, met.data) == ([], {"attendance": [1, 2]})


def test_a_page_is_met_with_its_own_save():
    mine = data(mellomarbeid="Mitt", carried=[{"follow_up": 7, "outcome": "done", "comment": ""}])
    first = meet(mine, data(), BASE)
    stored = data() | first.data

    again = meet(mine | {"mellomarbeid": "Mitt igjen"}, stored, first.marks)

    assert again.conflicts == []
    assert again.data == {"mellomarbeid": "Mitt igjen", "attendance": [1, 2]}


def test_saker_are_one_field_when_one_has_another_list():
    mine = data(saker=[*saker("Mitt", ""), {"title": "Nytt", "summary": "x"}])

    assert meet(mine, data(), BASE).data["saker"] == mine["saker"]
    assert meet(mine, data(saker=saker("Deres", "")), BASE).conflicts == ["saker"]


def test_an_answer_to_a_point_from_before_wins_over_another():
    mine = data(carried=[{"follow_up": 7, "outcome": "done", "comment": "Ja"}])
    theirs = data(carried=[{"follow_up": 7, "outcome": "partly", "comment": ""}])

    met = meet(mine, theirs, BASE)

    assert met.conflicts == []
    assert met.data["carried"] == mine["carried"]
