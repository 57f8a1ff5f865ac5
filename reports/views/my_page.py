"""Min side: what I must do, my next meetings, and how the semester stands. Everybody lands here."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from actors.rules.roles import RoleKind
from reports.queries.events import last_events
from reports.queries.my_page import OVERSEERS, followed_units, next_meetings, semester_panel
from reports.queries.pulje import running_states
from reports.queries.recruitment import recruitment_of
from reports.queries.tasks import tasks_of
from reports.rules.sentence import greeting

MOST_TASKS = 5


@login_required
def my_page(request: HttpRequest) -> HttpResponse:
    """The list is the page: the first five tasks, all with `?alle=1`."""
    user, now = request.user, timezone.now()
    if user.role is None:
        return render(request, "reports/my_page_no_role.html")
    if user.role.kind == RoleKind.PERSONVERNKONTAKT:
        return redirect("meetings:privacy_list")
    tasks = tasks_of(user, now)
    oversees = user.role.kind in OVERSEERS
    recruitment = recruitment_of(user)
    waits = recruitment is not None and recruitment.waits
    if recruitment is not None and any(task.url == recruitment.url for task in tasks):
        recruitment = None  # said in the list, with its deadline
    context = {
        "now": now,
        "today": timezone.localdate(now),
        "heading": greeting(user.get_short_name(), len(tasks), opptak_waits=waits),
        "tasks": tasks if request.GET.get("alle") == "1" else tasks[:MOST_TASKS],
        "hidden": max(0, len(tasks) - MOST_TASKS) if request.GET.get("alle") != "1" else 0,
        "count": len(tasks),
        "several": not user.role.unit_id and len({task.place for task in tasks}) > 1,
        "recruitment": recruitment,
        "meetings": list(next_meetings(user, now)),
        "states": running_states(user, now) if oversees else [],
        "followed": followed_units(user),
        "panel": None if oversees else semester_panel(user, now),
        "events": [] if oversees else last_events(user, now),
    }
    return render(request, "reports/my_page.html", context)
