"""Reminders after an outage, and after a new version of their rule."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from actors.models import Job, Notice
from cohorts.actions.rule_edition import take_into_use
from cohorts.models import DeadlineRule
from cohorts.rules.deadlines import steps_from
from cohorts.rules.rule_edition import content_of
from meetings.actions.reminder import cancel_settled_reminders, scan
from meetings.models import Obligation
from tests.factories.reminders import KIND, at, called_meeting, steps, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(scene):
    return called_meeting(scene)


def scanned_last(moment: datetime) -> None:
    Job.objects.update_or_create(name="reminders", defaults={"ok_at": moment})


def test_an_outage_of_two_days_is_caught_up(scene, meeting):
    scanned_last(at(18))

    scan(now=at(23))

    assert told() == [(scene.leder.user, "remind-5", "queued")]


def test_after_two_weeks_the_latest_is_sent_and_the_rest_are_told_as_missed(scene, meeting):
    scanned_last(at(18))

    scan(now=at(2, 12))

    assert sorted(told(), key=lambda row: row[1:]) == [
        (scene.leder.user, "remind+0", "missed"),
        (scene.leder.user, "remind+3", "queued"),
        (scene.leder.user, "remind-5", "missed"),
        (scene.arbeidsgruppe.user, "to-arbeidsgruppe+3", "queued"),
    ]
    missed = Notice.objects.get(kind=KIND, occasion="remind-5@2026-11-26")
    assert missed.outcome == "Utsendingen sto stille, og det ble for sent å sende"
    assert scan(now=at(2, 12) + timedelta(minutes=5)) == 0


def test_after_two_months_nothing_is_sent(scene, meeting):
    scanned_last(at(18))

    scan(now=datetime(2027, 2, 1, 7, tzinfo=UTC))

    assert {status for _, _, status in told()} == {"missed"}


def test_a_new_rule_about_old_duties_neither_sends_nor_misses(scene, meeting):
    scanned_last(datetime(2027, 11, 25, 7, tzinfo=UTC))
    steps(-5, 0, 3, 5)

    scan(now=datetime(2027, 11, 26, 7, tzinfo=UTC))

    assert told() == []


def test_a_version_in_force_from_today_sends_nothing_of_yesterday(scene, meeting):
    steps(-5)
    DeadlineRule.objects.filter(key=KIND).update(version=2, in_force_from=date(2026, 11, 20))
    scan(now=at(20))
    assert told() == []

    DeadlineRule.objects.filter(key=KIND).update(in_force_from=date(2026, 11, 19))
    scan(now=at(20))

    assert told() == [(scene.leder.user, "remind-5", "queued")]
    notice = Notice.objects.get(kind=KIND)
    rule = DeadlineRule.objects.get(key=KIND)
    assert (notice.category, notice.rule, notice.version) == ("reminder", rule.pk, 2)
    assert (notice.role, notice.unit) == (scene.leder, scene.skole.unit)
    assert notice.owner == scene.deltakelse.owner


def test_what_an_outage_kept_back_goes_though_the_rule_has_changed_since(scene, meeting):
    """Due on Thursday by the version of Thursday; when the portal is up again it is Friday's."""
    scanned_last(at(18))
    rule = DeadlineRule.objects.get(key=KIND)
    for day, remind in ((20, (-4, 0)), (23, (-3, 0))):
        take_into_use(
            rule=rule,
            content=replace(content_of(rule), steps=tuple(steps_from(remind, []))),
            from_day=date(2026, 11, day),
            by=scene.udir.user,
            now=at(19),
        )

    scan(now=at(20))

    assert told() == [(scene.leder.user, "remind-4", "queued")]
    scan(now=at(23))
    assert [each[1] for each in told()] == ["remind-4", "remind-3"]


def test_what_is_due_by_the_version_before_is_sent_with_the_next(scene, meeting):
    scanned_last(at(18))
    rule = DeadlineRule.objects.get(key=KIND)
    take_into_use(
        rule=rule,
        content=replace(content_of(rule), subject_bm="Grunnlag til {moetedato}"),
        from_day=date(2026, 11, 20),
        by=scene.udir.user,
        now=at(19),
    )

    scan(now=at(20))

    assert told() == [(scene.leder.user, "remind-5", "queued")]


def test_what_was_stopped_is_not_sent_when_it_is_too_late_for_it(scene, meeting):
    """Done in time, and undone two weeks later: the step of that day is of no use any more."""
    steps(-5, 0)
    owed = Obligation.objects.filter(rule__key=KIND)
    scan(now=at(19))
    owed.update(met_at=at(19))
    cancel_settled_reminders(now=at(19))
    owed.update(met_at=None)
    scanned_last(at(18))

    scan(now=at(26))

    assert [(occasion, status) for _, occasion, status in told()] == [
        ("remind-5", "cancelled"),
        ("remind+0", "queued"),
    ]
