"""How the papers of a meeting stand, for the meeting page and for the pages of the papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.access import Artefact, Right, may
from cohorts.models import Activity, DeltakendeUnit
from cohorts.queries.programme import programme_of
from cohorts.rules.paper import is_late
from lmp.lib import status as statuses
from lmp.lib.wording import dag, frist
from meetings.access.meeting import Reach, reach_of
from meetings.access.papers import (
    artefact_of,
    can_edit_grunnlag,
    can_write_referat,
)
from meetings.actions.paper_notices import paper_path
from meetings.models import (
    Meeting,
    Obligation,
    Referat,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from meetings.queries.demand import PaperDemand, paper_activities, paper_demand
from meetings.rules.referat import may_change
from meetings.views.paper_place import PaperPlace
from meetings.views.who_sees import Sees, who_sees

BEFORE, AFTER = "before", "after"


def due_day_of(place: PaperPlace) -> date | None:
    """When the paper is due, as stored; None when the programme gives no deadline."""
    return _due_days(place.meeting, [place.demand]).get(
        (place.demand.activity.pk, place.unit.pk if place.unit else None)
    )


def _due_days(
    meeting: Meeting, demands: Iterable[PaperDemand]
) -> dict[tuple[int, int | None], date]:
    rows = Obligation.objects.filter(
        meeting=meeting,
        referat=None,
        follow_up=None,
        activity__in=[demand.activity.pk for demand in demands],
    )
    return {(row.activity_id, row.unit_id): row.due for row in rows}


@dataclass(frozen=True)
class PaperState:
    """One paper of a meeting on the meeting page; `kind` is «before» or «after».

    `url` is where a reader or the author goes, empty for a role that sees the status alone;
    `subject` is what events call the paper, empty before there is one.
    """

    kind: str
    title: str
    unit: DeltakendeUnit | None
    status: str
    word: str
    note: str
    due: date | None
    url: str
    link: str
    pdf_url: str
    is_sent: bool
    can_read: bool
    can_write: bool
    sees: Sees
    points: int = 0
    points_done: int = 0
    subject: str = ""


def paper_states(
    meeting: Meeting,
    user,
    today: date,
    *,
    reach: Reach | None = None,
    activities: list[Activity] | None = None,
) -> list[PaperState]:
    """The papers that a meeting asks for, as the role may see them: state for all, text for some.

    Of a joint meeting: those of the units the person sees. The number of queries does not grow
    with the units. `reach` and `activities` (`paper_activities`) spare two when they are known.
    """
    reach = reach or reach_of(user, meeting)
    papers = paper_activities(meeting) if activities is None else activities
    demands = {place: paper_demand(meeting, place, papers) for place in (BEFORE, AFTER)}
    wanted = {place: demand for place, demand in demands.items() if demand is not None}
    due_days = _due_days(meeting, wanted.values()) if wanted else {}
    units = [unit for unit in meeting.units.all() if unit.pk in reach.visible]
    return [
        _state(
            place,
            demand,
            meeting,
            unit,
            stored.get(unit.pk if unit else None),
            due_days.get((demand.activity.pk, unit.pk if unit else None)),
            user,
            reach,
            today,
        )
        for place, demand in wanted.items()
        for stored in [_stored(place, meeting)]
        for unit in (units if demand.per_unit else [None])
    ]


def _stored(place: str, meeting: Meeting) -> dict[int | None, Any]:
    """The papers of the meeting by unit (None: common), with versions and follow-up points."""
    if place == BEFORE:
        standing = VeiledningsgrunnlagVersion.objects.standing()
        found = Veiledningsgrunnlag.objects.filter(meeting=meeting)
        found = found.prefetch_related(Prefetch("versions", standing))
    else:
        found = Referat.objects.filter(meeting=meeting)
        found = found.prefetch_related("versions", "follow_ups")
    return {paper.unit_id: paper for paper in found}


def _state(
    place: str,
    demand: PaperDemand,
    meeting: Meeting,
    unit: DeltakendeUnit | None,
    paper: Any,
    due: date | None,
    user,
    reach: Reach,
    today: date,
) -> PaperState:
    versions = list(paper.versions.all()) if paper and paper.sent_at else []
    version = versions[0] if versions else None
    can_read, can_write = _rights(place, demand, meeting, unit, paper, user, reach)
    status, word, note = _standing(place, meeting, paper, versions, due, can_write, today)
    name = "grunnlag" if place == BEFORE else "referat"
    is_joint = unit is not None and len(reach.units) > 1
    write = can_write and version is None
    points = _point_counts(paper) if place == AFTER and version is not None else (0, 0)
    url = paper_path(f"{name}_{'edit' if write else 'detail'}", meeting, unit if is_joint else None)
    return PaperState(
        kind=place,
        title=demand.activity.title,
        unit=unit if is_joint else None,
        status=status,
        word=word,
        note=note,
        due=due,
        url=url if (can_read and version) or can_write else "",
        link=_link(place, paper, version, write),
        pdf_url=_pdf_path(name, meeting, version)
        if can_read and version and not version.is_hidden
        else "",
        is_sent=version is not None,
        can_read=can_read,
        can_write=can_write,
        sees=who_sees(
            Artefact.GRUNNLAG if place == BEFORE else artefact_of(unit),
            is_sent=version is not None,
            user=user,
            writes=can_write,
        ),
        points=points[0],
        points_done=points[1],
        subject=f"{name}:{paper.pk}" if paper else "",
    )


def _point_counts(referat: Referat) -> tuple[int, int]:
    """How many follow-up points were agreed, and how many of them are done."""
    stored = [point.status for point in referat.follow_ups.all() if point.status != "dropped"]
    return len(stored), stored.count("done")


def _rights(place, demand, meeting, unit, paper, user, reach: Reach) -> tuple[bool, bool]:
    """(may read what is sent, may write now)."""
    open_ = not meeting.pulje.is_closed and not meeting.is_cancelled
    in_reach = unit is None or unit.pk in reach.readable
    if place == BEFORE:
        can_read = in_reach and may(user, Right.VIEW, Artefact.GRUNNLAG)
        return can_read, open_ and can_edit_grunnlag(user, unit)
    has_begun = meeting.start <= timezone.now()
    changeable = may_change(paper.status) if paper else has_begun
    can_write = open_ and changeable and can_write_referat(user, demand, meeting, unit)
    return in_reach and may(user, Right.VIEW, artefact_of(unit)), can_write


def _standing(place, meeting, paper, versions, due, can_write, today) -> tuple[str, str, str]:
    """Status, the word for it (empty: the usual one) and a note with the date."""
    if versions:
        first, sent_on = (
            timezone.localtime(each.sent_at).date() for each in (versions[-1], versions[0])
        )
        note = _("Sendt %(day)s") % {"day": dag(sent_on)}
        if is_late(first, due):
            note = _("%(sent)s, etter fristen") % {"sent": note}
        return paper.status, "", note
    if meeting.is_cancelled:
        return statuses.NOT_APPLICABLE, "", ""
    if paper is not None and can_write:
        return statuses.DRAFT, "", ""
    if due is None:
        return statuses.NOT_APPLICABLE, _("Valgfritt"), ""
    words = frist(due, today, programme_of(meeting.pulje).calendar_rules.calendar)
    if words.state == statuses.LATE:
        return statuses.OVERDUE, "", words.words
    word = _("Ikke sendt") if place == BEFORE else _("Etter møtet")
    status = statuses.DUE_SOON if words.state == statuses.SOON else statuses.PLANNED
    return status, "" if status == statuses.DUE_SOON else word, words.words


def _link(place: str, paper, version, write: bool) -> str:
    if place == BEFORE:
        texts = (_("Les grunnlaget"), _("Fortsett på grunnlaget"), _("Skriv grunnlaget"))
    else:
        texts = (_("Les referatet"), _("Fortsett på referatet"), _("Skriv referatet"))
    if not write:
        return texts[0]
    return texts[1] if paper is not None and version is None else texts[2]


def _pdf_path(name: str, meeting: Meeting, version) -> str:
    return reverse(f"meetings:{name}_pdf", args=[meeting.pk, version.pk])
