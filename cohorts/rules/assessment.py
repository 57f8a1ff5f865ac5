"""What two assessments of one søknad add up to. Pure functions of plain data."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

HIGHEST = 4  # of the programme's scale, 1 to 4
MOST_ASSESSORS = 2
ONE_DECIMAL = Decimal("0.1")


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
