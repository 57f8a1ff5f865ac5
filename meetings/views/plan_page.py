"""The plan as its page shows it: goals with tiltak, verdicts, checks and comments, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cohorts.actions.plan_content import delmaal_of, evaluation_words, focus_of
from cohorts.actions.plan_tiltak import self_check_of
from cohorts.forms.plan import CHECK_CHOICES
from cohorts.models import Framdriftsplan, Maal, Semester, Tiltak, TiltakStatus, Verdict
from cohorts.programme.content import Checklist
from cohorts.queries.plan import goals_of, last_verdicts
from cohorts.rules.plan import ADJUST
from cohorts.rules.plan_words import TiltakFact
from cohorts.rules.text import in_language

CHECK_LOOKS = {"yes": "ok", "partly": "missing", "no": "missing"}


@dataclass(frozen=True)
class Check:
    """One answered point of the checklist; `is_well` when the answer is yes."""

    text: str
    answer: Any
    icon: str
    is_well: bool


@dataclass(frozen=True)
class TiltakOnPage:
    tiltak: Tiltak
    evaluation: str
    verdict: str
    to_change: str
    checks: list[Check]

    @property
    def pk(self) -> int:
        return self.tiltak.pk


@dataclass(frozen=True)
class GoalOnPage:
    """A goal with its tiltak; `is_now` when the semester goal is of this semester."""

    maal: Maal
    number: int
    delmaal: list[str]
    focus: list[str]
    is_now: bool
    tiltak: list[TiltakOnPage]
    ended: list[TiltakOnPage] = field(default_factory=list)


@dataclass(frozen=True)
class PlanOnPage:
    """All goals: those that go on, and those that are ended."""

    goals: list[GoalOnPage]
    ended: list[GoalOnPage]
    comments: list[Any]

    @property
    def tiltak(self) -> list[Tiltak]:
        """The tiltak of the goals that go on, in the order of the plan."""
        return [row.tiltak for goal in self.goals for row in goal.tiltak]

    @property
    def facts(self) -> list[TiltakFact]:
        """What the heading is worded from."""
        return [TiltakFact(each.status, each.evaluate_on) for each in self.tiltak]

    @property
    def has_ended(self) -> bool:
        return bool(self.ended or any(goal.ended for goal in self.goals))


def plan_on_page(plan: Framdriftsplan, semester: Semester, year: int) -> PlanOnPage:
    """Fetch everything of the plan. Six queries, however many goals there are."""
    verdicts = last_verdicts(plan)
    checklist = self_check_of(plan)
    rows = [_goal(maal, semester, verdicts, checklist, year) for maal in _numbered(goals_of(plan))]
    general = plan.comments.filter(tiltak=None).select_related("written_by", "answered_by")
    return PlanOnPage(
        goals=[row for row in rows if row.maal.ended_on is None],
        ended=[row for row in rows if row.maal.ended_on is not None],
        comments=list(general),
    )


def _numbered(goals: Iterable[Maal]) -> Iterable[tuple[int, Maal]]:
    """Goals that go on are numbered from 1; an ended one has no number."""
    number = 0
    for maal in goals:
        number += maal.ended_on is None
        yield (number if maal.ended_on is None else 0), maal


def _goal(
    numbered: tuple[int, Maal],
    semester: Semester,
    verdicts: dict[int, dict[str, Any]],
    checklist: Checklist | None,
    year: int,
) -> GoalOnPage:
    number, maal = numbered
    language = in_language("nb", "nn")
    rows = [_tiltak(each, verdicts, checklist, year) for each in maal.tiltak.all()]
    return GoalOnPage(
        maal=maal,
        number=number,
        delmaal=[each["text"] for each in delmaal_of(maal, language)],
        focus=[each["text"] for each in focus_of(maal, language)],
        is_now=maal.semester_id in (None, semester.pk),
        tiltak=[row for row in rows if row.tiltak.status != TiltakStatus.ENDED],
        ended=[row for row in rows if row.tiltak.status == TiltakStatus.ENDED],
    )


def _tiltak(
    tiltak: Tiltak, verdicts: dict[int, dict[str, Any]], checklist: Checklist | None, year: int
) -> TiltakOnPage:
    verdict = verdicts.get(tiltak.pk, {})
    given = verdict.get("verdict", "")
    return TiltakOnPage(
        tiltak=tiltak,
        evaluation=evaluation_words(tiltak, year),
        verdict=str(Verdict(given).label).lower() if given else "",
        to_change=verdict.get("text", "") if given == ADJUST else "",
        checks=checks_of(tiltak, checklist),
    )


def checks_of(tiltak: Tiltak, checklist: Checklist | None) -> list[Check]:
    """The answered points of the checklist for a tiltak, in the order of the programme."""
    words = dict(CHECK_CHOICES)
    language = in_language("nb", "nn")
    return [
        Check(
            text=item.text.in_language(language),
            answer=words[tiltak.self_check[item.id]],
            icon=CHECK_LOOKS[tiltak.self_check[item.id]],
            is_well=tiltak.self_check[item.id] == "yes",
        )
        for item in (checklist.items if checklist else ())
        if tiltak.self_check.get(item.id) in words
    ]
