"""Mine oppgaver: everything the office a person acts in owes, the earliest deadline first."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import CharField, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.rules.roles import RoleKind
from cohorts.rules.plan import REVIEW_KIND
from lmp.lib.wording import dag, tidsrom
from meetings.actions.obligation.words import (
    obligation_reason,
    obligation_title,
    place_name,
)
from meetings.models import Attendance, Meeting, Obligation, Referat, Response, Veiledningsgrunnlag
from reports.queries.tasks_unasked import unasked_tasks
from reports.rules.task import Task

RECRUITED = (RoleKind.EIER, RoleKind.STATSFORVALTER)  # those who owe something in a recruitment
ANSWER_WITHIN_DAYS = 21  # an unanswered invitation becomes a task three weeks before the meeting


def tasks_of(user, now: datetime) -> list[Task]:
    """What the person must do in the present role, at `now` (aware). Usually four queries, at most
    seven."""
    if user.role is None:
        return []
    today = timezone.localdate(now)
    tasks = [
        *_from_obligations(user, now, today),
        *_from_invitations(user, now, today),
        *unasked_tasks(user),
    ]
    return sorted(tasks, key=lambda task: (not task.first, task.due, task.title))


def _from_obligations(user, now: datetime, today: date) -> list[Task]:
    """What is owed in recruitments and in semesters that have begun; a referat not before its
    meeting is over."""
    owed = Obligation.objects.open().opened(today).owed_by_office(user)
    begun = Q(pulje__status="running", semester__start__lte=today)
    if user.role.kind in RECRUITED:
        owed = owed.unsettled().with_recruitment()
        begun |= Q(semester=None) & ~Q(pulje__status="closed")
    found = owed.filter(begun).exclude(rule__anchor="meeting_end", meeting__end__gt=now)
    obligations = list(
        found.for_lists().select_related(
            "follow_up", "unit__arbeidsgruppe", "deltakelse__styringsgruppe"
        )
    )
    started = _started_papers(obligations)
    return [_task(each, started) for each in obligations]


def _started_papers(obligations: Iterable[Obligation]) -> set[tuple[str, int, int | None]]:
    """(before or after, meeting, unit) of drafts that somebody has begun."""
    meetings = {o.meeting_id for o in obligations if o.rule and o.rule.met_by == "paper"}
    if not meetings:
        return set()
    before, after = (
        model.objects.filter(meeting__in=meetings)
        .annotate(paper_place=Value(place, output_field=CharField()))
        .values_list("paper_place", "meeting", "unit")
        for place, model in (("before", Veiledningsgrunnlag), ("after", Referat))
    )
    return set(before.order_by().union(after.order_by(), all=True))


def _task(obligation: Obligation, started: set) -> Task:
    activity = obligation.activity
    paper = (activity.paper if activity else "", obligation.meeting_id, obligation.unit_id)
    point = obligation.follow_up
    return Task(
        due=obligation.due,
        title=obligation_title(obligation),
        url=obligation.get_absolute_url(),
        why=point.text if point else _why(obligation, begun=paper in started),
        action=_action(obligation, begun=paper in started),
        place=place_name(obligation),
        first=obligation.decision_id is not None,
    )


def _why(obligation: Obligation, *, begun: bool) -> str:
    """Why it matters: who waits for it. The day stands beside it and is not said again."""
    activity = obligation.activity
    if activity is None or obligation.rule is None or obligation.unit_id is None:
        return obligation_reason(obligation)
    if activity.kind == REVIEW_KIND:
        return _("Arbeidsgruppa skal vurdere planen minst én gang hvert semester.")
    if obligation.rule.met_by != "paper":
        return obligation_reason(obligation)
    if activity.paper == "before":
        reason = _("Veilederne forbereder seg ut fra det.")
        more = "" if begun else _("Det dere avtalte sist, er fylt inn for deg.")
    else:
        reason = _("Veilederne venter på referatet før de planlegger neste gang.")
        more = "" if begun else _("Sakene fra sakslista er fylt inn for deg.")
    return f"{reason} {_('Utkastet er påbegynt.') if begun else more}"


def _action(obligation: Obligation, *, begun: bool) -> str:
    """What the button says: what happens when it is pressed."""
    met_by = obligation.rule.met_by if obligation.rule else "record"
    if met_by == "paper" and obligation.activity and obligation.activity.paper == "before":
        return _("Fortsett på grunnlaget") if begun else _("Skriv grunnlaget")
    if met_by == "paper":
        return _("Fortsett på referatet") if begun else _("Skriv referatet")
    if obligation.activity and obligation.activity.kind == REVIEW_KIND:
        return _("Gå gjennom planen")
    return {
        "date": _("Sett dato"),
        "group": _("Se plassene"),
        "seat": _("Se plassene"),
        "veileder": _("Sett opp veileder"),
        "answer": _("Svar på innkallingen"),
        "agenda": _("Skriv sakslista"),
        "review": _("Les referatet"),
        "item": _("Åpne referatet"),
        "soeknad": _("Fortsett på søknaden"),
        "list": _("Åpne prioriteringen"),
        "offer": _("Svar på tilbudet"),
    }.get(met_by, _("Registrer"))


def _from_invitations(user, now: datetime, today: date) -> list[Task]:
    """Meetings soon to come that the person has not answered."""
    unanswered = Attendance.objects.filter(
        user=user,
        response=Response.NONE,
        meeting__start__gt=now,
        meeting__start__lt=now + timedelta(days=ANSWER_WITHIN_DAYS),
        meeting__pulje__status="running",
    ).exclude(meeting__status="cancelled")
    rows = unanswered.select_related("meeting__deltakelse__owner", "meeting__activity")
    visible = rows.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))
    return [_invitation_task(each.meeting) for each in visible]


def _invitation_task(meeting) -> Task:
    when = {"day": dag(meeting.day), "time": tidsrom(meeting.start, meeting.end)}
    return Task(
        due=meeting.day,
        title=_("Svar på om du kommer %(day)s") % when,
        url=reverse("meetings:meeting_detail", args=[meeting.pk]),
        why=f"{meeting.name}, {when['time']}",
        action=_("Svar på innkallingen"),
        place=str(meeting.deltakelse.owner) if meeting.deltakelse else "",
    )
