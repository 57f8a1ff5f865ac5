"""What the people invited to a meeting are told: neutral words in both languages, and a link.

Dates are written in the language of the reader; the text never says more than when and where.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from actors.actions.messages import NoticeText, Origin, in_role, notify
from actors.models import Role, User
from cohorts.models import DeltakendeUnit
from cohorts.queries.programme import programme_of
from lmp.lib.wording import dato, klokka, tidsrom
from meetings.models import Attendance, Meeting
from meetings.models.meeting import MeetingForm
from meetings.rules.meeting import is_at_hand, next_day

INVITATION, MOVED, CHANGED = "invitation", "moved", "changed"
CANCELLED, AGENDA = "cancelled", "agenda"
_PLACE = {"nb": "Sted", "nn": "Stad"}
_DIGITAL = "Møtet er digitalt."
_LINK = {"nb": "Lenka står i portalen.", "nn": "Lenkja står i portalen."}


def subject_of(meeting: Meeting) -> str:
    """The name of a meeting in events and notices."""
    return f"meeting:{meeting.pk}"


def concerned(meeting: Meeting) -> tuple[int | None, int | None]:
    """The unit, when it is for one only, and the owner it is about (primary keys)."""
    units = list(meeting.units.all())
    owner = meeting.deltakelse.owner_id if meeting.deltakelse else None
    return (units[0].unit_id if len(units) == 1 else None), owner


def place_of(meeting: Meeting, unit: DeltakendeUnit | None = None) -> str:
    """Its units (or the one that a paper is about) or owner, for the subject line; empty for what
    concerns everybody."""
    units = [str(each) for each in ([unit] if unit else meeting.units.all())]
    return ", ".join(units) or (str(meeting.deltakelse.owner) if meeting.deltakelse else "")


def origin_of(meeting: Meeting, unit: DeltakendeUnit | None = None) -> Origin:
    """Where a message about a meeting comes from, or about the paper of one of its units."""
    only, owner = concerned(meeting)
    return Origin(
        pulje=meeting.pulje.number, unit_id=unit.unit_id if unit else only, owner_id=owner
    )


def tell_participants(
    *,
    meeting: Meeting,
    kind: str,
    occasion: str,
    text: NoticeText,
    by: User | None,
    now: datetime,
    moved_from: datetime | None = None,
) -> int:
    """Queue one notice to everybody invited, except the person who did it; return how many.

    Nobody is told of a meeting that is over. A meeting that is called, changed or cancelled when it
    is at hand, or was before it was moved (`moved_from`, aware), is told of at once: the mail of
    the day may come when people have set out. Each link opens in the office the person is invited
    in, when the person holds several.
    """
    if meeting.end < now:
        return 0
    invited = [
        attendance
        for attendance in meeting.attendances.select_related("user").filter(user__isnull=False)
        if by is None or attendance.user_id != by.pk
    ]
    path = reverse("meetings:meeting_detail", args=[meeting.pk])
    day = next_day([moved_from, meeting.start], now)
    urgent = kind != AGENDA and is_at_hand(day, now)
    place, origin = place_of(meeting), origin_of(meeting)
    return sum(
        notify(
            recipients=people,
            kind=f"meeting_{kind}",
            subject=subject_of(meeting),
            occasion=occasion,
            text=text,
            url=url,
            now=now,
            event_day=day,
            urgent=urgent,
            place=place,
            origin=origin,
        )
        for url, people in links_for(meeting, invited, path, now).items()
    )


def links_for(
    meeting: Meeting, invited: Iterable[Attendance], path: str, now: datetime
) -> dict[str, list[User]]:
    """The link to `path` for each person: with `?rolle=<id>` for those who hold several roles."""
    programme = programme_of(meeting.pulje)
    offices = {actor.id: actor.role for actor in programme.actors}
    people = {attendance.user: offices.get(attendance.actor) for attendance in invited}
    roles: dict[int, list[Role]] = defaultdict(list)
    today = timezone.localtime(now).date()
    for role in Role.objects.filter(user__in=people).active(today).order_by("pk"):
        roles[role.user_id].append(role)
    links: dict[str, list[User]] = defaultdict(list)
    for person, office in people.items():
        fitting = [role for role in roles[person.pk] if role.kind == office]
        chosen = fitting if len(roles[person.pk]) > 1 else []
        links[in_role(path, chosen[0]) if chosen else path].append(person)
    return dict(links)


def invitation_text(meeting: Meeting) -> NoticeText:
    """Du er invitert: what, when, and a button to answer."""
    return NoticeText(
        title_bm=f"Invitasjon: {meeting.named('nb')}",
        title_nn=f"Invitasjon: {meeting.named('nn')}",
        body_bm=f"{_when(meeting, 'nb')}. Svar om du kommer.",
        body_nn=f"{_when(meeting, 'nn')}. Svar om du kjem.",
        action_bm="Svar på invitasjonen",
        action_nn="Svar på invitasjonen",
    )


def moved_text(meeting: Meeting, old: datetime, *, elsewhere: bool = False) -> NoticeText:
    """Møtet er flyttet, from when to when; an earlier answer no longer counts.

    `elsewhere`: the place or the form is new as well.
    """
    where_bm, where_nn = (_where(meeting, lang) if elsewhere else "" for lang in ("nb", "nn"))
    return NoticeText(
        title_bm=f"Møtet er flyttet: {meeting.named('nb')}",
        title_nn=f"Møtet er flytta: {meeting.named('nn')}",
        body_bm=f"Fra {dato(old, lang='nb')} {klokka(old)} til {_when(meeting, 'nb', low=True)}. "
        f"{where_bm}Svar på nytt om du kommer.",
        body_nn=f"Frå {dato(old, lang='nn')} {klokka(old)} til {_when(meeting, 'nn', low=True)}. "
        f"{where_nn}Svar på nytt om du kjem.",
        action_bm="Svar på nytt",
        action_nn="Svar på nytt",
    )


def changed_text(meeting: Meeting) -> NoticeText:
    """Møtet er endret: when it is, from beginning to end, and where."""
    return NoticeText(
        title_bm=f"Møtet er endret: {meeting.named('nb')}",
        title_nn=f"Møtet er endra: {meeting.named('nn')}",
        body_bm=f"{_span(meeting, 'nb')}. {_where(meeting, 'nb')}".strip(),
        body_nn=f"{_span(meeting, 'nn')}. {_where(meeting, 'nn')}".strip(),
        action_bm="Se møtet",
        action_nn="Sjå møtet",
    )


def cancelled_text(meeting: Meeting) -> NoticeText:
    """Møtet er avlyst; the reason is read in the portal."""
    return NoticeText(
        title_bm=f"Møtet er avlyst: {meeting.named('nb')}",
        title_nn=f"Møtet er avlyst: {meeting.named('nn')}",
        body_bm=f"{_when(meeting, 'nb')} er avlyst. Grunnen står i portalen.",
        body_nn=f"{_when(meeting, 'nn')} er avlyst. Grunnen står i portalen.",
        action_bm="Se møtet",
        action_nn="Sjå møtet",
    )


def agenda_text(meeting: Meeting) -> NoticeText:
    """Sakslista er klar."""
    return NoticeText(
        title_bm=f"Saksliste: {meeting.named('nb')}",
        title_nn=f"Sakliste: {meeting.named('nn')}",
        body_bm=f"Sakslista til møtet {_when(meeting, 'nb', low=True)} er klar.",
        body_nn=f"Saklista til møtet {_when(meeting, 'nn', low=True)} er klar.",
        action_bm="Les sakslista",
        action_nn="Les saklista",
    )


def _when(meeting: Meeting, lang: str, *, low: bool = False) -> str:
    words = f"{dato(meeting.start, lang=lang)} {klokka(meeting.start)}"
    return words if low else words.capitalize()


def _span(meeting: Meeting, lang: str) -> str:
    """From when to when; the last day too, when it is another."""
    start, end = timezone.localtime(meeting.start), timezone.localtime(meeting.end)
    if start.date() == end.date():
        return f"{dato(start, lang=lang)} {tidsrom(start, end)}".capitalize()
    return f"{_when(meeting, lang)} til {dato(end, lang=lang)} {klokka(end)}"


def _where(meeting: Meeting, lang: str) -> str:
    """A sentence with the place, and a space after it; the link itself stays in the portal."""
    if meeting.form == MeetingForm.DIGITAL:
        return f"{_DIGITAL} {_LINK[lang]} " if meeting.link else f"{_DIGITAL} "
    return f"{_PLACE[lang]}: {meeting.place}. " if meeting.place else ""
