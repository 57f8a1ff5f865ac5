"""Reminders about what is owed."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from actors.actions.messages import NoticeText
from actors.models import Owner, Role, Unit
from meetings.actions.obligation.words import notice_text, place_name
from meetings.actions.recipients import Place, office_holders
from meetings.actions.reminder.coming import Planned, Thing
from meetings.actions.reminder.in_force import InForce, Span
from meetings.models import Obligation

PREFIX = "obligation"
FIELDS = (
    "pk",
    "rule_id",
    "due",
    "office",
    "born",
    "deltakelse_id",
    "unit_id",
    "activity_id",
    "meeting_id",
    "referat_id",
    "follow_up_id",
)


class Duties:
    """What is owed: to whoever owes it, and to those who are told that it is missing."""

    def concerns(self, each: InForce) -> bool:
        return each.rule.met_by != "none"

    def pages(
        self, rules: list[InForce], spans: dict[Span, list[int]], on: date, size: int
    ) -> Iterator[list[Thing]]:
        """One query, read as it is used: a cursor on PostgreSQL, so that memory is that of a
        page."""
        if not spans:
            return
        wanted = Q()
        for span, pks in spans.items():
            wanted |= Q(rule__in=pks, due__range=span)
        owed = Obligation.objects.open().opened(on).filter(wanted).order_by()
        # A day, not a moment: cheaper to read, two thousand times.
        owed = owed.annotate(born=TruncDate("created_at", tzinfo=timezone.get_current_timezone()))
        rows = owed.values_list(*FIELDS).iterator(chunk_size=size)
        while page := list(islice(rows, size)):
            yield list(_things(page))

    def holders(self, planned: Iterable[Planned], on: date) -> dict[Planned, list[Role]]:
        """At most eight queries."""
        each = list(planned)
        found = office_holders({one.place for one in each if one.place}, on)
        return {one: found[one.place] if one.place else [] for one in each}

    def load(self, pks: Iterable[int]) -> dict[int, Obligation]:
        rows = Obligation.objects.filter(pk__in=list(pks)).for_lists().with_recruitment()
        return {row.pk: row for row in rows}

    def text(self, about: Obligation, planned: Planned) -> NoticeText:
        return notice_text(about)

    def url(self, about: Obligation, office: str) -> str:
        return about.page_for(office)

    def place(self, about: Obligation) -> str:
        return place_name(about)

    def concerned(self, about: Obligation) -> tuple[Unit | None, Owner | None]:
        concerns = about.concerns
        owner = concerns if isinstance(concerns, Owner) else None
        return (about.unit.unit if about.unit else None), owner

    def due(self, thing: Thing) -> date | None:
        return thing.due


def _things(rows: list[tuple[Any, ...]]) -> Iterator[Thing]:
    """The rows as things; those of a recruitment that were settled since the sync are left out."""
    places = _recruitment_places([row[0] for row in rows if row[7] is None])
    for pk, rule, due, office, born, deltakelse, unit, activity, *about in rows:
        place = Place(office, deltakelse, unit) if activity else places.get(pk)
        if place is not None:
            same = (rule, due, deltakelse, unit, activity, *about) if activity else (pk,)
            yield Thing(pk, f"{PREFIX}:{pk}", rule, due, born, office, same, place)


def _recruitment_places(pks: list[int]) -> dict[int, Place]:
    """Where the offices of duties of a recruitment are looked for; at most one query."""
    if not pks:
        return {}
    owed = Obligation.objects.filter(pk__in=pks).unsettled().with_recruitment()
    places = {}
    for each in owed:
        embete = each.in_embete
        owner = each.concerns.pk if each.embete_id is None and each.concerns else None
        if embete is not None:
            places[each.pk] = Place(
                each.office, owner_id=owner, statsforvalter_id=embete.statsforvalter_id
            )
    return places
