"""What papers of both kinds share: whose they are, their versions and their events."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from actors.actions.signature import signed_as
from actors.models import Event, Role
from cohorts.models import DeltakendeUnit, PaperTemplate
from cohorts.rules.paper import receipt_number
from lmp.lib.hashing import content_hash
from meetings.actions.obligation import Demands
from meetings.models import (
    FollowUp,
    Meeting,
    Referat,
    Sak,
    Veiledningsgrunnlag,
)
from meetings.queries.language import language_of
from meetings.queries.template import form_in_force
from reports.demo.meetings import Planned
from reports.demo.own_work import OwnWork
from reports.demo.paper_times import Times
from reports.demo.texts import Texts
from reports.demo.world import World


@dataclass
class Paperwork:
    """The papers of one meeting and unit (None at owner level), and when they are sent."""

    planned: Planned
    unit: DeltakendeUnit | None
    author: Role
    times: Times
    grunnlag: Veiledningsgrunnlag | None = None
    referat: Referat | None = None

    @property
    def language(self) -> str:
        return language_of(self.planned.meeting, self.unit)

    @property
    def kind(self) -> str:
        return self.unit.unit.kind if self.unit else "skole"

    @property
    def saker(self) -> list[Sak]:
        """The saker that concern this unit."""
        own = self.unit.pk if self.unit else None
        return [sak for sak in self.planned.saker if sak.unit_id in (None, own)]


@dataclass
class Desk:
    """What the writing carries along: the demands of the pulje, each unit's open points and own
    work, and the forms of the papers."""

    world: World
    texts: Texts
    demands: Demands
    points: dict[int, list[FollowUp]]
    own: OwnWork
    forms: dict[tuple[str, int], PaperTemplate | None] = field(default_factory=dict)

    def form(self, kind: str, meeting: Meeting) -> PaperTemplate | None:
        """The edition of the form that papers of the meeting are written in."""
        key = (kind, meeting.semester_id)
        if key not in self.forms:
            self.forms[key] = form_in_force(kind, meeting)
        return self.forms[key]


def version_values(each: Paperwork, paper, prefix: str, content: dict[str, Any]) -> dict[str, Any]:
    by = each.author.user.act_as(each.author, timezone.localtime(paper.sent_at).date())
    with override(each.language):
        signature = signed_as(by)
    return {
        "paper": paper,
        "number": 1,
        "content": content,
        "language": each.language,
        "sha256": content_hash(content),
        "receipt": receipt_number(prefix, each.planned.meeting.pulje.number, paper.pk, 1),
        "sent_at": paper.sent_at,
        "sent_by": each.author.user,
        "sent_as": signature,
    }


def record_sending(work: list[Paperwork], verb: str, noun: str, paper_of, versions) -> None:
    """The events of sending, as the actions record them."""
    Event.objects.bulk_create(
        (
            Event(
                at=version.sent_at,
                by=each.author.user,
                role=each.author,
                verb=verb,
                subject=f"{noun}:{paper_of(each).pk}",
                data={"version": 1, "receipt": version.receipt},
            )
            for each, version in zip(work, versions, strict=True)
        ),
        batch_size=500,
    )
