"""How a pulje goes: the list of puljer, the page of one, its rows and its numbers as CSV."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.access.deltakelse import can_open_pulje, can_pick_participants, can_see_setup
from cohorts.access.evaluation import can_close_evaluation
from cohorts.models import Pulje
from lmp.lib.csv import to_csv
from reports.forms.filters import Filters
from reports.queries.figures import figures_of, in_time_in, late_duties
from reports.queries.norway import norway_of
from reports.queries.overdue import late_groups, late_rows
from reports.queries.privacy import privacy_count
from reports.queries.pulje import running_states
from reports.queries.pulje_page import Choice, PuljePage, csv_rows, load_pulje_page
from reports.queries.rows import rows_of
from reports.rules.counts import bars_of
from reports.views.pieces import bar_chart, key_figures

MOST_LINES = 20
MOST_LATE = 5


@login_required
def pulje_list(request: HttpRequest) -> HttpResponse:
    """The puljer the person has something to do with; the running ones with their sentence."""
    states = running_states(request.user, timezone.now())
    running = [state.pulje.pk for state in states]
    others = Pulje.objects.visible_to(request.user).exclude(pk__in=running)
    context = {"states": states, "others": others, "may_create": can_open_pulje(request.user)}
    return render(request, "reports/pulje_list.html", context)


@login_required
def pulje_detail(request: HttpRequest, number: int) -> HttpResponse:
    """«Pulje 9 er stort sett i rute»: the sentence, the figures, the table, who is late."""
    filters = Filters.read(request.GET)
    page = _page(request, number, filters)
    late = late_duties(page.board)
    groups = late_groups(late)
    shown = groups if filters.every else groups[:MOST_LATE]
    figures = figures_of(page.board, late)
    goal = figures.goal
    return render(
        request,
        "reports/pulje_detail.html",
        {
            "page": page,
            "pulje": page.semester.pulje,
            "filters": filters,
            "may_set_up": can_see_setup(request.user),
            "runs_evaluation": can_close_evaluation(request.user, page.semester.pulje),
            "may_pick": can_pick_participants(request.user),
            "links": _links(filters, page),
            "lines": page.lines if filters.every else page.lines[:MOST_LINES],
            "figures": key_figures(figures, *_earlier(page)),
            "late": late_rows(page.board, shown),
            "late_count": len(groups),
            "chart": bar_chart(bars_of(figures.days, goal)) if goal and figures.days else None,
            "norway": norway_of(page.board.owners, page.board.units),
            "privacy_reports": privacy_count(page.semester.pulje, request.user),
        },
    )


def _page(request: HttpRequest, number: int, filters: Filters) -> PuljePage:
    choice = Choice(
        filters.semester, filters.embete, filters.kind, bool(filters.only), filters.view
    )
    page = load_pulje_page(number, request.user, choice, now=timezone.now())
    if page is None:
        raise Http404
    return page


def _earlier(page: PuljePage) -> tuple:
    """The semester before the one shown with its papers in time; empty for the first."""
    before = [s for s in page.semesters if 0 < s.number < page.semester.number]
    if not before:
        return ()
    return before[-1], in_time_in(before[-1], [owner.pk for owner in page.board.owners])


def _links(filters: Filters, page: PuljePage) -> dict[str, object]:
    url = reverse("reports:pulje_detail", args=[page.semester.pulje.number])
    views = [
        ("moeter", _("Møter og dokumenter")),
        ("arbeid", _("Arbeid og evaluering")),
        ("enheter", _("Enhet for enhet")),
    ]
    return {
        "page": url,
        "csv": reverse("reports:pulje_csv", args=[page.semester.pulje.number]) + filters.address(),
        "every": filters.address(every=True),
        "reset": url,
        "semester": f"?semester={page.semester.number}",
        "views": [
            {"url": filters.address(view=view), "label": label, "current": view == filters.view}
            for view, label in views
        ],
    }


@login_required
def pulje_csv(request: HttpRequest, number: int) -> HttpResponse:
    """The rows of the table as CSV, with the same filters."""
    page = _page(request, number, Filters.read(request.GET))
    name = f"pulje-{number}-semester-{page.semester.number}.csv"
    response = HttpResponse(to_csv(csv_rows(page)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
def pulje_rows(request: HttpRequest, number: int, deltakelse: int, kind: str) -> HttpResponse:
    """What is behind one cell: each activity of a kind, at the owner and each of its units."""
    filters = Filters.read(request.GET)
    page = _page(request, number, Filters(semester=filters.semester, kind=filters.kind))
    owner = next((owner for owner in page.board.owners if owner.pk == deltakelse), None)
    rows = rows_of(page.board, owner, kind) if owner else []
    if owner is None or not rows:
        raise Http404
    context = {"page": page, "pulje": page.semester.pulje, "owner": owner, "rows": rows}
    return render(request, "reports/pulje_rows.html", context | {"kind": rows[0].kind_title})
