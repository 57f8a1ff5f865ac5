"""Pages as a browser asks for them."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.people import sign_in
from tests.markup import squeeze


def page(name, meeting, *args):
    """The address of a page of a meeting by its name."""
    return reverse(f"meetings:{name}", args=[meeting.pk, *args])


def text_of(response) -> str:
    """The page on one line."""
    return " ".join(response.content.decode().split())


def open_page(client, role, address: str) -> str:
    """The text of a page as the person of the role sees it."""
    sign_in(client, role)
    response = client.get(address)
    assert response.status_code == 200
    return text_of(response)


def body(response):
    """The page on one line, without the white space that a browser would not show."""
    return squeeze(response.content.decode())


def queries_of(client, url):
    """How many queries the page takes."""
    with CaptureQueriesContext(connection) as found:
        client.get(url)
    return len(found)


def address(name, version):
    """The address of a page of one version of a paper."""
    return reverse(f"meetings:{name}", args=[version.paper.meeting_id, version.pk])
