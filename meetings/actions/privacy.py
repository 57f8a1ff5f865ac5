"""«Meld personopplysning»: hiding a text at once, and what the personvernkontakt decides (8.24)."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.actions.signature import signed_as
from actors.models import User
from cohorts.rules.errors import NationalIdFound, NotPossible
from cohorts.rules.paper import fields_with_national_ids
from meetings.access.privacy import Text, home_of, kind_of, subject_of
from meetings.actions.privacy_hidden import mask, put_back
from meetings.actions.privacy_notices import (
    tell_of_judgement,
    tell_of_report,
    tell_running_out,
    tell_visible_again,
)
from meetings.models import PrivacyReport
from meetings.rules.privacy import WARN_BEFORE, due_at

OPEN, CLEANED, CLOSED = (
    PrivacyReport.Status.OPEN,
    PrivacyReport.Status.CLEANED,
    PrivacyReport.Status.CLOSED,
)


@transaction.atomic
def report_text(
    *, text: Text, part: str, signs: Sequence[str], explanation: str, by: User, now: datetime
) -> PrivacyReport:
    """Hide the text at once for everybody but who sent it and who decides, and start the clock.

    Reporting the same text again gives the report that is there. When two readers report the same
    text both reports stand, with the clock of the first. Raises `NationalIdFound`, or
    `NotPossible` when the text is removed already or nobody is responsible for it.
    """
    if fields_with_national_ids({"explanation": explanation}):
        raise NationalIdFound(["explanation"])
    current = locked_text(text)
    kind, owner = kind_of(current), home_of(current).owner
    if current.removed_at is not None or owner is None:
        raise NotPossible(_("Teksten er fjernet allerede."))
    earlier = PrivacyReport.objects.about(kind.field, current).open()
    own = earlier.filter(reported_by=by).first()
    if own is not None:
        return own
    first = earlier.order_by("known_at").first()
    report = PrivacyReport.objects.create(
        number=str(uuid4())[:20],
        owner=owner,
        part=part,
        signs=list(signs),
        explanation=explanation.strip(),
        reported_by=by,
        reported_as=signed_as(by),
        known_at=first.known_at if first else now,
        due_at=first.due_at if first else due_at(now),
        **{kind.field: current},
    )
    report.number = f"{timezone.localdate(now).year}-P-{report.pk:03d}"
    report.save(update_fields=["number"])
    if current.hidden_at is None:
        current.hidden_at = now
        current.save(update_fields=["hidden_at"])
        mask(current)
    tell_of_report(report, by=by, now=now)
    record_event(
        by=None, verb="hide_text", subject=subject_of(current), now=now, report=report.number
    )
    return report


@transaction.atomic
def assess_report(
    *,
    report: PrivacyReport,
    recognisable: bool,
    authority_told: bool,
    reason: str,
    by: User,
    now: datetime,
) -> PrivacyReport:
    """Store what the personvernkontakt decides, as often as needed until it is closed.

    When nobody can be recognised the text is visible again, unless another report about it is
    open or it is removed already. Raises `NationalIdFound`, or `NotPossible` when it is closed.
    """
    if fields_with_national_ids({"reason": reason}):
        raise NationalIdFound(["reason"])
    text = locked_text(report.text)
    current = locked_report(report)
    if current.status == CLOSED:
        raise NotPossible(_("Meldingen er avsluttet."))
    current.recognisable, current.authority_told = recognisable, recognisable and authority_told
    current.decision, current.decided_at, current.decided_by = reason.strip(), now, by
    if not recognisable or current.status == CLEANED:
        current.status = CLOSED
    current.save()
    if not recognisable:
        _show_again(current, text, now)
        tell_of_judgement(current, now=now)
    record_event(
        by=by,
        verb="assess_privacy_report",
        subject=f"privacy:{current.pk}",
        now=now,
        recognisable=recognisable,
        authority_told=current.authority_told,
    )
    return current


@transaction.atomic
def close_report(*, report: PrivacyReport, by: User, now: datetime) -> PrivacyReport:
    """The contact is done: the text is cleaned and the report judged. Twice changes nothing.

    Raises `NotPossible` before that.
    """
    current = locked_report(report)
    if current.status == CLOSED:
        return current
    if current.status != CLEANED or current.decided_at is None:
        raise NotPossible(_("Meldingen kan avsluttes når teksten er renset og vurderingen lagret."))
    current.status = CLOSED
    current.save(update_fields=["status"])
    record_event(by=by, verb="close_privacy_report", subject=f"privacy:{current.pk}", now=now)
    return current


def warn_of_deadlines(*, now: datetime) -> int:
    """Tell the contacts of reports nobody has judged when 24 hours are left; once a report.

    Returns how many notices are new.
    """
    waiting = PrivacyReport.objects.open().undecided().filter(due_at__lte=now + WARN_BEFORE)
    return sum(tell_running_out(report, now=now) for report in waiting.with_texts())


def _show_again(report: PrivacyReport, text: Text, now: datetime) -> None:
    others = PrivacyReport.objects.about(kind_of(text).field, text).open()
    if text.removed_at is not None or others.exists():
        return
    text.hidden_at = None
    text.save(update_fields=["hidden_at"])
    put_back(text)
    tell_visible_again(report, now=now)
    record_event(by=None, verb="show_text", subject=subject_of(text), now=now)


def locked_text(text: Text) -> Text:
    """The row as it is now, held until the transaction ends."""
    rows = kind_of(text).model._default_manager.select_for_update(of=("self",))
    return cast(Text, rows.get(pk=text.pk))


def locked_report(report: PrivacyReport) -> PrivacyReport:
    """As `locked_text`; always taken after the text, so that two never wait for each other."""
    return PrivacyReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
