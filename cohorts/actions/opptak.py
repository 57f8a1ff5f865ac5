"""The life of an opptak: prepared with a pulje, opened, ended, and the pulje started."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import Statsforvalter, User
from cohorts.actions.deltakelse import note_change
from cohorts.actions.pulje import open_pulje
from cohorts.models import (
    Criterion,
    EmbeteOpptak,
    LetterTemplate,
    Opptak,
    Pulje,
    PuljeStatus,
)
from cohorts.programme.definition import Programme, PuljeCalendar, Recruitment
from cohorts.queries.opptak import opening_facts
from cohorts.queries.programme import programme_of
from cohorts.rules.errors import NotPossible, NotReady, refuse_closed
from cohorts.rules.letter_defaults import DEFAULT_LETTERS
from cohorts.rules.opptak_opening import opening_checks


@transaction.atomic
def prepare_pulje(
    *, programme: Programme, calendar: PuljeCalendar, by: User | None, now: datetime
) -> Opptak:
    """Make a pulje that begins with an opptak: both are in preparation, nobody is told.

    Raises `PuljeExists` when the number is taken.
    """
    pulje = open_pulje(
        programme=programme, calendar=calendar, by=by, now=now, status=PuljeStatus.DRAFT
    )
    return create_opptak(pulje=pulje, by=by, now=now)


@transaction.atomic
def create_opptak(*, pulje: Pulje, by: User | None, now: datetime) -> Opptak:
    """Prepare the opptak of a pulje with what its programme says, and return it.

    It gets the applicants, the criteria, the words of the letters, and a share for every embete.
    Raises NotPossible when the pulje has an opptak or has begun.
    """
    refuse_closed(pulje)
    if pulje.status == PuljeStatus.RUNNING or Opptak.objects.filter(pulje=pulje).exists():
        raise NotPossible(_("Pulja har begynt, eller har et opptak fra før."), "has_opptak")
    recruitment = programme_of(pulje).recruitment
    opptak = Opptak.objects.create(
        pulje=pulje,
        applicants=list(recruitment.applicants),
        joint_allowed=recruitment.joint_application,
        private_per_fylke=recruitment.max_frittstaaende_skoler_per_fylke,
        created_at=now,
    )
    Criterion.objects.bulk_create(criteria_of(opptak, recruitment))
    LetterTemplate.objects.bulk_create(
        LetterTemplate(opptak=opptak, outcome=outcome, **texts)
        for outcome, texts in DEFAULT_LETTERS.items()
    )
    EmbeteOpptak.objects.bulk_create(
        EmbeteOpptak(opptak=opptak, statsforvalter=each) for each in Statsforvalter.objects.all()
    )
    record_event(by=by, verb="create-opptak", subject=f"opptak:{opptak.pk}", now=now)
    return opptak


def criteria_of(opptak: Opptak, recruitment: Recruitment) -> list[Criterion]:
    """The rows, not saved, of the criteria that an opptak has from its programme, in order."""
    return [
        Criterion(
            opptak=opptak,
            key=each.id,
            applies_to=each.applies_to,
            short_bm=each.short.bm,
            short_nn=each.short.nn,
            text_bm=each.text.bm,
            text_nn=each.text.nn,
            answers=list(each.answers),
            position=position,
        )
        for position, each in enumerate(recruitment.criteria, start=1)
    ]


@transaction.atomic
def open_opptak(*, opptak: Opptak, by: User | None, now: datetime) -> Opptak:
    """Announce an opptak: its pulje recruits, and from now on its deadlines are enforced.

    Opening it twice changes nothing. Raises `NotReady` with the parts of the settings that are
    not in place (`rules.opptak_opening`), and NotPossible when the pulje has begun.
    """
    opptak = _locked(opptak)
    if opptak.opened_at is not None:
        return opptak
    pulje = opptak.pulje
    if pulje.status == PuljeStatus.RUNNING:
        raise NotPossible(_("Pulja har begynt. Opptaket kan ikke åpnes nå."), "has_begun")
    calendar = programme_of(pulje).calendar_rules.calendar
    facts = opening_facts(opptak, calendar, timezone.localtime(now).date())
    missing = [check.section for check in opening_checks(facts) if not check.ok]
    if missing:
        raise NotReady(missing)
    opptak.opened_at = now
    opptak.save(update_fields=["opened_at"])
    pulje.status = PuljeStatus.RECRUITING
    pulje.save(update_fields=["status"])
    note_change(pulje, now)
    record_event(by=by, verb="open-opptak", subject=f"opptak:{opptak.pk}", now=now)
    return opptak


@transaction.atomic
def close_opptak(*, opptak: Opptak, by: User | None, now: datetime) -> Opptak:
    """End an open opptak: nobody applies, assesses or ranks any more. Twice changes nothing."""
    opptak = _locked(opptak)
    if opptak.opened_at is None:
        raise NotPossible(_("Opptaket er ikke åpnet."), "not_open")
    if opptak.closed_at is None:
        opptak.closed_at = now
        opptak.save(update_fields=["closed_at"])
        record_event(by=by, verb="close-opptak", subject=f"opptak:{opptak.pk}", now=now)
    return opptak


@transaction.atomic
def start_pulje(*, pulje: Pulje, by: User | None, now: datetime) -> Pulje:
    """Let a pulje that recruits run; it may run before the last offers are answered.

    Starting it twice changes nothing. Raises NotPossible while its opptak is in preparation.
    """
    pulje = Pulje.objects.select_for_update().get(pk=pulje.pk)
    refuse_closed(pulje)
    if pulje.status == PuljeStatus.RUNNING:
        return pulje
    if pulje.status != PuljeStatus.RECRUITING:
        raise NotPossible(_("Åpne opptaket før pulja starter."), "not_recruiting")
    pulje.status = PuljeStatus.RUNNING
    pulje.save(update_fields=["status"])
    note_change(pulje, now)
    record_event(by=by, verb="start-pulje", subject=f"pulje:{pulje.pk}", now=now)
    return pulje


def _locked(opptak: Opptak) -> Opptak:
    """The row as it is now, held until the transaction ends."""
    found = Opptak.objects.select_for_update(of=("self",)).select_related("pulje")
    opptak = found.get(pk=opptak.pk)
    refuse_closed(opptak.pulje)
    return opptak
