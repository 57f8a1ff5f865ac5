"""What the session of one task opens, and how it ends."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from actors.middleware import TASK_KEY
from actors.models import Notice
from actors.rules.links import task_link
from meetings.actions.obligation import sync_semester_obligations
from meetings.models import Obligation
from tests.factories.meetings import NOW, TODAY, make_meeting
from tests.factories.people import make_role
from tests.factories.task_links import go_in, is_in, make_notice

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("how", ["staff", "mfa"])
def test_a_second_factor_is_not_gone_round(client, mailoutbox, told, how):
    if how == "staff":
        told.recipient.is_staff = True
        told.recipient.save()
    else:
        Authenticator.objects.create(user=told.recipient, type="totp", data={"secret": "x"})

    response = client.post(task_link(told), {"handling": "send"})

    assert (response.status_code, len(mailoutbox)) == (302, 0)
    assert response["Location"].startswith("/konto/login/?next=")


def test_a_person_who_becomes_staff_is_out(client, mailoutbox, duty, told):
    go_in(client, mailoutbox, told)
    told.recipient.is_staff = True
    told.recipient.save()

    client.get(duty.get_absolute_url())

    assert is_in(client) is False


def test_a_person_who_is_not_active_gets_no_code(client, mailoutbox, told):
    told.recipient.is_active = False
    told.recipient.save()

    assert client.post(task_link(told), {"handling": "send"}).status_code == 404
    assert len(mailoutbox) == 0


@pytest.mark.parametrize(
    "path",
    [
        "/min-side/",
        "/moeter/",
        "/moeter/{meeting}/",
        "/moeter/{meeting}/referat/",
        "/profil/",
        "/folk/",
        "/varsler/mine/",
        "/varsler/innstillinger/",
        "/planer/{unit}/",
        "/konto/email/",
        "/konto/2fa/",
        "/konto/login/",
        "/admin/",
    ],
)
def test_the_session_of_a_task_opens_nothing_else(client, mailoutbox, scene, duty, told, path):
    go_in(client, mailoutbox, told)
    asked = path.format(meeting=duty.meeting_id, unit=scene.skole.pk)

    codes = [client.get(asked).status_code, client.post(asked).status_code]

    assert codes == [403, 403]
    assert "Tilbake til oppgaven" in client.get(asked).content.decode()


@pytest.mark.parametrize("name", ["grunnlag_detail", "grunnlag_edit", "grunnlag_autosave"])
def test_nor_the_same_form_of_another_meeting(client, mailoutbox, scene, told, name):
    go_in(client, mailoutbox, told)
    later = make_meeting(scene, "veiledning_1", day=TODAY + timedelta(days=40))
    asked = reverse(f"meetings:{name}", args=[later.pk])

    assert [client.get(asked).status_code, client.post(asked).status_code] == [403, 403]


def test_another_office_of_the_person_cannot_be_taken(client, mailoutbox, scene, duty, told):
    second = make_role("udir", user=told.recipient)
    go_in(client, mailoutbox, told)

    page = client.get(f"{duty.get_absolute_url()}?rolle={second.pk}", follow=True)
    switched = client.post("/rolle/", {"role": second.pk})

    assert (page.wsgi_request.user.role, page.wsgi_request.roles) == (told.role, [told.role])
    assert switched.status_code == 403


def test_the_way_out_is_a_full_sign_in_that_comes_back(client, mailoutbox, duty, told):
    go_in(client, mailoutbox, told)
    page = client.get("/min-side/")
    sign_in_url = page.context["task_session"]["sign_in"]

    response = client.post("/konto/logout/", {"next": sign_in_url})

    assert response["Location"] == sign_in_url
    assert sign_in_url == f"/konto/login/?{urlencode({'next': duty.get_absolute_url()})}"
    assert (is_in(client), TASK_KEY in client.session) == (False, False)


def test_what_has_no_session_of_its_own_asks_for_an_ordinary_sign_in(client, duty, scene):
    notice = make_notice(scene.leder, duty, url="/min-side/?rolle=1", subject="pulje:1")

    response = client.get(task_link(notice))

    assert response["Location"] == "/konto/login/?next=/min-side/%3Frolle%3D1"


def test_what_went_to_a_person_without_an_office_does_too(client, duty, scene):
    notice = make_notice(scene.leder, duty)
    Notice.objects.update(role=None)
    notice.refresh_from_db()

    assert client.get(task_link(notice))["Location"].startswith("/konto/login/?next=/moeter/")


def test_what_the_unit_does_on_a_page_of_its_own_opens_there(client, mailoutbox, scene):
    sync_semester_obligations(semester=scene.pulje.semesters.get(number=3), now=NOW)
    owed = Obligation.objects.for_lists()
    duty = owed.filter(unit=scene.skole, activity__kind="mellomarbeid").first()

    response = go_in(client, mailoutbox, make_notice(scene.leder, duty))

    assert response["Location"] == f"/mellomarbeid/{scene.skole.pk}/"
    assert client.get(f"/mellomarbeid/{scene.skole.pk}/ny/").status_code == 200
    assert client.get(f"/mellomarbeid/{scene.barnehage.pk}/").status_code == 403
