"""The page of a unit's plan (15-framdriftsplan), and its own texts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.rules.roles import RoleKind
from cohorts.actions.plan import plan_data, save_plan
from cohorts.actions.plan_copy import copy_plan
from cohorts.actions.plan_review import draft_of
from cohorts.forms.extra import PREFIX, ExtraForm
from cohorts.forms.plan import PlanTextsForm
from cohorts.models import Framdriftsplan, OtherWork
from cohorts.queries.plan import earlier_plan
from cohorts.rules.plan import data_of
from cohorts.rules.plan_words import plan_heading, plan_lead, waiting_to_be_evaluated
from cohorts.rules.template import questions_for
from cohorts.rules.text import in_language
from cohorts.views.typed import sign_in_or_keep
from meetings.queries.plan import review_obligation
from meetings.views.plan_form import PlanPart
from meetings.views.plan_page import PlanOnPage, plan_on_page
from meetings.views.plan_place import (
    PlanPlace,
    begun,
    find_plan,
    find_plan_to_write,
    newest_hidden,
)
from meetings.views.privacy_notes import hidden_notes, opens

TEXTS = tuple(PlanTextsForm.base_fields)


@login_required
@require_safe
def plan_detail(request: HttpRequest, unit_id: int) -> HttpResponse:
    """How the plan stands, its goals and tiltak, and the way to the review."""
    place = find_plan(request, unit_id)
    if newest_hidden(place.plan, place.user) is not None:
        return _hidden(request, place)
    page = (
        plan_on_page(place.plan, place.semester, place.today.year)
        if place.plan
        else PlanOnPage([], [], [])
    )
    review = _review_state(place)
    if review["latest"]:
        opens(request, review["latest"])  # the plan says what its newest version says
    context = {
        "place": place,
        "unit": place.unit,
        "plan": place.plan,
        "page": page,
        "now": timezone.now(),
        "today": place.today,
        "texts": _texts(place),
        "earlier": earlier_plan(place.unit) if place.may_edit and not page.goals else None,
        "others": OtherWork.objects.filter(unit=place.unit, ended_on=None),
        "hidden": hidden_notes(place.plan.versions.all(), place.user) if place.plan else [],
        **_standing(place, page),
        **review,
    }
    return render(request, "meetings/plan_detail.html", context)


def _hidden(request: HttpRequest, place: PlanPlace) -> HttpResponse:
    """The plan while its newest version is hidden: what it says now says the same (8.24)."""
    versions = place.plan.versions.select_related("sent_by") if place.plan else []
    context = {
        "place": place,
        "unit": place.unit,
        "hidden": hidden_notes(versions, place.user),
        "versions": versions,
        "shown": set(place.plan.versions.shown_to(place.user)) if place.plan else set(),
    }
    return render(request, "meetings/plan_hidden.html", context)


def _standing(place: PlanPlace, page: PlanOnPage) -> dict[str, object]:
    """The heading, the lead and the deadline of the semester's review."""
    duty = review_obligation(place.unit, place.semester)
    reviewed = duty is not None and duty.met_at is not None
    due = duty.due if duty else None
    heading = plan_heading(
        goals=len(page.goals),
        waiting=waiting_to_be_evaluated(page.facts, place.today),
        reviewed=reviewed,
        due=due,
        today=place.today,
    )
    return {
        "heading": heading,
        "lead": plan_lead(len(page.goals), page.facts) if page.goals else "",
        "due": None if reviewed or not page.goals else due,
    }


def _review_state(place: PlanPlace) -> dict[str, Any]:
    """The versions that the person may read, and whether a review is being written."""
    if place.plan is None:
        return {"versions": [], "latest": None, "draft": None}
    versions = list(place.plan.versions.shown_to(place.user).defer("content"))
    return {
        "versions": versions,
        "latest": versions[0] if versions else None,
        "draft": draft_of(place.plan) if place.may_edit else None,
        "may_review": place.may_edit,
        "is_leader": place.user.role.kind == RoleKind.LEDER,
    }


def _texts(place: PlanPlace) -> list[tuple[object, str]]:
    """The plan's own texts that are written, with their labels, and the edition's questions."""
    if place.plan is None:
        return []
    labels = {name: PlanTextsForm.base_fields[name].label for name in TEXTS}
    found = [(labels[name], getattr(place.plan, name)) for name in TEXTS]
    asked = questions_for(place.template, _focus(place.plan), in_language("nb", "nn"))
    found += [(each.text, place.plan.extra.get(each.id, "")) for each in asked]
    return [(label, text) for label, text in found if text]


def _focus(plan: Framdriftsplan) -> set[str]:
    goals = plan.maal.filter(ended_on=None).values_list("focus", flat=True)
    return {point for focus in goals for point in focus}


def _extra_labels(request: HttpRequest) -> dict[str, Any]:
    """The names of the edition's questions in a form that comes without a session."""
    return {name: _("Svar") for name in request.POST if name.startswith(f"{PREFIX}-")}


@sign_in_or_keep(PlanTextsForm, labels=_extra_labels)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """What holds for the whole plan: participation, time, competence, PPT."""
    place = find_plan_to_write(request, unit_id)
    stored = place.plan or Framdriftsplan(unit=place.unit)
    post = request.POST if request.method == "POST" else None
    form = place.form(PlanTextsForm, post, initial=data_of(stored, TEXTS))
    asked = questions_for(place.template, _focus(place.plan) if place.plan else ())
    extra = place.form(ExtraForm, post, questions=asked, answers=stored.extra, sending=True)
    part = PlanPart(request, place, form, plan_data(stored))
    if form.is_valid() & extra.is_valid():
        data = {**form.data_to_save(), "extra": extra.written()}
        if part.save_over(save_plan, data, plan=begun(place)):
            messages.success(request, _("Teksten er lagret."))
            return redirect(place.path("plan_detail"))
    context = {**part.context, "extra": extra, "forms": [form, extra], "asked": asked}
    return render(request, "meetings/plan_edit.html", context, status=part.status)


@login_required
@require_POST
def plan_copy(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Take the plan that the unit had in an earlier pulje along."""
    place = find_plan_to_write(request, unit_id)
    source = earlier_plan(place.unit)
    if source is None:
        raise Http404
    try:
        copy_plan(source=source, unit=place.unit, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        raise PermissionDenied(refusal.messages[0]) from refusal
    messages.success(request, _("Den gamle planen er hentet. Se over hva som fortsatt gjelder."))
    return redirect(place.path("plan_detail"))
