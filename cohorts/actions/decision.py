"""What Udir decides. Nothing leaves the portal here: a decision is held until it is released."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import Owner, User
from cohorts.models import Decision, Opptak, Outcome, PriorityListVersion, Soeknad
from cohorts.queries.applicants import applicants_of_many
from cohorts.queries.opptak import opptak_dates
from cohorts.rules.decision import fingerprint
from cohorts.rules.errors import NationalIdFound, NotPossible, StaleEdit, refuse_closed
from cohorts.rules.paper import fields_with_national_ids

EDITED = ("reason", "conditions", "answer_due", "units_offered")
UNSEEN: dict[str, Any] = {
    "read_at": None,
    "read_by": None,
    "approved_by": None,
    "released_by": None,
    "release_at": None,
    "late_reason": "",
}
"""What a letter loses when anything in it changes: it must be read and approved again."""


@transaction.atomic
def decide_many(
    *, soeknader: Iterable[Soeknad], outcome: str, by: User, now: datetime
) -> list[Decision]:
    """Decide the same about every applicant of these søknader; return what was made or changed.

    A joint søknad gives one decision for each of its kommuner. A decision whose letter waits is
    changed; one that is released stays as it is (a reserve is offered a place by
    `offer_to_reserve`), and so does one with this outcome already. The reason begins as the one
    the embete sent, and an offer is to be answered by the opptak's date.

    Raises NotPossible for a søknad that is withdrawn, and PuljeClosed.
    """
    keys = [soeknad.pk for soeknad in soeknader]
    locked = Soeknad.objects.select_for_update(of=("self",)).with_place().filter(pk__in=keys)
    rows = list(locked.order_by("pk"))
    for row in rows:
        _refuse(row)
    owners, reasons = applicants_of_many(rows), reasons_sent(rows)
    return [
        decision
        for row in rows
        for owner in owners[row.pk]
        if (decision := _decide(row, owner, outcome, reasons.get(row.pk, ""), by, now))
    ]


def _refuse(soeknad: Soeknad) -> None:
    refuse_closed(soeknad.candidate.embete.opptak.pulje)
    if soeknad.is_withdrawn:
        text = _("%(owner)s har trukket søknaden.") % {"owner": soeknad.candidate.owner}
        raise NotPossible(text)
    if soeknad.forwarded_at is None:
        text = _("%(owner)s står ikke på en sendt liste.") % {"owner": soeknad.candidate.owner}
        raise NotPossible(text)


def _decide(
    soeknad: Soeknad, owner: Owner, outcome: str, reason: str, by: User, now: datetime
) -> Decision | None:
    held = Decision.objects.filter(soeknad=soeknad, owner=owner, is_current=True).first()
    if held is not None and (held.released_at is not None or held.outcome == outcome):
        return None
    due = _answer_due(soeknad.candidate.embete.opptak, outcome)
    values = {"outcome": outcome, "answer_due": due, "decided_at": now, "decided_by": by}
    if held is not None:
        values |= UNSEEN | ({} if outcome == Outcome.TILBUD else {"units_offered": None})
        Decision.objects.filter(pk=held.pk).update(**values)
        held.refresh_from_db()
        decision = held
    else:
        decision = Decision.objects.create(soeknad=soeknad, owner=owner, reason=reason, **values)
    _record(decision, "decide", by, now, outcome=outcome)
    return decision


def _answer_due(opptak: Opptak, outcome: str) -> date | None:
    return opptak_dates(opptak).svarfrist if outcome == Outcome.TILBUD else None


def reasons_sent(soeknader: Iterable[Soeknad]) -> dict[int, str]:
    """The embete's reason for each søknad in its latest sent list. One query."""
    embeter = {soeknad.candidate.embete_id for soeknad in soeknader}
    versions = PriorityListVersion.objects.filter(list__embete__in=embeter).order_by("number")
    return {
        row["soeknad"]: row.get("reason", "")
        for version in versions
        for row in version.content["entries"]
    }


@transaction.atomic
def change_letter(
    *, decision: Decision, values: dict[str, Any], seen: str, by: User, now: datetime
) -> Decision:
    """Change what a held letter says; `values` has the keys of `EDITED`.

    Whatever is changed must be read and approved again. `seen` is the `fingerprint` of what the
    writer began from. Raises StaleEdit when somebody else has changed it, NotPossible when it is
    released, and NationalIdFound.
    """
    current = lock_held(decision)
    if found := fields_with_national_ids(values):
        raise NationalIdFound(found)
    if fingerprint(_edited(current)) != seen:
        raise StaleEdit(current)
    changed = {key: values[key] for key in EDITED if values[key] != getattr(current, key)}
    if not changed:
        return current
    Decision.objects.filter(pk=current.pk).update(**changed, **UNSEEN)
    current.refresh_from_db()
    _record(current, "change-letter", by, now, fields=sorted(changed))
    return current


def _edited(decision: Decision) -> dict[str, Any]:
    return {key: getattr(decision, key) for key in EDITED}


def seen_of(decision: Decision) -> str:
    """What a form must carry so that nobody's change is overwritten."""
    return fingerprint(_edited(decision))


@transaction.atomic
def offer_to_reserve(*, decision: Decision, answer_due: date, by: User, now: datetime) -> Decision:
    """Offer a place to an applicant that was told it is in reserve; return the new decision.

    It replaces the old one and waits in the outbox like any other. `answer_due` is a local date.
    Raises NotPossible when the old one is no released reserve that counts, or is withdrawn.
    """
    current = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    is_reserve = current.outcome == Outcome.RESERVE and current.released_at is not None
    if not is_reserve or not current.is_current:
        raise NotPossible(_("Søkeren står ikke på reservelista."))
    _refuse(Soeknad.objects.with_place().get(pk=current.soeknad_id))
    Decision.objects.filter(pk=current.pk).update(is_current=False)
    offer = Decision.objects.create(
        soeknad_id=current.soeknad_id,
        owner_id=current.owner_id,
        outcome=Outcome.TILBUD,
        reason=current.reason,
        answer_due=answer_due,
        replaces=current,
        decided_at=now,
        decided_by=by,
    )
    _record(offer, "offer-to-reserve", by, now, replaces=current.pk)
    return offer


def lock_held(decision: Decision) -> Decision:
    """The row, locked; raises NotPossible when its letter is released or no longer counts."""
    current = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if current.released_at is not None or not current.is_current:
        raise NotPossible(_("Brevet er sendt og kan ikke endres."))
    refuse_closed(current.soeknad.candidate.embete.opptak.pulje)
    return current


def _record(decision: Decision, verb: str, by: User, now: datetime, **data) -> None:
    record_event(by=by, verb=verb, subject=f"decision:{decision.pk}", now=now, **data)
