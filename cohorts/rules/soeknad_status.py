"""How far a søknad has come, as the applicant sees it: the chain from sending to the start."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cohorts.rules.opptak import OpptakDates
from lmp.lib.wording import dag, dato

UNTIL_DECISION, UNTIL_ANSWER, WHOLE = 3, 4, 5


@dataclass(frozen=True)
class Progress:
    """What has happened, as local dates. `outcome` is of the own owner, and released."""

    sent_on: date | None = None
    forwarded_on: date | None = None
    released_on: date | None = None
    outcome: str = ""
    answered_on: date | None = None
    accepted: bool = False
    withdrawn_on: date | None = None
    starts: str = ""


@dataclass(frozen=True)
class Step:
    """One step of the chain. `state` is «done», «now» or «»."""

    label: str
    note: str
    state: str = ""


def chain(progress: Progress, dates: OpptakDates) -> list[Step]:
    """The steps with their dates; the first that is not done is now, unless withdrawn.

    Five in all, but none follows an avslag or a no.
    """
    done = _done(progress)
    labels = (
        _("Dere har søkt") if progress.sent_on else _("Dere søker"),
        _("Statsforvalteren vurderer og setter søknadene i rekkefølge"),
        _("Udir bestemmer hvem som inviteres"),
        _("Dere svarer ja eller nei"),
        _("Oppstart"),
    )
    notes = (
        _day(progress.sent_on) or _last(_("Innen %(date)s"), dates.soeknadsfrist),
        _day(progress.forwarded_on)
        or _last(_("Lista sendes Udir senest %(date)s"), dates.prioritert_liste),
        _day(progress.released_on)
        or _last(_("Senest %(date)s. Du får brev og e-post"), dates.avgjoerelse),
        _day(progress.answered_on) or _last(_("Innen %(date)s"), dates.svarfrist),
        progress.starts,
    )
    over = progress.withdrawn_on is not None or progress.outcome == "avslag"
    current = None if over else next((at for at, is_done in enumerate(done) if not is_done), None)
    return [
        Step(label, note, "done" if is_done else "now" if at == current else "")
        for at, (label, note, is_done) in enumerate(zip(labels, notes, done, strict=True))
    ][: _length(progress)]


def _length(progress: Progress) -> int:
    if progress.outcome == "avslag":
        return UNTIL_DECISION
    refused = progress.answered_on is not None and not progress.accepted
    return UNTIL_ANSWER if refused else WHOLE


def _done(progress: Progress) -> tuple[bool, ...]:
    return (
        progress.sent_on is not None,
        progress.forwarded_on is not None or progress.released_on is not None,
        progress.released_on is not None,
        progress.answered_on is not None,
        False,
    )


def _day(value: date | None) -> str:
    return dag(value, year=False) if value else ""


def _last(template: str, value: date | None) -> str:
    return template % {"date": dato(value)} if value else ""
