"""Tasks that no deadline rule knows of: a hidden text, a merknad, an address that is wrong."""

from collections.abc import Callable
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Role, User
from actors.queries.bounced import correctable_by
from actors.rules.delivery import CATCH_UP_WORKDAYS
from actors.rules.roles import RoleKind
from lmp.lib.wording import tallord
from lmp.lib.workdays import Calendar
from meetings.access.privacy import home_of
from meetings.models import Meeting, Merknad, Obligation, PrivacyReport, Referat
from meetings.rules.referat import OPEN_FOR_CHANGES
from reports.rules.task import Task

Make = Callable[[QuerySet, Any], list[Task]]
AUTHORS = (RoleKind.LEDER, RoleKind.EIER, RoleKind.VEILEDER)


def unasked_tasks(user) -> list[Task]:
    """All of them for the office the person acts in.

    One query tells which kinds there are; each of those costs one more.
    """
    if user.role.kind not in AUTHORS:
        return []
    kinds: list[tuple[QuerySet, Make]] = [
        (_hidden(user), _from_hidden),
        (_merknader(user), _from_merknader),
        (_bounced(user), _from_bounced),
    ]
    exist = [Exists(rows) for rows, _make in kinds]
    there = Role.objects.filter(pk=user.role.pk).order_by().values_list(*exist).get()
    found = [make(rows, user) for has, (rows, make) in zip(there, kinds, strict=True) if has]
    return [task for tasks in found for task in tasks]


def _hidden(user) -> QuerySet[PrivacyReport]:
    """Reports of texts that are hidden until the office cleans them (domain 8.24)."""
    reports = PrivacyReport.objects.to_clean_by(user)
    return reports.filter(status=PrivacyReport.Status.OPEN)


def _from_hidden(reports: QuerySet[PrivacyReport], user) -> list[Task]:
    """One task a text, within the 72 hours of its first report."""
    by_text = {}
    for report in reports.with_texts().order_by("-due_at"):
        text = report.text
        if text.hidden_at is not None and text.removed_at is None:
            by_text[type(text), text.pk] = report
    return [
        Task(
            due=timezone.localdate(report.due_at),
            title=_("Lag en renset versjon av en skjult tekst"),
            url=reverse("meetings:privacy_clean", args=[report.pk]),
            why=_("En leser har meldt at noen kan kjennes igjen."),
            action=_("Rens teksten"),
            place=str(home_of(report.text)),
        )
        for report in by_text.values()
    ]


def _merknader(user) -> QuerySet[Merknad]:
    """Merknader that nobody has answered, to referater that the role's office wrote."""
    return Merknad.objects.filter(
        _written_by_office(user),
        status=Merknad.Status.OPEN,
        referat__status__in=OPEN_FOR_CHANGES,
        referat__meeting__pulje__status="running",
    )


def _written_by_office(user) -> Q:
    """Merknader to what the role's office wrote: a unit's leader, else who owed the referat."""
    role = user.role
    if role.kind == RoleKind.LEDER:
        return Q(referat__unit__unit=role.unit_id)
    owed = Obligation.objects.filter(
        meeting=OuterRef("referat__meeting"),
        unit=None,
        activity__paper="after",
        office=role.kind,
    )
    seen: QuerySet = Meeting.objects.visible_to(user).values("pk")
    return Q(Exists(owed), referat__unit=None, referat__meeting__in=seen)


def _from_merknader(merknader: QuerySet[Merknad], user) -> list[Task]:
    """One task a referat."""
    found = merknader.select_related(
        "referat__meeting__deltakelse__owner", "referat__meeting__activity", "referat__unit__unit"
    ).order_by("referat_id", "pk")
    return [
        _merknad_task(referat, list(rows))
        for referat, rows in groupby(found, lambda merknad: merknad.referat)
    ]


def _merknad_task(referat: Referat, merknader: list[Merknad]) -> Task:
    meeting, unit = referat.meeting, referat.unit
    count = len(merknader)
    title = ngettext(
        "Svar på en merknad til referatet", "Svar på %(n)s merknader til referatet", count
    )
    one = reverse("meetings:merknad_answer", args=[meeting.pk, merknader[0].pk])
    url = one if count == 1 else reverse("meetings:referat_detail", args=[meeting.pk])
    return Task(
        due=referat.merknad_due or meeting.day,
        title=title % {"n": tallord(count)},
        url=f"{url}?enhet={unit.pk}" if unit else url,
        why=meeting.name,
        action=_("Svar på merknaden") if count == 1 else _("Åpne referatet"),
        place=str(unit or (meeting.deltakelse.owner if meeting.deltakelse else "")),
    )


def _bounced(user) -> QuerySet[User]:
    """People of the owner whom mail does not reach; nobody for other offices."""
    people = correctable_by(user) if user.role.kind == RoleKind.EIER else User.objects.none()
    return people.order_by("email_bounced_at", "pk")


def _from_bounced(people: QuerySet[User], user) -> list[Task]:
    """One task a person.

    What waits for them is too old to be sent after so many working days: that is the deadline.
    """
    calendar = Calendar()

    def last_day(person: User) -> date:
        day = timezone.localdate(person.email_bounced_at)
        return calendar.add_workdays(day, CATCH_UP_WORKDAYS)

    return [
        Task(
            due=last_day(person),
            title=_("Rett e-postadressen til %(name)s") % {"name": person},
            url=reverse("actors:person_address", args=[person.pk]),
            why=_("E-post til %(email)s kommer i retur.") % {"email": person.email},
            action=_("Rett adressen"),
            place=str(user.role.owner),
        )
        for person in people
    ]
