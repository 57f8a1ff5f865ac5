"""The pages where Udir and the koordinator write help texts and questions."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.actions.pulje import close_pulje
from cohorts.actions.template import save_template
from cohorts.models import PaperTemplate
from tests.factories.cohorts import make_pulje
from tests.factories.meetings import make_scene
from tests.factories.people import NOW, acting_as, make_role, sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db

LIST = "/puljer/9/maler/"
EDIT = "/puljer/9/maler/grunnlag/"
EMPTY = {"sp-TOTAL_FORMS": "1", "sp-INITIAL_FORMS": "0", "seen": "0", "handling": "lagre"}
TYPED = {
    **EMPTY,
    "help_tried_bm": "Det dere har gjort.",
    "help_tried_nn": "Det de har gjort.",
    "sp-0-bm": "Hva lærte dere?",
    "sp-0-nn": "Kva lærte de?",
    "reason": "Tydeligere hjelp",
}


@pytest.fixture
def pulje():
    return make_pulje()


@pytest.fixture
def udir(client):
    return sign_in(client, make_role("udir"))


def make_edition(pulje, number=1, **values):
    content = {"help": {"tried": {"bm": f"Hjelp {number}", "nn": f"Hjelp nn {number}"}}}
    return save_template(
        pulje=pulje,
        semester=values.pop("semester", None),
        kind=values.pop("kind", "grunnlag"),
        content={"questions": [], **content},
        reason=f"Grunn {number}",
        seen=number - 1,
        by=acting_as(make_role("udir")),
        now=NOW,
    )


@pytest.mark.parametrize("kind", ["udir", "koordinator"])
def test_udir_and_the_koordinator_open_all_three_pages(client, pulje, kind):
    edition = make_edition(pulje)
    sign_in(client, make_role(kind))

    for url in (LIST, EDIT, f"{LIST}utgave/{edition.pk}/"):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    ("office", "status"),
    [
        ("leder", 403),
        ("styrer", 403),
        ("arbeidsgruppe", 403),
        ("eier", 403),
        ("ppt", 403),
        ("statsforvalter", 403),
        ("veileder", 403),
    ],
)
def test_other_offices_do_not_open_them(client, office, status):
    scene = make_scene()
    edition = make_edition(scene.pulje)
    sign_in(client, getattr(scene, office))

    for url in (LIST, EDIT, f"{LIST}utgave/{edition.pk}/"):
        assert client.get(url).status_code == status
        assert client.post(url, TYPED).status_code in (status, 405)
    assert PaperTemplate.objects.count() == 1


@pytest.mark.parametrize(("kind", "status"), [("admin", 403), ("leder", 404), ("veileder", 404)])
def test_the_pulje_of_others_is_not_there(client, pulje, kind, status):
    sign_in(client, make_role(kind))

    assert client.get(LIST).status_code == status
    assert client.get(EDIT).status_code == status


def test_the_list_says_in_words_where_there_is_none(client, pulje, udir):
    make_edition(pulje)

    body = client.get(LIST).content.decode()

    assert ("én utgave" in body, "Ingen egne ennå" in body, "0 utgaver" in body) == (
        True,
        True,
        False,
    )


def test_settings_lead_to_the_forms(client, pulje, udir):
    assertContains(client.get("/puljer/9/oppsett/"), f'href="{LIST}"')


def test_saving_makes_an_edition_and_shows_it(client, pulje, udir):
    response = client.post(EDIT, TYPED)

    edition = PaperTemplate.objects.get()
    assertRedirects(response, f"{LIST}utgave/{edition.pk}/")
    assert (edition.semester, edition.number, edition.created_by) == (None, 1, udir)
    assert edition.content["help"] == {
        "tried": {"bm": "Det dere har gjort.", "nn": "Det de har gjort."}
    }
    assert [row["bm"] for row in edition.content["questions"]] == ["Hva lærte dere?"]


def test_a_semester_has_an_edition_with_questions_to_its_theme(client, pulje, udir):
    semester = pulje.semesters.get(number=3)
    point = semester.tema.content["focus"][0]["id"]

    client.post(f"{EDIT}?semester=3", {**TYPED, "sp-0-focus": point})

    edition = PaperTemplate.objects.get()
    assert (edition.semester, edition.content["questions"][0]["focus"]) == (semester, point)


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"help_tried_nn": ""}, "id_help_tried_nn", "Skriv teksten på nynorsk også."),
        ({"sp-0-bm": ""}, "id_sp-0-bm", "Skriv teksten på bokmål også."),
        ({"sp-0-help_bm": "Kort."}, "id_sp-0-help_nn", "Skriv teksten på nynorsk også."),
        ({"reason": ""}, "id_reason", "Skriv hva som er endret, og hvorfor."),
        ({"help_tried_bm": "13097248022"}, "id_help_tried_bm", "Fjern fødselsnummeret fra"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_the_rest_stays(
    client, pulje, udir, change, field, message
):
    response = client.post(EDIT, {**TYPED, **change})

    assertContains(response, f'href="#{field}"')
    assertContains(response, message)
    assertContains(response, "Kva lærte de?")
    assertContains(response, "<title>Feil: ")
    assert PaperTemplate.objects.count() == 0


def test_a_question_of_help_alone_needs_both_questions(client, pulje, udir):
    typed = {**EMPTY, "reason": "Ny", "sp-0-help_bm": "Kort.", "sp-0-help_nn": "Stutt."}

    response = client.post(EDIT, typed)

    assertContains(response, 'href="#id_sp-0-bm"')
    assertContains(response, 'href="#id_sp-0-nn"')


def test_the_preview_shows_the_form_in_both_languages_and_saves_nothing(client, pulje, udir):
    response = client.post(EDIT, {**TYPED, "handling": "vis", "reason": ""})

    page = squeeze(response.content)
    aside = page[page.index('id="slik"') :]
    assert 'lang="nb"' in aside
    assert 'lang="nn"' in aside
    for text in ("Det dere har gjort.", "Det de har gjort.", "Hva lærte dere?", "Kva lærte de?"):
        assert text in aside
    assert "Kva fungerte godt?" in aside  # the portal's own label, in nynorsk
    assert "Skriv hva som er endret" not in page  # the reason may wait
    assert PaperTemplate.objects.count() == 0


def test_a_question_is_taken_away(client, pulje, udir):
    client.post(EDIT, TYPED)
    edition = PaperTemplate.objects.get()
    row = edition.content["questions"][0]
    again = {**TYPED, "seen": "1", "sp-INITIAL_FORMS": "1", "sp-0-id": row["id"]}

    client.post(EDIT, {**again, "sp-0-remove": "on"})

    assert PaperTemplate.objects.get(number=2).content["questions"] == []


def test_another_editor_came_first(client, pulje, udir):
    make_edition(pulje)

    response = client.post(EDIT, TYPED)

    assertContains(response, "laget utgave 1 mens du skrev.")
    assertContains(response, "Kva lærte de?")
    assertContains(response, '<input type="hidden" name="seen" value="1">')
    client.post(EDIT, {**TYPED, "seen": "1"})
    assert PaperTemplate.objects.count() == 2


def test_nothing_changed_makes_no_edition(client, pulje, udir):
    edition = make_edition(pulje)
    typed = {**EMPTY, "help_tried_bm": "Hjelp 1", "help_tried_nn": "Hjelp nn 1", "reason": "Ny"}

    response = client.post(EDIT, {**typed, "seen": "1"}, follow=True)

    assertContains(response, "Ingenting er endret.")
    assert list(PaperTemplate.objects.all()) == [edition]


def test_a_semester_begins_with_what_the_pulje_has(client, pulje, udir):
    make_edition(pulje)

    response = client.get(f"{EDIT}?semester=3")

    assertContains(response, "Hjelp nn 1")
    assertContains(response, "Ta i bruk utgave 1")


@pytest.mark.parametrize("query", ["?semester=9", "?semester=x", "?semester=9999999"])
def test_a_semester_that_is_not_there(client, pulje, udir, query):
    assert client.get(EDIT + query).status_code == 404


def test_a_paper_that_is_not_there(client, pulje, udir):
    assert client.get(f"{LIST}moete/").status_code == 404


def test_an_old_edition_is_read_and_the_next_tells_what_changed(client, pulje, udir):
    first, second = make_edition(pulje), make_edition(pulje, 2)

    old = client.get(f"{LIST}utgave/{first.pk}/")
    new = squeeze(client.get(f"{LIST}utgave/{second.pk}/").content)

    assertContains(old, "Dette er en eldre utgave.")
    assertNotContains(old, "Endret fra utgave")
    assert "Endret fra utgave 1" in new
    assert '<del><span class="ds-sr-only">Fjernet: </span>Hjelp 1</del>' in new
    assert '<ins><span class="ds-sr-only">Lagt til: </span>Hjelp 2</ins>' in new
    assert "Grunn 2" in new


def test_an_edition_of_another_pulje_is_not_there(client, pulje, udir):
    edition = make_edition(make_pulje(8))

    assert client.get(f"{LIST}utgave/{edition.pk}/").status_code == 404


def test_a_closed_pulje_is_read_only(client, pulje, udir):
    edition = make_edition(pulje)
    close_pulje(pulje=pulje, by=acting_as(make_role("udir")), now=NOW)

    assertNotContains(client.get(LIST), "Lag egen")
    assertNotContains(client.get(EDIT), "Ta i bruk")
    assertNotContains(client.get(f"{LIST}utgave/{edition.pk}/"), "Lag ny utgave")
    assertContains(client.post(EDIT, TYPED), "Pulja er avsluttet.", status_code=403)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    client, pulje, udir, count, django_assert_num_queries
):
    for number in range(1, count + 1):
        make_edition(pulje, number)
        make_edition(pulje, number, kind="plan", semester=pulje.semesters.get(number=3))
    url = reverse("cohorts:template_list", args=[9])
    client.get(url)

    with django_assert_num_queries(8):
        client.get(url)


def test_a_script_in_a_text_is_shown_as_text(client, pulje, udir):
    client.post(EDIT, {**TYPED, "help_tried_bm": "<script>alert(1)</script>"})
    edition = PaperTemplate.objects.get()

    for url in (EDIT, f"{LIST}utgave/{edition.pk}/"):
        assertNotContains(client.get(url), "<script>alert(1)")
        assertContains(client.get(url), "&lt;script&gt;alert(1)")
