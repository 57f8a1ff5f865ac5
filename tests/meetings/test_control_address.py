"""The address of somebody a mail did not reach, and who may correct it."""

import pytest
from allauth.account.models import EmailAddress

from actors.models import Event, Mail, User
from tests.factories.control import post
from tests.factories.mail import MailFactory
from tests.factories.people import InvitationFactory, UserFactory, make_role, sign_in
from tests.markup import squeeze

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
NEW = "ny.adresse@lmp.example"


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


def test_the_same_address_again_is_not_called_corrected(client, scene, mail):
    same = mail.to.upper()

    post(client, scene.udir, mail, "send", email=same)
    page = client.get("/varsler/").content.decode()

    assert "Adressen er den samme som før. E-posten sendes til den igjen." in page
    assert "Adressen er rettet" not in page
    assert Mail.objects.get(pk=mail.pk).status == "queued"
