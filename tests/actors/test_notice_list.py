"""The list of one's own notices says each thing once."""

from datetime import date

import pytest

from actors.actions.messages import NoticeText, notify
from actors.models import Notice
from tests.factories.people import NOW, make_role, sign_in
from tests.factories.register import SkoleFactory

pytestmark = pytest.mark.django_db


def page_with(client, title: str) -> str:
    role = make_role("leder", SkoleFactory(name="Granli skole"))
    text = NoticeText(title, title, "Tekst.", "Tekst.", "Åpne", "Opne")
    notify(
        recipients=[role.user],
        kind="plan",
        subject="plan:1",
        occasion="due-5",
        text=text,
        url="/moeter/1/",
        place="Granli skole",
        due=date(2026, 11, 26),
        now=NOW,
    )
    sign_in(client, role)
    return " ".join(client.get("/varsler/mine/").content.decode().partition("<main")[2].split())


@pytest.mark.parametrize("title", ["Gå gjennom planen for Granli skole", "Gå gjennom planen"])
def test_the_place_is_said_once(client, title):
    page = page_with(client, title)

    assert page.count("Granli skole") == 1
    assert "Frist torsdag 26. november" in page


def test_when_it_was_written_is_left_out_when_it_says_when_it_was_sent(client):
    assert "I dag kl. 10.00" in page_with(client, "Gå gjennom planen")

    Notice.objects.update(status="sent")

    assert "I dag kl. 10.00" not in client.get("/varsler/mine/").content.decode()
