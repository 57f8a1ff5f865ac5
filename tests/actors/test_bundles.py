"""When notices become mails, and the last look before a mail is sent."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from actors.actions import letters, recheck
from actors.actions.messages import NoticeText, Origin, bundle_notices, cancel_notices, notify
from actors.actions.outbox import SendResult, send_mails
from actors.models import Mail, MailPreference, Notice, NoticeCategory, Pause
from actors.rules.links import task_link
from tests.factories.people import NOW, UserFactory, make_role
from tests.factories.register import SkoleFactory

pytestmark = pytest.mark.django_db

OSLO = ZoneInfo("Europe/Oslo")
REMINDER = Origin(category=NoticeCategory.REMINDER)
DECISION = Origin(category=NoticeCategory.DECISION)
YESTERDAY = date(2026, 11, 19)
MONDAY = NOW + timedelta(days=3)
DASHES = "-- "
YOURS = (
    "Lenkene er dine og virker til fristen. Ikke send dem videre. Når du har levert, slutter "
    "påminnelsene."
)


@pytest.fixture
def rektor():
    return make_role("leder", SkoleFactory(name="Granli skole")).user


@pytest.fixture
def gone(settings, monkeypatch):
    """What is gone by subject; the notices of other subjects still apply."""
    reasons: dict[str, str] = {}

    def check(notices, on):
        return {n.pk: reasons[n.subject] for n in notices if n.subject in reasons}

    settings.NOTICE_CHECKS = {"plikt": "checked.here"}
    monkeypatch.setattr(recheck, "_check", lambda path: check)
    return reasons


def tell(person, subject="plikt:1", *, title="Skriv referatet", now=NOW, **values):
    text = NoticeText(title, title, "", "", "", "")
    defaults = {"kind": "referat", "occasion": "due-5", "url": "/", "origin": REMINDER}
    notify(recipients=[person], subject=subject, text=text, now=now, **{**defaults, **values})


def states():
    return list(Notice.objects.order_by("pk").values_list("status", "outcome"))


def stored():
    return Notice.objects.order_by("pk")


def oslo(*parts):
    return datetime(*parts, tzinfo=OSLO)


def wants(person, **values):
    MailPreference.objects.create(user=person, changed_at=NOW, **values)


def pause(**values):
    return Pause.objects.create(
        starts_at=NOW - timedelta(hours=1), reason="Feil dato", set_by=UserFactory(), **values
    )


@pytest.mark.parametrize(
    ("now", "made"),
    [
        (oslo(2026, 11, 20, 6, 59), 0),
        (oslo(2026, 11, 20, 7, 0), 1),
        (oslo(2026, 11, 20, 17, 0), 0),
        (oslo(2026, 11, 21, 10, 0), 0),  # Saturday
        (oslo(2027, 5, 17, 10, 0), 0),
        (oslo(2026, 7, 8, 10, 0), 0),
        (oslo(2027, 3, 29, 7, 0), 0),  # Easter Monday, the day after summer time began
        (oslo(2027, 3, 30, 7, 0), 1),
        (oslo(2026, 10, 26, 7, 0), 1),  # the day after summer time ended
        (oslo(2026, 10, 26, 6, 59), 0),
    ],
)
def test_mail_goes_in_working_hours_only_but_what_is_urgent_at_once(rektor, now, made):
    tell(rektor, now=now - timedelta(minutes=1))

    assert bundle_notices(now=now) == made
    tell(rektor, "plikt:2", urgent=True, now=now)
    tell(rektor, "brev:1", origin=DECISION, now=now)
    assert bundle_notices(now=now) == 2


def test_one_who_wants_no_reminders_gets_decisions_all_the_same(rektor):
    wants(rektor, reminders="never")
    tell(rektor)
    tell(rektor, "brev:1", title="Svar på søknaden", origin=DECISION)

    assert bundle_notices(now=NOW) == 1

    assert Mail.objects.get().may_stop is False
    assert states() == [
        ("withheld", "Mottakeren har valgt å se slikt bare i portalen"),
        ("bundled", ""),
    ]


def test_one_who_wants_reminders_on_mondays_gets_them_then(rektor):
    wants(rektor, reminders="weekly")
    tell(rektor)

    assert [bundle_notices(now=NOW), bundle_notices(now=MONDAY)] == [0, 1]


def test_one_who_wants_reminders_on_mondays_is_told_of_what_is_due_before(rektor):
    wants(rektor, reminders="weekly")
    tell(rektor, due=date(2026, 11, 22))
    tell(rektor, "plikt:2", due=date(2026, 11, 26))

    assert bundle_notices(now=NOW) == 1
    assert [state for state, _why in states()] == ["bundled", "queued"]


@pytest.mark.parametrize(("days", "state"), [(5, "bundled"), (6, "missed")])
def test_reminder_is_missed_after_three_working_days(rektor, days, state):
    tell(rektor)

    bundle_notices(now=NOW + timedelta(days=days))

    assert states()[0][0] == state


def test_person_with_two_offices_gets_one_mail_with_the_thing_once(rektor):
    make_role("eier", user=rektor)
    tell(rektor, due=date(2026, 11, 26))
    tell(rektor, occasion="due-2", title="Referat mangler", due=date(2026, 11, 26))

    assert bundle_notices(now=NOW) == 1

    mail = Mail.objects.get()
    assert mail.subject == "[Handling kreves] Én frist denne uka"
    assert ("Skriv referatet" in mail.text, "Referat mangler" in mail.text) == (True, False)
    assert mail.notices.count() == 2


def test_notice_that_cannot_be_put_into_words_stops_only_itself(rektor, monkeypatch):
    tell(rektor, due=date(2026, 11, 26))
    tell(rektor, "plikt:2", due=date(2026, 11, 26))

    def link(notice, today):
        return {stored().first().pk: "/"}[notice.pk]

    monkeypatch.setattr(letters, "task_link", link)

    assert [bundle_notices(now=NOW), bundle_notices(now=NOW)] == [1, 0]
    assert [state for state, _why in states()] == ["bundled", "queued"]


def test_paused_notice_waits_and_becomes_a_mail_afterwards(rektor):
    held = pause(scope="reminders")
    tell(rektor)
    tell(rektor, "brev:1", origin=DECISION)

    assert bundle_notices(now=NOW) == 1
    held.delete()
    assert bundle_notices(now=MONDAY) == 1


def test_what_was_done_meanwhile_never_becomes_a_mail(rektor, gone):
    tell(rektor)
    gone["plikt:1"] = "Gjort 19. november"

    assert bundle_notices(now=NOW) == 0
    assert states() == [("cancelled", "Gjort 19. november")]


def test_mail_whose_notices_are_all_done_is_cancelled(rektor, gone, mailoutbox):
    tell(rektor)
    bundle_notices(now=NOW)
    gone["plikt:1"] = "Gjort 20. november"

    assert send_mails(now=NOW) == SendResult(cancelled=1)

    assert (len(mailoutbox), Mail.objects.get().status) == (0, "cancelled")
    assert states() == [("cancelled", "Gjort 20. november")]
    assert stored().get().mail is None  # it may be needed after all, and go in another


def test_mail_with_some_left_is_written_anew_with_the_same_id(rektor, gone, mailoutbox):
    tell(rektor)
    tell(rektor, "plikt:2", title="Skriv grunnlaget", due=date(2026, 11, 26))
    bundle_notices(now=NOW)
    message_id = Mail.objects.get().message_id
    gone["plikt:1"] = "Gjort 20. november"

    assert send_mails(now=NOW) == SendResult(sent=1)

    [sent] = mailoutbox
    assert sent.message()["Message-ID"] == message_id
    assert sent.subject == "[Handling kreves] Én frist denne uka – Granli skole"
    assert ("Skriv referatet" in sent.body, "Skriv grunnlaget" in sent.body) == (False, True)
    assert [state for state, _why in states()] == ["cancelled", "sent"]


def test_notice_stopped_after_it_was_put_in_a_mail_is_not_sent(rektor, mailoutbox):
    tell(rektor, "moete:1")
    bundle_notices(now=NOW)

    assert cancel_notices(subject="moete:1", reason="Møtet er avlyst", now=NOW) == 1
    assert send_mails(now=NOW) == SendResult(cancelled=1)
    assert (len(mailoutbox), states()) == (0, [("cancelled", "Møtet er avlyst")])


def test_mail_that_was_cancelled_is_not_the_mail_of_the_day(rektor, gone):
    tell(rektor)
    bundle_notices(now=NOW)
    gone["plikt:1"] = "Gjort 20. november"
    send_mails(now=NOW)
    tell(rektor, "plikt:2")

    assert bundle_notices(now=NOW) == 1


def test_mail_of_yesterday_is_written_as_of_today(rektor, mailoutbox):
    tell(rektor, due=date(2026, 11, 26))
    bundle_notices(now=NOW)

    send_mails(now=MONDAY)

    assert "Frist torsdag 26. november, om 3 arbeidsdager" in mailoutbox[0].body


def test_after_an_outage_what_waits_and_what_is_new_come_in_one_mail(rektor, mailoutbox):
    tell(rektor)
    bundle_notices(now=NOW)
    tell(rektor, "plikt:2", title="Skriv grunnlaget", now=MONDAY)
    tell(rektor, "plikt:3", title="Skriv raskt", now=MONDAY, urgent=True)

    assert [bundle_notices(now=MONDAY), bundle_notices(now=MONDAY)] == [1, 0]
    assert send_mails(now=MONDAY) == SendResult(sent=2)
    tell(rektor, "plikt:4", now=MONDAY)
    assert bundle_notices(now=MONDAY) == 0  # it has had the mail of the day

    [daily] = [sent for sent in mailoutbox if "Skriv raskt" not in sent.body]
    assert daily.subject == "To varsler – Granli skole"
    assert ("Skriv referatet" in daily.body, "Skriv grunnlaget" in daily.body) == (True, True)
    assert [state for state, _why in states()] == ["sent", "sent", "sent", "queued"]


def test_what_is_new_does_not_wait_for_a_mail_that_was_refused(rektor):
    tell(rektor)
    bundle_notices(now=NOW)
    Mail.objects.update(attempts=1)
    tell(rektor, "plikt:2", now=MONDAY)

    assert bundle_notices(now=MONDAY) == 1


def test_what_is_new_is_not_missed_with_what_waited_too_long(rektor, mailoutbox):
    tell(rektor)
    bundle_notices(now=NOW)
    later = NOW + timedelta(days=6)
    tell(rektor, "plikt:2", now=later)

    assert bundle_notices(now=later) == 1
    assert send_mails(now=later) == SendResult(sent=1, cancelled=1)
    assert [state for state, _why in states()] == ["missed", "sent"]


def test_mail_that_cannot_be_written_anew_stops_only_itself(rektor, mailoutbox, monkeypatch):
    other = UserFactory()
    tell(rektor, due=date(2026, 11, 30))
    tell(other, "plikt:2")
    bundle_notices(now=NOW)
    monkeypatch.delattr(letters, "task_link")

    assert send_mails(now=MONDAY) == SendResult(sent=1, retried=1)

    mail = Mail.objects.get(recipient=rektor)
    assert (mail.status, mail.attempts, mailoutbox[0].to) == ("queued", 1, [other.email])


def test_mail_that_waited_too_long_is_missed(rektor, mailoutbox):
    tell(rektor)
    bundle_notices(now=NOW)

    assert send_mails(now=NOW + timedelta(days=6)) == SendResult(cancelled=1)
    assert states() == [("missed", "Utsendingen sto stille, og det ble for sent å sende")]


@pytest.mark.parametrize("urgent", [False, True])
def test_pause_takes_back_what_was_in_the_outbox_and_it_goes_after_it(rektor, mailoutbox, urgent):
    tell(rektor, urgent=urgent)
    bundle_notices(now=NOW)
    held = pause(scope="reminders")
    assert send_mails(now=NOW) == SendResult(cancelled=1)
    assert states() == [("queued", "")]

    held.delete()
    bundle_notices(now=NOW)
    assert send_mails(now=NOW) == SendResult(sent=1)


def test_what_is_urgent_goes_at_last_though_it_was_paused_twice(rektor, mailoutbox):
    tell(rektor, urgent=True)
    for minutes in range(2):
        now = NOW + timedelta(minutes=minutes)
        bundle_notices(now=now)
        held = pause(scope="reminders")
        send_mails(now=now)
        held.delete()

    assert bundle_notices(now=NOW + timedelta(minutes=2)) == 1
    assert send_mails(now=NOW + timedelta(minutes=2)) == SendResult(sent=1)


def test_who_says_no_to_reminders_gets_none_that_waited(rektor, mailoutbox):
    tell(rektor)
    tell(rektor, "plikt:2", urgent=True)
    bundle_notices(now=NOW)
    wants(rektor, reminders="never")

    assert send_mails(now=NOW) == SendResult(sent=1, cancelled=1)
    assert states() == [
        ("withheld", "Mottakeren har valgt å se slikt bare i portalen"),
        ("sent", ""),
    ]


def test_nothing_at_all_leaves_when_everything_is_paused(rektor, mailoutbox):
    tell(rektor, "brev:1", origin=DECISION)
    bundle_notices(now=NOW)
    pause(scope="everything")

    assert send_mails(now=NOW) == SendResult()
    assert Mail.objects.get().status == "queued"


def test_mail_server_that_is_away_for_a_week_makes_nothing_younger(rektor, mailoutbox):
    """Each time nobody answered the mail waited anew."""
    tell(rektor)
    tell(rektor, "moete:1", origin=Origin())
    bundle_notices(now=NOW)
    later = NOW + timedelta(days=6)
    Mail.objects.update(next_attempt_at=later)

    assert send_mails(now=later) == SendResult(sent=1)
    assert [state for state, _why in states()] == ["missed", "sent"]


def test_closed_account_gets_no_mail_from_the_outbox(rektor, mailoutbox):
    tell(rektor)
    bundle_notices(now=NOW)
    rektor.is_active = False
    rektor.save()

    assert send_mails(now=NOW) == SendResult(cancelled=1)
    assert states() == [("cancelled", "Kontoen er stengt")]


def test_mail_goes_to_the_address_the_person_has_now(rektor, mailoutbox):
    tell(rektor)
    bundle_notices(now=NOW)
    rektor.email = "ny@lmp.example"
    rektor.save()

    send_mails(now=NOW)

    assert mailoutbox[0].to == ["ny@lmp.example"]


def test_letter_as_it_is_drawn(rektor):
    rektor.name = "Marit Aasland"
    rektor.save()
    tell(rektor, "plikt:1", title="Referat fra digital veiledning 12. november", due=YESTERDAY)
    tell(rektor, "plikt:2", title="Veiledningsgrunnlag til 3. desember", due=date(2026, 11, 26))
    first, second = (f"https://portal.lmp.example{task_link(each)}" for each in stored())

    bundle_notices(now=NOW)

    mail = Mail.objects.get()
    assert mail.subject == "[Handling kreves] To frister denne uka – Granli skole"
    assert mail.may_stop is True
    assert (
        mail.text
        == f"""Hei, Marit

Du har to ting å gjøre for Granli skole.

Fristen gikk ut i går, torsdag 19. november
Referat fra digital veiledning 12. november
Åpne i portalen: {first}

Frist torsdag 26. november, om 4 arbeidsdager
Veiledningsgrunnlag til 3. desember
Åpne i portalen: {second}

{YOURS}

{DASHES}
Du får dette fordi du er rektor ved Granli skole. Vi sender høyst én slik e-post om dagen.
Endre når du får påminnelser: https://portal.lmp.example/varsler/innstillinger/
Svar gjerne på denne e-posten hvis noe er galt.
"""
    )


def test_letter_in_nynorsk(rektor):
    rektor.language = "nn"
    rektor.save()
    tell(rektor, "plikt:1", due=YESTERDAY)
    tell(rektor, "plikt:2", due=date(2026, 11, 26))

    bundle_notices(now=NOW)

    mail = Mail.objects.get()
    assert mail.subject == "[Handling krevst] To fristar denne veka – Granli skole"
    assert "Du har to ting å gjere for Granli skole." in mail.text
    assert "Frist torsdag 26. november, om 4 arbeidsdagar" in mail.text
    assert "Lenkjene er dine og verkar til fristen." in mail.text
    assert "Endre når du får påminningar" in mail.text
