"""Writing and sending a veiledningsgrunnlag (domain 3.10)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.actions.events import record_event
from actors.models import User
from actors.rules.roles import RoleKind
from cohorts.actions.paper import sent_already, version_columns
from cohorts.models import DeltakendeUnit, PaperKind
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady, StaleEdit, refuse_closed
from cohorts.rules.paper import Data, fields_with_national_ids, receipt_stem
from meetings.actions.follow_up import settle_points
from meetings.actions.obligation import sync_meeting_obligations
from meetings.actions.own_work import settle_mellomarbeid
from meetings.actions.paper_content import grunnlag_content
from meetings.actions.paper_notices import GRUNNLAG_SENT, tell_offices
from meetings.actions.saksliste import list_of, replace_saksliste
from meetings.models import (
    FollowUp,
    GrunnlagAttachment,
    Meeting,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from meetings.queries.grunnlag_before import carried_over_to
from meetings.queries.language import language_of
from meetings.queries.template import extra_of, form_in_force
from meetings.rules.grunnlag import (
    FIELDS,
    FOLLOW_UP,
    MELLOMARBEID,
    ids_in,
    merged_saker,
    missing_in,
    points_done,
    shown,
)
from meetings.rules.meeting import is_over
from meetings.rules.saksliste import SakInput


@transaction.atomic
def start_grunnlag(
    *, meeting: Meeting, unit: DeltakendeUnit, by: User, now: datetime
) -> Veiledningsgrunnlag:
    """The unit's grunnlag for the meeting: the one that is there, or a new empty draft.

    Raises `PuljeClosed` or `NotPossible` (the meeting is cancelled) instead of making a draft.
    """
    found = Veiledningsgrunnlag.objects.filter(meeting=meeting, unit=unit).first()
    if found is not None:
        return found
    refuse_read_only(meeting)
    form = form_in_force(PaperKind.GRUNNLAG, meeting)
    values = {"created_at": now, "updated_at": now, "updated_by": by, "template": form}
    # Two who begin at the same time get the same draft.
    grunnlag, is_new = Veiledningsgrunnlag.objects.get_or_create(
        meeting=meeting, unit=unit, defaults=values
    )
    if is_new:
        record_event(by=by, verb="start_grunnlag", subject=f"grunnlag:{grunnlag.pk}", now=now)
    return grunnlag


@transaction.atomic
def submit_grunnlag(
    *,
    grunnlag: Veiledningsgrunnlag,
    edit_version: int,
    data: Data,
    confirmed: bool,
    by: User,
    now: datetime,
) -> VeiledningsgrunnlagVersion:
    """Send the grunnlag and its saksliste: a numbered version that is never changed.

    Sending the same content again, as a double click does, gives the version that is there.
    `confirmed` says that nobody can be recognised. The files of the draft go with it. Raises
    `NationalIdFound`, `NotReady`, `StaleEdit`, `PuljeClosed` or `NotPossible` (also while a field
    has two texts); then nothing is sent.
    """
    current = locked_grunnlag(grunnlag)
    _refuse_unready(current, data, confirmed=confirmed)
    language, files = language_of(current.meeting, current.unit), list(current.attachments.kept())
    content = _content(current, data, language, files)
    same = sent_already(current.versions, content)
    if same is not None and same.withdrawn_at is None:
        return same
    if current.edit_version != edit_version:
        raise StaleEdit(current)
    stem = receipt_stem("VG", current.meeting.pulje.number, current.pk)
    version = current.versions.create(
        **version_columns(
            current.versions, stem=stem, content=content, language=language, by=by, now=now
        )
    )
    version.attachments.set(files)
    current.status, current.sent_at = "sent", now
    write_draft(current, data, by, now)
    _publish(current, version, by, now)
    return version


def _refuse_unready(grunnlag: Veiledningsgrunnlag, data: Data, *, confirmed: bool) -> None:
    """Raise what `submit_grunnlag` raises when the grunnlag cannot be sent as it is."""
    meeting, unit = grunnlag.meeting, grunnlag.unit
    refuse_read_only(meeting)
    if found := fields_with_national_ids(data):
        raise NationalIdFound(found)
    if grunnlag.conflicts.filter(resolved_at=None).exists():
        raise NotPossible(_("Velg hvilken tekst som skal stå, før dere sender."))
    if missing := missing_in(data, carried_over_to(meeting, unit), confirmed=confirmed):
        raise NotReady(missing)


def _content(
    grunnlag: Veiledningsgrunnlag, data: Data, language: str, files: list[GrunnlagAttachment]
) -> Data:
    """The content of a version with `data`, in the language of the paper."""
    meeting, unit = grunnlag.meeting, grunnlag.unit
    with override(language):
        extra = extra_of(grunnlag, data, language)
        return grunnlag_content(meeting, unit, data, language, files, extra)


def data_of(grunnlag: Veiledningsgrunnlag) -> Data:
    """What is saved in the draft, as data of a form; the saksliste with what others added."""
    data = {key: getattr(grunnlag, key) for key in FIELDS}
    data["saker"] = merged_saker(grunnlag.saker, live_saker(grunnlag.meeting, grunnlag.unit))
    return data


def live_saker(meeting: Meeting, unit: DeltakendeUnit) -> list[dict[str, Any]]:
    """The rows of the meeting's saksliste that concern the unit."""
    own = Meeting.objects.prefetch_related("saker").get(pk=meeting.pk)
    return [
        {
            "sak": sak.pk,
            "title": sak.title,
            "type": sak.type,
            "minutes": sak.minutes,
            "responsible": sak.responsible,
            "standing": sak.standing,
            "removed": False,
        }
        for sak in list_of(own, unit)
    ]


def locked_grunnlag(grunnlag: Veiledningsgrunnlag) -> Veiledningsgrunnlag:
    """The row as it is now, held until the transaction ends."""
    rows = Veiledningsgrunnlag.objects.select_for_update(of=("self",))
    return rows.select_related(
        "meeting__pulje", "meeting__activity", "meeting__semester", "unit__unit", "updated_by"
    ).get(pk=grunnlag.pk)


def refuse_read_only(meeting: Meeting) -> None:
    """Raise `PuljeClosed` or `NotPossible` when nothing may be written for this meeting."""
    refuse_closed(meeting.pulje)
    if meeting.is_cancelled:
        raise NotPossible(_("Møtet er avlyst. Grunnlaget kan leses, men ikke endres."))


def write_draft(grunnlag: Veiledningsgrunnlag, data: Data, by: User, now: datetime) -> None:
    for key, value in data.items():
        setattr(grunnlag, key, value)
    grunnlag.edit_version += 1
    grunnlag.updated_at, grunnlag.updated_by = now, by
    grunnlag.save()


def _publish(
    grunnlag: Veiledningsgrunnlag, version: VeiledningsgrunnlagVersion, by: User, now: datetime
) -> None:
    """What follows from sending: saksliste, follow-up points, duties, notices, the record."""
    meeting, unit = grunnlag.meeting, grunnlag.unit
    _publish_saker(grunnlag, by, now)
    settle_carried(grunnlag, grunnlag.since_last, by, now)
    sync_meeting_obligations(meeting=meeting, now=now)
    tell_offices(
        offices=[RoleKind.VEILEDER],
        meeting=meeting,
        unit=unit,
        kind="grunnlag_sent",
        subject=f"grunnlag:{grunnlag.pk}",
        occasion=f"version-{version.number}",
        text=GRUNNLAG_SENT,
        page="grunnlag_detail",
        by=by,
        now=now,
    )
    record_event(
        by=by,
        verb="submit_grunnlag",
        subject=f"grunnlag:{grunnlag.pk}",
        now=now,
        version=version.number,
        receipt=version.receipt,
    )


def settle_carried(
    grunnlag: Veiledningsgrunnlag, rows: list[dict[str, Any]], by: User, now: datetime
) -> None:
    """Close what the rows of `since_last` report as done, and open what they do not."""
    asked = FollowUp.objects.filter(pk__in=ids_in(rows, FOLLOW_UP), referat__unit=grunnlag.unit)
    points = asked.without_task()
    settle_points(points=points, done=points_done(rows), by=by, now=now)
    tasks = [row for row in rows if MELLOMARBEID in row]
    if tasks:
        settle_mellomarbeid(rows=tasks, unit=grunnlag.unit, by=by, now=now)


def _publish_saker(grunnlag: Veiledningsgrunnlag, by: User, now: datetime) -> None:
    """Make the meeting's saksliste what was sent; once the meeting is over it stays as it was."""
    meeting, unit = grunnlag.meeting, grunnlag.unit
    if is_over(meeting.end, now):
        return
    items = [
        SakInput(
            title=row["title"],
            type=row["type"],
            responsible=row["responsible"],
            minutes=row["minutes"],
            pk=row["sak"],
            standing=row["standing"],
        )
        for row in shown(merged_saker(grunnlag.saker, live_saker(meeting, unit)))
    ]
    before = {row["sak"] for row in live_saker(meeting, unit)}
    own = {row["sak"] for row in grunnlag.saker if row.get("own")}
    replace_saksliste(meeting=meeting, unit=unit, items=items, by=by, now=now)
    rows = live_saker(meeting, unit)
    grunnlag.saker = [
        {**row, "own": not row["standing"] and (row["sak"] in own or row["sak"] not in before)}
        for row in rows
    ]
    grunnlag.save(update_fields=["saker"])
