"""Invitations that nobody accepts: the letter comes again, and the one who sent it is told."""

from datetime import UTC, datetime, timedelta

import pytest

from actors.actions.invitations import (
    accept_invitation,
    invite_person,
    resend_invitation,
    withdraw_invitation,
)
from actors.models import Mail, Notice, Pause
from meetings.actions.reminder import cancel_settled_reminders, due_now, forecast, scan

pytestmark = pytest.mark.django_db

# Sent on Monday 2 November at 10, and lasts until Monday 23 November.
SENT = datetime(2026, 11, 2, 9, tzinfo=UTC)
FIRST, SECOND, OVER = (SENT + timedelta(days=days) for days in (7, 14, 22))


@pytest.fixture
def invitation(scene):
    invitation = invite_person(
        email="ny@granli.example",
        name="Ny Person",
        kind="arbeidsgruppe",
        scope=scene.skole.unit,
        role_from=SENT.date(),
        by=scene.by("leder"),
        now=SENT,
    )
    Mail.objects.all().delete()
    return invitation


def letters() -> list[str]:
    return [mail.to for mail in Mail.objects.all()]


def told() -> list[tuple]:
    rows = Notice.objects.filter(kind="invitasjon").order_by("pk")
    return [(n.recipient, n.occasion, n.status) for n in rows]


def test_the_letter_comes_again_after_one_and_two_weeks(invitation):
    for moment in (FIRST - timedelta(days=3), FIRST, FIRST + timedelta(hours=1)):
        scan(now=moment)
    assert letters() == ["ny@granli.example"]

    scan(now=SECOND)

    assert letters() == ["ny@granli.example"] * 2
    expires = invitation.expires_at
    invitation.refresh_from_db()
    assert invitation.expires_at == expires


def test_the_letter_waits_for_the_morning(invitation):
    night = FIRST.replace(hour=3)

    assert (scan(now=night), due_now(now=night)) == (0, [])
    assert len(due_now(now=FIRST)) == 1
    assert letters() == []


@pytest.mark.parametrize(
    ("scope", "held"), [("everything", 1), ("reminders", 1), ("rule", 1), ("unit", 1), ("other", 0)]
)
def test_a_pause_holds_the_letter_and_it_goes_after_it(scene, invitation, scope, held):
    values = {"scope": scope, "set_by": scene.udir.user, "starts_at": SENT, "until": FIRST}
    if scope == "rule":
        values |= {"rule": scene.pulje.deadline_rules.get(key="invitasjon").pk}
    if scope in ("unit", "other"):
        unit = scene.skole.unit if scope == "unit" else scene.barnehage.unit
        values |= {"scope": "place", "unit": unit}
    Pause.objects.create(reason="Feil dato", **values)

    scan(now=FIRST - timedelta(seconds=1))
    assert len(letters()) == 1 - held

    scan(now=FIRST)
    assert len(letters()) == 1


def test_a_pause_of_the_owner_holds_the_letters_of_its_units(scene, invitation):
    owner = invitation.unit.owner
    Pause.objects.create(
        scope="place", owner=owner, set_by=scene.udir.user, starts_at=SENT, reason="Feil dato"
    )

    scan(now=FIRST)

    assert letters() == []


@pytest.mark.parametrize("end", ["withdraw", "accept"])
def test_a_letter_that_waits_is_stopped_when_it_leads_nowhere(scene, invitation, end):
    """As when the mail server is down."""
    scan(now=FIRST)
    if end == "withdraw":
        withdraw_invitation(invitation=invitation, by=scene.by("leder"), now=FIRST)
    else:
        accept_invitation(invitation=invitation, now=FIRST)

    assert Mail.objects.get().status == "cancelled"


def test_a_newer_letter_takes_the_place_of_one_that_waits(scene, invitation):
    scan(now=FIRST)
    resend_invitation(invitation=invitation, by=scene.by("leder"), now=FIRST)

    assert list(Mail.objects.order_by("pk").values_list("status", flat=True)) == [
        "cancelled",
        "queued",
    ]


def test_nothing_is_sent_when_it_is_accepted_or_withdrawn(scene, invitation):
    withdraw_invitation(invitation=invitation, by=scene.by("leder"), now=FIRST)

    scan(now=FIRST)
    scan(now=OVER)

    assert (letters(), told()) == ([], [])


def test_who_sent_it_is_told_the_day_after_it_ran_out(scene, invitation):
    scan(now=OVER - timedelta(days=1))
    assert told() == []

    scan(now=OVER)
    scan(now=OVER)

    assert told() == [(scene.leder.user, "to-inviter+1@2026-11-23", "queued")]
    notice = Notice.objects.get(kind="invitasjon")
    assert notice.title == "En invitasjon du sendte, er ikke tatt imot"
    assert notice.body == (
        "Invitasjonen til Ny Person gjaldt til mandag 23. november. Du kan sende den på nytt."
    )
    assert notice.url == f"/folk/?rolle={scene.leder.pk}"
    assert letters() == []


def test_who_sent_it_and_has_a_closed_account_is_not_told(scene, invitation):
    scene.leder.user.is_active = False
    scene.leder.user.save()

    scan(now=OVER)

    assert told() == []


def test_who_reads_nynorsk_is_told_so_in_nynorsk(scene, invitation):
    scene.leder.user.language = "nn"
    scene.leder.user.save()

    scan(now=OVER)

    notice = Notice.objects.get(kind="invitasjon")
    assert notice.title == "Ein invitasjon du sende, er ikkje teken imot"
    assert notice.body == (
        "Invitasjonen til Ny Person gjaldt til måndag 23. november. Du kan sende han på nytt."
    )


def test_what_waits_is_stopped_when_it_is_sent_again(scene, invitation):
    scan(now=OVER)
    resend_invitation(invitation=invitation, by=scene.by("leder"), now=OVER)

    cancel_settled_reminders(now=OVER)

    assert Notice.objects.get(kind="invitasjon").outcome == "Invitasjonen er sendt på nytt"


def test_who_accepts_gets_no_more(invitation):
    accept_invitation(invitation=invitation, now=FIRST)

    scan(now=FIRST)

    assert letters() == []


def test_the_forecast_tells_the_letters_and_the_one_who_sent_it(scene, invitation):
    coming = forecast(today=SENT.date(), days=30)

    rows = [(e.day, e.office, e.roles) for e in coming if e.about == invitation]
    assert rows == [
        (FIRST.date(), "arbeidsgruppe", []),
        (SECOND.date(), "arbeidsgruppe", []),
        (OVER.date(), "leder", [scene.leder]),
    ]
