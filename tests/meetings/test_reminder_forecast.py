"""What will be sent the next days, as things stand and as a changed rule would have it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cohorts.actions.rule_edition import take_into_use
from cohorts.models import DeadlineRule
from cohorts.rules.rule_edition import content_of
from meetings.actions.reminder import forecast, scan
from meetings.rules.reminder import Step
from tests.factories.cohorts import make_pulje
from tests.factories.meetings import NOW, make_meeting

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
KIND = "veiledningsgrunnlag"


@pytest.fixture
def meeting(scene):
    return make_meeting(scene, "veiledning_1")  # Thursday 3 December; due 26 November


def days(**options) -> list[tuple]:
    coming = forecast(today=TODAY, **options)
    return [(e.day, e.step.offset, e.office) for e in coming if e.rule.key == KIND]


def test_each_step_on_its_day_to_its_office(scene, meeting):
    assert days() == [
        (date(2026, 11, 26), 0, "leder"),
        (date(2026, 12, 1), 3, "leder"),
        (date(2026, 12, 1), 3, "arbeidsgruppe"),
        (date(2026, 12, 3), 5, "leder"),
        (date(2026, 12, 3), 5, "eier"),
    ]
    first = next(e for e in forecast(today=TODAY) if e.rule.key == KIND)
    assert first.roles == [scene.leder]


def test_the_first_day_and_the_last_are_counted(meeting):
    assert days(days=7) == [(date(2026, 11, 26), 0, "leder")]
    assert days(days=6) == []


def test_what_a_change_would_do(meeting):
    rule = DeadlineRule.objects.get(key=KIND)

    assert days(changed={rule.pk: [Step(-2), Step(2, "eier", urgent=True)]}) == [
        (date(2026, 11, 24), -2, "leder"),
        (date(2026, 11, 30), 2, "eier"),
    ]
    assert days(changed={rule.pk: []}) == []


def test_a_version_that_waits_counts_from_its_day(scene, meeting):
    rule = DeadlineRule.objects.get(key=KIND)
    steps = [{"offset": offset, "to": "", "urgent": False} for offset in (-3, 0, 3)]
    take_into_use(
        rule=rule,
        content=replace(content_of(rule), steps=tuple(steps)),
        from_day=date(2026, 12, 1),
        by=scene.by("udir"),
        now=NOW,
    )

    assert days() == [(date(2026, 11, 26), 0, "leder"), (date(2026, 12, 1), 3, "leder")]
    assert days(changed={rule.pk: [Step(-2)]}) == [(date(2026, 11, 24), -2, "leder")]


def test_one_pulje_only(scene, meeting):
    assert days(pulje=scene.pulje) == days()
    assert days(pulje=make_pulje(10)) == []


def test_what_is_done_is_not_forecast(scene, meeting):
    scene.pulje.obligations.update(met_at=NOW)

    assert days() == []


def test_more_meetings_take_no_more_queries(scene, meeting, django_assert_max_num_queries):
    for n in range(3):
        make_meeting(scene, "veiledning_2", day=TODAY + timedelta(days=20 + n))
    forecast(today=TODAY)

    with django_assert_max_num_queries(25):
        forecast(today=TODAY)


def test_a_scan_writes_what_was_forecast(scene, meeting):
    coming = [e for e in forecast(today=date(2026, 11, 26), days=1) if e.rule.key == KIND]

    scan(now=NOW + timedelta(days=6))

    assert [role.user for e in coming for role in e.roles] == [scene.leder.user]
