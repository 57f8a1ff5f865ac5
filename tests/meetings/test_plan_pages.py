"""The pages of a plan: who sees what, and what becomes of what is typed."""

import pytest
from django.urls import reverse

from actors.models import Opening
from cohorts.models import Framdriftsplan, Maal, OtherWork, PlanComment, PuljeStatus, Tiltak
from lmp.lib.wording import small_first
from meetings.actions.obligation import sync_semester_obligations
from tests.factories.cohorts import make_deltakelse, make_pulje
from tests.factories.meetings import NOW, make_scene
from tests.factories.own_work import (
    PLAN_SECRET,
    make_comment,
    make_line,
    make_maal,
    make_plan,
    make_tiltak,
)
from tests.factories.papers import NATIONAL_ID
from tests.factories.people import make_role, sign_in
from tests.factories.plans import save_version
from tests.factories.register import BarnehageFactory, OwnerFactory
from tests.markup import squeeze

pytestmark = pytest.mark.django_db

READERS = ["leder", "arbeidsgruppe", "veileder", "co_veileder", "eier", "ppt", "koordinator"]
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


@pytest.fixture
def scene():
    return make_scene()


@pytest.fixture
def plan(scene):
    plan = make_plan(scene)
    maal = make_maal(plan, semester_goal="Alle team innen jul.", delmaal=["ledelse"])
    make_tiltak(maal, status="under_way")
    return plan


def page(name, scene, *args):
    return reverse(f"meetings:{name}", args=[scene.skole.pk, *args])


def get(client, scene, name, *args, query=""):
    return client.get(page(name, scene, *args) + query)


def form_of(response):
    """What a browser would post from the form of a page, as it was filled in."""
    data = {"edit_version": str(response.context["seen"])}
    for field in response.context["form"]:
        value = field.value()
        if value not in (None, ""):
            shown = field.field.widget.format_value(value)
            data[field.html_name] = shown[0] if isinstance(shown, list) and value else shown
    return data


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


# --- goals and tiltak ----------------------------------------------------------------------------


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


# --- comments and other work ---------------------------------------------------------------------


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


# --- versions ------------------------------------------------------------------------------------


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
