"""A mail that did not arrive, and its cure. Friday 20 November 2026 at ten o'clock."""

from datetime import timedelta

import pytest

from actors.models import Event, Mail, Notice
from meetings.actions.obligation.words import notice_text
from meetings.models import Obligation
from meetings.queries.control import others_to
from tests.factories.control import post
from tests.factories.mail import MailFactory
from tests.factories.meetings import NOW, make_meeting
from tests.factories.notices import make_notice
from tests.factories.people import make_role, sign_in
from tests.markup import squeeze

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def page(client, role, mail):
    sign_in(client, role)
    return squeeze(client.get(f"/varsler/epost/{mail.pk}/").content.decode())


def test_the_page_tells_why_and_what_was_tried(client, scene, mail):
    text = page(client, scene.udir, mail)

    words = (
        "Adressen finnes ikke",
        "Vi har prøvd to ganger og prøver ikke flere. Rett adressen",
        "Forsøk 2: «550 5.1.1 no mailbox». Gitt opp.",
        "Forsøk 1: «451 try later».",
        "Varselet ble laget: Grunnlag, 2 dager igjen",
        f'value="{mail.to}"',
        "Send til eier i stedet",
        "Ingen andre.",
    )
    assert [word for word in words if word not in text] == []


def test_a_koordinator_reads_it_and_may_do_nothing(client, scene, mail):
    role = make_role("koordinator")

    text = page(client, role, mail)

    assert ("Adressen finnes ikke" in text, "Rett adressen og send" in text) == (True, False)
    assert post(client, role, mail, "send").status_code == 403


@pytest.mark.parametrize("office", ["leder", "eier", "statsforvalter"])
def test_it_is_for_those_who_oversee(client, scene, mail, office):
    sign_in(client, getattr(scene, office))

    assert client.get(f"/varsler/epost/{mail.pk}/").status_code == 403


def test_a_full_mailbox_is_sent_again_as_it_is(client, scene, mail):
    response = post(client, scene.udir, mail, "send")

    mail.refresh_from_db()
    assert (response["Location"], mail.status, mail.notices.get().status) == (
        "/varsler/",
        "queued",
        "bundled",
    )


@pytest.mark.parametrize(
    ("urgent", "words"),
    [(False, "E-posten sendes på nytt mandag kl. 07.00."), (True, "E-posten sendes på nytt.")],
)
def test_in_a_weekend_it_says_when_it_goes(client, scene, mail, time_machine, urgent, words):
    Notice.objects.update(urgent=urgent)
    Mail.objects.update(status="failed")
    time_machine.move_to(NOW + timedelta(days=1), tick=False)
    sign_in(client, scene.udir)

    client.post(f"/varsler/epost/{mail.pk}/send/")

    assert words in squeeze(client.get("/varsler/").content.decode())


def test_the_second_of_two_clicks_sends_nothing_more(client, scene, mail):
    Mail.objects.update(status="failed")
    sign_in(client, scene.udir)

    answers = [client.post(f"/varsler/epost/{mail.pk}/send/") for _click in range(2)]

    assert [each["Location"] for each in answers] == ["/varsler/", f"/varsler/epost/{mail.pk}/"]
    assert Event.objects.filter(verb="resend-mail").count() == 1


def test_many_who_were_told_are_counted(client, scene, mail):
    notice = mail.notices.first()
    for _number in range(10):
        told = make_notice(status="sent", occasion="remind-2@2026-11-27")
        Notice.objects.filter(pk=told.pk).update(subject=notice.subject)
    sign_in(client, scene.udir)

    context = client.get(f"/varsler/epost/{mail.pk}/").context

    assert (len(context["told"]), context["more_told"]) == (8, 2)


def test_what_is_not_to_be_sent_leaves_the_list(client, scene, mail):
    post(client, scene.udir, mail, "stopp")

    mail.refresh_from_db()
    assert (mail.status, mail.notices.get().status) == ("cancelled", "cancelled")
    assert post(client, scene.udir, mail, "send").status_code == 302
    assert Mail.objects.get(pk=mail.pk).status == "cancelled"


def test_the_owner_gets_it_instead(client, scene, mail):
    post(client, scene.udir, mail, "til-eier")

    told = Notice.objects.get(recipient=scene.eier.user, kind="grunnlag")
    assert (told.title, told.url, told.place) == (
        "Grunnlag, 2 dager igjen",
        f"/moeter/1/?rolle={scene.eier.pk}",
        "Granli skole",
    )
    assert Mail.objects.get(pk=mail.pk).status == "cancelled"
    context = client.get(f"/varsler/epost/{mail.pk}/").context
    assert context["told"] == [f"{scene.eier.user}, {scene.deltakelse.owner} (på vei)"]


def test_the_owner_is_told_in_the_owner_s_own_words(client, scene, mail):
    """A reminder is filled in anew, whatever the language of the one it was written to."""
    scene.eier.user.language = "nn"
    scene.eier.user.save()
    meeting = make_meeting(scene, "veiledning_1")
    duty = Obligation.objects.filter(meeting=meeting).earliest("due")
    gathering = meeting.pulje.deadline_rules.filter(anchor="meeting").first() or duty.rule
    notice = mail.notices.get()
    values = {"category": "reminder", "pulje": scene.pulje.number}
    notices = Notice.objects.filter(pk=notice.pk)
    notices.update(subject=f"obligation:{duty.pk}", rule=duty.rule.pk, **values)
    again = {"occasion": "remind-1", "rule": gathering.pk, "subject": f"meeting:{meeting.pk}"}
    Notice.objects.create(**_fields(notice), **again, category="reminder")

    post(client, scene.udir, mail, "til-eier")

    told = Notice.objects.filter(recipient=scene.eier.user, occasion__endswith="/eier")
    of_duty, of_meeting = told.get(pulje=scene.pulje.number), told.get(pulje=None)
    words = notice_text(duty, owes=False).in_language("nn")
    assert (of_duty.title, of_duty.body, of_duty.action_label) == words
    assert words != notice_text(duty, owes=False).in_language("nb")
    assert of_meeting.action_label == "Opne"


def _fields(notice):
    same = ("recipient", "role", "unit", "kind", "title", "url", "mail", "status", "not_before")
    return {name: getattr(notice, name) for name in (*same, "created_at")}


@pytest.mark.parametrize("values", [{"is_active": False}, {"email_bounced_at": NOW}])
def test_without_anybody_at_the_owner_the_mail_stays(client, scene, mail, values):
    type(scene.eier.user).objects.filter(pk=scene.eier.user.pk).update(**values)

    response = post(client, scene.udir, mail, "til-eier")

    assert response["Location"] == f"/varsler/epost/{mail.pk}/"
    assert Mail.objects.get(pk=mail.pk).status == "bounced"


def test_who_else_was_told_and_how_many_others_wait(client, scene, mail):
    role = scene.eier
    notice = mail.notices.get()
    Notice.objects.create(
        recipient=role.user,
        role=role,
        kind=notice.kind,
        subject=notice.subject,
        occasion="to-eier",
        title="Grunnlag",
        body="b",
        url="/",
        status="sent",
        not_before=NOW,
        created_at=NOW,
    )
    MailFactory(recipient=mail.recipient, to=mail.to)

    text = page(client, scene.udir, mail)

    assert (f"{role.user}, {role.owner}" in text, others_to(mail)) == (True, 1)


def test_the_page_asks_as_much_of_one_notice_as_of_three(
    client, scene, mail, django_assert_num_queries
):
    sign_in(client, scene.udir)

    def ask():
        with django_assert_num_queries(QUERIES):
            client.get(f"/varsler/epost/{mail.pk}/")

    ask()
    first = mail.notices.get()
    for number in (2, 3):
        first.pk, first.occasion = None, f"remind-{number}x"
        first.save()
    ask()


QUERIES = 10
