"""How a unit's kartlegging, its områder and its worksheet are found."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from cohorts.queries.programme import programme_of
from cohorts.rules.text import in_language


def worksheet_of(pulje):
    """The checklist of the programme that is a worksheet, or None."""
    lists = (each for each in programme_of(pulje).checklists if each.use == "worksheet")
    return next(lists, None)


@dataclass
class Column:
    """One question of the worksheet with its lines; `leads_on` when they may become goals."""

    id: str
    title: str
    help: str
    leads_on: bool
    lines: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Worksheet:
    """The worksheet of a unit on one topic. `topics` are (id, title) of all; `last` is a line."""

    checklist: Any
    title: str
    intro: str
    topics: list[tuple[str, str]]
    topic: str
    columns: list[Column]
    last: Any = None

    @property
    def topic_title(self) -> str:
        return dict(self.topics).get(self.topic, "")

    @property
    def other_topics(self) -> list[tuple[str, str]]:
        return [each for each in self.topics if each[0] != self.topic]


def load_worksheet(unit, lines: list[Any], topic: str = "") -> Worksheet | None:
    """The worksheet on `topic`, else on the one last written on, else the first.

    `lines` are all of the unit (`lines_of`). None when the programme has no worksheet.
    """
    checklist = worksheet_of(unit.deltakelse.pulje)
    if checklist is None:
        return None
    topics = [(each.id, in_language(each.text.bm, each.text.nn)) for each in checklist.topics]
    known = [each for each, _title in topics]
    last = max(lines, key=lambda line: (line.created_at, line.pk), default=None)
    wanted = [topic, last.topic if last else "", *known]
    chosen = next((each for each in wanted if each in known), "")
    columns = [
        Column(
            id=item.id,
            title=in_language(item.text.bm, item.text.nn),
            help=in_language(item.help.bm, item.help.nn) if item.help else "",
            leads_on=item is checklist.items[-1],
            lines=[each for each in lines if (each.topic, each.item) == (chosen, item.id)],
        )
        for item in checklist.items
    ]
    title = in_language(checklist.title.bm, checklist.title.nn)
    intro = in_language(checklist.intro.bm, checklist.intro.nn)
    return Worksheet(checklist, title, intro, topics, chosen, columns, last)


def lines_of(unit) -> list[Any]:
    """Every line of the unit's worksheet with the goal it became, in order. Two queries.

    `goal_number` is the number that the goal has on the page of the plan; an ended one has none.
    """
    found = apps.get_model("cohorts", "ArbeidsarkLine").objects.filter(unit=unit)
    lines = list(found.select_related("maal").order_by("position", "pk"))
    goals = apps.get_model("cohorts", "Maal").objects.filter(plan__unit=unit, ended_on=None)
    in_order = goals.order_by("position", "pk").values_list("pk", flat=True)
    numbers = {pk: number for number, pk in enumerate(in_order, start=1)}
    for line in lines:
        line.goal_number = numbers.get(line.maal_id)
    return lines


def can_influence(unit, lines: list[Any]) -> list[Any]:
    """The lines that may become goals: those of the worksheet's last question."""
    checklist = worksheet_of(unit.deltakelse.pulje)
    last = checklist.items[-1].id if checklist else ""
    return [line for line in lines if line.item == last]
