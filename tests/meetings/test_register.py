"""How a paper stands in the register of documents, and who keeps it."""

from datetime import date

import pytest
from django.urls import reverse

from actors.models import Event
from cohorts.rules.errors import NotAllowedHere, PuljeClosed
from meetings.actions.register import register_paper
from meetings.rules.register import legal_bases, suggested_title
from tests.factories.meetings import NOW
from tests.factories.papers import SECRET, held_meeting, make_referat, send_referat
from tests.factories.people import make_role, sign_in
from tests.factories.redacted import BASIS, make_copy, redact_url, register_url
from tests.factories.register import PrivateOwnerFactory
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


def test_the_rule_of_a_title_names_the_kind_the_unit_and_the_day_and_no_person():
    title = suggested_title("grunnlag", "Granli skole", date(2026, 12, 3))

    assert title == "Veiledningsgrunnlag, Granli skole, 3. desember 2026"


def test_legal_bases_are_data_in_both_languages():
    assert BASIS in legal_bases("nb")
    assert "Offentleglova § 13, teieplikt" in legal_bases("nn")


def test_the_page_offers_the_title_of_the_rule(client, scene, version):
    sign_in(client, scene.eier)

    body = client.get(register_url(version)).content.decode()

    title = f"Veiledningsgrunnlag, {scene.skole.unit.name}, 3. desember 2026"
    assert f'value="{title}"' in body
    assert f'<option value="{BASIS}">' in body
    assert SECRET not in body


def test_the_owner_says_how_a_paper_stands(client, scene, version):
    sign_in(client, scene.eier)

    response = client.post(
        register_url(version),
        {"public_title": "Grunnlag, desember", "access_code": "withheld", "legal_basis": BASIS},
    )

    version.refresh_from_db()
    assert response.status_code == 302
    assert version.public_title == "Grunnlag, desember"
    assert (version.access_code, version.legal_basis) == ("withheld", BASIS)
    event = Event.objects.get(verb="register_paper")
    assert (event.subject, event.data) == (f"grunnlagversion:{version.pk}", {"code": "withheld"})


def test_an_open_paper_needs_no_legal_basis_another_does(client, scene, version):
    sign_in(client, scene.eier)
    typed = {"public_title": "Grunnlag", "access_code": "partly", "legal_basis": ""}

    refused = client.post(register_url(version), typed)
    client.post(register_url(version), {**typed, "access_code": "open", "legal_basis": BASIS})

    assert "Skriv hjemmelen" in refused.content.decode()
    version.refresh_from_db()
    assert (version.access_code, version.legal_basis) == ("open", "")


def test_a_title_that_may_point_at_somebody_must_be_looked_over(client, scene, version):
    sign_in(client, scene.eier)
    typed = {"public_title": "Mor til Ola (7 år)", "access_code": "open", "legal_basis": ""}

    body = client.post(register_url(version), typed).content.decode()

    version.refresh_from_db()
    assert version.public_title == ""
    assert "Jeg har sett over teksten" in body
    assert "Mor til Ola (7 år)" in body


def test_the_register_stands_in_the_pdf(client, scene, version):
    sign_in(client, scene.veileder)
    printed = reverse("meetings:grunnlag_print", args=[version.paper.meeting_id, version.pk])

    before = squeeze(client.get(printed).content.decode())
    register_paper(
        version=version,
        public_title="Grunnlag, desember",
        access_code="withheld",
        legal_basis=BASIS,
        by=scene.by("eier"),
        now=NOW,
    )
    after = squeeze(client.get(printed).content.decode())

    assert "3. desember 2026 · Offentlig når noe er sladdet" in before
    assert f"Grunnlag, desember · Unntatt offentlighet ({BASIS})" in after


@pytest.mark.parametrize(
    ("office", "status"),
    [
        ("eier", 200),
        ("leder", 403),
        ("arbeidsgruppe", 403),
        ("veileder", 403),
        ("udir", 403),
        ("statsforvalter", 403),
        ("ppt", 403),
        ("styrer", 404),
    ],
)
@pytest.mark.parametrize("name", ["paper_register", "redacted_create"])
def test_only_the_owners_office_keeps_the_register(client, scene, version, office, status, name):
    sign_in(client, getattr(scene, office))

    response = client.get(reverse(f"meetings:{name}", args=["grunnlag", version.pk]))

    assert response.status_code == status
    assert (SECRET in response.content.decode()) is (status == 200 and name == "redacted_create")


def test_a_kommune_does_not_keep_the_register_of_a_private_unit(client, scene, version):
    private = PrivateOwnerFactory()
    scene.skole.unit.owner = private
    scene.skole.unit.save()
    own = make_role("eier", private)

    sign_in(client, scene.eier)
    refused = client.get(redact_url(version))
    sign_in(client, own)
    opened = client.get(redact_url(version))

    assert refused.status_code == 403
    assert SECRET not in refused.content.decode()
    assert opened.status_code == 200
    version = type(version).objects.get(pk=version.pk)
    with pytest.raises(NotAllowedHere):
        make_copy(scene, version)
    assert make_copy(scene, version, by=own.user.act_as(own, NOW.date())).marked >= 1


@pytest.mark.parametrize("kind", ["tillegg", "noe"])
def test_there_is_no_register_of_other_kinds(client, scene, version, kind):
    sign_in(client, scene.eier)

    assert client.get(register_url(version, kind)).status_code == 404


def test_the_register_of_a_closed_pulje_is_read_only_but_innsyn_is_given(client, scene, version):
    scene.pulje.status = "closed"
    scene.pulje.save()
    sign_in(client, scene.eier)
    typed = {"public_title": "x", "access_code": "open", "legal_basis": ""}

    assert client.get(register_url(version)).status_code == 200
    assert client.post(register_url(version), typed).status_code == 403
    with pytest.raises(PuljeClosed):
        register_paper(version=version, **typed, by=scene.by("eier"), now=NOW)
    assert make_copy(scene, version).pk


def test_the_owner_keeps_the_register_of_the_meetings_at_its_own_level(client, scene):
    held = held_meeting(scene, "styringsgruppemoete_fysisk")
    version = send_referat(scene, make_referat(scene, held, office="eier"), office="eier")
    sign_in(client, scene.eier)
    own = client.get(register_url(version, "referat"))
    sign_in(client, scene.statsforvalter)
    read = client.get(register_url(version, "referat"))

    assert f"Referat, {scene.deltakelse.owner}, 17. november 2026" in own.content.decode()
    assert read.status_code == 403
    assert make_copy(scene, version, marked=("saker.0.summary:0",)).marked >= 1


def test_the_facts_stand_on_the_pages_of_the_papers(client, scene, version):
    place = reverse("meetings:grunnlag_detail", args=[version.paper.meeting_id])
    title = f"Veiledningsgrunnlag, {scene.skole.unit.name}, 3. desember 2026"

    sign_in(client, scene.veileder)
    read = client.get(place).content.decode()
    sign_in(client, scene.eier)
    kept = client.get(place).content.decode()

    assert title in read
    assert register_url(version) not in read
    assert register_url(version) in kept
