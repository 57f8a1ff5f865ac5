"""A mail that did not arrive, and its cure. Friday 20 November 2026 at ten o'clock."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from actors.models import Event, Mail, MailAttempt, Notice, User
from meetings.actions.obligation.words import notice_text
from meetings.models import Obligation
from meetings.queries.control import others_to
from tests.factories.mail import MailFactory
from tests.factories.meetings import NOW, make_meeting, make_scene
from tests.factories.notices import make_notice
from tests.factories.people import InvitationFactory, UserFactory, make_role, sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db
NEW = "ny.adresse@lmp.example"


@pytest.fixture
def scene(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_scene()


@pytest.fixture
def mail(scene):
    """A mail to the leader of the skole that bounced at its second attempt."""
    role, person = scene.leder, scene.leder.user
    person.email_bounced_at = NOW
    person.save()
    mail = MailFactory(recipient=person, to=person.email, status="bounced", attempts=2)
    Notice.objects.create(
        recipient=person,
        role=role,
        unit=role.unit,
        kind="grunnlag",
        subject="other:1",
        occasion="remind-2",
        title="Grunnlag, 2 dager igjen",
        body="Send det innen fristen.",
        url=f"/moeter/1/?rolle={role.pk}",
        place="Granli skole",
        mail=mail,
        status="bounced",
        not_before=NOW,
        created_at=NOW,
    )
    for number, code, answer in ((1, 451, "451 try later"), (2, 550, "550 5.1.1 no mailbox")):
        MailAttempt.objects.create(
            mail=mail, number=number, at=NOW, to=mail.to, code=code, answer=answer, outcome="retry"
        )
    return mail


def page(client, role, mail):
    sign_in(client, role)
    return squeeze(client.get(f"/varsler/epost/{mail.pk}/").content.decode())


def post(client, role, mail, what, **data):
    sign_in(client, role)
    return client.post(f"/varsler/epost/{mail.pk}/{what}/", data)


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


def test_the_right_address_sends_everything_again_and_leads_in(client, scene, mail):
    person = mail.recipient
    other = MailFactory(recipient=person, to=person.email, status="failed")
    waiting = MailFactory(recipient=person, to=person.email)

    response = post(client, scene.udir, mail, "send", email=NEW.upper())

    person.refresh_from_db()
    sent = Mail.objects.filter(pk__in=[mail.pk, other.pk, waiting.pk])
    assert (response.status_code, person.email, person.email_bounced_at) == (302, NEW, None)
    assert set(sent.values_list("status", "to")) == {("queued", NEW)}
    assert list(
        EmailAddress.objects.values_list("email", "verified", "primary").filter(user=person)
    ) == [(NEW, True, True)]
    assert Event.objects.get(verb="correct-address").data == {"mails": 2}


@pytest.mark.parametrize(
    ("email", "error"),
    [
        ("ikke en adresse", "Skriv en e-postadresse, slik"),
        ("", "Skriv adressen."),
        ("opptatt@lmp.example", "i bruk av en annen person"),
    ],
)
def test_a_wrong_address_stays_in_the_field_with_its_error(client, scene, mail, email, error):
    UserFactory(email="opptatt@lmp.example")

    text = squeeze(post(client, scene.udir, mail, "send", email=email).content.decode())

    assert (error in text, f'value="{email}"' in text or not email) == (True, True)
    assert User.objects.get(pk=mail.recipient_id).email == mail.to


def test_the_address_of_an_administrator_is_for_administrators(client, scene, mail):
    make_role("admin", user=mail.recipient)

    text = squeeze(post(client, scene.udir, mail, "send", email=NEW).content.decode())

    assert "kan bare en systemadministrator rette" in text


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
    words = notice_text(duty).in_language("nn")
    assert (of_duty.title, of_duty.body, of_duty.action_label) == words
    assert words != notice_text(duty).in_language("nb")
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


def test_an_invitation_is_for_the_right_address_from_now_on(client, scene):
    invitation = InvitationFactory(email="feil@lmp.example")
    mail = MailFactory(
        to="feil@lmp.example",
        message_id=f"<invitasjon-{invitation.pk}-1@portal.lmp.example>",
        status="bounced",
        attempts=1,
    )

    post(client, scene.udir, mail, "send", email=NEW)

    invitation.refresh_from_db()
    mail.refresh_from_db()
    assert (invitation.email, mail.to, mail.status) == (NEW, NEW, "queued")


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


# --- the address itself -------------------------------------------------------------------------


def address(client, role, person, **data):
    sign_in(client, role)
    path = f"/folk/adresse/{person.pk}/"
    return client.post(path, data) if data else client.get(path)


def test_the_owner_corrects_the_address_of_its_own(client, scene, mail):
    text = squeeze(address(client, scene.eier, mail.recipient).content.decode())

    response = address(client, scene.eier, mail.recipient, email=NEW)

    assert "kommer i retur" in text
    assert (response.status_code, User.objects.get(pk=mail.recipient_id).email) == (302, NEW)


def test_the_owner_reaches_nobody_whom_mail_reaches(client, scene):
    assert address(client, scene.eier, scene.leder.user).status_code == 404


def test_the_owner_reaches_nobody_with_an_office_elsewhere(client, scene, mail):
    make_role("veileder", user=mail.recipient)

    assert address(client, scene.eier, mail.recipient).status_code == 404


def test_another_owner_does_not_see_the_person(client, scene, mail):
    assert address(client, make_role("eier"), mail.recipient).status_code == 404


@pytest.mark.parametrize("office", ["leder", "veileder", "statsforvalter"])
def test_others_correct_no_addresses(client, scene, mail, office):
    assert address(client, getattr(scene, office), mail.recipient).status_code == 403
