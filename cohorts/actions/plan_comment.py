"""What veiledere and PPT say about a plan, and what the unit answers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.signature import signed_in
from actors.models import User
from cohorts.actions.plan import lock_plan, refuse_national_ids, touch_plan
from cohorts.models import Framdriftsplan, PlanComment, Tiltak
from cohorts.queries.paper import language_of_unit
from cohorts.rules.errors import NotPossible


@transaction.atomic
def add_comment(
    *, plan: Framdriftsplan, tiltak: Tiltak | None, text: str, by: User, now: datetime
) -> PlanComment:
    """Comment on the plan, or on one tiltak of it.

    Raises `NationalIdFound`, `PuljeClosed`, or `NotPossible` for an empty text.
    """
    current = lock_plan(plan)
    _refuse_empty(text)
    refuse_national_ids({"text": text})
    comment = PlanComment.objects.create(
        plan=current,
        tiltak=tiltak,
        text=text.strip(),
        written_by=by,
        written_as=signed_in(language_of_unit(current.unit), by),
        written_at=now,
    )
    touch_plan(current, "comment_plan", by, now, comment=comment.pk)
    return comment


@transaction.atomic
def answer_comment(*, comment: PlanComment, answer: str, by: User, now: datetime) -> PlanComment:
    """Answer a comment; a comment is answered once, and answering the same again changes nothing.

    Raises `NotPossible` when it has another answer, and what `add_comment` raises.
    """
    plan = lock_plan(comment.plan)
    current = PlanComment.objects.select_for_update().get(pk=comment.pk)
    _refuse_empty(answer)
    refuse_national_ids({"answer": answer})
    if current.answer == answer.strip():
        return current
    if current.answer:
        raise NotPossible(_("Kommentaren har fått svar fra en annen i arbeidsgruppa."))
    current.answer, current.answered_by, current.answered_at = answer.strip(), by, now
    current.save()
    touch_plan(plan, "answer_plan_comment", by, now, comment=current.pk)
    return current


def _refuse_empty(text: str) -> None:
    if not text.strip():
        raise NotPossible(_("Skriv noe først."))
