"""What the people invited to a meeting are told, and how fast."""

from datetime import UTC, date, datetime

import pytest

from actors.actions.bundles import bundle_notices
from actors.actions.pause import start_pause
from actors.models import MailPreference, Notice, PauseScope
from actors.queries.delivery import paused
from meetings.actions.meeting_change import cancel_meeting, change_meeting
from meetings.actions.saksliste import send_saksliste
from meetings.rules.meeting import is_at_hand, next_day
from tests.factories.meetings import NOW, make_meeting, oslo

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, NEXT_WEEK = date(2026, 11, 23), date(2026, 11, 24), date(2026, 12, 2)


def told(scene, kind: str) -> Notice:
    return Notice.objects.get(recipient=scene.leder.user, kind=f"meeting_{kind}")


def moved(scene, meeting, day: date) -> Notice:
    changes = {"start": oslo(day, "09.00"), "end": oslo(day, "11.30")}
    by = scene.by("veileder")
    change_meeting(meeting=meeting, edit_version=1, **changes, by=by, now=NOW)
    return told(scene, "moved")


@pytest.mark.parametrize(
    ("day", "now", "near"),
    [
        (date(2026, 11, 20), NOW, True),
        (MONDAY, NOW, True),  # from a Friday
        (TUESDAY, NOW, False),
        (date(2026, 11, 21), NOW, True),
        (TUESDAY, datetime(2026, 11, 22, 23, 30, tzinfo=UTC), True),  # Monday in Oslo
        (None, NOW, False),
    ],
)
def test_a_meeting_is_at_hand_until_the_end_of_the_next_working_day(day, now, near):
    assert is_at_hand(day, now) is near


def test_the_next_day_is_the_first_that_is_not_past():
    before, after = oslo(date(2026, 11, 19), "09.00"), oslo(TUESDAY, "09.00")

    assert next_day([before, None, after, oslo(NEXT_WEEK, "09.00")], NOW) == TUESDAY
    assert next_day([before], NOW) is None


@pytest.mark.parametrize(("day", "urgent"), [(MONDAY, True), (NEXT_WEEK, False)])
def test_who_would_set_out_is_told_at_once(scene, day, urgent):
    meeting = make_meeting(scene, day=day)
    cancel_meeting(meeting=meeting, reason="Sykdom", by=scene.by("veileder"), now=NOW)

    for kind in ("invitation", "cancelled"):
        notice = told(scene, kind)
        assert (notice.urgent, notice.event_day, notice.due) == (urgent, day, None)


@pytest.mark.parametrize(
    ("old", "new", "urgent", "day"),
    [
        (MONDAY, NEXT_WEEK, True, MONDAY),
        (NEXT_WEEK, MONDAY, True, MONDAY),
        (TUESDAY, NEXT_WEEK, False, TUESDAY),
        (date(2026, 11, 18), NEXT_WEEK, False, NEXT_WEEK),
    ],
)
def test_a_move_hastes_when_the_old_or_the_new_day_is_near(scene, old, new, urgent, day):
    notice = moved(scene, make_meeting(scene, day=old), new)

    assert (notice.urgent, notice.event_day) == (urgent, day)


def test_a_saksliste_hastes_nobody(scene):
    meeting = make_meeting(scene, day=MONDAY)
    send_saksliste(meeting=meeting, by=scene.by("veileder"), now=NOW)

    assert told(scene, "agenda").urgent is False


def changed(scene, meeting, **changes) -> list[tuple[str, str]]:
    """Change it; the body and the status of what the leader is told of changes, oldest first."""
    change_meeting(meeting=meeting, by=scene.by("veileder"), now=NOW, **changes)
    rows = Notice.objects.filter(recipient=scene.leder.user, kind="meeting_changed")
    return list(rows.order_by("pk").values_list("body", "status"))


@pytest.mark.parametrize(
    ("changes", "body"),
    [
        ({"place": "Biblioteket"}, "Onsdag 2. desember kl. 09.00–11.30. Sted: Biblioteket."),
        ({"end": oslo(NEXT_WEEK, "12.00"), "place": ""}, "Onsdag 2. desember kl. 09.00–12.00."),
        (
            {"form": "digital", "link": "https://moete.example/1"},
            "Onsdag 2. desember kl. 09.00–11.30. Møtet er digitalt. Lenka står i portalen.",
        ),
        (
            {"end": oslo(date(2026, 12, 3), "12.00"), "place": ""},
            "Onsdag 2. desember kl. 09.00 til torsdag 3. desember kl. 12.00.",
        ),
    ],
)
def test_everybody_hears_of_another_place_or_another_end(scene, changes, body):
    meeting = make_meeting(scene, day=NEXT_WEEK)

    assert changed(scene, meeting, edit_version=1, **changes) == [(body, "queued")]
    notice = told(scene, "changed")
    assert (notice.event_day, notice.urgent, notice.place) == (
        NEXT_WEEK,
        False,
        str(scene.skole.unit),
    )


def test_another_place_tomorrow_is_told_at_once(scene):
    changed(scene, make_meeting(scene, day=MONDAY), edit_version=1, place="Biblioteket")

    assert told(scene, "changed").urgent is True


@pytest.mark.parametrize(
    ("form", "changes"),
    [
        ("physical", {"title": "Siste veiledning"}),
        ("physical", {"link": "https://moete.example/1"}),
        ("digital", {"place": "Biblioteket"}),
    ],
)
def test_what_changes_nothing_for_those_who_come_is_no_message(scene, form, changes):
    kind = "digital_veiledning" if form == "digital" else "veiledning_1"
    meeting = make_meeting(scene, kind, day=NEXT_WEEK)
    assert meeting.form == form

    assert changed(scene, meeting, edit_version=1, **changes) == []


def test_a_digital_meeting_without_a_link_says_only_that_it_is(scene):
    meeting = make_meeting(scene, day=NEXT_WEEK)

    assert changed(scene, meeting, edit_version=1, form="digital") == [
        ("Onsdag 2. desember kl. 09.00–11.30. Møtet er digitalt.", "queued")
    ]


def test_only_the_last_of_several_changes_is_told(scene):
    meeting = make_meeting(scene, day=NEXT_WEEK)
    changed(scene, meeting, edit_version=1, place="Biblioteket")

    assert changed(scene, meeting, edit_version=2, place="Auditoriet") == [
        ("Onsdag 2. desember kl. 09.00–11.30. Sted: Biblioteket.", "cancelled"),
        ("Onsdag 2. desember kl. 09.00–11.30. Sted: Auditoriet.", "queued"),
    ]
    assert told(scene, "invitation").status == "queued"


def test_a_move_to_another_place_is_one_message(scene):
    meeting = make_meeting(scene, day=NEXT_WEEK)
    changes = {"start": oslo(TUESDAY, "09.00"), "end": oslo(TUESDAY, "11.30"), "place": "Rom 2"}

    assert changed(scene, meeting, edit_version=1, **changes) == []
    assert told(scene, "moved").body == (
        "Fra onsdag 2. desember kl. 09.00 til tirsdag 24. november kl. 09.00. Sted: Rom 2. "
        "Svar på nytt om du kommer."
    )


def test_one_who_has_had_the_mail_of_the_day_still_hears_of_what_is_at_hand(scene):
    MailPreference.objects.create(user=scene.leder.user, messages="never", changed_at=NOW)
    near, later = make_meeting(scene, day=MONDAY), make_meeting(scene, day=NEXT_WEEK)
    bundle_notices(now=NOW)
    for meeting in (near, later):
        cancel_meeting(meeting=meeting, reason="Sykdom", by=scene.by("veileder"), now=NOW)
    bundle_notices(now=NOW)

    cancelled = Notice.objects.filter(recipient=scene.leder.user, kind="meeting_cancelled")
    assert list(cancelled.order_by("event_day").values_list("status", flat=True)) == [
        "bundled",
        "withheld",
    ]


def test_one_who_wants_mail_on_mondays_hears_of_a_meeting_before_it(scene):
    MailPreference.objects.create(user=scene.leder.user, messages="weekly", changed_at=NOW)
    now = oslo(TUESDAY, "10.00")
    days = [date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 3)]
    for day in days:
        make_meeting(scene, day=day, now=now)
    bundle_notices(now=now)

    told_now = Notice.objects.filter(recipient=scene.leder.user).order_by("event_day")
    assert list(told_now.values_list("event_day", "status")) == list(
        zip(days, ["bundled", "bundled", "queued"], strict=True)
    )


def test_messages_of_a_meeting_wait_while_its_unit_is_paused(scene):
    meeting = make_meeting(scene, day=NEXT_WEEK)
    notice = told(scene, "invitation")
    unit, owner = scene.skole.unit, scene.deltakelse.owner

    assert (notice.unit, notice.owner, notice.pulje) == (unit, owner, meeting.pulje.number)
    assert notice.place == str(unit)
    for place in ({"unit": unit}, {"owner": owner}):
        start_pause(
            scope=PauseScope.PLACE,
            **place,
            reason="Brann",
            until=None,
            by=scene.by("udir"),
            now=NOW,
        )
        assert notice.pk in paused([notice], NOW)
