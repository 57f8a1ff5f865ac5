"""A pause in words: what it would hold, what it holds, and what becomes of that."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Notice, NoticeCategory, Pause, PauseScope
from actors.queries.delivery import held_by
from lmp.lib.wording import dato, join_words, klokka, when
from meetings.actions.reminder import forecast
from meetings.queries.pause import Held, decisions_that_wait
from meetings.rules.reminder import Step
from meetings.views.control_chart import each_count, offices_in_words, step_words

AHEAD = 7
"""Days that are counted for a pause without an end."""
SENT_FROM = time(7)


def effect_lines(pause: Pause, now: datetime) -> list[str]:
    """What a pause that is not set yet would mean, one sentence a line."""
    if pause.scope == PauseScope.RULE and pause.rule is None:
        return [_("Velg regelen, og regn ut på nytt")]
    if pause.scope == PauseScope.PLACE and pause.unit is None and pause.owner is None:
        return [_("Velg kommunen eller enheten, og regn ut på nytt")]
    return [
        *_what_waits(pause, now),
        *_what_goes(pause),
        _("Når pausen er over, sjekkes alt på nytt. Det noen har levert, blir ikke sendt"),
        _("Det som er eldre enn tre arbeidsdager, blir ikke sendt, men ført som «ikke sendt»"),
    ]


def _what_waits(pause: Pause, now: datetime) -> list[str]:
    lines = []
    waiting = held_by(pause).count()
    if waiting:
        lines.append(
            ngettext("%(n)s varsel venter nå", "%(n)s varsler venter nå", waiting) % {"n": waiting}
        )
    if pause.scope == PauseScope.PLACE:
        return [*lines, _("Påminnelser og meldinger om stedet venter. Vedtak og brev går")]
    coming = _coming(pause, now)
    if not coming:
        return lines or [_("Ingen påminnelser er ventet før pausen er over")]
    if pause.until is None:
        words = ngettext(
            "%(n)s påminnelse som skulle gått den neste uka, venter",
            "%(n)s påminnelser som skulle gått den neste uka, venter",
            coming,
        )
        return [*lines, words % {"n": coming}]
    words = ngettext(
        "%(n)s påminnelse som skulle gått før %(day)s, venter",
        "%(n)s påminnelser som skulle gått før %(day)s, venter",
        coming,
    )
    return [*lines, words % {"n": coming, "day": dato(pause.until)}]


def _coming(pause: Pause, now: datetime) -> int:
    """How many reminders of the days after today would wait; those of the last day leave at 07."""
    today = timezone.localdate(now)
    last = timezone.localdate(pause.until) if pause.until else today + timedelta(days=AHEAD + 1)
    days = (last - today).days
    if days < 2:
        return 0
    found = forecast(today=today + timedelta(days=1), days=days - 1)
    if pause.scope == PauseScope.RULE:
        found = [each for each in found if each.rule.pk == pause.rule]
    return sum(each_count(each) for each in found)


def _what_goes(pause: Pause) -> list[str]:
    if pause.scope == PauseScope.EVERYTHING:
        return [_("Vedtak, brev og invitasjoner venter også")]
    decisions = decisions_that_wait()
    if not decisions:
        return [_("Vedtak, brev og invitasjoner går som planlagt")]
    words = ngettext(
        "%(n)s vedtak eller brev som er på vei, går som planlagt",
        "%(n)s vedtak og brev som er på vei, går som planlagt",
        decisions,
    )
    return [words % {"n": decisions}]


def key_figures(
    pause: Pause, notices: list[Notice], groups: list[Held]
) -> list[dict[str, str | int]]:
    """How many wait, how many of them are never sent, and when the pause ends."""
    people = len({notice.recipient_id for notice in notices})
    gone, late = sum(group.gone for group in groups), sum(group.late for group in groups)
    to = ngettext("til %(n)s person", "til %(n)s personer", people) % {"n": people}
    end = pause.until
    return [
        {"label": _("Venter"), "value": len(notices), "note": to if notices else ""},
        {"label": _("Blir ikke sendt"), "value": gone + late, "note": _why_not(gone, late)},
        {
            "label": _("Slutter"),
            "value": klokka(end).removeprefix("kl. ") if end else "–",
            "note": dato(end) if end else _("når noen starter igjen"),
        },
    ]


def _why_not(gone: int, late: int) -> str:
    parts = []
    if gone:
        parts.append(_("ikke lenger nødvendig"))
    if late:
        parts.append(_("for sent"))
    return join_words(parts)


def row_of(group: Held, now: datetime) -> dict[str, Any]:
    """A row of what waits: when it should have left, why, to whom, how many, and what follows."""
    first = group.notices[0]
    planned = timezone.make_aware(datetime.combine(group.day, SENT_FROM))
    is_reminder = first.category == NoticeCategory.REMINDER
    return {
        "when": when(max(first.not_before, planned) if is_reminder else first.not_before, now),
        "why": why_of(group),
        "to": offices_of(group.notices),
        "count": len(group.notices),
        "then": _then(group),
    }


def why_of(group: Held) -> str:
    """«Veiledningsgrunnlag, 5 dager igjen», or the title of the first of other notices."""
    if group.rule is None or group.offset is None:
        return group.notices[0].title
    return f"{group.rule.title}, {step_words(Step(group.offset), group.rule.unit)}"


def offices_of(notices: Iterable[Notice]) -> str:
    """To which offices: «Styrere og rektorer»; a notice without one goes to a person."""
    kinds = [notice.role.kind if notice.role else "" for notice in notices]
    named = offices_in_words(kind for kind in kinds if kind)
    if all(kinds):
        return named
    return join_words([named, _("enkeltpersoner")]) if named else _("Enkeltpersoner")


def _then(group: Held) -> str:
    parts = []
    if group.gone:
        parts.append(
            ngettext(
                "%(n)s er ikke lenger nødvendig", "%(n)s er ikke lenger nødvendige", group.gone
            )
            % {"n": group.gone}
        )
    if group.late:
        parts.append(
            ngettext("%(n)s er for gammelt", "%(n)s er for gamle", group.late) % {"n": group.late}
        )
    if not group.left:
        return _("Sendes ikke: %(why)s") % {"why": join_words(parts)}
    return ", ".join([_("Sendes"), *parts])
