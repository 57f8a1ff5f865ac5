"""The review of a plan and the versions it makes."""

from datetime import date

import pytest

from cohorts.actions.plan_review import finish_review, save_review, start_review
from cohorts.models import PlanReview, PlanVersion, PuljeStatus
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady, PuljeClosed, StaleEdit
from lmp.lib.hashing import content_hash
from tests.factories.meetings import NOW, TODAY
from tests.factories.own_work import PLAN_SECRET, make_maal, make_plan, make_tiltak
from tests.factories.papers import NATIONAL_ID
from tests.factories.plans import NEXT, review_data_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(scene):
    plan = make_plan(scene)
    maal = make_maal(plan, delmaal=["ledelse"], semester=scene.pulje.semesters.get(number=3))
    make_tiltak(maal, status="under_way")
    return plan


def finish(scene, plan, verdicts=None, review=None, **changes):
    by = scene.by("leder")
    review = review or start_review(plan=plan, by=by, now=NOW)
    data = review_data_for(plan, verdicts, **changes)
    return finish_review(review=review, edit_version=review.edit_version, data=data, by=by, now=NOW)


def the_tiltak(plan):
    return plan.maal.get().tiltak.get()


def test_there_is_one_draft_and_it_is_shared(scene, plan):
    first = start_review(plan=plan, by=scene.by("leder"), now=NOW)

    again = start_review(plan=plan, by=scene.by("arbeidsgruppe"), now=NOW)

    assert again == first
    assert (first.held_on, first.semester.number) == (TODAY, 3)


def test_a_draft_is_saved_half_written(scene, plan):
    review = start_review(plan=plan, by=scene.by("leder"), now=NOW)

    refused = save_review(
        review=review,
        edit_version=1,
        data={"voices": "Elevrådet er fornøyd", "ahead": f"Gutten {NATIONAL_ID}"},
        by=scene.by("arbeidsgruppe"),
        now=NOW,
    )

    review.refresh_from_db()
    assert refused == ["ahead"]
    assert (review.voices, review.ahead) == ("Elevrådet er fornøyd", "")


def test_a_draft_that_another_has_saved_is_not_overwritten(scene, plan):
    review = start_review(plan=plan, by=scene.by("leder"), now=NOW)
    mine = {"voices": "Min tekst"}
    save_review(review=review, edit_version=1, data=mine, by=scene.by("leder"), now=NOW)

    other, by = {"voices": "En annen"}, scene.by("arbeidsgruppe")
    with pytest.raises(StaleEdit) as stale:
        save_review(review=review, edit_version=1, data=other, by=by, now=NOW)

    assert stale.value.current.voices == "Min tekst"


def test_a_review_makes_a_version_with_everything_in_it(scene, plan):
    version = finish(scene, plan)

    content = version.content
    assert (version.number, version.receipt) == (1, f"FP-9-{plan.pk:06d}-1")
    assert version.sha256 == content_hash(content)
    assert (version.language, version.sent_as) == ("nb", f"Rektor, {scene.skole}")
    assert (content["unit"], content["semester"]) == (str(scene.skole), 3)
    goal = content["maal"][0]
    assert goal["delmaal"] == [{"id": "ledelse", "text": "Ledelse og varig endring"}]
    tiltak = goal["tiltak"][0]
    assert (tiltak["what"], tiltak["status_name"]) == (PLAN_SECRET, "I gang")
    assert (tiltak["evaluation"], tiltak["verdict"]) == ("16. desember", "continue")
    assert content["review"]["next_review"] == "2027-06-03"
    assert any(scene.leder.user.name in who for who in content["group"])
    plan.refresh_from_db()
    assert (plan.reviewed_on, plan.next_review) == (TODAY, NEXT)


def test_the_words_are_in_the_language_of_the_kommune(scene, plan):
    kommune = scene.skole.unit.kommune
    kommune.maalform = "nynorsk"
    kommune.save()

    version = finish(scene, plan)

    assert version.language == "nn"
    goal = version.content["maal"][0]
    assert goal["delmaal"][0]["text"] == "Leiing og varig endring"


def test_an_ended_tiltak_is_ended_and_stands_in_this_version_only(scene, plan):
    tiltak = the_tiltak(plan)

    first = finish(scene, plan, {tiltak.pk: ("end", "Det virket ikke.")})

    tiltak.refresh_from_db()
    assert (tiltak.status, tiltak.experience) == ("ended", "Det virket ikke.")
    assert first.content["maal"][0]["tiltak"][0]["status"] == "ended"
    second = finish(scene, plan, ahead="Noe nytt")
    assert second.number == 2
    assert second.content["maal"][0]["tiltak"] == []


def test_what_is_adjusted_keeps_its_text_until_it_is_written_anew(scene, plan):
    tiltak = the_tiltak(plan)

    version = finish(scene, plan, {tiltak.pk: ("adjust", "En plan for vikarer")})

    tiltak.refresh_from_db()
    assert (tiltak.status, tiltak.experience) == ("under_way", "")
    assert version.content["maal"][0]["tiltak"][0]["verdict_text"] == "En plan for vikarer"


def test_a_version_is_not_changed_by_what_happens_to_the_plan(scene, plan):
    version = finish(scene, plan)

    tiltak = the_tiltak(plan)
    tiltak.title = "Noe annet"
    tiltak.save()
    finish(scene, plan, ahead="Noe nytt")

    version.refresh_from_db()
    assert version.content["maal"][0]["tiltak"][0]["title"] == "Samme voksen følger inn"
    assert version.sha256 == content_hash(version.content)


def test_the_same_review_twice_gives_the_same_version(scene, plan):
    tiltak = the_tiltak(plan)
    review = start_review(plan=plan, by=scene.by("leder"), now=NOW)
    data = review_data_for(plan, {tiltak.pk: ("end", "Ferdig")})
    write = {"review": review, "edit_version": 1, "by": scene.by("leder"), "now": NOW}

    first = finish_review(data=data, **write)
    again = finish_review(data=data, **write)

    assert again == first
    assert PlanVersion.objects.count() == 1
    with pytest.raises(StaleEdit):
        finish_review(data={**data, "ahead": "Noe annet"}, **write)


def test_a_new_review_with_the_same_words_on_the_same_day_gives_the_same_version(scene, plan):
    first = finish(scene, plan)

    assert finish(scene, plan) == first
    assert PlanReview.objects.count() == 1


def test_a_review_counts_as_the_activity_of_the_day_it_was_held(scene, plan):
    finish(scene, plan, held_on=date(2026, 11, 12))

    review = PlanReview.objects.get()
    assert review.record.activity.kind == "plangjennomgang"
    assert (review.record.done_on, review.record.note) == (
        date(2026, 11, 12),
        "Versjon 1 av planen",
    )
    assert review.record.unit == scene.skole


def test_an_unfinished_review_makes_nothing(scene, plan):
    with pytest.raises(NotReady) as missing:
        finish(scene, plan, conclusion="", ahead=" ")

    assert missing.value.fields == ["conclusion", "ahead"]
    assert PlanVersion.objects.count() == 0


def test_a_tiltak_that_came_meanwhile_must_have_its_verdict(scene, plan):
    data = review_data_for(plan)
    review = start_review(plan=plan, by=scene.by("leder"), now=NOW)
    late = make_tiltak(plan.maal.get(), "Kom etterpå")

    with pytest.raises(NotReady) as missing:
        finish_review(review=review, edit_version=1, data=data, by=scene.by("leder"), now=NOW)

    assert missing.value.fields == [f"verdict-{late.pk}"]


def test_a_plan_without_goals_is_not_reviewed(scene):
    plan = make_plan(scene)

    with pytest.raises(NotPossible):
        finish(scene, plan)


def test_a_national_id_makes_no_version(scene, plan):
    with pytest.raises(NationalIdFound) as found:
        finish(scene, plan, voices=f"Jenta {NATIONAL_ID}")

    assert found.value.fields == ["voices"]
    assert PlanVersion.objects.count() == 0


def test_a_closed_pulje_gets_no_version(scene, plan):
    review = start_review(plan=plan, by=scene.by("leder"), now=NOW)
    scene.pulje.status = PuljeStatus.CLOSED
    scene.pulje.save()

    with pytest.raises(PuljeClosed):
        finish(scene, plan, review=review)


def test_a_version_holds_markup_as_it_was_written(scene, plan):
    tiltak = the_tiltak(plan)
    tiltak.what = "<script>alert(1)</script>"
    tiltak.save()

    version = finish(scene, plan)

    assert version.content["maal"][0]["tiltak"][0]["what"] == "<script>alert(1)</script>"
