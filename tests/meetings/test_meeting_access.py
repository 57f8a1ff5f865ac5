"""Who may call, change, read and write what in a meeting."""

from datetime import date

import pytest

from meetings.access.meeting import (
    callable_activities,
    can_change_meeting,
    can_create_meeting,
    can_edit_saksliste,
    can_read_saksliste,
    can_record_attendance,
    reach_of,
)
from meetings.models import Meeting
from tests.factories.cohorts import activity_of, make_deltakende_unit
from tests.factories.meetings import TODAY, make_meeting
from tests.factories.people import acting_as, make_role
from tests.factories.register import PrivateBarnehageFactory

pytestmark = pytest.mark.django_db

OFFICES = [
    "udir",
    "koordinator",
    "statsforvalter",
    "veileder",
    "eier",
    "leder",
    "arbeidsgruppe",
    "ppt",
]
CALLS = {
    "nasjonal_fagdag": {"udir"},
    "fagsamling": {"udir", "koordinator", "eier", "veileder"},
    "styringsgruppemoete_fysisk": {"udir", "koordinator", "eier"},
    "veiledning_1": {"udir", "koordinator", "veileder"},
    "lederveiledning": {"udir", "koordinator", "veileder"},
    "eiermoete": {"udir", "koordinator", "veileder"},
    "arbeidsgruppemoete": {"udir", "koordinator", "leder"},
}


def who(scene, question) -> set[str]:
    return {office for office in OFFICES if question(scene.by(office))}


@pytest.mark.parametrize("key", CALLS)
def test_can_create_meeting_follows_the_programme(scene, key):
    activity = activity_of(scene.pulje, key, 3)
    owner = None if activity.scope == "pulje" else scene.deltakelse
    units = [scene.skole] if activity.scope == "unit" else []

    callers = who(scene, lambda by: can_create_meeting(by, activity, owner, units))

    assert callers == CALLS[key]


def test_can_create_meeting_only_for_units_within_the_scope(scene):
    activity = activity_of(scene.pulje, "arbeidsgruppemoete", 3)

    both = [scene.skole, scene.barnehage]

    assert can_create_meeting(scene.by("leder"), activity, scene.deltakelse, both) is False
    assert can_create_meeting(scene.by("leder"), activity, scene.deltakelse, [scene.skole]) is True


def test_owner_of_one_private_unit_does_not_call_the_styringsgruppe(scene):
    unit = PrivateBarnehageFactory(kommune=scene.deltakelse.owner.kommune)
    make_deltakende_unit(scene.deltakelse, unit)
    private = acting_as(make_role("eier", unit.owner))
    activity = activity_of(scene.pulje, "styringsgruppemoete_fysisk", 3)
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")

    assert can_create_meeting(private, activity, scene.deltakelse) is False
    assert can_change_meeting(private, meeting) is False
    assert can_change_meeting(scene.by("eier"), meeting) is True


def test_veileder_whose_oppdrag_has_ended_changes_nothing(scene):
    meeting = make_meeting(scene)
    veileder = scene.by("veileder")
    assert can_change_meeting(veileder, meeting) is True

    veileder.oppdrag.update(valid_to=date(2026, 11, 19))

    assert can_change_meeting(veileder, meeting) is False
    assert Meeting.objects.visible_to(veileder).count() == 0


def test_joint_meeting_is_seen_by_both_leaders_and_not_by_a_third(scene):
    third = make_deltakende_unit(scene.deltakelse)
    outsider = acting_as(make_role("leder", third.unit))
    joint = make_meeting(scene, units=[scene.skole, scene.barnehage])

    def seen_by(user):
        return list(Meeting.objects.visible_to(user))

    assert seen_by(scene.by("leder")) == [joint]
    assert seen_by(scene.by("styrer")) == [joint]
    assert seen_by(outsider) == []


def test_reach_of_a_joint_meeting(scene):
    joint = make_meeting(scene, units=[scene.skole, scene.barnehage])
    both = frozenset({scene.skole.pk, scene.barnehage.pk})

    reach = reach_of(scene.by("leder"), joint)
    assert (reach.units, reach.visible, reach.covers_all) == (both, {scene.skole.pk}, False)
    assert reach_of(scene.by("statsforvalter"), joint).readable == frozenset()
    assert reach_of(scene.by("veileder"), joint).readable == both


def test_can_read_saksliste_of_a_unit_is_not_for_those_with_status_only(scene):
    meeting = make_meeting(scene)

    readers = who(scene, lambda by: can_read_saksliste(by, meeting))

    assert readers == set(OFFICES) - {"udir", "statsforvalter"}


def test_can_read_saksliste_of_the_styringsgruppe(scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")

    readers = who(scene, lambda by: can_read_saksliste(by, meeting))

    assert readers == set(OFFICES) - {"udir", "arbeidsgruppe"}


def test_can_edit_saksliste(scene):
    unit, owner = make_meeting(scene), make_meeting(scene, "styringsgruppemoete_fysisk")

    assert who(scene, lambda by: can_edit_saksliste(by, unit)) == {
        "koordinator",
        "veileder",
        "leder",
        "arbeidsgruppe",
    }
    assert who(scene, lambda by: can_edit_saksliste(by, owner)) == {"koordinator", "eier"}


def test_can_record_attendance(scene):
    unit, owner = make_meeting(scene), make_meeting(scene, "eiermoete")

    assert who(scene, lambda by: can_record_attendance(by, unit)) == {
        "koordinator",
        "veileder",
        "leder",
        "arbeidsgruppe",
    }
    assert who(scene, lambda by: can_record_attendance(by, owner)) == {"koordinator", "veileder"}


@pytest.mark.parametrize(
    ("office", "keys"),
    [
        ("leder", {"arbeidsgruppemoete"}),
        ("eier", {"fagsamling", "styringsgruppemoete_fysisk", "styringsgruppemoete_digitalt"}),
        ("ppt", set()),
    ],
)
def test_callable_activities_are_of_this_and_the_next_semester(scene, office, keys):
    found = callable_activities(scene.by(office), TODAY)

    assert {activity.key for activity in found} == keys
    assert {activity.semester.number for activity in found} == ({3, 4} if keys else set())
