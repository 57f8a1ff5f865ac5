"""Sist skjedd: what has been done with the meetings, papers and semesters a person sees, in
neutral words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Event
from cohorts.models import DeltakendeUnit, Pulje, Semester
from lmp.lib.wording import dag, when
from meetings.models import Meeting, Referat, Veiledningsgrunnlag
from meetings.rules.meeting import name_in

MOST_EVENTS = 5
LOOK_BACK = timedelta(days=60)
MEETING, GRUNNLAG, REFERAT = "meeting", "grunnlag", "referat"
SEMESTER = "semester"

# Verb: icon, tone, and what is said. What is told is told to all who see the status.
TOLD = {
    "submit_grunnlag": ("check", "ok", gettext_lazy("%(who)s sendte grunnlaget til %(day)s.")),
    "submit_referat": ("check", "ok", gettext_lazy("%(who)s sendte referatet fra %(day)s.")),
    "approve_referat": ("approved", "ok", gettext_lazy("%(who)s godkjente referatet fra %(day)s.")),
    "lock_referat": ("locked", "", gettext_lazy("Referatet fra %(day)s ble låst.")),
    "add_merknad": (
        "chat",
        "",
        gettext_lazy("%(who)s skrev en merknad til referatet fra %(day)s."),
    ),
    "answer_merknad": ("chat", "", gettext_lazy("%(who)s svarte på en merknad til %(day)s.")),
    "create_meeting": ("calendar", "", gettext_lazy("%(who)s kalte inn til «%(title)s» %(day)s.")),
    "move_meeting": ("moved", "", gettext_lazy("%(who)s flyttet «%(title)s» til %(day)s.")),
    "cancel_meeting": ("cancelled", "", gettext_lazy("%(who)s avlyste «%(title)s» %(day)s.")),
    "send_saksliste": ("mail", "", gettext_lazy("%(who)s sendte sakslista til %(day)s.")),
    "record_attendance": ("people", "", gettext_lazy("%(who)s førte oppmøtet %(day)s.")),
    "close-evaluation": ("locked", "", gettext_lazy("%(who)s lukket evalueringen av %(title)s.")),
    "reopen-evaluation": (
        "calendar",
        "",
        gettext_lazy("%(who)s åpnet evalueringen av %(title)s igjen."),
    ),
}


@dataclass(frozen=True)
class Told:
    """A line of the timeline, as `_ui/timeline.html` wants it."""

    icon: str
    tone: str
    text: str
    when: str
    url: str
    link: str


def last_events(user, now: datetime) -> list[Told]:
    """The five newest events about what the person sees. At most three queries."""
    meetings = Meeting.objects.visible_to(user)
    units = DeltakendeUnit.objects.visible_to(user).values("pk")
    own = {"meeting__in": meetings.values("pk")}
    subjects = [
        _subjects(MEETING, meetings),
        _subjects(GRUNNLAG, Veiledningsgrunnlag.objects.filter(unit__in=units, **own)),
        _subjects(REFERAT, Referat.objects.filter(unit__in=units, **own)),
        _subjects(REFERAT, Referat.objects.filter(unit=None, **own)),
        _subjects(
            SEMESTER, Semester.objects.filter(pulje__in=Pulje.objects.visible_to(user).values("pk"))
        ),
    ]
    first, *others = subjects
    events = Event.objects.filter(
        verb__in=TOLD, at__gt=now - LOOK_BACK, at__lte=now, subject__in=first.union(*others)
    )
    found = list(events.select_related("by").order_by("-at", "-pk")[:MOST_EVENTS])
    about = _meetings_of(event.subject for event in found)
    about |= _semesters_of(event.subject for event in found)
    return [
        _told(event, about[event.subject], user, now) for event in found if event.subject in about
    ]


def _subjects(name: str, rows: QuerySet) -> QuerySet:
    """The names under which the rows stand in the record of events."""
    text = Concat(Value(f"{name}:"), Cast("pk", CharField()), output_field=CharField())
    return rows.order_by().annotate(event_subject=text).values("event_subject")


@dataclass(frozen=True)
class _About:
    url: str
    link: str
    day: date
    title: str


def _meetings_of(subjects: Iterable[str]) -> dict[str, _About]:
    """The meeting that each subject belongs to. One query, none without subjects."""
    ids: dict[str, list[int]] = {MEETING: [], GRUNNLAG: [], REFERAT: []}
    for subject in subjects:
        name, pk = subject.split(":")
        if name in ids:
            ids[name].append(int(pk))
    if not any(ids.values()):
        return {}
    parts = [
        model.objects.filter(pk__in=ids[name])
        .order_by()
        .annotate(subject_name=Value(name, output_field=CharField()))
        .values_list("subject_name", "pk", *fields)
        for name, model, fields in (
            (
                MEETING,
                Meeting,
                (F("id"), "start", "title", "activity__title_bm", "activity__title_nn"),
            ),
            (GRUNNLAG, Veiledningsgrunnlag, MEETING_FIELDS),
            (REFERAT, Referat, MEETING_FIELDS),
        )
        if ids[name]
    ]
    first, *others = parts
    return {
        f"{name}:{pk}": _About(
            url=reverse("meetings:meeting_detail", args=[meeting]),
            link=_("Åpne møtet"),
            day=timezone.localtime(start).date(),
            title=name_in(title, bm, nn),
        )
        for name, pk, meeting, start, title, bm, nn in (first.union(*others) if others else first)
    }


MEETING_FIELDS = (
    "meeting_id",
    "meeting__start",
    "meeting__title",
    "meeting__activity__title_bm",
    "meeting__activity__title_nn",
)


def _semesters_of(subjects: Iterable[str]) -> dict[str, _About]:
    """The semester that each subject is. One query, none without semesters."""
    ids = [int(pk) for name, pk in (each.split(":") for each in subjects) if name == SEMESTER]
    found = Semester.objects.filter(pk__in=ids).select_related("pulje") if ids else []
    return {
        f"{SEMESTER}:{each.pk}": _About(
            url=f"{each.pulje.get_absolute_url()}?semester={each.number}&vis=arbeid",
            link=_("Åpne pulja"),
            day=each.term_end,
            title=str(each).lower(),
        )
        for each in found
    }


def _told(event: Event, about: _About, user, now: datetime) -> Told:
    icon, tone, text = TOLD[event.verb]
    values = {"who": _who(event, user), "day": dag(about.day), "title": about.title}
    return Told(
        icon=icon,
        tone=tone,
        text=str(text) % values,
        when=when(event.at, now),
        url=about.url,
        link=about.link,
    )


def _who(event: Event, user) -> str:
    if event.by_id is None:
        return _("Portalen")
    return _("Du") if event.by_id == user.pk else str(event.by)
