"""Sending a søknad as a version that is never changed, and withdrawing it (domain 3.1)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.actions.events import record_event
from actors.actions.signature import signed_as
from actors.models import User
from cohorts.actions.soeknad_content import holding_national_ids, soeknad_content
from cohorts.actions.soeknad_notices import SENT, WITHDRAWN, tell_embete, tell_owner
from cohorts.actions.soeknad_state import (
    local_day,
    locked_soeknad,
    refuse_not_writing,
    written_language,
)
from cohorts.actions.stage import refresh_stages
from cohorts.models import Soeknad, SoeknadAnswer, SoeknadStatus, SoeknadVersion
from cohorts.queries.applicants import applicants_of, applies_elsewhere
from cohorts.queries.opptak import application_deadline
from cohorts.queries.soeknad_missing import missing_before_sending
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady, refuse_closed
from cohorts.rules.opptak import is_late
from cohorts.rules.paper import fields_with_national_ids
from cohorts.rules.soeknad_form import CONFIRMATIONS, LATE_REASON
from cohorts.rules.soeknad_sending import soeknad_receipt
from lmp.lib.hashing import content_hash, plain


@transaction.atomic
def save_confirmations(
    *,
    soeknad: Soeknad,
    confirmed: Iterable[str],
    late_reason: str | None = None,
    by: User,
    now: datetime,
) -> None:
    """Store which of the programme's confirmations (ids) are ticked; the last tick holds.

    `late_reason` is kept with them until the søknad is sent; None leaves it as it is. Raises
    `NationalIdFound`, `NotPossible` or `PuljeClosed`.
    """
    current = locked_soeknad(soeknad.pk)
    refuse_not_writing(current)
    if _keep(current, CONFIRMATIONS, sorted(confirmed), by, now):
        record_event(by=by, verb="confirm-soeknad", subject=f"soeknad:{current.pk}", now=now)
    if late_reason is not None:
        if fields_with_national_ids({LATE_REASON: late_reason}):
            raise NationalIdFound([LATE_REASON])
        _keep(current, LATE_REASON, late_reason.strip(), by, now)


def _keep(soeknad: Soeknad, key: str, value: Any, by: User, now: datetime) -> bool:
    """Store one of the answers given on sending; False when it is stored already."""
    row = soeknad.answers.filter(key=key).first()
    row = row or SoeknadAnswer(soeknad=soeknad, key=key, version=0)
    stored = row.value if row.pk else ""
    if (sorted(stored) if isinstance(stored, list) else stored) == value:
        return False
    row.value, row.version = value, row.version + 1
    row.updated_at, row.updated_by = now, by
    row.save()
    return True


@transaction.atomic
def submit_soeknad(
    *, soeknad: Soeknad, confirmed: Iterable[str], late_reason: str = "", by: User, now: datetime
) -> SoeknadVersion:
    """Send the søknad: a numbered version that is never changed.

    `confirmed` are the ids of the confirmations that are ticked. Sending what is sent already, as
    a double click does, gives the version that is there. After the deadline of the embete only a
    first version may be sent, with `late_reason`. Raises `NotReady` (with `late_reason` or the
    parts that miss something), `NationalIdFound`, `NotPossible` or `PuljeClosed`; then nothing is
    sent.
    """
    current = locked_soeknad(soeknad.pk)
    latest = current.versions.first()
    if latest is not None and not current.is_being_written and not current.is_withdrawn:
        return latest
    late = _refuse_to_send(current, latest, now)
    save_confirmations(soeknad=current, confirmed=confirmed, by=by, now=now)
    _refuse_incomplete(current, late, late_reason)
    language = written_language(current)
    with override(language):
        content = plain(soeknad_content(current))
        signature = signed_as(by)
    found = holding_national_ids(content) + fields_with_national_ids({LATE_REASON: late_reason})
    if found:
        raise NationalIdFound(found)
    if latest is not None and latest.sha256 == content_hash(content):
        return _close(current, latest)
    version = SoeknadVersion.objects.create(
        soeknad=current,
        number=latest.number + 1 if latest else 1,
        content=content,
        language=language,
        sha256=content_hash(content),
        receipt=_receipt(current, latest, now),
        sent_at=now,
        sent_by=by,
        sent_as=signature,
        late=late,
        late_reason=late_reason.strip() if late else "",
    )
    version.attachments.set(current.attachments.kept())
    current.status, current.sent_at = SoeknadStatus.SENT, now
    _close(current, version)
    _publish(current, version, by, now)
    return version


def refuse_after_list(soeknad: Soeknad) -> None:
    """Raise `NotPossible` once the embete has sent its list to Udir."""
    listed = getattr(soeknad.candidate.embete, "priority_list", None)
    if listed is not None and listed.sent_at is not None:
        raise NotPossible(_("Statsforvalteren har sendt lista til Udir. Ingenting kan sendes nå."))


def _refuse_to_send(soeknad: Soeknad, latest: SoeknadVersion | None, now: datetime) -> bool:
    """Whether it is late; raises when nothing may be sent."""
    refuse_not_writing(soeknad)
    refuse_after_list(soeknad)
    late = is_late(local_day(now), application_deadline(soeknad.candidate.embete))
    if late and latest is not None:
        raise NotPossible(_("Fristen er ute. Den siste versjonen dere sendte, gjelder."))
    if applies_elsewhere(soeknad.candidate.owner, soeknad):
        raise NotPossible(_("Dere er med i en annen søknad. Trekk dere fra den først."))
    return late


def _refuse_incomplete(soeknad: Soeknad, late: bool, late_reason: str) -> None:
    """Raise `NotReady` unless everything that is asked for is there."""
    if missing := missing_before_sending(soeknad):
        raise NotReady(list(dict.fromkeys(each.part for each in missing)))
    if late and not late_reason.strip():
        raise NotReady([LATE_REASON])


def _receipt(soeknad: Soeknad, latest: SoeknadVersion | None, now: datetime) -> str:
    pulje = soeknad.candidate.embete.opptak.pulje.number
    number = latest.number + 1 if latest else 1
    return soeknad_receipt(pulje, local_day(now), soeknad.pk, number)


def _close(soeknad: Soeknad, version: SoeknadVersion) -> SoeknadVersion:
    """Nobody writes in it any more; the version is what counts."""
    soeknad.reopened_at = None
    soeknad.save(update_fields=["status", "sent_at", "reopened_at"])
    return version


def _publish(soeknad: Soeknad, version: SoeknadVersion, by: User, now: datetime) -> None:
    refresh_stages([soeknad.candidate_id])
    occasion = f"version-{version.number}"
    tell_embete(soeknad, SENT, kind="soeknad_sent", occasion=occasion, now=now)
    for owner in applicants_of(soeknad)[1:]:
        page = "soeknad_status"
        tell_owner(soeknad, owner, SENT, kind="soeknad_sent", occasion=occasion, page=page, now=now)
    record_event(
        by=by,
        verb="submit-soeknad",
        subject=f"soeknad:{soeknad.pk}",
        now=now,
        version=version.number,
        receipt=version.receipt,
        late=version.late,
    )


@transaction.atomic
def withdraw_soeknad(*, soeknad: Soeknad, reason: str, by: User, now: datetime) -> Soeknad:
    """Take back a søknad that has been sent; what was sent stays readable.

    Twice changes nothing. Raises NotReady without a reason, NationalIdFound, NotPossible when it
    was never sent or when Udir has answered, PuljeClosed.
    """
    current = locked_soeknad(soeknad.pk)
    if current.is_withdrawn:
        return current
    refuse_to_withdraw(current)
    if not reason.strip():
        raise NotReady(["reason"])
    if fields_with_national_ids({"reason": reason}):
        raise NationalIdFound(["reason"])
    current.status, current.reopened_at = SoeknadStatus.WITHDRAWN, None
    current.withdrawn_at, current.withdrawn_by = now, by
    current.withdrawn_reason = reason.strip()
    current.save()
    refresh_stages([current.candidate_id])
    tell_embete(current, WITHDRAWN, kind="soeknad_withdrawn", occasion="withdrawn", now=now)
    for owner in applicants_of(current)[1:]:
        page, kind = "soeknad_status", "soeknad_withdrawn"
        tell_owner(current, owner, WITHDRAWN, kind=kind, occasion="withdrawn", page=page, now=now)
    record_event(by=by, verb="withdraw-soeknad", subject=f"soeknad:{current.pk}", now=now)
    return current


def refuse_to_withdraw(soeknad: Soeknad) -> None:
    """Raise with the reason why the søknad cannot be withdrawn."""
    refuse_closed(soeknad.candidate.embete.opptak.pulje)
    if soeknad.sent_at is None:
        raise NotPossible(_("Søknaden er ikke sendt, så det er ingenting å trekke."))
    if soeknad.decisions.released().exists():
        raise NotPossible(_("Udir har svart. Svar på tilbudet i stedet."))
