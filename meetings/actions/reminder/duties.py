"""Reminders about what is owed."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import DateField, Q, QuerySet
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from actors.actions.messages import NoticeText
from actors.models import Owner, Role
from meetings.actions.obligation.words import notice_text, place_name
from meetings.actions.recipients import Place, office_holders
from meetings.actions.reminder.coming import Planned, Thing
from meetings.actions.reminder.in_force import InForce, Span
from meetings.models import Obligation

PREFIX = "obligation"
# What makes two duties the same to a person who owes both. A recruitment has no activity.
SAME = (
    "unit_id",
    "activity_id",
    "deltakelse_id",
    "rule_id",
    "due",
    "meeting_id",
    "referat_id",
    "follow_up_id",
)
# A page ends between two of these, so that what is the same is on one: the first three are enough,
# and PostgreSQL sorts by them in a third of the time.
ORDER = SAME[:3]


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
        for page in _whole(rows_due(spans, on).iterator(chunk_size=size), size):
            yield list(_things(page))

    def holders(self, planned: Iterable[Planned], on: date) -> dict[Planned, list[Role]]:
        """At most eight queries."""
        places = {each: each.place for each in planned}
        found = office_holders(filter(None, places.values()), on)
        return {each: found[place] if place else [] for each, place in places.items()}

    def load(self, pks: Iterable[int]) -> dict[int, Obligation]:
        return Obligation.objects.with_shared_parts().in_bulk(list(pks))

    def text(self, about: Obligation, planned: Planned) -> NoticeText:
        return notice_text(about, owes=not planned.step.to)

    def url(self, about: Obligation, office: str) -> str:
        return about.page_for(office)

    def place(self, about: Obligation) -> str:
        return place_name(about)

    def concerned(self, about: Obligation) -> tuple[int | None, int | None]:
        concerns = about.concerns
        owner = concerns.pk if isinstance(concerns, Owner) else None
        return (about.unit.unit_id if about.unit else None), owner

    def due(self, thing: Thing) -> date | None:
        return thing.due


def rows_due(spans: dict[Span, list[int]], on: date) -> QuerySet[Obligation, tuple]:
    """What is open on the local day and due within the spans of its rule: the columns of `SAME`,
    primary key, office, and the local day it came to be."""
    within = (Q(rule__in=pks, due__range=span) for span, pks in spans.items())
    owed = Obligation.objects.open().opened(on).filter(Q(*within, _connector=Q.OR))
    # A day, not a moment, and cast, so that Django does not look at each of them in Python.
    born = TruncDate("created_at", tzinfo=timezone.get_current_timezone())
    owed = owed.annotate(born=Cast(born, DateField())).order_by(*ORDER)
    return owed.values_list(*SAME, "pk", "office", "born")


def _whole(rows: Iterable[tuple], size: int) -> Iterator[list[tuple]]:
    """The rows, `size` at a time and the few more that may be the same as the last of them."""
    page: list[tuple] = []
    for row in rows:
        if len(page) >= size and (row[1] is None or row[:3] != page[-1][:3]):
            yield page
            page = []
        page.append(row)
    if page:
        yield page


def _things(rows: list[tuple]) -> Iterator[Thing]:
    """The rows as things; those of a recruitment that were settled since the sync are left out."""
    places = _recruitment_places([row[-3] for row in rows if row[1] is None])
    for row in rows:
        unit, activity, deltakelse, rule, due, *_of_meeting, pk, office, born = row
        place = Place(office, deltakelse, unit) if activity else places.get(pk)
        if place is not None:
            same = row[:-3] if activity else (pk,)
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
