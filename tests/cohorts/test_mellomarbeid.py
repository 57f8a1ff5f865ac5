"""Tasks between meetings: adding, changing and finishing them.

Every test runs on Friday 20 November 2026, in the third semester of pulje 9.
"""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from actors.models import Event
from cohorts.access.mellomarbeid import can_edit_mellomarbeid, can_read_mellomarbeid
from cohorts.actions.mellomarbeid import add_mellomarbeid, edit_mellomarbeid, set_mellomarbeid
from cohorts.actions.pulje import close_pulje
from cohorts.models import ActivityRecord, Mellomarbeid
from cohorts.queries.mellomarbeid import carried_to, done_in
from cohorts.rules.errors import NationalIdFound, NotAllowedHere, PuljeClosed, StaleEdit
from cohorts.rules.mellomarbeid import by_meeting, origin, referat_in, shorten, tasks_in
from tests.factories.meetings import NOW, TODAY
from tests.factories.own_work import make_maal, make_mellomarbeid, make_plan, make_tiltak
from tests.factories.people import FOEDSELSNUMMER

pytestmark = pytest.mark.django_db


def third(scene):
    return scene.pulje.semesters.get(number=3)


def add(scene, **values):
    values = {"task": "Observere overganger", "who": "Teamlederne", **values}
    return add_mellomarbeid(
        unit=values.pop("unit", scene.skole),
        semester=values.pop("semester", None) or third(scene),
        by=scene.by("leder"),
        now=NOW,
        **values,
    )


def put(scene, task, status, **values):
    return set_mellomarbeid(
        mellomarbeid=task, status=status, by=scene.by("leder"), now=NOW, **values
    )


def test_the_lines_of_a_referat_become_tasks():
    text = "• Observere\n\n- Lese kapittel 2\n1. Prøve rutinen\n2) Observere\n 3. desember er fri"

    assert tasks_in(text) == ["Observere", "Lese kapittel 2", "Prøve rutinen", "3. desember er fri"]
    assert tasks_in(" \n\t\n") == []


def test_a_task_remembers_the_line_of_the_referat_it_was_made_of():
    came_from = origin(12, "Observere")

    assert came_from == origin(12, "Observere") != origin(12, "Lese")
    assert (referat_in(came_from), referat_in("")) == (12, None)


def test_a_long_text_is_cut_between_words():
    assert shorten("kort") == "kort"
    assert shorten("en to tre fire", 10) == "en to…"
    assert len(shorten("ord " * 200)) <= 300


def test_a_task_is_for_the_first_meeting_on_or_after_its_day(scene):
    no_day = make_mellomarbeid(scene, "Uten frist")
    same = make_mellomarbeid(scene, "Samme dag", due=date(2026, 12, 3))
    after = make_mellomarbeid(scene, "Dagen etter", due=date(2026, 12, 4))
    late = make_mellomarbeid(scene, "Over fristen", due=date(2026, 11, 2))
    beyond = make_mellomarbeid(scene, "Til våren", due=date(2027, 2, 1))
    days = [date(2026, 12, 3), date(2027, 1, 14)]

    grouped = by_meeting([no_day, same, after, late, beyond], days)

    assert grouped == [[no_day, same, late], [after], [beyond]]
    assert by_meeting([no_day], []) == [[no_day]]


def test_a_task_is_written_down(scene):
    tiltak = make_tiltak(make_maal(make_plan(scene)))

    task = add(scene, kind="trening", period="Uke 47", due=date(2026, 12, 1), tiltak=tiltak)

    assert (task.task, task.kind, task.who) == ("Observere overganger", "trening", "Teamlederne")
    assert (task.status, task.tiltak, task.created_at) == ("not_begun", tiltak, NOW)
    event = Event.objects.get(verb="add-mellomarbeid")
    assert event.data == {"unit": scene.skole.pk, "status": "not_begun"}


def test_a_long_task_of_a_referat_is_cut(scene):
    assert len(add(scene, task="Lese " * 100).task) <= 300


@pytest.mark.parametrize("field", ["task", "who"])
def test_a_task_must_say_what_and_who(scene, field):
    with pytest.raises(ValidationError) as refused:
        add(scene, **{field: " "})

    assert list(refused.value.message_dict) == [field]


def test_a_national_id_is_refused_and_not_repeated(scene):
    with pytest.raises(NationalIdFound) as refused:
        add(scene, task=f"Snakke med {FOEDSELSNUMMER}")

    assert refused.value.fields == ["task"]
    assert FOEDSELSNUMMER not in str(refused.value)
    assert Mellomarbeid.objects.count() == 0


def test_a_tiltak_of_another_unit_is_refused(scene):
    other = make_tiltak(make_maal(make_plan(scene, scene.barnehage)))

    with pytest.raises(NotAllowedHere):
        add(scene, tiltak=other)


def test_a_closed_pulje_takes_no_tasks(scene):
    task = make_mellomarbeid(scene)
    close_pulje(pulje=scene.pulje, by=scene.by("udir"), now=NOW)
    scene.skole.refresh_from_db()

    with pytest.raises(PuljeClosed):
        add(scene)
    with pytest.raises(PuljeClosed):
        put(scene, task, "done")


def test_changing_is_refused_when_somebody_saved_meanwhile(scene):
    task = make_mellomarbeid(scene)
    by = scene.by("leder")
    edit_mellomarbeid(mellomarbeid=task, values={"who": "Rektor"}, edit_version=1, by=by, now=NOW)

    with pytest.raises(StaleEdit) as refused:
        edit_mellomarbeid(mellomarbeid=task, values={"who": "Alle"}, edit_version=1, by=by, now=NOW)

    assert refused.value.current.who == "Rektor"


def test_done_is_registered_and_undone_again(scene):
    task = make_mellomarbeid(scene)

    done = put(scene, task, "done")

    assert (done.done_on, done.record.note) == (TODAY, "Observere overganger")
    assert done.record.activity.key == "mellomarbeid"
    assert done.record.unit == scene.skole
    again = put(scene, task, "under_way")
    assert (again.status, again.done_on, again.record) == ("under_way", None, None)
    assert ActivityRecord.objects.count() == 0


def test_done_twice_is_registered_once(scene):
    task = make_mellomarbeid(scene)
    put(scene, task, "done")
    put(scene, task, "done")

    assert ActivityRecord.objects.count() == 1
    assert Event.objects.filter(verb="set-mellomarbeid").count() == 1


def test_a_task_of_an_earlier_semester_counts_when_it_is_done(scene):
    task = make_mellomarbeid(scene, semester=scene.pulje.semesters.get(number=2))

    assert put(scene, task, "done").record.activity.semester.number == 3


def test_where_the_programme_asks_for_none_nothing_is_registered(scene):
    third(scene).activities.filter(kind="mellomarbeid").delete()
    scene.pulje.semesters.get(number=4).activities.filter(kind="mellomarbeid").delete()

    done = put(scene, make_mellomarbeid(scene), "done")

    assert (done.status, done.record) == ("done", None)


def test_what_waits_and_what_is_done(scene):
    late = make_mellomarbeid(scene, "Sist", due=None)
    first = make_mellomarbeid(scene, "Først", due=date(2026, 11, 25), status="under_way")
    make_mellomarbeid(scene, "Tatt bort", status="dropped")
    done = make_mellomarbeid(scene, "Gjort", status="done", done_on=TODAY)
    make_mellomarbeid(scene, "I fjor", status="done", done_on=date(2026, 2, 2))
    make_mellomarbeid(scene, "Andres", unit=scene.barnehage)

    assert list(carried_to(scene.skole)) == [first, late]
    assert list(done_in(scene.skole, third(scene))) == [done]


@pytest.mark.parametrize(
    ("office", "reads", "edits"),
    [
        ("leder", True, True),
        ("arbeidsgruppe", True, True),
        ("styrer", True, False),
        ("veileder", True, False),
        ("eier", True, False),
        ("ppt", True, False),
        ("koordinator", True, False),
        ("statsforvalter", False, False),
        ("udir", False, False),
    ],
)
def test_who_reads_and_who_writes(scene, office, reads, edits):
    user = scene.by(office)

    assert can_read_mellomarbeid(user) is reads
    assert can_edit_mellomarbeid(user, scene.skole) is edits


def test_a_unit_that_has_left_writes_no_more(scene):
    scene.skole.status = "withdrawn"

    assert not can_edit_mellomarbeid(scene.by("leder"), scene.skole)
