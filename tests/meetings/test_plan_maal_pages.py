"""Goals and tiltak of a plan, written and moved on their pages."""

import pytest

from cohorts.models import Maal, Tiltak
from tests.factories.own_work import make_comment, make_line, make_maal, make_plan, make_tiltak
from tests.factories.papers import NATIONAL_ID
from tests.factories.people import sign_in
from tests.factories.plan_forms import form_of, get, page
from tests.markup import squeeze

pytestmark = pytest.mark.django_db
MAAL = {
    "title": "Trygge overganger",
    "long_term": "Alle kommer trygt inn.",
    "semester_goal": "Alle team følger rutinen.",
    "indicator": "Vi ser det på observasjonene.",
    "delmaal": ["ledelse"],
}
TILTAK = {
    "title": "Samme voksen",
    "problem": "Uro i gangen",
    "what": "Den som er ute, følger inn",
    "period": "Fra november",
    "who": "Teamlederne",
    "evaluate_on": "16.12.2026",
    "evaluate_where": "i arbeidsgruppa",
    "status": "not_begun",
    "level": "system",
    "concerns": "",
}


def test_the_first_goal_begins_the_plan(client, scene):
    sign_in(client, scene.arbeidsgruppe)

    response = client.post(page("maal_create", scene), MAAL)

    maal = Maal.objects.get()
    assert response.url == page("plan_detail", scene)
    assert (maal.title, maal.delmaal, maal.plan.unit) == (
        "Trygge overganger",
        ["ledelse"],
        scene.skole,
    )


def test_a_goal_is_prefilled_from_the_worksheet_and_linked(client, scene):
    line = make_line(scene, text="Overgangene er utrygge")
    sign_in(client, scene.leder)

    shown = get(client, scene, "maal_create", query=f"?linje={line.pk}")
    client.post(f"{page('maal_create', scene)}?linje={line.pk}", MAAL)

    line.refresh_from_db()
    assert shown.context["form"].initial["long_term"] == "Overgangene er utrygge"
    assert line.maal == Maal.objects.get()


@pytest.mark.parametrize("line", ["x", "999999", "9" * 30])
def test_a_line_that_is_not_there_is_passed_over(client, scene, line):
    sign_in(client, scene.leder)

    assert get(client, scene, "maal_create", query=f"?linje={line}").status_code == 200


def test_what_is_missing_is_said_at_the_field(client, scene, plan):
    maal = Maal.objects.get()
    sign_in(client, scene.leder)

    response = client.post(page("tiltak_create", scene, maal.pk), {**TILTAK, "problem": " "})

    body = response.content.decode()
    assert "Fyll ut «Hva skal det løse?»." in body
    assert "Den som er ute, følger inn" in body
    assert Tiltak.objects.count() == 1


def test_a_date_is_written_as_people_write_it(client, scene, plan):
    sign_in(client, scene.leder)

    client.post(page("tiltak_create", scene, Maal.objects.get().pk), TILTAK)

    body = get(client, scene, "plan_detail").content.decode()
    assert "16. desember, i arbeidsgruppa" in body


def test_a_national_id_is_refused_and_the_rest_stands(client, scene, plan):
    sign_in(client, scene.leder)

    response = client.post(page("maal_create", scene), {**MAAL, "long_term": f"Om {NATIONAL_ID}"})

    assert "Fjern fødselsnummeret" in response.content.decode()
    assert Maal.objects.count() == 1


def test_a_spot_where_somebody_may_be_recognised_is_looked_over_first(client, scene, plan):
    sign_in(client, scene.leder)
    data = {**MAAL, "long_term": "Mor til Ali på 3. trinn ringte 912 34 567."}

    stopped = client.post(page("maal_create", scene), data)

    assert stopped.status_code == 200
    assert "Jeg har sett over teksten" in stopped.content.decode()
    assert Maal.objects.count() == 1


def test_of_two_who_save_the_second_sees_both_texts(client, scene, plan):
    tiltak = Tiltak.objects.get()
    sign_in(client, scene.leder)
    mine = form_of(get(client, scene, "tiltak_edit", tiltak.pk)) | {"who": "Min tekst"}
    Tiltak.objects.update(who="Den andres tekst")

    response = client.post(page("tiltak_edit", scene, tiltak.pk), mine)

    body = response.content.decode()
    assert response.status_code == 409
    assert "Min tekst" in body
    assert "Den andres tekst" in body
    again = form_of(response) | {"who": "Min tekst"}
    assert client.post(page("tiltak_edit", scene, tiltak.pk), again).status_code == 302
    tiltak.refresh_from_db()
    assert tiltak.who == "Min tekst"


def test_a_status_is_set_in_one_press(client, scene, plan):
    tiltak = Tiltak.objects.get()
    sign_in(client, scene.arbeidsgruppe)

    client.post(page("tiltak_status", scene, tiltak.pk), {"status": "done"})

    tiltak.refresh_from_db()
    assert tiltak.status == "done"
    wrong = client.post(page("tiltak_status", scene, tiltak.pk), {"status": "x"})
    assert wrong.status_code == 403


def test_goals_and_tiltak_are_moved(client, scene, plan):
    maal = Maal.objects.get()
    second = make_maal(plan, "Likt", position=2)
    last = make_tiltak(maal, "Sist", position=2)
    sign_in(client, scene.leder)

    client.post(page("maal_move", scene, second.pk), {"vei": "opp"})
    client.post(page("tiltak_move", scene, last.pk), {"vei": "opp"})

    assert list(plan.maal.values_list("title", flat=True)) == ["Likt", "Trygge overganger"]
    assert maal.tiltak.first() == last


def test_a_goal_is_ended_and_taken_up_again(client, scene, plan):
    maal = Maal.objects.get()
    sign_in(client, scene.leder)

    client.post(page("maal_end", scene, maal.pk), {"avslutt": "ja"})
    assert "Avsluttede mål og tiltak" in get(client, scene, "plan_detail").content.decode()

    client.post(page("maal_end", scene, maal.pk), {"avslutt": "nei"})
    maal.refresh_from_db()
    assert maal.ended_on is None


def test_the_parts_of_another_units_plan_are_not_found(client, scene, plan):
    other = make_maal(make_plan(scene, scene.barnehage))
    tiltak = make_tiltak(other)
    comment = make_comment(scene, other.plan)
    sign_in(client, scene.leder)

    assert get(client, scene, "maal_edit", other.pk).status_code == 404
    assert get(client, scene, "tiltak_create", other.pk).status_code == 404
    assert get(client, scene, "tiltak_edit", tiltak.pk).status_code == 404
    assert get(client, scene, "tiltak_check", tiltak.pk).status_code == 404
    assert get(client, scene, "plan_comment_answer", comment.pk).status_code == 404


def test_the_self_check_is_filled_in_and_shown_without_a_score(client, scene, plan):
    tiltak = Tiltak.objects.get()
    sign_in(client, scene.leder)
    assert get(client, scene, "tiltak_check", tiltak.pk).status_code == 200

    client.post(page("tiltak_check", scene, tiltak.pk), {"loven": "yes", "foreldrene": "no"})

    tiltak.refresh_from_db()
    assert tiltak.self_check == {"foreldrene": "no", "loven": "yes"}
    body = squeeze(get(client, scene, "plan_detail").content)
    assert "Vi gjør det lovteksten ber oss om: <b>ja</b>" in body
