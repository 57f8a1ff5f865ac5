"""Mellomarbeid that comes from a referat: from a follow-up point, or from its own lines."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.mellomarbeid import add_mellomarbeid, set_mellomarbeid
from cohorts.models import Mellomarbeid
from cohorts.rules.errors import NotPossible, refuse_closed
from cohorts.rules.mellomarbeid import DROPPED, NOT_BEGUN, origin, tasks_in
from meetings.actions.paper_content import actor_name
from meetings.models import FollowUp, FollowUpStatus, Referat
from meetings.queries.language import language_of


def add_tasks(*, referat: Referat, by: User, now: datetime) -> list[Mellomarbeid]:
    """Make a task of each line of «mellomarbeid til neste gang» of a unit's sent referat.

    Sending a new version makes no second task of the same line. Returns the new ones.
    """
    unit = referat.unit
    if unit is None:
        return []
    made = set(
        Mellomarbeid.objects.filter(
            unit=unit, came_from__startswith=f"referat:{referat.pk}/"
        ).values_list("came_from", flat=True)
    )
    return [
        add_mellomarbeid(
            unit=unit,
            semester=referat.meeting.semester,
            task=line,
            who=_("Arbeidsgruppa"),
            due=referat.next_date,
            came_from=origin(referat.pk, line),
            by=by,
            now=now,
        )
        for line in tasks_in(referat.mellomarbeid)
        if origin(referat.pk, line) not in made
    ]


@transaction.atomic
def point_to_task(*, follow_up: FollowUp, by: User, now: datetime) -> Mellomarbeid:
    """Make a mellomarbeid of a follow-up point of a unit's referat; doing it twice gives the same.

    One that was made before and dropped is taken up again. Raises `PuljeClosed`, or
    `NotPossible` when the point is done or not of a unit.
    """
    point = (
        FollowUp.objects.select_for_update(of=("self",))
        .select_related("referat__meeting__semester", "referat__unit__unit", "mellomarbeid")
        .get(pk=follow_up.pk)
    )
    meeting, unit = point.referat.meeting, point.referat.unit
    refuse_closed(meeting.pulje)
    made = point.mellomarbeid
    if made is not None and made.status != DROPPED:
        return made
    if unit is None or point.status != FollowUpStatus.OPEN:
        raise NotPossible(_("Bare et åpent punkt fra en enhet kan bli mellomarbeid."))
    if made is not None:
        return set_mellomarbeid(mellomarbeid=made, status=NOT_BEGUN, by=by, now=now)
    point.mellomarbeid = add_mellomarbeid(
        unit=unit,
        semester=meeting.semester,
        task=point.text,
        who=actor_name(meeting, point.responsible, unit, language_of(meeting, unit)),
        due=point.due,
        tiltak=point.tiltak,
        by=by,
        now=now,
    )
    point.save(update_fields=["mellomarbeid"])
    record_event(
        by=by,
        verb="follow_up_to_mellomarbeid",
        subject=f"follow_up:{point.pk}",
        now=now,
        mellomarbeid=point.mellomarbeid.pk,
    )
    return point.mellomarbeid
