"""The closed lists of the schema: what code must know to act. All else is named by the file.

No programme, kind, activity, group or deadline is named here, and none may be.
"""

from typing import Annotated, Literal

from cohorts.programme.marks import AtLeast, Matches, Ref, UpTo

Scope = Literal["pulje", "deltakelse", "unit"]
Cadence = Literal["per_semester", "per_month", "per_meeting", "once"]
Record = Literal["meeting", "paper", "work", "evaluation", "report", "setup"]
Form = Literal["physical", "digital", "any"]
Anchor = Literal[
    "meeting_start",
    "meeting_end",
    "paper_sent",
    "semester_start",
    "term_end",
    "item_due",
    "invitation_sent",
    "pulje_date",
    "seat_empty",
]
Unit = Literal["days", "workdays"]
Shift = Literal["previous", "next", "none"]
OnExpiry = Literal["lock", "expire", "lapse"]
PaperPlace = Literal["before", "agenda", "after"]
MetBy = Literal[
    "paper",
    "date",
    "record",
    "group",
    "seat",
    "veileder",
    "answer",
    "agenda",
    "review",
    "item",
    "soeknad",
    "list",
    "offer",
    "none",
]
Term = Literal["hoest", "vaar"]
UnitKind = Literal["barnehage", "skole"]
Level = Literal["stat", "fylke", "kommune", "enhet"]
AccessRole = Literal[
    "udir",
    "koordinator",
    "veileder",
    "statsforvalter",
    "eier",
    "barnehagemyndighet",
    "leder",
    "arbeidsgruppe",
    "ppt",
]
Requirement = Literal["required", "desired"]
Per = Literal["group", "unit", "private_owner"]
Condition = Literal["has_barnehage", "has_skole", "has_sfo", "private_units"]
Position = Literal["first", "middle", "last"]
AgendaType = Literal["orientering", "droefting", "beslutning", "refleksjon"]
When = Literal["last_of_semester", "last_of_programme"]
Answer = Literal["scale", "text"]
Occasion = Literal["every", "final"]
Use = Literal["worksheet", "self_check", "reading", "tips"]
Strength = Literal["condition", "advantage"]
Applicant = Literal["kommune", "fylkeskommune", "frittstaaende_skole"]

Id = Annotated[str, Matches(r"[a-z][a-z0-9_]*", "small letters a-z, digits and underscores")]
MonthDay = Annotated[str, Matches(r"\d\d-\d\d", "a day of the year as MM-DD")]
Count = Annotated[int, AtLeast(0)]
Positive = Annotated[int, AtLeast(1)]
SemesterNumber = Annotated[int, AtLeast(0), UpTo("programme.semesters")]
"""0 is the start-up."""

ActorId = Annotated[str, Ref(("actor.id",))]
ActivityId = Annotated[str, Ref(("activity.id",))]
InviteeId = Annotated[str, Ref(("invitee.id", "actor.id"))]
KindId = Annotated[str, Ref(("kind.id",))]
GroupId = Annotated[str, Ref(("group.id",))]
LawId = Annotated[str, Ref(("law.id",))]
PuljeDateId = Annotated[str, Ref(("recruitment.step.date",))]
OfferedUnitKind = Annotated[str, Ref(("programme.unit_kinds",))]
OfferedApplicant = Annotated[str, Ref(("recruitment.applicants",))]
