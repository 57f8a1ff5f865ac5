"""A code of six digits, sent to a person's own address, that is good once for one thing.

It is kept in the cache, as a keyed hash: ten minutes, five tries, and five codes an hour for a
person. Each try takes a place that can be taken once (`cache.add`), so that guesses made at the
same time are counted too.
"""

import secrets
from datetime import datetime
from enum import StrEnum

from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac

LASTS = 10 * 60  # seconds
TRIES = 5
CODES = 5
PER = 60 * 60  # seconds


class TooManyCodesError(Exception):
    """The person has been sent as many codes as there can be in an hour."""


class Answer(StrEnum):
    """What a typed code was. GONE: too old, used, or guessed at too often."""

    RIGHT = "right"
    WRONG = "wrong"
    GONE = "gone"


def new_code(*, person_id: int, purpose: str, now: datetime) -> tuple[str, str]:
    """A key to be kept in the session, and the code to send; for `purpose` («task:12») alone.

    Raises TooManyCodesError after five in an hour.
    """
    if not _take_place(f"code-sent:{person_id}", CODES, PER):
        raise TooManyCodesError
    key, code = secrets.token_urlsafe(16), f"{secrets.randbelow(10**6):06d}"
    until = now.timestamp() + LASTS
    cache.set(f"code:{key}", (_hash(key, person_id, purpose, code), until), LASTS)
    return key, code


def check_code(*, key: str, person_id: int, purpose: str, typed: str, now: datetime) -> Answer:
    """Whether the code that belongs to `key` was typed in time (`now` is aware), for this person
    and purpose."""
    kept, until = cache.get(f"code:{key}") or ("", 0.0)
    if until <= now.timestamp():
        return Answer.GONE
    if not _take_place(f"code-try:{key}", TRIES, LASTS):
        cache.delete(f"code:{key}")
        return Answer.GONE
    digits = "".join(typed.split())
    if not constant_time_compare(kept, _hash(key, person_id, purpose, digits)):
        return Answer.WRONG
    cache.delete(f"code:{key}")
    return Answer.RIGHT


def _hash(key: str, person_id: int, purpose: str, code: str) -> str:
    return salted_hmac(f"lmp.code.{key}", f"{person_id}:{purpose}:{code}").hexdigest()


def _take_place(name: str, places: int, seconds: int) -> bool:
    return any(cache.add(f"{name}:{number}", 1, seconds) for number in range(places))
