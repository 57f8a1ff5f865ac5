"""What differs between two sent versions of a referat, part by part. Pure functions of content."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from lmp.lib.compare import Mark, new_side, old_side, word_marks
from lmp.lib.wording import dato, kortdato, tidsrom

Content = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A named part of a referat as text."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class Compared:
    """One part in two versions. `old` and `new` are the marks of each side."""

    title: str
    is_changed: bool
    old: list[Mark]
    new: list[Mark]


def parts_of(content: Content, localtime: Callable[[datetime], datetime]) -> list[Part]:
    """The parts of a sent referat in the order of the page; `localtime` gives the local moment."""
    start, end = (localtime(datetime.fromisoformat(content[key])) for key in HELD)
    when = f"{dato(start, year=True)} {tidsrom(start, end)}"
    fixed = [
        ("hvem", _("Hvem var der"), _people(content)),
        ("tid", _("Tid og sted"), ", ".join(filter(None, [when, content.get("place", "")]))),
        ("referent", _("Referent"), content.get("referent", "")),
    ]
    saker = [
        (f"sak:{sak['title']}:{content['saker'][:at].count(sak)}", _sak(at, sak), sak["summary"])
        for at, sak in enumerate(content["saker"])
    ]
    next_date = content.get("next_date")
    ahead = [
        ("avtalt", _("Det vi avtalte"), "\n".join(map(_point, content["agreed"]))),
        ("mellomarbeid", _("Mellomarbeid"), content.get("mellomarbeid", "")),
        ("tema", _("Tema for neste møte"), content.get("next_theme", "")),
        (
            "neste",
            _("Neste møte"),
            dato(date.fromisoformat(next_date), year=True) if next_date else "",
        ),
    ]
    return [Part(*row) for row in [*fixed, *saker, *ahead]]


HELD = ("held_from", "held_to")


def _people(content: Content) -> str:
    came = [f"{person['name']} ({person['role']})" for person in content["attendance"]["present"]]
    return "\n".join([*came, *filter(None, [content.get("guests", "")])])


def _sak(at: int, sak: dict[str, Any]) -> str:
    return _("Sak %(n)s, %(title)s") % {"n": at + 1, "title": sak["title"]}


def _point(row: dict[str, Any]) -> str:
    due = kortdato(date.fromisoformat(row["due"]))
    return f"{row['text']} · {row['responsible_name']} · {due}"


def compare_parts(old: list[Part], new: list[Part]) -> list[Compared]:
    """The parts of both versions: those of the new one in order, then what is no longer there.

    A part that is empty in both is left out. Spaces and line breaks alone are no change.
    """
    before = {part.key: part for part in old}
    kept = {part.key for part in new}
    pairs: list[tuple[Part | None, Part | None]] = [(before.get(part.key), part) for part in new]
    pairs += [(part, None) for part in old if part.key not in kept]
    return [_compared(*pair) for pair in pairs if any(part and part.text for part in pair)]


def _compared(old: Part | None, new: Part | None) -> Compared:
    title = new.title if new else old.title if old else ""
    before, after = old.text if old else "", new.text if new else ""
    marks = word_marks(before, after)
    return Compared(title, before.split() != after.split(), old_side(marks), new_side(marks))
