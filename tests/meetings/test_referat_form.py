"""The form of a referat: points under each sak, and who it is for."""

import pytest

from meetings.actions.addendum import write_addendum
from meetings.actions.merknad import add_merknad
from meetings.actions.referat import has_unsent_changes
from meetings.actions.referat_parts import data_of
from meetings.models import FollowUp, Referat, ReferatVersion
from tests.factories.meetings import NOW, make_meeting
from tests.factories.own_work import make_maal, make_plan, make_tiltak
from tests.factories.pages import page
from tests.factories.papers import held_meeting, make_referat, point, send_referat
from tests.factories.people import sign_in
from tests.factories.referat_forms import filled_in, form_of, row_under
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(scene):
    return held_meeting(scene)


def test_a_point_belongs_to_the_sak_it_is_written_under(client, scene, meeting):
    sign_in(client, scene.leder)

    client.post(page("referat_edit", meeting), filled_in(client, meeting) | {"handling": "send"})

    version = ReferatVersion.objects.get()
    assert [(row["text"], row["sak"]) for row in version.content["agreed"]] == [("Prøv rutinen", 2)]
    assert FollowUp.objects.get().text == "Prøv rutinen"


def test_a_point_is_linked_to_a_tiltak_of_the_plan(client, scene, meeting):
    tiltak = make_tiltak(make_maal(make_plan(scene)))
    ended = make_tiltak(tiltak.maal, "Gammelt", status="ended")
    sign_in(client, scene.leder)
    shown = client.get(page("referat_edit", meeting))
    offered = dict(shown.context["page"].points.forms[0].fields["tiltak"].choices)
    row = {f"{row_under(shown, 2)}-tiltak": str(tiltak.pk)}

    client.post(
        page("referat_edit", meeting), filled_in(client, meeting, **row) | {"handling": "send"}
    )

    assert str(ended.pk) not in offered
    assert FollowUp.objects.get().tiltak == tiltak
    assert ReferatVersion.objects.get().content["agreed"][0]["tiltak"] == tiltak.title


def test_there_is_no_choice_of_tiltak_without_a_plan(client, scene, meeting):
    sign_in(client, scene.leder)

    shown = client.get(page("referat_edit", meeting))

    assert "tiltak" not in shown.context["page"].points.forms[0].fields


def test_saving_with_one_more_point_comes_back_to_the_sak(client, scene, meeting):
    sign_in(client, scene.leder)

    response = client.post(
        page("referat_edit", meeting), filled_in(client, meeting) | {"handling": "nytt_punkt:2"}
    )

    assert response.url.endswith("?punkt=2#sak-2")
    again = client.get(response.url)
    assert [section.is_open for section in again.context["page"].sections][:2] == [False, True]
    assert Referat.objects.get().agreed[0]["sak"] == 2


def test_a_point_is_taken_away(client, scene, meeting):
    sign_in(client, scene.leder)
    client.post(page("referat_edit", meeting), filled_in(client, meeting) | {"handling": "lagre"})
    shown = client.get(page("referat_edit", meeting))

    client.post(page("referat_edit", meeting), form_of(shown) | {"handling": "fjern_punkt:0"})

    assert Referat.objects.get().agreed == []


def test_a_half_written_point_is_named_and_nothing_is_lost(client, scene, meeting):
    sign_in(client, scene.leder)
    data = filled_in(client, meeting)
    data = {name: value for name, value in data.items() if not name.endswith("-due")}

    response = client.post(page("referat_edit", meeting), data | {"handling": "send"})

    body = response.content.decode()
    assert "Skriv fristen for punktet." in body
    assert "Prøv rutinen" in body
    assert Referat.objects.get().agreed[0]["text"] == "Prøv rutinen"
    assert ReferatVersion.objects.count() == 0


def test_white_space_is_no_summary(client, scene, meeting):
    sign_in(client, scene.leder)
    typed = filled_in(client, meeting) | {"saker-0-summary": " \u200b\n ", "handling": "send"}

    response = client.post(page("referat_edit", meeting), typed)

    assert "Skriv hva dere kom fram til" in response.content.decode()
    assert ReferatVersion.objects.count() == 0


def test_a_long_text_from_a_word_processor_is_kept(client, scene, meeting):
    sign_in(client, scene.leder)
    long = "\uf0b7 Vi så på overgangene 😀\r\n" * 700
    typed = filled_in(client, meeting) | {"saker-0-summary": long, "handling": "send"}

    response = client.post(page("referat_edit", meeting), typed)

    assert response.status_code == 302
    stored = ReferatVersion.objects.get().content["saker"][0]["summary"]
    assert stored.count("• Vi så på overgangene 😀\n") == 699


def test_a_double_click_sends_once(client, scene, meeting):
    sign_in(client, scene.leder)
    data = filled_in(client, meeting) | {"handling": "send"}

    first, second = (client.post(page("referat_edit", meeting), data) for _n in range(2))

    assert first.url == second.url
    assert (ReferatVersion.objects.count(), FollowUp.objects.count()) == (1, 1)


def test_those_who_get_it_are_named_before_it_is_sent(client, scene, meeting):
    sign_in(client, scene.leder)

    body = client.get(page("referat_edit", meeting)).content.decode()

    assert "Referatet går til fem personer:" in body
    assert all(getattr(scene, office).user.name in body for office in ("veileder", "ppt", "eier"))


def test_each_sak_says_what_type_it_is_while_written_and_when_sent(client, scene, meeting):
    sign_in(client, scene.leder)

    form = squeeze(client.get(page("referat_edit", meeting)).content)
    referat = make_referat(scene, meeting)
    own = {"title": "Uteområdet", "summary": ""}
    saker = [{**each, "summary": "Enige."} for each in [*data_of(referat)["saker"], own]]
    version = send_referat(scene, referat, saker=saker)
    sent = squeeze(client.get(page("referat_detail", meeting)).content)

    types = ["Sak 1 · Orientering", "Sak 2 · Beslutning"]
    assert [each in form for each in types] == [True, True]
    assert [each in sent for each in types] == [True, True]
    stored = [each.get("type") for each in version.content["saker"]]
    assert stored == ["orientering", "beslutning", None]


def test_a_sak_that_gets_another_type_afterwards_changes_no_sent_referat(scene, meeting):
    referat = make_referat(scene, meeting)
    saker = [{**each, "summary": "Enige."} for each in data_of(referat)["saker"]]
    send_referat(scene, referat, saker=saker)
    meeting.saker.update(type="refleksjon")

    assert has_unsent_changes(Referat.objects.get()) is False


def test_the_points_from_before_come_first(client, scene):
    earlier = make_referat(scene, held_meeting(scene, "styringsgruppemoete_digitalt", 10), "eier")
    send_referat(scene, earlier, office="eier", agreed=[point("Fagsamling", "eier")])
    later = held_meeting(scene, "styringsgruppemoete_fysisk", 2)
    sign_in(client, scene.eier)
    shown = client.get(page("referat_edit", later))
    asked = earlier.follow_ups.get()

    client.post(
        page("referat_edit", later),
        form_of(shown) | {f"foer-{asked.pk}-outcome": "partly", "handling": "lagre"},
    )

    body = shown.content.decode()
    assert body.index("Fagsamling") < body.index("Hva kom dere fram til?")
    assert Referat.objects.get(meeting=later).carried == [
        {"follow_up": asked.pk, "outcome": "partly", "comment": ""}
    ]


def test_each_unit_of_a_joint_meeting_has_its_own(client, scene):
    meeting = held_meeting(scene, units=[scene.skole, scene.barnehage])
    sign_in(client, scene.styrer)
    path = f"{page('referat_edit', meeting)}?enhet={scene.barnehage.pk}"
    shown = client.get(path)

    client.post(path, form_of(shown) | {"mellomarbeid": "Vårt", "handling": "lagre"})

    assert [each.unit for each in Referat.objects.all()] == [scene.barnehage]


def test_a_meeting_that_is_to_come_takes_no_referat(client, scene):
    sign_in(client, scene.leder)

    assert client.get(page("referat_edit", make_meeting(scene))).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_referat_asks_as_much_for_one_point_as_for_three(
    client, scene, meeting, count, django_assert_num_queries
):
    referat = make_referat(scene, meeting)
    send_referat(scene, referat, agreed=[point(f"Punkt {n}") for n in range(count)])
    merknader(scene, referat, count)
    sign_in(client, scene.leder)
    client.get(page("referat_detail", meeting))

    with django_assert_num_queries(32):
        client.get(page("referat_detail", meeting))


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_asks_as_much_for_one_point_as_for_three(
    client, scene, meeting, count, django_assert_num_queries
):
    earlier = make_referat(scene, held_meeting(scene, days_ago=10))
    send_referat(scene, earlier, agreed=[point(f"Punkt {n}") for n in range(count)])
    sign_in(client, scene.leder)
    client.get(page("referat_edit", meeting))

    with django_assert_num_queries(32):
        client.get(page("referat_edit", meeting))


def merknader(scene, referat, count):
    """Some merknader, and as many addenda once it is locked."""
    for number in range(count):
        add_merknad(referat=referat, text=f"Merknad {number}", by=scene.by("ppt"), now=NOW)
    Referat.objects.filter(pk=referat.pk).update(status="locked", locked_at=NOW)
    for number in range(count):
        write_addendum(
            referat=referat,
            sak=None,
            text=f"Tillegg {number}",
            reason="Feil",
            by=scene.by("leder"),
            now=NOW,
        )
