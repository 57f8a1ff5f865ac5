"""A version of the plan that was reported: hidden, and cleaned together with the plan itself."""

import pytest
from django.urls import reverse

from meetings.actions.privacy_clean import clean_text
from tests.factories.own_work import (
    PLAN_SECRET,
    make_maal,
    make_plan,
    make_plan_version,
    make_tiltak,
)
from tests.factories.papers import AFTER
from tests.factories.people import acting_as, sign_in
from tests.factories.plan_forms import page
from tests.factories.privacy import make_report
from tests.markup import squeeze

pytestmark = pytest.mark.django_db

CLEAN = "Vi ser etter overganger."


def test_a_plan_is_cleaned_with_what_the_plan_says_now(scene):
    plan = make_plan(scene)
    tiltak = make_tiltak(make_maal(plan))
    version = make_plan_version(plan, scene.by("leder"))
    report = make_report(version, scene.veileder)

    edition = clean_text(
        report=report,
        texts={"note": CLEAN},
        confirmed=True,
        by=acting_as(scene.leder),
        now=AFTER,
    )

    tiltak.refresh_from_db()
    assert (edition.number, edition.content["note"], tiltak.what) == (2, CLEAN, CLEAN)
    assert PLAN_SECRET not in str(edition.content)


# --- the pages ----------------------------------------------------------------------------------


@pytest.fixture
def version(scene):
    plan = make_plan(scene)
    make_tiltak(make_maal(plan))
    return make_plan_version(plan, scene.by("leder"))


def test_every_reader_may_report_the_plan(client, scene, version):
    sign_in(client, scene.veileder)

    assert reverse("meetings:privacy_report", args=["plan", version.pk]) in squeeze(
        client.get(page("plan_version", scene, 1)).content.decode()
    )


@pytest.mark.parametrize("office", ["veileder", "ppt", "eier", "koordinator", "arbeidsgruppe"])
def test_a_hidden_plan_is_shown_to_nobody_else(client, scene, version, office):
    make_report(version, scene.ppt)
    sign_in(client, getattr(scene, office))

    detail = client.get(page("plan_detail", scene))
    others = [
        client.get(page(name, scene, *args))
        for name, args in (
            ("plan_version", [1]),
            ("plan_pdf", [1]),
            ("plan_print", [1]),
            ("plan_versions", []),
            ("plan_comment", []),
            ("plan_review", []),
            ("plan_edit", []),
        )
    ]

    assert "Versjon 1 av planen er skjult." in squeeze(detail.content.decode())
    assert not [each for each in [detail, *others] if PLAN_SECRET in each.content.decode()]


@pytest.mark.parametrize("name", ["plan_version", "plan_pdf", "plan_print"])
def test_a_hidden_version_says_calmly_who_cleans_it_and_where_the_plan_is(
    client, scene, version, name
):
    make_report(version, scene.ppt)
    sign_in(client, scene.veileder)

    response = client.get(page(name, scene, 1))

    text = squeeze(response.content.decode())
    assert response.status_code == 403
    assert "Versjon 1 av planen er skjult" in text
    assert "Det er rektor som lager en renset versjon." in text
    assert page("plan_detail", scene) in text
    assert "Du har ikke tilgang" not in text


def test_the_leader_still_reads_the_plan_and_finds_the_way(client, scene, version):
    report = make_report(version, scene.ppt)
    sign_in(client, scene.leder)

    text = client.get(page("plan_detail", scene)).content.decode()

    assert PLAN_SECRET in text
    assert reverse("meetings:privacy_clean", args=[report.pk]) in text


def test_an_older_hidden_version_leaves_the_plan_as_it_is(client, scene, version):
    make_plan_version(version.plan, scene.by("leder"), number=2)
    make_report(version, scene.ppt)
    sign_in(client, scene.veileder)

    detail = client.get(page("plan_detail", scene))
    codes = [client.get(page("plan_version", scene, number)).status_code for number in (1, 2)]

    assert PLAN_SECRET in detail.content.decode()
    assert codes == [403, 200]
