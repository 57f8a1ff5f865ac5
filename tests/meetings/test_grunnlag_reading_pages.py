"""Who reads a grunnlag, and what those who do not are told of it."""

import pytest

from meetings.actions.grunnlag import start_grunnlag
from tests.factories.meetings import NOW, make_meeting
from tests.factories.pages import page
from tests.factories.papers import (
    READERS,
    SECRET,
    STATUS_ONLY,
    make_grunnlag,
    send_grunnlag,
    write_grunnlag,
)
from tests.factories.people import make_role, sign_in
from tests.factories.register import BarnehageFactory, OwnerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("office", READERS)
def test_who_reads_what_is_sent(client, scene, office):
    meeting = make_meeting(scene)
    send_grunnlag(scene, make_grunnlag(scene, meeting))
    sign_in(client, getattr(scene, office))

    response = client.get(page("grunnlag_detail", meeting))

    assert response.status_code == 200
    assert SECRET in response.content.decode()


@pytest.mark.parametrize("office", STATUS_ONLY)
@pytest.mark.parametrize("name", ["grunnlag_detail", "grunnlag_edit"])
def test_two_hats_get_the_status_with_a_reason_and_no_text(client, scene, office, name):
    meeting = make_meeting(scene)
    version = send_grunnlag(scene, make_grunnlag(scene, meeting))
    sign_in(client, getattr(scene, office))

    pages = [
        client.get(page(name, meeting)),
        client.get(page("grunnlag_receipt", meeting, version.receipt)),
        client.get(page("grunnlag_pdf", meeting, version.pk)),
        client.get(page("grunnlag_print", meeting, version.pk)),
    ]

    assert [each.status_code for each in pages] == [403] * 4
    assert not any(SECRET in each.content.decode() for each in pages)
    assert "ikke teksten" in pages[0].content.decode() or "Teksten er for dem" in (
        pages[0].content.decode()
    )


@pytest.mark.parametrize("office", [*READERS[2:], *STATUS_ONLY])
def test_a_draft_is_seen_by_its_authors_alone(client, scene, office):
    meeting = make_meeting(scene)
    grunnlag = make_grunnlag(scene, meeting)
    write_grunnlag(scene, grunnlag, story=SECRET)
    sign_in(client, getattr(scene, office))

    pages = [
        client.get(page(name, meeting), follow=True)
        for name in ("grunnlag_detail", "grunnlag_edit", "meeting_detail")
    ]

    assert not any(SECRET in each.content.decode() for each in pages)


def test_the_arbeidsgruppe_sees_the_draft(client, scene):
    meeting = make_meeting(scene)
    grunnlag = make_grunnlag(scene, meeting)
    write_grunnlag(scene, grunnlag, story=SECRET)
    sign_in(client, scene.arbeidsgruppe)

    response = client.get(page("grunnlag_detail", meeting), follow=True)

    assert SECRET in response.content.decode()


def test_readers_see_the_sent_version_and_never_a_later_draft(client, scene):
    meeting = make_meeting(scene)
    grunnlag = make_grunnlag(scene, meeting)
    send_grunnlag(scene, grunnlag)
    write_grunnlag(scene, grunnlag, story="Uferdig endring")
    sign_in(client, scene.veileder)

    body = client.get(page("grunnlag_detail", meeting)).content.decode()

    assert SECRET in body
    assert "Uferdig endring" not in body


def private_barnehage(scene):
    """A private barnehage in the kommune, in the same deltakelse."""
    from tests.factories.cohorts import make_deltakende_unit

    kommune = scene.deltakelse.owner.kommune
    owner = OwnerFactory(kind="privat", kommune=None, name="Privat eier AS")
    unit = BarnehageFactory(owner=owner, kommune=kommune, ownership="privat")
    return make_deltakende_unit(scene.deltakelse, unit)


def sent_by_private(scene):
    unit = private_barnehage(scene)
    styrer = make_role("leder", unit.unit)
    meeting = make_meeting(scene, units=[unit])
    by = styrer.user.act_as(styrer, NOW.date())
    grunnlag = start_grunnlag(meeting=meeting, unit=unit, by=by, now=NOW)
    send_grunnlag(scene, grunnlag, by=by)
    return meeting, unit


def test_the_kommune_reads_no_text_of_a_private_unit(client, scene):
    meeting, _unit = sent_by_private(scene)
    sign_in(client, scene.eier)

    response = client.get(page("grunnlag_detail", meeting))

    assert response.status_code == 403
    assert "Enheten har en annen eier." in response.content.decode()
    assert SECRET not in response.content.decode()


def test_the_private_owner_reads_it(client, scene):
    meeting, unit = sent_by_private(scene)
    sign_in(client, make_role("eier", unit.unit.owner))

    response = client.get(page("grunnlag_detail", meeting))

    assert SECRET in response.content.decode()


def test_barnehagemyndighet_reads_no_text(client, scene):
    meeting, unit = sent_by_private(scene)
    sign_in(client, make_role("barnehagemyndighet", unit.unit.kommune))

    response = client.get(page("grunnlag_detail", meeting))

    assert response.status_code == 403
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize("kind", ["leder", "arbeidsgruppe", "eier", "veileder", "ppt"])
@pytest.mark.parametrize("name", ["grunnlag_detail", "grunnlag_edit", "referat_detail"])
def test_a_foreign_meeting_is_not_found(client, scene, kind, name):
    meeting = make_meeting(scene)
    send_grunnlag(scene, make_grunnlag(scene, meeting))
    sign_in(client, make_role(kind))

    assert client.get(page(name, meeting)).status_code == 404


def test_a_unit_of_a_joint_meeting_reads_its_own_alone(client, scene):
    meeting = make_meeting(scene, units=[scene.skole, scene.barnehage])
    send_grunnlag(scene, make_grunnlag(scene, meeting, scene.skole))
    sign_in(client, scene.styrer)

    own = client.get(page("grunnlag_detail", meeting), follow=True)
    other = client.get(page("grunnlag_detail", meeting) + f"?enhet={scene.skole.pk}")

    assert SECRET not in own.content.decode()
    assert other.status_code == 404


def test_a_meeting_without_grunnlag_has_no_such_page(client, scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")
    sign_in(client, scene.eier)

    assert client.get(page("grunnlag_detail", meeting)).status_code == 404


def test_markup_is_shown_as_text(client, scene):
    meeting = make_meeting(scene)
    send_grunnlag(scene, make_grunnlag(scene, meeting), tried="<script>alert(1)</script>")
    sign_in(client, scene.veileder)

    body = client.get(page("grunnlag_detail", meeting)).content.decode()

    assert "<script>alert(1)</script>" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body
