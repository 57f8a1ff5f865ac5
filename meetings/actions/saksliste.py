"""The saksliste of a meeting: standing saker from the programme, and what people put on it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.models import Activity, DeltakendeUnit
from cohorts.queries.programme import programme_of
from cohorts.rules.errors import NotPossible, StaleEdit, refuse_closed
from meetings.actions.notices import AGENDA, agenda_text, subject_of, tell_participants
from meetings.actions.obligation import sync_meeting_obligations
from meetings.models import Meeting, Sak
from meetings.queries.language import language_of
from meetings.rules.meeting import is_last_of_semester, is_over
from meetings.rules.saksliste import SakInput, arrange, fingerprint, standing_items


def list_of(meeting: Meeting, unit: DeltakendeUnit | None = None) -> list[Sak]:
    """The saksliste in order: everybody's saker and, in a joint meeting, those of `unit`."""
    saker = [sak for sak in meeting.saker.all() if sak.unit_id in (None, unit and unit.pk)]
    return arrange(saker, positions_of(meeting))


def positions_of(meeting: Meeting) -> dict[str, str]:
    """first, middle or last for each standing item of the meeting's kind."""
    return {item.id: item.position for item in programme_of(meeting.pulje).agenda_for(meeting.kind)}


@transaction.atomic
def sync_standing_saker(*, meeting: Meeting, now: datetime) -> None:
    """Give the coming meetings of the same kind and place the standing saker they should have.

    A new last meeting of the semester takes over what only the last one has (domain 3.13).
    """
    for each in _siblings(meeting).filter(end__gte=now):
        place_standing_saker(each)
    if is_over(meeting.end, now):
        place_standing_saker(meeting)


def place_standing_saker(meeting: Meeting) -> None:
    """Add the standing saker that are missing, take away those that no longer apply."""
    programme = programme_of(meeting.pulje)
    closes = _closes_semester(meeting)
    last_semester = meeting.semester.number == programme.semester_count
    wanted = standing_items(
        programme.agenda_for(meeting.kind),
        closes_semester=closes,
        closes_programme=closes and last_semester,
    )
    had = set(meeting.saker.exclude(standing="").values_list("standing", flat=True))
    gone = had - {item.id for item in wanted}
    if gone:
        meeting.saker.filter(standing__in=gone).delete()
    nynorsk = language_of(meeting) == "nn"
    position = meeting.saker.aggregate(last=Max("position"))["last"] or 0
    Sak.objects.bulk_create(
        Sak(
            meeting=meeting,
            position=position + number,
            title=item.text.nn if nynorsk else item.text.bm,
            type=item.type,
            responsible=item.responsible,
            minutes=item.minutes,
            standing=item.id,
        )
        for number, item in enumerate((i for i in wanted if i.id not in had), start=1)
    )


def _siblings(meeting: Meeting):
    """Meetings of the same kind in the semester for the same owner and units, not cancelled."""
    same = Meeting.objects.taking_place().filter(
        semester=meeting.semester_id, kind=meeting.kind, deltakelse=meeting.deltakelse_id
    )
    units = meeting.units.values_list("pk", flat=True)
    same = same.filter(units__in=units) if units else same.filter(units=None)
    return same.select_related("semester", "pulje", "deltakelse__owner__kommune").distinct()


def _closes_semester(meeting: Meeting) -> bool:
    siblings = _siblings(meeting)
    demanded = Activity.objects.filter(semester=meeting.semester_id, kind=meeting.kind)
    return is_last_of_semester(
        siblings.count(),
        demanded.aggregate(sum=Sum("minimum"))["sum"] or 0,
        siblings.filter(start__gt=meeting.start).exclude(pk=meeting.pk).count(),
    )


def refuse_agenda_change(meeting: Meeting, now: datetime) -> None:
    """Raise when the saksliste is no longer open: pulje closed, meeting cancelled or over."""
    refuse_closed(meeting.pulje)
    if meeting.is_cancelled:
        raise NotPossible(_("Møtet er avlyst. Sakslista kan ikke endres."))
    if is_over(meeting.end, now):
        raise NotPossible(_("Møtet er over. Sakslista kan ikke endres."))


@transaction.atomic
def replace_saksliste(
    *,
    meeting: Meeting,
    unit: DeltakendeUnit | None,
    items: Sequence[SakInput],
    by: User,
    now: datetime,
    seen: str = "",
) -> list[Sak]:
    """Make the saksliste what `items` say, in that order, and return it.

    `unit` tells whose list it is in a joint meeting; its saker stand beside everybody's. Standing
    saker cannot be removed or renamed, and the first and last ones keep their places. `seen` is
    the `fingerprint` of the list as the writer saw it: when it has changed since, `StaleEdit` is
    raised with the list as it is. Raises `NotPossible` when the meeting is cancelled or over.
    """
    locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    refuse_agenda_change(locked, now)
    own = unit if unit is not None and locked.units.count() > 1 else None
    current = list_of(locked, own)
    if seen and seen != fingerprint(current):
        raise StaleEdit(current)
    stored = {sak.pk: sak for sak in current}
    kept = [_applied(item, stored, locked, own) for item in items if item.title.strip()]
    kept += [sak for sak in current if sak.standing and sak not in kept]
    gone = stored.keys() - {sak.pk for sak in kept}
    locked.saker.filter(pk__in=gone, standing="").delete()
    ordered = arrange(kept, positions_of(locked))
    for position, sak in enumerate(ordered, start=1):
        sak.position = position
        sak.save()
    record_event(
        by=by, verb="change_saksliste", subject=subject_of(meeting), now=now, saker=len(ordered)
    )
    return ordered


def _applied(
    item: SakInput, stored: dict[int, Sak], meeting: Meeting, unit: DeltakendeUnit | None
) -> Sak:
    """The row an item becomes: the stored one with the new values, or a new one of the unit's."""
    sak = stored.get(item.pk or 0)
    if sak is None:
        sak = Sak(meeting=meeting, unit=unit)
    if not sak.standing:
        sak.title, sak.type = item.title.strip(), item.type
    sak.responsible, sak.minutes = item.responsible, item.minutes
    return sak


@transaction.atomic
def add_sak(
    *,
    meeting: Meeting,
    item: SakInput,
    by: User,
    now: datetime,
    unit: DeltakendeUnit | None = None,
) -> Sak:
    """Put one sak before the fixed last ones and return it; other saker are not touched.

    Raises `NotPossible` when the meeting is cancelled or over, `PuljeClosed` in a closed pulje.
    """
    refuse_agenda_change(meeting, now)
    own = unit if unit is not None and meeting.units.count() > 1 else None
    last = meeting.saker.aggregate(last=Max("position"))["last"] or 0
    sak = _applied(item, {}, meeting, own)
    sak.position = last + 1
    sak.save()
    record_event(by=by, verb="add_sak", subject=subject_of(meeting), now=now)
    return sak


@transaction.atomic
def send_saksliste(*, meeting: Meeting, by: User, now: datetime) -> Meeting:
    """Send the saksliste to everybody invited; it may be sent again after a change.

    For kinds of meetings whose programme asks for a saksliste on its own. Raises as `add_sak`.
    """
    refuse_agenda_change(meeting, now)
    meeting.agenda_sent_at = now
    meeting.save(update_fields=["agenda_sent_at"])
    occasion = f"agenda-{now:%Y%m%d%H%M%S}"
    told = tell_participants(
        meeting=meeting,
        kind=AGENDA,
        occasion=occasion,
        text=agenda_text(meeting),
        by=by,
        now=now,
    )
    record_event(
        by=by, verb="send_saksliste", subject=subject_of(meeting), now=now, recipients=told
    )
    sync_meeting_obligations(meeting=meeting, now=now)
    return meeting


def as_inputs(saker: Iterable[Sak]) -> list[SakInput]:
    """The saker as a form gives them back."""
    return [
        SakInput(
            title=sak.title,
            type=sak.type,
            responsible=sak.responsible,
            minutes=sak.minutes,
            pk=sak.pk,
            standing=sak.standing,
        )
        for sak in saker
    ]
