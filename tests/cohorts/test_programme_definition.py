"""The first programme as typed values: what its file says, and how to find it."""

import json
from dataclasses import fields, is_dataclass

import pytest

from cohorts.programme.content import Text
from cohorts.programme.definition import (
    ProgrammeError,
    available_programmes,
    load_programme,
    programme_from_dict,
    programme_path,
)

PATH = programme_path("laeringsmiljoeprosjektet")


@pytest.fixture(scope="module")
def programme():
    return load_programme(PATH)


def ids(records):
    return [record.id for record in records]


def texts_in(value):
    """Yield every Text below a value."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))


def pairs_in(raw):
    """Count the tables of plain data that hold bm and nn."""
    below = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else []
    own = isinstance(raw, dict) and {"bm", "nn"} <= raw.keys()
    return int(own) + sum(map(pairs_in, below))


def test_available_programmes_are_the_files_without_calendars():
    assert available_programmes() == ["laeringsmiljoeprosjektet"]


def test_programme_path_of_an_unknown_programme_raises():
    with pytest.raises(KeyError):
        programme_path("nothing")


def test_head_and_counts(programme):
    assert (programme.id, programme.semester_count) == ("laeringsmiljoeprosjektet", 4)
    assert programme.unit_kinds == ("barnehage", "skole")
    assert programme.name.in_language("nb") == "Læringsmiljøprosjektet"
    assert {
        "activities": len(programme.activities),
        "actors": len(programme.actors),
        "checklists": len(programme.checklists),
        "deadlines": len(programme.deadlines),
        "delmaal": len(programme.delmaal),
        "kinds": len(programme.kinds),
        "questions": len(programme.evaluation.questions),
        "themes": len(programme.gjennomgaaende_temaer),
    } == {
        "activities": 35,
        "actors": 13,
        "checklists": 4,
        "deadlines": 26,
        "delmaal": 6,
        "kinds": 24,
        "questions": 30,
        "themes": 5,
    }


def test_no_text_of_the_file_is_lost_on_the_way(programme):
    texts = list(texts_in(programme))

    assert len(texts) == pairs_in(programme.raw) == 507
    assert all(text.bm and text.nn for text in texts)


def test_text_in_language():
    text = Text(bm="skole", nn="skule")

    assert [text.in_language(code) for code in ("nb", "nn", "en")] == ["skole", "skule", "skole"]


def test_semester_has_theme_laws_focus_products_and_questions(programme):
    semester = programme.semester(2)

    assert semester.term == "vaar"
    assert semester.short == Text(bm="Avdekke og håndtere", nn="Avdekkje og handtere")
    assert [law.law for law in semester.laws] == [
        "barnehageloven",
        "opplaeringslova",
        "barnehageloven",
        "opplaeringslova",
        None,
    ]
    assert [law.doubtful for law in semester.laws] == [False, False, False, True, False]
    assert semester.laws[3].printed == "§ 10-12 om elevmedvirkning"
    assert ids(semester.products) == ["implementeringsplan", "handlingsplaner", "rutiner"]
    assert len(semester.questions) == 5


def test_meeting_kinds_are_those_recorded_as_meetings(programme):
    assert ids(programme.meeting_kinds()) == [
        "nasjonal_fagdag",
        "fagsamling",
        "veiledning",
        "digital_veiledning",
        "lederveiledning",
        "styringsgruppemoete",
        "eiermoete",
        "arbeidsgruppemoete",
    ]
    assert programme.is_meeting(programme.activity("fagsamling")) is True
    assert programme.is_meeting(programme.activity("mellomarbeid")) is False


def test_activities_in_the_start_up_and_the_last_semester(programme):
    assert ids(programme.activities_in(0)) == [
        "oppstartssamling",
        "etablere_styringsgruppe",
        "etablere_arbeidsgruppe",
    ]
    closing = set(ids(programme.activities_in(4))) - set(ids(programme.activities_in(3)))
    assert closing == {
        "sluttrapport_enhet",
        "sluttrapport_eier",
        "videreforingsplan",
        "sluttrapport_laeringsmiljoesenteret",
        "puljerapport",
    }


def test_activity_linked_to_the_fagsamling(programme):
    first, second = programme.activity("veiledning_1"), programme.activity("veiledning_2")

    assert (first.linked_to, first.link_offset_workdays) == ("fagsamling", (-1, 1))
    assert (second.spacing.from_activity, second.spacing.target_weeks) == ("veiledning_1", 8)
    assert (first.min, first.max, first.form, first.joint) == (1, 1, "physical", True)


def test_activity_without_upper_limit_and_with_an_optional_second(programme):
    assert programme.activity("arbeidsgruppemoete").max is None
    assert programme.activity("digital_veiledning").max == 2


def test_activities_following_a_meeting(programme):
    assert ids(programme.activities_following("veiledning_1")) == [
        "veiledningsgrunnlag",
        "saksliste",
        "referat",
        "eier_deltar",
    ]
    assert ids(programme.activities_following("lederveiledning")) == ["ledernotat"]


def test_deadlines_for_an_activity(programme):
    assert ids(programme.deadlines_for("referat")) == ["referat", "merknad"]
    assert ids(programme.deadlines_for("saksliste")) == ["veiledningsgrunnlag"]
    assert programme.deadlines_for("mellomarbeid") == ()


def test_deadline_counts_from_the_due_day(programme):
    deadline = programme.deadline("referat")

    assert (deadline.anchor, deadline.offset, deadline.unit) == ("meeting_end", 7, "days")
    assert deadline.remind == (-4, 0, 7)
    assert [(step.after, step.to) for step in deadline.escalations] == [
        (3, "arbeidsgruppe"),
        (7, "eier"),
        (21, "statsforvalter"),
        (35, "udir"),
    ]


def test_calendar_of_the_programme_has_its_pauses(programme):
    assert programme.calendar_rules.calendar.pauses == (("07-01", "07-31"), ("12-24", "01-01"))
    assert programme.calendar_rules.calendar.workdays == (1, 2, 3, 4, 5)


def test_agenda_for_a_kind_of_meeting(programme):
    items = programme.agenda_for("styringsgruppemoete")

    assert ids(items)[0] == "forrige_referat"
    assert ids(items)[-1] == "avtaler"
    assert [item.when for item in items if item.when] == ["last_of_semester", "last_of_programme"]
    assert programme.agenda_for("arbeidsgruppemoete") == ()


def test_access_role_of_an_actor_is_its_id_or_none(programme):
    assert {actor.id: actor.role for actor in programme.actors} == {
        "udir": "udir",
        "statsforvalter": "statsforvalter",
        "koordinator": "koordinator",
        "veileder": "veileder",
        "eier": "eier",
        "barnehagemyndighet": "barnehagemyndighet",
        "styringsgruppe": None,
        "leder": "leder",
        "arbeidsgruppe": "arbeidsgruppe",
        "ppt": "ppt",
        "ansatte": None,
        "barn_elever": None,
        "foreldre": None,
    }


def test_seats_for_a_group_follow_the_kind_of_unit(programme):
    assert ids(programme.seats_for("arbeidsgruppe", "barnehage")) == [
        "leder",
        "pedagogisk_leder",
        "oevrig_ansatt",
        "ppt",
    ]
    assert ids(programme.seats_for("arbeidsgruppe", "skole")) == [
        "leder",
        "laerer",
        "miljoelaerer",
        "mellomleder",
        "ppt",
    ]


def test_seats_for_a_group_follow_sfo_and_private_units(programme):
    def added(group, **condition):
        seats = ids(programme.seats_for(group, "skole"))
        return set(ids(programme.seats_for(group, "skole", **condition))) - set(seats)

    assert added("arbeidsgruppe", has_sfo=True) == {"sfo_leder"}
    assert added("styringsgruppe", private_units=True) == {"private"}


def test_ppt_is_required_in_one_group_and_desired_in_the_other(programme):
    def seat(group):
        return next(seat for seat in programme.group(group).seats if seat.id == "ppt")

    assert [seat("styringsgruppe").is_required, seat("arbeidsgruppe").is_required] == [True, False]
    assert seat("arbeidsgruppe").wording == "ønskelig"


def test_evaluation_asks_more_the_last_time(programme):
    every = programme.evaluation.questions_for("eier", final=False)
    final = programme.evaluation.questions_for("eier", final=True)

    assert set(ids(final)) - set(ids(every)) == {"varig", "hovedmaal", "raad"}


def test_recruitment_names_the_dates_a_pulje_sets(programme):
    assert programme.recruitment.date_ids == (
        "soeknadsfrist",
        "prioritert_liste",
        "avgjoerelse",
        "svarfrist",
    )
    assert len(programme.recruitment.criteria) == 14


@pytest.mark.parametrize(
    "find", ["kind", "activity", "actor", "group", "deadline", "report", "checklist", "semester"]
)
def test_look_up_of_something_unknown_raises(programme, find):
    with pytest.raises(KeyError):
        getattr(programme, find)("nothing")


def test_raw_round_trips_through_stored_json(programme):
    stored = json.loads(json.dumps(programme.raw))

    again = programme_from_dict(stored)

    assert again == programme
    assert again.raw == programme.raw


def test_programme_from_dict_reads_the_same_data_once(programme):
    assert programme_from_dict(programme.raw) is programme_from_dict(dict(programme.raw))


def test_programme_from_dict_that_was_edited_is_read_anew(programme):
    edited = json.loads(json.dumps(programme.raw))
    edited["activity"][2]["min"] = 0

    assert programme_from_dict(edited).activity("fagsamling").min == 0
    assert programme_from_dict(programme.raw).activity("fagsamling").min == 1


def test_programme_from_dict_reports_problems_without_lines(programme):
    edited = json.loads(json.dumps(programme.raw))
    edited["activity"][2]["kind"] = "unknown"

    with pytest.raises(ProgrammeError) as caught:
        programme_from_dict(edited)

    assert [(problem.line, problem.path) for problem in caught.value.problems] == [
        (0, 'activity "fagsamling" → kind')
    ]
