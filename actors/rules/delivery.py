"""When a mail is tried again, when it is given up, and when it is too late for it."""

import hashlib
from datetime import timedelta

MAX_ATTEMPTS = 6

# A mail that was taken so often without a mark kills its workers, and is not given to another.
LETHAL_CLAIMS = 12

FIRST_DELAY = timedelta(minutes=2)
LONGEST_DELAY = timedelta(hours=9)

# A worker that has not finished a mail within this time is dead, and the mail is taken again.
CLAIM_LASTS = timedelta(minutes=10)

# A worker begins no new mail when half of that has gone, so that it never outlives its claim.
BATCH_LASTS = CLAIM_LASTS / 2

# A reminder that the portal could not send in this time is not sent any more: it is «missed».
CATCH_UP_WORKDAYS = 3

# When the mail server does not answer at all nothing is wrong with the mails: all wait so long, up
# to twice, and it is not counted as an attempt.
OUTAGE_DELAY = timedelta(minutes=2)


def is_given_up(attempts: int) -> bool:
    """Whether a mail that was answered `attempts` times, and not taken, is not tried any more."""
    return attempts >= MAX_ATTEMPTS


def retry_delay(attempts: int, key: str) -> timedelta:
    """How long to wait after the failed attempt number `attempts` (from 1).

    2, 8, 32 minutes, 2 and 9 hours, and up to a quarter more: `key` (the message id) decides how
    much, so that mails that failed together do not all come back at once.
    """
    delay = min(FIRST_DELAY * 4 ** (attempts - 1), LONGEST_DELAY)
    return delay * (1 + jitter(f"{key}:{attempts}") / 4)


def jitter(key: str) -> float:
    """A number from 0 up to 1 that is always the same for the same key."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 2**32
