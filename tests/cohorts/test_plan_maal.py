"""Goals and tiltak of a plan: written, ordered and ended."""

from datetime import date

import pytest

from cohorts.actions.plan_maal import add_maal, end_maal, move_maal, save_maal
from cohorts.actions.plan_tiltak import (
    add_tiltak,
    move_tiltak,
    save_self_check,
    save_tiltak,
    set_tiltak_status,
)
from cohorts.rules.errors import NotPossible, StaleEdit
from cohorts.rules.plan import MAAL_FIELDS, TILTAK_FIELDS, data_of, stamp_of
from tests.factories.own_work import make_line, make_maal, make_tiltak
from tests.factories.plans import MAAL, TILTAK, doing

pytestmark = pytest.mark.django_db


# --- goals ---------------------------------------------------------------------------------------


def test_a_goal_belongs_to_the_semester_it_is_written_in(scene, plan):
    first = add_maal(plan=plan, data=MAAL, **doing(scene))
    second = add_maal(plan=plan, data={**MAAL, "title": "Likt"}, **doing(scene))

    assert (first.semester.number, first.position, second.position) == (3, 1, 2)
    assert first.delmaal == ["ledelse"]


def test_a_goal_from_the_worksheet_is_linked_to_its_line(scene, plan):
    line = make_line(scene)

    maal = add_maal(plan=plan, data=MAAL, line=line, **doing(scene))

    line.refresh_from_db()
    assert line.maal == maal


def test_a_line_of_another_unit_is_not_linked(scene, plan):
    line = make_line(scene)
    line.unit = scene.barnehage
    line.save()

    add_maal(plan=plan, data=MAAL, line=line, **doing(scene))

    line.refresh_from_db()
    assert line.maal is None


def test_a_goal_that_is_written_anew_is_this_semesters(scene, plan):
    maal = make_maal(plan, semester=scene.pulje.semesters.get(number=2))
    data = data_of(maal, MAAL_FIELDS)

    save_maal(maal=maal, seen=stamp_of(data), data={**data, "title": "Nytt"}, **doing(scene))

    maal.refresh_from_db()
    assert (maal.title, maal.semester.number) == ("Nytt", 3)


def test_goals_are_ordered_by_hand(scene, plan):
    rows = [make_maal(plan, title, position=n) for n, title in enumerate("abc", start=1)]

    move_maal(maal=rows[2], step=-1, **doing(scene))

    assert [row.title for row in plan.maal.all()] == ["a", "c", "b"]


def test_a_goal_ends_with_what_is_not_done_and_can_be_taken_up_again(scene, plan):
    maal = make_maal(plan)
    done = make_tiltak(maal, status="done")
    going = make_tiltak(maal, status="under_way")

    end_maal(maal=maal, ended=True, **doing(scene))

    maal.refresh_from_db(), done.refresh_from_db(), going.refresh_from_db()
    assert (maal.ended_on, done.status, going.status) == (date(2026, 11, 20), "done", "ended")
    end_maal(maal=maal, ended=False, **doing(scene))
    maal.refresh_from_db()
    assert maal.ended_on is None


# --- tiltak --------------------------------------------------------------------------------------


def test_a_tiltak_is_added_last_in_its_goal(scene, plan):
    maal = make_maal(plan)
    make_tiltak(maal, position=4)

    assert add_tiltak(maal=maal, data=TILTAK, **doing(scene)).position == 5


def test_an_ended_goal_gets_no_tiltak(scene, plan):
    maal = make_maal(plan, ended_on=date(2026, 11, 1))

    with pytest.raises(NotPossible):
        add_tiltak(maal=maal, data=TILTAK, **doing(scene))


def test_a_status_set_meanwhile_by_another_is_a_conflict_only_where_it_matters(scene, plan):
    tiltak = make_tiltak(make_maal(plan))
    data = data_of(tiltak, TILTAK_FIELDS)
    seen = stamp_of(data)
    save_tiltak(tiltak=tiltak, seen=seen, data={**data, "who": "Per"}, **doing(scene))

    with pytest.raises(StaleEdit) as stale:
        save_tiltak(tiltak=tiltak, seen=seen, data={**data, "who": "Kari"}, **doing(scene))

    assert stale.value.current.who == "Per"


def test_the_status_is_one_of_those_there_are(scene, plan):
    tiltak = make_tiltak(make_maal(plan))

    set_tiltak_status(tiltak=tiltak, status="done", **doing(scene))

    tiltak.refresh_from_db()
    assert tiltak.status == "done"
    with pytest.raises(NotPossible):
        set_tiltak_status(tiltak=tiltak, status="perfect", **doing(scene))


def test_tiltak_are_ordered_within_their_goal(scene, plan):
    maal, other = make_maal(plan), make_maal(plan)
    rows = [make_tiltak(maal, title, position=n) for n, title in enumerate("ab", start=1)]
    outside = make_tiltak(other)

    move_tiltak(tiltak=rows[0], step=1, **doing(scene))

    outside.refresh_from_db()
    assert [row.title for row in maal.tiltak.all()] == ["b", "a"]
    assert outside.position == 1


def test_the_self_check_keeps_known_answers_and_no_score(scene, plan):
    tiltak = make_tiltak(make_maal(plan))
    checks = {"loven": "yes", "foreldrene": "partly", "annet": "no", "barnet": ""}

    save_self_check(tiltak=tiltak, checks=checks, **doing(scene))

    tiltak.refresh_from_db()
    assert tiltak.self_check == {"foreldrene": "partly", "loven": "yes"}
