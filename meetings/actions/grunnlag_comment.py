"""Comments to a sent grunnlag, and the unit's answers (domain 3.10)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.actions.messages import NoticeText
from actors.actions.signature import signed_in
from actors.models import User
from actors.rules.roles import RoleKind
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady
from cohorts.rules.paper import fields_with_national_ids, tidy_text
from meetings.actions.grunnlag import locked_grunnlag, refuse_read_only
from meetings.actions.paper_notices import tell_offices
from meetings.models import GrunnlagComment, Veiledningsgrunnlag

COMMENTED = NoticeText(
    title_bm="Veiledningsgrunnlaget har fått en kommentar",
    title_nn="Rettleiingsgrunnlaget har fått ein kommentar",
    body_bm="En veileder har kommentert veiledningsgrunnlaget dere sendte.",
    body_nn="Ein rettleiar har kommentert rettleiingsgrunnlaget de sende.",
    action_bm="Les kommentaren",
    action_nn="Les kommentaren",
)
ANSWERED = NoticeText(
    title_bm="Kommentaren har fått svar",
    title_nn="Kommentaren har fått svar",
    body_bm="Enheten har svart på en kommentar til veiledningsgrunnlaget.",
    body_nn="Eininga har svart på ein kommentar til rettleiingsgrunnlaget.",
    action_bm="Les svaret",
    action_nn="Les svaret",
)


@transaction.atomic
def add_comment(
    *,
    grunnlag: Veiledningsgrunnlag,
    text: str,
    by: User,
    now: datetime,
    answer_to: GrunnlagComment | None = None,
) -> GrunnlagComment:
    """Write a comment to the last sent version, or an answer to a comment, and tell the others.

    Writing the same twice gives the one that is there. Raises `NotReady` without a text,
    `NationalIdFound`, `NotPossible` when nothing is sent or the comment is to another grunnlag,
    `PuljeClosed`.
    """
    current = locked_grunnlag(grunnlag)
    refuse_read_only(current.meeting)
    version = current.versions.standing().first()
    text = tidy_text(text)
    if version is None or current.sent_at is None:
        raise NotPossible(_("Grunnlaget er ikke sendt."))
    if answer_to is not None and answer_to.version.paper_id != current.pk:
        raise NotPossible(_("Kommentaren hører til et annet grunnlag."))
    if not text:
        raise NotReady(["text"])
    if fields_with_national_ids({"text": text}):
        raise NationalIdFound(["text"])
    about = answer_to.version if answer_to is not None else version
    same = about.comments.filter(text=text, written_by=by, answer_to=answer_to)
    if (found := same.first()) is not None:
        return found
    comment = GrunnlagComment.objects.create(
        version=about,
        answer_to=answer_to,
        text=text,
        written_by=by,
        written_as=signed_in(version.language, by),
        written_at=now,
    )
    _tell(current, comment, by, now)
    return comment


def _tell(grunnlag: Veiledningsgrunnlag, comment: GrunnlagComment, by: User, now: datetime) -> None:
    is_answer = comment.answer_to_id is not None
    subject = f"grunnlag:{grunnlag.pk}"
    tell_offices(
        offices=[RoleKind.VEILEDER] if is_answer else [RoleKind.LEDER, RoleKind.ARBEIDSGRUPPE],
        meeting=grunnlag.meeting,
        unit=grunnlag.unit,
        kind="grunnlag_answer" if is_answer else "grunnlag_comment",
        subject=subject,
        occasion=f"comment-{comment.pk}",
        text=ANSWERED if is_answer else COMMENTED,
        page="grunnlag_detail",
        by=by,
        now=now,
    )
    verb = "answer_grunnlag" if is_answer else "comment_grunnlag"
    record_event(by=by, verb=verb, subject=subject, now=now, comment=comment.pk)
