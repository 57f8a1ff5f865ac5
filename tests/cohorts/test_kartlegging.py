"""How a unit found out where it stands: writing it and saying that it is finished.

Every test runs on Friday 20 November 2026, in the third semester of pulje 9; a unit owes its
kartlegging in the first.
"""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from actors.models import Event
from cohorts.access.kartlegging import can_edit_kartlegging
from cohorts.actions.kartlegging import (
    NotFinished,
    add_kartlegging,
    edit_kartlegging,
    finish_kartlegging,
    reopen_kartlegging,
)
from cohorts.actions.pulje import close_pulje
from cohorts.models import ActivityRecord, Kartlegging
from cohorts.rules.errors import NationalIdFound, PuljeClosed, StaleEdit
from cohorts.rules.kartlegging import missing_before_done
from tests.factories.meetings import NOW, TODAY
from tests.factories.own_work import PLAN_SECRET, make_kartlegging, make_omraade
from tests.factories.people import FOEDSELSNUMMER

pytestmark = pytest.mark.django_db

FIRST = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)  # in the first semester


def add(scene, **values):
    values = {
        "tool": "observasjon",
        "tool_other": "",
        "period": "Oktober 2026",
        "participants": "Alle team",
        "findings": "",
        "discussed_on": None,
        "reference": "",
        **values,
    }
    semester = scene.pulje.semesters.get(number=3)
    return add_kartlegging(
        unit=scene.skole, semester=semester, values=values, by=scene.by("leder"), now=NOW
    )


def ready(scene, **values):
    make_omraade(scene, kind="keep")
    make_omraade(scene, kind="develop")
    return make_kartlegging(scene, **values)


def finish(scene, row, now=NOW):
    return finish_kartlegging(kartlegging=row, by=scene.by("leder"), now=now)


def test_what_is_missing_is_said():
    assert missing_before_done("Funn", ["keep", "develop", "develop"]) == []
    assert missing_before_done(" ", []) == [
        "Skriv hovedfunnene.",
        "Skriv minst én ting dere vil ta vare på.",
        "Skriv minst én ting dere vil utvikle.",
    ]


def test_a_kartlegging_is_begun_and_the_event_holds_no_text(scene):
    row = add(scene, findings=PLAN_SECRET)

    assert (str(row), row.done_on, row.edit_version) == ("Observasjon", None, 1)
    event = Event.objects.get(verb="add-kartlegging")
    assert event.data == {"unit": scene.skole.pk, "tool": "observasjon"}


def test_an_own_tool_has_a_name(scene):
    with pytest.raises(ValidationError) as refused:
        add(scene, tool="annet")

    assert list(refused.value.message_dict) == ["tool_other"]
    assert str(add(scene, tool="annet", tool_other="Trivselsmåling")) == "Trivselsmåling"
    assert add(scene, tool="spekter", tool_other="Noe").tool_other == ""


@pytest.mark.parametrize("field", ["findings", "participants", "period", "reference"])
def test_a_national_id_is_refused(scene, field):
    with pytest.raises(NationalIdFound) as refused:
        add(scene, **{field: f"Om {FOEDSELSNUMMER}"})

    assert refused.value.fields == [field]
    assert Kartlegging.objects.count() == 0


def test_the_second_who_saves_is_told(scene):
    row = make_kartlegging(scene)
    by = scene.by("leder")
    values = {"findings": "Først"}
    edit_kartlegging(kartlegging=row, values=values, edit_version=1, by=by, now=NOW)

    with pytest.raises(StaleEdit):
        edit_kartlegging(kartlegging=row, values={}, edit_version=1, by=by, now=NOW)


def test_it_is_not_finished_while_something_is_missing(scene):
    row = make_kartlegging(scene)
    make_omraade(scene, kind="keep")

    with pytest.raises(NotFinished) as refused:
        finish(scene, row)

    assert refused.value.messages == ["Skriv minst én ting dere vil utvikle."]


def test_finished_in_the_first_semester_it_counts_there(scene):
    row = ready(scene, semester=scene.pulje.semesters.get(number=1))

    done = finish(scene, row, FIRST)

    assert (done.done_on, done.record.activity.semester.number) == (date(2025, 11, 20), 1)
    assert (done.record.activity.kind, done.record.note) == ("kartlegging", "Observasjon")


def test_finished_late_it_still_counts_for_the_first_semester_once(scene):
    late = finish(scene, ready(scene))
    another = finish(scene, make_kartlegging(scene))

    assert (late.done_on, late.record.activity.semester.number) == (TODAY, 1)
    assert (another.done_on, another.record) == (TODAY, None)


def test_a_unit_that_came_later_owes_none(scene):
    scene.skole.first_semester = 2
    scene.skole.save()

    assert finish(scene, ready(scene)).record is None


def test_finishing_twice_changes_nothing(scene):
    row = ready(scene)
    finish(scene, row)
    finish(scene, row)

    assert ActivityRecord.objects.count() == 1
    assert Event.objects.filter(verb="finish-kartlegging").count() == 1


def test_it_can_be_taken_up_again(scene):
    row = finish(scene, ready(scene))

    again = reopen_kartlegging(kartlegging=row, by=scene.by("leder"), now=NOW)

    assert (again.done_on, again.record) == (None, None)
    assert ActivityRecord.objects.count() == 0


def test_a_closed_pulje_changes_no_more(scene):
    row = ready(scene)
    close_pulje(pulje=scene.pulje, by=scene.by("udir"), now=NOW)
    scene.skole.refresh_from_db()

    with pytest.raises(PuljeClosed):
        add(scene)
    with pytest.raises(PuljeClosed):
        finish(scene, row)
    assert not can_edit_kartlegging(scene.by("leder"), scene.skole)


@pytest.mark.parametrize(
    ("office", "edits"),
    [("leder", True), ("arbeidsgruppe", False), ("styrer", False), ("veileder", False)],
)
def test_the_leader_writes(scene, office, edits):
    assert can_edit_kartlegging(scene.by(office), scene.skole) is edits
