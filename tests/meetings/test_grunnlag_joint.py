"""One leader, two units in the same meeting: one text for both."""

import pytest
from django.urls import reverse

from meetings.actions.grunnlag import start_grunnlag
from meetings.actions.grunnlag_joint import other_units
from meetings.models import Obligation, Veiledningsgrunnlag, VeiledningsgrunnlagVersion
from tests.factories.meetings import NOW, TODAY, make_meeting
from tests.factories.own_work import make_mellomarbeid
from tests.factories.paper_forms import WRITTEN, form_of
from tests.factories.people import make_role, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(scene):
    """The leader of the skole leads the barnehage too."""
    return make_role("leder", scene.barnehage.unit, user=scene.leder.user)


@pytest.fixture
def meeting(scene):
    return make_meeting(scene, units=[scene.skole, scene.barnehage])


def send(client, scene, meeting, **changes):
    path = reverse("meetings:grunnlag_edit", args=[meeting.pk]) + f"?enhet={scene.skole.pk}"
    sign_in(client, scene.leder)
    page = client.get(path)
    data = form_of(page) | WRITTEN | {"handling": "send"} | changes
    return page.content.decode(), client.post(path, data, follow=True).content.decode()


def versions(meeting):
    rows = VeiledningsgrunnlagVersion.objects.filter(paper__meeting=meeting)
    return {row.paper.unit: row for row in rows.select_related("paper__unit__unit")}


def test_which_other_units_the_leader_has_in_the_meeting(scene, both, meeting):
    found = other_units(meeting, scene.skole, scene.leder.user, TODAY)

    assert found == [(scene.barnehage, both)]
    assert other_units(meeting, scene.barnehage, scene.styrer.user, TODAY) == []


def test_one_text_is_sent_for_both(client, scene, both, meeting):
    page, after = send(client, scene, meeting, for_alle="ja", **{"saker-1-title": "Rutinen"})

    sent = versions(meeting)
    skole, barnehage = sent[scene.skole], sent[scene.barnehage]
    owed = Obligation.objects.filter(meeting=meeting, activity__paper="before")
    assert f"Bruk samme tekst for {scene.barnehage}" in page
    assert f"Grunnlaget er også sendt for {scene.barnehage}." in after
    assert skole.content["story"] == barnehage.content["story"]
    assert "Rutinen" in [row["title"] for row in barnehage.content["saker"]]
    assert barnehage.sent_as == f"Styrer, {scene.barnehage.unit}"
    assert [each.met_at is not None for each in owed] == [True, True]


def test_without_the_tick_each_unit_sends_its_own(client, scene, both, meeting):
    send(client, scene, meeting)

    assert list(versions(meeting)) == [scene.skole]


def test_what_is_left_to_answer_keeps_the_other_as_a_draft(client, scene, both, meeting):
    make_mellomarbeid(scene, unit=scene.barnehage)

    _page, after = send(client, scene, meeting, for_alle="ja")

    draft = Veiledningsgrunnlag.objects.get(meeting=meeting, unit=scene.barnehage)
    assert list(versions(meeting)) == [scene.skole]
    assert f"Teksten ligger i utkastet til {scene.barnehage}." in after
    assert draft.questions == WRITTEN["questions"]


def test_what_the_other_unit_has_written_is_not_touched(client, scene, both, meeting):
    draft = start_grunnlag(meeting=meeting, unit=scene.barnehage, by=scene.by("styrer"), now=NOW)
    Veiledningsgrunnlag.objects.filter(pk=draft.pk).update(tried="Vårt eget")

    send(client, scene, meeting, for_alle="ja", tried="Skolens")

    draft.refresh_from_db()
    assert list(versions(meeting)) == [scene.skole]
    assert (draft.tried, draft.questions) == ("Vårt eget", WRITTEN["questions"])


def test_a_leader_of_one_unit_gets_no_such_tick_and_no_such_right(client, scene, meeting):
    page, _after = send(client, scene, meeting, for_alle="ja")

    assert "Bruk samme tekst for" not in page
    assert list(versions(meeting)) == [scene.skole]
