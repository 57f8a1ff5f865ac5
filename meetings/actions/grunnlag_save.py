"""Saving a draft that several write in: nobody's text is lost."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from actors.actions.events import record_event
from actors.models import Event, User
from cohorts.rules.errors import NationalIdFound, StaleEdit
from cohorts.rules.paper import Data, fields_with_national_ids, tidy_text, without
from meetings.actions.grunnlag import data_of, locked_grunnlag, refuse_read_only, write_draft
from meetings.models import GrunnlagConflict, Veiledningsgrunnlag
from meetings.rules.grunnlag_merge import flat, mark, merge, unflat
from meetings.rules.paper_merge import Marks

SAVED = "save_grunnlag"
_ONE_SITTING = timedelta(minutes=10)
_FAR_BACK = 300  # saves; older ones are of another day, and then the last save tells enough


@dataclass
class Saved:
    """What came of a save. `grunnlag` is the draft as it is now.

    `refused` are keys of the data that hold a national id number and were not stored. `conflicts`
    are texts kept beside another one. `others` are fields (`rules.grunnlag_merge.flat`) that
    somebody else, `other_by`, has changed since the page was made. `marks` go back to the page.
    """

    grunnlag: Veiledningsgrunnlag
    refused: list[str]
    written: list[str] = field(default_factory=list)
    conflicts: list[GrunnlagConflict] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    other_by: User | None = None
    marks: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def merge_grunnlag(
    *, grunnlag: Veiledningsgrunnlag, data: Data, base: Marks, by: User, now: datetime
) -> Saved:
    """Save what the writer has changed since `base`, the marks of the page that was written on.

    Others' fields stay as they are. A text that meets a newer one of somebody else is kept beside
    it (`GrunnlagConflict`); of ticks and choices the last one holds. Raises `PuljeClosed` or
    `NotPossible` when nothing may be written.
    """
    current = locked_grunnlag(grunnlag)
    refuse_read_only(current.meeting)
    refused = fields_with_national_ids(data)
    stored = data_of(current)
    found = merge(without(data, refused), stored, base)
    saved = Saved(current, refused, written=list(found.values), others=found.others)
    saved.other_by = last_writer(current, found.others)[0] if found.others else None
    saved.conflicts = [
        each
        for key, value in found.conflicts.items()
        if (each := _keep_beside(current, key, value, by, now)) is not None
    ]
    if found.values:
        write_draft(current, unflat(found.values, stored), by, now)
        _record(current, refused, saved, by, now)
    there = flat(data_of(current))
    kept = {key: mark(key, there[key]) for key in found.settled if key in there}
    saved.marks = {**base, **kept}
    return saved


def _record(
    grunnlag: Veiledningsgrunnlag, refused: list[str], saved: Saved, by: User, now: datetime
) -> None:
    """Record a save, unless the last thing that happened was the same person in the same fields."""
    subject = f"grunnlag:{grunnlag.pk}"
    last = Event.objects.filter(subject=subject).order_by("-at", "-pk").first()
    if last is not None and not (refused or saved.conflicts):
        is_going_on = (last.verb, last.by_id) == (SAVED, by.pk) and now - last.at < _ONE_SITTING
        if is_going_on and set(saved.written) <= set(last.data.get("fields", [])):
            return
    record_event(
        by=by,
        verb=SAVED,
        subject=subject,
        now=now,
        edit_version=grunnlag.edit_version,
        refused=refused,
        fields=saved.written,
        conflicts=[each.key for each in saved.conflicts],
    )


def last_writer(grunnlag: Veiledningsgrunnlag, keys: list[str]) -> tuple[User, datetime]:
    """Who last wrote in one of the fields, and when; else who last saved the draft.

    One query, asked only when two have met.
    """
    events = Event.objects.filter(subject=f"grunnlag:{grunnlag.pk}", by__isnull=False)
    for event in events.select_related("by").order_by("-at", "-pk")[:_FAR_BACK]:
        if set(keys) & set(event.data.get("fields", [])):
            return event.by, event.at
    return grunnlag.updated_by, grunnlag.updated_at


def _keep_beside(
    grunnlag: Veiledningsgrunnlag, key: str, value: str, by: User, now: datetime
) -> GrunnlagConflict | None:
    """The writer's text beside the stored one; written on, it replaces the writer's own before.

    None when the stored text came of joining that same text with another one.
    """
    other_by, other_at = last_writer(grunnlag, [key])
    mine = grunnlag.conflicts.filter(key=key, written_by=by)
    if mine.filter(value=value, resolved_at__gte=other_at).exists():
        return None
    conflict = mine.filter(resolved_at=None).first() or GrunnlagConflict(
        paper=grunnlag, key=key, written_by=by, other_by=other_by, other_at=other_at
    )
    conflict.value, conflict.written_at = value, now
    conflict.save()
    return conflict


@transaction.atomic
def join_texts(
    *, conflict: GrunnlagConflict, value: str, seen: str, by: User, now: datetime
) -> Veiledningsgrunnlag:
    """Let `value` stand instead of the two texts; one that is not in it stays as resolved.

    `seen` is the mark of the stored text as the writer saw it. Joining what is joined changes
    nothing. Raises `StaleEdit` when the stored text has changed since, `NationalIdFound`,
    `NotPossible` or `PuljeClosed`.
    """
    current = locked_grunnlag(conflict.paper)
    refuse_read_only(current.meeting)
    conflict = GrunnlagConflict.objects.select_related("other_by").get(pk=conflict.pk)
    if conflict.resolved_at is not None:
        return current
    data = data_of(current)
    key, value, stored = conflict.key, tidy_text(value), flat(data).get(conflict.key, "")
    if mark(key, stored) != seen:
        raise StaleEdit(current)
    if fields_with_national_ids({key: value}):
        raise NationalIdFound([key])
    conflict.resolved_at, conflict.resolved_by = now, by
    conflict.save(update_fields=["resolved_at", "resolved_by"])
    if value != stored:
        _put_away(conflict, stored, value, by, now)
        write_draft(current, unflat({key: value}, data), by, now)
    record_event(by=by, verb="join_texts", subject=f"grunnlag:{current.pk}", now=now, fields=[key])
    return current


def _put_away(conflict: GrunnlagConflict, stored: str, value: str, by: User, now: datetime) -> None:
    """Keep the stored text among the resolved ones when it is not part of what replaces it."""
    if stored.strip() and stored.strip() not in value:
        GrunnlagConflict.objects.create(
            paper=conflict.paper,
            key=conflict.key,
            value=stored,
            written_by=conflict.other_by,
            written_at=conflict.other_at,
            other_by=by,
            other_at=now,
            resolved_at=now,
            resolved_by=by,
        )
