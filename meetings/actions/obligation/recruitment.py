"""What is owed in a recruitment: søknader to send, lists to send and offers to answer.

A date that Udir or an embete has announced is the due day as it stands: it is what the portal
enforces, so it is never moved off a holiday here.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from actors.rules.roles import RoleKind
from cohorts.models import (
    DeadlineRule,
    Decision,
    EmbeteOpptak,
    Opptak,
    Outcome,
    Soeknad,
    SoeknadStatus,
)
from cohorts.queries.opptak import opptak_dates
from cohorts.rules.opptak import OpptakDates
from meetings.actions.obligation.store import store_obligations
from meetings.models import Obligation
from meetings.rules.obligation import Owed

ANCHOR = "pulje_date"
Found = Iterator[tuple[Owed, bool]]


@transaction.atomic
def sync_recruitment_obligations(*, opptak: Opptak, now: datetime) -> None:
    """Bring what is owed in an opptak up to date; nothing is owed before it opens or when it ends.

    Seven queries, however many apply, and one for what changed.
    """
    rules = {
        rule.met_by: rule
        for rule in DeadlineRule.objects.filter(pulje=opptak.pulje_id, anchor=ANCHOR)
    }
    stored = Obligation.objects.filter(pulje=opptak.pulje_id, activity=None)
    found = list(_owed_in(opptak, rules)) if opptak.is_open else []
    met = {owed.key for owed, is_met in found if is_met}
    wanted = [owed for owed, _is_met in found]
    store_obligations(wanted, stored, opptak.pulje, lambda owed: owed.key in met, now)


def _owed_in(opptak: Opptak, rules: dict[str, DeadlineRule]) -> Found:
    """Each duty, and whether it is done."""
    dates = opptak_dates(opptak)
    finders = {"soeknad": _soeknader, "list": _lists, "offer": _offers}
    for met_by, rule in rules.items():
        if met_by in finders:
            yield from finders[met_by](opptak, rule, dates)


def _soeknader(opptak: Opptak, rule: DeadlineRule, dates: OpptakDates) -> Found:
    """A søknad that is begun is owed by its owner; a new version of a sent one is not."""
    begun = Soeknad.objects.in_opptak(opptak).exclude(status=SoeknadStatus.WITHDRAWN)
    for soeknad in begun.select_related("candidate__embete"):
        due = soeknad.candidate.embete.internal_deadline or dates.soeknadsfrist
        if due is not None:
            owed = Owed(rule.pk, None, rule.owed_by, RoleKind.EIER, due, soeknad_id=soeknad.pk)
            yield owed, soeknad.status == SoeknadStatus.SENT


def _lists(opptak: Opptak, rule: DeadlineRule, dates: OpptakDates) -> Found:
    """The list of each embete that has received a søknad."""
    if dates.prioritert_liste is None:
        return
    received = Soeknad.objects.in_opptak(opptak).sent().values("candidate__embete")
    embeter = EmbeteOpptak.objects.filter(pk__in=received).select_related("priority_list")
    for embete in embeter:
        listed = getattr(embete, "priority_list", None)
        office, due = RoleKind.STATSFORVALTER, dates.prioritert_liste
        owed = Owed(rule.pk, None, rule.owed_by, office, due, embete_id=embete.pk)
        yield owed, listed is not None and listed.is_locked


def _offers(opptak: Opptak, rule: DeadlineRule, dates: OpptakDates) -> Found:
    """Each released offer has its own day; one that has lapsed is no longer owed."""
    offers = (
        Decision.objects.released()
        .current()
        .filter(
            soeknad__candidate__embete__opptak=opptak,
            outcome=Outcome.TILBUD,
            lapsed_at=None,
            answer_due__isnull=False,
        )
    )
    answered = set(offers.filter(answer__isnull=False).values_list("pk", flat=True))
    standing = offers.exclude(soeknad__status=SoeknadStatus.WITHDRAWN)
    for pk, due in standing.values_list("pk", "answer_due"):
        owed = Owed(rule.pk, None, rule.owed_by, RoleKind.EIER, due, decision_id=pk)
        yield owed, pk in answered
