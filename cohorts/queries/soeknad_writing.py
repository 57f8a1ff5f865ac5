"""A søknad as it is being written: its answers, who else is there, and how far it has come."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from actors.models import PPT, Owner, PPTKommune, Unit, User
from cohorts.queries.programme import programme_of
from cohorts.rules.soeknad_progress import (
    Contents,
    PartnerFacts,
    PartProgress,
    UnitFacts,
    progress,
)

PRESENT_FOR = timedelta(minutes=2)


@dataclass(frozen=True)
class Writing:
    """A draft with all that its pages show. `answers` are rows by question."""

    soeknad: Any
    answers: dict[str, Any]
    units: list[Any]
    partners: list[Any]
    attachments: list[Any]
    present: list[Any]
    contents: Contents
    parts: list[PartProgress]

    @property
    def values(self) -> dict[str, Any]:
        return self.contents.answers

    @property
    def conflicts(self) -> dict[str, list[Any]]:
        """The texts that wait beside another one, by question, the oldest first."""
        waiting = {
            key: [each for each in row.conflicts.all() if each.resolved_at is None]
            for key, row in self.answers.items()
        }
        return {key: found for key, found in waiting.items() if found}


def writing_of(soeknad, user, now: datetime) -> Writing:
    """The draft as the person sees it now. A constant number of queries.

    `soeknad` is fetched `with_place`.
    """
    rows = soeknad.answers.select_related("updated_by").prefetch_related("conflicts__written_by")
    answers = {row.key: row for row in rows}
    units = list(soeknad.units.select_related("unit"))
    partners = list(soeknad.partners.select_related("owner"))
    attachments = list(soeknad.attachments.kept().select_related("uploaded_by"))
    opptak = soeknad.candidate.embete.opptak
    needed = programme_of(opptak.pulje).recruitment.confirmations
    contents = Contents(
        applicant=soeknad.applicant,
        answers={key: row.value for key, row in answers.items()},
        units=tuple(_unit_facts(row) for row in units),
        partners=tuple(PartnerFacts(str(row.owner), row.status) for row in partners),
        confirmations=tuple(each.id for each in needed),
        joint=opptak.joint_allowed,
        attachments=len(attachments),
    )
    return Writing(
        soeknad,
        answers,
        units,
        partners,
        attachments,
        present_in(soeknad, user, now),
        contents,
        progress(contents),
    )


def _unit_facts(row) -> UnitFacts:
    return UnitFacts(
        name=row.name,
        kind=row.kind,
        part=row.part,
        private=row.ownership == "privat",
        leader=row.leader_name,
        children=row.children,
        left_out=bool(row.left_out_reason),
    )


def present_in(soeknad, user, now: datetime) -> list[Any]:
    """Who else has been writing in the søknad in the last two minutes, the latest first."""
    rows = soeknad.presences.filter(seen_at__gte=now - PRESENT_FOR).exclude(user=user)
    return list(rows.select_related("user").order_by("-seen_at"))


def count_writers(soeknad, on: date) -> int:
    """How many hold the office of the owner on a local date: those who may write."""
    return User.objects.holding("eier", soeknad.candidate.owner, on).count()


def ppt_choices(owner: Owner, on: date) -> tuple[list[PPT], list[PPT]]:
    """The PPT that serve a kommune of the owner on the local date, and all the others."""
    serving = PPTKommune.objects.filter(ppt=OuterRef("pk"), kommune__in=_kommuner(owner))
    found = PPT.objects.annotate(serves=Exists(serving.active(on))).order_by("name", "pk")
    return [each for each in found if each.serves], [each for each in found if not each.serves]


def _kommuner(owner: Owner):
    """Keys of the kommuner the owner works in: its own, those of its fylke, or of its units."""
    if owner.kommune_id is not None:
        return [owner.kommune_id]
    if owner.fylke_id is not None:
        return owner.fylke.kommuner.values("pk")
    return Unit.objects.filter(Q(owner=owner, active=True)).values("kommune")
