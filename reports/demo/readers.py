"""Who has opened the demo's newest papers, and what the veiledere wrote about them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import override

from actors.actions.signature import signed_as
from actors.models import Opening, Role
from meetings.models import GrunnlagComment, ReferatVersion, VeiledningsgrunnlagVersion
from reports.demo.meetings import Planned

if TYPE_CHECKING:
    from reports.demo.own_work import OwnWork

RECENT = timedelta(days=75)
MATE, PPT, COMMENT, ANSWER = 0.6, 0.3, 0.35, 0.6  # shares
KINDS = ((VeiledningsgrunnlagVersion, "grunnlagversion"), (ReferatVersion, "referatversion"))


def read_papers(own: "OwnWork", planned: Iterable[Planned]) -> None:
    """The access log of the papers of the last months, and comments to the grunnlag."""
    meetings = {each.meeting.pk: each for each in planned}
    openings: list[Opening] = []
    for model, noun in KINDS:
        rows = model.objects.filter(
            paper__meeting__in=meetings,
            paper__unit__isnull=False,
            sent_at__gte=own.world.now - RECENT,
        )
        for version in rows.select_related("paper").order_by("pk"):
            openings += _openings(own, meetings[version.paper.meeting_id], version, noun)
    Opening.objects.bulk_create(openings, batch_size=500)
    _comment(own, openings)


def _openings(own: "OwnWork", planned: Planned, version, noun: str) -> Iterator[Opening]:
    """The lead veileder a day later, often the other one, and now and then PPT."""
    world, plan = own.world, planned.place.plan
    mate, ppt = world.pairs[plan.pair][1], world.ppt[plan.ppt]
    readers = [(planned.lead, 26), (mate, 31)] if own.chance.random() < MATE else []
    readers = readers or [(planned.lead, 26)]
    if own.chance.random() < PPT:
        readers.append((ppt, 47))
    for role, hours in readers:
        first = version.sent_at + timedelta(hours=hours, minutes=own.chance.randrange(50))
        times = 1 + own.chance.randrange(3)
        last = first + timedelta(hours=5) if times > 1 else first
        if last < world.now:
            yield _opening(f"{noun}:{version.pk}", role, first, last, times, world.today)


def _opening(
    subject: str, role: Role, first: datetime, last: datetime, times: int, today: date
) -> Opening:
    return Opening(
        subject=subject,
        way=Opening.Way.PORTAL,
        user=role.user,
        role_kind=role.kind,
        opened_as=signature_of(role, today),
        first_at=first,
        last_at=last,
        times=times,
    )


@lru_cache(maxsize=256)
def signature_of(role: Role, day: date, language: str = "nb") -> str:
    """How the person signs in the role on a local date."""
    with override(language):
        return signed_as(role.user.act_as(role, day))


def _comment(own: "OwnWork", openings: list[Opening]) -> None:
    """A veileder who has read a grunnlag comments on some; most leaders answer."""
    read = {
        row.subject.partition(":")[2]: row
        for row in openings
        if row.subject.startswith(KINDS[0][1]) and row.role_kind == "veileder"
    }
    versions = VeiledningsgrunnlagVersion.objects.filter(pk__in=read).select_related("paper")
    comments, answers = [], []
    for version in versions.order_by("pk"):
        row = read[str(version.pk)]
        if own.chance.random() < COMMENT:
            drawn = own.draw(own.units[version.paper.unit_id], "grunnlag_comment")
            text, _bar, answer = drawn.partition("|")
            answers.append(answer)
            comments.append(
                GrunnlagComment(
                    version=version,
                    text=text,
                    written_by=row.user,
                    written_as=row.opened_as,
                    written_at=row.first_at + timedelta(minutes=18),
                )
            )
    GrunnlagComment.objects.bulk_create(comments)
    GrunnlagComment.objects.bulk_create(_answers(own, comments, answers))


def _answers(
    own: "OwnWork", comments: list[GrunnlagComment], answers: list[str]
) -> Iterator[GrunnlagComment]:
    for comment, answer in zip(comments, answers, strict=True):
        work = own.units[comment.version.paper.unit_id]
        at = comment.written_at + timedelta(hours=21)
        if at < own.world.now and own.chance.random() < ANSWER:
            yield GrunnlagComment(
                version=comment.version,
                answer_to=comment,
                text=answer,
                written_by=work.leader.user,
                written_as=signature_of(work.leader, own.world.today, work.language),
                written_at=at,
            )
