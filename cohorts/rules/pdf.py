"""When a PDF file is given to somebody else to make, given up, and thrown away."""

from datetime import datetime, timedelta

PDF_LANGUAGE = {"nb": "nb-NO", "nn": "nn-NO"}
"""The language of a paper as an HTML and PDF language tag."""

CLAIM_LASTS = timedelta(minutes=2)
"""A file that was taken longer ago and is not there, was taken by a process that died."""

SWEPT_AFTER = timedelta(seconds=30)
"""How long a file waits for its own task before the sweep takes it."""

KEPT = timedelta(days=30)
"""A file nobody has asked for in this time is thrown away; it can always be made anew."""

ATTEMPTS = 3
"""So many times a file is tried before it is given up."""

RESTS = timedelta(minutes=10)
"""A file that was given up is tried anew when somebody asks this long afterwards."""

NOTED = timedelta(days=1)
"""How old the note of the last asking may be, so that not every download writes."""


def is_left_alone(
    asked_at: datetime, claimed_at: datetime | None, now: datetime, patience: timedelta
) -> bool:
    """Whether nobody has taken a waiting file within `patience` of its being asked for."""
    if claimed_at is not None and now - claimed_at < CLAIM_LASTS:
        return False
    return now - asked_at >= patience
