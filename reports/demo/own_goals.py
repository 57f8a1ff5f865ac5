"""The goals and tiltak of the demo's plans: one goal each semester with two tiltak."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from cohorts.models import Maal, Semester, Tiltak, TiltakLevel, TiltakStatus
from cohorts.queries.programme import programme_of
from reports.demo.plan import GRANLI
from reports.demo.texts import goals_of, words
from reports.demo.world import CALENDAR

if TYPE_CHECKING:
    from reports.demo.own_work import OwnWork, UnitWork

EVALUATED_AFTER = (75, 110)  # days into the semester, of the first tiltak and the second
CHECK = "egnede_tiltak"
PICTURED = {
    (GRANLI, 1): "Felles språk om krenkelser",
    (GRANLI, 2): "Tidlig på sporet",
    (GRANLI, 3): "Trygge overganger",
}
OVERDUE = 7  # one unit in so many should have looked at its first tiltak by now
DONE_EARLY, CHECKED = 6, 3  # one unit in so many


def make_goals(own: "OwnWork", units: list["UnitWork"], semester: Semester) -> None:
    """One goal of the semester for each unit, with its tiltak as they stand when it is new."""
    programme = programme_of(own.cohort.pulje)
    delmaal = [each.id for each in programme.delmaal]
    tema = getattr(semester, "tema", None)
    focus = [point["id"] for point in tema.content.get("focus", [])] if tema else []
    checks = [
        item.id
        for checklist in programme.checklists
        if checklist.id == CHECK
        for item in checklist.items
    ]
    made: list[tuple[UnitWork, Maal, dict[str, Any]]] = []
    for work in units:
        text = _filled(own, work, semester)
        goal = Maal(
            plan=work.plan,
            position=len(work.goals) + 1,
            title=text["title"],
            long_term=text["long"],
            semester=semester,
            semester_goal=text["now"],
            indicator=text["indicator"],
            delmaal=own.chance.sample(delmaal, 2),
            focus=own.chance.sample(focus, 1) if focus else [],
        )
        work.goals.append(goal)
        made.append((work, goal, text))
    Maal.objects.bulk_create([goal for _work, goal, _text in made], batch_size=200)
    rows = []
    for work, goal, text in made:
        new = [
            _tiltak(own, work, goal, semester, place, row)
            for place, row in enumerate(text["tiltak"])
        ]
        if work.number % CHECKED == 0:
            new[0].self_check = {item: own.chance.choice(("yes", "partly")) for item in checks}
        work.tiltak += new
        rows += new
    Tiltak.objects.bulk_create(rows, batch_size=200)


def _tiltak(
    own: "OwnWork",
    work: "UnitWork",
    goal: Maal,
    semester: Semester,
    place: int,
    row: dict[str, str],
) -> Tiltak:
    """The first is under way at once; the second begins later, unless the semester is over."""
    over = semester.end < own.world.today
    status = TiltakStatus.UNDER_WAY if place == 0 or over else TiltakStatus.NOT_BEGUN
    if place == 1 and not over and work.number % DONE_EARLY == 0 and work.name != GRANLI:
        status = TiltakStatus.DONE
    evaluate_on = _evaluated(semester, place)
    if not over and status != TiltakStatus.DONE and work.number % OVERDUE:
        ahead = CALENDAR.add_workdays(own.world.today, 12 + 6 * place)
        evaluate_on = min(max(evaluate_on, ahead), semester.term_end)
    level = TiltakLevel.GROUP if place and work.number % 2 else TiltakLevel.SYSTEM
    return Tiltak(
        maal=goal,
        position=place + 1,
        title=row["title"],
        problem=row["problem"],
        what=row["what"],
        period=_weeks(work.language, semester.start + timedelta(days=28), _evaluated(semester, 1)),
        who=row["who"],
        evaluate_on=evaluate_on,
        evaluate_where=row["where"],
        status=status,
        level=level,
        concerns=words()[work.language][work.kind]["Gruppene"] if level == "group" else "",
    )


def _evaluated(semester: Semester, place: int) -> date:
    day = semester.start + timedelta(days=EVALUATED_AFTER[place])
    return CALENDAR.shift(min(day, semester.term_end), "previous")


def _weeks(language: str, first: date, last: date) -> str:
    with override(language):
        values = {"a": first.isocalendar().week, "b": last.isocalendar().week}
        return _("Uke %(a)s–%(b)s") % values


def _filled(own: "OwnWork", work: "UnitWork", semester: Semester) -> dict[str, Any]:
    """A goal of the bank for the semester, with the words of the unit's kind."""
    bank = goals_of(work.language, semester.number)
    used = {each.title for each in work.goals}
    wanted = PICTURED.get((work.name, semester.number))
    left = [each for each in bank if each["title"] not in used] or bank
    chosen = own.chance.choice([each for each in bank if each["title"] == wanted] or left)
    known = words()[work.language][work.kind]

    def fill(value: Any) -> Any:
        if isinstance(value, list):
            return [{key: fill(text) for key, text in row.items()} for row in value]
        return value.format_map(known) if isinstance(value, str) else value

    return {key: fill(value) for key, value in chosen.items()}
