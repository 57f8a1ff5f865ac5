"""Starting a søknad, and opening a sent one for a new version (domain 3.1)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import Owner, User
from actors.models.register import OwnerKind
from actors.rules.invitations import language_of
from cohorts.actions.candidate import ensure_candidate
from cohorts.actions.soeknad_state import local_day, locked_soeknad
from cohorts.actions.stage import refresh_stages
from cohorts.models import Applicant, Candidate, Opptak, Soeknad, SoeknadAnswer, SoeknadStatus
from cohorts.queries.opptak import application_deadline
from cohorts.rules.errors import NotPossible, refuse_closed
from cohorts.rules.opptak import is_late
from cohorts.rules.paper import fields_with_national_ids, without

APPLICANT_OF_OWNER: dict[str, str] = {
    OwnerKind.KOMMUNE: Applicant.KOMMUNE,
    OwnerKind.FYLKESKOMMUNE: Applicant.FYLKESKOMMUNE,
    OwnerKind.PRIVAT: Applicant.FRITTSTAAENDE_SKOLE,
}


@transaction.atomic
def start_soeknad(*, opptak: Opptak, owner: Owner, by: User, now: datetime) -> Soeknad:
    """The owner's søknad in the opptak: the one that is there, or a new draft with what is known.

    Raises `NotPossible` when the opptak is not open or not for such an owner, `PuljeClosed`.
    """
    found = Soeknad.objects.in_opptak(opptak).filter(candidate__owner=owner).first()
    if found is not None:
        return found
    refuse_to_start(opptak, owner)
    candidate = ensure_candidate(opptak=opptak, owner=owner, by=by, now=now)
    # Two who start at the same time meet here, and the second finds what the first has made.
    Candidate.objects.select_for_update().get(pk=candidate.pk)
    soeknad, created = Soeknad.objects.get_or_create(
        candidate=candidate,
        defaults={
            "applicant": APPLICANT_OF_OWNER[owner.kind],
            "created_at": now,
            "created_by": by,
            "saved_at": now,
            "saved_by": by,
        },
    )
    if created:
        _prefill(soeknad, owner, by, now)
        refresh_stages([candidate.pk])
        record_event(by=by, verb="start-soeknad", subject=f"soeknad:{soeknad.pk}", now=now)
    return soeknad


def refuse_to_start(opptak: Opptak, owner: Owner) -> None:
    """Raise `NotPossible` or `PuljeClosed` with the reason why the owner cannot apply."""
    refuse_closed(opptak.pulje)
    if not opptak.is_open:
        raise NotPossible(_("Opptaket er ikke åpent."))
    if APPLICANT_OF_OWNER[owner.kind] not in opptak.applicants:
        raise NotPossible(_("Dette opptaket er ikke for slike eiere som dere."))
    if owner.kind == OwnerKind.PRIVAT and _has_only_barnehager(owner):
        raise NotPossible(_("Private barnehager søker sammen med kommunen. Snakk med kommunen."))


def _has_only_barnehager(owner: Owner) -> bool:
    kinds = set(owner.units.filter(active=True).values_list("kind", flat=True))
    return kinds == {"barnehage"}


def _prefill(soeknad: Soeknad, owner: Owner, by: User, now: datetime) -> None:
    known: dict[str, Any] = {
        "contact_name": by.name,
        "contact_email": by.email,
        "maalform": language_of(owner),
    }
    SoeknadAnswer.objects.bulk_create(
        SoeknadAnswer(soeknad=soeknad, key=key, value=value, updated_at=now, updated_by=by)
        for key, value in without(known, fields_with_national_ids(known)).items()
        if value
    )


@transaction.atomic
def reopen_soeknad(*, soeknad: Soeknad, by: User, now: datetime) -> Soeknad:
    """Let a sent søknad be written in again; the sent version counts until a new one is sent.

    A second press changes nothing. Raises `NotPossible` after the deadline, or when the embete has
    sent it on; `PuljeClosed`.
    """
    current = locked_soeknad(soeknad.pk)
    refuse_to_reopen(current, now)
    if current.reopened_at is None:
        current.reopened_at = now
        current.save(update_fields=["reopened_at"])
        record_event(by=by, verb="reopen-soeknad", subject=f"soeknad:{current.pk}", now=now)
    return current


def refuse_to_reopen(soeknad: Soeknad, now: datetime) -> None:
    """Raise with the reason why no new version can be made."""
    embete = soeknad.candidate.embete
    refuse_closed(embete.opptak.pulje)
    if soeknad.status != SoeknadStatus.SENT:
        raise NotPossible(_("Bare en søknad som er sendt, kan få en ny versjon."))
    if not embete.opptak.is_open:
        raise NotPossible(_("Opptaket er ikke åpent."))
    if soeknad.forwarded_at is not None:
        raise NotPossible(_("Statsforvalteren har sendt søknaden videre. Den kan ikke endres."))
    if is_late(local_day(now), application_deadline(embete)):
        raise NotPossible(_("Fristen er ute. Den siste versjonen dere sendte, gjelder."))
