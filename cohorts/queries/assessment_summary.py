"""What an embete's assessments of its applications add up to, for many applications at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cohorts.models import Assessment, Habilitet, Soeknad
from cohorts.rules.assessment import agreed_recommendation, sum_of
from cohorts.rules.paper import joined


@dataclass(frozen=True)
class Summary:
    """The finished assessments of one søknad; one that is being written tells only who writes it.

    `scores` has one or two numbers for each criterion (by its key in the database) that is scored.
    `recommendations` are those given, in the order of the assessors; `agreed` is the one they
    share, or "". `applicant_reason` holds the texts the applicant may read, joined. `differs`:
    a score or the recommendation is not the same. `habilitet_done`: somebody is habil and nobody
    who has begun owes an answer or is in doubt.
    """

    scores: dict[int, tuple[int, ...]]
    sum: Decimal | None
    recommendations: tuple[str, ...]
    agreed: str
    applicant_reason: str
    completed_by: tuple[str, ...]
    writing: tuple[str, ...]
    differs: bool
    habilitet_done: bool


EMPTY = Summary({}, None, (), "", "", (), (), differs=False, habilitet_done=False)


def assessment_summary(soeknader: Iterable[Soeknad | int]) -> dict[int, Summary]:
    """The summary of each søknad (a row or its key), by its key. Two queries whatever the number.

    For the embete's own pages alone: nobody else may read what stands here.
    """
    keys = [each.pk if isinstance(each, Soeknad) else each for each in soeknader]
    rows = Assessment.objects.filter(soeknad__in=keys).select_related("assessor")
    by_soeknad: dict[int, list[Assessment]] = defaultdict(list)
    for row in rows.prefetch_related("scores").order_by("soeknad", "pk"):
        by_soeknad[row.soeknad_id].append(row)
    return {key: summarise(by_soeknad[key]) if key in by_soeknad else EMPTY for key in keys}


def summarise(assessments: Iterable[Assessment]) -> Summary:
    """The summary of one søknad's assessments, with their scores at hand. Who is inhabil is out."""
    counted = [each for each in assessments if each.habilitet != Habilitet.INHABIL]
    done = [each for each in counted if each.completed_at is not None]
    scores: dict[int, tuple[int, ...]] = defaultdict(tuple)
    reason = ""
    for each in done:
        reason = joined(each.applicant_reason, reason) if reason else each.applicant_reason
        for row in each.scores.all():
            if row.score is not None:
                scores[row.criterion_id] += (row.score,)
    given = tuple(each.recommendation for each in done if each.recommendation)
    return Summary(
        scores=dict(scores),
        sum=sum_of(scores.values()),
        recommendations=given,
        agreed=agreed_recommendation(given),
        applicant_reason=reason,
        completed_by=tuple(str(each.assessor) for each in done),
        writing=tuple(str(each.assessor) for each in counted if each.completed_at is None),
        differs=len(set(given)) > 1 or any(len(set(each)) > 1 for each in scores.values()),
        habilitet_done=bool(counted) and all(e.habilitet == Habilitet.HABIL for e in counted),
    )


def recommendation_of(soeknader: Iterable[Soeknad | int]) -> dict[int, str]:
    """The recommendation that the finished assessments of each søknad share, or "". Two queries."""
    return {key: each.agreed for key, each in assessment_summary(soeknader).items()}
