"""What a grunnlag takes with it from before: what is carried over, the last one, who was heard."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from cohorts.models import DeltakendeUnit, Involvement, Maal, Mellomarbeid, Tiltak, TiltakStatus
from cohorts.queries.mellomarbeid import carried_to
from meetings.models import (
    FollowUp,
    Meeting,
    MeetingStatus,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from meetings.rules.grunnlag import FOLLOW_UP, MELLOMARBEID, Carried, ids_in

PARENTS = "medvirkning_foreldre"  # the activity of the programme; the other one is the children's
_OVER = (TiltakStatus.DONE, TiltakStatus.ENDED)


def carried_over_to(meeting: Meeting, unit: DeltakendeUnit) -> list[Carried]:
    """What must be answered: the open follow-up points and mellomarbeid from before the meeting."""
    points = FollowUp.objects.carried_to(meeting, unit).values_list("pk", flat=True)
    tasks = carried_to(unit).values_list("pk", flat=True)
    return [
        *(Carried(FOLLOW_UP, pk) for pk in points),
        *(Carried(MELLOMARBEID, pk) for pk in tasks),
    ]


def points_of(grunnlag: Veiledningsgrunnlag) -> list[FollowUp]:
    """The follow-up points still open, and those that the grunnlag has already answered."""
    meeting, unit = grunnlag.meeting, grunnlag.unit
    answered = FollowUp.objects.without_task().filter(
        pk__in=ids_in(grunnlag.since_last, FOLLOW_UP), referat__unit=unit
    )
    answered = answered.select_related("referat__meeting")
    found = {each.pk: each for each in [*FollowUp.objects.carried_to(meeting, unit), *answered]}
    return sorted(found.values(), key=lambda each: (each.due, each.pk))


def tasks_of(grunnlag: Veiledningsgrunnlag) -> list[Mellomarbeid]:
    """The mellomarbeid not done, and that which the grunnlag has already answered."""
    unit = grunnlag.unit
    answered = Mellomarbeid.objects.filter(
        pk__in=ids_in(grunnlag.since_last, MELLOMARBEID), unit=unit
    )
    found = {each.pk: each for each in [*carried_to(unit), *answered]}
    return sorted(found.values(), key=lambda each: (each.due or date.max, each.pk))


def previous_grunnlag(meeting: Meeting, unit: DeltakendeUnit) -> Veiledningsgrunnlag | None:
    """The unit's last grunnlag before the meeting, or the latest one of a cancelled meeting.

    One of a cancelled meeting comes first: it was never used (domain 8.21). One whose text is
    hidden is passed over: nothing is taken from it until it is cleaned (domain 8.24).
    """
    hidden = VeiledningsgrunnlagVersion.objects.filter(
        paper__unit=unit, hidden_at__isnull=False, removed_at=None
    )
    others = Veiledningsgrunnlag.objects.filter(unit=unit).exclude(meeting=meeting)
    others = others.exclude(pk__in=hidden.values("paper"))
    others = others.select_related("meeting").order_by("-meeting__start", "-pk")
    cancelled = others.filter(
        meeting__status=MeetingStatus.CANCELLED, meeting__semester=meeting.semester_id
    ).first()
    earlier = others.filter(meeting__start__lt=meeting.start).first()
    if cancelled and (earlier is None or cancelled.meeting.start >= earlier.meeting.start):
        return cancelled
    return earlier or cancelled


def heard_since(meeting: Meeting, unit: DeltakendeUnit, on: date) -> QuerySet[Involvement]:
    """The registered involvement of children and parents since the unit's last meeting.

    From the day of the last meeting of the same kind that took place; `on` is a local date.
    """
    before = Meeting.objects.taking_place().filter(
        units=unit, kind=meeting.kind, start__lt=meeting.start, end__date__lte=on
    )
    last = before.exclude(pk=meeting.pk).order_by("-start").first()
    rows = Involvement.objects.filter(unit=unit, held_on__lte=on).select_related("activity")
    if last is not None:
        rows = rows.filter(held_on__gte=timezone.localtime(last.start).date())
    return rows.order_by("-held_on", "-pk")


def open_maal(unit: DeltakendeUnit) -> list[Maal]:
    """The goals of the unit's plan that have not ended, each with its tiltak under way."""
    rows = Maal.objects.filter(plan__unit=unit, ended_on=None)
    return list(rows.order_by("position", "pk").prefetch_related("tiltak"))


def open_tiltak(maal: Maal) -> list[Tiltak]:
    """The tiltak of a goal that are not over; `maal` with its tiltak fetched."""
    return [each for each in maal.tiltak.all() if each.status not in _OVER]


def linked(unit: DeltakendeUnit, maal: Iterable[int], tiltak: Iterable[int]):
    """The chosen goals and tiltak of the unit's plan, in the order of the plan."""
    return _linked(Maal, maal, "plan__unit", unit, ("position", "pk")), _linked(
        Tiltak, tiltak, "maal__plan__unit", unit, ("maal__position", "position", "pk")
    )


def _linked(model, chosen: Iterable[int], owner: str, unit: DeltakendeUnit, order) -> list:
    """The chosen rows of the unit, in order; nothing is asked when nothing is chosen."""
    keys = list(chosen)
    return list(model.objects.filter(pk__in=keys, **{owner: unit}).order_by(*order)) if keys else []
