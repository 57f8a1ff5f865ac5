"""Saving a version of a plan and commenting on one, with what follows: duties and notices."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from actors.actions.messages import NoticeText, Origin, notify_roles
from actors.models import Role, User
from actors.rules.roles import RoleKind
from cohorts.actions.plan_comment import add_comment, answer_comment
from cohorts.actions.plan_review import finish_review
from cohorts.models import (
    DeltakendeUnit,
    Framdriftsplan,
    PlanComment,
    PlanReview,
    PlanVersion,
    Tiltak,
)
from cohorts.rules.paper import Data
from meetings.actions.own_work import settle_records
from meetings.actions.recipients import holders_of

# Who follows a unit's plan, and is told about it.
READERS = (RoleKind.VEILEDER, RoleKind.PPT)

PLAN_SAVED = NoticeText(
    title_bm="Framdriftsplanen er gjennomgått",
    title_nn="Framdriftsplanen er gjennomgått",
    body_bm="En enhet du følger, har gått gjennom planen sin og lagret en ny versjon.",
    body_nn="Ei eining du følgjer, har gått gjennom planen sin og lagra ein ny versjon.",
    action_bm="Les planen",
    action_nn="Les planen",
)
PLAN_COMMENTED = NoticeText(
    title_bm="Framdriftsplanen har fått en kommentar",
    title_nn="Framdriftsplanen har fått ein kommentar",
    body_bm="En som leser planen deres, har skrevet en kommentar.",
    body_nn="Ein som les planen dykkar, har skrive ein kommentar.",
    action_bm="Les kommentaren",
    action_nn="Les kommentaren",
)
COMMENT_ANSWERED = NoticeText(
    title_bm="Kommentaren din har fått svar",
    title_nn="Kommentaren din har fått svar",
    body_bm="Enheten har svart på kommentaren din til planen.",
    body_nn="Eininga har svart på kommentaren din til planen.",
    action_bm="Les svaret",
    action_nn="Les svaret",
)


@transaction.atomic
def save_review(
    *, review: PlanReview, edit_version: int, data: Data, by: User, now: datetime
) -> PlanVersion:
    """Save a review as a version of the plan; the semester's duty is met, readers are told.

    Takes and raises what `cohorts.actions.plan_review.finish_review` does.
    """
    version = finish_review(review=review, edit_version=edit_version, data=data, by=by, now=now)
    saved = PlanReview.objects.select_related("record__activity").get(version=version)
    unit = version.plan.unit
    settle_records(unit=unit, records=[saved.record], now=now)
    readers = _holders(unit, READERS, now)
    _tell(version.plan, readers, "plan_saved", f"version-{version.number}", PLAN_SAVED, by, now)
    return version


@transaction.atomic
def comment_plan(
    *, plan: Framdriftsplan, tiltak: Tiltak | None, text: str, by: User, now: datetime
) -> PlanComment:
    """Comment on a plan (`cohorts.actions.plan_comment.add_comment`); its leader is told."""
    comment = add_comment(plan=plan, tiltak=tiltak, text=text, by=by, now=now)
    leaders = _holders(plan.unit, (RoleKind.LEDER,), now)
    _tell(plan, leaders, "plan_commented", f"comment-{comment.pk}", PLAN_COMMENTED, by, now)
    return comment


@transaction.atomic
def reply_to_comment(*, comment: PlanComment, answer: str, by: User, now: datetime) -> PlanComment:
    """Answer a comment (`answer_comment`); who wrote it is told, if they still follow the unit."""
    answered = answer_comment(comment=comment, answer=answer, by=by, now=now)
    plan = answered.plan
    readers = _holders(plan.unit, READERS, now)
    asked = [role for role in readers if role.user_id == answered.written_by_id]
    kind = "plan_comment_answered"
    _tell(plan, asked, kind, f"comment-{answered.pk}", COMMENT_ANSWERED, by, now)
    return answered


def _holders(unit: DeltakendeUnit, offices: Iterable[str], now: datetime) -> list[Role]:
    on = timezone.localtime(now).date()
    return holders_of(offices, unit.deltakelse_id, unit.pk, on)


def _tell(
    plan: Framdriftsplan,
    roles: Iterable[Role],
    kind: str,
    occasion: str,
    text: NoticeText,
    by: User,
    now: datetime,
) -> None:
    """Queue a notice with a link to the plan; the person who did it is not told."""
    notify_roles(
        roles=roles,
        kind=kind,
        subject=f"plan:{plan.pk}",
        occasion=occasion,
        text=text,
        url=reverse("meetings:plan_detail", args=[plan.unit_id]),
        by=by,
        now=now,
        place=str(plan.unit.unit),
        origin=Origin(
            pulje=plan.unit.deltakelse.pulje.number,
            unit_id=plan.unit.unit_id,
            owner_id=plan.unit.deltakelse.owner_id,
        ),
    )
