"""How a unit's plan is found: its goals with everything on them, and the semester it is in."""

from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Prefetch, QuerySet

from actors.rules.roles import RoleKind, role_title
from cohorts.queries.groups import group_of_unit, sitters_on
from lmp.lib.wording import small_first


def semester_on(pulje, day: date):
    """The pulje's semester on the local date `day`; else the last begun, else the first."""
    semesters = list(pulje.semesters.select_related("tema").order_by("number"))
    inside = [each for each in semesters if each.start <= day <= each.end]
    begun = [each for each in semesters if each.start <= day]
    return (inside or begun[-1:] or semesters)[0]


def goals_of(plan) -> QuerySet:
    """The plan's goals with tiltak and comments, in order. Three queries."""
    comments = apps.get_model("cohorts", "PlanComment").objects.select_related(
        "written_by", "answered_by"
    )
    tiltak = apps.get_model("cohorts", "Tiltak").objects.prefetch_related(
        Prefetch("comments", queryset=comments)
    )
    return plan.maal.select_related("semester__tema").prefetch_related(
        Prefetch("tiltak", queryset=tiltak)
    )


def open_tiltak(plan) -> QuerySet:
    """The tiltak of goals that go on, without those that are ended, in the order of the plan."""
    rows = apps.get_model("cohorts", "Tiltak").objects.filter(maal__plan=plan, maal__ended_on=None)
    open_ = rows.exclude(status="ended").select_related("maal")
    return open_.order_by("maal__position", "maal_id", "position", "pk")


def earlier_plan(unit):
    """The plan with goals that the same unit had in an earlier pulje, the newest; or None."""
    plans = apps.get_model("cohorts", "Framdriftsplan").objects.filter(
        unit__unit=unit.unit_id,
        unit__deltakelse__pulje__number__lt=unit.deltakelse.pulje.number,
        maal__isnull=False,
    )
    newest = plans.distinct().order_by("-unit__deltakelse__pulje__number")
    return newest.select_related("unit__deltakelse__pulje").first()


def last_verdicts(plan) -> dict[int, dict[str, Any]]:
    """What the last saved review said of each tiltak, by its id."""
    review = plan.reviews.exclude(version=None).order_by("-held_on", "-pk").first()
    return {row["tiltak"]: row for row in review.verdicts} if review else {}


def group_members(unit, on: date, language: str) -> list[str]:
    """Who sits in the unit's arbeidsgruppe on the local date, «Marit Aasland (rektor)»."""
    found = group_of_unit(unit)
    if found is None:
        return []
    leader = role_title(RoleKind.LEDER, unit.unit.kind).lower()
    names = {
        seat.id: leader if seat.leader else small_first(seat.name.in_language(language))
        for seat in found.definition.seats
    }
    return [
        f"{each.name} ({names[each.seat]})" if each.seat in names else each.name
        for each in sitters_on(found, on)
    ]
