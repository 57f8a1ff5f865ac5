"""The content of a version of the plan: everything a reader needs, as plain JSON values.

Dates are ISO texts; words of the programme and of the portal are in the language of the kommune,
so that an old version reads the same whatever becomes of the plan.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from cohorts.models import (
    Framdriftsplan,
    Maal,
    OtherWork,
    PaperTemplate,
    Semester,
    Term,
    Tiltak,
    TiltakStatus,
)
from cohorts.queries.plan import group_members
from cohorts.queries.programme import programme_of
from cohorts.rules.paper import Data
from cohorts.rules.plan import verdicts_by_tiltak
from cohorts.rules.template import answers_in
from cohorts.rules.text import in_language
from lmp.lib.hashing import plain
from lmp.lib.wording import dag

TEXTS = ("owner_plan", "children", "parents", "competence", "time_set_aside", "ppt_role")


def plan_content(
    plan: Framdriftsplan, semester: Semester, review: Data, language: str
) -> dict[str, Any]:
    """The whole plan as it is now, with the review `review` (keys of `REVIEW_FIELDS`)."""
    unit = plan.unit
    tema = getattr(semester, "tema", None)
    verdicts = verdicts_by_tiltak(review["verdicts"])
    goals = (
        plan.maal.filter(ended_on=None).select_related("semester__tema").prefetch_related("tiltak")
    )
    others = OtherWork.objects.filter(unit=unit, ended_on=None)
    with override(language):
        content = {
            "unit": str(unit.unit),
            "owner": str(unit.deltakelse.owner),
            "pulje": unit.deltakelse.pulje.number,
            "semester": semester.number,
            "term": _term(semester),
            "tema": in_language(tema.short_bm, tema.short_nn, language) if tema else "",
            "group": group_members(unit, review["held_on"], language),
            "texts": {key: getattr(plan, key) for key in TEXTS},
            "extra": _extra(plan, semester, language),
            "other_work": [_other(row) for row in others],
            "maal": [_maal(maal, verdicts, language, review["held_on"].year) for maal in goals],
            "review": {key: value for key, value in review.items() if key != "verdicts"},
        }
    return plain(content)


def _term(semester: Semester) -> str:
    """«Høsten 2026»."""
    words = _("Høsten %(year)s") if semester.term == Term.HOEST else _("Våren %(year)s")
    return words % {"year": semester.year}


def _maal(
    maal: Maal, verdicts: dict[int, dict[str, Any]], language: str, year: int
) -> dict[str, Any]:
    return {
        "id": maal.pk,
        "title": maal.title,
        "long_term": maal.long_term,
        "semester": maal.semester.number if maal.semester else None,
        "semester_goal": maal.semester_goal,
        "indicator": maal.indicator,
        "delmaal": delmaal_of(maal, language),
        "focus": focus_of(maal, language),
        "tiltak": [
            _tiltak(tiltak, verdicts.get(tiltak.pk, {}), year)
            for tiltak in maal.tiltak.all()
            if tiltak.status != TiltakStatus.ENDED or tiltak.pk in verdicts
        ],
    }


def _tiltak(tiltak: Tiltak, verdict: dict[str, Any], year: int) -> dict[str, Any]:
    kept = ("title", "problem", "what", "period", "who", "status", "level", "concerns")
    return {
        "id": tiltak.pk,
        **{key: getattr(tiltak, key) for key in kept},
        "status_name": str(tiltak.get_status_display()),
        "level_name": str(tiltak.get_level_display()),
        "evaluation": evaluation_words(tiltak, year),
        "experience": tiltak.experience,
        "verdict": verdict.get("verdict", ""),
        "verdict_text": verdict.get("text", ""),
    }


def evaluation_words(tiltak: Tiltak, year: int) -> str:
    """When and where a tiltak is evaluated: «16. desember, i arbeidsgruppa».

    The year is said when it is another than `year`.
    """
    day = tiltak.evaluate_on
    words = dag(day, year=day.year != year)
    return f"{words}, {tiltak.evaluate_where}" if tiltak.evaluate_where else words


def delmaal_of(maal: Maal, language: str) -> list[dict[str, str]]:
    """The delmål of the programme that a goal serves, in the order of the programme."""
    programme = programme_of(maal.plan.unit.deltakelse.pulje)
    return [
        {"id": each.id, "text": each.short.in_language(language)}
        for each in programme.delmaal
        if each.id in maal.delmaal
    ]


def focus_of(maal: Maal, language: str) -> list[dict[str, str]]:
    """The focus points of the goal's semester that it is about, in the order of the programme."""
    tema = getattr(maal.semester, "tema", None)
    points = tema.content.get("focus", []) if tema else []
    return [
        {"id": point["id"], "text": in_language(point["bm"], point["nn"], language)}
        for point in points
        if point["id"] in maal.focus
    ]


def _other(row: OtherWork) -> str:
    return f"{row.title}: {row.connection}" if row.connection else row.title


def _extra(plan: Framdriftsplan, semester: Semester, language: str) -> list[dict[str, str]]:
    """The answers to the questions of the template in force, with the words of the questions."""
    template = PaperTemplate.objects.in_force(kind="plan", semester=semester)
    content = template.content if template else None
    if not content:
        return []
    lists = plan.maal.filter(ended_on=None).order_by().values_list("focus", flat=True)
    focus = {point for each in lists for point in each}
    return answers_in(content, plan.extra, focus, language)
