"""The link in a mail to one task, followed by a browser."""

import re

from django.contrib.auth import SESSION_KEY as SIGNED_IN

from actors.actions.messages import in_role
from actors.models import Notice
from actors.rules.links import task_link
from tests.factories.meetings import NOW


def make_notice(role, duty, **values):
    """A notice about the duty in a mail to the person of the role."""
    url = in_role(duty.get_absolute_url(), role)
    filled = {
        "recipient": role.user,
        "role": role,
        "category": "reminder",
        "kind": "grunnlag",
        "subject": f"obligation:{duty.pk}",
        "occasion": "due-5",
        "title": "Veiledningsgrunnlag til 3. desember",
        "body": "",
        "url": url,
        "due": duty.due,
        "not_before": NOW,
        "created_at": NOW,
    }
    return Notice.objects.create(**{**filled, **values})


def ask(client, mailoutbox, link):
    """Have the code sent; the six digits."""
    client.post(link, {"handling": "send"})
    return re.search(r"^\d{6}$", mailoutbox[-1].body, re.M).group()


def go_in(client, mailoutbox, notice):
    """Follow the link and give the code; the answer."""
    link = task_link(notice)
    return client.post(link, {"code": ask(client, mailoutbox, link)})


def is_in(client):
    """Whether the browser has the session of a task."""
    return SIGNED_IN in client.session
