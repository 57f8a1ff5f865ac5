"""Reports of personal data: what can be reported, whose text it is, and who does what with it.

Any reader may report what the role can read. The office that sent a text cleans it; the owner's
personvernkontakt (the owner itself where there is none) decides (domain 8.24).
"""

from dataclasses import dataclass

from django.db.models import Model

from actors.models import Owner, User
from actors.rules.roles import RoleKind
from cohorts.models import Deltakelse, DeltakendeUnit, PlanVersion
from meetings.models import (
    Addendum,
    Meeting,
    PrivacyReport,
    ReferatVersion,
    VeiledningsgrunnlagVersion,
)
from meetings.queries.demand import paper_demand

Text = VeiledningsgrunnlagVersion | ReferatVersion | PlanVersion | Addendum

GRUNNLAG, REFERAT, PLAN, ADDENDUM = "grunnlag", "referat", "plan", "tillegg"


@dataclass(frozen=True)
class TextKind:
    """One kind of text that can be reported: its table, its field in a report, its subject."""

    key: str
    model: type[Model]
    field: str
    subject: str


KINDS: dict[str, TextKind] = {
    kind.key: kind
    for kind in (
        TextKind(GRUNNLAG, VeiledningsgrunnlagVersion, "grunnlag_version", "grunnlagversion"),
        TextKind(REFERAT, ReferatVersion, "referat_version", "referatversion"),
        TextKind(PLAN, PlanVersion, "plan_version", "planversion"),
        TextKind(ADDENDUM, Addendum, "addendum", "addendum"),
    )
}


def kind_of(text: Text) -> TextKind:
    """What kind of text it is."""
    return next(kind for kind in KINDS.values() if isinstance(text, kind.model))


def subject_of(text: Text) -> str:
    """How the text is called in events, in the access log and in the store of PDF files."""
    return f"{kind_of(text).subject}:{text.pk}"


@dataclass(frozen=True)
class Home:
    """Where a text belongs. `unit` and `meeting` are None where there is none."""

    unit: DeltakendeUnit | None
    meeting: Meeting | None
    deltakelse: Deltakelse | None

    @property
    def owner(self) -> Owner | None:
        """Who is responsible for the personal data: the owner of the unit, else of the meeting."""
        own = self.unit.unit.owner if self.unit else None
        return own or (self.deltakelse.owner if self.deltakelse else None)

    def __str__(self) -> str:
        return str(self.unit or self.owner or "")


def home_of(text: Text) -> Home:
    """The unit, the meeting and the deltakelse of a text."""
    if isinstance(text, PlanVersion):
        return Home(text.plan.unit, None, text.plan.unit.deltakelse)
    paper = text.referat if isinstance(text, Addendum) else text.paper
    deltakelse = paper.meeting.deltakelse or (paper.unit.deltakelse if paper.unit else None)
    return Home(paper.unit, paper.meeting, deltakelse)


def sender_of(text: Text) -> User:
    """Who sent it."""
    return text.written_by if isinstance(text, Addendum) else text.sent_by


def author_office(text: Text) -> str:
    """The office that sent it and cleans it: the leader of the unit, else who wrote the referat."""
    home = home_of(text)
    if home.unit is not None:
        return RoleKind.LEDER
    demand = paper_demand(home.meeting, "after") if home.meeting is not None else None
    return demand.office if demand is not None and demand.office else RoleKind.VEILEDER


def can_report(user: User, text: Text) -> bool:
    """Whether the role reads the text, and may therefore say that somebody can be recognised."""
    readable = kind_of(text).model._default_manager.visible_to(user)  # type: ignore[attr-defined]
    return readable.filter(pk=text.pk).exists() and home_of(text).owner is not None


def can_clean(user: User, report: PrivacyReport) -> bool:
    """Whether the role is the office that sent what was reported."""
    return PrivacyReport.objects.to_clean_by(user).filter(pk=report.pk).exists()


def can_decide(user: User, report: PrivacyReport) -> bool:
    """Whether the role is the owner's personvernkontakt, or the owner where there is none."""
    return PrivacyReport.objects.visible_to(user).filter(pk=report.pk).exists()
