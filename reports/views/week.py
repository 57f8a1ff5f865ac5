"""The veileder's week."""

from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.access import can_see_week
from reports.forms.filters import week_in
from reports.queries.week import load_week, monday_of, week_to_show
from reports.rules.sentence import span_of_days, week_heading

ONE_WEEK = timedelta(days=7)


@login_required
def veileder_week(request: HttpRequest) -> HttpResponse:
    """Where to be this week, what they ask, what was agreed last time."""
    if not can_see_week(request.user):
        raise PermissionDenied(_("Uka mi er for veiledere. Møtene dine står på Min side."))
    now = timezone.now()
    monday = week_in(request.GET) or week_to_show(request.user, now)
    week = load_week(request.user, monday, now=now)
    this_week = monday_of(timezone.localdate(now))
    when = (monday - this_week).days // 7
    context = {
        "week": week,
        "now": now,
        "today": timezone.localdate(now),
        "heading": week_heading(when, _number(monday), len(week.visits), week.with_paper),
        "number": _number(monday),
        "span": span_of_days(week.monday, week.friday),
        "before": _link(monday - ONE_WEEK),
        "after": _link(monday + ONE_WEEK),
    }
    return render(request, "reports/veileder_week.html", context)


def _number(monday: date) -> int:
    return monday.isocalendar().week


def _link(monday: date) -> dict[str, object]:
    year, week, _day = monday.isocalendar()
    return {"number": week, "query": f"?uke={year}-W{week:02d}"}
