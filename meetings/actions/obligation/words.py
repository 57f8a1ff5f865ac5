"""What an obligation is called: the pulje's own neutral words, with the placeholders filled in."""

from collections.abc import Mapping

from django.conf import settings
from django.utils import translation

from actors.actions.messages import NoticeText
from cohorts.models import DeadlineRule
from cohorts.rules.text import in_language
from lmp.lib.wording import dato
from meetings.models import Obligation
from meetings.rules.reminder import fill_in, without_link


def obligation_title(obligation: Obligation) -> str:
    """An order in the active language: «Sett dato for møtene i semester 3»."""
    rule = obligation.rule
    if rule is None:
        return obligation.activity.title if obligation.activity else ""
    language = translation.get_language() or "nb"
    subject = in_language(rule.subject_bm, rule.subject_nn)
    return fill_in(subject, placeholder_values(obligation, language))


def obligation_reason(obligation: Obligation) -> str:
    """The rule's text in the active language without its link; empty without a rule."""
    rule = obligation.rule
    if rule is None:
        return ""
    language = translation.get_language() or "nb"
    text = without_link(in_language(rule.text_bm, rule.text_nn))
    return fill_in(text, placeholder_values(obligation, language))


def notice_text(obligation: Obligation) -> NoticeText:
    """Subject, text and button of a reminder, in both languages."""
    # The link is cut off and shown as a button: to find it is most of the work.
    bm, nn = (_values(obligation, language) for language in ("nb", "nn"))
    return rule_text(obligation.rule, bm, nn)


def rule_text(rule: DeadlineRule, bm: Mapping[str, str], nn: Mapping[str, str]) -> NoticeText:
    """The words of a rule with its placeholders filled in, for each language."""
    return NoticeText(
        title_bm=fill_in(rule.subject_bm, bm),
        title_nn=fill_in(rule.subject_nn, nn),
        body_bm=fill_in(without_link(rule.text_bm), bm),
        body_nn=fill_in(without_link(rule.text_nn), nn),
        action_bm="Åpne",
        action_nn="Opne",
    )


def place_name(obligation: Obligation) -> str:
    """The unit, or the owner, that the duty concerns; empty for what concerns the whole pulje."""
    if obligation.unit is not None:
        return str(obligation.unit)
    return str(obligation.concerns or "")


def placeholder_values(obligation: Obligation, language: str) -> dict[str, str]:
    """The placeholders of the programme, dates in words in `language` («nb» or «nn»)."""
    link = f"{settings.SITE_URL}{obligation.get_absolute_url()}"
    return _values(obligation, language) | {"lenke": link}


def _values(obligation: Obligation, language: str) -> dict[str, str]:
    """All but the link."""
    meeting, activity, rule = obligation.meeting, obligation.activity, obligation.rule
    with translation.override(language):
        return {
            "enhet": str(obligation.unit or ""),
            "eier": str(obligation.concerns or ""),
            "moete": str(meeting.title) if meeting else "",
            "moetedato": dato(meeting.day, lang=language) if meeting else "",
            "frist": dato(obligation.due, lang=language),
            "pulje": str(obligation.pulje).lower(),
            "semester": str(obligation.semester or "").lower(),
            "oppgave": str(rule.title if rule else activity.title if activity else ""),
        }
