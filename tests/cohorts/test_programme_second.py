"""Another programme loads from another file: nothing in the code knows the first one."""

import ast
from pathlib import Path

import pytest

import cohorts.programme
from cohorts.programme.definition import (
    available_programmes,
    load_programme,
    programme_from_dict,
    programme_path,
)

DATA = Path(__file__).parent / "data"
PACKAGE = Path(cohorts.programme.__file__).parent


@pytest.fixture(scope="module")
def programme():
    return load_programme(DATA / "samlingsbasert.toml")


def test_five_semesters_and_its_own_meetings(programme):
    assert programme.semester_count == 5
    assert [kind.id for kind in programme.meeting_kinds()] == [
        "landssamling",
        "regional_samling",
        "nettverksmoete",
    ]
    assert [activity.id for activity in programme.activities_in(5)] == [
        "landssamling",
        "regional_samling",
        "nettverksmoete",
        "nettverksnotat",
        "rapport_midler",
    ]


def test_actor_of_its_own_has_the_rights_of_a_role(programme):
    assert programme.actor("ressursperson").role == "eier"
    assert programme.actor("ppt").role is None


def test_seats_follow_the_applicant_and_what_takes_part(programme):
    def seats(*unit_kinds, applicant):
        found = programme.seats_for("ressurspersoner", *unit_kinds, applicant=applicant)
        return [seat.id for seat in found]

    assert seats("barnehage", "skole", applicant="kommune") == ["barnehage", "skole"]
    assert seats("barnehage", applicant="kommune") == ["barnehage"]
    assert seats("skole", applicant="frittstaaende_skole") == ["frittstaaende"]


def test_resource_persons_may_hold_both_seats(programme):
    group = programme.group("ressurspersoner")

    assert group.combined is True
    assert [seat.position_percent_min for seat in group.seats] == [20, 20, None]
    assert group.qualification.nn == "Bør ha drive utviklingsarbeid gjennom nettverk."


def test_funding_has_grants_and_uses(programme):
    grants = [(grant.id, grant.receiver, grant.amount) for grant in programme.funding.grants]

    assert grants == [
        ("barnehagemyndighet", "kommune", 260000),
        ("skoleeier", "kommune", 260000),
        ("frittstaaende_skole", "frittstaaende_skole", 100000),
    ]
    assert [use.id for use in programme.funding.uses] == ["ressursperson"]


def test_what_it_leaves_out_is_empty(programme):
    assert programme.laws == ()
    assert programme.agenda_for("nettverksmoete") == ()
    assert programme.checklists == ()


def test_raw_round_trips(programme):
    assert programme_from_dict(programme.raw) == programme


def test_first_programme_has_no_funding():
    assert load_programme(programme_path(available_programmes()[0])).funding is None


@pytest.mark.parametrize("module", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.name)
def test_code_names_no_programme_activity_or_deadline(module):
    """The words of the closed lists are all that the package may share with the files."""
    known = set()
    for path in (programme_path(available_programmes()[0]), DATA / "samlingsbasert.toml"):
        loaded = load_programme(path)
        known |= {loaded.id}
        for records in (loaded.kinds, loaded.activities, loaded.deadlines, loaded.checklists):
            known |= {record.id for record in records}

    tree = ast.parse(module.read_text(encoding="utf-8"))
    strings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}

    assert strings & known == set()
