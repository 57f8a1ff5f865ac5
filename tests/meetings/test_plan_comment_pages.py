"""Comments on a plan, and the other work beside it."""

import pytest

from cohorts.models import OtherWork, PlanComment, Tiltak
from lmp.lib.wording import small_first
from tests.factories.people import sign_in
from tests.factories.plan_forms import get, page
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("office", ["veileder", "ppt"])
def test_a_veileder_or_ppt_comments_and_the_unit_answers(client, scene, plan, office):
    tiltak = Tiltak.objects.get()
    sign_in(client, getattr(scene, office))
    path = f"{page('plan_comment', scene)}?tiltak={tiltak.pk}"
    assert client.get(path).status_code == 200

    client.post(path, {"text": "Hva med vikarene?"})

    comment = PlanComment.objects.get()
    assert comment.tiltak == tiltak
    sign_in(client, scene.leder)
    answer = page("plan_comment_answer", scene, comment.pk)
    assert "Hva med vikarene?" in client.get(answer).content.decode()
    client.post(answer, {"answer": "De får en side."})
    body = get(client, scene, "plan_detail").content.decode()
    assert "De får en side." in body
    assert small_first(comment.written_as) in body
    assert client.get(answer).status_code == 302


@pytest.mark.parametrize("office", ["leder", "arbeidsgruppe", "eier", "koordinator"])
def test_others_do_not_comment(client, scene, plan, office):
    sign_in(client, getattr(scene, office))

    response = client.post(page("plan_comment", scene), {"text": "Hei"})

    assert response.status_code == 403
    assert PlanComment.objects.count() == 0


@pytest.mark.parametrize("tiltak", ["x", "999999"])
def test_a_comment_on_nothing_is_not_found(client, scene, plan, tiltak):
    sign_in(client, scene.veileder)

    assert get(client, scene, "plan_comment", query=f"?tiltak={tiltak}").status_code == 404


def test_other_work_stands_beside_the_plan_until_it_is_ended(client, scene, plan):
    sign_in(client, scene.leder)
    data = {"kind": "dembra", "title": "Dembra på 8. trinn", "connection": "Samme gruppe"}

    client.post(page("other_work_create", scene), data)

    work = OtherWork.objects.get()
    assert "Dembra på 8. trinn" in get(client, scene, "plan_detail").content.decode()
    client.post(page("other_work_edit", scene, work.pk), {**data, "title": "Dembra i alt"})
    assert "Dembra i alt" in get(client, scene, "plan_detail").content.decode()
    client.post(page("other_work_end", scene, work.pk))
    assert "Dembra i alt" not in squeeze(get(client, scene, "plan_detail").content)
