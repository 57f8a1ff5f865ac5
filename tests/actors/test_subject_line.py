"""The subject of a mail with several deadlines."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from actors.rules.bundles import subject_line

FRIDAY = date(2026, 11, 20)
FAR, FARTHER, PAST = date(2026, 12, 18), date(2026, 12, 21), date(2026, 11, 2)


def notice(due):
    made = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
    return SimpleNamespace(title="Noe", due=due, created_at=made, urgent=False)


@pytest.mark.parametrize(
    ("dues", "language", "expected"),
    [
        ([FAR], "nb", "[Handling kreves] Én frist, 18. desember – Granli skole"),
        ([FAR, FAR], "nb", "[Handling kreves] To frister, 18. desember – Granli skole"),
        (
            [FAR, FARTHER],
            "nb",
            "[Handling kreves] To frister, den første 18. desember – Granli skole",
        ),
        ([PAST, PAST], "nb", "[Handling kreves] To frister som gikk ut 2. november – Granli skole"),
        ([FAR, FAR], "nn", "[Handling krevst] To fristar, 18. desember – Granli skole"),
    ],
)
def test_deadlines_on_one_day_have_no_first_one(dues, language, expected):
    assert subject_line([notice(due) for due in dues], "Granli skole", FRIDAY, language) == expected
