"""Keeping an embete's list to Udir: filled, ordered and explained (domain 3.4)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.models import Assessment, Decision, EmbeteOpptak, PriorityEntry, PriorityList
from cohorts.queries.priority_rows import with_sent
from cohorts.rules.errors import NationalIdFound, NotPossible, StaleEdit, refuse_closed
from cohorts.rules.paper import Data, differing, fields_with_national_ids, joined
from cohorts.rules.priority import is_split, ordered

ENTRY_FIELDS = ("reason", "rank_reason", "recommendation")
OUT_OF_THE_WAY = 10_000  # more than any list is long


def refuse_read_only(embete: EmbeteOpptak) -> None:
    """Raise `PuljeClosed` or `NotPossible` when no list may be written in this opptak now."""
    refuse_closed(embete.opptak.pulje)
    if not embete.opptak.is_open:
        raise NotPossible(_("Opptaket er ikke åpent. Lista kan leses, men ikke endres."))


def is_writable(embete: EmbeteOpptak) -> bool:
    """Whether lists are written in this opptak now: it is announced and not ended."""
    return embete.opptak.is_open and not embete.opptak.pulje.is_closed


@transaction.atomic
def ensure_list(*, embete: EmbeteOpptak, now: datetime) -> PriorityList:
    """The embete's list with every assessed søknad on it; made when it is not there.

    New ones come last, in the order they were sent, with the assessors' reason; withdrawn ones
    fall out and the ranks close up. A sent list, and one in an opptak that is over, is left as it
    is. Doing it again changes nothing.
    """
    found, _created = PriorityList.objects.get_or_create(
        embete=embete, defaults={"updated_at": now}
    )
    current = locked(found)
    if not current.is_locked and is_writable(embete):
        _fill(current, now)
    return current


def locked(priority_list: PriorityList) -> PriorityList:
    """The list as it is stored now, held until the transaction is over."""
    rows = PriorityList.objects.select_for_update(of=("self",))
    return rows.select_related("embete__statsforvalter", "embete__opptak__pulje").get(
        pk=priority_list.pk
    )


def _fill(current: PriorityList, now: datetime) -> None:
    sent = {each.pk: each for each in with_sent(current.embete).order_by("sent_at", "pk")}
    on_it = {entry.soeknad_id: entry for entry in current.entries.all()}
    gone = [entry.pk for key, entry in on_it.items() if key not in sent]
    new = [each for key, each in sent.items() if each.is_assessed and key not in on_it]
    current.entries.filter(pk__in=gone).delete()
    _add(current, new)
    _forget_choices(current)
    if gone or new:
        order = list(current.entries.order_by("rank").values_list("pk", flat=True))
        _write_order(current, order)
        subject = f"prioritylist:{current.pk}"
        record_event(
            by=None, verb="fill_list", subject=subject, now=now, new=len(new), gone=len(gone)
        )


def _add(current: PriorityList, soeknader: Sequence) -> None:
    last = current.entries.aggregate(last=Max("rank"))["last"] or 0
    reasons: dict[int, str] = {}
    done = Assessment.objects.completed().filter(soeknad__in=soeknader).order_by("-pk")
    for assessment in done:
        reasons[assessment.soeknad_id] = joined(
            reasons.get(assessment.soeknad_id, ""), assessment.applicant_reason
        )
    PriorityEntry.objects.bulk_create(
        PriorityEntry(
            list=current, soeknad=soeknad, rank=rank, reason=reasons.get(soeknad.pk, "").strip()
        )
        for rank, soeknad in enumerate(soeknader, start=last + 1)
    )


def _forget_choices(current: PriorityList) -> None:
    """A choice between assessors that now agree is none: forget it, lest it outlive them."""
    chosen = {e.soeknad_id: e.pk for e in current.entries.all() if e.recommendation}
    given: dict[int, list[str]] = {}
    for each in Assessment.objects.completed().filter(soeknad__in=chosen):
        given.setdefault(each.soeknad_id, []).append(each.recommendation)
    agreed = [chosen[key] for key, values in given.items() if not is_split(values)]
    current.entries.filter(pk__in=agreed).update(recommendation="")


def _write_order(current: PriorityList, order: list[int]) -> None:
    """Give the entries the ranks 1 to n in this order; a rank is never held twice on the way."""
    stored = dict(current.entries.values_list("pk", "rank"))
    if [stored[key] for key in order] == list(range(1, len(order) + 1)):
        return
    current.entries.update(rank=F("rank") + OUT_OF_THE_WAY)
    entries = {entry.pk: entry for entry in current.entries.all()}
    for rank, key in enumerate(order, start=1):
        entries[key].rank = rank
    PriorityEntry.objects.bulk_update(entries.values(), ["rank"])


def data_of(priority_list: PriorityList) -> Data:
    """What may be written in a list, as it is stored: `order` (keys of entries), `wanted`, `note`,
    and `reason-KEY`, `rank_reason-KEY` and `recommendation-KEY` of each entry. One query."""
    entries = list(priority_list.entries.order_by("rank"))
    texts = {
        f"{name}-{entry.pk}": getattr(entry, name) for entry in entries for name in ENTRY_FIELDS
    }
    return {
        "order": [entry.pk for entry in entries],
        "wanted": priority_list.wanted,
        "note": priority_list.note,
        **texts,
    }


@transaction.atomic
def save_list(
    *, priority_list: PriorityList, edit_version: int, data: Data, by: User, now: datetime
) -> PriorityList:
    """Save what is in `data` (keys of `data_of`; any may be left out) and return the list.

    An order that leaves out entries keeps them last; entries that have fallen out are passed
    over. All is saved or nothing. Raises `StaleEdit` when somebody has saved something else since
    `edit_version`, `NationalIdFound`, `PuljeClosed`, or `NotPossible` when the list is sent.
    """
    current = locked(priority_list)
    refuse_read_only(current.embete)
    if current.is_locked:
        raise NotPossible(_("Lista er sendt og låst. Åpne den igjen for å endre den."))
    if found := fields_with_national_ids(data):
        raise NationalIdFound(found)
    stored = data_of(current)
    written = {key: value for key, value in data.items() if key in stored}
    if "order" in written:
        written["order"] = ordered(written["order"], stored["order"])
    changed = differing(written, stored)
    if not changed:
        return current
    if current.edit_version != edit_version:
        raise StaleEdit(current)
    _write(current, written, now)
    record_event(
        by=by,
        verb="save_list",
        subject=f"prioritylist:{current.pk}",
        now=now,
        edit_version=current.edit_version,
        fields=changed,
    )
    return current


def _write(current: PriorityList, data: Data, now: datetime) -> None:
    if "order" in data:
        _write_order(current, data["order"])
    entries = list(current.entries.all())
    for entry in entries:
        for name in ENTRY_FIELDS:
            setattr(entry, name, data.get(f"{name}-{entry.pk}", getattr(entry, name)))
    PriorityEntry.objects.bulk_update(entries, ENTRY_FIELDS)
    current.wanted = data.get("wanted", current.wanted)
    current.note = data.get("note", current.note)
    current.edit_version += 1
    current.updated_at = now
    current.save(update_fields=["wanted", "note", "edit_version", "updated_at"])


@transaction.atomic
def reopen_list(
    *, priority_list: PriorityList, reason: str, by: User, now: datetime
) -> PriorityList:
    """Open a sent list for a new version; until that is sent, the sent one counts.

    The reasons for ranks belong to the version they were sent with, and begin anew. Raises
    `NotPossible` when the list is not sent, or a letter to somebody on it is released;
    `NationalIdFound`; `PuljeClosed`.
    """
    current = locked(priority_list)
    refuse_read_only(current.embete)
    if current.reopened_at is not None:
        return current
    if current.sent_at is None:
        raise NotPossible(_("Lista er ikke sendt ennå."))
    if has_released_letter(current):
        raise NotPossible(_("Udir har sendt svar til en på lista. Den kan ikke åpnes igjen."))
    if fields_with_national_ids({"reason": reason}):
        raise NationalIdFound(["reason"])
    current.reopened_at, current.reopened_reason = now, reason
    current.edit_version += 1
    current.updated_at = now
    current.save()
    current.entries.update(rank_reason="")
    record_event(by=by, verb="reopen_list", subject=f"prioritylist:{current.pk}", now=now)
    return current


def has_released_letter(priority_list: PriorityList) -> bool:
    """Whether an applicant on the list has got its letter. One query."""
    on_it = priority_list.entries.values("soeknad")
    return Decision.objects.released().filter(soeknad__in=on_it).exists()
