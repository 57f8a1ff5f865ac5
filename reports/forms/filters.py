"""The filters of a pulje's page, read from its address; what makes no sense is the default."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

ALL = ""
KINDS = ("barnehage", "skole")
VIEWS = ("moeter", "arbeid", "enheter")
BEHIND = "etter"


@dataclass(frozen=True)
class Filters:
    """What is chosen. `semester` is a number, `embete` an id; None: not chosen."""

    semester: int | None = None
    embete: int | None = None
    kind: str = ALL
    only: str = ALL
    view: str = VIEWS[0]
    every: bool = False

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filters":
        """The filters of a query string (`request.GET`)."""
        return cls(
            semester=_number(query.get("semester", "")),
            embete=_number(query.get("embete", "")),
            kind=_one_of(query.get("type", ""), KINDS, ALL),
            only=_one_of(query.get("bare", ""), (BEHIND,), ALL),
            view=_one_of(query.get("vis", ""), VIEWS, VIEWS[0]),
            every=query.get("alle") == "1",
        )

    def address(self, **changes) -> str:
        """The query string of these filters with some changed; defaults are left out."""
        new = replace(self, **changes)
        parts = {
            "semester": new.semester,
            "embete": new.embete,
            "type": new.kind,
            "bare": new.only,
            "vis": "" if new.view == VIEWS[0] else new.view,
            "alle": "1" if new.every else "",
        }
        return "?" + urlencode(
            {key: value for key, value in parts.items() if value not in (None, "")}
        )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _one_of(text: str, allowed: tuple[str, ...], default: str) -> str:
    return text if text in allowed else default


def number_in(query: Mapping[str, str], name: str) -> int | None:
    """A whole number in a query string, or None."""
    return _number(query.get(name, ""))


def week_in(query: Mapping[str, str]) -> date | None:
    """The Monday of the week that `?uke=2026-W48` names; None when it names none."""
    found = re.fullmatch(r"(20\d\d)-W(\d\d)", query.get("uke", ""))
    if not found:
        return None
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        return None
