"""Whether a reminder that waits is still needed: asked just before it is sent, and by each scan.

Each function takes notices whose subject begins with the same word («obligation:12») and a local
day, and returns the primary key of those that are not needed, with the reason as it is kept
(`outcomes.reason`). `settings.NOTICE_CHECKS` names them for the app below. A bounded number of
queries.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from actors.models import Invitation, Notice, NoticeCategory, Role
from actors.rules.outcomes import reason
from actors.rules.roles import RoleKind
from cohorts.models import PuljeStatus
from meetings.actions.obligation.seats import SORTS, still_lacking
from meetings.actions.obligation.words import MEETING_CANCELLED, NO_LONGER, why_void
from meetings.actions.recipients import Place, office_holders
from meetings.models import Attendance, Meeting, Obligation, Response
from meetings.rules.reminder import occasion_day

# Held through an assignment or a seat: somebody may have the role, but not at this place.
BY_PLACE = (RoleKind.VEILEDER, RoleKind.PPT)


def still_due(notices: Iterable[Notice], on: date) -> dict[int, str]:
    """What is owed: it is done, it fell away, its due day moved, or another has the office."""
    asked = _reminders(notices)
    rows = Obligation.objects.select_related("pulje", "rule", "meeting", "unit")
    duties: dict[int, Obligation] = _about(rows, asked)
    unsettled = _unsettled(duties.values()) - _seated(duties.values(), on)
    away = _without_office(asked, on) | _moved_on(asked, duties, on)
    reasons = {}
    for notice in asked:
        duty = duties.get(subject_pk(notice))
        if why := _reason(duty, notice, unsettled):
            reasons[notice.pk] = why
        elif notice.pk in away:
            reasons[notice.pk] = gettext_noop("Mottakeren har ikke lenger rollen")
    return reasons


def coming_up(notices: Iterable[Notice], on: date) -> dict[int, str]:
    """Meetings: cancelled, moved or over, or the recipient is not coming."""
    asked = _reminders(notices)
    meetings: dict[int, Meeting] = _about(Meeting.objects.select_related("pulje"), asked)
    invited = set(
        Attendance.objects.filter(meeting__in=meetings)
        .exclude(response=Response.NO)
        .values_list("meeting", "user")
    )
    away = _without_office(asked, on)
    reasons = {}
    for notice in asked:
        meeting = meetings.get(subject_pk(notice))
        if why := _why_not_meet(meeting, notice, on):
            reasons[notice.pk] = why
        elif (subject_pk(notice), notice.recipient_id) not in invited:
            reasons[notice.pk] = gettext_noop("Mottakeren kommer ikke")
        elif notice.pk in away:
            reasons[notice.pk] = gettext_noop("Mottakeren har ikke lenger rollen")
    return reasons


def not_answered(notices: Iterable[Notice], on: date) -> dict[int, str]:
    """Invitations that ran out: accepted or withdrawn after all, or sent again."""
    asked = _reminders(notices)
    invitations: dict[int, Invitation] = _about(Invitation.objects.all(), asked)
    reasons = {}
    for notice in asked:
        invitation = invitations.get(subject_pk(notice))
        if invitation is None or invitation.withdrawn_at is not None:
            reasons[notice.pk] = gettext_noop("Invitasjonen er trukket")
        elif invitation.accepted_at is not None:
            reasons[notice.pk] = gettext_noop("Invitasjonen er tatt imot")
        elif occasion_day(notice.occasion) != timezone.localdate(invitation.expires_at):
            reasons[notice.pk] = gettext_noop("Invitasjonen er sendt på nytt")
    return reasons


# Whose answer it is, by the first word of the subject; the same as in settings.NOTICE_CHECKS.
CHECKS = {"obligation": still_due, "meeting": coming_up, "invitation": not_answered}


def subject_pk(notice: Notice) -> int:
    """The primary key in the subject: 12 of «obligation:12»; 0 when there is none."""
    tail = notice.subject.partition(":")[2]
    return int(tail) if tail.isdigit() else 0


def _reminders(notices: Iterable[Notice]) -> list[Notice]:
    """Those a rule wrote; a message about the same thing tells what has happened and stays so."""
    return [each for each in notices if each.category == NoticeCategory.REMINDER]


def _about(rows: QuerySet[Any], notices: list[Notice]) -> dict[int, Any]:
    return rows.in_bulk({subject_pk(each) for each in notices})


def _unsettled(duties: Iterable[Obligation]) -> set[int]:
    """Those of a recruitment that nothing has settled since the last sync, and all others."""
    each = list(duties)
    recruitment = [duty.pk for duty in each if duty.activity_id is None]
    found = {duty.pk for duty in each if duty.activity_id is not None}
    if recruitment:
        owed = Obligation.objects.filter(pk__in=recruitment).unsettled()
        found |= set(owed.values_list("pk", flat=True))
    return found


def _seated(duties: Iterable[Obligation], on: date) -> set[int]:
    """Those about a seat that somebody has taken since the last sync."""
    about_seats = {
        duty: (duty.rule.met_by, duty.pulje)
        for duty in duties
        if duty.rule and duty.rule.met_by in SORTS
    }
    lacks = {each: still_lacking(*each, on) for each in set(about_seats.values())}
    return {
        duty.pk
        for duty, each in about_seats.items()
        if not lacks[each]((duty.deltakelse_id, duty.unit_id))
    }


def _without_office(notices: list[Notice], on: date) -> set[int]:
    """The notices whose recipient no longer holds the role they went to."""
    roles = Role.objects.filter(pk__in={each.role_id for each in notices} - {None})
    held = set(roles.active(on).filter(user__is_active=True).values_list("pk", flat=True))
    return {each.pk for each in notices if each.role_id is not None and each.role_id not in held}


def _moved_on(notices: list[Notice], duties: dict[int, Obligation], on: date) -> set[int]:
    """The notices whose recipient has the role still, but no longer at the place of the duty."""
    ids = {each.role_id for each in notices} - {None}
    kinds = dict(Role.objects.filter(pk__in=ids, kind__in=BY_PLACE).values_list("pk", "kind"))
    places = {
        each.pk: Place(kinds[each.role_id], duty.deltakelse_id, duty.unit_id)
        for each in notices
        if each.role_id in kinds and (duty := duties.get(subject_pk(each))) is not None
    }
    if not places:
        return set()
    holders = office_holders(places.values(), on)
    people = {place: {role.user_id for role in roles} for place, roles in holders.items()}
    by_pk = {each.pk: each for each in notices}
    return {pk for pk, place in places.items() if by_pk[pk].recipient_id not in people[place]}


def _reason(duty: Obligation | None, notice: Notice, unsettled: set[int]) -> str:
    """Why the duty itself no longer asks for it; empty when it does."""
    if duty is None or duty.void_at is not None or duty.pulje.status == PuljeStatus.CLOSED:
        return why_void(duty)
    if duty.met_at is not None:
        return reason(gettext_noop("Gjort %(day)s"), timezone.localdate(duty.met_at))
    if duty.pk not in unsettled:
        return gettext_noop("Det er gjort")
    if occasion_day(notice.occasion) not in (None, duty.due):
        return reason(gettext_noop("Fristen er flyttet til %(day)s"), duty.due)
    return ""


def _why_not_meet(meeting: Meeting | None, notice: Notice, on: date) -> str:
    """Why the meeting itself is no longer coming up; empty when it is."""
    if meeting is None or meeting.is_cancelled:
        return MEETING_CANCELLED
    if meeting.pulje.status == PuljeStatus.CLOSED:
        return NO_LONGER
    if occasion_day(notice.occasion) not in (None, meeting.day):
        return gettext_noop("Møtet er flyttet")
    return gettext_noop("Møtet har vært") if meeting.day < on else ""
