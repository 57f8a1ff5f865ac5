"""A version of a plan as PDF and as a page to print."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from cohorts.models import Tiltak
from tests.factories.own_work import PLAN_SECRET, make_maal, make_plan, make_tiltak
from tests.factories.people import sign_in
from tests.factories.plans import save_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(scene):
    plan = make_plan(scene, time_set_aside="To timer i uka", children="Elevrådet hver måned.")
    make_tiltak(make_maal(plan, semester_goal="Innen jul."), status="under_way")
    return save_version(scene, plan)


def address(name, version):
    return reverse(f"meetings:{name}", args=[version.plan.unit_id, version.number])


def test_a_plan_as_pdf_has_a_neutral_name_and_a_title(client, scene, version):
    sign_in(client, scene.veileder)

    response = client.get(address("plan_pdf", version))

    assert response["Content-Type"] == "application/pdf"
    disposition = f'attachment; filename="framdriftsplan-{version.receipt}.pdf"'
    assert response["Content-Disposition"] == disposition
    with pikepdf.open(BytesIO(response.content)) as document:
        title = f"Framdriftsplan, {scene.skole}, versjon 1"
        assert str(document.docinfo["/Title"]) == title
        assert str(document.Root.Lang) == "nb-NO"


def test_the_language_is_that_of_the_kommune(client, scene):
    kommune = scene.skole.unit.kommune
    kommune.maalform = "nynorsk"
    kommune.save()
    plan = make_plan(scene)
    make_tiltak(make_maal(plan))
    version = save_version(scene, plan)
    sign_in(client, scene.leder)

    body = client.get(address("plan_print", version)).content.decode()

    assert '<html lang="nn-NO">' in body
    assert "Kva skal det løyse?" in body


def test_the_print_page_carries_the_plan_and_its_checksum(client, scene, version):
    sign_in(client, scene.eier)

    body = client.get(address("plan_print", version)).content.decode()

    assert PLAN_SECRET in body
    assert "To timer i uka" in body
    assert f"kvittering {version.receipt}" in body
    assert f"kontrollsum {version.sha256[:4]} {version.sha256[4:8]}" in body


def test_markup_is_text_in_the_pdf_too(client, scene, version):
    Tiltak.objects.update(what="<script>alert(1)</script><img src=x>")
    again = save_version(scene, version.plan, ahead="Nytt")
    sign_in(client, scene.leder)

    printed = client.get(address("plan_print", again)).content.decode()
    response = client.get(address("plan_pdf", again))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x&gt;" in printed
    with pikepdf.open(BytesIO(response.content)) as document:
        assert "/JavaScript" not in str(document.Root.keys())


def test_pdfua_finds_nothing_to_complain_of(client, scene, version, tmp_path):
    sign_in(client, scene.leder)
    file = tmp_path / "plan.pdf"
    file.write_bytes(client.get(address("plan_pdf", version)).content)

    from pdfua.cli import main

    assert main(["check", str(file)]) == 0
