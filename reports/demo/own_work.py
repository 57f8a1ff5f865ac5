"""What the units of the demo do by themselves: plans, kartlegginger, mellomarbeid, involvement.

The plan grows with the semesters, as the papers do: what is begun in one is looked at in the next.
Chance of its own keeps the meetings and papers as they are whatever is added here.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from actors.models import Role
from cohorts.models import (
    ActivityRecord,
    DeltakendeUnit,
    Framdriftsplan,
    Maal,
    Mellomarbeid,
    Semester,
    Tiltak,
    TiltakStatus,
)
from reports.demo.meetings import Cohort
from reports.demo.own_comments import add_other_work
from reports.demo.own_goals import make_goals
from reports.demo.own_involvement import make_involvement
from reports.demo.own_reviews import review_plans
from reports.demo.own_survey import finish_surveys, make_surveys
from reports.demo.own_tasks import match_tasks, tasks_of_pictures
from reports.demo.texts import Texts
from reports.demo.world import SEED, Place, World, oslo

BEGINS_AFTER = timedelta(days=26)  # when the goals of a semester are written


@dataclass
class UnitWork:
    """The own work of one unit as it stands while the demo is built."""

    unit: DeltakendeUnit
    place: Place
    leader: Role
    number: int
    plan: Framdriftsplan | None = None
    goals: list[Maal] = field(default_factory=list)
    tiltak: list[Tiltak] = field(default_factory=list)
    tasks: list[Mellomarbeid] = field(default_factory=list)
    versions: int = 0

    @property
    def language(self) -> str:
        return "nn" if self.place.plan.maalform == "nynorsk" else "nb"

    @property
    def kind(self) -> str:
        return self.unit.unit.kind

    @property
    def name(self) -> str:
        return self.unit.unit.name

    def stamps(self, at: datetime) -> dict[str, Any]:
        """When and by whom a row was made."""
        return {"created_at": at, "updated_at": at, "updated_by": self.leader.user}


class OwnWork:
    """The own work of all units of a pulje."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort, self.world = cohort, cohort.world
        self.chance = Random(f"{SEED}-own-{cohort.pulje.number}")  # noqa: S311
        self.texts = Texts(self.chance)
        places = {name: place for place in cohort.places for name in place.units}
        self.units = {
            unit.pk: UnitWork(unit, places[name], places[name].leaders[name], number)
            for number, (name, unit) in enumerate(sorted(cohort.units.items()))
        }

    def in_semester(self, semester: Semester) -> list[UnitWork]:
        """The units that take part in the semester."""
        return [each for each in self.units.values() if each.unit.first_semester <= semester.number]

    def draw(self, work: UnitWork, name: str) -> str:
        """A text of the unit's language and kind."""
        return self.texts.draw(name, work.language, work.kind)

    def begin(self, semester: Semester) -> None:
        """The plans with the semester's goals and, the first time, where the unit stands."""
        at = oslo((semester.start + BEGINS_AFTER), 13)
        if at >= self.world.now:
            return
        units = self.in_semester(semester)
        new = [each for each in units if each.plan is None]
        for each in new:
            each.plan = Framdriftsplan(unit=each.unit, **self._plan_texts(each), **each.stamps(at))
        Framdriftsplan.objects.bulk_create([each.plan for each in new])
        add_other_work(new)
        make_goals(self, units, semester)
        make_surveys(self, new, semester, at)

    def finish(self, semester: Semester, records: list[ActivityRecord]) -> None:
        """What the registrations of the semester were about, and the reviews of the plans."""
        over = semester.end < self.world.today
        by_kind: dict[str, list[ActivityRecord]] = defaultdict(list)
        for record in records:
            if record.unit_id:
                by_kind[record.activity.kind].append(record)
        finish_surveys(self, by_kind["kartlegging"], semester, over=over)
        make_involvement(self, by_kind["medvirkning"])
        match_tasks(self, by_kind["mellomarbeid"], semester, over=over)
        if not over:
            tasks_of_pictures(self, semester)
        review_plans(self, by_kind["plangjennomgang"], semester, over=over)

    def links(self, work: UnitWork) -> dict[str, list[int]]:
        """The goals and tiltak that the unit's next grunnlag is about: mostly the newest."""
        under_way = [each for each in work.tiltak if each.status == TiltakStatus.UNDER_WAY]
        if not under_way or self.chance.random() < 0.25:
            return {}
        chosen = under_way[-1]
        return {"maal": [chosen.maal_id], "tiltak": [chosen.pk]}

    def _plan_texts(self, work: UnitWork) -> dict[str, str]:
        return {
            "owner_plan": self.draw(work, "owner_plan"),
            "children": self.draw(work, "plan_children"),
            "parents": self.draw(work, "plan_parents"),
            "competence": self.draw(work, "plan_competence"),
            "time_set_aside": self.draw(work, "plan_time"),
            "ppt_role": self.draw(work, "plan_ppt"),
        }


def before_now(world: World, day: date) -> date:
    """The day, or yesterday when it has not come yet."""
    return min(day, world.today - timedelta(days=1))
