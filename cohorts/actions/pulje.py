"""Opening, closing and reopening a pulje."""

from datetime import datetime
from typing import Any

from django.db import transaction

from actors.actions.events import record_event
from actors.models import User
from cohorts.models import (
    Activity,
    DeadlineRule,
    Form,
    ProgrammeEdition,
    Pulje,
    PuljeDate,
    PuljeEvent,
    PuljeStatus,
    Semester,
    Tema,
)
from cohorts.programme.definition import (
    ActivityDef,
    DeadlineDef,
    Programme,
    PuljeCalendar,
    SemesterDates,
)
from cohorts.rules.deadlines import steps_from
from cohorts.rules.errors import PuljeExists
from cohorts.rules.opening import activity_options, theme_content
from lmp.lib.hashing import content_hash


@transaction.atomic
def open_pulje(
    *,
    programme: Programme,
    calendar: PuljeCalendar,
    by: User | None,
    now: datetime,
    status: str = PuljeStatus.RUNNING,
) -> Pulje:
    """Copy a programme and a calendar into rows that are the pulje's own, and return the pulje.

    The calendar has been checked against the programme by its loader. `by` is None when it is
    opened from the command line. Raises `PuljeExists` when the number is taken.
    """
    if Pulje.objects.filter(number=calendar.number).exists():
        raise PuljeExists(calendar.number)
    pulje = Pulje.objects.create(
        number=calendar.number,
        name_bm=calendar.name.bm,
        name_nn=calendar.name.nn,
        edition=_store_edition(programme, now),
        status=status,
        opened_at=now,
        demands_changed_at=now,
    )
    semesters = _copy_semesters(pulje, programme, calendar)
    _copy_activities(semesters, programme)
    DeadlineRule.objects.bulk_create(_deadline(pulje, each) for each in programme.deadlines)
    _copy_calendar(pulje, semesters, calendar)
    record_event(
        by=by,
        verb="open-pulje",
        subject=f"pulje:{pulje.pk}",
        now=now,
        number=pulje.number,
        edition=pulje.edition_id,
    )
    return pulje


@transaction.atomic
def close_pulje(*, pulje: Pulje, by: User, now: datetime) -> Pulje:
    """End a pulje: from now on it is read-only for everybody. Closing it twice changes nothing."""
    if pulje.is_closed:
        return pulje
    pulje.status, pulje.closed_at = PuljeStatus.CLOSED, now
    pulje.save(update_fields=["status", "closed_at"])
    record_event(by=by, verb="close-pulje", subject=f"pulje:{pulje.pk}", now=now)
    return pulje


@transaction.atomic
def reopen_pulje(*, pulje: Pulje, by: User, now: datetime) -> Pulje:
    """Let a closed pulje run again; what was recorded about the closing stays in the events."""
    if not pulje.is_closed:
        return pulje
    pulje.status, pulje.closed_at, pulje.demands_changed_at = PuljeStatus.RUNNING, None, now
    pulje.save(update_fields=["status", "closed_at", "demands_changed_at"])
    record_event(by=by, verb="reopen-pulje", subject=f"pulje:{pulje.pk}", now=now)
    return pulje


def _store_edition(programme: Programme, now: datetime) -> ProgrammeEdition:
    """The edition with this content; puljer that were opened from the same content share it."""
    edition, _created = ProgrammeEdition.objects.get_or_create(
        sha256=content_hash(programme.raw),
        defaults={
            "programme_id": programme.id,
            "version": programme.version,
            "content": programme.raw,
            "created_at": now,
        },
    )
    return edition


def _copy_semesters(
    pulje: Pulje, programme: Programme, calendar: PuljeCalendar
) -> dict[int, Semester]:
    """Make the semesters and what each is about; return them by number."""
    Semester.objects.bulk_create(_semester(pulje, dates) for dates in calendar.semesters)
    semesters = {semester.number: semester for semester in pulje.semesters.all()}
    raw = {each["number"]: each for each in programme.raw.get("semester", [])}
    Tema.objects.bulk_create(
        _tema(semester, programme, raw.get(number, {})) for number, semester in semesters.items()
    )
    return semesters


def _semester(pulje: Pulje, dates: SemesterDates) -> Semester:
    return Semester(
        pulje=pulje,
        number=dates.number,
        term=dates.term,
        year=dates.year,
        start=dates.start,
        end=dates.end,
        term_end=dates.term_end,
    )


def _tema(semester: Semester, programme: Programme, raw: dict[str, Any]) -> Tema:
    """What a semester is about; number 0 is the start-up, which has a title and a description."""
    if semester.number == 0:
        title = short = programme.startup.title
        description = programme.startup.description
    else:
        theme = programme.semester(semester.number)
        title, short, description = theme.title, theme.short, theme.description
    return Tema(
        semester=semester,
        title_bm=title.bm,
        title_nn=title.nn,
        short_bm=short.bm,
        short_nn=short.nn,
        description_bm=description.bm,
        description_nn=description.nn,
        content=theme_content(raw),
    )


def _copy_activities(semesters: dict[int, Semester], programme: Programme) -> None:
    """One row for each semester of each activity, in the order of the file."""
    raw = {each["id"]: each for each in programme.raw["activity"]}
    Activity.objects.bulk_create(
        _activity(semesters[number], programme, definition, position, raw[definition.id])
        for position, definition in enumerate(programme.activities)
        for number in definition.semesters
    )


def _activity(
    semester: Semester,
    programme: Programme,
    definition: ActivityDef,
    position: int,
    raw: dict[str, Any],
) -> Activity:
    kind = programme.kind(definition.kind)
    return Activity(
        semester=semester,
        key=definition.id,
        kind=kind.id,
        record=kind.record,
        paper=kind.paper or "",
        scope=definition.scope,
        cadence=definition.cadence,
        minimum=definition.min,
        maximum=definition.max,
        form=definition.form or Form.ANY,
        responsible=definition.responsible,
        applies_to=definition.applies_to or "",
        position=position,
        title_bm=definition.title.bm,
        title_nn=definition.title.nn,
        options=activity_options(raw),
    )


def _deadline(pulje: Pulje, definition: DeadlineDef) -> DeadlineRule:
    return DeadlineRule(
        pulje=pulje,
        key=definition.id,
        activities=list(definition.activities),
        anchor=definition.anchor,
        met_by=definition.met_by,
        offset=definition.offset,
        opens=definition.opens,
        unit=definition.unit,
        shift=definition.shift,
        steps=steps_from(
            definition.remind, [(each.after, each.to) for each in definition.escalations]
        ),
        owed_by=definition.owed_by,
        semester_number=definition.semester,
        pulje_date=definition.pulje_date or "",
        on_expiry=definition.on_expiry or "",
        successor=definition.successor,
        title_bm=definition.title.bm,
        title_nn=definition.title.nn,
        subject_bm=definition.subject.bm,
        subject_nn=definition.subject.nn,
        text_bm=definition.text.bm,
        text_nn=definition.text.nn,
    )


def _copy_calendar(pulje: Pulje, semesters: dict[int, Semester], calendar: PuljeCalendar) -> None:
    PuljeEvent.objects.bulk_create(
        PuljeEvent(
            pulje=pulje,
            key=event.id,
            activity_key=event.activity,
            semester=semesters[event.semester],
            start=event.start,
            end=event.end,
            form=event.form,
            title_bm=event.title.bm,
            title_nn=event.title.nn,
        )
        for event in calendar.events
    )
    PuljeDate.objects.bulk_create(
        PuljeDate(pulje=pulje, key=each.id, date=each.date) for each in calendar.recruitment_dates
    )
