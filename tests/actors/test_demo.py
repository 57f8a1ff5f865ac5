"""The demo: one button a person and a mailbox, both absent everywhere else."""

from datetime import datetime

import pytest
from django.core.mail import EmailMultiAlternatives

from actors.models import MailboxMessage
from actors.rules.wishes import OSLO
from tests.factories.mail import MailFactory
from tests.factories.notices import make_notice
from tests.factories.people import NOW, UserFactory, make_role, sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db

PAGES = ["/demo/", "/postkasse/", "/postkasse/{pk}/", "/postkasse/{pk}/html/"]


@pytest.fixture
def message():
    return MailboxMessage.objects.create(
        to="rektor@lmp.example",
        sender="post@lmp.example",
        subject="To frister denne uka",
        text="Se https://portal.lmp.example/moeter/1/",
        html='<html lang="nb"><head><title>T</title></head><body>Hei</body></html>',
        sent_at=NOW,
    )


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "actors.mailbox.MailboxBackend"


@pytest.fixture
def udir():
    return make_role("udir", user=UserFactory(email="udir@lmp.example", name="Uma Dir")).user


def signed_in(client):
    return int(client.session.get("_auth_user_id", 0)) or None


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", [None, "udir", "admin"])
def test_without_demo_the_pages_do_not_exist(client, message, page, kind):
    if kind:
        sign_in(client, make_role(kind))

    assert client.get(page.format(pk=message.pk)).status_code == 404


def test_without_demo_nobody_signs_in_with_a_button(client, udir):
    response = client.post("/demo/logg-inn/", {"epost": "udir@lmp.example"})

    assert (response.status_code, signed_in(client)) == (404, None)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("demo")
def test_in_the_demo_the_pages_open_without_signing_in(client, message, page):
    assert client.get(page.format(pk=message.pk)).status_code == 200


@pytest.mark.usefixtures("demo")
def test_each_person_has_a_button_with_role_and_place(client, udir):
    leader = make_role("leder", user=UserFactory(email="rektor@lmp.example", name="Marit Aasland"))
    make_role("leder", user=UserFactory(email="ekte@kommune.no", name="Ekte Person"))

    response = client.get("/demo/")

    page = squeeze(response.content)
    assert [row["person"] for row in response.context["main"]] == [leader.user, udir]
    assert f"<strong>Rektor, {leader.unit}</strong><small>Marit Aasland</small>" in page
    assert "Ekte Person" not in page


@pytest.mark.usefixtures("demo")
def test_button_signs_in(client, udir):
    response = client.post("/demo/logg-inn/", {"epost": "udir@lmp.example"})

    assert (response.status_code, response["Location"]) == (302, "/min-side/")
    assert signed_in(client) == udir.pk


@pytest.mark.usefixtures("demo")
def test_button_changes_person_and_forgets_the_role(client, udir):
    sign_in(client, make_role("leder"))

    client.post("/demo/logg-inn/", {"epost": "udir@lmp.example"})

    assert (signed_in(client), "role" in client.session) == (udir.pk, False)


@pytest.mark.parametrize(
    "address", ["", "finnes-ikke@lmp.example", "ekte@kommune.no", "ekte@lmp.example.no"]
)
@pytest.mark.usefixtures("demo")
def test_only_demo_people_have_a_button(client, udir, address):
    UserFactory(email="ekte@kommune.no")
    UserFactory(email="ekte@lmp.example.no")

    response = client.post("/demo/logg-inn/", {"epost": address})

    assert (response.status_code, signed_in(client)) == (404, None)


@pytest.mark.usefixtures("demo", "udir")
def test_button_needs_a_post(client):
    assert client.get("/demo/logg-inn/?epost=udir@lmp.example").status_code == 405


@pytest.mark.usefixtures("demo")
def test_mail_ends_in_the_mailbox():
    mail = EmailMultiAlternatives("Emne", "Tekst", "fra@lmp.example", ["til@lmp.example"])
    mail.attach_alternative("<p>Html</p>", "text/html")

    assert mail.send() == 1

    kept = MailboxMessage.objects.get()
    assert (kept.to, kept.sender, kept.subject) == ("til@lmp.example", "fra@lmp.example", "Emne")
    assert (kept.text, kept.html) == ("Tekst", "<p>Html</p>")


@pytest.mark.usefixtures("demo")
def test_sign_in_code_can_be_read_in_the_mailbox(client, udir):
    client.post("/konto/login/code/", {"email": udir.email})

    assert udir.email in client.get("/postkasse/").content.decode()


@pytest.mark.usefixtures("demo")
def test_html_of_a_mail_runs_no_script_and_opens_links_outside(client, message):
    response = client.get(f"/postkasse/{message.pk}/html/")

    policy = dict(
        part.strip().split(" ", 1)
        for part in response["Content-Security-Policy"].split(";")
        if part.strip()
    )
    assert (policy["script-src"], policy["default-src"]) == ("'none'", "'none'")
    assert policy["frame-ancestors"] == "'self'"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_top">' in response.content.decode()


@pytest.mark.usefixtures("demo")
def test_text_of_a_mail_has_links(client, message):
    page = client.get(f"/postkasse/{message.pk}/").content.decode()

    assert 'href="https://portal.lmp.example/moeter/1/"' in page


def seen(client, role=None):
    """The mailbox: when the next mails go, how many, and its links."""
    if role:
        sign_in(client, role)
    response = client.get("/postkasse/")
    page = response.content.decode()
    links = [url for url in ("/varsler/", "/demo/") if f'ds-link" href="{url}"' in page]
    return response.context["opens"], response.context["waiting"], links


@pytest.mark.usefixtures("demo", "message")
@pytest.mark.parametrize(
    ("kind", "moment", "expected"),
    [
        (None, datetime(2026, 11, 21, 12, tzinfo=OSLO), ("mandag kl. 07.00", 4, ["/demo/"])),
        ("leder", datetime(2026, 11, 23, 6, tzinfo=OSLO), ("i dag kl. 07.00", 4, ["/demo/"])),
        (
            "udir",
            datetime(2027, 7, 5, 12, tzinfo=OSLO),
            ("mandag 2. august kl. 07.00", 4, ["/varsler/"]),
        ),
        ("udir", datetime(2026, 11, 20, 12, tzinfo=OSLO), ("", 0, [])),
    ],
)
def test_the_mailbox_says_when_the_next_mails_go(client, time_machine, kind, moment, expected):
    MailFactory(status="queued")
    MailFactory(status="claimed")
    MailFactory(status="sent")
    one = make_notice()
    make_notice(recipient=one.recipient)
    make_notice()
    time_machine.move_to(moment, tick=False)

    assert seen(client, make_role(kind) if kind else None) == expected
