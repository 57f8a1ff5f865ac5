"""The page of a review: a shared draft that is saved while it is written, and the version."""

import pytest
from django.urls import reverse

from cohorts.actions.plan_review import save_review, start_review
from cohorts.models import PlanReview, PlanVersion, Tiltak
from meetings.actions.obligation import sync_semester_obligations
from meetings.queries.plan import review_obligation
from tests.factories.meetings import NOW
from tests.factories.own_work import make_maal, make_plan, make_tiltak
from tests.factories.papers import NATIONAL_ID
from tests.factories.people import sign_in
from tests.factories.plans import save_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(scene):
    plan = make_plan(scene)
    make_tiltak(make_maal(plan), status="under_way")
    return plan


@pytest.fixture
def path(scene):
    return reverse("meetings:plan_review", args=[scene.skole.pk])


@pytest.fixture
def autosave(scene):
    return reverse("meetings:plan_review_autosave", args=[scene.skole.pk])


def typed(response, **changes):
    """What a browser would post from the page, with what the writer adds."""
    form = response.context["form"]
    pk = form.tiltak[0].pk if form.tiltak else 0
    data = {
        "edit_version": str(response.context["edit_version"]),
        "nummer": str(response.context["number"]),
        "held_on": "20.11.2026",
        f"verdict-{pk}": "continue",
        f"text-{pk}": "",
        "voices": "Elevrådet merker at det er roligere.",
        "conclusion": "continue",
        "ahead": "Rutinen skal tåle vikarer.",
        "next_review": "03.06.2027",
        "handling": "send",
    }
    return data | changes


def test_looking_at_the_review_stores_nothing(client, scene, plan, path):
    sign_in(client, scene.leder)

    body = client.get(path).content.decode()

    assert "Lagre som versjon 1" in body
    assert "Er planen klar?" in body
    assert PlanReview.objects.count() == 0


def test_beside_it_stand_only_the_points_that_are_no_yes(client, scene, plan, path):
    tiltak = Tiltak.objects.get()
    tiltak.self_check = {"foreldrene": "no", "loven": "yes"}
    tiltak.save()
    sign_in(client, scene.leder)

    response = client.get(path)

    (row,) = response.context["checks"]
    assert ([each.answer for each in row["checks"]], len(row["weak"])) == (["Nei", "Ja"], 1)
    assert "Vi gjør det lovteksten ber oss om" not in response.content.decode()


def test_a_plan_without_goals_leads_back_to_the_plan(client, scene, path):
    sign_in(client, scene.leder)

    assert client.get(path).url == reverse("meetings:plan_detail", args=[scene.skole.pk])


def test_the_leader_saves_a_version_and_the_duty_is_met(client, scene, plan, path):
    semester = scene.pulje.semesters.get(number=3)
    sync_semester_obligations(semester=semester, now=NOW)
    sign_in(client, scene.leder)

    response = client.post(path, typed(client.get(path)))

    assert response.url == reverse("meetings:plan_version", args=[scene.skole.pk, 1])
    assert "Versjon 1 er lagret" in client.get(response.url).content.decode()
    assert review_obligation(scene.skole, semester).met_at is not None


def test_the_next_review_asks_whether_the_plan_works(client, scene, plan, path):
    save_version(scene, plan)
    sign_in(client, scene.leder)

    body = client.get(path).content.decode()

    assert "Virker planen?" in body
    assert "Lagre som versjon 2" in body
    assert "Versjon 1 fra 20. november blir liggende." in body


def test_the_arbeidsgruppe_prepares_and_does_not_save_a_version(client, scene, plan, path):
    sign_in(client, scene.arbeidsgruppe)
    page = client.get(path)
    assert "Lagre som versjon" not in page.content.decode()

    assert client.post(path, typed(page)).status_code == 403
    assert PlanVersion.objects.count() == 0
    assert client.post(path, typed(page, handling="lagre")).status_code == 302
    assert PlanReview.objects.get().ahead == "Rutinen skal tåle vikarer."


def test_a_double_press_makes_one_version(client, scene, plan, path):
    tiltak = Tiltak.objects.get()
    sign_in(client, scene.leder)
    data = typed(
        client.get(path), **{f"verdict-{tiltak.pk}": "end", f"text-{tiltak.pk}": "Virket ikke."}
    )

    first, second = client.post(path, data), client.post(path, data)

    assert first.url == second.url
    assert PlanVersion.objects.count() == 1
    assert PlanReview.objects.count() == 1
    tiltak.refresh_from_db()
    assert tiltak.status == "ended"


def test_what_is_written_while_another_saves_the_version_stands_in_a_new_draft(
    client, scene, plan, path
):
    sign_in(client, scene.leder)
    data = typed(client.get(path), ahead="Min egen tekst")
    save_version(scene, plan)

    response = client.post(path, data)

    assert response.url == path
    assert PlanVersion.objects.count() == 1
    assert PlanReview.objects.get(version=None).ahead == "Min egen tekst"
    assert "Min egen tekst" in client.get(path).content.decode()


def test_an_unfinished_review_is_kept_as_a_draft_and_says_what_is_missing(
    client, scene, plan, path
):
    tiltak = Tiltak.objects.get()
    sign_in(client, scene.leder)
    changes = {f"verdict-{tiltak.pk}": "adjust", "conclusion": "", "next_review": "1.1.2020"}

    response = client.post(path, typed(client.get(path), **changes))

    body = response.content.decode()
    assert "Skriv hva som skal endres: «Samme voksen følger inn»." in body
    assert f'href="#id_text-{tiltak.pk}"' in body
    assert "Neste gjennomgang må være etter denne." in body
    assert "Ingen ny versjon er laget. Det du har skrevet, er lagret i utkastet." in body
    assert PlanVersion.objects.count() == 0
    assert PlanReview.objects.get().voices == "Elevrådet merker at det er roligere."


def test_a_review_in_the_future_is_refused(client, scene, plan, path):
    sign_in(client, scene.leder)

    response = client.post(path, typed(client.get(path), held_on="21.11.2026"))

    assert "Datoen kan ikke være i framtiden." in response.content.decode()


def test_a_national_id_is_not_stored(client, scene, plan, path):
    sign_in(client, scene.leder)

    response = client.post(path, typed(client.get(path), voices=f"Gutten {NATIONAL_ID}"))

    assert "Teksten inneholder et fødselsnummer" in response.content.decode()
    review = PlanReview.objects.get()
    assert (review.voices, review.ahead) == ("", "Rutinen skal tåle vikarer.")


def test_two_who_write_in_the_draft_see_both_texts(client, scene, plan, path):
    sign_in(client, scene.leder)
    review = start_review(plan=plan, by=scene.by("leder"), now=NOW)
    page = client.get(path)
    save_review(
        review=review,
        edit_version=1,
        data={"ahead": "Den andres tekst"},
        by=scene.by("arbeidsgruppe"),
        now=NOW,
    )

    response = client.post(path, typed(page, ahead="Min tekst", handling="lagre"))

    body = response.content.decode()
    assert response.status_code == 409
    assert "Min tekst" in body
    assert "Den andres tekst" in body
    again = client.post(path, typed(response, ahead="Min tekst", handling="lagre"))
    assert again.status_code == 302
    review.refresh_from_db()
    assert review.ahead == "Min tekst"


def test_it_is_saved_while_it_is_written(client, scene, plan, path, autosave):
    sign_in(client, scene.arbeidsgruppe)
    data = typed(client.get(path), ahead="Halvt skr", conclusion="")

    response = client.post(autosave, data)

    assert response.status_code == 200
    assert "Lagret kl. 10.00" in response.content.decode()
    review = PlanReview.objects.get()
    assert (review.ahead, review.conclusion) == ("Halvt skr", "")
    assert response["X-Edit-Version"] == str(review.edit_version)


def test_saving_without_a_session_says_so(client, plan, autosave):
    assert client.post(autosave, {"ahead": "Hei"}).status_code == 401
    assert PlanReview.objects.count() == 0


def test_a_form_that_comes_without_a_session_is_shown_back(client, plan, path):
    response = client.post(path, {"ahead": "Det jeg skrev", "text-1": "Om tiltaket"})

    assert response.status_code == 401
    assert "Det jeg skrev" in response.content.decode()
    assert "Om tiltaket" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_tiltak(
    client, scene, plan, path, django_assert_num_queries, rows
):
    maal = plan.maal.get()
    for number in range(rows - 1):
        make_tiltak(maal, f"Nr. {number}")
        make_tiltak(make_maal(plan, f"Mål {number}"))
    sign_in(client, scene.leder)
    client.get(path)

    with django_assert_num_queries(16):
        client.get(path)


def test_saving_over_another_says_who_and_changes_nothing(client, scene, plan, path, autosave):
    sign_in(client, scene.leder)
    review = start_review(plan=plan, by=scene.by("leder"), now=NOW)
    data = typed(client.get(path), ahead="Min tekst")
    other = scene.by("arbeidsgruppe")
    save_review(review=review, edit_version=1, data={"ahead": "Den andres"}, by=other, now=NOW)

    response = client.post(autosave, data)

    assert other.get_short_name() in response.content.decode()
    assert "X-Edit-Version" not in response
    review.refresh_from_db()
    assert review.ahead == "Den andres"


def test_a_number_is_not_saved_while_it_is_written(client, scene, plan, path, autosave):
    sign_in(client, scene.leder)

    response = client.post(autosave, typed(client.get(path), voices=NATIONAL_ID))

    assert "ikke lagret" in response.content.decode()
    assert PlanReview.objects.get().voices == ""
