"""Saving a version of a plan and commenting on one, with what follows: duties and notices."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from actors.actions.messages import NoticeText, notify
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
from meetings.actions.recipients import Place, office_holders

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
    tell_about_plan(
        unit=unit,
        roles=holders(unit, (RoleKind.VEILEDER, RoleKind.PPT), now),
        kind="plan_saved",
        subject=f"plan:{version.plan_id}",
        occasion=f"version-{version.number}",
        text=PLAN_SAVED,
        by=by,
        now=now,
    )
    return version


@transaction.atomic
def comment_plan(
    *, plan: Framdriftsplan, tiltak: Tiltak | None, text: str, by: User, now: datetime
) -> PlanComment:
    """Comment on a plan (`cohorts.actions.plan_comment.add_comment`); its leader is told."""
    comment = add_comment(plan=plan, tiltak=tiltak, text=text, by=by, now=now)
    tell_about_plan(
        unit=plan.unit,
        roles=holders(plan.unit, (RoleKind.LEDER,), now),
        kind="plan_commented",
        subject=f"plan:{plan.pk}",
        occasion=f"comment-{comment.pk}",
        text=PLAN_COMMENTED,
        by=by,
        now=now,
    )
    return comment


@transaction.atomic
def reply_to_comment(*, comment: PlanComment, answer: str, by: User, now: datetime) -> PlanComment:
    """Answer a comment (`answer_comment`); who wrote it is told, if they still follow the unit."""
    answered = answer_comment(comment=comment, answer=answer, by=by, now=now)
    unit = answered.plan.unit
    offices = holders(unit, (RoleKind.VEILEDER, RoleKind.PPT), now)
    tell_about_plan(
        unit=unit,
        roles=[role for role in offices if role.user_id == answered.written_by_id],
        kind="plan_comment_answered",
        subject=f"plan:{answered.plan_id}",
        occasion=f"comment-{answered.pk}",
        text=COMMENT_ANSWERED,
        by=by,
        now=now,
    )
    return answered


def holders(unit: DeltakendeUnit, offices: Iterable[str], now: datetime) -> list[Role]:
    """Who holds one of the offices at the unit today, each person once."""
    places = [Place(office, unit.deltakelse_id, unit.pk) for office in offices]
    found = office_holders(places, timezone.localtime(now).date())
    return list({role.user_id: role for place in places for role in found[place]}.values())


def tell_about_plan(
    *,
    unit: DeltakendeUnit,
    roles: Iterable[Role],
    kind: str,
    subject: str,
    occasion: str,
    text: NoticeText,
    by: User,
    now: datetime,
) -> int:
    """Queue a notice with a link to the plan; the person who did it is not told."""
    path = reverse("meetings:plan_detail", args=[unit.pk])
    return sum(
        notify(
            recipients=[role.user],
            kind=kind,
            subject=subject,
            occasion=occasion,
            text=text,
            url=f"{path}?rolle={role.pk}",
            now=now,
            place=str(unit.unit),
        )
        for role in roles
        if role.user_id != by.pk
    )
