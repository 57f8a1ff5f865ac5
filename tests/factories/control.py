"""What stands in the control room of varsler: `notice_to(person)`, `dead_mail()`."""

from actors.models import MailAttempt, Notice
from tests.factories.mail import MailFactory
from tests.factories.meetings import NOW
from tests.factories.people import make_role, sign_in
from tests.markup import squeeze


def notice_to(person, number=1, **values):
    """A notice to the person about a thing of its own."""
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
    """A page of the control room as the person of the role sees it."""
    sign_in(client, role)
    response = client.get(path)
    assert response.status_code == 200
    return squeeze(response.content.decode())


def fill(numbers, rule):
    """A mail of the rule that did not arrive for each of the numbers."""
    for number in numbers:
        mail = dead_mail(number)
        notice = mail.notices.get()
        notice.rule, notice.kind = rule.pk, rule.key
        notice.save()


def post(client, role, mail, what, **data):
    """Press one of the buttons of a mail that did not arrive."""
    sign_in(client, role)
    return client.post(f"/varsler/epost/{mail.pk}/{what}/", data)
