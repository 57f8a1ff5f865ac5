"""The one answer to «how goes it?»: a status for what is demanded of a participant.

Pure functions of counts and days. Every page, reminder and export that shows a status asks here.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from lmp.lib import status as words
from lmp.lib.workdays import Calendar

SOON_WORKDAYS = 3  # design 3: a deadline is «snart» with three working days left or fewer


class Cell(NamedTuple):
    """How it stands with one activity for one participant, or for several together.

    `target` is how many are demanded, `done` and `planned` how many there are (planned: dated and
    not yet held); `late` how many are over their deadline or lack a date after it; `due` the
    earliest deadline that is still open.
    """

    status: str
    done: int = 0
    planned: int = 0
    target: int = 0
    late: int = 0
    due: date | None = None

    @property
    def is_behind(self) -> bool:
        """Whether somebody owes something whose deadline has passed."""
        return self.status in (words.OVERDUE, words.MISSING)


NOT_APPLICABLE = Cell(words.NOT_APPLICABLE)


def is_soon(due: date, today: date, calendar: Calendar) -> bool:
    """Whether `due` is today or later, with at most three working days left."""
    return due >= today and calendar.workdays_between(today, due) <= SOON_WORKDAYS


def meetings_cell(
    *, done: int, planned: int, target: int, date_due: date | None, today: date, over: bool
) -> Cell:
    """Meetings: held, dated, or without a date (before or after the deadline for setting one).

    `over` tells that the semester has ended: what was not held is missing, dated or not.
    """
    counts = Cell("", done, planned, target)
    if target == 0 and done + planned == 0:
        return NOT_APPLICABLE
    if done >= target:
        return counts._replace(status=words.FULFILLED)
    lacking = target - done - planned
    if over:
        return counts._replace(status=words.MISSING, late=target - done)
    if lacking <= 0:
        return counts._replace(status=words.PLANNED)
    if date_due is not None and date_due < today:
        return counts._replace(status=words.MISSING, late=lacking, due=date_due)
    return counts._replace(status=words.DUE_SOON, due=date_due)


def counted_cell(*, done: int, planned: int, target: int, over: bool) -> Cell:
    """Meetings that are counted and owed to nobody: never late, whatever is lacking."""
    counts = Cell("", done, planned, target)
    if done >= target or over:
        return counts._replace(status=words.FULFILLED) if done else NOT_APPLICABLE
    return counts._replace(status=words.PLANNED)


def papers_cell(*, dues_open: Iterable[date], sent: int, today: date, calendar: Calendar) -> Cell:
    """Papers of meetings: `sent` of all that are demanded; `dues_open` of those not sent yet."""
    dues = sorted(dues_open)
    late = sum(due < today for due in dues)
    cell = Cell("", done=sent, target=sent + len(dues), late=late, due=dues[0] if dues else None)
    if cell.target == 0:
        return NOT_APPLICABLE
    if late:
        return cell._replace(status=words.OVERDUE)
    if not dues:
        return cell._replace(status=words.FULFILLED)
    soon = is_soon(dues[0], today, calendar)
    return cell._replace(status=words.DUE_SOON if soon else words.PLANNED)


def work_cell(*, done: int, target: int, due: date | None, today: date, calendar: Calendar) -> Cell:
    """Work, evaluations, reports and groups: registered so many of so many, by a day."""
    if target == 0:
        return Cell(words.FULFILLED, done, 0, 0) if done else NOT_APPLICABLE
    cell = Cell("", done=done, target=target, due=due if done < target else None)
    if done >= target:
        return cell._replace(status=words.FULFILLED)
    if due is not None and due < today:
        return cell._replace(status=words.OVERDUE, late=target - done)
    soon = due is not None and is_soon(due, today, calendar)
    return cell._replace(status=words.DUE_SOON if soon else words.PLANNED)


def together(cells: Iterable[Cell]) -> Cell:
    """Several cells as one: counts added, the gravest status, the earliest open deadline."""
    found = [cell for cell in cells if cell.status != words.NOT_APPLICABLE]
    if not found:
        return NOT_APPLICABLE
    dues = [cell.due for cell in found if cell.due is not None]
    return Cell(
        status=min((cell.status for cell in found), key=words.WORST_FIRST.index),
        done=sum(cell.done for cell in found),
        planned=sum(cell.planned for cell in found),
        target=sum(cell.target for cell in found),
        late=sum(cell.late for cell in found),
        due=min(dues, default=None),
    )
