"""A code of six digits, sent to a person's own address, that is good once for one thing.

It is kept in the cache, as a keyed hash: ten minutes, five tries, and five codes an hour for a
person. Each try takes a place that can be taken once (`cache.add`), so that guesses made at the
same time are counted too.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum

from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac
from redis.exceptions import RedisError

LASTS = 10 * 60  # seconds
TRIES = 5
CODES = 5
PER = 60 * 60  # seconds


class TooManyCodesError(Exception):
    """The person has been sent as many codes as there can be in an hour."""


class CodesAreAwayError(Exception):
    """Where codes are kept does not answer: none can be made or looked at now."""


class Answer(StrEnum):
    """What a typed code was. GONE: too old, used, or guessed at too often."""

    RIGHT = "right"
    WRONG = "wrong"
    GONE = "gone"


def new_code(*, person_id: int, purpose: str, now: datetime) -> tuple[str, str]:
    """A key to be kept in the session, and the code to send; for `purpose` («task:12») alone.

    Raises TooManyCodesError after five in an hour, CodesAreAwayError during an outage.
    """
    key, code = secrets.token_urlsafe(16), f"{secrets.randbelow(10**6):06d}"
    until = now.timestamp() + LASTS
    with _kept():
        if not _take_place(f"code-sent:{person_id}", CODES, PER):
            raise TooManyCodesError
        cache.set(f"code:{key}", (_hash(key, person_id, purpose, code), until), LASTS)
    return key, code


def check_code(*, key: str, person_id: int, purpose: str, typed: str, now: datetime) -> Answer:
    """Whether the code that belongs to `key` was typed in time (`now` is aware), for this person
    and purpose.

    Raises CodesAreAwayError during an outage.
    """
    expected = _hash(key, person_id, purpose, "".join(typed.split()))
    with _kept():
        kept, until = cache.get(f"code:{key}") or ("", 0.0)
        if until <= now.timestamp():
            return Answer.GONE
        has_tries = _take_place(f"code-try:{key}", TRIES, LASTS)
        if has_tries and not constant_time_compare(kept, expected):
            return Answer.WRONG
        cache.delete(f"code:{key}")
    return Answer.RIGHT if has_tries else Answer.GONE


@contextmanager
def _kept() -> Iterator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        raise CodesAreAwayError from error


def _hash(key: str, person_id: int, purpose: str, code: str) -> str:
    return salted_hmac(f"lmp.code.{key}", f"{person_id}:{purpose}:{code}").hexdigest()


def _take_place(name: str, places: int, seconds: int) -> bool:
    return any(cache.add(f"{name}:{number}", 1, seconds) for number in range(places))
