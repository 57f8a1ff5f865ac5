"""The control room of varsler. Every test runs on Friday 20 November 2026 at ten o'clock."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actors.models import Job, Notice, Pause
from cohorts.models import DeadlineRule
from meetings.actions.obligation import sync_semester_obligations
from meetings.views.control import next_opening
from tests.factories.cohorts import semester_of
from tests.factories.control import dead_mail, fill, notice_to, page
from tests.factories.mail import MailFactory
from tests.factories.meetings import NOW, THIRD, TODAY, make_meeting
from tests.factories.people import make_role, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def test_a_quiet_day_says_so(client, scene):
    text = page(client, scene.udir)

    assert [
        word
        for word in ("Alt går som det skal.", "Alle e-poster har kommet fram.", "eldste: ingen")
        if word not in text
    ] == []


@pytest.mark.parametrize(
    ("minutes", "paused", "words"),
    [
        (5, True, "Noe er satt på pause. To e-poster kom ikke fram."),
        (60, False, "Utsendingen står stille. To e-poster kom ikke fram."),
    ],
)
def test_all_is_not_well_while_the_sending_stands_still(client, scene, minutes, paused, words):
    for name in ("deliver", "reminders"):
        Job.objects.create(name=name, ok_at=NOW - timedelta(minutes=minutes))
    if paused:
        Pause.objects.create(
            scope="reminders", starts_at=NOW, reason="Ferie", set_by=scene.udir.user
        )
    dead_mail(1)
    dead_mail(2)

    assert words in page(client, scene.udir)


@pytest.mark.parametrize(("office", "count"), [("udir", 1), ("leder", 0), ("eier", 0)])
def test_the_pages_of_things_lead_to_who_was_told(client, scene, office, count):
    meeting = make_meeting(scene, "veiledning_2")
    paths = {
        f"/enheter/{scene.skole.unit_id}/": f"/varsler/om/unit/{scene.skole.unit_id}/",
        f"/moeter/{meeting.pk}/": f"/varsler/om/moete/{meeting.pk}/",
    }
    role = getattr(scene, office)

    found = [page(client, role, path).count(f'href="{link}"') for path, link in paths.items()]

    assert found == [count, count]


def test_the_numbers_of_today(client, scene):
    for number in range(3):
        MailFactory(
            status="sent", sent_at=NOW, to="same@lmp.example" if number else "en@lmp.example"
        )
    MailFactory(status="sent", sent_at=NOW - timedelta(days=1))
    MailFactory(created_at=NOW - timedelta(minutes=30))
    Job.objects.create(name="reminders", ok_at=NOW - timedelta(minutes=5))

    text = page(client, scene.udir)

    figures = ("3<small>til 2 personer", "1<small>e-post, eldste: i dag kl. 09.30", "09.55<small>")
    assert [word for word in figures if word not in text] == []


def test_what_did_not_arrive_has_its_cure(client, scene):
    gone = dead_mail(1)
    dead_mail(2, 552, "552 mailbox full", "failed")

    text = page(client, scene.udir)

    words = (
        "bortsett fra to e-poster som ikke kom fram",
        "Adressen finnes ikke",
        "Postkassen er full",
        f"{gone.recipient}, rektor {gone.recipient.roles.get().unit}",
        "1 av 6, kl. 10.00",
    )
    assert [word for word in words if word not in text] == []


def test_the_forecast_counts_what_comes_and_shows_the_recipients(client, scene):
    make_meeting(scene, "veiledning_2", day=TODAY + timedelta(days=14))
    sync_semester_obligations(semester=semester_of(scene.pulje, THIRD), now=NOW)

    text = page(client, scene.udir)

    assert ('<rect class="bar"' in text, "Se mottakerne" in text) == (True, True)
    start = text.index("/varsler/mottakere/?dag=")
    link = text[start : text.index('"', start)].replace("&amp;", "&")
    assert f"{scene.leder.user}</a>" in page(client, scene.udir, link)
    assert f"{scene.leder.user}</a>" in page(client, scene.udir, "/varsler/mottakere/")


def test_others_come_to_their_own_notices(client, scene):
    sign_in(client, scene.leder)

    response = client.get("/varsler/?side=2")

    assert (response.status_code, response["Location"]) == (302, "/varsler/mine/?side=2")


@pytest.mark.parametrize("path", ["sendt/", "proev/", "person/1/", "om/unit/1/", "mottakere/"])
def test_the_pages_below_are_for_those_who_oversee(client, scene, path):
    sign_in(client, scene.leder)

    assert client.get(f"/varsler/{path}").status_code == 403


def test_a_koordinator_reads_and_has_no_buttons(client, scene):
    dead_mail(1, 552, "552 mailbox full", "failed")

    text = page(client, make_role("koordinator"))

    assert ("Postkassen er full" in text, "Send på nytt" in text) == (True, False)


@pytest.mark.parametrize(
    "path", ["om/ukjent/1/", "om/unit/999999/", "person/999999/", "mottakere/?dag=x"]
)
def test_what_is_not_there_is_not_found(client, scene, path):
    sign_in(client, scene.udir)

    assert client.get(f"/varsler/{path}").status_code == 404


def test_a_dry_run_writes_nothing(client, scene):
    make_meeting(scene, "veiledning_2", day=TODAY + timedelta(days=9))
    sync_semester_obligations(semester=semester_of(scene.pulje, THIRD), now=NOW)
    before = Notice.objects.count()

    text = page(client, scene.udir, "/varsler/proev/")

    assert ("Ingenting er sendt" in text, Notice.objects.count()) == (True, before)


PAGES = (
    "/varsler/",
    "/varsler/?dager=30",
    "/varsler/?alle=1",
    "/varsler/sendt/",
    "/varsler/sendt/?status=bounced&sted=skole",
    "/varsler/proev/",
    "/varsler/mottakere/",
    "/varsler/jobber/",
    "/varsler/pause/",
    "/varsler/om/unit/{unit}/",
    "/varsler/person/{person}/",
    "/varsler/epost/{mail}/",
    "/varsler/mine/",
)
MOST = 40  # the forecast asks for every kind of duty, and who holds every kind of office


def questions(client, **about):
    found = {}
    for path in PAGES:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path.format(**about)).status_code == 200
        found[path] = len(asked)
    return found


def test_the_pages_ask_as_much_of_one_as_of_many(client, scene):
    make_meeting(scene, "veiledning_2", day=TODAY + timedelta(days=14))
    sync_semester_obligations(semester=semester_of(scene.pulje, THIRD), now=NOW)
    rule = DeadlineRule.objects.filter(pulje=scene.pulje).first()
    fill([1], rule)
    one = Notice.objects.get(kind=rule.key)
    about = {"unit": one.unit_id, "person": one.recipient_id, "mail": one.mail_id}
    notice_to(scene.udir.user, 90, mail=one.mail)
    sign_in(client, scene.udir)
    client.get("/varsler/")  # the programme is read once in a process
    of_one = questions(client, **about)

    fill(range(2, 13), rule)
    others = Notice.objects.filter(kind=rule.key).exclude(pk=one.pk)
    others.update(unit=one.unit, recipient=one.recipient)
    for number in range(91, 95):
        notice_to(scene.udir.user, number, mail=one.mail)

    of_many = questions(client, **about)
    assert of_many == of_one
    assert {path: count for path, count in of_one.items() if count > MOST} == {}


def test_the_next_sending_is_on_a_working_day():
    friday = [datetime(2026, 11, 20, hour) for hour in (6, 12, 18)]
    at = [*friday, datetime(2026, 7, 29, 12), datetime(2026, 7, 3, 12)]
    words = [next_opening(timezone.make_aware(moment)) for moment in at]

    assert words == [
        *("i dag kl. 07.00", "nå", "mandag kl. 07.00"),
        *("mandag kl. 07.00", "mandag 3. august kl. 07.00"),
    ]
