"""The list of meetings: what comes, and what has been."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cohorts.models import DeltakendeUnit, Pulje, Semester
from cohorts.queries.programme import programme_of
from cohorts.rules.text import in_language
from lmp.lib.wording import dag, tallord
from meetings.access.meeting import callable_activities
from meetings.forms.meeting import FilterForm
from meetings.models import Attendance, Meeting, Obligation

COMING, PAST = "kommende", "tidligere"
PAGE = 20
FIELDS = {"enhet": "units", "slag": "kind", "semester": "semester"}


@require_safe
@login_required
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Show the meetings within the role's scope; filters and page are part of the address."""
    now = timezone.now()
    today = timezone.localtime(now).date()
    form = filter_form(request)
    chosen = form.chosen()
    meetings = Meeting.objects.visible_to(request.user)
    for name, value in chosen.items():
        meetings = meetings.filter(**{FIELDS[name]: value})
    which = PAST if request.GET.get("vis") == PAST else COMING
    rows = meetings.past(now) if which == PAST else meetings.coming(now)
    page = Paginator(with_marks(rows, request.user, today), PAGE).get_page(request.GET.get("side"))
    context = {
        "form": form,
        "filtered": bool(chosen),
        "which": which,
        "heading": heading_of(which, page.paginator.count),
        "page": page,
        "months": by_month(page.object_list, today),
        "query": _query(request),
        "coming_query": _query(request, vis=COMING),
        "past_query": _query(request, vis=PAST),
        "may_call": bool(callable_activities(request.user, today)),
        "now": now,
        "today": today,
    }
    return render(request, "meetings/meeting_list.html", context)


def with_marks(meetings: QuerySet, user, today: date) -> QuerySet:
    """Each meeting with the person's own answer and whether something is overdue for it."""
    own = Attendance.objects.filter(meeting=OuterRef("pk"), user=user)
    overdue = Obligation.objects.overdue(today).filter(meeting=OuterRef("pk"))
    return meetings.with_parts().annotate(
        answer=Subquery(own.values("response")[:1]), is_late=Exists(overdue)
    )


def heading_of(which: str, count: int) -> str:
    """The heading says the answer: how many come, or how many have been."""
    if not count:
        return _("Ingen tidligere møter") if which == PAST else _("Ingen møter framover")
    words = tallord(count, "n").capitalize()
    if which == PAST:
        text = ngettext("%(n)s tidligere møte", "%(n)s tidligere møter", count)
    else:
        text = ngettext("%(n)s møte framover", "%(n)s møter framover", count)
    return text % {"n": words}


def by_month(meetings, today: date) -> list[dict]:
    """The meetings in groups of one month, in the order they come; the year when it is another."""
    groups: list[dict] = []
    for meeting in meetings:
        first = meeting.day.replace(day=1)
        if not groups or groups[-1]["month"] != first:
            name = dag(first, year=first.year != today.year).removeprefix("1. ").capitalize()
            groups.append({"month": first, "title": name, "meetings": []})
        groups[-1]["meetings"].append(meeting)
    return groups


def filter_form(request: HttpRequest) -> FilterForm:
    """The filters with what the role can choose among: its units, kinds and semesters."""
    user = request.user
    puljer = list(Pulje.objects.visible_to(user))
    units = DeltakendeUnit.objects.visible_to(user).select_related("unit", "deltakelse__pulje")
    kinds = {
        kind.id: in_language(kind.name.bm, kind.name.nn)
        for pulje in puljer
        for kind in programme_of(pulje).meeting_kinds()
    }
    semesters = Semester.objects.filter(pulje__in=puljer).select_related("pulje")
    return FilterForm(
        request.GET,
        units=[(str(unit.pk), _place(unit, len(puljer))) for unit in units.order_by("unit__name")],
        kinds=list(kinds.items()),
        semesters=[(str(each.pk), f"{each.pulje}, {str(each).lower()}") for each in semesters],
    )


def _place(unit: DeltakendeUnit, puljer: int) -> str:
    """The unit; with its pulje when there are several, as a unit may take part twice."""
    return str(unit) if puljer < 2 else f"{unit}, {str(unit.deltakelse.pulje).lower()}"


def _query(request: HttpRequest, **changes: str) -> str:
    """The filters of the address with `changes`, without the page, for links to other pages."""
    kept = request.GET.copy()
    for name in ("side", "rolle", *changes):
        kept.pop(name, None)
    kept.update(changes)
    return kept.urlencode()
