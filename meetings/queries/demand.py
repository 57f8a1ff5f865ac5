"""Which papers a meeting asks for, and whose duty each is; read from the pulje's activities."""

from dataclasses import dataclass

from cohorts.models import Activity
from cohorts.queries.programme import programme_of

NOTE = "notat"  # the kind of paper in the programme's file that is one free text


@dataclass(frozen=True)
class PaperDemand:
    """A paper before or after a meeting. `office` is the access role of who writes it, or None."""

    activity: Activity
    office: str | None

    @property
    def per_unit(self) -> bool:
        """Whether each unit of the meeting writes its own."""
        return self.activity.scope == "unit"

    @property
    def is_note(self) -> bool:
        """Whether it is a short note: one free text, who was there and what was agreed."""
        return self.activity.kind == NOTE


def paper_activities(meeting) -> list[Activity]:
    """The papers of the meeting's semester, for meetings of every kind. One query."""
    return list(Activity.objects.filter(semester_id=meeting.semester_id).exclude(paper=""))


def paper_demand(meeting, place: str, papers: list[Activity] | None = None) -> PaperDemand | None:
    """The paper that `meeting` asks for `place` («before» or «after»); None: it asks for none.

    `papers` are its `paper_activities` when they have been fetched already.
    """
    key = meeting.activity.key
    for activity in paper_activities(meeting) if papers is None else papers:
        if activity.paper == place and key in activity.options.get("for_activities", []):
            actor = programme_of(meeting.pulje).actor(activity.responsible)
            return PaperDemand(activity, actor.role)
    return None
