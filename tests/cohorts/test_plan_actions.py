"""Writing a plan: its texts, what every action refuses, comments and other work."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from actors.models import Event
from cohorts.actions.plan import plan_data, save_plan, start_plan
from cohorts.actions.plan_comment import add_comment, answer_comment
from cohorts.actions.plan_copy import copy_plan
from cohorts.actions.plan_maal import add_maal, save_maal
from cohorts.actions.plan_other_work import end_other_work, save_other_work
from cohorts.actions.plan_tiltak import add_tiltak, save_tiltak
from cohorts.models import Framdriftsplan, PuljeStatus
from cohorts.rules.errors import NationalIdFound, NotPossible, PuljeClosed, StaleEdit
from cohorts.rules.plan import MAAL_FIELDS, TILTAK_FIELDS, data_of, stamp_of
from tests.factories.own_work import make_comment, make_maal, make_tiltak
from tests.factories.papers import NATIONAL_ID
from tests.factories.plans import MAAL, TILTAK, doing

pytestmark = pytest.mark.django_db


def close(scene):
    scene.pulje.status = PuljeStatus.CLOSED
    scene.pulje.save()


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
