"""A held letter on its way out: read by somebody, approved by one, released by another."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.decision import lock_held
from cohorts.actions.letter_notices import tell_applicant, tell_embete
from cohorts.actions.stage import refresh_stages
from cohorts.models import Decision, Letter, Outcome
from cohorts.queries.decision import still_applying
from cohorts.queries.letter import PLACE, build_letter
from cohorts.queries.opptak import opptak_dates
from cohorts.rules.decision import leaves_late
from cohorts.rules.errors import NationalIdFound, NotAllowedHere, NotPossible, refuse_closed
from cohorts.rules.paper import fields_with_national_ids
from lmp.lib.hashing import content_hash
from lmp.lib.wording import join_words

NOT_RELEASED: dict[str, Any] = {"released_by": None, "release_at": None, "late_reason": ""}


@transaction.atomic
def read_letter(*, decision: Decision, by: User, now: datetime) -> Decision:
    """Note that `by` has read the letter as it is. Raises NotPossible when it is released."""
    current = lock_held(decision)
    if current.read_at is None:
        Decision.objects.filter(pk=current.pk).update(read_at=now, read_by=by)
        _record(current, "read-letter", by, now)
        current.refresh_from_db()
    return current


@transaction.atomic
def approve_letters(*, decisions: Iterable[Decision], by: User, now: datetime) -> list[Decision]:
    """The first of two people: `by` approves that these letters are sent. Nothing leaves yet.

    Raises NotPossible when one of them is not read, or has a deadline that has passed.
    """
    rows = _locked(decisions)
    _refuse_unready(rows, now)
    Decision.objects.filter(pk__in=[row.pk for row in rows]).update(approved_by=by, **NOT_RELEASED)
    for row in rows:
        _record(row, "approve-letter", by, now)
    return rows


@transaction.atomic
def take_back_approval(*, decisions: Iterable[Decision], by: User, now: datetime) -> list[Decision]:
    """Stop approved letters, also those that are to leave later. They stay in the outbox."""
    rows = _locked(decisions)
    Decision.objects.filter(pk__in=[row.pk for row in rows]).update(
        approved_by=None, **NOT_RELEASED
    )
    for row in rows:
        _record(row, "stop-letter", by, now)
    return rows


@transaction.atomic
def release_letters_later(
    *,
    decisions: Iterable[Decision],
    approved_by: User,
    release_at: datetime,
    late_reason: str = "",
    by: User,
    now: datetime,
) -> list[Decision]:
    """As `release_letters`, but at `release_at` (aware), by the worker."""
    rows = _locked(decisions)
    _refuse_alone(rows, approved_by, by)
    _refuse_unready(rows, release_at)
    if release_at <= now:
        raise NotPossible(_("Velg et tidspunkt som ikke har vært."))
    _keep_reason(rows, late_reason, release_at)
    Decision.objects.filter(pk__in=[row.pk for row in rows]).update(
        released_by=by, release_at=release_at
    )
    for row in rows:
        _record(row, "schedule-letter", by, now, release_at=release_at.isoformat())
    return rows


@transaction.atomic
def release_letters(
    *,
    decisions: Iterable[Decision],
    approved_by: User,
    late_reason: str = "",
    by: User,
    now: datetime,
) -> list[Letter]:
    """The second of two people: `by` lets go of the letters that `approved_by` has approved.

    Each becomes a Letter that never changes, and its receivers are told. Whoever has withdrawn
    gets none: the decision no longer counts. Those released already are left alone, so that a
    second press does nothing. Raises NotAllowedHere when both are the same person or the letter
    is not approved by `approved_by`, NotPossible when one is not read, ValidationError
    (late_reason) when one is late and no reason is given, and NationalIdFound in the reason.
    """
    rows = _locked(decisions)
    _refuse_alone(rows, approved_by, by)
    _keep_reason(rows, late_reason, now)
    return _release(rows, by, now, actor=by)


@transaction.atomic
def release_due_letters(*, now: datetime) -> int:
    """Release the letters whose time has come; return how many. Safe to run twice."""
    due = Decision.objects.held().filter(release_at__lte=now, released_by__isnull=False)
    sent = 0
    for decision in _held(due):
        try:
            with transaction.atomic():
                rows = _locked([decision])
                sent += len(_release(rows, decision.released_by, now, actor=None))
        except (NotPossible, NotAllowedHere):  # it waits in the outbox, where its reason is shown
            Decision.objects.filter(pk=decision.pk).update(approved_by=None, **NOT_RELEASED)
    return sent


@transaction.atomic
def drop_withdrawn_letters(*, now: datetime) -> int:
    """Let go of held decisions whose applicant has withdrawn; return how many."""
    rows = list(_held(Decision.objects.held()))
    stays = still_applying(rows)
    gone = [row for row in rows if row.pk not in stays]
    for row in gone:
        _drop(row, None, now)
    return len(gone)


def _release(
    rows: list[Decision], released_by: User, now: datetime, *, actor: User | None
) -> list[Letter]:
    stays = still_applying(rows)
    for row in rows:
        if row.pk not in stays:
            _drop(row, actor, now)
    rows = [row for row in rows if row.pk in stays]
    _refuse_unready(rows, now)
    late = _late(rows, now)
    letters = [_send(row, released_by, actor, now, late=row.pk in late) for row in rows]
    refresh_stages({row.soeknad.candidate_id for row in rows})
    by_embete = sorted(rows, key=lambda row: row.soeknad.candidate.embete_id)
    for _embete, group in groupby(by_embete, lambda row: row.soeknad.candidate.embete_id):
        tell_embete(list(group), now=now)
    return letters


def _drop(decision: Decision, actor: User | None, now: datetime) -> None:
    Decision.objects.filter(pk=decision.pk).update(is_current=False)
    _record(decision, "drop-letter", actor, now)


def _send(
    decision: Decision, released_by: User, actor: User | None, now: datetime, *, late: bool
) -> Letter:
    content = build_letter(decision, timezone.localtime(now).date())
    letter = Letter.objects.create(
        decision=decision,
        reference=content["reference"],
        language=content["language"],
        title=content["title"][:200],
        content=content,
        sha256=content_hash(content),
        sent_at=now,
    )
    Decision.objects.filter(pk=decision.pk).update(
        released_at=now, released_by=released_by, late=late
    )
    decision.released_at, decision.released_by = now, released_by
    tell_applicant(decision, now=now)
    data: dict[str, Any] = {"outcome": decision.outcome, "approved_by": decision.approved_by_id}
    data |= {"late": True} if late else {}
    _record(decision, "release-letter", actor, now, reference=letter.reference, **data)
    return letter


def _locked(decisions: Iterable[Decision]) -> list[Decision]:
    """The held ones among these, locked, with all a letter needs at hand."""
    keys = [decision.pk for decision in decisions]
    rows = list(_held(Decision.objects.held().filter(pk__in=keys)))
    for opptak in {row.soeknad.candidate.embete.opptak for row in rows}:
        refuse_closed(opptak.pulje)
    return rows


def _held(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    locked = decisions.select_for_update(of=("self",)).order_by("pk")
    return locked.select_related(*PLACE, "approved_by", "released_by")


def _refuse_alone(rows: list[Decision], approved_by: User, by: User) -> None:
    if approved_by.pk == by.pk:
        raise NotAllowedHere(_("En annen enn den som godkjente lista, må slippe brevene."))
    if any(row.approved_by_id != approved_by.pk for row in rows):
        raise NotAllowedHere(_("Lista er endret etter at den ble godkjent. Se over den på nytt."))


def _late(rows: list[Decision], when: datetime) -> set[int]:
    """The keys of those that leave after the day Udir was to decide."""
    day = timezone.localtime(when).date()
    opptak = {row.soeknad.candidate.embete.opptak for row in rows}
    due = {each.pk: opptak_dates(each).avgjoerelse for each in opptak}
    return {
        row.pk
        for row in rows
        if leaves_late(
            day, due[row.soeknad.candidate.embete.opptak_id], replaces=row.replaces_id is not None
        )
    }


def _keep_reason(rows: list[Decision], late_reason: str, when: datetime) -> None:
    """Keep why those that are late leave late, once for them all."""
    late, reason = _late(rows, when), late_reason.strip()
    if not late:
        return
    if fields_with_national_ids({"late_reason": reason}):
        raise NationalIdFound(["late_reason"])
    if not reason:
        raise ValidationError({"late_reason": _("Skriv hvorfor brevene sendes etter datoen.")})
    Decision.objects.filter(pk__in=late).update(late_reason=reason)


def _refuse_unready(rows: list[Decision], when: datetime) -> None:
    """Refuse letters that nobody has read, and offers that nobody has time to answer."""
    if unread := [str(row.owner) for row in rows if row.read_at is None]:
        raise NotPossible(
            _("Les brevet til %(who)s før det slippes.") % {"who": join_words(unread)}
        )
    day = timezone.localtime(when).date()
    offers = [row for row in rows if row.outcome == Outcome.TILBUD]
    if dead := [str(r.owner) for r in offers if r.answer_due is None or r.answer_due < day]:
        text = _("Sett en svarfrist som ikke er passert, i brevet til %(who)s.")
        raise NotPossible(text % {"who": join_words(dead)})


def _record(decision: Decision, verb: str, by: User | None, now: datetime, **data) -> None:
    record_event(by=by, verb=verb, subject=f"decision:{decision.pk}", now=now, **data)
