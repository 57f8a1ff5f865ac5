"""Making a version of a paper, of whatever kind: what is sent is numbered and never changed."""

from datetime import datetime
from typing import Any

from actors.actions.signature import signed_in
from actors.models import User
from cohorts.queries.paper import next_number
from cohorts.rules.paper import Data
from lmp.lib.hashing import content_hash


def sent_already(versions: Any, content: Data) -> Any:
    """The newest of the versions when it says the same, as after a double click; else None."""
    latest = versions.first()
    return latest if latest is not None and latest.sha256 == content_hash(content) else None


def version_columns(
    versions: Any, *, stem: str, content: Data, language: str, by: User, now: datetime
) -> dict[str, Any]:
    """The columns of the next of `versions`: its number, hash, receipt and signature.

    `stem` is what the receipts of the paper begin with. The paper is held by whoever calls, so
    that two versions never get the same number.
    """
    number = next_number(versions.all())
    return {
        "number": number,
        "content": content,
        "language": language,
        "sha256": content_hash(content),
        "receipt": f"{stem}-{number}",
        "sent_at": now,
        "sent_by": by,
        "sent_as": signed_in(language, by),
    }
