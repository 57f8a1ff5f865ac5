"""The review of a plan: a shared draft, and the version that is never changed (domain 3.9)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.own_record import count_as_done
from cohorts.actions.paper import sent_already, version_columns
from cohorts.actions.plan import lock_plan, refuse_national_ids, touch_plan
from cohorts.actions.plan_content import plan_content
from cohorts.models import Framdriftsplan, PlanReview, PlanVersion, Tiltak, TiltakStatus
from cohorts.queries.paper import language_of_unit
from cohorts.queries.plan import open_tiltak, semester_on
from cohorts.rules.errors import NotPossible, NotReady, StaleEdit
from cohorts.rules.paper import Data, differing, fields_with_national_ids, receipt_stem, without
from cohorts.rules.plan import (
    ADJUST,
    END,
    REVIEW_FIELDS,
    REVIEW_KIND,
    data_of,
    missing_in_review,
)


@transaction.atomic
def start_review(*, plan: Framdriftsplan, by: User, now: datetime) -> PlanReview:
    """The draft of the plan's next review: the one that is there, or a new one of today.

    Raises `PuljeClosed` or `NotPossible` when nothing may be written.
    """
    current = lock_plan(plan)
    found = draft_of(current)
    if found is not None:
        return found
    today = timezone.localtime(now).date()
    review = PlanReview.objects.create(
        plan=current,
        semester=semester_on(current.unit.deltakelse.pulje, today),
        held_on=today,
        created_at=now,
        updated_at=now,
        updated_by=by,
    )
    record_event(by=by, verb="start_plan_review", subject=f"plan:{current.pk}", now=now)
    return review


def draft_of(plan: Framdriftsplan) -> PlanReview | None:
    """The review that is being written, if any."""
    return plan.reviews.filter(version=None).select_related("updated_by").first()


@transaction.atomic
def save_review(
    *, review: PlanReview, edit_version: int, data: Data, by: User, now: datetime
) -> list[str]:
    """Save what is in `data` (keys of `rules.plan.REVIEW_FIELDS`) in the draft.

    A field that holds a national id number is left as it was and named in the answer; the rest is
    saved. Raises `StaleEdit` when somebody has saved since `edit_version`, or made the version.
    """
    lock_plan(review.plan)
    current = _locked(review)
    refused = fields_with_national_ids(data)
    kept = without(data, refused)
    if current.edit_version != edit_version or current.version_id:
        if differing(kept, review_data(current)):
            raise StaleEdit(current)
        return refused
    _write(current, kept, by, now)
    return refused


@transaction.atomic
def finish_review(
    *, review: PlanReview, edit_version: int, data: Data, by: User, now: datetime
) -> PlanVersion:
    """Make a numbered version of the plan with the review; it counts as the semester's review.

    Tiltak that are ended get that status. Saving the same again, as a double click does, gives
    the version that is there. Raises `NationalIdFound`, `NotReady`, `StaleEdit`, `PuljeClosed`, or
    `NotPossible` for a plan without goals; then nothing is saved.
    """
    plan = lock_plan(review.plan)
    current = _locked(review)
    if current.version is not None:
        if differing(data, review_data(current)):
            raise StaleEdit(current)
        return current.version
    refuse_national_ids(data)
    _refuse_unready(plan, data)
    if current.edit_version != edit_version and differing(data, review_data(current)):
        raise StaleEdit(current)
    _write(current, data, by, now)
    current.semester = semester_on(plan.unit.deltakelse.pulje, current.held_on)
    current.save(update_fields=["semester"])
    _apply_verdicts(current)
    return _make_version(plan, current, by, now)


def review_data(review: PlanReview) -> Data:
    """What is saved in a review as data of its form."""
    return data_of(review, REVIEW_FIELDS)


def _refuse_unready(plan: Framdriftsplan, data: Data) -> None:
    if not plan.maal.filter(ended_on=None).exists():
        raise NotPossible(_("Planen har ingen mål ennå. Legg til minst ett mål først."))
    ids = open_tiltak(plan).values_list("pk", flat=True)
    if missing := missing_in_review(data, ids):
        raise NotReady(missing)


def _make_version(plan: Framdriftsplan, review: PlanReview, by: User, now: datetime) -> PlanVersion:
    language = language_of_unit(plan.unit)
    content = plan_content(plan, review.semester, review_data(review), language)
    if (same := sent_already(plan.versions, content)) is not None:
        review.delete()
        return same
    stem = receipt_stem("FP", plan.unit.deltakelse.pulje.number, plan.pk)
    version = plan.versions.create(
        **version_columns(
            plan.versions, stem=stem, content=content, language=language, by=by, now=now
        )
    )
    with override(language):
        note = _("Versjon %(n)s av planen") % {"n": version.number}
    review.version = version
    review.record = count_as_done(
        unit=plan.unit, kind=REVIEW_KIND, done_on=review.held_on, note=note, by=by, now=now
    )
    review.save(update_fields=["version", "record"])
    plan.reviewed_on, plan.next_review = review.held_on, review.next_review
    plan.save(update_fields=["reviewed_on", "next_review"])
    touch_plan(plan, "save_plan_version", by, now, version=version.number, receipt=version.receipt)
    return version


def _apply_verdicts(review: PlanReview) -> None:
    """What is ended gets that status; how it went follows the tiltak. What shall change does not:
    it stands in the review until the tiltak is written anew."""
    for row in review.verdicts:
        tiltak = Tiltak.objects.filter(pk=row["tiltak"], maal__plan=review.plan_id)
        if row["verdict"] == END:
            tiltak.update(status=TiltakStatus.ENDED)
        if row["verdict"] != ADJUST and row.get("text", "").strip():
            tiltak.update(experience=row["text"])


def _locked(review: PlanReview) -> PlanReview:
    rows = PlanReview.objects.select_for_update(of=("self",))
    return rows.select_related("version", "updated_by").get(pk=review.pk)


def _write(review: PlanReview, data: Data, by: User, now: datetime) -> None:
    for key, value in data.items():
        setattr(review, key, value)
    review.edit_version += 1
    review.updated_at, review.updated_by = now, by
    review.save()
