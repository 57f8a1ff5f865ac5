"""The way of a candidate through an opptak, as the lines of a timeline."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import Candidate, Outcome, PriorityEntry
from lmp.lib.wording import when


def steps_of(candidate: Candidate, now: datetime) -> list[dict[str, Any]]:
    """What has happened, newest first; `candidate` is fetched with its card facts."""
    rows = [(candidate.created_at, "plus", _("Satt på lista"))]
    for invited in candidate.invitations.select_related("invitation"):
        rows.append((invited.invitation.sent_at, "mail", _("Invitert til å søke")))
    if candidate.dismissed_at:
        text = _("Lagt bort: %(reason)s") % {"reason": candidate.dismissed_reason}
        rows.append((candidate.dismissed_at, "cancelled", text))
    soeknad = getattr(candidate, "soeknad", None)
    if soeknad is not None:
        rows += _of_application(soeknad)
    rows.sort(key=lambda row: row[0], reverse=True)
    return [
        {"icon": icon, "tone": "", "text": text, "when": when(at, now)} for at, icon, text in rows
    ]


def _of_application(soeknad) -> list[tuple[datetime, str, str]]:
    rows = [(soeknad.created_at, "draft", _("Søknaden ble påbegynt"))]
    for version in soeknad.versions.all():
        text = _("Søknaden kom, versjon %(number)s") % {"number": version.number}
        if version.late:
            text = _("%(what)s, etter fristen") % {"what": text}
        rows.append((version.sent_at, "sent", text))
    rows += [
        (each.completed_at, "ok", _("Vurdert")) for each in soeknad.judged if each.completed_at
    ]
    entry = PriorityEntry.objects.filter(soeknad=soeknad).first()
    if soeknad.forwarded_at and entry is not None:
        text = _("På lista til Udir som nummer %(rank)s") % {"rank": entry.rank}
        rows.append((soeknad.forwarded_at, "sent", text))
    rows += [
        (each.released_at, "ok", str(Outcome(each.outcome).label)) for each in soeknad.answered
    ]
    if soeknad.withdrawn_at:
        rows.append((soeknad.withdrawn_at, "cancelled", _("Søknaden ble trukket")))
    return rows
