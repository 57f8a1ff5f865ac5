"""When notices become mails, and the letter as it is drawn."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from actors.actions import letters
from actors.actions.messages import Origin, bundle_notices
from actors.models import Mail, NoticeCategory
from actors.rules.links import task_link
from tests.factories.notices import pause, states, stored, tell, wants
from tests.factories.people import NOW, make_role

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")
DECISION = Origin(category=NoticeCategory.DECISION)
YESTERDAY = date(2026, 11, 19)
MONDAY = NOW + timedelta(days=3)
DASHES = "-- "
YOURS = (
    "Lenkene er dine og virker til fristen. Ikke send dem videre. Når du har levert, slutter "
    "påminnelsene."
)


def oslo(*parts):
    return datetime(*parts, tzinfo=OSLO)


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
