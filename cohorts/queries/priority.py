"""Priority lists: the embete's own, and Udir's once they are sent. No applicant sees one."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from actors.rules.roles import RoleKind


class PriorityListQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The embete its own list; Udir those that have been sent at least once."""
        role = user.role
        if role is None:
            return self.none()
        if role.kind == RoleKind.STATSFORVALTER:
            return self.filter(embete__statsforvalter=role.statsforvalter)
        return self.filter(sent_at__isnull=False) if role.kind == RoleKind.UDIR else self.none()


class PriorityVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sent versions of the lists the role sees."""
        lists = self.model.list.field.related_model.objects.visible_to(user)
        return self.filter(list__in=lists)


@dataclass(frozen=True)
class SentEntry:
    """One line of a sent list. `kommuner` is counted as it is now, `kommuner_sent` as it was.

    `soeknad` is the row with its owner at hand; `recommendation` a value of `Recommendation`.
    """

    rank: int
    soeknad: Any
    kommuner: int
    kommuner_sent: int
    recommendation: str
    reason: str

    @property
    def soeknad_id(self) -> int:
        return self.soeknad.pk

    @property
    def is_withdrawn(self) -> bool:
        """Whether the applicant has withdrawn, be it after the list was sent."""
        return self.soeknad.is_withdrawn


@dataclass(frozen=True)
class SentList:
    """The list of one embete as Udir has it: the latest version sent, in rank order.

    `embete` is the `EmbeteOpptak`; its quota may have been changed after `version` was sent.
    """

    priority_list: Any
    embete: Any
    version: Any
    entries: tuple[SentEntry, ...]

    @property
    def statsforvalter(self):
        return self.embete.statsforvalter

    @property
    def quota(self) -> int | None:
        """The places of the embete as they are now."""
        return self.embete.quota


def latest_lists(opptak) -> list[SentList]:
    """The latest sent list of every embete that has sent one, in the order of the embeter.

    A reopened list is what was sent before, until it is sent again. Three queries.
    """
    sent = opptak.embeter.filter(priority_list__sent_at__isnull=False)
    embeter = sent.select_related("statsforvalter", "priority_list").prefetch_related(
        "priority_list__versions"
    )
    latest = [(each, versions[0]) for each in embeter if (versions := _versions_of(each))]
    soeknader = soeknader_counted(
        row["soeknad"] for _embete, version in latest for row in version.content["entries"]
    )
    return [
        SentList(embete.priority_list, embete, version, _entries(version, soeknader))
        for embete, version in latest
    ]


def _versions_of(embete) -> list[Any]:
    """The newest first."""
    return list(embete.priority_list.versions.all())


def soeknader_counted(keys) -> dict[int, Any]:
    """The søknader with these keys, each with its owner, `kommuner` (how many places it takes) and
    `is_late` (whether it was sent after the deadline, with a reason).

    The lead and every partner that has confirmed and not withdrawn count one. One query.
    """
    late = apps.get_model("cohorts", "SoeknadVersion").objects.filter(
        soeknad=OuterRef("pk"), late=True
    )
    soeknader = apps.get_model("cohorts", "Soeknad").objects.filter(pk__in=list(keys))
    counted = soeknader.select_related("candidate__owner__kommune").annotate(
        kommuner=1 + Count("partners", filter=Q(partners__status="confirmed")),
        is_late=Exists(late),
    )
    return {soeknad.pk: soeknad for soeknad in counted}


def _entries(version, soeknader: dict[int, Any]) -> tuple[SentEntry, ...]:
    rows = sorted(version.content["entries"], key=lambda row: row["rank"])
    return tuple(
        SentEntry(
            rank=row["rank"],
            soeknad=soeknader[row["soeknad"]],
            kommuner=soeknader[row["soeknad"]].kommuner,
            kommuner_sent=row.get("kommuner", soeknader[row["soeknad"]].kommuner),
            recommendation=row.get("recommendation", ""),
            reason=row.get("reason", ""),
        )
        for row in rows
        if row["soeknad"] in soeknader
    )
