"""Udir decides in the demo: letters that are sent and answered, and letters that wait."""

from datetime import datetime, timedelta

from actors.models import User
from actors.rules.roles import RoleKind
from cohorts.actions.answer import Acceptance, ConfirmedUnit, accept_offer, decline_offer
from cohorts.actions.answer_people import GivenName
from cohorts.actions.decision import decide_many
from cohorts.actions.letter import approve_letters, read_letter, release_letters
from cohorts.models import Decision, Soeknad
from reports.demo import applicants as stage
from reports.demo.applications import Applicant, text_of
from reports.demo.people import office, person
from reports.demo.world import World, day_of

SECOND_UDIR = "Jon Lie"
OUTCOMES = {
    "tilbud": {stage.TILBUD, stage.JA, stage.NEI},
    "reserve": {stage.RESERVE},
    "avslag": {stage.AVSLAG},
}
RELEASED = {reach for reaches in OUTCOMES.values() for reach in reaches}
OFFERS_HELD = 2  # of the decisions that wait in the outbox; the rest are on the reserve list


def make_second_udir(world: World) -> User:
    """The other of the two people it takes to let letters go."""
    second = person(world, name=SECOND_UDIR)
    second.act_as(office(second, RoleKind.UDIR), world.today)
    return second


def decide_all(world: World, applied: list[tuple[Applicant, Soeknad]], second: User) -> None:
    """Some letters are sent and answered; others wait in the outbox, one of them read."""
    decided = day_of(world, -14)
    for outcome, reaches in OUTCOMES.items():
        chosen = [soeknad for who, soeknad in applied if who.plan.reach in reaches]
        _decide(world, chosen, outcome, decided)
    held = [soeknad for who, soeknad in applied if who.plan.reach == stage.HOLDT]
    _decide(world, held[:OFFERS_HELD], "tilbud", day_of(world, -1))
    _decide(world, held[OFFERS_HELD:], "reserve", day_of(world, -1))
    ready = [soeknad.pk for who, soeknad in applied if who.plan.reach in RELEASED]
    _release(world, ready, second, decided)
    waiting = Decision.objects.held().order_by("pk").first()
    if waiting is not None:
        read_letter(decision=waiting, by=world.udir, now=day_of(world, -1, 12))
    for who, soeknad in applied:
        if who.plan.reach in (stage.JA, stage.NEI):
            _answer(world, who, Decision.objects.current().get(soeknad=soeknad))


def _decide(world: World, chosen: list[Soeknad], outcome: str, now: datetime) -> None:
    fresh = Soeknad.objects.with_place().filter(pk__in=[each.pk for each in chosen])
    decide_many(soeknader=list(fresh), outcome=outcome, by=world.udir, now=now)


def _release(world: World, ready: list[int], second: User, decided: datetime) -> None:
    """One reads and approves the letters, another lets them go."""
    decisions = list(Decision.objects.held().filter(soeknad__in=ready))
    for decision in decisions:
        read_letter(decision=decision, by=world.udir, now=decided + timedelta(hours=1))
    approve_letters(decisions=decisions, by=world.udir, now=decided + timedelta(hours=2))
    release_letters(
        decisions=decisions,
        approved_by=world.udir,
        by=second,
        now=decided + timedelta(hours=3),
    )


def _answer(world: World, who: Applicant, decision: Decision) -> None:
    by, now = who.by(world), day_of(world, -6)
    if who.plan.reach == stage.NEI:
        reason = text_of("no_reason", who.language)
        decline_offer(decision=decision, reason=reason, by=by, now=now)
    else:
        accept_offer(decision=decision, yes=_acceptance(decision, who), by=by, now=now)


def _acceptance(decision: Decision, who: Applicant) -> Acceptance:
    rows = decision.soeknad.units.select_related("unit").order_by("pk")
    units = tuple(
        ConfirmedUnit(row, row.unit, GivenName(row.leader_name, row.leader_email))
        for row in rows
        if row.unit is not None
    )
    head = GivenName(who.eier.user.name, who.eier.user.email)
    return Acceptance(units=units, leader=head, privacy=head)
