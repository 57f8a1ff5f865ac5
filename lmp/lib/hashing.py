"""A stable fingerprint of structured content."""

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any


def content_hash(obj: Any) -> str:
    """The SHA-256 of `obj` as 64 hex digits, the same for equal content in any key order.

    The content is written as canonical JSON: sorted keys, no spaces, UTF-8. Dates are written as
    ISO 8601, and so are moments, in UTC: the same moment is the same text in every time zone.
    Raises TypeError for a datetime without a time zone, for anything else that JSON does not know,
    for keys that are not text and for numbers that are not finite.
    """
    text = json.dumps(
        plain(obj), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def plain(obj: Any) -> Any:
    """`obj` in terms of what JSON knows; raises TypeError for anything without one clear form."""
    if obj is None or isinstance(obj, bool | int | str):
        return obj
    if isinstance(obj, float) and obj - obj == 0:
        return obj
    if isinstance(obj, datetime) and obj.tzinfo is None:
        raise TypeError("a datetime without a time zone has no stable form")
    if isinstance(obj, datetime):
        return obj.astimezone(UTC).isoformat()
    if isinstance(obj, date):
        return obj.isoformat()
    if isinstance(obj, list | tuple):
        return [plain(item) for item in obj]
    if isinstance(obj, dict):
        if not all(type(key) is str for key in obj):
            raise TypeError("only text can be a key in hashed content")
        return {key: plain(value) for key, value in obj.items()}
    raise TypeError(f"cannot hash content of type {type(obj).__name__}")
