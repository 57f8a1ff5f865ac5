"""The page of a plan: who reads it, who writes in it, and how it stands."""

import pytest
from django.urls import reverse

from cohorts.models import Framdriftsplan, Maal, OtherWork, PuljeStatus, Tiltak
from meetings.actions.obligation import sync_semester_obligations
from tests.factories.meetings import NOW
from tests.factories.own_work import PLAN_SECRET, make_comment, make_maal, make_plan, make_tiltak
from tests.factories.papers import READERS
from tests.factories.people import make_role, sign_in
from tests.factories.plan_forms import form_of, get, page
from tests.factories.plans import save_version
from tests.factories.register import BarnehageFactory, OwnerFactory
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


# --- who reads it --------------------------------------------------------------------------------


@pytest.mark.parametrize("office", READERS)
def test_those_who_work_together_read_the_plan(client, scene, plan, office):
    sign_in(client, getattr(scene, office))

    assert PLAN_SECRET in get(client, scene, "plan_detail").content.decode()


@pytest.mark.parametrize("office", ["udir", "statsforvalter"])
@pytest.mark.parametrize("name", ["plan_detail", "plan_versions", "plan_version", "plan_pdf"])
def test_the_state_sees_no_text(client, scene, plan, office, name):
    version = save_version(scene, plan)
    sign_in(client, getattr(scene, office))
    args = [version.number] if name in ("plan_version", "plan_pdf") else []

    response = get(client, scene, name, *args)

    assert response.status_code == 403
    assert PLAN_SECRET not in response.content.decode()


def test_the_barnehagemyndighet_and_another_owner_see_no_text(client, scene):
    unit = BarnehageFactory(
        owner=OwnerFactory(),
        kommune=scene.deltakelse.owner.kommune,
        ownership="privat",
    )
    private = scene.deltakelse.units.create(unit=unit)
    make_tiltak(make_maal(make_plan(scene, private)))
    path = reverse("meetings:plan_detail", args=[private.pk])

    for role in (make_role("barnehagemyndighet", unit.kommune), scene.eier):
        sign_in(client, role)
        response = client.get(path)
        assert response.status_code == 403
        assert PLAN_SECRET not in response.content.decode()


@pytest.mark.parametrize("office", ["styrer", "leder"])
def test_a_leader_of_another_unit_finds_nothing(client, scene, plan, office):
    role = scene.styrer if office == "styrer" else make_role("leder")
    sign_in(client, role)

    assert get(client, scene, "plan_detail").status_code == 404


@pytest.mark.parametrize("office", ["veileder", "eier", "ppt", "koordinator"])
def test_readers_do_not_write(client, scene, plan, office):
    maal, tiltak = Maal.objects.get(), Tiltak.objects.get()
    sign_in(client, getattr(scene, office))

    for name, args in (
        ("plan_edit", []),
        ("maal_create", []),
        ("maal_edit", [maal.pk]),
        ("tiltak_create", [maal.pk]),
        ("tiltak_edit", [tiltak.pk]),
        ("tiltak_check", [tiltak.pk]),
        ("plan_review", []),
        ("other_work_create", []),
    ):
        assert get(client, scene, name, *args).status_code == 403, name
    for name, args in (
        ("maal_move", [maal.pk]),
        ("maal_end", [maal.pk]),
        ("tiltak_status", [tiltak.pk]),
        ("tiltak_move", [tiltak.pk]),
        ("plan_review_autosave", []),
    ):
        assert client.post(page(name, scene, *args)).status_code == 403, name
    body = get(client, scene, "plan_detail").content.decode()
    assert "Legg til" not in body
    assert "Start gjennomgangen" not in body


def test_a_closed_pulje_is_read_only(client, scene, plan):
    scene.pulje.status = PuljeStatus.CLOSED
    scene.pulje.save()
    sign_in(client, scene.leder)

    body = get(client, scene, "plan_detail").content.decode()
    refused = get(client, scene, "maal_create")

    assert "Legg til mål" not in body
    assert refused.status_code == 403
    assert "Pulja er avsluttet" in refused.content.decode()


# --- the plan ------------------------------------------------------------------------------------


def test_the_page_says_how_the_plan_stands(client, scene, plan):
    sync_semester_obligations(semester=scene.pulje.semesters.get(number=3), now=NOW)
    make_tiltak(Maal.objects.get(), "Årshjul")
    sign_in(client, scene.leder)

    body = squeeze(get(client, scene, "plan_detail").content)

    assert "Planen er i rute. Gjennomgangen gjenstår.</h1>" in body
    assert "Ett mål og to tiltak. Ett tiltak er i gang og ett er ikke begynt." in body
    assert "arbeidsdager igjen, til fredag 18. desember" in body
    assert "Langsiktig mål 1 · delmål: Ledelse og varig endring" in body
    assert "Start gjennomgangen" in body


def test_an_empty_plan_invites_to_the_first_goal(client, scene):
    sign_in(client, scene.leder)

    body = get(client, scene, "plan_detail").content.decode()

    assert "Planen er tom ennå." in body
    assert page("maal_create", scene) in body
    assert Framdriftsplan.objects.count() == 0


@pytest.mark.parametrize("goals", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_goals(
    client, scene, django_assert_num_queries, goals
):
    plan = make_plan(scene)
    for _each in range(goals):
        maal = make_maal(plan, semester=scene.pulje.semesters.get(number=3))
        for _row in range(goals):
            make_comment(scene, plan, make_tiltak(maal))
    save_version(scene, plan)
    sign_in(client, scene.leder)
    get(client, scene, "plan_detail")

    with django_assert_num_queries(26):
        get(client, scene, "plan_detail")


def test_a_script_tag_is_text_everywhere(client, scene, plan):
    tag = "<script>alert(1)</script>"
    Maal.objects.update(title=tag, long_term=tag, semester_goal=tag, indicator=tag)
    Tiltak.objects.update(title=tag, problem=tag, what=tag, period=tag, who=tag)
    make_comment(scene, plan, Tiltak.objects.get(), text=tag)
    plan.children = tag
    plan.save()
    OtherWork.objects.create(unit=scene.skole, kind="other", title=tag, connection=tag)
    save_version(scene, plan, voices=tag, ahead=tag)
    sign_in(client, scene.leder)

    for name, args in (
        ("plan_detail", []),
        ("plan_version", [1]),
        ("plan_print", [1]),
        ("plan_versions", []),
        ("plan_review", []),
    ):
        body = get(client, scene, name, *args).content.decode()
        assert tag not in body, name
        assert name == "plan_versions" or "&lt;script&gt;alert(1)" in body, name


def test_the_texts_of_the_plan_are_written(client, scene, plan):
    sign_in(client, scene.arbeidsgruppe)
    data = form_of(get(client, scene, "plan_edit")) | {"time_set_aside": "To timer i uka"}

    response = client.post(page("plan_edit", scene), data)

    assert response.url == page("plan_detail", scene)
    assert "To timer i uka" in client.get(response.url).content.decode()
