"""The reminder engine: outages, two offices, two workers, versions of a rule, and flat memory."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from actors.actions.messages import SendResult, bundle_notices, send_mails
from actors.models import Job, Notice
from cohorts.actions.rule_edition import take_into_use
from cohorts.models import DeadlineRule
from cohorts.rules.deadlines import steps_from
from cohorts.rules.rule_edition import content_of
from meetings.actions.meeting import change_meeting
from meetings.actions.obligation import sync_meeting_obligations
from meetings.actions.reminder import cancel_settled_reminders, due_now, duties, scan
from meetings.actions.reminder.plan import pages_to_write
from meetings.actions.reminder.scan import _write
from meetings.models import Obligation, Veiledningsgrunnlag
from tests.factories.cohorts import make_pulje
from tests.factories.meetings import make_meeting, make_scene
from tests.factories.people import make_role

pytestmark = pytest.mark.django_db

# The meeting is on Thursday 3 December; its grunnlag is due on Thursday 26 November.
KIND = "veiledningsgrunnlag"
DUE = date(2026, 11, 26)


def at(day: int, month: int = 11, hour: int = 7) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def scene():
    return make_scene()


@pytest.fixture
def meeting(scene):
    meeting = make_meeting(scene, "veiledning_1", now=at(2))
    Notice.objects.all().delete()  # the invitation's own
    return meeting


def scanned_last(moment: datetime) -> None:
    Job.objects.update_or_create(name="reminders", defaults={"ok_at": moment})


def told() -> list[tuple]:
    rows = Notice.objects.filter(kind=KIND).order_by("pk")
    return [(n.recipient, n.occasion.split("@")[0], n.status) for n in rows]


def steps(*remind, escalate=()):
    DeadlineRule.objects.filter(key=KIND).update(steps=steps_from(remind, escalate))


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


def test_offset_0_goes_out_on_the_due_day_and_not_before(scene, meeting):
    steps(0)
    scan(now=at(25))
    assert told() == []

    scan(now=at(26))

    assert told() == [(scene.leder.user, "remind+0", "queued")]


def test_due_on_17_may_is_reminded_of_on_the_working_day_after(scene, meeting):
    steps(0)
    Obligation.objects.filter(rule__key=KIND).update(due=date(2027, 5, 17))
    assert scan(now=datetime(2027, 5, 17, 7, tzinfo=UTC)) == 0

    scan(now=datetime(2027, 5, 18, 7, tzinfo=UTC))

    assert told() == [(scene.leder.user, "remind+0", "queued")]


def test_a_leader_who_is_also_the_owner_is_told_once(scene, meeting):
    steps(3, escalate=[(3, "eier")])
    both = make_role("eier", scene.deltakelse.owner, user=scene.leder.user)

    scan(now=at(1, 12))
    scan(now=at(1, 12) + timedelta(minutes=5))

    assert [row for row in told() if row[0] == both.user] == [
        (scene.leder.user, "remind+3", "queued")
    ]
    assert Notice.objects.get(kind=KIND, recipient=both.user).role == scene.leder
    assert (scene.eier.user, "to-eier+3", "queued") in told()


def test_the_leader_changed_yesterday(scene, meeting):
    """What waits for the one who left is stopped; the one who came is told the same day."""
    scan(now=at(19))
    scene.leder.valid_to = date(2026, 11, 19)
    scene.leder.save()
    successor = make_role("leder", scene.skole.unit)

    scan(now=at(20))
    cancel_settled_reminders(now=at(20))

    assert told() == [
        (scene.leder.user, "remind-5", "cancelled"),
        (successor.user, "remind-5", "queued"),
    ]
    first = Notice.objects.get(recipient=scene.leder.user, kind=KIND)
    assert first.outcome == "Mottakeren har ikke lenger rollen"


def test_a_moved_meeting_stops_what_waits_and_is_reminded_of_anew(scene, meeting):
    scan(now=at(19))
    move(scene, meeting, timedelta(days=7), at(19))
    cancel_settled_reminders(now=at(19))
    scan(now=at(26))

    assert [(n.occasion, n.status) for n in Notice.objects.filter(kind=KIND).order_by("pk")] == [
        ("remind-5@2026-11-26", "cancelled"),
        ("remind-5@2026-12-03", "queued"),
    ]
    stopped = Notice.objects.get(kind=KIND, status="cancelled")
    assert stopped.outcome == "Fristen er flyttet til torsdag 3. desember"


def test_a_meeting_that_is_moved_back_is_reminded_of_after_all(scene, meeting):
    scan(now=at(19))
    moved = move(scene, meeting, timedelta(days=7), at(19))
    cancel_settled_reminders(now=at(19))
    move(scene, moved, timedelta(days=-7), at(20))

    scan(now=at(20))

    notice = Notice.objects.get(kind=KIND)
    assert (notice.status, notice.outcome, notice.not_before) == ("queued", "", at(20))


def test_what_was_taken_out_of_a_mail_is_sent_when_it_is_to_be_done_after_all(
    scene, meeting, mailoutbox
):
    """As when a grunnlag is withdrawn while the mail server is down."""
    owed = Obligation.objects.filter(rule__key=KIND)
    scan(now=at(19))
    bundle_notices(now=at(19))
    owed.update(met_at=at(19))
    assert send_mails(now=at(19)) == SendResult(cancelled=1)
    owed.update(met_at=None)

    scan(now=at(20))
    bundle_notices(now=at(20))
    send_mails(now=at(20))

    assert told() == [(scene.leder.user, "remind-5", "sent")]


def test_an_account_that_was_closed_and_opened_again_is_told_after_all(scene, meeting):
    person = scene.leder.user
    scan(now=at(19))
    for is_open in (False, True):
        person.is_active = is_open
        person.save()
        bundle_notices(now=at(19, hour=12))
        scan(now=at(20))

    assert told() == [(person, "remind-5", "queued")]


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


def move(scene, meeting, by: timedelta, now: datetime):
    return change_meeting(
        meeting=meeting,
        edit_version=meeting.edit_version,
        start=meeting.start + by,
        end=meeting.end + by,
        by=scene.by("veileder"),
        now=now,
    )


def test_a_voided_duty_stops_its_reminders(scene, meeting):
    """As when an evaluation is closed early: nobody owes it any more."""
    scan(now=at(19))
    Obligation.objects.filter(rule__key=KIND).update(void_at=at(20), void_reason="closed_early")

    assert cancel_settled_reminders(now=at(20)) == 1
    assert scan(now=at(26)) == 0
    assert Notice.objects.get(kind=KIND).outcome == "Det gjelder ikke lenger"


def test_what_waits_is_stopped_when_the_pulje_closes(scene, meeting):
    scan(now=at(19))
    scene.pulje.status = "closed"
    scene.pulje.save()

    cancel_settled_reminders(now=at(20))

    assert told() == [(scene.leder.user, "remind-5", "cancelled")]


def test_who_no_longer_follows_the_unit_is_not_told(scene, meeting):
    """A veileder keeps the role, but another has the assignment."""
    rule = DeadlineRule.objects.get(key=KIND)
    Obligation.objects.filter(rule=rule).update(office="veileder")
    scan(now=at(19))
    gone = scene.deltakelse.oppdrag.get(veileder=scene.veileder.user)
    gone.valid_to = date(2026, 11, 19)
    gone.save()

    cancel_settled_reminders(now=at(20))

    assert sorted((status, user == scene.veileder.user) for user, _, status in told()) == [
        ("cancelled", True),
        ("queued", False),
    ]


def test_what_was_done_is_told_with_its_day(scene, meeting):
    scan(now=at(19))
    Veiledningsgrunnlag.objects.create(
        meeting=meeting,
        unit=scene.skole,
        status="sent",
        created_at=at(20),
        updated_at=at(20),
        updated_by=scene.leder.user,
        sent_at=at(20),
    )
    sync_meeting_obligations(meeting=meeting, now=at(20))

    cancel_settled_reminders(now=at(20))

    assert Notice.objects.get(kind=KIND).outcome == "Gjort fredag 20. november"


def test_two_rules_with_the_same_text_are_two_reminders(scene, meeting):
    """They are two things to do, in two puljer: one text does not make them one."""
    other = make_scene(make_pulje(10))
    words = DeadlineRule.objects.filter(key=KIND).values("subject_bm", "text_bm").distinct()
    second = make_meeting(other, "veiledning_1", now=at(2))
    assert (second.pulje_id != meeting.pulje_id, words.count()) == (True, 1)

    scan(now=at(19))

    assert told() == [
        (scene.leder.user, "remind-5", "queued"),
        (other.leder.user, "remind-5", "queued"),
    ]


def test_two_workers_with_the_same_page_write_it_once(scene, meeting):
    (first,) = [page for source, page in pages_to_write(at(19)) if page]
    (second,) = [page for source, page in pages_to_write(at(19)) if page]
    source = next(source for source, page in pages_to_write(at(19)) if page)

    _write(source, first, at(19))
    _write(source, second, at(19))

    assert told() == [(scene.leder.user, "remind-5", "queued")]


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        # The clock goes back on Sunday 25 October: Monday begins at 23.00 UTC.
        (datetime(2026, 10, 25, 22, 30, tzinfo=UTC), 0),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), 1),
        # And forward on Sunday 26 March: Monday begins at 22.00 UTC.
        (datetime(2028, 3, 26, 21, 30, tzinfo=UTC), 0),
        (datetime(2028, 3, 26, 22, 30, tzinfo=UTC), 1),
    ],
)
def test_the_day_is_the_local_one_when_the_clock_changes(scene, meeting, moment, sent):
    steps(0)
    due = (moment + timedelta(hours=12)).date()
    Obligation.objects.filter(rule__key=KIND).update(due=due)

    scan(now=moment)

    assert len(told()) == sent


def test_a_page_never_ends_between_two_offices_of_one_duty(scene, meeting):
    """Whoever owes it in both would be told by each page."""
    make_meeting(scene, "veiledning_2", units=(scene.barnehage,), now=at(2))
    Notice.objects.all().delete()
    make_role("eier", scene.deltakelse.owner, user=scene.leder.user)
    twin = Obligation.objects.get(rule__key=KIND, meeting=meeting)
    twin.pk, twin.key, twin.office = None, f"{twin.key}/eier", "eier"
    twin.save()

    scan(now=at(19), size=1)

    assert [row[1:] for row in told() if row[0] == scene.leder.user] == [("remind-5", "queued")]


def test_a_reminder_that_cannot_be_written_stops_only_itself(scene, meeting, monkeypatch):
    """The others are written; then it is told, so that the job has failed and the band says so."""
    other = make_meeting(scene, "veiledning_2", units=(scene.barnehage,), now=at(2))
    write = duties.notice_text

    def fails(owed):
        if owed.meeting_id == meeting.pk:
            raise KeyError("frist")
        return write(owed)

    monkeypatch.setattr(duties, "notice_text", fails)
    with pytest.raises(KeyError):
        scan(now=at(19))

    about = Notice.objects.filter(kind=KIND).values_list("subject", flat=True)
    owed = Obligation.objects.filter(rule__key=KIND, meeting=other)
    assert list(about) == [f"obligation:{each.pk}" for each in owed]


def test_a_page_of_one_finds_the_same(scene, meeting):
    for unit in (scene.skole, scene.barnehage):
        make_meeting(scene, "veiledning_2", units=(unit,), now=at(2))

    Notice.objects.all().delete()

    assert scan(now=at(19), size=1) == 3
    assert scan(now=at(19)) == 0


def test_a_dry_run_tells_what_a_scan_would_write_and_writes_nothing(scene, meeting):
    (one,) = due_now(now=at(19))

    assert (one.day, one.rule.key, one.step.offset) == (date(2026, 11, 19), KIND, -5)
    assert (one.about, one.roles) == (Obligation.objects.get(rule__key=KIND), [scene.leder])
    assert told() == []
    scan(now=at(19))
    assert due_now(now=at(19)) == []
