"""The deadline of an item in a mail, in words."""

from datetime import date

import pytest
from django.utils.translation import override

from actors.rules.bundles import when_line

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2026, 11, 19), "Fristen gikk ut i går, torsdag 19. november"),
        (FRIDAY, "Fristen er i dag, fredag 20. november"),
        (date(2026, 11, 26), "Frist torsdag 26. november, om 4 arbeidsdager"),
        (date(2026, 12, 18), "Frist fredag 18. desember, om 20 arbeidsdager"),
        (date(2026, 12, 21), "Fristen er mandag 21. desember"),
        (date(2027, 11, 12), "Fristen er fredag 12. november 2027"),
    ],
)
def test_a_deadline_far_ahead_is_only_its_date(due, expected):
    assert when_line(due, FRIDAY) == expected


def test_in_nynorsk():
    with override("nn"):
        assert when_line(date(2027, 11, 8), FRIDAY) == "Fristen er måndag 8. november 2027"
