"""Notices and mails in words, as the rows of the control room show them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.actions.letters import title_of
from actors.models import Mail, MailStatus, Notice, NoticeCategory, NoticeStatus, Role
from actors.queries.jobs import EngineState
from actors.rules.dead_letter import Attempt, Cause, Tries, cause_of, tries_in_rows
from actors.rules.delivery import MAX_ATTEMPTS
from cohorts.models import DeadlineRule
from lmp.lib.wording import dag, klokka, kortdato, small_first, tallord, when
from meetings.queries.control import Sending
from meetings.rules.reminder import step_in
from meetings.views.control_chart import OFFICES, offices_in_words, step_words

LOOKS = {
    NoticeStatus.SENT: ("ok", "success"),
    NoticeStatus.FAILED: ("late", "danger"),
    NoticeStatus.BOUNCED: ("late", "danger"),
    NoticeStatus.WITHHELD: ("na", "neutral"),
    NoticeStatus.CANCELLED: ("na", "neutral"),
    NoticeStatus.MISSED: ("soon", "warning"),
}


def office_words(role: Role | None) -> str:
    """In which office somebody got it: «styrer Lauvheim», «Granmo kommune», «koordinator»."""
    if role is None:
        return ""
    if role.unit is not None:
        return f"{small_first(title_of(role))} {role.unit}"
    return role.scope_label or small_first(title_of(role))


def notice_rows(notices: Iterable[Notice], rules: dict[int, DeadlineRule]) -> list[dict[str, Any]]:
    """One row a notice: to whom, what and why, and what became of it."""
    rows = []
    for notice in notices:
        icon, color = LOOKS.get(NoticeStatus(notice.status), ("planned", "info"))
        rows.append(
            {
                "notice": notice,
                "office": office_words(notice.role),
                "why": why_words(notice, rules.get(notice.rule or 0)),
                "icon": icon,
                "color": color,
                "failed": notice.status in (NoticeStatus.FAILED, NoticeStatus.BOUNCED),
            }
        )
    return rows


def why_words(notice: Notice, rule: DeadlineRule | None) -> str:
    """Why it was sent: the rule, its step and its version, else what kind of message it is."""
    if rule is None:
        return str(NoticeCategory(notice.category).label)
    words = _("Regel: %(title)s") % {"title": small_first(rule.title)}
    if step := step_in(notice.occasion):
        words += ", " + step_words(step, rule.unit)
    if notice.version:
        words += ", " + _("versjon %(n)s") % {"n": notice.version}
    return words


def cause(mail: Mail) -> Cause:
    """Why a mail did not arrive; its attempts are fetched, the newest first."""
    last = next(iter(mail.tries.all()), None)
    bounced = mail.status == MailStatus.BOUNCED
    return cause_of(
        last.code if last else None, last.answer if last else mail.error, bounced=bounced
    )


def mail_title(mail: Mail) -> str:
    """What the mail is about: its first notice, and how many others there are."""
    notices = list(mail.notices.all())
    if not notices:
        return mail.subject
    if len(notices) == 1:
        return notices[0].title
    return ngettext("%(title)s og %(n)s til", "%(title)s og %(n)s til", len(notices) - 1) % {
        "title": notices[0].title,
        "n": tallord(len(notices) - 1, "n"),
    }


def recipient_words(mail: Mail) -> str:
    """Who it is to: «Nils Rygg, styrer Lauvheim», or the address of somebody without an account."""
    if mail.recipient is None:
        return mail.to
    role = next((notice.role for notice in mail.notices.all() if notice.role), None)
    return ", ".join(filter(None, [str(mail.recipient), office_words(role)]))


def dead_rows(mails: Iterable[Mail], now: datetime) -> list[dict[str, Any]]:
    """One row a mail that did not arrive, with what helps."""
    return [
        {
            "mail": mail,
            "to": recipient_words(mail),
            "title": mail_title(mail),
            "cause": cause(mail),
            "tries": _tries_words(mail, now),
        }
        for mail in mails
    ]


def _tries_words(mail: Mail, now: datetime) -> str:
    last = next(iter(mail.tries.all()), None)
    words = _("%(n)s av %(all)s") % {"n": mail.attempts, "all": max(MAX_ATTEMPTS, mail.attempts)}
    return f"{words}, {short_when(last.at, now)}" if last else words


def short_when(moment: datetime, now: datetime) -> str:
    """«kl. 07.41» today, «i går», else «18. november»."""
    day, today = timezone.localdate(moment), timezone.localdate(now)
    if day == today:
        return klokka(moment)
    return _("i går") if day == today - timedelta(days=1) else dag(day)


def tried_rows(mail: Mail, rule: DeadlineRule | None, now: datetime) -> list[dict[str, Any]]:
    """What was tried, newest first, and at the bottom that the notice was written."""
    attempts = [Attempt(each.number, each.at, _answer(each)) for each in mail.tries.all()]
    rows = []
    for number, tries in enumerate(tries_in_rows(attempts)):
        words = _("Forsøk %(n)s: samme svar") if tries.same else _("Forsøk %(n)s: «%(answer)s».")
        text = words % {"n": tries.numbers, "answer": tries.last.answer}
        given_up = number == 0 and mail.status in (MailStatus.FAILED, MailStatus.BOUNCED)
        rows.append(
            {
                "icon": "x",
                "tone": "",
                "text": f"{text} {_('Gitt opp.')}" if given_up else text,
                "when": _when_tried(tries, now),
            }
        )
    return [*rows, *_made_row(mail, rule, now)]


def _when_tried(tries: Tries, now: datetime) -> str:
    """«I går kl. 07.00–19.10» for several on one day, else when the first and the last were."""
    first, last = when(tries.first.at, now), when(tries.last.at, now)
    if first == last:
        return last
    if timezone.localdate(tries.first.at) == timezone.localdate(tries.last.at):
        return f"{first}–{klokka(tries.last.at).removeprefix('kl. ')}"
    return _("%(first)s til %(last)s") % {"first": first, "last": small_first(last)}


def _answer(attempt) -> str:
    """The code and the words of the mail server, or that there was no answer."""
    words = str(attempt.answer or "")
    code = str(attempt.code or "")
    if not words and not code:
        return _("ikke noe svar")
    return words if words.startswith(code) else f"{code} {words}".strip()


def _made_row(mail: Mail, rule: DeadlineRule | None, now: datetime) -> list[dict[str, Any]]:
    notice = next(iter(mail.notices.all()), None)
    made = notice.created_at if notice else mail.created_at
    words = mail_title(mail)
    parts = [when(made, now), why_words(notice, rule) if notice else ""]
    return [
        {
            "icon": "bell",
            "tone": "",
            "text": _("Varselet ble laget: %(title)s") % {"title": words},
            "when": ", ".join(filter(None, [parts[0], small_first(parts[1])])),
        }
    ]


def sending_rows(
    sendings: Iterable[Sending],
    rules: dict[int, DeadlineRule],
    titles: dict[str, str],
    now: datetime,
) -> list[dict[str, Any]]:
    """One row a step of a rule and day: what, when, to whom, and how many arrived.

    `titles` says what a rule is called by its key, for what was written without one.
    """
    rows = []
    for sending in sendings:
        rule = rules.get(sending.rule or 0)
        all_came = sending.arrived == sending.sent
        rows.append(
            {
                "title": _title(sending, rule, titles),
                "about": " · ".join(
                    [when(sending.at, now), *_to(sending.offices), *_rule_of(rule)]
                ),
                "arrived": _("%(n)s av %(all)s kom fram")
                % {"n": sending.arrived, "all": sending.sent},
                "icon": "ok" if all_came else "soon",
                "color": "success" if all_came else "warning",
                "query": _search(sending, titles),
            }
        )
    return rows


def _search(sending: Sending, titles: dict[str, str]) -> str:
    """What finds those who got it among all that was sent; empty when there is no such search."""
    if sending.kind not in titles:
        return ""
    return urlencode({"regel": sending.kind, "til": kortdato(sending.at)})


def _title(sending: Sending, rule: DeadlineRule | None, titles: dict[str, str]) -> str:
    """What went out: «Referat fra veiledningen, 3 dager over fristen»."""
    if rule is None:
        return titles.get(sending.kind, sending.title)
    step = sending.step
    return f"{rule.title}, {step_words(step, rule.unit)}" if step else rule.title


def _to(offices: tuple[str, ...]) -> list[str]:
    if not offices:
        return []
    words = offices_in_words(offices)
    directorate = words.startswith(str(OFFICES["udir"]))
    return [_("til %(who)s") % {"who": words if directorate else small_first(words)}]


def _rule_of(rule: DeadlineRule | None) -> list[str]:
    return [_("regel i %(pulje)s") % {"pulje": small_first(str(rule.pulje))}] if rule else []


def lead(state: EngineState, dead: int) -> str:
    """The state of the sending in a sentence or two: does it run, and did everything arrive?"""
    n = {"n": tallord(dead)}
    if state.silent_since is None and not state.pauses:
        if not dead:
            return _("Alt går som det skal.")
        words = ngettext(
            "Alt går som det skal, bortsett fra én e-post som ikke kom fram.",
            "Alt går som det skal, bortsett fra %(n)s e-poster som ikke kom fram.",
            dead,
        )
        return words % n
    first = _("Utsendingen står stille.") if state.silent_since else _("Noe er satt på pause.")
    if not dead:
        return first
    lost = ngettext("Én e-post kom ikke fram.", "%(n)s e-poster kom ikke fram.", dead) % n
    return f"{first} {capfirst(lost)}"
