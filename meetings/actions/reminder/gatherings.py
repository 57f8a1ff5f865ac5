"""Reminders that a meeting is coming up, to everybody who is invited and has not said no."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from actors.actions.messages import NoticeText
from actors.models import Role
from lmp.lib.wording import dato, klokka
from meetings.actions.notices import concerned, place_of, subject_of
from meetings.actions.obligation.words import rule_text
from meetings.actions.reminder.coming import Planned, Thing
from meetings.actions.reminder.in_force import InForce, Span
from meetings.models import Attendance, Meeting, Response


class Gatherings:
    """Meetings that take place, of the activities that the rule names."""

    def concerns(self, each: InForce) -> bool:
        rule = each.rule
        return (rule.anchor, rule.met_by, rule.owed_by) == ("meeting_start", "none", "invited")

    def pages(
        self, rules: list[InForce], spans: dict[Span, list[int]], on: date, size: int
    ) -> Iterator[list[Thing]]:
        """One query. A meeting that two rules name is there for each of them."""
        if not spans:
            return
        by_pk = {each.rule.pk: each.rule for each in rules}
        wanted = Q()
        for (first, last), pks in spans.items():
            within = Q(start__gte=_midnight(first), start__lt=_midnight(last + timedelta(days=1)))
            for rule in (by_pk[pk] for pk in pks):
                wanted |= within & Q(pulje=rule.pulje_id, activity__key__in=rule.activities)
        meetings = Meeting.objects.taking_place().filter(wanted).select_related("activity")
        rows = meetings.order_by().iterator(chunk_size=size)
        while page := list(islice(rows, size)):
            yield [
                _thing(meeting, rule.pk)
                for meeting in page
                for rule in by_pk.values()
                if rule.pulje_id == meeting.pulje_id and meeting.activity.key in rule.activities
            ]

    def holders(self, planned: Iterable[Planned], on: date) -> dict[Planned, list[Role]]:
        """Each in the office they are invited in, or the first they hold. Two queries."""
        each = list(planned)
        invited = Attendance.objects.filter(meeting__in={one.thing.pk for one in each})
        invited = invited.filter(user__is_active=True).exclude(response=Response.NO)
        people: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for meeting, user, actor in invited.values_list("meeting", "user", "actor").order_by("pk"):
            people[meeting].append((user, actor))
        held: dict[int, list[Role]] = defaultdict(list)
        users = {user for some in people.values() for user, _actor in some}
        roles = Role.objects.active(on).filter(user__in=users).select_related("user")
        for role in roles.order_by("pk"):
            held[role.user_id].append(role)
        return {
            one: [
                role
                for user, actor in people[one.thing.pk]
                if (role := _fitting(held[user], _office(one, actor))) is not None
            ]
            for one in each
        }

    def load(self, pks: Iterable[int]) -> dict[int, Meeting]:
        rows = Meeting.objects.filter(pk__in=list(pks)).with_parts()
        return {row.pk: row for row in rows.select_related("pulje", "deltakelse__owner")}

    def text(self, about: Meeting, planned: Planned) -> NoticeText:
        return rule_text(planned.of.rule, meeting_values(about, "nb"), meeting_values(about, "nn"))

    def url(self, about: Meeting, office: str) -> str:
        return reverse("meetings:meeting_detail", args=[about.pk])

    def place(self, about: Meeting) -> str:
        return place_of(about)

    def concerned(self, about: Meeting) -> tuple[int | None, int | None]:
        return concerned(about)

    def due(self, thing: Thing) -> date | None:
        """Nothing is to be done by then."""
        return None


def _thing(meeting: Meeting, rule: int) -> Thing:
    day, born = meeting.day, timezone.localdate(meeting.created_at)
    return Thing(
        meeting.pk, subject_of(meeting), rule, day, born, "", (rule, meeting.pk), until=day
    )


def _midnight(day: date) -> datetime:
    """When the local day begins, summer and winter."""
    return timezone.make_aware(datetime.combine(day, time()))


def _office(planned: Planned, actor: str) -> str | None:
    return next((each.role for each in planned.of.programme.actors if each.id == actor), None)


def _fitting(roles: list[Role], office: str | None) -> Role | None:
    return next((role for role in roles if role.kind == office), roles[0] if roles else None)


def meeting_values(meeting: Meeting, language: str) -> dict[str, str]:
    """The placeholders that have a value for a meeting; its day with the hour it begins."""
    day = dato(meeting.day, lang=language)
    return {
        "enhet": ", ".join(str(unit) for unit in meeting.units.all()),
        "eier": str(meeting.deltakelse.owner) if meeting.deltakelse else "",
        "moete": meeting.named(language),
        "moetedato": f"{day} {klokka(meeting.start)}",
        "frist": day,
        "pulje": str(meeting.pulje).lower(),
        "semester": str(meeting.semester).lower(),
        "oppgave": meeting.named(language),
    }
