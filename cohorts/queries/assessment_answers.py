"""What the applicant wrote about each criterion, as it was sent."""

from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.models import Criterion, Soeknad, SoeknadVersion
from cohorts.rules.soeknad_form import all_questions
from cohorts.rules.soeknad_sending import words_of

SHORT = 180  # characters of the first answer that are shown before the whole of it is opened


@dataclass(frozen=True)
class Written:
    """One answer as it can be read: the question and the text."""

    label: str
    text: str


@dataclass(frozen=True)
class Excerpt:
    """What speaks of one criterion: how the first text begins, and all of it."""

    short: str
    answers: list[Written]

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing more to read than `short`."""
        return [each.text for each in self.answers] == [self.short]


def excerpts(
    soeknad: Soeknad, version: SoeknadVersion | None, criteria: Iterable[Criterion]
) -> dict[int, Excerpt]:
    """What they wrote about each criterion, by its key; one without answers is left out.

    From the sent version. One without answers in it is read from the rows, but never while a new
    version is being written: that draft is its writers' alone. One query at most.
    """
    written = _sent(version) if version else {}
    if not written and not soeknad.is_being_written:
        written = _stored(soeknad)
    found = {}
    for criterion in criteria:
        answers = [written[key] for key in criterion.answers if key in written]
        if answers:
            found[criterion.pk] = Excerpt(_shortened(answers[0].text), answers)
    return found


def units_sent(soeknad: Soeknad, version: SoeknadVersion | None) -> list[tuple[str, int]]:
    """The kind of each unit and how many children it has, as sent; from the rows when the version
    does not say."""
    units = version.content.get("units") if version else None
    if isinstance(units, list):
        return [(str(unit.get("kind", "")), unit.get("children") or 0) for unit in units]
    return [(unit.kind, unit.children or 0) for unit in soeknad.units.taking_part()]


def _sent(version: SoeknadVersion) -> dict[str, Written]:
    """The answers of a sent version that have a text, by key."""
    parts = version.content.get("parts") or []
    answers = [answer for part in parts for answer in part.get("answers", [])]
    return {
        answer["key"]: Written(str(answer.get("label", "")), str(answer["text"]).strip())
        for answer in answers
        if str(answer.get("text") or "").strip()
    }


def _stored(soeknad: Soeknad) -> dict[str, Written]:
    questions = all_questions(soeknad.applicant)
    rows = soeknad.answers.filter(key__in=questions).values_list("key", "value")
    texts = {key: words_of(questions[key], value) for key, value in rows}
    return {key: Written(str(questions[key].label), text) for key, text in texts.items() if text}


def _shortened(text: str) -> str:
    if len(text) <= SHORT:
        return text
    return text[:SHORT].rsplit(" ", 1)[0].rstrip(" ,.;:") + " …"
