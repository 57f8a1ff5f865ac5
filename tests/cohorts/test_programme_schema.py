"""What the schema check refuses, and how it says so: references, laws, groups and whole files."""

import re
from copy import deepcopy

import pytest

from cohorts.programme.definition import (
    ProgrammeError,
    available_calendars,
    available_programmes,
    calendar_path,
    check_file,
    load_programme,
    programme_from_dict,
    programme_path,
)
from tests.factories.programme_files import DATA, edited

TEXT = (DATA / "samlingsbasert.toml").read_text(encoding="utf-8")


def found(path):
    """Return (text of the line, path, message) of each problem."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(lines[p.line - 1], p.path, p.message) for p in check_file(path)]


@pytest.mark.parametrize("name", available_programmes())
def test_check_programme_that_ships_is_right(name):
    assert check_file(programme_path(name)) == []


@pytest.mark.parametrize("name", available_calendars())
def test_check_calendar_that_ships_is_right(name):
    assert check_file(calendar_path(name)) == []


def test_check_names_file_line_path_and_reason(tmp_path):
    path = edited(tmp_path, ('kind = "regional_samling"', 'kind = "regional_samlng"'))

    (problem,) = check_file(path)

    line = TEXT[: TEXT.index('kind = "regional_samling"')].count("\n") + 1
    assert str(problem) == (
        f'{path}:{line}: activity "regional_samling" → kind: "regional_samlng" is not among '
        'kind.id; did you mean "regional_samling"?'
    )


REFERENCES = [
    ('responsible = "udir"', 'activity "landssamling" → responsible', "actor.id"),
    (
        'must_be_represented = ["eier", "ressursperson"]',
        'activity "landssamling" → must_be_represented 1',
        "actor.id",
    ),
    ('may_invite = ["ppt"', 'activity "regional_samling" → may_invite 1', "invitee.id or actor.id"),
    (
        'from = "regional_samling"',
        'activity "nettverksmoete" → spacing → from',
        "activity.id",
    ),
    (
        'for_activities = ["nettverksmoete"]',
        'activity "nettverksnotat" → for_activities 1',
        "activity.id",
    ),
    ('asked = ["eier"', 'activity "underveisevaluering" → asked 1', "actor.id"),
    (
        'group = "ressurspersoner"',
        'activity "utnevne_ressursperson" → group',
        "group.id",
    ),
    ('activities = ["nettverksnotat"]', 'deadline "nettverksnotat" → activities 1', "activity.id"),
    ('owed_by = "ressursperson"', 'deadline "nettverksnotat" → owed_by', "actor.id"),
    ('to = "statsforvalter"', 'deadline "nettverksnotat" → escalate 1 → to', "actor.id"),
    ('roles = ["eier"', 'evaluation → question "nettverk" → roles 1', "actor.id"),
    ('\nby = "eier"', 'report "rapport_midler" → by', "actor.id"),
    (
        'applicant = "kommune"',
        'group "ressurspersoner" → seat "barnehage" → applicant',
        "recruitment.applicants",
    ),
    (
        'receiver = "kommune"',
        'funding → grant "barnehagemyndighet" → receiver',
        "recruitment.applicants",
    ),
    (
        'private_barnehage_via = "kommune"',
        "recruitment → private_barnehage_via",
        "recruitment.applicants",
    ),
    ('responsible = "ressursperson"', 'semester 2 → product "plan" → responsible', "actor.id"),
]


@pytest.mark.parametrize(
    ("line", "path", "among"), REFERENCES, ids=[case[1] for case in REFERENCES]
)
def test_reference_to_nothing_is_refused(tmp_path, line, path, among):
    ((text, place, message),) = found(
        edited(tmp_path, (line, re.sub(r'"\w+"', '"zzz"', line, count=1)))
    )

    assert "zzz" in text
    assert (place, message) == (path, f'"zzz" is not among {among}')


def test_law_references_are_checked_against_the_laws(tmp_path):
    law = (
        '[[law]]\nid = "lov"\nname = { bm = "Lov", nn = "Lov" }\n'
        'paragraphs = [{ number = "12-2", bm = "Rett", nn = "Rett" }]\n\n[[semester]]\n'
    )
    references = (
        'semester.law = [{ law = "lov", paragraphs = ["12-2", "12-20"], source = "S4", bm = "a", '
        'nn = "b" }]\n'
    )
    path = edited(
        tmp_path,
        ("[[semester]]\n", law),
        ('term = "hoest"\n', 'term = "hoest"\n' + references.removeprefix("semester.")),
    )

    assert found(path) == [
        (
            references.strip().removeprefix("semester."),
            "semester 1 → law 1 → paragraphs",
            '"12-20" is not among the paragraphs of lov; did you mean "12-2"?',
        )
    ]


def test_law_reference_with_paragraphs_needs_a_law(tmp_path):
    law = 'law = [{ paragraphs = ["1"], source = "S4", bm = "a", nn = "b" }]\n'
    path = edited(tmp_path, ('term = "hoest"\n', f'term = "hoest"\n{law}'))

    assert found(path) == [
        (law.strip(), "semester 1 → law 1 → paragraphs", "need the key law"),
    ]


def test_unknown_placeholder_is_refused_in_each_text(tmp_path):
    path = edited(
        tmp_path,
        ('bm = "Notatet har frist {frist}', 'bm = "Notatet har frist {fristen}'),
        ('nn = "Notatet har frist {frist}', 'nn = "Notatet har frist {fristen}'),
    )

    message = '{fristen} is not among calendar_rules.placeholders; did you mean "frist"?'
    assert [place[1:] for place in found(path)] == [
        ('deadline "nettverksnotat" → text → bm', message),
        ('deadline "nettverksnotat" → text → nn', message),
    ]


def test_agenda_is_for_meetings_and_only_one_for_each_kind(tmp_path):
    agenda = (
        '[[agenda]]\nfor_kinds = ["landssamling", "rapport"]\nitem = []\n\n'
        '[[agenda]]\nfor_kinds = ["landssamling"]\nitem = []\n\n[recruitment]'
    )
    path = edited(tmp_path, ("[recruitment]", agenda))

    assert [place[1:] for place in found(path)] == [
        ("agenda 1 → for_kinds", '"rapport" is not a meeting'),
        ("agenda 2 → for_kinds", '"landssamling" has an agenda already'),
    ]


def test_group_has_one_leading_seat_that_fits(tmp_path):
    path = edited(
        tmp_path,
        ("combined = true", 'combined = true\nleader = "eier"'),
        ('wording = "utnevner"', 'wording = "utnevner"\nleader = true'),
    )

    assert [place[1:] for place in found(path)] == [
        (
            'group "ressurspersoner" → leader',
            'is not the role of the leading seat "barnehage"',
        )
    ]


def test_all_problems_are_reported_together_in_file_order(tmp_path):
    path = edited(
        tmp_path,
        ('name.nn = "Samlingsbasert tilbod"\n', ""),
        ('id = "hoegskole"', 'id = "hoegskule"'),
        ('record = "setup"', 'record = "set-up"'),
        ("amount = 260000", "amount = 0"),
        ('{frist}: {lenke}"', '{frist}: {link}"'),
        ("semesters = [5]", "semesters = [7]"),
    )

    with pytest.raises(ProgrammeError) as caught:
        load_programme(path)

    assert [problem.path for problem in caught.value.problems] == [
        "programme → name → nn",
        'kind "utnevning" → record',
        'activity "regional_samling" → may_invite 2',
        'activity "rapport_midler" → semesters 1',
        'deadline "nettverksnotat" → text → bm',
        'deadline "nettverksnotat" → text → nn',
        'funding → grant "barnehagemyndighet" → amount',
    ]
    assert [problem.line for problem in caught.value.problems] == sorted(
        problem.line for problem in caught.value.problems
    )
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b'schema = 1\nid = "open\n', 2, "is not TOML: Illegal character '\\n'"),
        (b"schema = 1\n\nschema = 2\n", 3, "is not TOML: Cannot overwrite a value"),
        (b"schema = [1,\n", 1, "is not TOML: Invalid value"),
        (b"name = '\xe6'\n", 1, "is not UTF-8 text"),
    ],
)
def test_file_that_cannot_be_parsed_is_one_problem(tmp_path, content, line, message):
    path = tmp_path / "broken.toml"
    path.write_bytes(content)

    (problem,) = check_file(path)

    assert (problem.line, problem.path, problem.message) == (line, "file", message)


def test_file_that_is_not_there_is_one_problem(tmp_path):
    (problem,) = check_file(tmp_path / "missing.toml")

    assert problem.message == "cannot be read: No such file or directory"


@pytest.mark.parametrize("text", ["", "schema = 1\nprogramme = 3\n", "kind = 1\nactivity = [1]\n"])
def test_file_of_another_shape_is_refused_without_a_crash(tmp_path, text):
    path = tmp_path / "other.toml"
    path.write_text(text, encoding="utf-8")

    paths = [problem.path for problem in check_file(path)]

    assert "calendar_rules" in paths
    assert "evaluation" in paths


JUNK = [None, 7, "x", [], {}, True, -1, 1.5, [{}], [1, "a", None], {"id": 3}, [[1]], ""]


def places(node, path=()):
    """Yield the path of everything below a node."""
    for step, value in enumerate(node) if isinstance(node, list) else node.items():
        yield (*path, step)
        if isinstance(value, list | dict):
            yield from places(value, (*path, step))


def test_junk_anywhere_is_accepted_or_reported_but_never_crashes():
    raw = load_programme(DATA / "samlingsbasert.toml").raw
    messages = 0

    for number, (*above, last) in enumerate([*places(raw)][::5]):
        broken = deepcopy(raw)
        node = broken
        for step in above:
            node = node[step]
        node[last] = JUNK[number % len(JUNK)]
        try:
            programme_from_dict(broken)
        except ProgrammeError as error:
            messages += len(error.problems)

    assert messages > 100
