"""The parts of a referat that are rows of their own: saker, follow-up points, who came."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from cohorts.models import Tiltak
from cohorts.rules.paper import Data
from meetings.actions.saksliste import list_of
from meetings.models import (
    Attendance,
    FollowUp,
    FollowUpStatus,
    Meeting,
    Presence,
    Referat,
    ReferatSak,
    Response,
    Veiledningsgrunnlag,
)
from meetings.queries.demand import paper_demand
from meetings.queries.language import language_of


def first_saker(meeting: Meeting, unit) -> list[dict[str, Any]]:
    """The saker of the meeting's saksliste with nothing written yet; a short note has one text."""
    demand = paper_demand(meeting, "after")
    if demand is not None and demand.is_note:
        with override(language_of(meeting)):
            return [{"title": _("Notat"), "summary": ""}]
    return [{"title": sak.title, "summary": ""} for sak in list_of(meeting, unit)]


def sak_types(meeting: Meeting, unit) -> dict[str, str]:
    """What kind each sak of the meeting's saksliste is (the keys of `Sak.type`), by its title."""
    return {sak.title: sak.type for sak in list_of(meeting, unit)}


def write_saker(referat: Referat, rows: list[dict[str, Any]]) -> None:
    """Make the saker of the referat what `rows` (title, summary) say, in that order."""
    referat.saker.all().delete()
    ReferatSak.objects.bulk_create(
        ReferatSak(referat=referat, position=number, title=row["title"], summary=row["summary"])
        for number, row in enumerate(rows, start=1)
    )


def data_of(referat: Referat) -> Data:
    """What is saved in the draft, as data of a form; of an unsaved one what it begins with."""
    if referat.pk is None:
        saker = first_saker(referat.meeting, referat.unit)
    else:
        saker = [{"title": sak.title, "summary": sak.summary} for sak in referat.saker.all()]
    return {
        "attendance": present_ids(referat.meeting, referat),
        "guests": referat.guests,
        "held_from": referat.held_from,
        "held_to": referat.held_to,
        "place": referat.place,
        "referent": referat.referent,
        "carried": referat.carried,
        "saker": saker,
        "agreed": referat.agreed,
        "mellomarbeid": referat.mellomarbeid,
        "next_theme": referat.next_theme,
        "next_date": referat.next_date,
        "extra": referat.extra,
    }


def invited_to(meeting: Meeting, unit, *, with_places: bool = True) -> list[Attendance]:
    """Everybody invited, in order; of a joint meeting those of the unit and those of no unit.

    `with_places` fetches the person and the unit of each in the same query.
    """
    everybody = (
        meeting.attendances.in_order() if with_places else meeting.attendances.order_by("pk")
    )
    rows = everybody.exclude(user=None, actor="gjest")
    return [row for row in rows if unit is None or row.unit_id in (None, unit.pk)]


def present_ids(meeting: Meeting, referat: Referat) -> list[int]:
    """Who is ticked: those registered as present; else who said yes, and who writes the referat."""
    rows = invited_to(meeting, referat.unit)
    known = any(row.presence != Presence.UNKNOWN for row in rows)
    if known:
        return [row.pk for row in rows if row.presence == Presence.PRESENT]
    writer = referat.updated_by_id
    return [row.pk for row in rows if row.response == Response.YES or row.user_id == writer]


def expected_entries(meeting: Meeting, present: list[int]) -> list[tuple[Attendance, str, str]]:
    """What a list of ticks says of everybody: present, or excused when they had said no.

    Who was registered as excused before stays so; how somebody came is kept, else it is how the
    meeting was held.
    """
    entries: list[tuple[Attendance, str, str]] = []
    for row in meeting.attendances.exclude(user=None, actor="gjest"):
        if row.pk in present:
            entries.append((row, Presence.PRESENT, row.mode or meeting.form))
        elif row.presence == Presence.EXCUSED or row.response == Response.NO:
            entries.append((row, Presence.EXCUSED, ""))
        else:
            entries.append((row, Presence.ABSENT, ""))
    return entries


def carried_answers(meeting: Meeting, unit) -> list[dict[str, Any]]:
    """How the points from before went, as the unit's sent grunnlag to the meeting says."""
    papers = Veiledningsgrunnlag.objects.filter(meeting=meeting, unit=unit).sent()
    rows = papers.values_list("since_last", flat=True).first() if unit is not None else None
    names = ("follow_up", "outcome", "comment")
    return [
        {name: row.get(name, "") for name in names} for row in rows or [] if row.get("follow_up")
    ]


def points_before(referat: Referat) -> list[FollowUp]:
    """The points that are still open, and those the referat has answered; the earliest due first.

    Of a unit those of its referater, else those of the owner's meetings of the same kind.
    """
    meeting, unit = referat.meeting, referat.unit
    open_points = FollowUp.objects.carried_to(meeting, unit)
    answered = (
        FollowUp.objects.without_task()
        .filter(
            pk__in=[row["follow_up"] for row in referat.carried],
            referat__unit=unit,
            referat__meeting__deltakelse=meeting.deltakelse_id,
        )
        .select_related("referat__meeting")
    )
    found = {point.pk: point for point in [*open_points, *answered]}
    return sorted(found.values(), key=lambda point: (point.due, point.pk))


def publish_points(referat: Referat) -> None:
    """Make the follow-up points what was sent. A point that is gone is dropped, never deleted."""
    stored = {point.pk: point for point in referat.follow_ups.exclude(status="dropped")}
    by_text = {point.text: point.pk for point in stored.values()}
    agreed = []
    for position, row in enumerate(referat.agreed, start=1):
        pk = row["id"] if row["id"] in stored else by_text.get(row["text"])
        point = stored.pop(pk, None) or FollowUp(referat=referat)
        point.position, point.text, point.responsible = position, row["text"], row["responsible"]
        point.due = date.fromisoformat(row["due"])
        point.tiltak = _tiltak(referat, row.get("tiltak"))
        point.save()
        agreed.append({**row, "id": point.pk})
    for point in stored.values():
        point.status = FollowUpStatus.DROPPED
        point.save(update_fields=["status"])
    referat.agreed = agreed
    referat.save(update_fields=["agreed"])


def _tiltak(referat: Referat, pk: int | None) -> Tiltak | None:
    """The tiltak of the unit's own plan; None when it is not there."""
    if pk is None or referat.unit_id is None:
        return None
    return Tiltak.objects.filter(pk=pk, maal__plan__unit=referat.unit_id).first()
