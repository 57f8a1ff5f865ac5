"""The pages of somebody who is signed in for one task: none of their links leads to a refusal."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from actors.rules.links import task_link
from meetings.actions.obligation import sync_semester_obligations
from meetings.models import Obligation
from tests.factories.meetings import NOW, make_meeting, make_scene
from tests.factories.own_work import make_maal, make_plan
from tests.factories.papers import make_grunnlag, send_grunnlag
from tests.factories.task_links import go_in, make_notice

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<(?:a|form)\b[^>]*?\s(?:href|action)="([^"]+)"')
ELSEWHERE = ("/static/", "/spraak/", "/konto/")


@pytest.fixture
def scene():
    scene = make_scene()
    make_meeting(scene)
    sync_semester_obligations(semester=scene.pulje.semesters.get(number=3), now=NOW)
    return scene


def duty_of(scene, key, office="leder"):
    """What the skole, or its owner, owes of an activity."""
    owed = Obligation.objects.for_lists().filter(activity__key=key, office=office)
    return owed.filter(unit__in=[scene.skole]).first() or owed.get(unit=None)


def session_of(mailoutbox, role, duty, **values):
    """A browser that came in through the link, and the address it was led to."""
    client = Client()
    return client, go_in(client, mailoutbox, make_notice(role, duty, **values))["Location"]


def links_on(page, path):
    """The addresses in the portal that a page leads to, those that change something too."""
    found = {urljoin(path, href.replace("&amp;", "&")) for href in LINK.findall(page)}
    return sorted(
        each.partition("#")[0]
        for each in found
        if not urlsplit(each).netloc and not each.startswith((*ELSEWHERE, "mailto:"))
    )


def walk(client, start):
    """All pages that can be reached by links from `start`, with their status codes."""
    codes, waiting = {}, [start]
    while waiting:
        path = waiting.pop()
        if path in codes:
            continue
        response = client.get(path, follow=True)
        codes[path] = response.status_code
        if response["Content-Type"].startswith("text/html"):
            waiting += links_on(response.content.decode(), path)
    return codes


@pytest.mark.parametrize(
    ("key", "office", "reached"),
    [
        ("veiledningsgrunnlag", "leder", "/moeter/{meeting}/veiledningsgrunnlag/?enhet={unit}"),
        ("referat", "leder", "/moeter/{meeting}/referat/?enhet={unit}"),
        ("mellomarbeid", "leder", "/mellomarbeid/{unit}/ny/"),
        ("medvirkning_barn_elever", "leder", "/medvirkning/{unit}/"),
        ("semesterevaluering_eier", "eier", "/hjelp/"),
    ],
)
def test_no_link_of_a_session_is_refused(mailoutbox, scene, key, office, reached):
    duty = duty_of(scene, key, office)
    client, start = session_of(mailoutbox, getattr(scene, office), duty)

    codes = walk(client, start)

    assert {path: code for path, code in codes.items() if code not in (200, 405)} == {}
    assert reached.format(meeting=duty.meeting_id, unit=duty.unit_id) in codes


def test_a_meeting_that_is_coming_up_leads_nowhere_else(mailoutbox, scene):
    meeting = make_meeting(scene, "veiledning_2")
    send_grunnlag(scene, make_grunnlag(scene, meeting))
    duty = duty_of(scene, "veiledningsgrunnlag")
    client, start = session_of(
        mailoutbox, scene.leder, duty, url=meeting.get_absolute_url(), subject="meeting:1"
    )

    codes = walk(client, start)

    assert {path: code for path, code in codes.items() if code not in (200, 405)} == {}


def test_the_frame_has_a_way_out_and_no_menu(mailoutbox, scene):
    client, start = session_of(mailoutbox, scene.leder, duty_of(scene, "mellomarbeid"))

    page = client.get(start).content.decode()

    words = ("Ferdig", "Logg inn for å se resten", "Hovedmeny", "/min-side/", "/enheter/")
    assert [word for word in words if word in page] == ["Ferdig", "Logg inn for å se resten"]


def test_what_ends_on_a_page_outside_says_that_it_is_done(mailoutbox, scene):
    make_maal(make_plan(scene))
    duty = duty_of(scene, "plangjennomgang")
    client, start = session_of(mailoutbox, scene.leder, duty)

    done = client.post(start, {"handling": "later", "edit_version": "1"}, follow=True)
    other = client.get("/moeter/")

    assert done.redirect_chain == [(f"/planer/{duty.unit_id}/", 302)]
    assert (done.status_code, other.status_code) == (200, 403)
    assert "Det du har gjort, er lagret." in done.content.decode()


def test_a_plan_without_goals_asks_for_an_ordinary_sign_in(client, scene):
    duty = duty_of(scene, "plangjennomgang")

    response = client.get(task_link(make_notice(scene.leder, duty)))

    assert response["Location"].startswith("/konto/login/?next=")
