"""The content of grunnlag and referater: drawn from the bank of texts."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from meetings.models import Presence
from reports.demo.plan import FJORDVIK
from reports.demo.texts import Texts
from reports.demo.world import CALENDAR

if TYPE_CHECKING:
    from reports.demo.desk import Paperwork

MOST_QUESTIONS = 2
OWN_SAK = 2  # the position of the first sak that is not a standing one


def grunnlag_texts(texts: Texts, each: "Paperwork") -> dict[str, Any]:
    """What a unit writes before a meeting, as columns of the grunnlag."""
    language, kind = each.language, each.kind
    number = 1 + texts.chance.randrange(MOST_QUESTIONS)
    questions = texts.draw_some("questions", number, language, kind)

    def draw(field: str) -> str:
        return texts.draw(field, language, kind)

    return {
        "worked_well": draw("worked_well"),
        "was_difficult": draw("was_difficult"),
        "heard_children": texts.chance.random() < 0.8,
        "heard_parents": texts.chance.random() < 0.5,
        "voices": draw("voices"),
        "questions": "\n".join(questions),
        "tried": draw("tried"),
        "story": draw("story"),
        "focus": focus_of(texts, each),
        "wanted_outcome": draw("wanted_outcome"),
        "practical_needs": draw("practical_needs"),
        "prepared_by": draw("prepared_by"),
    }


def focus_of(texts: Texts, each: "Paperwork") -> list[str]:
    """One or two focus points of the semester's tema."""
    points = [p["id"] for p in each.planned.meeting.semester.tema.content.get("focus", [])]
    chosen = texts.chance.sample(points, min(len(points), 1 + texts.chance.randrange(2)))
    return [point for point in points if point in chosen]


def referat_texts(texts: Texts, each: "Paperwork") -> dict[str, Any]:
    """What a unit or an owner writes after a meeting, as data of the form."""
    meeting = each.planned.meeting
    own = each.unit.pk if each.unit else None
    present = [
        row.pk
        for row in each.planned.attendances
        if row.presence == Presence.PRESENT and (own is None or row.unit_id in (None, own))
    ]
    return {
        "attendance": present,
        "guests": "",
        "held_from": meeting.start,
        "held_to": meeting.end,
        "place": meeting.place,
        "referent": each.author.user.name,
        "saker": [
            {"title": sak.title, "summary": _summary(texts, each, sak.standing)}
            for sak in each.saker
        ],
        "agreed": list(_agreed(texts, each, meeting.day)),
        "mellomarbeid": texts.draw("mellomarbeid", each.language, each.kind) if own else "",
        "next_theme": texts.draw("next_theme", each.language, each.kind) if own else "",
        "next_date": None,
    }


def _summary(texts: Texts, each: "Paperwork", standing: str) -> str:
    if standing == "forrige_referat":
        return texts.draw("summary_first", each.language, each.kind)
    if standing == "avtaler":
        return texts.draw("summary_last", each.language, each.kind)
    field = "summary" if each.unit else "steering"
    return texts.draw(field, each.language, each.kind)


def _agreed(texts: Texts, each: "Paperwork", day: date):
    """What was agreed: one or two points, each with one who answers for it and a date."""
    if each.unit is None:
        wanted = [("eier", "agreed_eier")]
    else:
        wanted = [("arbeidsgruppe", "agreed_arbeidsgruppe")]
        by_leader = texts.chance.random() < 0.6 and each.planned.slot.kommune != FJORDVIK
        second = "leder" if by_leader else "veileder"
        wanted.append((second, f"agreed_{second}"))
    for responsible, field in wanted:
        due = CALENDAR.shift(day + timedelta(days=21 + texts.chance.randrange(14)), "next")
        text = texts.draw(field, each.language, each.kind)
        row = {"id": None, "text": text, "responsible": responsible, "due": due.isoformat()}
        yield {**row, "sak": min(OWN_SAK, len(each.saker)), "tiltak": None}
