"""The worksheet on the page of the kartlegging, and the lists of what to keep and develop.

Every test runs on Friday 20 November 2026, in the third semester of pulje 9.
"""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.actions.pulje import close_pulje
from cohorts.models import ArbeidsarkLine, Omraade
from tests.factories.meetings import NOW
from tests.factories.own_work import make_line, make_maal, make_omraade, make_plan
from tests.factories.people import FOEDSELSNUMMER, acting_as, sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


def page(scene):
    return f"/kartlegging/{scene.skole.pk}/"


def line(**more):
    return {"topic": "trygt_og_godt", "item": "hemmer", "text": "Vikarer", **more}


def test_enter_adds_a_line_and_writing_goes_on_there(client, scene):
    sign_in(client, scene.leder)

    response = client.post(f"{page(scene)}arbeidsark/", line())

    assertRedirects(response, f"{page(scene)}?tema=trygt_og_godt&ny=hemmer")
    shown = squeeze(client.get(response.url).content)
    assert "Vikarer" in shown
    assert 'id="ny-hemmer" name="text" maxlength="300" autocomplete="off" required autofocus>' in (
        shown
    )
    assert shown.count("autofocus") == 1
    assert "Lagret kl. 10.00" in shown


def test_the_topic_is_changed_by_a_link(client, scene):
    make_line(scene, "Vi møter dem i døra")
    make_line(scene, "Vi spør barna", topic="samarbeid_barn")
    sign_in(client, scene.veileder)
    url = f"{page(scene)}?tema=trygt_og_godt"

    response = client.get(url)

    assertContains(response, "Tema: Alle skal ha det trygt og godt.")
    assertContains(response, "Vi møter dem i døra")
    assertNotContains(response, "Vi spør barna")
    assertContains(response, 'href="' + page(scene) + '?tema=samarbeid_barn#arbeidsark"')
    assertNotContains(response, "ny-hemmer")


def test_a_line_leads_on_to_a_goal_until_it_is_one(client, scene):
    maal = make_maal(make_plan(scene), "Trygge overganger", position=1)
    made = make_line(scene, "Samme voksen", maal=maal)
    free = make_line(scene, "Felles start")
    make_line(scene, "Vi hilser", item="fremmer")
    sign_in(client, scene.leder)

    html = squeeze(client.get(page(scene)).content)

    assert "Mål 1: Trygge overganger" in html
    assert f"/planer/{scene.skole.pk}/maal/nytt/?linje={free.pk}" in html
    assert f"?linje={made.pk}" not in html
    assert html.count("Lag mål av dette") == 1


def test_the_worksheet_is_nynorsk(client, scene):
    sign_in(client, scene.leder)
    client.cookies["django_language"] = "nn"
    scene.leder.user.language = "nn"
    scene.leder.user.save()

    response = client.get(page(scene), headers={"accept-language": "nn"})

    assertContains(response, "Fremjar – hemmar – kan påverke")
    assertContains(response, "Kva bidreg til å hemme dette?")
    assertContains(response, "Tenk på vaksne, rutinar, organisering og samarbeid.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" ", "Fyll ut «Tekst»."),
        (f"Om {FOEDSELSNUMMER}", "Fjern fødselsnummeret fra «Tekst»."),
        ("Ring mor til Ali på 912 34 567", "Jeg har sett over teksten."),
    ],
)
def test_a_wrong_line_is_explained_on_a_page_of_its_own(client, scene, text, message):
    sign_in(client, scene.leder)

    response = client.post(f"{page(scene)}arbeidsark/", line(text=text))

    assertContains(response, message)
    assertContains(response, 'name="item" value="hemmer"')
    assertContains(response, "Hva bidrar til å hemme dette?")
    assert ArbeidsarkLine.objects.count() == 0


def test_an_unknown_column_is_refused(client, scene):
    sign_in(client, scene.leder)

    response = client.post(f"{page(scene)}arbeidsark/", line(item="x"))

    assertContains(response, "Arbeidsarket har ikke denne kolonnen.")


def test_a_line_is_changed_and_removed(client, scene):
    made = make_line(scene, "Før")
    sign_in(client, scene.leder)
    url = f"{page(scene)}arbeidsark/{made.pk}/"
    assertContains(client.get(url), 'value="Før"')

    assertRedirects(client.post(url, {"text": "Etter"}), f"{page(scene)}?tema=trygt_og_godt")
    made.refresh_from_db()
    assert made.text == "Etter"

    client.post(f"{url}fjern/")
    assert ArbeidsarkLine.objects.count() == 0


def test_what_to_keep_is_added_changed_and_removed(client, scene):
    sign_in(client, scene.leder)
    url = f"{page(scene)}omraader/"

    response = client.post(url, {"kind": "keep", "text": "Elevrådet blir hørt"})

    assertRedirects(response, f"{page(scene)}?ny=keep")
    made = Omraade.objects.get()
    client.post(f"{url}{made.pk}/", {"text": "Elevrådet"})
    assertContains(client.get(page(scene)), "Elevrådet")
    client.post(f"{url}{made.pk}/fjern/")
    assert Omraade.objects.count() == 0


def test_an_omraade_of_no_kind_is_refused(client, scene):
    sign_in(client, scene.leder)

    response = client.post(f"{page(scene)}omraader/", {"kind": "x", "text": "y"})

    assertContains(response, "Velg om dere vil ta vare på dette eller utvikle det.")


@pytest.mark.parametrize("office", ["arbeidsgruppe", "veileder", "eier", "ppt", "koordinator"])
def test_readers_write_nothing(client, scene, office):
    made, area = make_line(scene), make_omraade(scene)
    sign_in(client, getattr(scene, office))

    assertNotContains(client.get(page(scene)), "Legg til")
    for path in (
        "arbeidsark/",
        "omraader/",
        f"arbeidsark/{made.pk}/",
        f"arbeidsark/{made.pk}/fjern/",
        f"omraader/{area.pk}/",
        f"omraader/{area.pk}/fjern/",
    ):
        assert client.post(f"{page(scene)}{path}", line(kind="keep")).status_code == 403


def test_lines_of_another_unit_are_not_found(client, scene):
    made = make_line(scene)
    made.unit = scene.barnehage
    made.save()
    sign_in(client, scene.leder)

    assert client.get(f"{page(scene)}arbeidsark/{made.pk}/").status_code == 404


def test_a_closed_pulje_is_read_only(client, scene):
    made = make_line(scene)
    close_pulje(pulje=scene.pulje, by=acting_as(scene.udir), now=NOW)
    sign_in(client, scene.leder)

    assertNotContains(client.get(page(scene)), "Lag mål av dette")
    assert client.post(f"{page(scene)}arbeidsark/", line()).status_code == 403
    assert client.post(f"{page(scene)}arbeidsark/{made.pk}/", line()).status_code == 403


def test_signed_out_while_writing_the_line_is_shown_and_leads_back(client, scene):
    lost = client.post(f"{page(scene)}arbeidsark/", line(text="Vi hilser med navn"))
    sign_in(client, scene.leder)

    assertContains(lost, "Vi hilser med navn", status_code=401)
    for path in ("arbeidsark/", "omraader/"):
        assertRedirects(client.get(f"{page(scene)}{path}"), page(scene))
