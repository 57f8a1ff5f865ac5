"""What the control room of varsler shows: what was sent, what waits, what did not arrive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, Count, Max, Min, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, StrIndex, Substr, TruncDate
from django.utils import timezone

from actors.models import (
    Mail,
    MailAttempt,
    MailStatus,
    Notice,
    NoticeCategory,
    NoticeStatus,
    Owner,
    Unit,
    User,
)
from cohorts.models import DeadlineRule
from meetings.models import Meeting, Obligation
from meetings.rules.reminder import Step, step_in

DEAD = (MailStatus.FAILED, MailStatus.BOUNCED)
OF_A_RULE = Q(category=NoticeCategory.REMINDER, rule__isnull=False, occasion__contains="@")
ON_THE_WAY = (NoticeStatus.QUEUED, NoticeStatus.BUNDLED)
RECENT = timedelta(days=7)
MOST_SENDINGS = 8
SCOPES = (
    "recipient",
    "mail",
    "role__unit",
    "role__owner",
    "role__statsforvalter",
    "role__kommune",
    "role__ppt",
)


@dataclass(frozen=True)
class Figures:
    """Mails sent today and to how many addresses, and mails that did not arrive."""

    sent: int
    people: int
    dead: int


def figures_at(now: datetime) -> Figures:
    """How it stands at `now` (aware). One query; what waits is told by `engine_state`."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    is_today = Q(sent_at__gte=midnight)
    mails = Mail.objects.aggregate(
        sent=Count("pk", filter=is_today),
        people=Count("to", filter=is_today, distinct=True),
        dead=Count("pk", filter=Q(status__in=DEAD)),
    )
    return Figures(**mails)


def dead_mails() -> QuerySet[Mail]:
    """Mails that did not arrive, the newest first, with notices and attempts. Three queries."""
    return with_contents(Mail.objects.filter(status__in=DEAD))


def with_contents(mails: QuerySet[Mail]) -> QuerySet[Mail]:
    """The mails with what their page shows: who it is to, what stands in it, each attempt."""
    notices = Notice.objects.select_related(*SCOPES, "unit__owner", "owner").order_by("pk")
    tries = MailAttempt.objects.order_by("-number")
    return mails.select_related("recipient").prefetch_related(
        Prefetch("notices", notices), Prefetch("tries", tries)
    )


def others_to(mail: Mail) -> int:
    """How many other mails wait for the same address or did not reach it. One query."""
    same = Q(recipient=mail.recipient) if mail.recipient_id else Q(recipient=None, to=mail.to)
    waiting = Mail.objects.filter(same, status__in=[MailStatus.QUEUED, *DEAD])
    return waiting.exclude(pk=mail.pk).count()


@dataclass(frozen=True)
class Sending:
    """Notices of one step, or of one kind, that went out on one local day, and how many arrived.

    `step` is that of the rule that wrote them, None for messages; `offices` those they went to.
    """

    at: datetime
    rule: int | None
    kind: str
    title: str
    step: Step | None
    offices: tuple[str, ...]
    sent: int
    arrived: int


def sendings_until(now: datetime) -> list[Sending]:
    """The last sendings of a week: of the newest day first, with what did not arrive. One query."""
    sent = Notice.objects.filter(mail__created_at__gte=now - RECENT).order_by()
    when = Coalesce("mail__sent_at", "mail__created_at")
    tried = sent.filter(status__in=["sent", "failed", "bounced"])
    until_at = Substr("occasion", 1, StrIndex("occasion", Value("@")) - 1)
    rows = (
        tried.annotate(
            day=TruncDate(when), step=Case(When(OF_A_RULE, then=until_at), default=Value(""))
        )
        .values("day", "rule", "kind", "step", "role__kind")
        .annotate(
            at=Max(when),
            title=Min("title"),
            tried=Count("pk"),
            arrived=Count("pk", filter=Q(status=NoticeStatus.SENT)),
        )
        .order_by("role__kind")
    )
    found: dict[tuple, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault((row["day"], row["rule"], row["kind"], row["step"]), []).append(row)
    sendings = sorted(((key[0], _sending(rows)) for key, rows in found.items()), key=_order)
    return [sending for _day, sending in sendings[:MOST_SENDINGS]]


def _sending(rows: list[Mapping[str, Any]]) -> Sending:
    """The offices that one step went to, put together."""
    first = rows[0]
    return Sending(
        at=max(row["at"] for row in rows),
        rule=first["rule"],
        kind=first["kind"],
        title=min(row["title"] for row in rows),
        step=step_in(first["step"]),
        offices=tuple(row["role__kind"] for row in rows if row["role__kind"]),
        sent=sum(row["tried"] for row in rows),
        arrived=sum(row["arrived"] for row in rows),
    )


def _order(each: tuple[date, Sending]) -> tuple:
    day, one = each
    offset = one.step.offset if one.step else 0
    return -day.toordinal(), one.arrived == one.sent, one.kind, one.rule or 0, offset


def rules_by_pk(keys: set[int | None]) -> dict[int, DeadlineRule]:
    """The rules with these primary keys. One query, none without keys."""
    known = {key for key in keys if key is not None}
    return DeadlineRule.objects.select_related("pulje").in_bulk(known) if known else {}


def rule_titles() -> list[tuple[str, str]]:
    """(key, title) of the rules of all puljer, each key once, by title. One query."""
    newest = {rule.key: rule.title for rule in DeadlineRule.objects.order_by("pk")}
    return sorted(newest.items(), key=lambda pair: pair[1].lower())


@dataclass(frozen=True)
class Wanted:
    """What is looked for among all notices; what is empty is not asked. Days are local."""

    person: str = ""
    place: str = ""
    kind: str = ""
    status: str = ""
    first: datetime | None = None
    last: datetime | None = None


def found_notices(wanted: Wanted) -> QuerySet[Notice]:
    """Notices to anybody, newest first, as their lists show them."""
    found = Notice.objects.select_related(*SCOPES)
    if wanted.person:
        name = Q(recipient__name__icontains=wanted.person)
        found = found.filter(name | Q(recipient__email__icontains=wanted.person))
    if wanted.place:
        place = Q(place__icontains=wanted.place)
        place |= Q(unit__name__icontains=wanted.place) | Q(owner__name__icontains=wanted.place)
        found = found.filter(place)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.status:
        found = found.filter(status=wanted.status)
    if wanted.first:
        found = found.filter(created_at__gte=wanted.first)
    if wanted.last:
        found = found.filter(created_at__lt=wanted.last)
    return found


def notices_to(person: User) -> QuerySet[Notice]:
    """All notices to a person, newest first."""
    return Notice.objects.select_related(*SCOPES).filter(recipient=person)


def notices_about(thing: Unit | Owner | Meeting | Obligation) -> QuerySet[Notice]:
    """Who was told of a thing, newest first; with a meeting also of what is owed for it."""
    return Notice.objects.select_related(*SCOPES).filter(_about(thing))


def _about(thing: Unit | Owner | Meeting | Obligation) -> Q:
    if isinstance(thing, Unit):
        return Q(unit=thing)
    if isinstance(thing, Owner):
        return Q(owner=thing) | Q(unit__owner=thing)
    if isinstance(thing, Obligation):
        return Q(subject=f"obligation:{thing.pk}")
    owed = Obligation.objects.filter(meeting=thing).values_list("pk", flat=True)
    subjects = [f"obligation:{pk}" for pk in owed]
    return Q(subject__in=[f"meeting:{thing.pk}", *subjects])


def told_of(notices: list[Notice]) -> list[Notice]:
    """What others got about the same things, or is on its way to them. One query."""
    if not notices:
        return []
    others = Notice.objects.filter(
        subject__in={notice.subject for notice in notices},
        status__in=(NoticeStatus.SENT, *ON_THE_WAY),
    ).exclude(recipient__in={notice.recipient_id for notice in notices})
    return list(others.select_related(*SCOPES).order_by("recipient__name", "-pk"))
