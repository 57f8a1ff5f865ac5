"""The cleaned edition of a reported text, and the removal of the one that was hidden (8.24)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.paper import version_columns
from cohorts.models import Framdriftsplan, OtherWork, PlanReview, PlanVersion, Tiltak
from cohorts.queries.paper import next_number
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady
from cohorts.rules.paper import fields_with_national_ids, stem_of
from meetings.access.privacy import Text, home_of, kind_of, subject_of
from meetings.actions.addendum import addendum_columns
from meetings.actions.privacy import CLEANED, locked_text
from meetings.actions.privacy_hidden import (
    clean_rows,
    drafts_of,
    forget_pdfs_of,
    remove_copies,
    settle_copies,
)
from meetings.actions.privacy_notices import tell_of_cleaning
from meetings.models import (
    Addendum,
    GrunnlagAttachmentFile,
    PrivacyReport,
    RedactedCopy,
    Referat,
    ReferatVersion,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from meetings.rules.privacy import ATTACHMENTS, changes_of, text_fields, with_texts

Texts = Mapping[str, str]


def content_of(text: Text) -> dict[str, Any]:
    """The content whose texts can be cleaned; of an addendum its two fields."""
    if isinstance(text, Addendum):
        return {"text": text.text, "reason": text.reason}
    return text.content


def is_about_files(report: PrivacyReport) -> bool:
    """Whether the attachments are what was reported."""
    return report.part == ATTACHMENTS or PrivacyReport.Sign.IMAGE in report.signs


@transaction.atomic
def clean_text(
    *, report: PrivacyReport, texts: Texts, confirmed: bool, by: User, now: datetime
) -> Text:
    """Send a cleaned edition of the reported text, and remove what was hidden; return the new one.

    `texts` is path → cleaned text (`rules.privacy.text_fields`); the rest follows unchanged. It is
    a new version with a number of its own that stands where the old one stood, also in a closed
    pulje and in a locked referat. Sending twice gives the one that is there. Raises `NotReady`
    when nothing was changed or it is not confirmed, `NationalIdFound`, `NotPossible`.
    """
    current = _locked(report)
    if current.removed_at is not None:
        return edition_of(current)
    old = {field.path: field.text for field in text_fields(content_of(current))}
    new = {path: text.strip() for path, text in texts.items() if path in old}
    _refuse_unready(report, old, new, confirmed=confirmed)
    content = with_texts(content_of(current), new)
    if _files_reported(current) and "attachments" in content:
        content["attachments"] = []  # the name of a deleted file would still tell
    edition = _make_edition(current, content, by, now)
    changes = changes_of(old, new)
    if _is_newest(current, edition):
        _clean_drafts(current, new, changes)
    settle_copies(current, changes)
    _carry_over(current, edition, by, now, is_edition=True)
    _remove(current, by, now, edition=edition.number)
    return edition


@transaction.atomic
def remove_text(*, report: PrivacyReport, by: User, now: datetime) -> Text:
    """Remove an older version without a cleaned edition: a newer one stands. Twice does nothing.

    Raises `NotPossible` when there is no newer text that readers see.
    """
    current = _locked(report)
    if current.removed_at is not None:
        return current
    if not has_newer(current):
        raise NotPossible(_("Det finnes ingen nyere versjon. Lag en renset utgave."))
    remove_copies(current)
    _carry_over(current, _versions(current).first(), by, now, is_edition=False)
    _remove(current, by, now, edition=None)
    return current


def has_newer(text: Text) -> bool:
    """Whether readers see a newer version, so that this one may go without a cleaned edition."""
    if isinstance(text, Addendum):
        return False
    newer = _versions(text).filter(number__gt=text.number, cleans=None)
    return newer.filter(hidden_at=None, removed_at=None).exists()


def next_number_of(text: Text) -> int:
    """The number that a cleaned edition of the text gets."""
    return next_number(_versions(text))


def _locked(report: PrivacyReport) -> Text:
    """The reported text, held; the paper first, so that nobody sends a version meanwhile."""
    text = report.text
    if isinstance(text, PlanVersion):
        Framdriftsplan.objects.select_for_update().get(pk=text.plan_id)
    elif isinstance(text, VeiledningsgrunnlagVersion):
        Veiledningsgrunnlag.objects.select_for_update().get(pk=text.paper_id)
    else:
        pk = text.referat_id if isinstance(text, Addendum) else text.paper_id
        Referat.objects.select_for_update().get(pk=pk)
    current = locked_text(text)
    if current.hidden_at is None:
        raise NotPossible(_("Teksten er synlig igjen. Det er ingenting å rense."))
    return current


def _refuse_unready(report: PrivacyReport, old: Texts, new: Texts, *, confirmed: bool) -> None:
    missing = []
    if not changes_of(dict(old), dict(new)) and not is_about_files(report):
        missing.append("texts")
    if not confirmed:
        missing.append("confirmed")
    if missing:
        raise NotReady(missing)
    if found := fields_with_national_ids(dict(new)):
        raise NationalIdFound(found)


def _make_edition(text: Text, content: dict[str, Any], by: User, now: datetime) -> Text:
    """The new row: everything of the old one but its texts, its number and who sent it."""
    if isinstance(text, Addendum):
        changed = addendum_columns(
            text.referat, text.version, sak=text.sak, texts=content, by=by, now=now
        )
    else:
        stem, language = stem_of(text.receipt), text.language
        changed = version_columns(
            _versions(text), stem=stem, content=content, language=language, by=by, now=now
        )
    model = kind_of(text).model
    kept = {
        field.attname: getattr(text, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key
    }
    again = {"cleans": _stands_for(text), "hidden_at": None, "removed_at": None}
    edition = model(**kept | changed | again)
    edition.save()
    return cast(Text, edition)


def _stands_for(text: Text) -> int:
    """The number whose place an edition takes: also when it cleans a cleaned edition."""
    return text.cleans or text.number


def _versions(text: Text) -> Any:
    if isinstance(text, Addendum):
        return text.referat.addenda.all()
    return text.plan.versions.all() if isinstance(text, PlanVersion) else text.paper.versions.all()


def edition_of(text: Text) -> Text:
    """The cleaned edition of a removed text; the text itself when there is none."""
    found = _versions(text).filter(cleans=_stands_for(text), number__gt=text.number)
    return found.order_by("number").first() or text


def _is_newest(text: Text, edition: Text) -> bool:
    """Whether the edition is what readers now meet first, so that drafts go on from it."""
    return not isinstance(text, Addendum) and _versions(text).first() == edition


def _clean_drafts(text: Text, new: Texts, changes: dict[str, str]) -> None:
    """Let the office go on from the cleaned texts; a form opened before cannot overwrite them."""
    rows = drafts_of(text)
    if isinstance(text, PlanVersion):
        rows = _plan_rows(text)
    clean_rows(rows, changes)
    paper = rows[0]
    for path, words in new.items():
        if path in {field.name for field in paper._meta.concrete_fields}:
            setattr(paper, path, words)
    paper.edit_version += 1  # type: ignore[attr-defined]
    paper.save()
    if isinstance(paper, Veiledningsgrunnlag):
        paper.conflicts.filter(value__in=changes).delete()


def _plan_rows(version: PlanVersion) -> list[Any]:
    plan = Framdriftsplan.objects.get(pk=version.plan_id)
    tiltak = Tiltak.objects.filter(maal__plan=plan)
    other = OtherWork.objects.filter(unit=plan.unit_id)
    return [plan, *plan.maal.all(), *tiltak, *other, *plan.reviews.all()]


def _files_reported(text: Text) -> bool:
    reports = PrivacyReport.objects.about(kind_of(text).field, text).open()
    return any(is_about_files(report) for report in reports)


def _carry_over(text: Text, heir: Text, by: User, now: datetime, *, is_edition: bool) -> None:
    """What hangs on the removed text follows its heir; reported files are deleted."""
    if isinstance(text, VeiledningsgrunnlagVersion):
        files = text.attachments.all()
        text.comments.update(version=heir)
        if _files_reported(text):
            GrunnlagAttachmentFile.objects.filter(attachment__in=files).delete()
            files.filter(removed_at=None).update(removed_at=now, removed_by=by)
        elif is_edition:
            cast(VeiledningsgrunnlagVersion, heir).attachments.add(*files)
    elif isinstance(text, ReferatVersion):
        text.merknader.update(version=heir)
        text.addenda.update(version=heir)
    elif isinstance(text, PlanVersion) and not PlanReview.objects.filter(version=heir.pk).exists():
        PlanReview.objects.filter(version=text.pk).update(version=heir.pk)


def _remove(text: Text, by: User, now: datetime, *, edition: int | None) -> None:
    """Empty the hidden row; what stays is that it was there, and the record of who removed it."""
    kind = kind_of(text)
    text.removed_at = now
    if isinstance(text, Addendum):
        text.text, text.reason = "", ""
        text.save(update_fields=["removed_at", "text", "reason"])
    else:
        text.content = {}
        text.public_title = ""
        text.save(update_fields=["removed_at", "content", "public_title"])
        RedactedCopy.objects.filter(**{kind.field: text}).delete()
    forget_pdfs_of(text)
    reports = PrivacyReport.objects.about(kind.field, text)
    for report in reports.open():
        report.cleaned_at, report.cleaned_by = now, by
        report.status = CLEANED
        report.save(update_fields=["cleaned_at", "cleaned_by", "status"])
        tell_of_cleaning(report, now=now)
    record_event(
        by=by,
        verb="remove_text",
        subject=subject_of(text),
        now=now,
        number=text.number,
        edition=edition,
        place=str(home_of(text)),
    )
