"""Keeping the stage of candidates true to what has happened."""

from collections.abc import Iterable
from typing import Any

from cohorts.models import Candidate, SoeknadStatus
from cohorts.rules.candidate import StageFacts, compute_stage


def refresh_stages(candidates: Iterable[int]) -> None:
    """Compute and store the stage of the candidates with these keys; write only what changed.

    Every action that a stage follows from calls this, inside its transaction. Two queries.
    """
    changed = []
    for candidate in Candidate.objects.filter(pk__in=list(candidates)).with_stage_facts():
        stage = compute_stage(_facts(candidate))
        if candidate.stage != stage:
            candidate.stage = stage
            changed.append(candidate)
    Candidate.objects.bulk_update(changed, ["stage"], batch_size=500)


def _facts(candidate: Any) -> StageFacts:
    """The facts of a candidate fetched `with_stage_facts`, whose annotations have no type."""
    soeknad = getattr(candidate, "soeknad", None)
    status = soeknad.status if soeknad else None
    # Of a joint søknad one kommune may say yes and another no: a yes, or an offer that is still
    # open, weighs more than a no.
    return StageFacts(
        dismissed=candidate.dismissed_at is not None,
        contacted=candidate.was_contacted,
        invited=candidate.was_invited,
        started=soeknad is not None,
        sent=status == SoeknadStatus.SENT,
        withdrawn=status == SoeknadStatus.WITHDRAWN,
        assessed=candidate.was_assessed,
        listed=candidate.was_listed,
        decided=candidate.was_decided,
        accepted=candidate.has_accepted,
        declined=candidate.has_declined and not candidate.is_waiting,
    )
