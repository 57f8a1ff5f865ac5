"""The versions of a plan: read, compared, hidden, and taken along to another pulje."""

import pytest
from django.urls import reverse

from actors.models import Opening
from cohorts.models import Maal, Tiltak
from tests.factories.cohorts import make_deltakelse, make_pulje
from tests.factories.meetings import NOW
from tests.factories.own_work import PLAN_SECRET, make_maal, make_plan, make_tiltak
from tests.factories.people import sign_in
from tests.factories.plan_forms import get, page
from tests.factories.plans import save_version
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


def test_a_version_is_read_with_its_receipt_and_noted_in_the_log(client, scene, plan):
    version = save_version(scene, plan)
    sign_in(client, scene.veileder)

    body = get(client, scene, "plan_version", 1).content.decode()

    assert version.receipt in body
    assert PLAN_SECRET in body
    opening = Opening.objects.get()
    assert (opening.subject, opening.user) == (f"planversion:{version.pk}", scene.veileder.user)


def test_who_reads_the_plan_or_compares_its_versions_is_noted_too(client, scene, plan):
    versions = [save_version(scene, plan, ahead=f"Gang {number}") for number in range(2)]
    sign_in(client, scene.ppt)

    get(client, scene, "plan_detail")
    noted = list(Opening.objects.values_list("subject", flat=True))
    assert noted == [f"planversion:{versions[1].pk}"]

    get(client, scene, "plan_versions")
    assert Opening.objects.filter(user=scene.ppt.user).count() == 2


def test_a_version_that_is_not_there_is_not_found(client, scene, plan):
    sign_in(client, scene.leder)

    assert get(client, scene, "plan_version", 1).status_code == 404
    assert get(client, scene, "plan_pdf", 1).status_code == 404


def test_a_hidden_version_is_read_by_the_leader_alone(client, scene, plan):
    version = save_version(scene, plan)
    version.hidden_at = NOW
    version.save()

    for office, status in (("veileder", 403), ("arbeidsgruppe", 403), ("leder", 200)):
        sign_in(client, getattr(scene, office))
        assert get(client, scene, "plan_version", 1).status_code == status, office
    own = squeeze(get(client, scene, "plan_version", 1).content)
    assert "Versjon 1 av planen er skjult." in own
    assert "Last ned PDF" not in own
    assert "kan lese planen" not in own
    sign_in(client, scene.veileder)
    assert version.receipt not in get(client, scene, "plan_versions").content.decode()


def test_two_versions_are_compared_word_by_word(client, scene, plan):
    save_version(scene, plan)
    tiltak = Tiltak.objects.get()
    tiltak.who = "Teamlederne og SFO"
    tiltak.save()
    make_tiltak(Maal.objects.get(), "Årshjul")
    save_version(scene, plan, ahead="Noe nytt")
    sign_in(client, scene.veileder)

    body = squeeze(get(client, scene, "plan_versions").content)

    assert "To ting er endret fra versjon 1 til 2" in body
    assert "Tiltak: Årshjul" in body
    assert '<ins><span class="ds-sr-only">Lagt til: </span>Teamlederne og SFO</ins>' in body or (
        "og SFO</ins>" in body
    )
    backwards = squeeze(get(client, scene, "plan_versions", query="?fra=2&til=1").content)
    assert "fra versjon 1 til 2" in backwards
    assert get(client, scene, "plan_versions", query="?fra=x&til=99").status_code == 200


def test_one_version_has_nothing_to_be_compared_with(client, scene, plan):
    sign_in(client, scene.leder)
    assert "Planen har ingen versjoner ennå" in get(client, scene, "plan_versions").content.decode()

    save_version(scene, plan)

    body = get(client, scene, "plan_versions").content.decode()
    assert "Planen har bare én versjon så langt" in body


@pytest.mark.parametrize("count", [2, 4])
def test_the_number_of_queries_does_not_grow_with_the_versions(
    client, scene, plan, django_assert_num_queries, count
):
    for number in range(count):
        save_version(scene, plan, ahead=f"Gang {number}")
    sign_in(client, scene.leder)
    get(client, scene, "plan_versions")

    with django_assert_num_queries(20):
        get(client, scene, "plan_versions")


def test_the_plan_of_an_earlier_pulje_is_taken_along(client, scene, plan):
    earlier = make_deltakelse(make_pulje(8), scene.deltakelse.owner)
    before = earlier.units.create(unit=scene.barnehage.unit)
    make_tiltak(make_maal(make_plan(scene, before), "Fra før"))
    sign_in(client, scene.styrer)
    path = reverse("meetings:plan_detail", args=[scene.barnehage.pk])
    copy = reverse("meetings:plan_copy", args=[scene.barnehage.pk])
    assert "Hent planen dere hadde i pulje 8" in client.get(path).content.decode()

    client.post(copy)

    assert list(Maal.objects.filter(plan__unit=scene.barnehage).values_list("title")) == [
        ("Fra før",)
    ]
    assert client.post(copy).status_code == 403
    sign_in(client, scene.leder)
    assert client.post(page("plan_copy", scene)).status_code == 404
