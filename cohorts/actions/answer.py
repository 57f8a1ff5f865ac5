"""Yes or no to an offer. A yes lets the owner and its units take part, with groups and people."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.actions.events import record_event
from actors.actions.signature import signed_as
from actors.models import PPT, Unit, User
from cohorts.access.answer import can_answer
from cohorts.actions.answer_notices import tell_of_answer
from cohorts.actions.answer_people import NOBODY, GivenName, bring_people
from cohorts.actions.deltakelse import add_deltakelse, add_unit
from cohorts.actions.groups import establish_arbeidsgruppe, establish_styringsgruppe
from cohorts.actions.stage import refresh_stages
from cohorts.models import Answer, AnswerUnit, Decision, Deltakelse, DeltakendeUnit, SoeknadUnit
from cohorts.queries.answer import offers_visible_to, shared_group, state_of_offer
from cohorts.rules.answer import OfferState
from cohorts.rules.errors import NationalIdFound, NotPossible, refuse_closed
from cohorts.rules.paper import fields_with_national_ids


@dataclass(frozen=True)
class ConfirmedUnit:
    """A unit of the søknad that takes part: its row in the register, and who leads it."""

    row: SoeknadUnit
    unit: Unit
    leader: GivenName


@dataclass(frozen=True)
class Acceptance:
    """What an owner says with its yes (domain 3.6). Without `styringsgruppe` none is made."""

    units: tuple[ConfirmedUnit, ...]
    leader: GivenName
    styringsgruppe: bool = True
    ppt: PPT | None = None
    ppt_contact: GivenName = NOBODY
    privacy: GivenName = NOBODY
    agreement_signed_on: date | None = None


@transaction.atomic
def accept_offer(*, decision: Decision, yes: Acceptance, by: User, now: datetime) -> Answer:
    """Say yes: the owner takes part with the confirmed units, the groups stand and people are
    invited. All of it or nothing.

    The answer that is given already is returned as it is: a second press changes nothing. Raises
    PermissionDenied for others than the owner, NotPossible when it is too late, and
    NotAllowedHere (its `params` hold the unit) when the pulje does not take a unit.
    """
    decision, given = _claim(decision, by, now)
    if given is not None:
        return given
    _refuse_numbers(_texts_of(yes))
    if not yes.units:
        raise NotPossible(_("Kryss av for minst én barnehage eller skole."))
    if decision.units_offered is not None and len(yes.units) > decision.units_offered:
        text = ngettext(
            "Tilbudet gjelder %(n)s enhet. Fjern krysset for dem som ikke blir med.",
            "Tilbudet gjelder %(n)s enheter. Fjern krysset for dem som ikke blir med.",
            decision.units_offered,
        )
        raise NotPossible(text % {"n": decision.units_offered})
    deltakelse = _deltakelse(decision, by, now)
    units = [(each, _take_part(deltakelse, each, by, now)) for each in yes.units]
    answer = _store_yes(decision, deltakelse, yes, by, now)
    if yes.styringsgruppe:
        _establish(decision, deltakelse, yes, by, now)
    for each, unit in units:
        establish_arbeidsgruppe(unit=unit, seat_known=not each.leader, by=by, now=now)
    bring_people(answer, deltakelse, {unit: each.leader for each, unit in units}, by=by, now=now)
    _conclude(answer, "accept-offer", by, now, units=len(units))
    return answer


@transaction.atomic
def decline_offer(*, decision: Decision, reason: str, by: User, now: datetime) -> Answer:
    """Say no; `reason` may be empty. The place is free for the next on the reserve list.

    The answer that is given already is returned as it is. Raises as `accept_offer`.
    """
    decision, given = _claim(decision, by, now)
    if given is not None:
        return given
    _refuse_numbers({"reason": reason})
    answer = Answer.objects.create(
        decision=decision,
        accepted=False,
        reason=reason.strip(),
        answered_at=now,
        answered_by=by,
        answered_as=signed_as(by),
    )
    _conclude(answer, "decline-offer", by, now)
    return answer


def _claim(decision: Decision, by: User, now: datetime) -> tuple[Decision, Answer | None]:
    """The decision, locked, and the answer it has already; refuses who may not, and too late."""
    Decision.objects.select_for_update().get(pk=decision.pk)
    found = offers_visible_to(by).filter(pk=decision.pk).first()
    if found is None or not can_answer(by, found):
        raise PermissionDenied(_("Bare eieren som har fått tilbudet, kan svare på det."))
    given = Answer.objects.filter(decision=found).first()
    if given is not None:
        return found, given
    refuse_closed(found.soeknad.candidate.embete.opptak.pulje)
    state = state_of_offer(found, timezone.localdate(now))
    if state != OfferState.OPEN:
        embete = found.soeknad.candidate.embete.statsforvalter
        text = _("Tilbudet kan ikke besvares lenger. Spør %(embete)s.")
        raise NotPossible(text % {"embete": embete})
    return found, None


def _refuse_numbers(texts: dict[str, str]) -> None:
    """No name and no reason may hold a fødselsnummer."""
    fields = fields_with_national_ids(dict(texts))
    if fields:
        raise NationalIdFound(fields)


def _texts_of(yes: Acceptance) -> dict[str, str]:
    texts = {f"unit-{each.row.pk}": each.leader.name for each in yes.units}
    return texts | {
        "leader_name": yes.leader.name,
        "ppt_name": yes.ppt_contact.name,
        "privacy_name": yes.privacy.name,
    }


def _deltakelse(decision: Decision, by: User, now: datetime) -> Deltakelse:
    """The owner's deltakelse in the pulje; one that Udir has set up already is used."""
    pulje = decision.soeknad.candidate.embete.opptak.pulje
    there = Deltakelse.objects.active().filter(pulje=pulje, owner=decision.owner, answer=None)
    found = there.select_related("pulje", "owner").first()
    return found or add_deltakelse(pulje=pulje, owner=decision.owner, by=by, now=now)


def _take_part(
    deltakelse: Deltakelse, each: ConfirmedUnit, by: User, now: datetime
) -> DeltakendeUnit:
    """Let one unit take part; a unit that does already is as it is."""
    there = deltakelse.units.active().filter(unit=each.unit)
    found = there.select_related("unit", "deltakelse__pulje").first()
    return found or add_unit(
        deltakelse=deltakelse,
        unit=each.unit,
        sfo_takes_part=each.row.sfo == SoeknadUnit.Sfo.YES,
        by=by,
        now=now,
    )


def _store_yes(
    decision: Decision, deltakelse: Deltakelse, yes: Acceptance, by: User, now: datetime
) -> Answer:
    answer = Answer.objects.create(
        decision=decision,
        accepted=True,
        leader_name=yes.leader.name,
        leader_email=yes.leader.email,
        ppt=yes.ppt,
        ppt_name=yes.ppt_contact.name,
        ppt_email=yes.ppt_contact.email,
        privacy_name=yes.privacy.name,
        privacy_email=yes.privacy.email,
        agreement_signed_on=yes.agreement_signed_on,
        answered_at=now,
        answered_by=by,
        answered_as=signed_as(by),
        deltakelse=deltakelse,
    )
    AnswerUnit.objects.bulk_create(
        AnswerUnit(
            answer=answer,
            soeknad_unit=each.row,
            leader_name=each.leader.name,
            leader_email=each.leader.email,
        )
        for each in yes.units
    )
    return answer


def _establish(
    decision: Decision, deltakelse: Deltakelse, yes: Acceptance, by: User, now: datetime
) -> None:
    """Make the styringsgruppe, or join the one that a joint søknad shares (domain 8.11).

    Only the named leader leads it, not everybody who writes for the owner in the portal.
    """
    shared = shared_group(decision.soeknad)
    if shared is None or deltakelse.styringsgruppe_id is not None:
        establish_styringsgruppe(deltakelse=deltakelse, seat_known=not yes.leader, by=by, now=now)
        return
    deltakelse.styringsgruppe = shared.styringsgruppe
    deltakelse.save(update_fields=["styringsgruppe"])
    group = f"group:{shared.styringsgruppe_id}"
    record_event(by=by, verb="share-group", subject=group, now=now, deltakelse=deltakelse.pk)


def _conclude(answer: Answer, verb: str, by: User, now: datetime, **data: int) -> None:
    """What follows from both answers: the stage, the event, and word to embetet and Udir."""
    decision = answer.decision
    refresh_stages([decision.soeknad.candidate_id])
    record_event(by=by, verb=verb, subject=f"decision:{decision.pk}", now=now, **data)
    tell_of_answer(answer, now=now)
