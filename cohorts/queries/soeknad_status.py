"""How far a søknad has come, for the owner that looks at it."""

from datetime import date

from django.utils import timezone

from cohorts.models import Decision, Soeknad
from cohorts.rules.soeknad_status import Progress


def own_decision(user, soeknad: Soeknad) -> Decision | None:
    """The released, current decision about the owner that the person acts for; never another's."""
    found = Decision.objects.visible_to(user).current().filter(soeknad=soeknad)
    return found.filter(owner=user.role.owner_id).select_related("answer").first()


def progress_of(soeknad: Soeknad, decision: Decision | None) -> Progress:
    """What has happened to the søknad and to one owner's decision. Two queries at most."""
    answer = getattr(decision, "answer", None)
    return Progress(
        sent_on=_day(soeknad.sent_at),
        forwarded_on=_day(soeknad.forwarded_at),
        released_on=_day(decision.released_at) if decision else None,
        outcome=decision.outcome if decision else "",
        answered_on=_day(answer.answered_at) if answer else None,
        accepted=bool(answer and answer.accepted),
        withdrawn_on=_day(soeknad.withdrawn_at),
        starts=_start(soeknad),
    )


def _start(soeknad: Soeknad) -> str:
    """«Høst 2027»: the first whole semester of the pulje."""
    pulje = soeknad.candidate.embete.opptak.pulje
    first = pulje.semesters.filter(number=1).first()
    return f"{first.get_term_display().capitalize()} {first.year}" if first else ""


def _day(value) -> date | None:
    return timezone.localtime(value).date() if value else None
