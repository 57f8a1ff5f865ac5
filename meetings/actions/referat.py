"""Writing and sending a referat (domain 3.12)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.access import Artefact, Right, rights_of
from actors.actions.events import record_event
from actors.models import User
from actors.rules.roles import RoleKind
from cohorts.actions.paper import sent_already, version_columns
from cohorts.models import DeltakendeUnit, PaperKind
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady, StaleEdit, refuse_closed
from cohorts.rules.paper import Data, differing, fields_with_national_ids, receipt_stem, without
from meetings.actions.attendance import Entry, record_attendance
from meetings.actions.follow_up import settle_points
from meetings.actions.follow_up_task import add_tasks
from meetings.actions.obligation import (
    review_due_day,
    sync_meeting_obligations,
    sync_referat_obligations,
)
from meetings.actions.paper_content import referat_content
from meetings.actions.paper_notices import REFERAT_SENT, tell_offices
from meetings.actions.referat_parts import (
    carried_answers,
    data_of,
    expected_entries,
    first_saker,
    points_before,
    publish_points,
    write_saker,
)
from meetings.models import Meeting, Merknad, Referat, ReferatVersion
from meetings.queries.demand import paper_demand
from meetings.queries.language import language_of
from meetings.queries.template import extra_of, form_in_force
from meetings.rules.referat import (
    MERKNAD,
    SENT,
    is_as_sent,
    may_change,
    missing_in,
)


@transaction.atomic
def start_referat(
    *, meeting: Meeting, unit: DeltakendeUnit | None, by: User, now: datetime
) -> Referat:
    """The referat of the meeting: the one that is there, or a draft made from the saksliste.

    Raises `PuljeClosed`, or `NotPossible` when the meeting is cancelled or has not begun.
    """
    found = Referat.objects.filter(meeting=meeting, unit=unit).first()
    if found is not None:
        return found
    refuse_too_early(meeting, now)
    values = {**_first_values(meeting, unit, by), "created_at": now, "updated_at": now}
    # Two who begin at the same time get the same draft.
    referat, is_new = Referat.objects.get_or_create(meeting=meeting, unit=unit, defaults=values)
    if is_new:
        write_saker(referat, first_saker(meeting, unit))
        record_event(by=by, verb="start_referat", subject=f"referat:{referat.pk}", now=now)
    return referat


@transaction.atomic
def save_referat(
    *, referat: Referat, edit_version: int, data: Data, by: User, now: datetime
) -> list[str]:
    """Save what is in `data` (keys of `rules.referat.FIELDS`) in the draft.

    Fields that hold a national id number are left as they were and named in the answer. Raises
    `StaleEdit`, `PuljeClosed`, or `NotPossible` when the referat is approved, locked or the
    meeting cancelled.
    """
    current = locked_row(referat)
    refuse_read_only(current.meeting)
    refuse_locked(current)
    refused = fields_with_national_ids(data)
    kept = without(data, refused)
    if current.edit_version != edit_version:
        if differing(kept, data_of(current)):
            raise StaleEdit(current)
        return refused
    _write(current, kept, by, now)
    record_event(
        by=by,
        verb="save_referat",
        subject=f"referat:{current.pk}",
        now=now,
        edit_version=current.edit_version,
        refused=refused,
    )
    return refused


@transaction.atomic
def submit_referat(
    *, referat: Referat, edit_version: int, data: Data, by: User, now: datetime
) -> ReferatVersion:
    """Send the referat: a numbered version that is never changed, and a time for merknader.

    Sending the same content again gives the version that is there. Raises `NationalIdFound`,
    `NotReady`, `StaleEdit`, `PuljeClosed` or `NotPossible`; then nothing is sent.
    """
    current = locked_row(referat)
    meeting, unit = current.meeting, current.unit
    refuse_read_only(meeting)
    refuse_locked(current)
    if found := fields_with_national_ids(data):
        raise NationalIdFound(found)
    if missing := missing_in(data, with_mellomarbeid=has_mellomarbeid(meeting, unit)):
        raise NotReady(missing)
    language = language_of(meeting, unit)
    content = _content(current, data, language)
    if (same := sent_already(current.versions, content)) is not None:
        return same
    if current.edit_version != edit_version:
        raise StaleEdit(current)
    stem = receipt_stem("RF", meeting.pulje.number, current.pk)
    version = current.versions.create(
        **version_columns(
            current.versions, stem=stem, content=content, language=language, by=by, now=now
        )
    )
    waiting = current.merknader.filter(status=Merknad.Status.OPEN).exists()
    current.status, current.sent_at = MERKNAD if waiting else SENT, now
    current.merknad_due = review_due_day(current, timezone.localtime(now).date())
    _write(current, data, by, now)
    _publish(current, version, by, now)
    return version


def has_unsent_changes(referat: Referat) -> bool:
    """Whether the working copy says something else than the last version that was sent."""
    latest = referat.versions.first()
    if latest is None:
        return True
    with override(latest.language):
        data = data_of(referat)
    return not is_as_sent(_content(referat, data, latest.language), latest.content)


def _content(referat: Referat, data: Data, language: str) -> Data:
    """The content of a version with `data`, in the language of the paper."""
    with override(language):
        extra = extra_of(referat, data, language)
        return referat_content(referat.meeting, referat.unit, data, language, extra)


def locked_row(referat: Referat) -> Referat:
    """The row as it is now, held until the transaction ends."""
    rows = Referat.objects.select_for_update(of=("self",))
    return rows.select_related(
        "meeting__pulje", "meeting__activity", "meeting__semester", "unit__unit", "updated_by"
    ).get(pk=referat.pk)


def new_referat(meeting: Meeting, unit: DeltakendeUnit | None, by: User) -> Referat:
    """An unsaved referat, filled with what is known of the meeting."""
    return Referat(meeting=meeting, unit=unit, **_first_values(meeting, unit, by))


def _first_values(meeting: Meeting, unit: DeltakendeUnit | None, by: User) -> dict[str, Any]:
    """What a new referat begins with, by field."""
    return {
        "updated_by": by,
        "held_from": meeting.start,
        "held_to": meeting.end,
        "place": meeting.place,
        "referent": by.name,
        "carried": carried_answers(meeting, unit),
        "template": form_in_force(PaperKind.REFERAT, meeting),
    }


def has_mellomarbeid(meeting: Meeting, unit: DeltakendeUnit | None) -> bool:
    """Whether the referat must say what is done until next time: a unit's, and no short note."""
    demand = paper_demand(meeting, "after")
    return unit is not None and not (demand is not None and demand.is_note)


def refuse_too_early(meeting: Meeting, now: datetime) -> None:
    """Raise as `refuse_read_only`, and `NotPossible` when the meeting has not begun."""
    refuse_read_only(meeting)
    if now < meeting.start:
        raise NotPossible(_("Møtet har ikke begynt. Skriv referatet etterpå."))


def refuse_read_only(meeting: Meeting) -> None:
    """Raise `PuljeClosed` or `NotPossible` when nothing may be written for this meeting."""
    refuse_closed(meeting.pulje)
    if meeting.is_cancelled:
        raise NotPossible(_("Møtet er avlyst. Da trengs det ikke noe referat."))


def refuse_locked(referat: Referat) -> None:
    """Raise `NotPossible` when the referat is approved or locked."""
    if not may_change(referat.status):
        raise NotPossible(_("Referatet er godkjent eller låst. Det kan leses, men ikke endres."))


def refuse_no_such_sak(version: ReferatVersion, sak: int | None) -> None:
    """Raise `NotPossible` when the version has no sak at that position; None is the whole."""
    if sak is not None and not 1 <= sak <= len(version.content["saker"]):
        raise NotPossible(_("Referatet har ingen slik sak."))


def _write(referat: Referat, data: Data, by: User, now: datetime) -> None:
    """Store the fields, the saker and who came; the rest of the data are columns."""
    for key, value in without(data, ["attendance", "saker"]).items():
        setattr(referat, key, value)
    referat.edit_version += 1
    referat.updated_at, referat.updated_by = now, by
    referat.save()
    if "saker" in data:
        write_saker(referat, data["saker"])
    if "attendance" in data:
        guests = data.get("guests", referat.guests).split(",")
        entries = expected_entries(referat.meeting, data["attendance"])
        record_attendance(
            meeting=referat.meeting,
            entries=[Entry(*entry) for entry in entries],
            guests=guests,
            by=by,
            now=now,
        )


def _publish(referat: Referat, version: ReferatVersion, by: User, now: datetime) -> None:
    """What follows from sending: follow-up points, duties, notices, the record."""
    publish_points(referat)
    _settle_carried(referat, by, now)
    add_tasks(referat=referat, by=by, now=now)
    sync_meeting_obligations(meeting=referat.meeting, now=now)
    sync_referat_obligations(referat=referat, now=now)
    tell_offices(
        offices=readers_of(referat),
        meeting=referat.meeting,
        unit=referat.unit,
        kind="referat_sent",
        subject=f"referat:{referat.pk}",
        occasion=f"version-{version.number}",
        text=REFERAT_SENT,
        page="referat_detail",
        by=by,
        now=now,
    )
    record_event(
        by=by,
        verb="submit_referat",
        subject=f"referat:{referat.pk}",
        now=now,
        version=version.number,
        receipt=version.receipt,
    )


def _settle_carried(referat: Referat, by: User, now: datetime) -> None:
    """Close the points from before that are done, and open those that are not."""
    outcomes = {row["follow_up"]: row["outcome"] for row in referat.carried if row["outcome"]}
    points = [point for point in points_before(referat) if point.pk in outcomes]
    done = [pk for pk, outcome in outcomes.items() if outcome == "done"]
    settle_points(points=points, done=done, by=by, now=now)


def readers_of(referat: Referat) -> list[str]:
    """The offices that get the referat: who reads it by the matrix and was at the meeting."""
    artefact = Artefact.REFERAT if referat.unit_id else Artefact.STYRINGSGRUPPE
    invited = (
        RoleKind.LEDER,
        RoleKind.ARBEIDSGRUPPE,
        RoleKind.VEILEDER,
        RoleKind.PPT,
        RoleKind.EIER,
    )
    return [kind for kind in invited if Right.VIEW in rights_of(kind, artefact)]
