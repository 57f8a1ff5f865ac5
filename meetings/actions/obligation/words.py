"""What an obligation is called: the pulje's own neutral words, with the placeholders filled in."""

from collections.abc import Callable, Container, Mapping
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_noop

from actors.actions.messages import NoticeText
from cohorts.models import DeadlineRule
from cohorts.models.deltakelse import Participation
from cohorts.rules.text import in_language
from lmp.lib.wording import dato
from meetings.models import Obligation
from meetings.queries.demand import NOTE
from meetings.rules.obligation import CLOSED_EARLY
from meetings.rules.reminder import fill_in, placeholders, without_link

# Why something is no longer owed, as it is kept with a reminder.
NO_LONGER = gettext_noop("Det gjelder ikke lenger")
MEETING_CANCELLED = gettext_noop("Møtet er avlyst")
UNIT_LEFT = gettext_noop("Enheten er ikke lenger med")
EVALUATION_CLOSED = gettext_noop("Evalueringen er lukket")
OPEN = ("Åpne", "Opne")
# What the one who owes it does at the other end of the link, by what meets the duty.
BUTTONS = {
    "answer": ("Svar på invitasjonen", "Svar på invitasjonen"),
    "date": ("Sett dato", "Set dato"),
    "review": ("Les referatet", "Les referatet"),
    "veileder": ("Sett opp veileder", "Set opp rettleiar"),
}
PAPERS = {
    "before": ("Skriv grunnlaget", "Skriv grunnlaget"),
    "after": ("Skriv referatet", "Skriv referatet"),
    NOTE: ("Skriv notatet", "Skriv notatet"),
}


def obligation_title(obligation: Obligation) -> str:
    """An order in the active language: «Sett dato for møtene i semester 3»."""
    rule = obligation.rule
    if rule is None:
        return obligation.activity.title if obligation.activity else ""
    language = translation.get_language() or "nb"
    subject = in_language(rule.subject_bm, rule.subject_nn)
    return fill_in(subject, _values(obligation, language, placeholders(subject)))


def obligation_reason(obligation: Obligation) -> str:
    """The rule's text in the active language without its link; empty without a rule."""
    rule = obligation.rule
    if rule is None:
        return ""
    language = translation.get_language() or "nb"
    text = without_link(in_language(rule.text_bm, rule.text_nn))
    return fill_in(text, _values(obligation, language, placeholders(text)))


def notice_text(obligation: Obligation, *, owes: bool) -> NoticeText:
    """Subject, text and button of a reminder, in both languages.

    `owes`: it is for the one who is to do it, who is told on the button what that is. Others, who
    are told that it is missing, look at it.
    """
    rule = obligation.rule
    bm, nn = (
        rule.subject_bm + without_link(rule.text_bm),
        rule.subject_nn + without_link(rule.text_nn),
    )
    return rule_text(
        rule,
        _values(obligation, "nb", placeholders(bm)),
        _values(obligation, "nn", placeholders(nn)),
        _button(obligation) if owes else OPEN,
    )


def _button(obligation: Obligation) -> tuple[str, str]:
    rule, activity = obligation.rule, obligation.activity
    if rule is not None and rule.met_by == "paper" and activity is not None:
        return PAPERS.get(NOTE if activity.kind == NOTE else activity.paper, OPEN)
    return BUTTONS.get(rule.met_by if rule else "", OPEN)


def rule_text(
    rule: DeadlineRule,
    bm: Mapping[str, str],
    nn: Mapping[str, str],
    button: tuple[str, str] = OPEN,
) -> NoticeText:
    """The words of a rule with its placeholders filled in, for each language; `button` is what
    stands on the link."""
    return NoticeText(
        title_bm=fill_in(rule.subject_bm, bm),
        title_nn=fill_in(rule.subject_nn, nn),
        body_bm=fill_in(without_link(rule.text_bm), bm),
        body_nn=fill_in(without_link(rule.text_nn), nn),
        action_bm=button[0],
        action_nn=button[1],
    )


def place_name(obligation: Obligation) -> str:
    """The unit, or the owner, that the duty concerns; empty for what concerns the whole pulje."""
    if obligation.unit is not None:
        return str(obligation.unit)
    return str(obligation.concerns or "")


def placeholder_values(obligation: Obligation, language: str) -> dict[str, str]:
    """The placeholders of the programme, dates in words in `language` («nb» or «nn»)."""
    return _values(obligation, language, VALUES)


def _values(obligation: Obligation, language: str, names: Container[str]) -> dict[str, str]:
    """The values of those named, and no others: to find the link is most of the work."""
    with translation.override(language):
        return {name: find(obligation) for name, find in VALUES.items() if name in names}


def _meeting_day(obligation: Obligation) -> str:
    return _in_words(obligation.meeting.day) if obligation.meeting else ""


def _task(obligation: Obligation) -> str:
    named = obligation.rule or obligation.activity
    return str(named.title) if named else ""


def _in_words(day: date) -> str:
    return dato(day, lang=translation.get_language() or "nb")


# How each placeholder is found, in the active language.
VALUES: dict[str, Callable[[Obligation], str]] = {
    "enhet": lambda each: str(each.unit or ""),
    "eier": lambda each: str(each.concerns or ""),
    "moete": lambda each: each.meeting.name if each.meeting else "",
    "moetedato": _meeting_day,
    "frist": lambda each: _in_words(each.due),
    "lenke": lambda each: f"{settings.SITE_URL}{each.get_absolute_url()}",
    "pulje": lambda each: str(each.pulje).lower(),
    "semester": lambda each: str(each.semester or "").lower(),
    "oppgave": _task,
}


def why_void(obligation: Obligation | None) -> str:
    """Why it is no longer owed, in the words of the source; of one that is not there too."""
    if obligation is None:
        return NO_LONGER
    if obligation.meeting is not None and obligation.meeting.is_cancelled:
        return MEETING_CANCELLED
    if obligation.unit is not None and obligation.unit.status == Participation.WITHDRAWN:
        return UNIT_LEFT
    return EVALUATION_CLOSED if obligation.void_reason == CLOSED_EARLY else NO_LONGER
