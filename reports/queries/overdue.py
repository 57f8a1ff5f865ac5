"""The list «Over fristen»: what, who, how long, and what happens next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actors.models import Notice, NoticeStatus
from cohorts.models import Activity, DeadlineRule
from cohorts.queries.programme import programme_of
from lmp.lib import status as words
from lmp.lib.wording import join_words, small_first, tallord
from meetings.rules.reminder import Step, sending_day, steps_of
from reports.queries.board import Board
from reports.queries.facts import Duty

REMINDER = ""
MOST_KINDS = 2


@dataclass(frozen=True)
class LateRow:
    """One or several alike duties: same thing, same owner, same day. `kind` is the activity's."""

    what: str
    who: str
    days: int
    deltakelse_id: int | None
    kind: str
    next_step: str


def late_groups(duties: Iterable[Duty]) -> list[list[Duty]]:
    """The duties that make one row each: those without a meeting gathered per owner and day."""
    groups: dict[tuple, list[Duty]] = {}
    for duty in duties:
        one = duty.pk if duty.meeting_id else 0
        key = (duty.rule_id, duty.activity_id, duty.deltakelse_id, duty.due, one)
        groups.setdefault(key, []).append(duty)
    return list(groups.values())


def late_rows(board: Board, groups: Iterable[list[Duty]]) -> list[LateRow]:
    """The groups in words, with what was sent last and what comes next. One query."""
    owners = {owner.pk: owner.short_name for owner in board.owners}
    units = {unit.pk: unit.name for unit in board.units}
    activities = {activity.pk: activity for activity in board.activities}
    groups = list(groups)
    sent = _last_sent(duty.pk for group in groups for duty in group)
    return [
        LateRow(
            what=_what(board, group[0], activities),
            who=_who(group, owners, units),
            days=(board.today - group[0].due).days,
            deltakelse_id=group[0].deltakelse_id,
            kind=activities[group[0].activity_id].kind,
            next_step=_next_step(board, group[0], sent),
        )
        for group in groups
    ]


def _what(board: Board, duty: Duty, activities: dict) -> str:
    rule = board.facts.rules.get(duty.rule_id or 0)
    meeting = board.facts.meetings_by_id.get(duty.meeting_id or 0)
    if rule is not None and rule.met_by == "date":
        kinds = dict.fromkeys(_kind_title(board, a) for a in _undated(board, duty, activities))
        return _("Dato for %(what)s") % {"what": join_words(list(kinds)[:MOST_KINDS])}
    if meeting is None:
        return rule.title if rule else activities[duty.activity_id].title
    day = timezone.localtime(meeting.start)
    return f"{activities[duty.activity_id].title} {day.day}.{day.month}."


def _undated(board: Board, duty: Duty, activities: dict) -> list[Activity]:
    """The meetings that a duty to set dates still waits for."""
    named = [activities[pk] for pk in duty.concerns]
    return [a for a in named if board.cell(a, duty.place).status == words.MISSING] or named


def _kind_title(board: Board, activity: Activity) -> str:
    kind = programme_of(board.semester.pulje).kind(activity.kind)
    title = kind.name.in_language(get_language() or "nb")
    return title[:1].lower() + title[1:]


def _who(group: list[Duty], owners: dict[int, str], units: dict[int, str]) -> str:
    owner = owners.get(group[0].deltakelse_id or 0, _("Hele pulja"))
    names = [units[duty.unit_id] for duty in group if duty.unit_id in units]
    if not names:
        return owner
    if len(names) == 1:
        return f"{owner}, {names[0]}"
    return _("%(owner)s, %(n)s enheter") % {"owner": owner, "n": tallord(len(names))}


def _last_sent(duties: Iterable[int]) -> dict[int, tuple[date, str]]:
    """For each duty the local day and the actor (empty: the responsible) of the last message."""
    subjects = [f"obligation:{pk}" for pk in duties]
    if not subjects:
        return {}
    notices = Notice.objects.filter(subject__in=subjects, status__in=GONE).order_by("created_at")
    found = {}
    for subject, occasion, at in notices.values_list("subject", "occasion", "created_at"):
        actor = occasion.removeprefix("to-") if occasion.startswith("to-") else REMINDER
        name = actor.split("+")[0].split("@")[0]
        found[int(subject.split(":")[1])] = (timezone.localtime(at).date(), name)
    return found


GONE = (NoticeStatus.QUEUED, NoticeStatus.BUNDLED, NoticeStatus.SENT)


def _next_step(board: Board, duty: Duty, sent: dict[int, tuple[date, str]]) -> str:
    rule = board.facts.rules.get(duty.rule_id or 0)
    parts = []
    if duty.pk in sent:
        day, actor = sent[duty.pk]
        parts.append(_sent_words(board, day, actor))
    coming = _next_of(board, rule, duty.due) if rule else None
    if coming:
        parts.append(_coming_words(board, *coming))
    return " ".join(parts) or _("Ingen flere påminnelser. Ta kontakt.")


def _next_of(board: Board, rule: DeadlineRule, due: date) -> tuple[date, Step] | None:
    """The first step that is still to come, and its day."""
    days = (
        (sending_day(due, step.offset, rule.unit, board.calendar), step)
        for step in steps_of(rule.steps)
    )
    coming = [(day, step) for day, step in days if day > board.today]
    return min(coming, key=lambda pair: pair[0], default=None)


def _sent_words(board: Board, day: date, actor: str) -> str:
    when = f"{day.day}.{day.month}."
    if actor == REMINDER:
        return _("Påminnelse sendt %(day)s") % {"day": when}
    return _("Varslet %(who)s %(day)s") % {"who": _actor(board, actor), "day": when}


def _coming_words(board: Board, day: date, step: Step) -> str:
    when = f"{day.day}.{day.month}."
    if not step.to:
        return _("Ny påminnelse %(day)s") % {"day": when}
    return _("Varsler %(who)s %(day)s") % {"who": _actor(board, step.to), "day": when}


def _actor(board: Board, actor: str) -> str:
    programme = programme_of(board.semester.pulje)
    try:
        return small_first(programme.actor(actor).label.in_language(get_language() or "nb"))
    except KeyError:
        return actor
