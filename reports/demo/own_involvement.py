"""How children and parents took part in the demo's units: what was registered, in full."""

from typing import TYPE_CHECKING

from cohorts.models import ActivityRecord, Involvement
from reports.demo.rows import write_changes
from reports.demo.texts import words

if TYPE_CHECKING:
    from reports.demo.own_work import OwnWork

PARENTS = "medvirkning_foreldre"


def make_involvement(own: "OwnWork", records: list[ActivityRecord]) -> None:
    """One row for each registration of involvement; the note of the registration says who."""
    rows = []
    for record in records:
        work = own.units[record.unit_id]
        known = words()[work.language][work.kind]
        parents = record.activity.key == PARENTS
        body = known["fau"] if parents else known["raad"]
        body = body[0].upper() + body[1:]
        who = "parents" if parents else "children"
        count = own.chance.randrange(6, 40)
        record.note = f"{body}: {count}"
        rows.append(
            Involvement(
                unit=work.unit,
                activity=record.activity,
                body=body,
                what=own.draw(work, f"{who}_what"),
                held_on=record.done_on,
                count=count,
                led_to=own.draw(work, f"{who}_led"),
                record=record,
                created_at=record.registered_at,
                created_by=record.registered_by,
            )
        )
    write_changes(records, ["note"])
    Involvement.objects.bulk_create(rows, batch_size=200)
