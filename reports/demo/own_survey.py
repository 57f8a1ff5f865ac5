"""The kartlegginger of the demo, what is to be kept and developed, and the worksheet."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cohorts.models import ActivityRecord, ArbeidsarkLine, Kartlegging, Omraade, Semester
from cohorts.models.kartlegging import Tool
from reports.demo.plan import SKOLE
from reports.demo.rows import write_changes
from reports.demo.world import CALENDAR, oslo

if TYPE_CHECKING:
    from reports.demo.own_work import OwnWork, UnitWork

SHEET, TOPIC = "fremmer_hemmer", "trygt_og_godt"
COLUMNS = ("fremmer", "hemmer", "kan_paavirke")
TOOLS = {
    "skole": (Tool.ELEVUNDERSOEKELSEN, Tool.OBSERVASJON, Tool.SPEKTER),
    "barnehage": (Tool.BARNESAMTALER, Tool.OBSERVASJON, Tool.FORELDREUNDERSOEKELSEN),
}
PERIODS = {"nb": ("September", "Oktober"), "nn": ("September", "Oktober")}
PARTICIPANTS = {
    "nb": ("Hele personalet", "Alle team", "Personalet og {raad}"),
    "nn": ("Heile personalet", "Alle team", "Personalet og {raad}"),
}
BEGUN_AGAIN = 6  # one unit in so many looks at itself anew in the running semester


def make_surveys(own: "OwnWork", units: list["UnitWork"], semester: Semester, at: datetime) -> None:
    """Two things to keep and two to develop, and six lines of the worksheet, for each unit."""
    areas, lines = [], []
    for work in units:
        for kind in ("keep", "develop"):
            areas += [
                Omraade(unit=work.unit, kind=kind, position=place, text=text)
                for place, text in enumerate(
                    own.texts.draw_some(kind, 2, work.language, work.kind), start=1
                )
            ]
        for column in COLUMNS:
            lines += _lines(own, work, column, at)
    Omraade.objects.bulk_create(areas, batch_size=500)
    ArbeidsarkLine.objects.bulk_create(lines, batch_size=500)


def _lines(own: "OwnWork", work: "UnitWork", column: str, at: datetime) -> list[ArbeidsarkLine]:
    """Two lines of a column; the first one that can be influenced became the first goal."""
    texts = own.texts.draw_some(column, 2, work.language, work.kind)
    return [
        ArbeidsarkLine(
            unit=work.unit,
            checklist=SHEET,
            topic=TOPIC,
            item=column,
            position=place,
            text=text,
            maal=work.goals[0] if column == COLUMNS[-1] and place == 1 else None,
            created_at=at,
            created_by=work.leader.user,
        )
        for place, text in enumerate(texts, start=1)
    ]


def finish_surveys(
    own: "OwnWork", records: list[ActivityRecord], semester: Semester, *, over: bool
) -> None:
    """What was registered as a kartlegging; some begin a new one in the running semester."""
    rows = []
    for record in records:
        row = _survey(own, own.units[record.unit_id], semester)
        row.discussed_on = CALENDAR.shift(record.done_on - timedelta(days=6), "previous")
        row.done_on, row.record = record.done_on, record
        record.note = str(row)
        rows.append(row)
    if not over and semester.number > 1:
        units = [each for each in own.in_semester(semester) if each.plan is not None]
        rows += [_survey(own, each, semester) for each in units if each.number % BEGUN_AGAIN == 1]
    write_changes(records, ["note"])
    Kartlegging.objects.bulk_create(rows, batch_size=200)


def _survey(own: "OwnWork", work: "UnitWork", semester: Semester) -> Kartlegging:
    at = oslo(CALENDAR.shift(semester.start + timedelta(days=24), "previous"), 14)
    month = own.chance.choice(PERIODS[work.language]) if semester.term == "hoest" else "Januar"
    who = own.chance.choice(PARTICIPANTS[work.language])
    raad = "elevrådet" if work.kind == SKOLE else "barnerådet"
    return Kartlegging(
        unit=work.unit,
        semester=semester,
        tool=own.chance.choice(TOOLS[work.kind]),
        period=f"{month} {semester.year}",
        participants=who.format(raad=raad),
        findings=own.draw(work, "findings"),
        **work.stamps(min(at, own.world.now - timedelta(days=1))),
    )
