"""Which notices go together in one mail, in which order, and what the subject line says."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Protocol, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from actors.rules.delivery import CATCH_UP_WORKDAYS
from actors.rules.roles import RoleKind
from actors.rules.wishes import (
    DECISION,
    REMINDER,
    PreferenceLike,
    may_be_chosen_away,
    when_to_send,
)
from lmp.lib.wording import dag, dato, frist, tallord, workdays_to_say
from lmp.lib.workdays import Calendar


class NoticeLike(Protocol):
    """What the words of a mail need of a notice."""

    title: str
    due: date | None
    created_at: datetime
    urgent: bool


class Categorised(Protocol):
    """What is needed of a notice to know what it is about and what may be done with it."""

    kind: str
    subject: str
    title: str
    category: str
    urgent: bool


class WaitingNotice(Categorised, Protocol):
    """What is needed of a notice to know when it may go; times are aware."""

    not_before: datetime
    created_at: datetime

    @property
    def last_day(self) -> date | None: ...


class BundledNotice(NoticeLike, Categorised, Protocol):
    """All of it."""


N = TypeVar("N", bound=BundledNotice)

A_WEEK = timedelta(days=7)


class Timing(Enum):
    """What becomes of a notice that waits."""

    NOW = "now"
    LATER = "later"
    NEVER = "never"
    TOO_LATE = "too late"


def timing(notice: WaitingNotice, wishes: PreferenceLike | None, now: datetime) -> Timing:
    """Whether a notice may go by mail at `now` (aware), by the person's wishes and the hours.

    A reminder that should have gone more than three working days ago is too late.
    """
    begun = max(notice.not_before, notice.created_at)
    wish = notice.category, notice.urgent, wishes
    planned = when_to_send(*wish, begun, notice.last_day)
    if planned is None:
        return Timing.NEVER
    if planned > now or when_to_send(*wish, now, notice.last_day) != now:
        return Timing.LATER
    return Timing.TOO_LATE if is_too_late(notice, planned, now) else Timing.NOW


def is_too_late(notice: Categorised, planned: datetime, now: datetime) -> bool:
    """Whether a notice that should have gone at `planned` is not sent any more at `now` (aware).

    Only reminders that are not urgent grow old: there will be another.
    """
    return notice.category == REMINDER and not notice.urgent and is_old(planned, now)


def is_old(planned: datetime, now: datetime) -> bool:
    """Whether `planned` is more than three working days before `now` (aware)."""
    days = timezone.localdate(planned), timezone.localdate(now)
    return Calendar().workdays_between(*days) > CATCH_UP_WORKDAYS


def most_urgent_first(notices: Iterable[N]) -> list[N]:
    """Earliest deadline first (overdue on top), then those without, oldest first."""
    return sorted(notices, key=lambda n: (n.due is None, n.due or date.max, n.created_at))


def letters(notices: Iterable[N]) -> tuple[list[list[N]], list[N]]:
    """Divide one person's notices in those that go at once and those of the day's mail.

    What is urgent, and decisions, go at once: one letter for each thing it is about.
    """
    at_once: dict[str, list[N]] = {}
    daily = []
    for notice in most_urgent_first(notices):
        if goes_at_once(notice):
            at_once.setdefault(_thing(notice), []).append(notice)
        else:
            daily.append(notice)
    return list(at_once.values()), daily


def goes_at_once(notice: Categorised) -> bool:
    """Whether a notice gets its own mail, at any hour of any day."""
    return notice.urgent or notice.category == DECISION


def is_daily(notices: Iterable[Categorised]) -> bool:
    """Whether this is the mail that a person gets at most once a day."""
    return not any(goes_at_once(notice) for notice in notices)


def once_each(notices: Iterable[N]) -> list[N]:
    """The notices with each thing once, though the person is told in two offices."""
    first: dict[str, N] = {}
    for notice in notices:
        first.setdefault(_thing(notice), notice)
    return list(first.values())


def _thing(notice: Categorised) -> str:
    """What a notice is about: reminders of one duty are one thing, messages each their own."""
    if notice.category == REMINDER:
        return notice.subject
    return f"{notice.subject}:{notice.kind}:{notice.title}"


def may_stop(notices: Iterable[Categorised]) -> bool:
    """Whether the recipient can choose away everything in the mail: nothing urgent, no decision."""
    return all(may_be_chosen_away(n.category) and not n.urgent for n in notices)


def subject_line(notices: Sequence[NoticeLike], place: str, today: date, language: str) -> str:
    """«[Handling kreves] To frister denne uka – Granli skole».

    The brackets when something in it has a due day, and then the first day stands there unless all
    are of this week. An urgent notice alone says what it is about, and the place is said once.
    """
    with override(language):
        dues = sorted(n.due for n in notices if n.due is not None)
        if len(notices) == 1 and notices[0].urgent:
            words = _with_day(notices[0].title, dues)
        elif len(dues) < len(notices):
            words = ngettext("%(n)s varsel", "%(n)s varsler", len(notices))
            words = _with_day(_capital(words % {"n": tallord(len(notices), "n")}), dues)
        else:
            words = _due_words(dues, today)
        if dues:
            words = _("[Handling kreves] %(words)s") % {"words": words}
    return f"{words} – {place}" if place and place not in words else words


def when_line(due: date, today: date) -> str:
    """The deadline of an item, in the active language: «Frist torsdag 26. november, om 4
    arbeidsdager», «Fristen gikk ut i går, torsdag 19. november»; far away only the date."""
    calendar = Calendar()
    left = workdays_to_say(due, today, calendar)
    if left is None or due == today + timedelta(days=1):
        return frist(due, today, calendar).words
    words = ngettext(
        "Frist %(date)s, om %(n)s arbeidsdag", "Frist %(date)s, om %(n)s arbeidsdager", left
    )
    return words % {"date": dato(due, year=due.year != today.year), "n": left}


def _due_words(dues: Sequence[date], today: date) -> str:
    """How many deadlines, and when: this week, or the day of the first (`dues` are in order)."""
    count, values = len(dues), {"date": dag(dues[0])}
    one_day = dues[0] == dues[-1]
    if today - A_WEEK < dues[0] and dues[-1] < today + A_WEEK:
        words = ngettext("%(n)s frist denne uka", "%(n)s frister denne uka", count)
    elif one_day and dues[0] < today:
        words = ngettext(
            "%(n)s frist som gikk ut %(date)s", "%(n)s frister som gikk ut %(date)s", count
        )
    elif one_day:
        words = ngettext("%(n)s frist, %(date)s", "%(n)s frister, %(date)s", count)
    elif dues[0] < today:
        words = _("%(n)s frister, den første gikk ut %(date)s")
    else:
        words = _("%(n)s frister, den første %(date)s")
    return _capital(words % {"n": tallord(count, "c"), **values})


def _with_day(words: str, dues: Sequence[date]) -> str:
    """The words with the first deadline, unless they say it."""
    if not dues or dag(dues[0]) in words:
        return words
    return _("%(words)s, frist %(date)s") % {"words": words, "date": dag(dues[0])}


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def task_line(notices: Sequence[NoticeLike], place: str) -> str:
    """The first sentence of the mail, in the active language: «Du har to ting å gjøre for …»."""
    count = len(notices)
    if any(n.due is None for n in notices):
        words = ngettext("Du har %(n)s varsel.", "Du har %(n)s varsler.", count)
        return words % {"n": tallord(count, "n")}
    if place:
        words = _("Du har %(n)s ting å gjøre for %(place)s.")
    else:
        words = _("Du har %(n)s ting å gjøre.")
    return words % {"n": tallord(count), "place": place}


def reason_line(kind: str, title: str, place: str, pulje: int | None = None) -> str:
    """Why the person gets the mail, in the active language.

    `kind`, `title` (in words) and `place` are those of the role, or empty when there are several;
    `pulje` is the number of the only pulje that the mail is about.
    """
    if place and pulje is not None:
        place = _("%(place)s i pulje %(pulje)s") % {"place": place, "pulje": pulje}
    if kind == RoleKind.LEDER:
        words = _("Du får dette fordi du er %(role)s ved %(place)s.")
        title = title.lower()
    elif kind and place:
        words = _("Du får dette fordi du har rollen %(role)s, %(place)s.")
    elif kind:
        words = _("Du får dette fordi du har rollen %(role)s.")
    else:
        words = _("Du får dette fordi du har en rolle i Læringsmiljøprosjektet.")
    return words % {"role": title, "place": place}
