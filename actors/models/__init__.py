"""Who takes part: registers, people and roles, groups, and messages to people."""

from actors.models.delivery import (
    AttemptOutcome,
    HowOften,
    Job,
    MailAttempt,
    MailPreference,
    Pause,
    PauseScope,
)
from actors.models.groups import (
    PPT,
    Arbeidsgruppe,
    EmptySeatReason,
    Group,
    GroupMember,
    PPTKommune,
    Styringsgruppe,
)
from actors.models.messages import (
    Event,
    Mail,
    MailboxMessage,
    MailStatus,
    Notice,
    NoticeCategory,
    NoticeStatus,
)
from actors.models.opening import Opening
from actors.models.people import Invitation, Language, Role, User
from actors.models.register import Fylke, Kommune, KommuneCode, Owner, Statsforvalter, Unit

__all__ = [
    "PPT",
    "Arbeidsgruppe",
    "AttemptOutcome",
    "EmptySeatReason",
    "Event",
    "Fylke",
    "Group",
    "GroupMember",
    "HowOften",
    "Invitation",
    "Job",
    "Kommune",
    "KommuneCode",
    "Language",
    "Mail",
    "MailAttempt",
    "MailPreference",
    "MailStatus",
    "MailboxMessage",
    "Notice",
    "NoticeCategory",
    "NoticeStatus",
    "Opening",
    "Owner",
    "PPTKommune",
    "Pause",
    "PauseScope",
    "Role",
    "Statsforvalter",
    "Styringsgruppe",
    "Unit",
    "User",
]
