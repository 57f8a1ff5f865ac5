"""When a mail is tried again, and when it is given up."""

import hashlib
from datetime import timedelta

MAX_ATTEMPTS = 6

FIRST_DELAY = timedelta(minutes=2)
LONGEST_DELAY = timedelta(hours=9)

# A worker that has not finished a mail within this time is dead, and the mail is taken again.
CLAIM_LASTS = timedelta(minutes=10)


def is_given_up(attempts: int) -> bool:
    """Whether a mail that has failed `attempts` times is not tried any more."""
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
