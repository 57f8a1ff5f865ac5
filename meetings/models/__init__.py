"""Everything with a time: meetings, who comes, what is written before and after, what is owed."""

from meetings.models.grunnlag import (
    GrunnlagAttachment,
    GrunnlagAttachmentFile,
    GrunnlagComment,
    GrunnlagConflict,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from meetings.models.meeting import Attendance, Meeting, MeetingStatus, Presence, Response, Sak
from meetings.models.obligation import Obligation
from meetings.models.paper import PaperStatus
from meetings.models.privacy import HiddenText, PrivacyReport, RedactedCopy
from meetings.models.referat import (
    Addendum,
    FollowUp,
    FollowUpStatus,
    Merknad,
    Referat,
    ReferatSak,
    ReferatVersion,
)

__all__ = [
    "Addendum",
    "Attendance",
    "FollowUp",
    "FollowUpStatus",
    "GrunnlagAttachment",
    "GrunnlagAttachmentFile",
    "GrunnlagComment",
    "GrunnlagConflict",
    "HiddenText",
    "Meeting",
    "MeetingStatus",
    "Merknad",
    "Obligation",
    "PaperStatus",
    "Presence",
    "PrivacyReport",
    "RedactedCopy",
    "Referat",
    "ReferatSak",
    "ReferatVersion",
    "Response",
    "Sak",
    "Veiledningsgrunnlag",
    "VeiledningsgrunnlagVersion",
]
