"""Everything with a time: meetings, who comes, what is written before and after, what is owed."""

from meetings.models.grunnlag import Veiledningsgrunnlag, VeiledningsgrunnlagVersion
from meetings.models.meeting import Attendance, Meeting, MeetingStatus, Presence, Response, Sak
from meetings.models.obligation import Obligation
from meetings.models.paper import PaperStatus
from meetings.models.referat import (
    FollowUp,
    FollowUpStatus,
    Merknad,
    Referat,
    ReferatSak,
    ReferatVersion,
)

__all__ = [
    "Attendance",
    "FollowUp",
    "FollowUpStatus",
    "Meeting",
    "MeetingStatus",
    "Merknad",
    "Obligation",
    "PaperStatus",
    "Presence",
    "Referat",
    "ReferatSak",
    "ReferatVersion",
    "Response",
    "Sak",
    "Veiledningsgrunnlag",
    "VeiledningsgrunnlagVersion",
]
