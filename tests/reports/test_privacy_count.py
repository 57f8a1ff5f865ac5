"""Udir sees how many reports of personal data a pulje has, and nothing else of them."""

import pytest
from django.urls import reverse

from tests.factories.meetings import make_scene
from tests.factories.own_work import make_plan, make_plan_version
from tests.factories.papers import SECRET, send_grunnlag, send_referat
from tests.factories.people import sign_in
from tests.factories.privacy import make_report
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return make_scene()


def pulje_page(client, scene, office):
    sign_in(client, getattr(scene, office))
    path = reverse("reports:pulje_detail", args=[scene.pulje.number])
    return squeeze(client.get(path).content.decode())


def test_udir_sees_the_number(client, scene):
    plan = make_plan_version(make_plan(scene), scene.by("leder"))
    reports = [
        make_report(text, scene.ppt)
        for text in (send_grunnlag(scene), send_referat(scene, agreed=[]), plan)
    ]

    text = pulje_page(client, scene, "udir")

    assert "Tre meldinger om personopplysninger i pulja." in text
    assert SECRET not in text
    assert not [report for report in reports if report.number in text]


def test_without_reports_nothing_is_said(client, scene):
    assert "om personopplysninger i pulja" not in pulje_page(client, scene, "udir")


def test_others_are_not_told(client, scene):
    make_report(send_referat(scene), scene.ppt)

    assert "om personopplysninger i pulja" not in pulje_page(client, scene, "statsforvalter")
