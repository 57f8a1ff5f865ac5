"""Texts taken over from a version that is hidden: kept aside, put back, or replaced for good.

A follow-up point, a sak, a task or a later paper may hold a text of the hidden version word for
word. While it is hidden such a row holds neutral words, so that no page, mail or PDF can show it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, Q

from cohorts.actions.pdf import forget_pdfs
from cohorts.models import Mellomarbeid
from meetings.access.privacy import Text, subject_of
from meetings.models import (
    FollowUp,
    HiddenText,
    Referat,
    ReferatSak,
    ReferatVersion,
    Sak,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from meetings.rules.privacy import replaced, text_fields, with_texts

HIDDEN = "Teksten er skjult"
REMOVED = {"nb": "Teksten er fjernet", "nn": "Teksten er fjerna"}


@dataclass(frozen=True)
class Copy:
    """One place that holds a text of the version: a field of a row, or a path in its JSON."""

    row: Model
    field: str
    path: str
    text: str

    @property
    def place(self) -> str:
        name = f"{self.row._meta.label}:{self.row.pk}:{self.field}"
        return f"{name}:{self.path}" if self.path else name


def mask(text: Text) -> int:
    """Put neutral words in every row that took a text over from `text`; return how many."""
    subject = subject_of(text)
    copies = [copy for copy in _copies_of(text) if copy.text != HIDDEN]
    for copy in copies:
        HiddenText.objects.get_or_create(
            subject=subject, place=copy.place, defaults={"text": copy.text}
        )
        _write(copy.row, copy.field, copy.path, HIDDEN)
    forget_pdfs_of(text, [copy.row for copy in copies])
    return len(copies)


def put_back(text: Text) -> None:
    """The text is visible again: every row gets its own words, unless somebody has changed it."""
    _settle(text, {})


def settle_copies(text: Text, changes: dict[str, str]) -> None:
    """The text is removed: a row whose words were cleaned gets the cleaned ones, others their own.

    `changes` is old text → cleaned text; what was emptied is replaced with «Teksten er fjernet».
    """
    removed = REMOVED.get(text.language, REMOVED["nb"])
    _settle(text, {old: new.strip() or removed for old, new in changes.items()})


def remove_copies(text: Text) -> None:
    """The text is removed without a cleaned edition, and what was taken over from it with it."""
    kept = HiddenText.objects.filter(subject=subject_of(text))
    removed = REMOVED.get(text.language, REMOVED["nb"])
    _settle(text, dict.fromkeys(kept.values_list("text", flat=True), removed))


def _settle(text: Text, changes: dict[str, str]) -> None:
    rows: list[Model] = []
    for kept in HiddenText.objects.filter(subject=subject_of(text)):
        row, field, path = _found(kept.place)
        if row is not None and _read(row, field, path) == HIDDEN:
            _write(row, field, path, changes.get(kept.text, kept.text))
            rows.append(row)
        kept.delete()
    forget_pdfs_of(text, rows)
    for other in _hidden_beside(text):
        mask(other)


def forget_pdfs_of(text: Text, rows: Iterable[Model] = ()) -> None:
    """Delete the stored PDF files of a text, and of sent versions that quote it."""
    quoting = [row for row in rows if isinstance(row, ReferatVersion | VeiledningsgrunnlagVersion)]
    for subject in {subject_of(each) for each in [text, *quoting]}:
        forget_pdfs(subject=subject)


def _copies_of(text: Text) -> list[Copy]:
    """Where the words of a grunnlag or a referat have been taken over to."""
    if isinstance(text, ReferatVersion):
        return list(_of_referat(text))
    if isinstance(text, VeiledningsgrunnlagVersion):
        return list(_of_grunnlag(text))
    return []


def _of_referat(version: ReferatVersion) -> Iterator[Copy]:
    """Follow-up points, mellomarbeid, and later papers of the same place that carry them on."""
    referat, content = version.paper, version.content
    agreed = {row["text"] for row in content.get("agreed", [])}
    lines = {line.strip() for line in content.get("mellomarbeid", "").splitlines()} - {""}
    words = _only_here(version, agreed | lines)
    points = list(referat.follow_ups.filter(text__in=words))
    yield from (Copy(point, "text", "", point.text) for point in points)
    if referat.unit_id is None:
        tasks: list[Mellomarbeid] = []
    else:
        tasks = list(Mellomarbeid.objects.filter(unit=referat.unit_id, task__in=words))
    yield from (Copy(task, "task", "", task.task) for task in tasks)
    later = Q(
        paper__meeting__start__gte=referat.meeting.start,
        paper__unit=referat.unit_id,
        paper__meeting__deltakelse=referat.meeting.deltakelse_id,
    ) & ~Q(paper__meeting=referat.meeting_id, paper__unit=referat.unit_id)
    yield from _quoting(VeiledningsgrunnlagVersion, later, words)
    yield from _quoting(ReferatVersion, later, words)
    after = {
        "meeting__start__gt": referat.meeting.start,
        "meeting__deltakelse": referat.meeting.deltakelse_id,
    }
    drafts = {f"referat__{name}": value for name, value in after.items()}
    for row in ReferatSak.objects.filter(**drafts, referat__unit=referat.unit_id, title__in=words):
        yield Copy(row, "title", "", row.title)
    own = Q(unit=None) | Q(unit=referat.unit_id)
    for sak in Sak.objects.filter(own, **after, standing="", title__in=words):
        yield Copy(sak, "title", "", sak.title)


def _of_grunnlag(version: VeiledningsgrunnlagVersion) -> Iterator[Copy]:
    """The saker it put on the saksliste, and the referat that was made from that."""
    paper = version.paper
    saker = version.content.get("saker", [])
    words = _only_here(version, {sak["title"] for sak in saker if not sak.get("standing")})
    own = Q(unit=None) | Q(unit=paper.unit_id)
    for sak in Sak.objects.filter(own, meeting=paper.meeting_id, standing="", title__in=words):
        yield Copy(sak, "title", "", sak.title)
    same = {"meeting": paper.meeting_id, "unit": paper.unit_id}
    for row in ReferatSak.objects.filter(
        referat__in=Referat.objects.filter(**same), title__in=words
    ):
        yield Copy(row, "title", "", row.title)
    place = {f"paper__{name}": value for name, value in same.items()}
    yield from _quoting(ReferatVersion, Q(**place), words)


def _quoting(model: Any, condition: Q, words: set[str]) -> Iterator[Copy]:
    """Sent versions that hold one of the texts word for word, path by path."""
    if not words:
        return
    for version in model.objects.filter(condition, removed_at=None).select_related("paper"):
        for field in text_fields(version.content):
            if field.text in words:
                yield Copy(version, "content", field.path, field.text)


def _only_here(version: Any, words: set[str]) -> set[str]:
    """The texts that no newer version that is shown holds too: those rows follow the newer one."""
    newer = [
        other
        for other in version.paper.versions.filter(hidden_at=None, removed_at=None)
        if _age(other) > _age(version)
    ]
    standing = {field.text for other in newer for field in text_fields(other.content)}
    lines = {line.strip() for text in standing for line in text.splitlines()}
    return words - standing - lines


def _age(version: Any) -> tuple[int, int]:
    return (version.cleans or version.number, version.number)


def _hidden_beside(text: Text) -> Iterator[Text]:
    """Other versions of the same place that are hidden: what they hold stays away too."""
    if not isinstance(text, ReferatVersion | VeiledningsgrunnlagVersion):
        return
    place = {"paper__unit": text.paper.unit_id}
    place["paper__meeting__deltakelse"] = text.paper.meeting.deltakelse_id
    for model in (ReferatVersion, VeiledningsgrunnlagVersion):
        rows = model.objects.filter(**place, hidden_at__isnull=False, removed_at=None)
        yield from rows.exclude(pk=text.pk) if isinstance(text, model) else rows


def _found(place: str) -> tuple[Model | None, str, str]:
    """The row, the field and the path of a place; no row when it is gone."""
    label, pk, field, *path = place.split(":", 3)
    row = apps.get_model(label)._default_manager.filter(pk=pk).first()
    return row, field, path[0] if path else ""


def _read(row: Model, field: str, path: str) -> str:
    value = getattr(row, field)
    for step in filter(None, path.split(".")):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def _write(row: Model, field: str, path: str, words: str) -> None:
    """Write the words, cut to the width of a column."""
    if path:
        value = with_texts(getattr(row, field), {path: words})
    else:
        width = getattr(row._meta.get_field(field), "max_length", None)
        value = words[:width] if width else words
    setattr(row, field, value)
    row.save(update_fields=[field])


def clean_rows(rows: Iterable[Model], changes: dict[str, str]) -> None:
    """Replace the old texts in every column of the rows that holds one of them whole."""
    for row in rows:
        touched = []
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            if not isinstance(value, str | list | dict) or field.primary_key:
                continue
            cleaned = replaced(value, changes)
            if cleaned != value:
                setattr(row, field.attname, cleaned)
                touched.append(field.attname)
        if touched:
            row.save(update_fields=touched)


def drafts_of(text: Text) -> list[Model]:
    """The rows in which the office goes on writing what it has sent as `text`."""
    if isinstance(text, VeiledningsgrunnlagVersion):
        return [Veiledningsgrunnlag.objects.get(pk=text.paper_id)]
    if isinstance(text, ReferatVersion):
        saker = ReferatSak.objects.filter(referat=text.paper_id)
        points = FollowUp.objects.filter(referat=text.paper_id)
        return [Referat.objects.get(pk=text.paper_id), *saker, *points]
    return []
