"""What is asked and reported: evaluation questions and the headings of reports."""

from dataclasses import dataclass
from typing import Annotated

from cohorts.programme.content import InlineText, Text
from cohorts.programme.marks import Key
from cohorts.programme.people import ScaleStep
from cohorts.programme.vocabulary import ActivityId, ActorId, Answer, Id, Occasion, Positive, Scope


@dataclass(frozen=True)
class EvaluationQuestion:
    """``occasion`` final: asked only the last time the evaluation opens."""

    id: Id
    roles: tuple[ActorId, ...]
    answer: Answer
    occasion: Occasion
    text: InlineText


@dataclass(frozen=True)
class EvaluationDef:
    """``min_answers``: aggregates are shown from so many answers on."""

    min_answers: Positive
    source: str
    scale: tuple[ScaleStep, ...]
    dont_know: Text
    questions: Annotated[tuple[EvaluationQuestion, ...], Key("question")]

    def questions_for(self, role: str, *, final: bool) -> tuple[EvaluationQuestion, ...]:
        """Return what an actor is asked; ``final`` adds the questions of the last time."""
        return tuple(
            question
            for question in self.questions
            if role in question.roles and (final or question.occasion == "every")
        )


@dataclass(frozen=True)
class Heading:
    """One heading of a report; a required one must be filled in before it is sent."""

    id: Id
    required: bool
    text: InlineText


@dataclass(frozen=True)
class ReportDef:
    """The headings of a report; its id is that of the activity that demands it."""

    id: ActivityId
    by: ActorId
    scope: Scope
    source: str
    title: Text
    headings: tuple[Heading, ...]
