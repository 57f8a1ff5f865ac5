"""The draft of a referat: saved by itself, looked at before it is sent, taken over."""

import json
from datetime import timedelta

import pytest

from meetings.actions.referat import save_referat, start_referat
from meetings.models import Referat, ReferatVersion
from tests.factories.meetings import NOW
from tests.factories.pages import page
from tests.factories.papers import (
    NATIONAL_ID,
    SECRET,
    held_meeting,
    make_referat,
    point,
    send_referat,
)
from tests.factories.people import make_role, sign_in
from tests.factories.referat_forms import filled_in, form_of, row_under

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def meeting(scene):
    return held_meeting(scene)


# --- autosave -----------------------------------------------------------------------------------


def test_it_is_saved_while_it_is_written(client, scene, meeting):
    sign_in(client, scene.leder)
    data = filled_in(client, meeting)

    answer = client.post(page("referat_autosave", meeting), data)

    body = answer.content.decode()
    referat = Referat.objects.get()
    assert "Lagret kl." in body
    assert referat.saker.first().summary == "Enige 0"
    assert json.dumps({"edit_version": str(referat.edit_version)}).replace('"', "&quot;") in body
    follow = client.post(
        page("referat_autosave", meeting), data | {"edit_version": str(referat.edit_version)}
    )
    assert "data-unsaved" not in follow.content.decode()
    assert len(Referat.objects.get().agreed) == 1


def test_without_a_session_the_page_keeps_the_text_itself(client, scene, meeting):
    assert client.post(page("referat_autosave", meeting), {"mellomarbeid": "x"}).status_code == 401
    assert Referat.objects.count() == 0


def test_a_form_that_comes_after_the_session_is_shown_back(client, scene, meeting):
    response = client.post(
        page("referat_edit", meeting), {"saker-0-summary": SECRET, "handling": "send"}
    )

    assert response.status_code == 401
    assert SECRET in response.content.decode()
    assert Referat.objects.count() == 0


def test_of_two_who_write_neither_text_is_lost(client, scene, meeting):
    sign_in(client, scene.leder)
    data = filled_in(client, meeting, mellomarbeid="Min tekst")
    other = make_role("leder", scene.skole.unit).user
    other = other.act_as(other.roles.get(), NOW.date())
    referat = start_referat(meeting=meeting, unit=scene.skole, by=other, now=NOW)
    save_referat(referat=referat, edit_version=1, data={"mellomarbeid": "Deres"}, by=other, now=NOW)

    autosaved = client.post(page("referat_autosave", meeting), data)
    both = client.post(page("referat_edit", meeting), data | {"handling": "send"})

    assert f"{other.get_short_name()} har lagret mens du skrev." in autosaved.content.decode()
    assert both.status_code == 409
    assert "Min tekst" in both.content.decode()
    referat.refresh_from_db()
    assert referat.mellomarbeid == "Deres"


@pytest.mark.parametrize("field", ["mellomarbeid", "saker-0-summary", "guests"])
def test_a_national_id_number_is_not_saved_by_itself(client, scene, meeting, field):
    sign_in(client, scene.leder)
    data = filled_in(client, meeting) | {field: f"Ring {NATIONAL_ID}"}

    answer = client.post(page("referat_autosave", meeting), data)

    body = answer.content.decode()
    assert "data-unsaved" in body
    assert NATIONAL_ID not in body
    referat = Referat.objects.get()
    assert NATIONAL_ID not in str([referat.mellomarbeid, referat.guests, *referat.saker.values()])


@pytest.mark.parametrize(
    ("office", "status"), [("arbeidsgruppe", 403), ("veileder", 403), ("udir", 403)]
)
def test_others_do_not_save(client, scene, meeting, office, status):
    sign_in(client, getattr(scene, office))

    assert client.post(page("referat_autosave", meeting), {}).status_code == status


def test_a_locked_referat_is_not_saved(client, scene, meeting):
    referat = make_referat(scene, meeting)
    send_referat(scene, referat)
    sign_in(client, scene.leder)
    data = form_of(client.get(page("referat_edit", meeting)))
    Referat.objects.update(status="locked")

    answer = client.post(page("referat_autosave", meeting), data)
    typed = client.post(page("referat_edit", meeting), data | {"mellomarbeid": "For sent"})

    assert "kan leses, men ikke endres" in answer.content.decode()
    assert (typed.status_code, "For sent" in typed.content.decode()) == (409, True)


# --- preview ------------------------------------------------------------------------------------


def test_the_author_sees_the_draft_as_it_will_be_sent(client, scene, meeting):
    sign_in(client, scene.leder)

    response = client.post(
        page("referat_edit", meeting), filled_in(client, meeting) | {"handling": "forhaandsvis"}
    )

    body = client.get(response.url).content.decode()
    assert response.url == page("referat_preview", meeting)
    assert "Dette er et utkast." in body
    assert "Prøv rutinen" in body
    assert ReferatVersion.objects.count() == 0


def test_a_half_written_draft_can_be_looked_at(client, scene, meeting):
    sign_in(client, scene.leder)
    shown = client.get(page("referat_edit", meeting))
    data = form_of(shown) | {f"{row_under(shown, 1)}-text": "Halvt", "handling": "forhaandsvis"}

    response = client.post(page("referat_edit", meeting), data)

    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize(
    ("office", "status"), [("arbeidsgruppe", 404), ("veileder", 404), ("udir", 403)]
)
def test_nobody_else_sees_the_draft(client, scene, meeting, office, status):
    make_referat(scene, meeting)
    sign_in(client, getattr(scene, office))

    assert client.get(page("referat_preview", meeting)).status_code == status


def test_a_script_in_every_field_is_shown_as_text(client, scene, meeting):
    referat = make_referat(scene, meeting)
    texts = dict.fromkeys(("guests", "place", "referent", "next_theme", "mellomarbeid"), SCRIPT)
    saker = [{"title": SCRIPT, "summary": SCRIPT}]
    for place in ("", SCRIPT):  # two versions, so that there is something to compare
        written = texts | {"place": place}
        version = send_referat(scene, referat, saker=saker, agreed=[point(SCRIPT)], **written)
    sign_in(client, scene.leder)
    paths = [
        page("referat_edit", meeting),
        page("referat_preview", meeting),
        page("referat_detail", meeting),
        page("referat_print", meeting, version.pk),
        page("referat_versions", meeting),
    ]

    bodies = [client.get(path).content.decode() for path in paths]

    assert not any("<script>alert" in body for body in bodies)
    assert all(body.count("&lt;script&gt;alert") >= 7 for body in bodies)


# --- the leader quits ---------------------------------------------------------------------------


def test_an_acting_leader_finds_the_draft_of_the_one_who_quit(client, scene, meeting):
    referat = make_referat(scene, meeting)
    save_referat(
        referat=referat,
        edit_version=1,
        data={"mellomarbeid": "Halvferdig"},
        by=scene.by("leder"),
        now=NOW,
    )
    scene.leder.valid_to = NOW.date() - timedelta(days=1)
    scene.leder.save()
    acting = make_role("leder", scene.skole.unit, acting=True)
    sign_in(client, acting)

    response = client.get(page("referat_edit", meeting))

    assert "Halvferdig" in response.content.decode()
    data = filled_in(client, meeting) | {"handling": "send"}
    client.post(page("referat_edit", meeting), data)
    sent = ReferatVersion.objects.get()
    assert (sent.sent_by, sent.sent_as) == (
        acting.user,
        f"på vegne av rektor, {scene.skole.unit}",
    )
