"""What a person wants by mail, and when mail is sent at all.

Mail goes out on working days from the hour the person has chosen until 17, Norwegian time: not at
night, not in weekends, on public holidays, in the Christmas week or in July. What is urgent, and
decisions and letters, go at once on any day. Decisions can never be chosen away.
"""

from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from lmp.lib.workdays import Calendar

# The words of `NoticeCategory` and `HowOften`, which the models hold.
REMINDER, MESSAGE, DECISION = "reminder", "message", "decision"
DAILY, WEEKLY, NEVER = "daily", "weekly", "never"

FIRST_HOUR = 7  # local; the earliest that can be chosen
LAST_HOUR = 17  # local; from then on nothing goes until the next working day

OSLO = ZoneInfo("Europe/Oslo")
ONE_DAY = timedelta(days=1)


class PreferenceLike(Protocol):
    """What is needed of a `MailPreference`; `hour` is local."""

    reminders: str
    messages: str
    hour: int


def when_to_send(
    category: str,
    urgent: bool,
    preference: PreferenceLike | None,
    moment: datetime,
    last_day: date | None = None,
) -> datetime | None:
    """When a notice may go by mail: `moment` itself is «now», a later time is «wait until then».

    None is «never»: the person does not want it by mail, and it is shown in the portal only.
    `moment` is aware; so is the answer, in Norwegian time when it is later. Without a preference
    everything comes daily from 7. Who wants it once a week does not wait for the next
    time when `last_day` (local) comes before it or with it: then it would be of little use.
    """
    if is_unwanted(category, urgent, preference):
        return None
    if urgent or category == DECISION:
        return moment
    how_often, hour = _wish(category, preference)
    local = moment.astimezone(OSLO)
    day = _first_day(local, how_often)
    if last_day is not None and local.date() <= last_day <= day:
        day = _first_day(local, DAILY)
    opens = datetime.combine(day, time(hour), tzinfo=OSLO)
    return moment if moment >= opens else opens


def is_unwanted(category: str, urgent: bool, preference: PreferenceLike | None) -> bool:
    """Whether the person has chosen not to have a notice by mail; decisions and what is urgent
    come all the same."""
    return not urgent and category != DECISION and _wish(category, preference)[0] == NEVER


def next_hours(moment: datetime) -> datetime:
    """When mail that is not urgent goes: `moment` itself (aware) in the hours of sending, else the
    next time they begin, in Norwegian time."""
    opens = when_to_send(MESSAGE, False, None, moment)
    return moment if opens is None else opens


def may_be_chosen_away(category: str) -> bool:
    """Whether a person can say no to mail of this category: never to decisions and letters."""
    return category in (REMINDER, MESSAGE)


def _wish(category: str, preference: PreferenceLike | None) -> tuple[str, int]:
    if preference is None:
        return DAILY, FIRST_HOUR
    often = preference.reminders if category == REMINDER else preference.messages
    return often, preference.hour


def _first_day(local: datetime, how_often: str) -> date:
    """The first day from the local time on that has hours of sending left."""
    day = local.date()
    while not _may_go(day, how_often) or (day == local.date() and local.hour >= LAST_HOUR):
        day += ONE_DAY
    return day


def _may_go(day: date, how_often: str) -> bool:
    """Whether mail goes on a day; weekly is Monday, or the first working day after it."""
    calendar = Calendar()
    if not calendar.is_workday(day):
        return False
    if how_often != WEEKLY:
        return True
    earlier = (day - n * ONE_DAY for n in range(1, day.isoweekday()))
    return not any(calendar.is_workday(other) for other in earlier)
