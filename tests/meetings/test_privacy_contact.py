"""The personvernkontakt: who gives the role, and what it opens and does not open."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from actors.access import can_invite
from actors.models import Invitation, Role
from actors.queries.scopes import places_for
from meetings.tasks import watch_privacy_clocks
from tests.factories.meetings import NOW
from tests.factories.papers import SECRET, send_referat
from tests.factories.people import acting_as, make_role, sign_in
from tests.factories.privacy import make_contact, make_report
from tests.factories.register import OwnerFactory

pytestmark = pytest.mark.django_db

KIND = "personvernkontakt"


def test_the_owner_invites_its_contact(client, scene):
    sign_in(client, scene.eier)

    assert KIND in client.get("/folk/inviter/").content.decode()
    response = client.post(
        f"/folk/inviter/?slag={KIND}",
        {"name": "Henrik Solli", "email": "henrik@lmp.example", "role_from": "20.11.2026"},
    )

    invitation = Invitation.objects.get()
    assert response.status_code == 302
    assert (invitation.kind, invitation.owner) == (KIND, scene.deltakelse.owner)
    assert invitation.role_from == date(2026, 11, 20)


def test_an_owner_invites_for_itself_alone(scene):
    by = acting_as(scene.eier)

    assert list(places_for(scene.eier, KIND)) == [scene.deltakelse.owner]
    assert can_invite(by, KIND, scene.deltakelse.owner)
    assert not can_invite(by, KIND, OwnerFactory())


@pytest.mark.parametrize("office", ["leder", "veileder", "statsforvalter", "koordinator", "ppt"])
def test_others_do_not_invite_a_contact(scene, office):
    assert not can_invite(acting_as(getattr(scene, office)), KIND, scene.deltakelse.owner)


def test_the_owner_sees_and_ends_the_role(scene):
    contact = make_contact(scene)

    assert contact in Role.objects.managed_by(acting_as(scene.eier))


@pytest.mark.parametrize(
    "path",
    ["/moeter/{meeting}/", "/moeter/{meeting}/referat/", "/enheter/{unit}/", "/planer/{unit}/"],
)
def test_the_contact_opens_no_paper(client, scene, path):
    referat = send_referat(scene)
    sign_in(client, make_contact(scene))

    response = client.get(path.format(meeting=referat.paper.meeting_id, unit=scene.skole.pk))

    assert response.status_code == 404
    assert SECRET not in response.content.decode()


def test_a_contact_whose_role_has_ended_decides_nothing(client, scene):
    referat = send_referat(scene)
    ended = make_role(
        KIND, scene.deltakelse.owner, valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30)
    )
    report = make_report(referat, scene.ppt)
    sign_in(client, ended)

    assert client.get(reverse("meetings:privacy_detail", args=[report.pk])).status_code == 404
    sign_in(client, scene.eier)
    assert client.get(reverse("meetings:privacy_detail", args=[report.pk])).status_code == 200


def test_the_task_watches_the_clocks(scene):
    make_report(send_referat(scene), scene.ppt, now=NOW - timedelta(hours=49))

    assert [watch_privacy_clocks() for _twice in range(2)] == [1, 0]
