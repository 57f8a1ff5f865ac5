"""Writing a plan: its texts, goals, tiltak, comments and other work."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from actors.models import Event
from cohorts.actions.plan import plan_data, save_plan, start_plan
from cohorts.actions.plan_comment import add_comment, answer_comment
from cohorts.actions.plan_copy import copy_plan
from cohorts.actions.plan_maal import add_maal, end_maal, move_maal, save_maal
from cohorts.actions.plan_other_work import end_other_work, save_other_work
from cohorts.actions.plan_tiltak import (
    add_tiltak,
    move_tiltak,
    save_self_check,
    save_tiltak,
    set_tiltak_status,
)
from cohorts.models import Framdriftsplan, PuljeStatus
from cohorts.rules.errors import NationalIdFound, NotPossible, PuljeClosed, StaleEdit
from cohorts.rules.plan import MAAL_FIELDS, TILTAK_FIELDS, data_of, stamp_of
from tests.factories.meetings import NOW, make_scene
from tests.factories.own_work import (
    make_comment,
    make_line,
    make_maal,
    make_plan,
    make_tiltak,
)
from tests.factories.papers import NATIONAL_ID

pytestmark = pytest.mark.django_db

MAAL = {
    "title": "Trygge overganger",
    "long_term": "Alle kommer trygt inn.",
    "semester_goal": "Alle team følger rutinen.",
    "indicator": "",
    "delmaal": ["ledelse"],
    "focus": [],
}
TILTAK = {
    "title": "Samme voksen",
    "problem": "Uro i gangen",
    "what": "Den som er ute, følger inn",
    "period": "Fra november",
    "who": "Teamlederne",
    "evaluate_on": date(2026, 12, 16),
    "evaluate_where": "i arbeidsgruppa",
    "status": "not_begun",
    "level": "system",
    "concerns": "",
}


@pytest.fixture
def scene():
    return make_scene()


@pytest.fixture
def plan(scene):
    return make_plan(scene)


def close(scene):
    scene.pulje.status = PuljeStatus.CLOSED
    scene.pulje.save()


def doing(scene, office="leder"):
    return {"by": scene.by(office), "now": NOW}


# --- the plan ------------------------------------------------------------------------------------


def test_a_plan_is_begun_once(scene):
    first = start_plan(unit=scene.skole, **doing(scene))
    again = start_plan(unit=scene.skole, **doing(scene, "arbeidsgruppe"))

    assert again == first
    assert Framdriftsplan.objects.count() == 1
    assert Event.objects.filter(verb="start_plan").count() == 1


def test_a_closed_pulje_gets_no_plan(scene):
    close(scene)
    scene.skole.refresh_from_db()

    with pytest.raises(PuljeClosed):
        start_plan(unit=scene.skole, **doing(scene))


def test_the_texts_of_the_plan_are_saved(scene, plan):
    seen = stamp_of(plan_data(plan))
    data = {**plan_data(plan), "time_set_aside": "To timer i uka"}

    save_plan(plan=plan, seen=seen, data=data, **doing(scene))

    plan.refresh_from_db()
    assert plan.time_set_aside == "To timer i uka"
    assert plan.edit_version == 2


def test_two_who_write_the_same_texts_lose_nothing(scene, plan):
    seen = stamp_of(plan_data(plan))
    mine = {**plan_data(plan), "parents": "FAU får planen"}
    save_plan(plan=plan, seen=seen, data=mine, **doing(scene, "arbeidsgruppe"))

    with pytest.raises(StaleEdit) as stale:
        save_plan(plan=plan, seen=seen, data={**mine, "parents": "Møte i mai"}, **doing(scene))

    assert stale.value.current.parents == "FAU får planen"
    save_plan(plan=plan, seen=seen, data=mine, **doing(scene))  # the same again is no conflict


def test_a_withdrawn_unit_writes_no_plan(scene, plan):
    scene.skole.status = "withdrawn"
    scene.skole.save()

    with pytest.raises(NotPossible):
        add_maal(plan=plan, data=MAAL, **doing(scene))


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


# --- what every action refuses --------------------------------------------------------------------


def writings(scene, plan):
    """Each action that writes text, with the name of the field that is spoilt."""
    maal = make_maal(plan)
    tiltak = make_tiltak(maal)
    comment = make_comment(scene, plan)
    seen = {"seen": ""}
    of_maal, of_tiltak = data_of(maal, MAAL_FIELDS), data_of(tiltak, TILTAK_FIELDS)
    return [
        lambda text: save_plan(
            plan=plan, **seen, data={**plan_data(plan), "children": text}, **doing(scene)
        ),
        lambda text: add_maal(plan=plan, data={**MAAL, "long_term": text}, **doing(scene)),
        lambda text: save_maal(
            maal=maal, **seen, data={**of_maal, "indicator": text}, **doing(scene)
        ),
        lambda text: add_tiltak(maal=maal, data={**TILTAK, "what": text}, **doing(scene)),
        lambda text: save_tiltak(
            tiltak=tiltak, **seen, data={**of_tiltak, "problem": text}, **doing(scene)
        ),
        lambda text: add_comment(plan=plan, tiltak=None, text=text, **doing(scene, "veileder")),
        lambda text: answer_comment(comment=comment, answer=text, **doing(scene)),
        lambda text: save_other_work(
            unit=plan.unit,
            work=None,
            data={"kind": "other", "title": text, "connection": ""},
            **doing(scene),
        ),
    ]


@pytest.mark.parametrize("which", range(8))
def test_a_national_id_is_stored_nowhere(scene, plan, which):
    with pytest.raises(NationalIdFound):
        writings(scene, plan)[which](f"Gutten {NATIONAL_ID}")

    assert NATIONAL_ID not in str(Event.objects.values_list("data", flat=True))


@pytest.mark.parametrize("which", range(8))
def test_a_closed_pulje_is_read_only(scene, plan, which):
    write = writings(scene, plan)[which]
    close(scene)
    plan.unit.deltakelse.pulje.refresh_from_db()

    with pytest.raises(PuljeClosed):
        write("Noe nytt")


# --- comments and other work ----------------------------------------------------------------------


def test_a_comment_says_in_which_capacity(scene, plan):
    tiltak = make_tiltak(make_maal(plan))

    comment = add_comment(plan=plan, tiltak=tiltak, text=" Fint. ", **doing(scene, "veileder"))

    assert (comment.text, comment.written_as) == ("Fint.", "Veileder")


def test_a_comment_is_answered_once(scene, plan):
    comment = make_comment(scene, plan)

    answer_comment(comment=comment, answer="Da tar vi Per.", **doing(scene))
    answer_comment(comment=comment, answer="Da tar vi Per.", **doing(scene))

    with pytest.raises(NotPossible):
        answer_comment(comment=comment, answer="Nei.", **doing(scene, "arbeidsgruppe"))
    comment.refresh_from_db()
    assert comment.answer == "Da tar vi Per."


def test_an_empty_comment_is_refused(scene, plan):
    with pytest.raises(ValidationError):
        add_comment(plan=plan, tiltak=None, text=" \n", **doing(scene, "veileder"))


def test_other_work_is_written_changed_and_ended(scene):
    data = {"kind": "dembra", "title": "Dembra", "connection": ""}

    work = save_other_work(unit=scene.skole, work=None, data=data, **doing(scene))
    save_other_work(unit=scene.skole, work=work, data={**data, "title": "Ny"}, **doing(scene))
    end_other_work(work=work, **doing(scene))

    work.refresh_from_db()
    assert (work.title, work.ended_on) == ("Ny", date(2026, 11, 20))


# --- taking an earlier plan along -----------------------------------------------------------------


def test_what_goes_on_is_copied_into_an_empty_plan(scene, plan):
    plan.parents = "FAU i mai"
    plan.extra = {"q1": "Svar"}
    plan.save()
    going = make_maal(plan, focus=["psykologisk"], delmaal=["ledelse"])
    make_tiltak(going, "Går", self_check={"loven": "yes"})
    make_tiltak(going, "Ferdig", status="done")
    make_maal(plan, "Avsluttet", ended_on=date(2026, 10, 1))

    copied = copy_plan(source=plan, unit=scene.barnehage, **doing(scene, "styrer"))

    assert (copied.parents, copied.extra) == ("FAU i mai", {})
    maal = copied.maal.get()
    assert (maal.title, maal.focus, maal.delmaal) == (going.title, [], ["ledelse"])
    assert [(row.title, row.self_check) for row in maal.tiltak.all()] == [("Går", {})]
    assert plan.maal.count() == 2
    with pytest.raises(NotPossible):
        copy_plan(source=plan, unit=scene.barnehage, **doing(scene, "styrer"))
