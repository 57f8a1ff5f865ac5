"""Whose plan a page is about, and what the role may do with it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import User
from cohorts.access.plan import can_comment_plan, can_edit_plan, can_read_plan, can_save_plan
from cohorts.actions.plan import refuse_read_only, start_plan
from cohorts.forms.extra import apply_help
from cohorts.models import (
    DeltakendeUnit,
    Framdriftsplan,
    PaperTemplate,
    PlanVersion,
    Pulje,
    Semester,
)
from cohorts.queries.plan import semester_on
from cohorts.rules.look_over import is_small
from cohorts.rules.template import Content
from meetings.access.papers import why_status_only
from meetings.views.paper_place import refuse_with_reason
from meetings.views.privacy_notes import refuse_hidden


@dataclass(frozen=True)
class PlanPlace:
    """The plan of one unit, for a person who reads it. `plan` is None until somebody begins."""

    unit: DeltakendeUnit
    plan: Framdriftsplan | None
    user: User
    today: date

    @property
    def pulje(self) -> Pulje:
        return self.unit.deltakelse.pulje

    @cached_property
    def semester(self) -> Semester:
        """The pulje's semester today."""
        return semester_on(self.pulje, self.today)

    @cached_property
    def template(self) -> Content | None:
        """What the edition of the form in force says, or None."""
        found = PaperTemplate.objects.in_force(kind="plan", semester=self.semester)
        return found.content if found else None

    @property
    def is_open(self) -> bool:
        """Whether anything may be written now."""
        return not self.pulje.is_closed and self.unit.status != "withdrawn"

    @property
    def may_edit(self) -> bool:
        return self.is_open and can_edit_plan(self.user, self.unit)

    @property
    def may_save(self) -> bool:
        return self.is_open and can_save_plan(self.user, self.unit)

    @property
    def may_comment(self) -> bool:
        return self.is_open and can_comment_plan(self.user, self.unit)

    @property
    def is_skole(self) -> bool:
        return self.unit.unit.kind == "skole"

    def path(self, name: str, *args: object) -> str:
        """The path of a page about this plan."""
        return reverse(f"meetings:{name}", args=[self.unit.pk, *args])

    def form(self, form_class, *args, **kwargs):
        """A form of a part of the plan with the help texts of the edition in force."""
        form = form_class(*args, small=is_small(self.unit.unit.children), **kwargs)
        apply_help(form, self.template)
        return form


def find_plan(request: HttpRequest, unit_id: int) -> PlanPlace:
    """The plan of a unit that the person reads; 404 when they do not see the unit.

    403 with the reason for a role that sees only when the plan was reviewed.
    """
    units = DeltakendeUnit.objects.visible_to(request.user).select_related(
        "unit__kommune",
        "unit__owner",
        "deltakelse__pulje",
        "deltakelse__owner__kommune",
        "arbeidsgruppe",
        "framdriftsplan__updated_by",
    )
    unit = get_object_or_404(units, pk=unit_id)
    if not can_read_plan(request.user, unit):
        raise PermissionDenied(why_status_only(request.user))
    plan = getattr(unit, "framdriftsplan", None)
    if plan is not None:
        plan.unit = unit
    return PlanPlace(unit, plan, request.user, timezone.localdate())


def find_plan_to_write(request: HttpRequest, unit_id: int) -> PlanPlace:
    """As `find_plan`, for those who write in it; else 403 with the reason."""
    place = find_plan(request, unit_id)
    if not can_edit_plan(request.user, place.unit):
        raise PermissionDenied(_("Det er lederen og arbeidsgruppa som skriver i planen."))
    refuse_with_reason(refuse_read_only, place.unit)
    refuse_hidden_plan(place)
    return place


def newest_hidden(plan: Framdriftsplan | None, user: User) -> PlanVersion | None:
    """The newest version when it is hidden to the role: then the plan itself is not shown to it."""
    newest = plan.versions.first() if plan is not None else None
    if newest is None or not newest.is_hidden or plan is None:
        return None
    is_shown = plan.versions.shown_to(user).filter(pk=newest.pk).exists()
    return None if is_shown else newest


def refuse_hidden_plan(place: PlanPlace) -> None:
    """403 with the reason when the plan is not shown to the role now."""
    hidden = newest_hidden(place.plan, place.user)
    if hidden is not None:
        refuse_hidden(hidden, place.user)


def begun(place: PlanPlace) -> Framdriftsplan:
    """The plan to write in: the one that is there, or a new one."""
    return place.plan or start_plan(unit=place.unit, by=place.user, now=timezone.now())
