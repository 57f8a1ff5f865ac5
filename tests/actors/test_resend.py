"""A mail that did not arrive: sent again, with what still applies, or left."""

from datetime import timedelta

import pytest

from actors.actions.address import correct_address
from actors.actions.bundles import bundle_notices
from actors.actions.outbox import SendResult, send_mails
from actors.actions.resend import drop_mail, resend_mail
from actors.models import Event, Notice
from tests.factories.mail import MailFactory, notice_in
from tests.factories.notices import make_notice
from tests.factories.people import NOW, UserFactory

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=4)


@pytest.fixture
def person():
    return UserFactory(email="rektor@lmp.example")


@pytest.fixture
def dead(person):
    mail = MailFactory(to="feil@lmp.example", recipient=person, status="bounced", attempts=6)
    mail.tries.create(number=1, at=NOW, to=mail.to, code=550, outcome="bounced")
    notice_in(mail, recipient=person, status="bounced")
    return mail


def test_resend_goes_to_the_address_the_person_has_now(dead, person, mailoutbox):
    by = UserFactory()

    assert resend_mail(mail=dead, by=by, now=LATER) is True
    assert send_mails(now=LATER) == SendResult(sent=1)

    dead.refresh_from_db()
    [sent] = mailoutbox
    assert (sent.to, sent.message()["Message-ID"]) == ([person.email], dead.message_id)
    assert (dead.status, dead.attempts, dead.notices.get().status) == ("sent", 1, "sent")
    assert list(dead.tries.values_list("number", "outcome")) == [(2, "sent"), (1, "bounced")]
    assert Event.objects.about(f"mail:{dead.pk}").get().by == by


def test_an_old_reminder_that_somebody_sends_again_is_not_too_late(person, mailoutbox):
    mail = MailFactory(to=person.email, recipient=person, status="failed")
    make_notice(recipient=person, status="failed", mail=mail)
    in_two_weeks = NOW + timedelta(days=14)

    resend_mail(mail=mail, by=UserFactory(), now=in_two_weeks)

    assert send_mails(now=in_two_weeks) == SendResult(sent=1)


def test_what_is_in_many_dead_mails_comes_in_one(person, mailoutbox):
    """After weeks with a dead address: one mail, and those that are alone anyway."""
    for day in range(4):
        mail = MailFactory(to=person.email, recipient=person, status="bounced")
        values = {"recipient": person, "status": "bounced", "mail": mail}
        make_notice(subject="plikt:1", occasion=f"remind{day}", **values)
    own = {"status": "failed", "message_id": "<varsel-9@portal.lmp.example>"}
    letter = MailFactory(to=person.email, recipient=person, **own)
    make_notice("decision", recipient=person, status="failed", mail=letter)

    count = correct_address(person=person, email="ny@lmp.example", by=UserFactory(), now=LATER)
    monday = LATER + timedelta(days=1)
    for now in (LATER, monday):
        bundle_notices(now=now)
        send_mails(now=now)

    assert (count, [sent.to for sent in mailoutbox]) == (2, [["ny@lmp.example"]] * 2)
    assert set(Notice.objects.values_list("status", flat=True)) == {"sent"}


def test_resend_to_somebody_without_an_account(mailoutbox):
    mail = MailFactory(to="feil@lmp.example", status="failed")

    resend_mail(mail=mail, to="rett@lmp.example", by=UserFactory(), now=NOW)
    send_mails(now=NOW)

    assert [sent.to for sent in mailoutbox] == [["rett@lmp.example"]]


@pytest.mark.parametrize("status", ["queued", "claimed", "sent", "cancelled"])
@pytest.mark.parametrize("action", [resend_mail, drop_mail])
def test_only_what_is_given_up_can_be_sent_again_or_left(action, status):
    mail = MailFactory(status=status)

    assert action(mail=mail, by=UserFactory(), now=NOW) is False

    mail.refresh_from_db()
    assert mail.status == status


def test_drop_leaves_it_in_the_portal_only(dead, mailoutbox):
    assert drop_mail(mail=dead, by=UserFactory(), now=NOW) is True
    assert send_mails(now=LATER) == SendResult()

    notice = dead.notices.get()
    dead.refresh_from_db()
    assert (dead.status, notice.status) == ("cancelled", "cancelled")
    assert notice.outcome == "Kom ikke fram. Sendes ikke på nytt"
