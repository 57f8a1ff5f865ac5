"""Saving answers of a søknad that several write at once: nobody's text is lost."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.soeknad_state import locked_soeknad, refuse_not_writing
from cohorts.models import AnswerConflict, Soeknad, SoeknadAnswer, SoeknadPresence
from cohorts.rules.errors import NationalIdFound, StaleEdit
from cohorts.rules.paper import fields_with_national_ids, without
from cohorts.rules.soeknad_form import Part
from cohorts.rules.soeknad_save import CONFLICT, KEEP, empty, tidy, when_stale


@dataclass
class Saved:
    """What came of a save. `versions` are those of the answers that now are as the writer wrote.

    `refused` hold a national id number and were not stored. `conflicts` are texts kept beside
    another one. `overwritten` are answers without text that somebody had changed meanwhile.
    `kept` are texts of others that stand although the writer had emptied the field.
    """

    versions: dict[str, int] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    conflicts: list[AnswerConflict] = field(default_factory=list)
    overwritten: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def save_answers(
    *,
    soeknad: Soeknad,
    part: str,
    values: dict[str, Any],
    versions: dict[str, int],
    by: User,
    now: datetime,
) -> Saved:
    """Save each of `values` (by question) on its own; `versions` are those they were written on.

    Give only the answers that the writer has changed. A value that is stored already is not
    written again. A text that meets a newer one is kept beside it (`rules.soeknad_save`); for
    anything without text the last one holds, and the event names it. Raises `NotPossible` or
    `PuljeClosed` when nothing may be written.
    """
    current = locked_soeknad(soeknad.pk)
    refuse_not_writing(current)
    saved = Saved(refused=fields_with_national_ids(values))
    rows = {row.key: row for row in current.answers.select_related("updated_by")}
    for key, value in without(values, saved.refused).items():
        row = rows.get(key) or SoeknadAnswer(soeknad=current, key=key, value=None, version=0)
        _save_one(row, tidy(value), versions.get(key, 0), saved, by, now)
    if saved.written or saved.conflicts:
        _sign(current, by, now)
        record_event(
            by=by,
            verb="save-soeknad",
            subject=f"soeknad:{current.pk}",
            now=now,
            part=part,
            answers=saved.written,
            overwritten=saved.overwritten,
            conflicts=[each.answer.key for each in saved.conflicts],
        )
    return saved


def _save_one(
    row: SoeknadAnswer, value: Any, version: int, saved: Saved, by: User, now: datetime
) -> None:
    if row.value == value or (row.pk is None and value in ("", [], False, empty("anchored"))):
        saved.versions[row.key] = row.version
        return
    if row.version > version:
        decision = when_stale(row.value, value)
        if decision == KEEP:
            saved.kept.append(row.key)
            return
        if decision == CONFLICT:
            saved.conflicts.append(_keep_beside(row, value, by, now))
            return
        saved.overwritten.append(row.key)
    _write(row, value, by, now)
    saved.versions[row.key] = row.version
    saved.written.append(row.key)


def _write(row: SoeknadAnswer, value: Any, by: User, now: datetime) -> None:
    row.value, row.version = value, row.version + 1
    row.updated_at, row.updated_by = now, by
    row.save()


def _keep_beside(row: SoeknadAnswer, value: str, by: User, now: datetime) -> AnswerConflict:
    """The writer's text beside the stored one; written on, it replaces the writer's own before."""
    conflict = row.conflicts.filter(written_by=by, resolved_at=None).first()
    conflict = conflict or AnswerConflict(answer=row, written_by=by)
    conflict.value, conflict.written_at = value, now
    conflict.save()
    return conflict


def _sign(soeknad: Soeknad, by: User, now: datetime) -> None:
    soeknad.saved_at, soeknad.saved_by = now, by
    soeknad.save(update_fields=["saved_at", "saved_by"])


@transaction.atomic
def resolve_conflict(
    *, conflict: AnswerConflict, value: str, version: int, by: User, now: datetime
) -> SoeknadAnswer:
    """Let `value` stand instead of the two texts. A text that is not in it stays as resolved.

    A conflict that is resolved already is left as it is. Raises `StaleEdit` when the stored text
    has changed since `version`, `NationalIdFound`, `NotPossible` or `PuljeClosed`.
    """
    current = locked_soeknad(conflict.answer.soeknad_id)
    refuse_not_writing(current)
    conflict = AnswerConflict.objects.select_related("answer__updated_by").get(pk=conflict.pk)
    row, value = conflict.answer, tidy(value)
    if conflict.resolved_at is not None:
        return row
    if row.version != version:
        raise StaleEdit(row)
    if fields_with_national_ids({row.key: value}):
        raise NationalIdFound([row.key])
    conflict.resolved_at, conflict.resolved_by = now, by
    conflict.save(update_fields=["resolved_at", "resolved_by"])
    if row.value != value:
        _put_away(row, value, by, now)
        _write(row, value, by, now)
        _sign(current, by, now)
    record_event(by=by, verb="join-texts", subject=f"soeknad:{current.pk}", now=now, answer=row.key)
    return row


def _put_away(row: SoeknadAnswer, value: str, by: User, now: datetime) -> None:
    """Keep the stored text among the resolved ones when it is not part of what replaces it."""
    if row.value.strip() and row.value.strip() not in value:
        AnswerConflict.objects.create(
            answer=row,
            value=row.value,
            written_by=row.updated_by,
            written_at=row.updated_at,
            resolved_at=now,
            resolved_by=by,
        )


def note_presence(*, soeknad: Soeknad, part: Part, key: str, by: User, now: datetime) -> None:
    """Note that somebody is writing in a part now, and in which question («» when not known).

    No event: it says only who is here, and is out of date after two minutes.
    """
    known = {question.key for question in part.questions}
    SoeknadPresence.objects.update_or_create(
        soeknad=soeknad,
        user=by,
        defaults={"part": part.slug, "key": key if key in known else "", "seen_at": now},
    )
