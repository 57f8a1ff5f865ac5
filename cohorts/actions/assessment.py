"""Judging a søknad: habilitet first, then the scores, then the recommendation (domain 3.4)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.access.assessment import taken
from cohorts.actions.assessment_notices import tell_the_others
from cohorts.actions.stage import refresh_stages
from cohorts.models import Assessment, Criterion, Habilitet, PriorityList, Soeknad
from cohorts.rules.assessment import (
    CONCLUSION,
    FREE_TEXTS,
    MOST_ASSESSORS,
    missing_in,
    reason_field,
    score_field,
)
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady, StaleEdit, refuse_closed
from cohorts.rules.paper import Data, differing, fields_with_national_ids, without
from lmp.lib.wording import join_words

TEXTS = (*FREE_TEXTS, *CONCLUSION)


@transaction.atomic
def answer_habilitet(*, soeknad: Soeknad, habilitet: str, by: User, now: datetime) -> Assessment:
    """Say whether `by` can judge the søknad (a `Habilitet`). The first answer takes a place.

    `inhabil` frees the place and closes the assessment; it and `tvil` are told to the embete's
    other advisers. Raises `NotPossible` when two others judge it already, when it is withdrawn or
    when the list is sent, and `PuljeClosed`.
    """
    soeknad = _locked(soeknad)
    refuse_read_only(soeknad)
    assessments = list(soeknad.assessments.select_related("assessor"))
    mine = next((each for each in assessments if each.assessor_id == by.pk), None)
    others = [each for each in taken(assessments) if each.assessor_id != by.pk]
    if habilitet != Habilitet.INHABIL and len(others) >= MOST_ASSESSORS:
        raise NotPossible(enough_assessors(others))
    if mine is None:
        mine = Assessment.objects.create(soeknad=soeknad, assessor=by, updated_at=now)
    changed = mine.habilitet != habilitet
    mine.soeknad, mine.habilitet, mine.habilitet_at = soeknad, habilitet, now
    if habilitet != Habilitet.HABIL:
        mine.completed_at = None
    mine.save(update_fields=["habilitet", "habilitet_at", "completed_at"])
    _record("answer-habilitet", mine, by, now, habilitet=str(habilitet))
    if changed and habilitet != Habilitet.HABIL:
        tell_the_others(assessment=mine, by=by, now=now)
    refresh_stages([soeknad.candidate_id])
    return mine


@transaction.atomic
def save_assessment(
    *, assessment: Assessment, edit_version: int, data: Data, by: User, now: datetime
) -> list[str]:
    """Save what is in `data` (keys of `rules.assessment`) in the draft; the rest stands.

    A text with a national id number is left as it was and named in the answer. Raises `StaleEdit`
    when it was saved elsewhere since `edit_version` and something differs, `NotPossible` when the
    assessor is not habil, has finished, or the list is sent, and `PuljeClosed`.
    """
    current = _locked_assessment(assessment, by)
    refused = fields_with_national_ids(data)
    kept = without(data, refused)
    if current.edit_version != edit_version:
        if differing(kept, data_of(current)):
            raise StaleEdit(current)
        return refused
    _write(current, kept, now)
    _record("save-assessment", current, by, now, refused=refused)
    return refused


@transaction.atomic
def complete_assessment(
    *, assessment: Assessment, edit_version: int, data: Data, by: User, now: datetime
) -> Assessment:
    """Save and finish: from now on the other assessor sees it, and it counts in the table.

    Raises what `save_assessment` does, `NationalIdFound`, and `NotReady` with what is missing;
    nothing is saved then.
    """
    refused = save_assessment(
        assessment=assessment, edit_version=edit_version, data=data, by=by, now=now
    )
    if refused:
        raise NationalIdFound(refused)
    current = _locked_assessment(assessment, by)
    criteria = list(criteria_of(current.soeknad).values_list("pk", flat=True))
    missing = missing_in(data_of(current), criteria)
    if missing:
        raise NotReady(missing)
    current.completed_at = now
    current.save(update_fields=["completed_at"])
    _record("complete-assessment", current, by, now)
    refresh_stages([current.soeknad.candidate_id])
    return current


@transaction.atomic
def reopen_assessment(*, assessment: Assessment, by: User, now: datetime) -> Assessment:
    """Write on in a finished assessment. Raises `NotPossible` once the list is sent."""
    refuse_read_only(_locked(assessment.soeknad))
    current = Assessment.objects.select_for_update().get(pk=assessment.pk, assessor=by)
    if current.completed_at is not None:
        current.completed_at = None
        current.edit_version += 1
        current.save(update_fields=["completed_at", "edit_version"])
        _record("reopen-assessment", current, by, now)
        refresh_stages([current.soeknad.candidate_id])
    return current


def refuse_read_only(soeknad: Soeknad) -> None:
    """Raise `PuljeClosed` or `NotPossible` when nothing may be judged in the søknad any more."""
    embete = soeknad.candidate.embete
    refuse_closed(embete.opptak.pulje)
    if embete.opptak.closed_at is not None:
        raise NotPossible(_("Opptaket er avsluttet. Vurderingene kan leses, men ikke endres."))
    if soeknad.is_withdrawn:
        raise NotPossible(_("Søknaden er trukket. Vurderingene kan leses, men ikke endres."))
    sent = PriorityList.objects.filter(embete=embete).first()
    if sent is not None and sent.is_locked:
        raise NotPossible(
            _("Lista er sendt til Udir. Åpne lista igjen hvis en vurdering må endres.")
        )


def enough_assessors(others: list[Assessment]) -> str:
    """Why a third cannot judge a søknad, with the names of the two who do."""
    names = join_words([str(each.assessor) for each in others])
    return _("%(names)s vurderer søknaden. To er nok.") % {"names": names}


def criteria_of(soeknad: Soeknad):
    """What the søknad is assessed on: the criteria of the opptak for its kind of applicant."""
    return Criterion.objects.filter(
        opptak=soeknad.candidate.embete.opptak_id, applies_to=soeknad.applicant
    ).order_by("position")


def data_of(assessment: Assessment) -> Data:
    """What is stored, under the keys of `rules.assessment`. One query unless prefetched."""
    scores = {row.criterion_id: row for row in assessment.scores.all()}
    found: Data = {name: getattr(assessment, name) for name in TEXTS}
    for pk, row in scores.items():
        found[score_field(pk)], found[reason_field(pk)] = row.score, row.reason
    return found


def _locked(soeknad: Soeknad) -> Soeknad:
    return Soeknad.objects.with_place().select_for_update(of=("self",)).get(pk=soeknad.pk)


def _locked_assessment(assessment: Assessment, by: User) -> Assessment:
    current = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk, assessor=by)
    current.soeknad = Soeknad.objects.with_place().get(pk=current.soeknad_id)
    refuse_read_only(current.soeknad)
    if current.habilitet != Habilitet.HABIL:
        raise NotPossible(_("Svar på om du er habil før du vurderer søknaden."))
    if current.completed_at is not None:
        raise NotPossible(_("Vurderingen er ferdig. Åpne den igjen for å endre den."))
    return current


def _write(assessment: Assessment, data: Data, now: datetime) -> None:
    rows = {row.criterion_id: row for row in assessment.scores.all()}
    for pk in criteria_of(assessment.soeknad).values_list("pk", flat=True):
        row = rows.get(pk) or assessment.scores.model(assessment=assessment, criterion_id=pk)
        row.score = data.get(score_field(pk), row.score)
        row.reason = data.get(reason_field(pk), row.reason)
        row.save()
    for name in TEXTS:
        setattr(assessment, name, data.get(name, getattr(assessment, name)))
    assessment.edit_version += 1
    assessment.updated_at = now
    assessment.save(update_fields=[*TEXTS, "edit_version", "updated_at"])


def _record(verb: str, assessment: Assessment, by: User, now: datetime, **data) -> None:
    subject = f"soeknad:{assessment.soeknad_id}"
    record_event(by=by, verb=verb, subject=subject, now=now, assessment=assessment.pk, **data)
