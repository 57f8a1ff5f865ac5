"""Which notices go together in one mail, in which order, and what the subject line says."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from actors.rules.roles import RoleKind
from lmp.lib.wording import tallord


class NoticeLike(Protocol):
    """What is needed of a notice."""

    title: str
    due: date | None
    created_at: datetime
    urgent: bool


N = TypeVar("N", bound=NoticeLike)


def most_urgent_first(notices: Iterable[N]) -> list[N]:
    """Earliest deadline first (overdue on top), then those without, oldest first."""
    return sorted(notices, key=lambda n: (n.due is None, n.due or date.max, n.created_at))


def letters(notices: Iterable[N]) -> tuple[list[N], list[N]]:
    """Divide one person's notices in those that go alone at once and those of the day's mail."""
    ordered = most_urgent_first(notices)
    return [n for n in ordered if n.urgent], [n for n in ordered if not n.urgent]


def subject_line(notices: Sequence[NoticeLike], place: str, today: date, language: str) -> str:
    """«To frister denne uka – Granli skole»; an urgent notice alone says what it is about."""
    with override(language):
        if len(notices) == 1 and notices[0].urgent:
            words = notices[0].title
        else:
            words = _count_words(notices, today)
    return f"{words} – {place}" if place else words


def _count_words(notices: Sequence[NoticeLike], today: date) -> str:
    count = len(notices)
    dues = [n.due for n in notices if n.due is not None]
    if len(dues) < count:
        gender, words = "n", ngettext("%(n)s varsel", "%(n)s varsler", count)
    elif max(dues) < today + timedelta(days=7):
        gender, words = "c", ngettext("%(n)s frist denne uka", "%(n)s frister denne uka", count)
    else:
        gender, words = "c", ngettext("%(n)s frist", "%(n)s frister", count)
    text = words % {"n": tallord(count, gender)}
    return text[0].upper() + text[1:]


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


def reason_line(kind: str, title: str, place: str) -> str:
    """Why the person gets the mail, in the active language.

    `kind`, `title` (in words) and `place` are those of the role, or empty when there are several.
    """
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
