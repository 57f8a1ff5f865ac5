"""What two assessments of one søknad add up to. Pure functions of plain data."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

HIGHEST = 4  # of the programme's scale, 1 to 4
MOST_ASSESSORS = 2
ONE_DECIMAL = Decimal("0.1")
FREE_TEXTS = ("data_basis", "motivation", "geography")
CONCLUSION = ("recommendation", "applicant_reason")


def compare(mine: Mapping[int, int | None], other: Mapping[int, int | None]) -> list[int]:
    """The keys of the criteria that both have scored, and not alike, in the order of `mine`."""
    return [
        key
        for key, score in mine.items()
        if score is not None and other.get(key) is not None and other[key] != score
    ]


def sum_of(scores: Iterable[Sequence[int]]) -> Decimal | None:
    """The sum of the mean of each criterion's scores, with one decimal; None when there is none.

    A help for the eye only: people set the order of the list, with a reason.
    """
    given = [each for each in scores if each]
    if not given:
        return None
    total = sum((Decimal(sum(each)) / len(each) for each in given), Decimal(0))
    return total.quantize(ONE_DECIMAL, ROUND_HALF_UP)


def agreed_recommendation(recommendations: Iterable[str]) -> str:
    """The recommendation that all of them give; "" when they differ or there is none."""
    given = set(recommendations)
    return given.pop() if len(given) == 1 else ""


def score_field(criterion: int) -> str:
    """The key in the data of an assessment for the score of a criterion (by its key)."""
    return f"score_{criterion}"


def reason_field(criterion: int) -> str:
    """The key in the data of an assessment for the reason of a score."""
    return f"reason_{criterion}"


def missing_in(data: Mapping[str, Any], criteria: Iterable[int]) -> list[str]:
    """The keys of what must be there before an assessment is finished, in the order of the form.

    Every criterion has a score and a reason; then the recommendation, and what the applicant may
    read. The rest is optional (domain 3.4).
    """
    wanted = [key for pk in criteria for key in (score_field(pk), reason_field(pk))]
    return [key for key in (*wanted, *CONCLUSION) if not str(data.get(key) or "").strip()]
