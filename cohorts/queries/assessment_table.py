"""The embete's applications side by side: one row each, with its scores criterion by criterion."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from actors.models import Owner, User
from cohorts.models import Assessment, Criterion, EmbeteOpptak, Habilitet, Soeknad, SoeknadVersion
from cohorts.queries.applicants import applicants_of_many
from cohorts.queries.assessment_summary import EMPTY, Summary, summarise
from cohorts.rules.assessment import HIGHEST

# The scores of one criterion: one or two numbers, () when not assessed, None when not asked.
Scores = tuple[int, ...] | None


@dataclass(frozen=True)
class Column:
    """One criterion of the table; those with the same name share a column.

    `by_applicant` has the key of the criterion for each kind of applicant that is assessed on it.
    """

    key: str
    criterion: Criterion
    by_applicant: dict[str, int]


@dataclass(frozen=True)
class TableRow:
    """One application. `scores` are by column; `most` is the highest sum it can get.

    `summary` is what the reader may see: nothing while an own assessment is unfinished, or when
    the reader is inhabil (`is_hidden`). `assessed_by` names those who have finished all the same.
    """

    soeknad: Soeknad
    owner: Owner
    partners: list[Owner]
    unit_kinds: list[str]
    summary: Summary
    scores: dict[str, Scores]
    most: int
    late_reason: str | None
    is_hidden: bool
    assessed_by: tuple[str, ...]
    writing: tuple[str, ...]


def columns_of(embete: EmbeteOpptak) -> list[Column]:
    """The criteria of the opptak as columns, in their order. One query."""
    grouped: dict[str, list[Criterion]] = defaultdict(list)
    for criterion in embete.opptak.criteria.order_by("position"):
        grouped[criterion.short_bm].append(criterion)
    return [
        Column(f"k{index}", same[0], {each.applies_to: each.pk for each in same})
        for index, same in enumerate(grouped.values(), start=1)
    ]


def assessment_rows(embete: EmbeteOpptak, columns: list[Column], user: User) -> list[TableRow]:
    """A row for each sent application of the embete, by owner, as `user` may see it.

    Seven queries whatever the number.
    """
    sent = Soeknad.objects.sent().filter(candidate__embete=embete)
    soeknader = list(sent.select_related("candidate__responsible").prefetch_related("units"))
    applicants, versions = applicants_of_many(soeknader), _latest_versions(soeknader)
    assessments = _assessments(soeknader)
    return [
        _row(
            each,
            applicants[each.pk],
            versions.get(each.pk, {}),
            assessments[each.pk],
            columns,
            user,
        )
        for each in soeknader
    ]


def _row(
    soeknad: Soeknad,
    applicants: list[Owner],
    version: dict[str, Any],
    assessments: list[Assessment],
    columns: list[Column],
    user: User,
) -> TableRow:
    whole = summarise(assessments)
    is_hidden = any(_is_unfinished(each) for each in assessments if each.assessor_id == user.pk)
    shown = EMPTY if is_hidden else whole
    asked = [column for column in columns if soeknad.applicant in column.by_applicant]
    scores: dict[str, Scores] = dict.fromkeys(column.key for column in columns)
    for column in asked:
        scores[column.key] = shown.scores.get(column.by_applicant[soeknad.applicant], ())
    return TableRow(
        soeknad=soeknad,
        owner=applicants[0],
        partners=applicants[1:],
        unit_kinds=_unit_kinds(soeknad, version.get("sent_units")),
        summary=shown,
        scores=scores,
        most=HIGHEST * len(asked),
        late_reason=version["late_reason"] if version.get("late") else None,
        is_hidden=is_hidden,
        assessed_by=whole.completed_by,
        writing=whole.writing,
    )


def _is_unfinished(assessment: Assessment) -> bool:
    return assessment.completed_at is None or assessment.habilitet == Habilitet.INHABIL


def _unit_kinds(soeknad: Soeknad, sent: Any) -> list[str]:
    """The kinds of the units as they were sent; from the rows when the version does not say."""
    if isinstance(sent, list):
        return [str(unit.get("kind", "")) for unit in sent if isinstance(unit, dict)]
    return [unit.kind for unit in soeknad.units.all() if unit.part != "declined"]


def _latest_versions(soeknader: Iterable[Soeknad]) -> dict[int, dict[str, Any]]:
    rows = SoeknadVersion.objects.filter(soeknad__in=soeknader).order_by("soeknad", "number")
    values = rows.values("soeknad_id", "late", "late_reason", sent_units=F("content__units"))
    return {each["soeknad_id"]: dict(each) for each in values}


def _assessments(soeknader: Iterable[Soeknad]) -> dict[int, list[Assessment]]:
    found: dict[int, list[Assessment]] = defaultdict(list)
    rows = Assessment.objects.filter(soeknad__in=soeknader).select_related("assessor")
    for row in rows.prefetch_related("scores").order_by("soeknad", "pk"):
        found[row.soeknad_id].append(row)
    return found
