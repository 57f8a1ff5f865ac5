"""Writing and reviewing a plan: `MAAL`, `doing(scene)`, `save_version(scene, plan)`."""

from datetime import date

from cohorts.actions.plan_review import review_data, start_review
from cohorts.models import PlanVersion
from cohorts.queries.plan import open_tiltak
from meetings.actions.plan import save_review
from tests.factories.meetings import NOW, TODAY

NEXT = date(2027, 6, 3)
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


def review_data_for(plan, verdicts=None, **changes):
    """What a leader writes: everything goes on, unless `verdicts` {tiltak pk: (verdict, text)}."""
    given = verdicts or {}
    rows = []
    for tiltak in open_tiltak(plan):
        verdict, text = given.get(tiltak.pk, ("continue", ""))
        rows.append({"tiltak": tiltak.pk, "verdict": verdict, "text": text})
    return {
        "held_on": TODAY,
        "verdicts": rows,
        "voices": "Elevrådet merker at det er roligere.",
        "conclusion": "continue",
        "ahead": "Rutinen skal tåle en dag med vikarer.",
        "next_review": NEXT,
        **changes,
    }


def save_version(scene, plan, verdicts=None, *, by=None, now=NOW, **changes) -> PlanVersion:
    """The leader reviews the plan and saves a version."""
    by = by or scene.by("leder")
    data = review_data_for(plan, verdicts, **changes)
    review = start_review(plan=plan, by=by, now=now)
    assert review_data(review)["held_on"]
    return save_review(review=review, edit_version=review.edit_version, data=data, by=by, now=now)


def doing(scene, office="leder"):
    """Who does it, and when."""
    return {"by": scene.by(office), "now": NOW}
