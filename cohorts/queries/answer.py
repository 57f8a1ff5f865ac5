"""What the page of an answer shows: the units of the one who answers, and the PPT to choose."""

from datetime import date

from django.db.models import QuerySet

from actors.models import PPT, Owner, Unit
from cohorts.models import (
    Answer,
    Decision,
    Deltakelse,
    Outcome,
    Soeknad,
    SoeknadPartner,
    SoeknadUnit,
)
from cohorts.queries.applicants import applicants_of
from cohorts.queries.programme import programme_of
from cohorts.queries.register import units_for
from cohorts.rules.answer import OfferState, UnitHome, offer_state, units_by_applicant
from cohorts.rules.soeknad_form import STYRINGSGRUPPE

SHARED = "felles"


def offers_visible_to(user) -> QuerySet[Decision]:
    """Released offers the role may see, with what their pages show."""
    offers = Decision.objects.visible_to(user).released().filter(outcome=Outcome.TILBUD)
    return offers.select_related(
        "owner__kommune",
        "owner__fylke",
        "soeknad__candidate__owner",
        "soeknad__candidate__embete__statsforvalter",
        "soeknad__candidate__embete__opptak__pulje",
    )


def state_of_offer(decision: Decision, today: date) -> OfferState:
    """What has become of the offer on the local date `today`. Two queries at most."""
    soeknad = decision.soeknad
    left = soeknad.partners.filter(owner=decision.owner_id, status=SoeknadPartner.Status.WITHDRAWN)
    lead = decision.owner_id == soeknad.candidate.owner_id
    return offer_state(
        answered=Answer.objects.filter(decision=decision).exists(),
        is_current=decision.is_current,
        answer_due=decision.answer_due,
        lapsed_at=decision.lapsed_at,
        withdrawn=soeknad.is_withdrawn or (not lead and left.exists()),
        today=today,
    )


def units_to_confirm(decision: Decision) -> list[SoeknadUnit]:
    """The units of the søknad that the owner of the decision answers for, not those that said no.

    Three queries.
    """
    soeknad = decision.soeknad
    rows = soeknad.units.taking_part().select_related("unit__kommune", "unit__owner", "owner")
    by_pk = {row.pk: row for row in rows}
    owners = {owner.pk: owner.kommune_id for owner in applicants_of(soeknad)}
    owners.setdefault(decision.owner_id, decision.owner.kommune_id)
    homes = [
        UnitHome(row.pk, row.owner_id, row.unit.kommune_id if row.unit else None)
        for row in by_pk.values()
    ]
    shared = units_by_applicant(homes, owners, soeknad.candidate.owner_id)
    return [by_pk[pk] for pk in shared[decision.owner_id]]


def matches_for(decision: Decision, kind: str) -> QuerySet[Unit]:
    """Units of the register that one typed in by hand may be; those in the søknad are left out."""
    pulje = decision.soeknad.candidate.embete.opptak.pulje
    named = decision.soeknad.units.filter(unit__isnull=False).values("unit")
    units = units_for(decision.owner, programme_of(pulje).unit_kinds)
    return units.filter(kind=kind).exclude(pk__in=named).order_by("sort_name", "pk")


def ppt_serving(owner: Owner, on: date) -> QuerySet[PPT]:
    """The PPT that serve the owner's kommune on the local date `on`; none for others."""
    serving = PPT.kommuner.through.objects.active(on).filter(kommune=owner.kommune_id)
    return (
        PPT.objects.filter(pk__in=serving.values("ppt")) if owner.kommune_id else PPT.objects.none()
    )


def shared_group(soeknad: Soeknad) -> Deltakelse | None:
    """The deltakelse whose styringsgruppe the next applicant of a joint søknad joins, if any."""
    if not soeknad.answers.filter(key=STYRINGSGRUPPE, value=SHARED).exists():
        return None
    others = Deltakelse.objects.filter(
        answer__decision__soeknad=soeknad, styringsgruppe__isnull=False
    )
    return others.order_by("pk").first()
