"""The working list of an embete: putting owners on it, following them up, and the contact log."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import Owner, User
from cohorts.actions.stage import refresh_stages
from cohorts.models import Candidate, CandidateContact, EmbeteOpptak, Opptak
from cohorts.queries.candidate_owners import embete_of_owner
from cohorts.rules.errors import NationalIdFound, NotPossible, refuse_closed
from cohorts.rules.paper import fields_with_national_ids


@transaction.atomic
def ensure_candidate(*, opptak: Opptak, owner: Owner, by: User, now: datetime) -> Candidate:
    """The candidate that an owner is in an opptak; made when the owner applies uninvited.

    The embete is the one the owner lies in (`embete_of_owner`). Raises NotPossible when the
    registers place the owner in none. Calling it again returns the same candidate.
    """
    found = Candidate.objects.filter(embete__opptak=opptak, owner=owner).order_by("pk").first()
    if found is not None:
        return found
    refuse_ended(opptak)
    statsforvalter = embete_of_owner(owner)
    if statsforvalter is None:
        text = _("Registrene sier ikke hvilket embete %(owner)s hører til. Spør statsforvalteren.")
        raise NotPossible(text % {"owner": owner})
    embete, _made = EmbeteOpptak.objects.get_or_create(opptak=opptak, statsforvalter=statsforvalter)
    candidate, created = Candidate.objects.get_or_create(
        embete=embete, owner=owner, defaults={"created_at": now, "created_by": by}
    )
    if created:
        _record(by, "add-candidate", candidate, now, uninvited=True)
    return candidate


@transaction.atomic
def add_candidates(
    *, embete: EmbeteOpptak, owners: Iterable[Owner], by: User, now: datetime
) -> list[Candidate]:
    """Put owners on the embete's list; those that are on it already are passed over.

    Returns the new candidates, with `by` as responsible. Raises NotPossible when the opptak has
    ended.
    """
    refuse_ended(embete.opptak)
    added = []
    for owner in owners:
        candidate, created = Candidate.objects.get_or_create(
            embete=embete,
            owner=owner,
            defaults={"created_at": now, "created_by": by, "responsible": by},
        )
        if created:
            _record(by, "add-candidate", candidate, now, uninvited=False)
            added.append(candidate)
    return added


@transaction.atomic
def change_candidate(
    *,
    candidate: Candidate,
    responsible: User | None,
    reason: str,
    next_step: str,
    next_step_on: date | None,
    by: User,
    now: datetime,
) -> Candidate:
    """Change who is responsible, why the owner is on the list, and the next step with its date.

    The date is local. Raises NationalIdFound for a fødselsnummer, ValidationError for a date
    without a step.
    """
    refuse_ended(candidate.embete.opptak)
    _refuse_national_ids(reason=reason, next_step=next_step)
    if next_step_on is not None and not next_step.strip():
        raise ValidationError({"next_step": _("Skriv hva som skal gjøres denne dagen.")})
    candidate.responsible = responsible
    candidate.reason, candidate.next_step = reason.strip(), next_step.strip()
    candidate.next_step_on = next_step_on
    candidate.save(update_fields=["responsible", "reason", "next_step", "next_step_on"])
    _record(by, "change-candidate", candidate, now, responsible=responsible and responsible.pk)
    return candidate


@transaction.atomic
def dismiss_candidate(*, candidate: Candidate, reason: str, by: User, now: datetime) -> Candidate:
    """Lay the candidate aside with a reason. Raises NotPossible once there is an application."""
    refuse_ended(candidate.embete.opptak)
    _refuse_national_ids(reason=reason)
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv hvorfor det ikke er aktuelt nå.")})
    if hasattr(candidate, "soeknad"):
        raise NotPossible(_("Søknaden er begynt. Da kan ikke eieren legges bort."))
    candidate.dismissed_at, candidate.dismissed_reason = now, reason.strip()
    candidate.save(update_fields=["dismissed_at", "dismissed_reason"])
    _record(by, "dismiss-candidate", candidate, now)
    return _refreshed(candidate)


@transaction.atomic
def restore_candidate(*, candidate: Candidate, by: User, now: datetime) -> Candidate:
    """Take a candidate that was laid aside back; one that was not stays as it is."""
    refuse_ended(candidate.embete.opptak)
    if candidate.dismissed_at is None:
        return candidate
    candidate.dismissed_at, candidate.dismissed_reason = None, ""
    candidate.save(update_fields=["dismissed_at", "dismissed_reason"])
    _record(by, "restore-candidate", candidate, now)
    return _refreshed(candidate)


@transaction.atomic
def log_contact(
    *, candidate: Candidate, on: date, how: str, text: str, by: User, now: datetime
) -> CandidateContact:
    """Write one line in the log: contact on the local date `on`, and what came of it.

    The same line again (a double click) is the line that is there. Raises NationalIdFound.
    """
    refuse_ended(candidate.embete.opptak)
    _refuse_national_ids(text=text)
    list(Candidate.objects.select_for_update().filter(pk=candidate.pk).values_list("pk"))
    contact, created = CandidateContact.objects.get_or_create(
        candidate=candidate,
        on=on,
        how=how,
        text=text.strip(),
        by=by,
        defaults={"created_at": now},
    )
    if created:
        _record(by, "log-contact", candidate, now, contact=contact.pk, how=how)
        _refreshed(candidate)
    return contact


def refuse_ended(opptak: Opptak) -> None:
    """Raise when the opptak has ended or its pulje is closed: all may be read, nothing changed."""
    refuse_closed(opptak.pulje)
    if opptak.closed_at is not None:
        raise NotPossible(_("Opptaket er avsluttet. Alt kan leses, men ikke endres."))


def _refuse_national_ids(**texts: str) -> None:
    if fields := fields_with_national_ids(texts):
        raise NationalIdFound(fields)


def _refreshed(candidate: Candidate) -> Candidate:
    refresh_stages([candidate.pk])
    candidate.refresh_from_db(fields=["stage"])
    return candidate


def _record(by: User, verb: str, candidate: Candidate, now: datetime, **data) -> None:
    record_event(by=by, verb=verb, subject=f"candidate:{candidate.pk}", now=now, **data)
