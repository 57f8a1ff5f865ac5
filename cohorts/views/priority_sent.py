"""A sent version of a list as a page or a PDF shows it: stored JSON with words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cohorts.models import EmbeteOpptak, PriorityListVersion, Recommendation, Soeknad
from cohorts.rules.priority import places_reach
from cohorts.rules.priority_diff import DOWN, GONE, NEW, UP, EntryChange, Pair, diff_versions
from cohorts.views.pdf_response import PDF_LANGUAGE
from cohorts.views.priority_page import ReachWords, Tag, address, reach_words, tag_of
from lmp.lib.wording import dato


@dataclass(frozen=True)
class SentLine:
    """One line of a sent version. `is_withdrawn`: the applicant withdrew afterwards."""

    content: dict[str, Any]
    tag: Tag | None
    read_url: str
    is_withdrawn: bool


@dataclass(frozen=True)
class SentSheet:
    """A sent version: its lines, and the capacity line with the places it is read with."""

    version: PriorityListVersion
    lines: list[SentLine]
    reach: ReachWords | None

    @property
    def content(self) -> dict[str, Any]:
        return self.version.content

    @property
    def lang(self) -> str:
        """The language of the version as an HTML and PDF language tag."""
        return PDF_LANGUAGE[self.version.language]

    @property
    def short_hash(self) -> str:
        """The first sixteen digits of the checksum in groups of four, for reading out."""
        digits = self.version.sha256[:16]
        return " ".join(digits[at : at + 4] for at in range(0, 16, 4))

    @property
    def kommuner(self) -> int:
        """How many places the whole list asks for."""
        return sum(line.content.get("kommuner", 1) for line in self.lines)


def sheet_of(version: PriorityListVersion, quota: int | None) -> SentSheet:
    """Prepare a version for a page; the capacity line is drawn for `quota` places. One query."""
    entries = sorted(version.content["entries"], key=lambda row: row["rank"])
    keys = [row["soeknad"] for row in entries]
    withdrawn = set(
        Soeknad.objects.filter(pk__in=keys, status="withdrawn").values_list("pk", flat=True)
    )
    lines = [
        SentLine(
            content=row,
            tag=tag_of(row.get("recommendation", "")),
            read_url=address("soeknad_version", row["soeknad"], row.get("soeknad_version", 1)),
            is_withdrawn=row["soeknad"] in withdrawn,
        )
        for row in entries
    ]
    reach = places_reach([row.get("kommuner", 1) for row in entries], quota)
    return SentSheet(version, lines, reach_words(reach, len(entries)))


HEADS = {
    "quota": gettext_lazy("Plasser"),
    "wanted": gettext_lazy("Ønsket antall kommuner"),
    "note": gettext_lazy("Merknad til Udir"),
    "recommendation": gettext_lazy("Tilråding"),
    "reason": gettext_lazy("Begrunnelse"),
    "kommuner": gettext_lazy("Antall kommuner"),
}


@dataclass(frozen=True)
class PairView:
    """A value before and after, in words; "" when it was or is empty."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeView:
    """What has happened to one søknad between two versions, in words."""

    name: str
    text: str
    why: str
    pairs: list[PairView]


@dataclass(frozen=True)
class DiffView:
    """What is different from the version `before`; `same` are the names that are as they were."""

    before: int
    head: list[PairView]
    changes: list[ChangeView]
    same: list[str]


def diff_view(version: PriorityListVersion) -> DiffView | None:
    """The difference from the version before, or None when this is the first. One query."""
    if version.number == 1:
        return None
    before = version.list.versions.get(number=version.number - 1)
    diff = diff_versions(before.content, version.content)
    return DiffView(
        before=before.number,
        head=[_pair(each) for each in diff.head],
        changes=[_change(each) for each in diff.entries],
        same=list(diff.same),
    )


def _pair(pair: Pair) -> PairView:
    values = [_word(pair.key, value) for value in (pair.before, pair.after)]
    return PairView(str(HEADS[pair.key]), *values)


def _word(key: str, value: Any) -> str:
    if key == "recommendation" and value in Recommendation.values:
        return str(Recommendation(value).label)
    return "" if value is None else str(value)


def _change(change: EntryChange) -> ChangeView:
    ranks = {"before": change.before, "after": change.after}
    texts = {
        NEW: _("Ny på lista, på plass %(after)s"),
        GONE: _("Ikke lenger på lista. Sto på plass %(before)s"),
        UP: _("Flyttet opp fra %(before)s til %(after)s"),
        DOWN: _("Flyttet ned fra %(before)s til %(after)s"),
    }
    text = texts.get(change.kind, _("Samme plass, %(after)s. Teksten er endret")) % ranks
    return ChangeView(change.name, text, change.why, [_pair(each) for each in change.texts])


def quota_note(embete: EmbeteOpptak, version: PriorityListVersion) -> str:
    """That the places are others than when the list was sent, or ""."""
    changed, sent_with = embete.quota_changed_at, version.content.get("quota")
    if changed is None or changed < version.sent_at or sent_with == embete.quota:
        return ""
    values = {"before": sent_with, "after": embete.quota, "day": dato(changed)}
    return (
        _("Plassene ble endret fra %(before)s til %(after)s %(day)s, etter at lista ble sendt.")
        % values
    )


def document_title(version: PriorityListVersion) -> str:
    """The name of the document in the language of the version: what it is, never its content."""
    with override(version.language):
        values = {"pulje": version.content.get("pulje", ""), "receipt": version.receipt}
        return _("Prioritert liste til pulje %(pulje)s, %(receipt)s") % values
