"""The control room of varsler: how the sending goes, what did not arrive, and what comes."""

from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from actors.access import can_see_sending, can_steer_sending
from actors.models import Job, Role
from actors.queries.jobs import EngineState, engine_state
from actors.rules.wishes import next_hours
from lmp.lib.wording import dag, klokka, small_first, when, when_next
from meetings.actions.reminder.forecast import due_now, forecast
from meetings.queries.control import (
    Figures,
    dead_mails,
    figures_at,
    rule_titles,
    rules_by_pk,
    sendings_until,
)
from meetings.views.control_chart import Group, chart, each_count, groups_of, per_day
from meetings.views.control_gate import refuse_unless_sees
from meetings.views.control_rows import dead_rows, lead, office_words, sending_rows

DAYS, ALL_DAYS = 14, 30
MOST_DEAD, MOST_GROUPS, PER_PAGE = 10, 8, 40
PEOPLE_PER_PAGE = 100


@login_required
@require_safe
def control_room(request: HttpRequest) -> HttpResponse:
    """Numbers, dead letters, the forecast and the last sendings; others come to their own notices.

    `?dager=30` shows the whole forecast, `?alle=1` all that did not arrive, page by page.
    """
    if not can_see_sending(request.user):
        query = request.GET.urlencode()
        own = reverse("actors:notice_list")
        return HttpResponseRedirect(f"{own}?{query}" if query else own)
    now = timezone.now()
    planned = _planned(request, timezone.localdate(now))
    every_dead = request.GET.get("alle") == "1" and not planned["every_day"]
    figures, state = figures_at(now), engine_state(now)
    sendings = sendings_until(now)
    rules = rules_by_pk({sending.rule for sending in sendings})
    dead = Paginator(dead_mails(), PER_PAGE if every_dead else MOST_DEAD)
    dead.count = figures.dead  # counted with the rest
    dead_page = dead.get_page(request.GET.get("side") if every_dead else 1)
    context = {
        **planned,
        "engine": state,
        "lead": lead(state, figures.dead),
        "figures": _key_figures(figures, state, planned["coming"], now),
        "dead": dead_rows(dead_page, now),
        "dead_page": dead_page if every_dead else None,
        "more_dead": 0 if every_dead else max(0, figures.dead - MOST_DEAD),
        "dead_count": figures.dead,
        "sendings": sending_rows(sendings, rules, dict(rule_titles()), now),
        "steers": can_steer_sending(request.user),
    }
    return render(request, "meetings/control_room.html", context)


def _planned(request: HttpRequest, today: date) -> dict[str, Any]:
    """The forecast: bars of 14 days and what goes out first, or 30 days page by page.

    From tomorrow on: what goes today waits already, or has gone.
    """
    every_day = request.GET.get("dager") == str(ALL_DAYS)
    coming = forecast(today=today + timedelta(days=1), days=ALL_DAYS)
    near = [each for each in coming if each.day <= today + timedelta(days=DAYS)]
    shown, days = (coming, ALL_DAYS) if every_day else (near, DAYS)
    groups = groups_of(shown)
    per_page, number = (PER_PAGE, request.GET.get("side")) if every_day else (MOST_GROUPS, 1)
    page = Paginator(groups, per_page).get_page(number)
    return {
        "coming": sum(each_count(each) for each in near),
        "chart": chart(per_day(shown), today + timedelta(days=1), days - 1),
        "groups": page,
        "page": page if every_day else None,
        "every_day": every_day,
    }


def _key_figures(
    figures: Figures, state: EngineState, coming: int, now: datetime
) -> list[dict[str, Any]]:
    to_people = ngettext("til %(n)s person", "til %(n)s personer", figures.people)
    people = to_people % {"n": figures.people} if figures.people else _("ingen ennå")
    job = Job.objects.filter(name="reminders").first()
    return [
        {"label": _("Sendt i dag"), "value": figures.sent, "note": people},
        {"label": _("Venter"), "value": state.depth, "note": _oldest_words(state, now)},
        {
            "label": _("Kom ikke fram"),
            "value": figures.dead,
            "note": _("må rettes av noen") if figures.dead else _("alt har kommet fram"),
        },
        {
            "label": _("Neste %(n)s dager") % {"n": DAYS},
            "value": coming,
            "note": _("hvis ingen leverer før"),
        },
        {
            "label": _("Siste kjøring"),
            "value": _run_words(job.ok_at, now) if job and job.ok_at else "–",
            "note": _("neste utsending: %(when)s") % {"when": next_opening(now)},
        },
    ]


def _oldest_words(state: EngineState, now: datetime) -> str:
    """What it is that waits, and since when the oldest of it."""
    if state.oldest_unsent is None:
        return _("eldste: ingen")
    words = ngettext("e-post, eldste: %(when)s", "e-poster, eldste: %(when)s", state.depth)
    return words % {"when": small_first(when(state.oldest_unsent, now))}


def _run_words(moment: datetime, now: datetime) -> str:
    if timezone.localdate(moment) == timezone.localdate(now):
        return klokka(moment).removeprefix("kl. ")
    return dag(moment)


def next_opening(now: datetime) -> str:
    """When mails go out next: «nå» in the hours of a working day, else «mandag kl. 07.00»."""
    opens = next_hours(now)
    return _("nå") if opens <= now else when_next(opens, now)


@login_required
@require_safe
def control_recipients(request: HttpRequest) -> HttpResponse:
    """Who gets the reminders of a day, of one rule or all (`?dag=2026-11-23&regel=12`).

    Without a day it is the next one that has any.
    """
    refuse_unless_sees(request)
    today = timezone.localdate()
    rule = request.GET.get("regel") or ""
    if rule and not (rule.isascii() and rule.isdecimal()):
        raise Http404
    coming = forecast(today=today, days=ALL_DAYS + 1)
    next_day = next((each.day for each in coming if each.day > today), today)
    day = _day(request.GET["dag"]) if "dag" in request.GET else next_day
    chosen = [each for each in coming if each.day == day and rule in ("", str(each.rule.pk))]
    context = {"day": day, "today": today, **_sections(request, groups_of(chosen))}
    context["query"] = urlencode({"dag": day.isoformat(), "regel": rule})
    return render(request, "meetings/control_recipients.html", context)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


@login_required
@require_safe
def control_dry_run(request: HttpRequest) -> HttpResponse:
    """What a scan would write now. Nothing is written and nothing is sent."""
    refuse_unless_sees(request)
    now = timezone.now()
    groups = groups_of(due_now(now=now))
    context = {
        "now": now,
        "count": sum(group.count for group in groups),
        "next": next_opening(now),
        **_sections(request, groups),
    }
    return render(request, "meetings/control_dry_run.html", context)


def _sections(request: HttpRequest, groups: list[Group]) -> dict[str, Any]:
    """Each group with the people who get it, in the order of their names, page by page. One query.

    A group that goes on over the page has its name there too.
    """
    keys = {role.pk for group in groups for each in group.coming for role in each.roles}
    roles = Role.objects.with_scope().select_related("user").in_bulk(keys) if keys else {}
    rows = [(group, row) for group in groups for row in _people_of(group, roles)]
    page = Paginator(rows, PEOPLE_PER_PAGE).get_page(request.GET.get("side"))
    sections = [
        {"group": group, "people": [row for _group, row in people]}
        for group, people in groupby(page, key=lambda row: row[0])
    ]
    return {"sections": sections, "page": page}


def _people_of(group: Group, roles: dict[int, Role]) -> list[dict[str, Any]]:
    rows = [
        {
            "person": roles[role.pk].user,
            "office": office_words(roles[role.pk]),
            "urgent": each.step.urgent,
        }
        for each in group.coming
        for role in each.roles
    ]
    return sorted(rows, key=lambda row: (str(row["person"]), row["office"]))
