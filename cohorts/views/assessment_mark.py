"""A score as it is shown: bars for the eye, a word or a number to read."""

from dataclasses import dataclass

from cohorts.rules.assessment import HIGHEST


@dataclass(frozen=True)
class Mark:
    """`bars` are as many as the scale has steps, filled up to the score."""

    bars: tuple[bool, ...]
    word: str

    @classmethod
    def of(cls, score: int, scale: list[tuple[int, str]]) -> "Mark":
        """The score with its label in the programme's scale."""
        return cls(bars_of(score), dict(scale).get(score, str(score)))


def bars_of(score: int) -> tuple[bool, ...]:
    """Which of the bars are filled."""
    return tuple(step <= score for step in range(1, HIGHEST + 1))
