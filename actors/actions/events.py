"""The append-only record of what people did."""

from datetime import datetime

from actors.models import Event, User


def record_event(*, by: User | None, verb: str, subject: str, now: datetime, **data) -> Event:
    """Write that `by` did `verb` to `subject` («meeting:12») at `now` (aware).

    `data` is JSON-serialisable and neutral: dates, counts and ids, never the text of a paper.
    `by` is None when the portal itself acted.
    """
    role = by.role if by is not None else None
    return Event.objects.create(at=now, by=by, role=role, verb=verb, subject=subject, data=data)
