"""Who takes part: registers, people and roles, groups, and messages to people."""

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
    NoticeStatus,
)
from actors.models.opening import Opening
from actors.models.people import Invitation, Language, Role, User
from actors.models.register import Fylke, Kommune, KommuneCode, Owner, Statsforvalter, Unit

__all__ = [
    "PPT",
    "Arbeidsgruppe",
    "EmptySeatReason",
    "Event",
    "Fylke",
    "Group",
    "GroupMember",
    "Invitation",
    "Kommune",
    "KommuneCode",
    "Language",
    "Mail",
    "MailStatus",
    "MailboxMessage",
    "Notice",
    "NoticeStatus",
    "Opening",
    "Owner",
    "PPTKommune",
    "Role",
    "Statsforvalter",
    "Styringsgruppe",
    "Unit",
    "User",
]
