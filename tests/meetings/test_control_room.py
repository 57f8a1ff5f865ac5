"""The control room of varsler. Every test runs on Friday 20 November 2026 at ten o'clock."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actors.models import Job, MailAttempt, Notice, Pause
from cohorts.models import DeadlineRule
from meetings.actions.obligation import sync_semester_obligations
from meetings.views.control import next_opening
from tests.factories.cohorts import semester_of
from tests.factories.mail import MailFactory
from tests.factories.meetings import NOW, THIRD, TODAY, make_meeting, make_scene
from tests.factories.people import UserFactory, make_role, sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_scene()


def notice_to(person, number=1, **values):
    defaults = {
        "kind": "grunnlag",
        "subject": f"obligation:{9000 + number}",
        "occasion": f"remind-2@{number}",
        "title": f"Grunnlag {number}",
        "body": "Send det innen fristen.",
        "url": "/moeter/1/",
        "not_before": NOW,
        "created_at": NOW,
    }
    return Notice.objects.create(recipient=person, **{**defaults, **values})


def dead_mail(
    number=1, code=550, answer="550 5.1.1 mailbox unavailable", status="bounced", **values
):
    """A mail to a rektor that did not arrive, with its notice and one attempt."""
    role = make_role("leder")
    mail = MailFactory(recipient=role.user, to=role.user.email, status=status, attempts=1, **values)
    notice_to(role.user, number, role=role, unit=role.unit, mail=mail, status=status)
    MailAttempt.objects.create(
        mail=mail, number=1, at=NOW, to=mail.to, code=code, answer=answer, outcome="bounced"
    )
    return mail


def page(client, role, path="/varsler/"):
    sign_in(client, role)
    response = client.get(path)
    assert response.status_code == 200
    return squeeze(response.content.decode())


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

    figures = ("3<small>til 2 personer", "1<small>eldste: i dag kl. 09.30", "09.55<small>")
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


def test_the_last_sendings_tell_how_many_arrived(client, scene):
    rule = DeadlineRule.objects.filter(pulje=scene.pulje).first()
    for number, status in enumerate(("sent", "sent", "bounced")):
        went_out(rule, "remind-2", number, status=status)

    text = page(client, scene.udir)

    assert (rule.title in text, "2 av 3 kom fram" in text) == (True, True)


def went_out(rule, step, number, *, kind="leder", status="sent", day=0):
    """A notice of a step of a rule, in a mail that was tried on `day` days before today."""
    at = NOW - timedelta(days=day)
    mail = MailFactory(status=status, created_at=at, sent_at=at if status == "sent" else None)
    role = make_role(kind)
    values = {"rule": rule.pk, "kind": rule.key, "category": "reminder", "status": status}
    values |= {"role": role, "mail": mail, "occasion": f"{step}@2026-11-2{number}"}
    return notice_to(role.user, number, **values)


def test_each_step_of_a_rule_is_a_sending_of_its_own(client, scene):
    rule = DeadlineRule.objects.get(pulje=scene.pulje, key="referat")
    steps = [("remind-4", "leder", 0), ("remind-4", "arbeidsgruppe", 0), ("to-eier+7", "eier", 0)]
    steps += [("remind-4", "leder", 1)]
    for number, (step, kind, day) in enumerate(steps):
        went_out(rule, step, number, kind=kind, day=day)
    went_out(rule, "remind+0", 8, status="failed")
    sign_in(client, scene.udir)

    rows = client.get("/varsler/").context["sendings"]

    assert [(row["title"], row["about"], row["arrived"]) for row in rows] == [
        (f"{rule.title}, {when}", f"I {day} kl. 10.00 · til {to} · regel i pulje 9", arrived)
        for when, day, to, arrived in (
            ("på fristen", "dag", "styrere og rektorer", "0 av 1 kom fram"),
            ("4 dager igjen", "dag", "arbeidsgrupper og styrere og rektorer", "2 av 2 kom fram"),
            ("7 dager over fristen", "dag", "eiere", "1 av 1 kom fram"),
            ("4 dager igjen", "går", "styrere og rektorer", "1 av 1 kom fram"),
        )
    ]


def test_a_reminder_tells_the_step_that_wrote_it(client, scene):
    rule = DeadlineRule.objects.get(pulje=scene.pulje, key="referat")
    notice = went_out(rule, "to-eier+7", 1, kind="eier")

    text = page(client, scene.udir, f"/varsler/person/{notice.recipient_id}/")

    start = text.index("Regel: ")
    assert (
        text[start : text.index("<", start)]
        == "Regel: referat fra veiledningen, 7 dager over fristen"
    )


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
    ("query", "found"),
    [
        ("", ["Grunnlag 1", "Grunnlag 2"]),
        ("person=aase", ["Grunnlag 1"]),
        ("sted=Granli", ["Grunnlag 2"]),
        ("status=cancelled", ["Grunnlag 2"]),
        ("fra=19.11.2026&til=19.11.2026", ["Grunnlag 2"]),
        ("person=ingen", []),
    ],
)
def test_search_finds_what_was_sent(client, scene, query, found):
    notice_to(UserFactory(email="aase@lmp.example"), 1, status="sent")
    yesterday = NOW - timedelta(days=1)
    notice_to(UserFactory(), 2, place="Granli skole", status="cancelled", created_at=yesterday)

    text = page(client, scene.udir, f"/varsler/sendt/?{query}")

    assert [title for title in ("Grunnlag 1", "Grunnlag 2") if title in text] == found


def test_a_search_with_days_in_the_wrong_order_says_so_and_keeps_what_was_typed(client, scene):
    notice_to(UserFactory())

    text = page(client, scene.udir, "/varsler/sendt/?fra=20.11.2026&til=1.11.2026")

    assert "Grunnlag 1" not in text
    assert ("Til-datoen kan ikke være før" in text, 'value="20.11.2026"' in text) == (True, True)


def test_the_history_of_a_person_has_every_outcome(client, scene):
    person = UserFactory(email_bounced_at=NOW)
    notice_to(person, 1, status="cancelled", outcome="Gjort 19. november")
    notice_to(person, 2, status="missed", outcome="For gammelt etter en stans")
    notice_to(UserFactory(), 3)

    text = page(client, scene.udir, f"/varsler/person/{person.pk}/")

    words = ("Gjort 19. november", "For gammelt etter en stans", "E-posten kommer ikke fram")
    assert [word for word in words if word not in text] == []
    assert "Grunnlag 3" not in text


def test_the_history_of_a_thing_tells_who_was_told(client, scene):
    unit = scene.skole.unit
    meeting = make_meeting(scene, "veiledning_2")
    notice_to(UserFactory(), 1, unit=unit)
    notice_to(UserFactory(), 2, owner=scene.deltakelse.owner)
    notice_to(UserFactory(), 3, subject=f"meeting:{meeting.pk}")
    paths = {
        f"om/unit/{unit.pk}/": ["Grunnlag 1"],
        f"om/eier/{scene.deltakelse.owner_id}/": ["Grunnlag 1", "Grunnlag 2"],
        f"om/moete/{meeting.pk}/": ["Grunnlag 3"],
    }
    titles = [f"Grunnlag {number}" for number in (1, 2, 3)]

    texts = {path: page(client, scene.udir, f"/varsler/{path}") for path in paths}

    assert {path: [t for t in titles if t in text] for path, text in texts.items()} == paths


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


def fill(numbers, rule):
    for number in numbers:
        mail = dead_mail(number)
        notice = mail.notices.get()
        notice.rule, notice.kind = rule.pk, rule.key
        notice.save()


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


def test_long_lists_are_paged(client, scene, monkeypatch):
    monkeypatch.setattr("meetings.views.control.PEOPLE_PER_PAGE", 1)
    monkeypatch.setattr("meetings.views.control.PER_PAGE", 1)
    for days in (14, 21):
        make_meeting(scene, "veiledning_2", day=TODAY + timedelta(days=days))
    sync_semester_obligations(semester=semester_of(scene.pulje, THIRD), now=NOW)
    fill([1, 2], DeadlineRule.objects.filter(pulje=scene.pulje).first())
    day = forecast_day(client, scene)

    pages = {
        path: [page(client, scene.udir, f"{path}&side={number}") for number in (1, 2)]
        for path in (f"/varsler/mottakere/?dag={day}&regel=", "/varsler/?alle=1")
    }

    for path, (first, second) in pages.items():
        query = path.partition("?")[2].replace("&", "&amp;")
        assert ("Side 1 av" in first, "Side 2 av" in second) == (True, True)
        assert f'href="?{query}&amp;side=2"' in first


def forecast_day(client, scene):
    """The first day in the forecast on which more than one person is told something."""
    sign_in(client, scene.udir)
    groups = client.get("/varsler/?dager=30").context["groups"].paginator.object_list
    counts = {}
    for group in groups:
        counts[group.day] = counts.get(group.day, 0) + group.count
    return next(day for day, count in sorted(counts.items()) if count > 1).isoformat()


def test_the_next_sending_is_on_a_working_day():
    friday = [datetime(2026, 11, 20, hour) for hour in (6, 12, 18)]
    at = [*friday, datetime(2026, 7, 29, 12), datetime(2026, 7, 3, 12)]
    words = [next_opening(timezone.make_aware(moment)) for moment in at]

    assert words == [
        *("i dag kl. 07.00", "nå", "mandag kl. 07.00"),
        *("mandag kl. 07.00", "mandag 3. august kl. 07.00"),
    ]
