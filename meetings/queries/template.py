"""The edition of the form that a paper of a meeting is written in, and what it asks."""

from collections.abc import Iterable

from cohorts.models import PaperTemplate
from cohorts.rules.paper import Data
from cohorts.rules.template import Content, Question, answers_in, questions_for
from meetings.models import Meeting, Referat, Veiledningsgrunnlag

Paper = Veiledningsgrunnlag | Referat


def form_in_force(kind: str, meeting: Meeting) -> PaperTemplate | None:
    """The edition a paper of the meeting gets when its draft is started; None: the portal's own.

    `kind` is a value of `cohorts.models.PaperKind`.
    """
    return PaperTemplate.objects.in_force(kind=kind, semester=meeting.semester)


def form_of(paper: Paper) -> Content | None:
    """The content of the edition the paper is written in, None for the portal's own form."""
    return paper.template.content if paper.template is not None else None


def focus_of(paper: Paper) -> list[str]:
    """The focus points the paper is about: a referat has those of the unit's grunnlag."""
    if isinstance(paper, Veiledningsgrunnlag):
        return paper.focus
    sent = Veiledningsgrunnlag.objects.filter(meeting=paper.meeting_id, unit=paper.unit_id)
    return list(sent.values_list("focus", flat=True).first() or [])


def questions_of(paper: Paper, focus: Iterable[str] | None = None) -> list[Question]:
    """What the paper's edition asks, in the reader's language; `focus` as just chosen, if it is."""
    content = form_of(paper)
    if not (content or {}).get("questions"):
        return []
    return questions_for(content, focus_of(paper) if focus is None else focus)


def extra_of(paper: Paper, data: Data, language: str) -> list[dict[str, str]]:
    """The answered questions with their words, for the content of a version."""
    content = form_of(paper)
    if content is None:
        return []
    focus = data["focus"] if "focus" in data else focus_of(paper)
    return answers_in(content, data.get("extra") or {}, focus, language)
