"""Rows of the assessment table as they are shown, filtered and put in order."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Recommendation
from cohorts.queries.assessment_table import Column, Scores, TableRow
from cohorts.rules.assessment import HIGHEST
from cohorts.rules.assessment_order import ordered, rank_of
from cohorts.rules.assessment_words import number, units_in_words
from cohorts.views.assessment_mark import bars_of
from lmp.lib.wording import join_words

OWNER, SUM, RECOMMENDED = "soeker", "sum", "tilraading"
NOT_ASSESSED, DIFFERENT, JOINT = "ikke", "ulike", "felles"
LOOKS = {
    Recommendation.TILRAAS: ("ok", "success"),
    Recommendation.RESERVE: ("planned", "info"),
    Recommendation.TILRAAS_IKKE: ("x", "neutral"),
}


@dataclass(frozen=True)
class Cell:
    """One score: both numbers when two assessors differ."""

    bars: tuple[bool, ...]
    text: str
    differs: bool = False
    is_asked: bool = True


@dataclass(frozen=True)
class Tag:
    icon: str
    color: str
    word: str
    open: bool = False


@dataclass(frozen=True)
class ShownRow:
    row: TableRow
    about: str
    cells: list[Cell]
    sum: str
    tag: Tag


@dataclass(frozen=True)
class Heading:
    """A column heading: its link sorts the table by it."""

    label: str
    url: str
    sort: str  # aria-sort, or ""
    is_number: bool = False


def shown_row(row: TableRow, columns: list[Column], full: int) -> ShownRow:
    """A row in words; `full` is the highest sum most applications can get."""
    total = number(row.summary.sum) if row.summary.sum is not None else "–"
    if row.summary.sum is not None and row.most != full:
        total = _("%(sum)s av %(most)s") % {"sum": total, "most": row.most}
    return ShownRow(
        row, _about(row), [cell_of(row.scores[c.key]) for c in columns], total, tag_of(row)
    )


def cell_of(scores: Scores) -> Cell:
    """The cell of one criterion, empty when nobody has assessed it."""
    if not scores:
        return Cell((), "", is_asked=scores is not None)
    low, high = min(scores), max(scores)
    text = f"{scores[0]}" if low == high else " / ".join(map(str, scores))
    return Cell(bars_of(low), text, differs=low != high)


def tag_of(row: TableRow) -> Tag:
    """What is recommended: one word, or that the two differ, or that it is not assessed."""
    given = row.summary.recommendations
    if row.summary.agreed:
        recommended = Recommendation(row.summary.agreed)
        icon, color = LOOKS[recommended]
        return Tag(icon, color, str(recommended.label))
    if given:
        return Tag("chat", "warning", _("Ulik tilråding"))
    return Tag("missing", "neutral", _("Ikke vurdert"), open=True)


def _about(row: TableRow) -> str:
    """Under the name: the units, who applies with it, and who has assessed."""
    partners = join_words([str(each) for each in row.partners])
    parts = [
        units_in_words(row.unit_kinds),
        _("sammen med %(names)s") % {"names": partners} if partners else "",
        _progress(row),
    ]
    return " · ".join(part for part in parts if part)


def _progress(row: TableRow) -> str:
    if row.assessed_by and row.writing:
        return _("én av to har vurdert")
    if row.assessed_by and row.is_hidden:
        return _("vurdert av en kollega, vises ikke for deg")
    if not row.writing:
        return ""
    text = ngettext("%(names)s vurderer", "%(names)s vurderer", len(row.writing))
    return text % {"names": join_words(list(row.writing))}


def chosen(rows: list[TableRow], asked: QueryDict) -> list[TableRow]:
    """The rows that the filters let through; an unknown value lets all through."""
    recommended, who, shown = (asked.get(k, "") for k in (RECOMMENDED, "ansvarlig", "vis"))
    if recommended in Recommendation.values:
        rows = [row for row in rows if row.summary.agreed == recommended]
    if NOT_ASSESSED in (recommended, shown):
        rows = [row for row in rows if not row.assessed_by]
    if who.isdecimal():
        rows = [row for row in rows if row.soeknad.candidate.responsible_id == int(who)]
    if shown == DIFFERENT:
        rows = [row for row in rows if row.summary.differs]
    if shown == JOINT:
        rows = [row for row in rows if row.partners]
    return rows


def in_order(rows: list[TableRow], columns: list[Column], asked: QueryDict) -> list[TableRow]:
    """The rows as asked for: by sum, the highest first, unless told."""
    key, descending = sorting(asked, columns)
    return ordered(rows, lambda row: _value(row, key), descending=descending)


def sorting(asked: QueryDict, columns: list[Column]) -> tuple[str, bool]:
    """The column to sort by, and whether the highest comes first."""
    key = asked.get("sorter", SUM)
    if key not in (OWNER, SUM, RECOMMENDED, *(column.key for column in columns)):
        key = SUM
    return key, asked.get("retning", "opp" if key == OWNER else "ned") != "opp"


def _value(row: TableRow, key: str) -> Any:
    if key == OWNER:
        return row.owner.sort_name
    if key == SUM:
        return row.summary.sum
    if key == RECOMMENDED:
        return rank_of(row.summary.agreed)
    scores = row.scores[key]
    return sum(scores) / len(scores) if scores else None


def headings(columns: list[Column], asked: QueryDict) -> list[Heading]:
    """The headings in order, each with the link that sorts by it, or the other way round."""
    labels = {
        OWNER: _("Søker"),
        **{column.key: column.criterion.short for column in columns},
        SUM: _("Sum"),
        RECOMMENDED: _("Tilråding"),
    }
    current, descending = sorting(asked, columns)
    return [
        _heading(key, label, asked, descending if key == current else None)
        for key, label in labels.items()
    ]


def _heading(key: str, label: str, asked: QueryDict, descending: bool | None) -> Heading:
    down = key != OWNER if descending is None else not descending
    query = asked.copy()
    query["sorter"], query["retning"] = key, "ned" if down else "opp"
    sort = "" if descending is None else "descending" if descending else "ascending"
    return Heading(label, f"?{query.urlencode()}", sort, is_number=key == SUM)


def usual_most(columns: list[Column]) -> int:
    """The highest sum an applicant that is assessed on every criterion can get."""
    kinds = {kind for column in columns for kind in column.by_applicant}
    asked = [sum(kind in column.by_applicant for column in columns) for kind in kinds]
    return HIGHEST * max(asked, default=0)
