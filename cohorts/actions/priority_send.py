"""Sending an embete's list to Udir: a numbered version that is never changed (domain 3.4)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.actions.events import record_event
from actors.actions.messages import NoticeText, notify_roles
from actors.actions.signature import signed_as
from actors.models import Role, User
from actors.rules.invitations import language_of
from actors.rules.roles import RoleKind
from cohorts.actions.priority import has_released_letter, locked, refuse_read_only
from cohorts.actions.stage import refresh_stages
from cohorts.models import PriorityList, PriorityListVersion, Soeknad
from cohorts.queries.opptak import opptak_dates
from cohorts.queries.priority_rows import Listed, Row, load_list, with_sent
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady, StaleEdit
from cohorts.rules.opptak import is_late
from cohorts.rules.paper import Data, fields_with_national_ids
from cohorts.rules.priority import Missing, missing_before_sending
from lmp.lib.hashing import content_hash

LIST_SENT = NoticeText(
    title_bm="Prioritert liste er sendt",
    title_nn="Prioritert liste er send",
    body_bm="En statsforvalter har sendt den prioriterte lista si.",
    body_nn="Ein statsforvaltar har sendt den prioriterte lista si.",
    action_bm="Les lista",
    action_nn="Les lista",
)


@transaction.atomic
def submit_list(
    *, priority_list: PriorityList, edit_version: int, late_reason: str, by: User, now: datetime
) -> PriorityListVersion:
    """Send the list as it is stored: a new version, locked, with its applications open to Udir.

    A list that is sent already gives the version that is there, as a double click does. Raises
    `NotReady` (its `fields` are `rules.priority.Missing` as texts, and `unlisted` when somebody
    was assessed meanwhile), `StaleEdit`, `NationalIdFound`, `PuljeClosed` or `NotPossible`.
    """
    current = locked(priority_list)
    refuse_read_only(current.embete)
    latest = current.versions.first()
    if latest is not None and current.is_locked:
        return latest
    if current.edit_version != edit_version:
        raise StaleEdit(current)
    if has_released_letter(current):
        raise NotPossible(_("Udir har sendt svar til en på lista. Ingen ny versjon kan sendes."))
    if fields_with_national_ids({"late_reason": late_reason}):
        raise NationalIdFound(["late_reason"])
    listed = load_list(current)
    today = timezone.localtime(now).date()
    late = is_late(today, opptak_dates(current.embete.opptak).prioritert_liste)
    late_reason = late_reason.strip() or current.reopened_reason
    if missing := what_is_missing(listed, late=late, late_reason=late_reason):
        raise NotReady([str(each) for each in missing])
    version = _make_version(listed, latest, by, now)
    version.late, version.late_reason = late, late_reason if late else ""
    version.save()
    _publish(listed, version, by, now)
    return version


def what_is_missing(listed: Listed, *, late: bool, late_reason: str) -> list[Missing]:
    """What the list lacks before it may be sent, also a søknad that came to it meanwhile."""
    missing = missing_before_sending(
        [row.line for row in listed.rows],
        [each.pk for each in listed.unassessed],
        late=late,
        late_reason=late_reason,
    )
    on_it = {row.soeknad.pk for row in listed.rows}
    sent = {each.pk: each.is_assessed for each in with_sent(listed.embete)}
    new = [key for key, assessed in sent.items() if assessed and key not in on_it]
    gone = on_it - set(sent)
    return [*missing, *(Missing("unlisted", key) for key in (*new, *sorted(gone)))]


def _make_version(
    listed: Listed, latest: PriorityListVersion | None, by: User, now: datetime
) -> PriorityListVersion:
    """The version, not stored yet; its words are in the målform of the embete."""
    language = language_of(listed.embete.statsforvalter)
    with override(language):
        content = list_content(listed)
        signature = signed_as(by)
    number = latest.number + 1 if latest else 1
    pulje, year = listed.embete.opptak.pulje.number, timezone.localtime(now).year
    return PriorityListVersion(
        list=listed.priority_list,
        number=number,
        content=content,
        language=language,
        sha256=content_hash(content),
        receipt=f"P{pulje}-{year}-{listed.priority_list.pk:04}-{number}",
        reason=listed.priority_list.reopened_reason,
        sent_at=now,
        sent_by=by,
        sent_as=signature,
    )


def list_content(listed: Listed) -> Data:
    """All that a reader needs, as plain JSON values, in the active language."""
    return {
        "pulje": listed.embete.opptak.pulje.number,
        "embete": str(listed.embete.statsforvalter),
        "quota": listed.embete.quota,
        "wanted": listed.priority_list.wanted,
        "note": listed.priority_list.note,
        "entries": [_entry_content(row) for row in listed.rows],
    }


def _entry_content(row: Row) -> dict[str, Any]:
    return {
        "rank": row.entry.rank,
        "soeknad": row.soeknad.pk,
        "soeknad_version": row.version,
        "name": row.name,
        "partners": list(row.partners),
        "kommuner": row.kommuner,
        "facts": row.facts,
        "recommendation": row.recommendation,
        "reason": row.entry.reason,
        "rank_reason": row.entry.rank_reason if row.moved else "",
    }


def _publish(listed: Listed, version: PriorityListVersion, by: User, now: datetime) -> None:
    """Lock the list, let Udir read what is on it, and tell Udir."""
    current = listed.priority_list
    current.sent_at, current.reopened_at, current.reopened_reason = now, None, ""
    current.updated_at = now
    current.edit_version += 1
    current.save()
    keys = [row.soeknad.pk for row in listed.rows]
    Soeknad.objects.filter(pk__in=keys, forwarded_at=None).update(forwarded_at=now)
    refresh_stages([row.soeknad.candidate_id for row in listed.rows])
    record_event(
        by=by,
        verb="submit_list",
        subject=f"prioritylist:{current.pk}",
        now=now,
        version=version.number,
        entries=len(keys),
        late=version.late,
    )
    _tell_udir(version, by, now)


def _tell_udir(version: PriorityListVersion, by: User, now: datetime) -> None:
    """One notice to everybody who acts for Udir today, once per version."""
    today = timezone.localtime(now).date()
    path = reverse("cohorts:priority_detail", args=[version.list_id])
    roles = Role.objects.active(today).of_kind(RoleKind.UDIR).select_related("user")
    notify_roles(
        roles=roles,
        kind="priority_sent",
        subject=f"prioritylist:{version.list_id}",
        occasion=str(version.number),
        text=LIST_SENT,
        url=path,
        now=now,
        place=str(version.list.embete.statsforvalter),
    )
