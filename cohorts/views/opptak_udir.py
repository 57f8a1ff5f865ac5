"""The opptak as Udir meets it: who has sent their list, what waits, and the funnel."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import Opptak
from cohorts.queries.funnel import funnel_of
from cohorts.queries.opptak import opptak_dates
from cohorts.queries.opptak_status import OpptakStatus, opptak_status
from cohorts.queries.programme import programme_of
from cohorts.rules.opptak import OpptakDates
from cohorts.rules.opptak_words import (
    candidates_in_words,
    free_in_words,
    held_in_words,
    lists_headline,
    lists_missing,
    unanswered_in_words,
    undecided_in_words,
)
from cohorts.views.funnel import funnel_context
from lmp.lib.wording import frist


def udir_context(request: HttpRequest, opptak: Opptak) -> dict[str, Any]:
    """The head, what waits, and the funnel with its links."""
    today = timezone.localdate()
    dates = opptak_dates(opptak)
    calendar = programme_of(opptak.pulje).calendar_rules.calendar
    status = opptak_status(opptak)
    found = funnel_of(opptak, request.user)
    due = dates.prioritert_liste if status.not_sent else dates.avgjoerelse
    waits = _waits(opptak, status, dates, lambda day: frist(day, today, calendar))
    return {
        "opptak": opptak,
        "pulje": opptak.pulje,
        "title": _title(opptak, status),
        "lead": candidates_in_words(found.sums.total, opptak.capacity),
        "frist": frist(due, today, calendar) if due and opptak.is_open else None,
        "waits": waits if opptak.opened_at else [],
        "quota_changes": [each for each in status.sent if each.quota_changed_at],
        **funnel_context(opptak, found),
    }


def _title(opptak: Opptak, status: OpptakStatus) -> str:
    if opptak.opened_at is None:
        return _("Opptaket er ikke åpnet ennå")
    if opptak.closed_at is not None:
        return _("Opptaket er avsluttet")
    return lists_headline(len(status.sent), status.total)


def _waits(opptak: Opptak, status: OpptakStatus, dates: OpptakDates, words) -> list[dict]:
    """What waits, in the order of the work: the lists, the decisions, the letters, the answers."""
    number = opptak.pulje.number
    missing = lists_missing([str(each) for each in status.not_sent])
    found = [
        (missing, dates.prioritert_liste, "", "", True),
        (
            undecided_in_words(status.undecided) if status.undecided else "",
            dates.avgjoerelse,
            _address("decision_board", number),
            _("Avgjør"),
            False,
        ),
        (
            held_in_words(status.held) if status.held else "",
            None,
            _address("letter_outbox", number),
            _("Se utboksen"),
            False,
        ),
        (
            free_in_words(status.free) if status.free else "",
            None,
            _address("reserve_next", number),
            _("Gi plassen videre"),
            False,
        ),
        (
            unanswered_in_words(status.unanswered) if status.unanswered else "",
            dates.svarfrist,
            _address("decision_board", number),
            _("Se hvem"),
            True,
        ),
    ]
    return [
        {"text": text, "frist": words(due) if due else None, "url": url, "link": link, "wait": wait}
        for text, due, url, link, wait in found
        if text
    ]


def _address(name: str, number: int) -> str:
    try:
        return reverse(f"cohorts:{name}", args=[number])
    except NoReverseMatch:
        return ""
