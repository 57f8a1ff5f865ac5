"""Invitations that nobody has answered: whoever sent one is told when it has run out.

The person who is invited gets the letter again (`letters`); somebody without an account has no
notices.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from actors.actions.messages import NoticeText
from actors.models import Invitation, Role
from lmp.lib.wording import dato
from meetings.actions.reminder.coming import Planned, Thing
from meetings.actions.reminder.in_force import INVITER, InForce, Span


class Invitations:
    """Invitations that are neither accepted nor withdrawn. `due` is the last local day of one."""

    def concerns(self, each: InForce) -> bool:
        return each.rule.anchor == "invitation_sent"

    def pages(
        self, rules: list[InForce], spans: dict[Span, list[int]], on: date, size: int
    ) -> Iterator[list[Thing]]:
        """One query. An invitation belongs to no pulje: the rule of the last pulje holds."""
        rule = max((each.rule for each in rules), key=lambda one: one.pulje.number, default=None)
        own = [span for span, pks in spans.items() if rule is not None and rule.pk in pks]
        if rule is None or not own:
            return
        wanted = Q()
        for first, last in own:
            start, end = _midnight(first), _midnight(last + timedelta(days=1))
            wanted |= Q(expires_at__gte=start, expires_at__lt=end)
        waiting = Invitation.objects.waiting().filter(wanted).order_by()
        rows = waiting.values_list("pk", "expires_at", "sent_at").iterator(chunk_size=size)
        while page := list(islice(rows, size)):
            yield [_thing(rule.pk, *row) for row in page]

    def holders(self, planned: Iterable[Planned], on: date) -> dict[Planned, list[Role]]:
        """The first role of the one who sent it; nobody for the letters. Two queries."""
        told = [each for each in planned if each.office == INVITER]
        sent = Invitation.objects.filter(pk__in={each.thing.pk for each in told})
        inviters = dict(sent.values_list("pk", "invited_by"))
        roles = Role.objects.active(on).filter(user__in=set(inviters.values()) - {None})
        first: dict[int, Role] = {}
        for role in roles.filter(user__is_active=True).select_related("user").order_by("pk"):
            first.setdefault(role.user_id, role)
        return {each: [] for each in planned} | {
            each: [role]
            for each in told
            if (role := first.get(inviters.get(each.thing.pk) or 0)) is not None
        }

    def load(self, pks: Iterable[int]) -> dict[int, Invitation]:
        rows = Invitation.objects.filter(pk__in=list(pks)).with_scope()
        return {row.pk: row for row in rows}

    def text(self, about: Invitation, planned: Planned) -> NoticeText:
        return _expired_text(about)

    def url(self, about: Invitation, office: str) -> str:
        return reverse("actors:people_list")

    def place(self, about: Invitation) -> str:
        return about.scope_label

    def concerned(self, about: Invitation) -> tuple[int | None, int | None]:
        return about.unit_id, about.owner_id

    def due(self, thing: Thing) -> date | None:
        """Nothing must be done: it may be sent again or not."""
        return None


def _thing(rule: int, pk: int, expires_at: datetime, sent_at: datetime) -> Thing:
    due, born = timezone.localdate(expires_at), timezone.localdate(sent_at)
    return Thing(pk, f"invitation:{pk}", rule, due, born, "", (rule, pk))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _expired_text(invitation: Invitation) -> NoticeText:
    """Not the words of the rule: those are for the person who is invited."""
    name = invitation.name or invitation.email
    bm, nn = (dato(timezone.localdate(invitation.expires_at), lang=each) for each in ("nb", "nn"))
    return NoticeText(
        title_bm="En invitasjon du sendte, er ikke tatt imot",
        title_nn="Ein invitasjon du sende, er ikkje teken imot",
        body_bm=f"Invitasjonen til {name} gjaldt til {bm}. Du kan sende den på nytt.",
        body_nn=f"Invitasjonen til {name} gjaldt til {nn}. Du kan sende han på nytt.",
        action_bm="Se invitasjonene",
        action_nn="Sjå invitasjonane",
    )
