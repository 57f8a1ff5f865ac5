"""How a plan stands, in words: never a number of how good it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lmp.lib.wording import dag, join_words, tallord

NOT_BEGUN, UNDER_WAY, DONE, ENDED = "not_begun", "under_way", "done", "ended"
ORDER = (DONE, UNDER_WAY, NOT_BEGUN)


@dataclass(frozen=True)
class TiltakFact:
    """What the words need to know of a tiltak."""

    status: str
    evaluate_on: date


def plan_heading(*, goals: int, waiting: int, reviewed: bool, due: date | None, today: date) -> str:
    """The heading of the plan: how it stands and whether the semester's review is done.

    `waiting` is how many tiltak should have been evaluated; `due` the day of the review, None when
    the semester asks for none.
    """
    if not goals:
        return _("Planen er tom ennå.")
    first = (
        ngettext("%(n)s tiltak skulle vært vurdert.", "%(n)s tiltak skulle vært vurdert.", waiting)
        % {"n": _capital(tallord(waiting, "n"))}
        if waiting
        else _("Planen er i rute.")
    )
    return f"{first} {_review_words(reviewed, due, today)}".strip()


def _review_words(reviewed: bool, due: date | None, today: date) -> str:
    if reviewed:
        return _("Den er gjennomgått dette semesteret.")
    if due is None:
        return ""
    return _("Gjennomgangen er over fristen.") if due < today else _("Gjennomgangen gjenstår.")


def plan_lead(goals: int, tiltak: Iterable[TiltakFact]) -> str:
    """«To mål og fire tiltak. Ett tiltak er ferdig, to er i gang og ett er ikke begynt.»"""
    statuses = [each.status for each in tiltak if each.status != ENDED]
    n = len(statuses)
    goal_words = ngettext("%(n)s mål", "%(n)s mål", goals) % {"n": tallord(goals, "n")}
    tiltak_words = ngettext("%(n)s tiltak", "%(n)s tiltak", n) % {"n": tallord(n, "n")}
    what = [goal_words, tiltak_words if n else _("ingen tiltak ennå")]
    sentences = [f"{_capital(join_words(what))}."]
    counts = [(status, statuses.count(status)) for status in ORDER if status in statuses]
    if counts:
        parts = [_count_words(status, n, at == 0) for at, (status, n) in enumerate(counts)]
        sentences.append(f"{_capital(join_words(parts))}.")
    return " ".join(sentences)


def _count_words(status: str, n: int, named: bool) -> str:
    texts = {
        (DONE, True): ngettext("%(n)s tiltak er ferdig", "%(n)s tiltak er ferdige", n),
        (UNDER_WAY, True): ngettext("%(n)s tiltak er i gang", "%(n)s tiltak er i gang", n),
        (NOT_BEGUN, True): ngettext(
            "%(n)s tiltak er ikke begynt", "%(n)s tiltak er ikke begynt", n
        ),
        (UNDER_WAY, False): ngettext("%(n)s er i gang", "%(n)s er i gang", n),
        (NOT_BEGUN, False): ngettext("%(n)s er ikke begynt", "%(n)s er ikke begynt", n),
    }
    return texts[status, named] % {"n": tallord(n, "n")}


def review_state(reviewed_on: date | None) -> str:
    """When the plan was last reviewed, for those who see the date alone: «Gjennomgått 11. juni.»"""
    if reviewed_on is None:
        return _("Planen er ikke gjennomgått ennå.")
    return _("Gjennomgått %(day)s.") % {"day": dag(reviewed_on)}


def waiting_to_be_evaluated(tiltak: Iterable[TiltakFact], today: date) -> int:
    """How many tiltak that go on should have been evaluated before the local date `today`."""
    return sum(
        each.status in (NOT_BEGUN, UNDER_WAY) and each.evaluate_on < today for each in tiltak
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
