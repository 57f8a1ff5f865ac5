"""All applications of the embete with their scores: the page and the file."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cohorts.access.assessment import may_read_assessments
from cohorts.models import EmbeteOpptak, Opptak, Recommendation
from cohorts.queries.assessment_table import Column, TableRow, assessment_rows, columns_of
from cohorts.rules.assessment_words import number, table_heading, table_lead
from cohorts.views.assessment_rows import (
    chosen,
    headings,
    in_order,
    shown_row,
    sorting,
    tag_of,
    usual_most,
)
from lmp.lib.csv import to_csv
from lmp.lib.wording import join_words

MOST_AT_THE_TOP = 3


@login_required
@require_safe
def assessment_table(request: HttpRequest, number: int) -> HttpResponse:
    """Every sent application of the own embete, sorted and filtered by the address."""
    embete = _embete(request, number)
    columns = columns_of(embete)
    rows = assessment_rows(embete, columns, request.user)
    full = usual_most(columns)
    found = in_order(chosen(rows, request.GET), columns, request.GET)
    done = [row for row in rows if row.assessed_by and not row.writing]
    key, descending = sorting(request.GET, columns)
    context = {
        "opptak": embete.opptak,
        "title": table_heading(len(rows), len(done)),
        "lead": table_lead(_top(rows), sum(row.summary.differs for row in rows)),
        "headings": headings(columns, request.GET),
        "rows": [shown_row(row, columns, full) for row in found],
        "is_empty": not rows,
        "recommendations": Recommendation.choices,
        "people": _people(rows),
        "asked": {k: request.GET.get(k, "") for k in ("tilraading", "ansvarlig", "vis")},
        "sort": key,
        "direction": "ned" if descending else "opp",
        "csv_url": f"{reverse('cohorts:assessment_table_csv', args=[number])}?"
        + request.GET.urlencode(),
    }
    return render(request, "cohorts/assessment_table.html", context)


@login_required
@require_safe
def assessment_table_csv(request: HttpRequest, number: int) -> HttpResponse:
    """The table as a file, filtered and sorted as the page; no reasons in it."""
    embete = _embete(request, number)
    columns = columns_of(embete)
    rows = assessment_rows(embete, columns, request.user)
    found = in_order(chosen(rows, request.GET), columns, request.GET)
    content = to_csv([_csv_head(columns), *(_csv_row(row, columns) for row in found)])
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="vurderinger-pulje-{number}.csv"'
    return response


def _embete(request: HttpRequest, number: int) -> EmbeteOpptak:
    opptak = get_object_or_404(
        Opptak.objects.visible_to(request.user).select_related("pulje"), pulje__number=number
    )
    embeter = EmbeteOpptak.objects.filter(opptak=opptak).select_related("opptak__pulje")
    found = next((e for e in embeter if may_read_assessments(request.user, e)), None)
    if found is None:
        raise PermissionDenied(_("Vurderingene er embetets egne."))
    return found


def _top(rows: list[TableRow]) -> list[str]:
    """Who has the highest sum, when some have a lower one and they are few enough to name."""
    sums = [row.summary.sum for row in rows if row.summary.sum is not None]
    top = [str(row.owner) for row in rows if sums and row.summary.sum == max(sums)]
    return top if len(top) < len(sums) and len(top) <= MOST_AT_THE_TOP else []


def _people(rows: list[TableRow]) -> list[tuple[str, str]]:
    """Who is responsible for some of the applications, for the filter."""
    people = {row.soeknad.candidate.responsible for row in rows} - {None}
    return sorted(((str(each.pk), str(each)) for each in people), key=lambda each: each[1])


def _csv_head(columns: list[Column]) -> list[str]:
    return [
        _("Søker"),
        _("Sammen med"),
        *(column.criterion.short for column in columns),
        _("Sum"),
        _("Høyeste sum"),
        _("Tilråding"),
        _("Vurdert av"),
        _("Kom etter fristen"),
    ]


def _csv_row(row: TableRow, columns: list[Column]) -> list[object]:
    return [
        row.owner,
        join_words([str(each) for each in row.partners]),
        *(_csv_score(row.scores[column.key]) for column in columns),
        number(row.summary.sum) if row.summary.sum is not None else "",
        row.most,
        tag_of(row).word,
        join_words(list(row.summary.completed_by)),
        row.late_reason or "",
    ]


def _csv_score(scores: tuple[int, ...] | None) -> object:
    """A number; «3 og 4» when two differ, which no spreadsheet reads as a date."""
    if not scores:
        return ""
    return scores[0] if len(set(scores)) == 1 else join_words([str(each) for each in scores])
