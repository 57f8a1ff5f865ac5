"""The list in short, for the page of an opptak."""

from dataclasses import dataclass
from typing import Any

from cohorts.actions.priority import is_writable
from cohorts.models import EmbeteOpptak, PriorityList, PriorityListVersion
from cohorts.queries.priority_rows import Row, load_list, with_sent
from cohorts.views.priority_page import ReachWords, Tag, page_reach, tag_of


@dataclass(frozen=True)
class SummaryLine:
    row: Row
    tag: Tag | None


@dataclass(frozen=True)
class PrioritySummary:
    """The list as it stands; `new` assessed søknader come last on it when it is opened.

    `version` is the latest that was sent, `can_change` whether it is being written now.
    """

    priority_list: PriorityList | None
    lines: list[SummaryLine]
    reach: ReachWords | None
    new: int
    version: PriorityListVersion | None
    can_change: bool


def summary_context(embete: EmbeteOpptak) -> dict[str, Any]:
    """The context of `cohorts/_priority_summary.html`: `priority`, and `pulje` of the opptak.

    For the embete's own people only. Ten queries at most, however long the list is.
    """
    priority_list = (
        PriorityList.objects.filter(embete=embete)
        .select_related("embete__opptak__pulje", "embete__statsforvalter")
        .first()
    )
    listed = load_list(priority_list) if priority_list else None
    rows = listed.rows if listed else []
    on_it = {row.soeknad.pk for row in rows}
    assessed = with_sent(embete).filter(is_assessed=True).values_list("pk", flat=True)
    summary = PrioritySummary(
        priority_list=priority_list,
        lines=[SummaryLine(row, tag_of(row.recommendation)) for row in rows],
        reach=page_reach(listed) if listed else None,
        new=len(set(assessed) - on_it),
        version=priority_list.versions.first() if priority_list else None,
        can_change=is_writable(embete) and not (priority_list and priority_list.is_locked),
    )
    return {"priority": summary, "pulje": embete.opptak.pulje}
