"""Storing what is owed: new rows, other due days, what fell away and what is done."""

from collections.abc import Callable
from datetime import datetime

from cohorts.models import Pulje, Semester
from meetings.actions.obligation.fulfilment import IsMet
from meetings.models import Obligation
from meetings.queries.obligation import ObligationQuerySet
from meetings.rules.obligation import CLOSED_EARLY, Owed

# When something that a row says is done was done, or None when that cannot be told.
MetAt = Callable[[Obligation], datetime | None]
CHANGING = ["due", "opens", "met_at", "void_at", "void_reason", "created_at"]


def store_obligations(
    wanted: list[Owed],
    stored: ObligationQuerySet,
    of: Semester | Pulje,
    is_met: IsMet,
    now: datetime,
    met_at: MetAt | None = None,
    is_closed: IsMet = lambda _owed: False,
) -> None:
    """Make the stored obligations equal to `wanted`; write only what differs.

    They belong to the semester `of`, or in a recruitment to the pulje. `met_at` tells when
    something that was done before `now` was done; without it that is `now`. What `is_closed` is
    not owed while it is not done, and is met all the same when somebody does it.
    """
    existing = {o.key: o for o in stored.select_for_update(of=("self",))}
    new, changed = [], []
    for owed in wanted:
        row = existing.pop(owed.key, None)
        met = is_met(owed)
        closed = not met and is_closed(owed)
        if row is not None and _bring_up_to_date(row, owed, now, met=met, closed=closed):
            changed.append(row)
        elif row is None and not closed:
            new.append(_row(owed, of, met, now))
    for row in existing.values():
        if row.void_at is None and row.met_at is None:
            row.void_at, row.void_reason = now, "no_longer_applies"
            changed.append(row)
    for row in new if met_at else []:
        row.met_at = row.met_at and min(met_at(row) or now, now)
    Obligation.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    Obligation.objects.bulk_update(changed, CHANGING, batch_size=500)


def _row(owed: Owed, of: Semester | Pulje, met: bool, now: datetime) -> Obligation:
    semester = of if isinstance(of, Semester) else None
    return Obligation(
        key=owed.key,
        pulje_id=semester.pulje_id if semester else of.pk,
        semester=semester,
        activity_id=owed.activity_id,
        rule_id=owed.rule_id,
        deltakelse_id=owed.deltakelse_id,
        unit_id=owed.unit_id,
        meeting_id=owed.meeting_id,
        referat_id=owed.referat_id,
        follow_up_id=owed.follow_up_id,
        soeknad_id=owed.soeknad_id,
        embete_id=owed.embete_id,
        decision_id=owed.decision_id,
        owed_by=owed.actor,
        office=owed.office,
        opens=owed.opens,
        due=owed.due,
        met_at=now if met else None,
        created_at=now,
    )


def _bring_up_to_date(
    row: Obligation, owed: Owed, now: datetime, *, met: bool, closed: bool
) -> bool:
    """Change `row` in memory to what is owed now; say whether anything changed."""
    before = [getattr(row, field) for field in CHANGING]
    row.due, row.opens = max(owed.due, row.extended_to or owed.due), owed.opens
    if row.void_reason == CLOSED_EARLY and not closed:
        row.created_at = now  # owed anew: nobody is told of the days it was not
    row.void_at = (row.void_at or now) if closed else None
    row.void_reason = CLOSED_EARLY if closed else ""
    row.met_at = (row.met_at or now) if met else None
    return before != [getattr(row, field) for field in CHANGING]
