"""The lines of a list with all that its page, its checks and its sent content need."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import (
    Applicant,
    Assessment,
    EmbeteOpptak,
    Habilitet,
    PriorityEntry,
    PriorityList,
    Recommendation,
    Soeknad,
    SoeknadPartner,
    SoeknadUnit,
)
from cohorts.rules.priority import (
    Line,
    changed_ranks,
    covers_both_levels,
    crowded_fylker,
    grades_in,
    is_split,
    recommendation_of,
)
from lmp.lib.wording import join_words


@dataclass(frozen=True)
class Row:
    """One line of the list. `before` is its rank in the version sent before, or None.

    `moved` says that it stands elsewhere than there, and not only because others withdrew.
    """

    entry: PriorityEntry
    soeknad: Soeknad
    partners: tuple[str, ...]
    skoler: int
    barnehager: int
    both_levels: bool
    fylke: str
    version: int
    assessments: tuple[Assessment, ...] = ()
    before: int | None = None
    moved: bool = False

    @property
    def name(self) -> str:
        return str(self.soeknad.candidate.owner)

    @property
    def kommuner(self) -> int:
        """How many places it takes: the lead and the confirmed partners."""
        return 1 + len(self.partners)

    @property
    def is_private(self) -> bool:
        return self.soeknad.applicant == Applicant.FRITTSTAAENDE_SKOLE

    @property
    def given(self) -> tuple[str, ...]:
        """What each assessor recommends."""
        return tuple(each.recommendation for each in self.assessments)

    @property
    def is_split(self) -> bool:
        return is_split(self.given)

    @property
    def recommendation(self) -> str:
        """What the embete recommends, or "" as long as its assessors differ."""
        return recommendation_of(self.given, self.entry.recommendation)

    @property
    def given_in_words(self) -> str:
        """«Tilrås (Kari Testvik) og Reserve (Ola Prøvik)», when the assessors differ."""
        labels = dict(Recommendation.choices)
        return join_words(
            [
                f"{labels.get(each.recommendation, '')} ({each.assessor})"
                for each in self.assessments
            ]
        )

    @property
    def facts(self) -> str:
        """«3 skoler og 2 barnehager · begge skoleslag · søker sammen med …»."""
        parts = [units_in_words(self.skoler, self.barnehager)]
        if self.both_levels:
            parts.append(_("begge skoleslag"))
        if self.partners:
            with_whom = {"names": join_words(list(self.partners))}
            parts.append(_("søker sammen med %(names)s") % with_whom)
            parts.append(_("tar %(n)s plasser") % {"n": self.kommuner})
        return " · ".join(part for part in parts if part)

    @property
    def line(self) -> Line:
        """What the checks before sending need."""
        return Line(
            key=self.entry.pk,
            reason=self.entry.reason,
            given=self.given,
            chosen=self.entry.recommendation,
            habil=all(each.habilitet == Habilitet.HABIL for each in self.assessments),
            moved=self.moved,
            rank_reason=self.entry.rank_reason,
        )


def units_in_words(skoler: int, barnehager: int) -> str:
    """«3 skoler og 1 barnehage», in the active language; "" for none."""
    words = []
    if skoler:
        words.append(ngettext("%(n)s skole", "%(n)s skoler", skoler) % {"n": skoler})
    if barnehager:
        text = ngettext("%(n)s barnehage", "%(n)s barnehager", barnehager)
        words.append(text % {"n": barnehager})
    return join_words(words)


@dataclass(frozen=True)
class Listed:
    """A list with its lines in rank order, and the sent søknader that nobody has assessed."""

    priority_list: PriorityList
    rows: list[Row]
    unassessed: list[Soeknad] = field(default_factory=list)

    @property
    def embete(self) -> EmbeteOpptak:
        return self.priority_list.embete

    @property
    def crowded(self) -> dict[str, int]:
        """Fylker with more private schools on the list than the opptak allows."""
        private = [row.fylke for row in self.rows if row.is_private]
        return crowded_fylker(private, self.embete.opptak.private_per_fylke)


def with_sent(embete: EmbeteOpptak) -> QuerySet[Any]:
    """The søknader of the embete that are sent and not withdrawn, each knowing `is_assessed`."""
    done = Assessment.objects.completed().filter(soeknad=OuterRef("pk"))
    sent = Soeknad.objects.sent().filter(candidate__embete=embete)
    return sent.annotate(is_assessed=Exists(done)).select_related("candidate__owner")


def still_writing(embete: EmbeteOpptak) -> list[Soeknad]:
    """The søknader of the embete that are drafts, with their owners. One query."""
    drafts = Soeknad.objects.filter(candidate__embete=embete, status="draft")
    return list(drafts.select_related("candidate__owner"))


def left_out(priority_list: PriorityList) -> list[Soeknad]:
    """Assessed søknader that are not on the list: a sent list takes none. One query."""
    assessed = with_sent(priority_list.embete).filter(is_assessed=True)
    return list(assessed.exclude(pk__in=priority_list.entries.values("soeknad")))


def load_list(priority_list: PriorityList) -> Listed:
    """The list as it stands now. Seven queries, however long it is."""
    entries = _with_all(priority_list.entries.order_by("rank"))
    latest = priority_list.versions.first()
    before = _ranks_in(latest.content) if latest else {}
    on_it = {entry.soeknad_id for entry in entries}
    waiting = with_sent(priority_list.embete).filter(is_assessed=False)
    return Listed(
        priority_list,
        _rows(entries, before, _withdrawn(set(before) - on_it)),
        [each for each in waiting if each.pk not in on_it],
    )


def _ranks_in(content: dict[str, Any]) -> dict[int, int]:
    return {row["soeknad"]: row["rank"] for row in content["entries"]}


def _withdrawn(keys: set[int]) -> set[int]:
    """Those that left the list because they withdrew. No query when none has left."""
    if not keys:
        return set()
    gone = Soeknad.objects.filter(pk__in=keys, status="withdrawn")
    return set(gone.values_list("pk", flat=True))


def _with_all(entries: Iterable[PriorityEntry]) -> list[PriorityEntry]:
    """The entries with what a row needs: four queries besides their own."""
    confirmed = SoeknadPartner.objects.filter(status=SoeknadPartner.Status.CONFIRMED)
    done = Assessment.objects.completed().select_related("assessor").order_by("pk")
    units = SoeknadUnit.objects.taking_part().select_related("unit__kommune__fylke")
    return list(
        entries.select_related("soeknad__candidate__owner__kommune__fylke").prefetch_related(
            Prefetch("soeknad__partners", confirmed.select_related("owner"), to_attr="joined"),
            Prefetch("soeknad__assessments", done, to_attr="done"),
            Prefetch("soeknad__units", units, to_attr="taking_part"),
            "soeknad__versions",
        )
    )


def _rows(entries: list[PriorityEntry], before: dict[int, int], gone: set[int]) -> list[Row]:
    ranks = {entry.soeknad_id: entry.rank for entry in entries}
    changed = changed_ranks(ranks, before, gone)
    return [_row(each, before.get(each.soeknad_id), each.soeknad_id in changed) for each in entries]


def _row(entry: PriorityEntry, before: int | None, moved: bool) -> Row:
    soeknad: Any = entry.soeknad
    skoler = [unit for unit in soeknad.taking_part if unit.kind == "skole"]
    versions = list(soeknad.versions.all())
    return Row(
        entry=entry,
        soeknad=soeknad,
        partners=tuple(str(each.owner) for each in soeknad.joined),
        skoler=len(skoler),
        barnehager=len(soeknad.taking_part) - len(skoler),
        both_levels=covers_both_levels(map(_grades, skoler)),
        fylke=_fylke(soeknad),
        version=versions[0].number if versions else 0,
        assessments=tuple(soeknad.done),
        before=before,
        moved=moved,
    )


def _grades(unit: SoeknadUnit) -> tuple[int | None, int | None]:
    written = grades_in(unit.grades)
    if written != (None, None) or unit.unit is None:
        return written
    return unit.unit.grade_from, unit.unit.grade_to


def _fylke(soeknad: Any) -> str:
    """The fylke of the applicant; a private owner is where its school is."""
    kommune = soeknad.candidate.owner.kommune
    kommuner = (
        [kommune] if kommune else [unit.unit.kommune for unit in soeknad.taking_part if unit.unit]
    )
    return next((str(each.fylke) for each in kommuner if each is not None), "")
