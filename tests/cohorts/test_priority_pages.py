"""Ordering the list in a browser without a script, sending it, and who gets to see it."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.template.loader import render_to_string
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.actions.priority import reopen_list, save_list
from cohorts.models import PriorityList, PriorityListVersion
from cohorts.views.priority_summary import summary_context
from tests.factories.people import acting_as, make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    add_soeknad_unit,
    assess,
    decide,
    make_candidate,
    make_embete,
    make_list,
    make_private_school,
    make_soeknad,
)
from tests.factories.register import (
    KommuneFactory,
    OwnerFactory,
    SkoleFactory,
    StatsforvalterFactory,
)

pytestmark = pytest.mark.django_db
EDIT = "/opptak/10/prioritering/"
NATIONAL_ID = "01010750160"
NAMES = ("Elveskar", "Storholmen", "Sundmark")


@pytest.fixture
def embete():
    return make_embete()


@pytest.fixture
def role(client, embete):
    found = make_role("statsforvalter", embete.statsforvalter)
    sign_in(client, found)
    return found


def assessed(embete, name, **values):
    owner = OwnerFactory(kommune=KommuneFactory(name=name))
    soeknad = make_soeknad(make_candidate(embete, owner), sent=True, **values)
    assess(soeknad)
    return soeknad


def listed_three(client, embete):
    """Three søknader on the list: the list and the keys of its entries."""
    for name in NAMES:
        assessed(embete, name)
    client.get(EDIT)
    listed = PriorityList.objects.get()
    return listed, list(listed.entries.order_by("rank").values_list("pk", flat=True))


def typed(listed, ranks, **values):
    """What the page posts: a number and a reason of each entry, and the rest."""
    listed.refresh_from_db()
    data = {"edit_version": listed.edit_version, "note": listed.note, "wanted": ""}
    for key, rank in ranks.items():
        data |= {f"rank_{key}": rank, f"reason_{key}": "Arbeidet er godt forankret."}
    return data | values


def names_in_order(listed):
    entries = listed.entries.order_by("rank").select_related("soeknad__candidate__owner__kommune")
    return [str(each.soeknad.candidate.owner.kommune) for each in entries]


def test_the_page_shows_the_list_the_line_and_the_checks(client, embete, role):
    listed_three(client, embete)
    waiting = make_soeknad(
        make_candidate(embete, OwnerFactory(kommune=KommuneFactory(name="Kvernlia"))), sent=True
    )

    response = client.get(EDIT)

    assertContains(response, "Én søknad gjenstår før lista kan sendes")
    assertContains(response, "Elveskar kommune")
    assertContains(response, "1 skole og 1 barnehage")
    assertContains(response, "Hit rekker plassene: 2 kommuner</span>")
    assertContains(response, "Alle på lista har begrunnelse")
    assertContains(response, "Kvernlia kommune er ikke vurdert.")
    assertContains(response, "Bare embetet ser lista nå.")
    assert response.context["reach"].after == 2
    assert PriorityList.objects.get().entries.filter(soeknad=waiting).count() == 0


def test_numbers_give_the_order(client, embete, role):
    listed, (one, two, three) = listed_three(client, embete)

    response = client.post(EDIT, typed(listed, {one: 2, two: 3, three: 1}, handling="lagre"))

    assertRedirects(response, EDIT)
    assert names_in_order(listed) == ["Sundmark", "Elveskar", "Storholmen"]


def test_arrows_move_a_line_without_a_script(client, embete, role):
    listed, (one, two, three) = listed_three(client, embete)
    ranks = {one: 1, two: 2, three: 3}

    response = client.post(EDIT, typed(listed, ranks, move=f"up-{three}"))
    assertRedirects(response, f"{EDIT}#rad-{three}", fetch_redirect_response=False)
    assert names_in_order(listed) == ["Elveskar", "Sundmark", "Storholmen"]

    client.post(EDIT, typed(listed, {one: 1, three: 2, two: 3}, move=f"down-{one}"))
    assert names_in_order(listed) == ["Sundmark", "Elveskar", "Storholmen"]
    client.post(EDIT, typed(listed, {three: 1, one: 2, two: 3}, move=f"up-{three}"))
    client.post(EDIT, typed(listed, {three: 1, one: 2, two: 3}, move="up-999999"))
    assert names_in_order(listed) == ["Sundmark", "Elveskar", "Storholmen"]


def test_the_same_rank_twice_is_an_error_that_names_both_and_loses_nothing(client, embete, role):
    listed, (one, two, three) = listed_three(client, embete)
    data = typed(listed, {one: 2, two: 2, three: 3}, handling="lagre", note="Samme team.")
    data[f"reason_{one}"] = "Ny begrunnelse."

    response = client.post(EDIT, data)

    text = "Elveskar kommune og Storholmen kommune har samme nummer: 2. Gi dem hvert sitt."
    assertContains(response, f'<a class="ds-link" href="#id_rank_{one}">{text}</a>')
    assertContains(response, f'id="id_rank_{two}_error"')
    assertContains(response, text, count=3)  # once in the summary, and at each of the two fields
    assertContains(response, "Feil:")
    assertContains(response, "Samme team.")
    assert names_in_order(listed) == list(NAMES)
    listed.refresh_from_db()
    assert listed.note == "Samme team."
    assert listed.entries.get(pk=one).reason == "Ny begrunnelse."


@pytest.mark.parametrize("rank", ["0", "4", "-1", "", "to", "1.5"])
def test_a_number_that_is_none_of_the_places_is_an_error_at_the_field(client, embete, role, rank):
    listed, (one, two, three) = listed_three(client, embete)

    response = client.post(EDIT, typed(listed, {one: rank, two: 2, three: 3}, handling="lagre"))

    assert response.context["form"].errors[f"rank_{one}"] == [
        "Skriv et tall fra 1 til 3 for Elveskar kommune."
    ]
    assert names_in_order(listed) == list(NAMES)


def test_what_is_missing_is_said_at_the_fields_when_it_is_sent_too_early(client, embete, role):
    listed, (one, two, three) = listed_three(client, embete)
    assess(listed.entries.get(pk=two).soeknad, recommendation="reserve")
    candidate = make_candidate(embete, OwnerFactory(kommune=KommuneFactory(name="Kvernlia")))
    make_soeknad(candidate, sent=True)
    data = typed(listed, {one: 1, two: 2, three: 3}, handling="send")
    data[f"reason_{one}"] = ""

    response = client.post(EDIT, data)

    assert response.context["form"].errors == {
        f"reason_{one}": ["Skriv en begrunnelse for Elveskar kommune."],
        f"recommendation_{two}": [
            "Dere har vurdert Storholmen kommune ulikt. Velg hva embetet tilrår."
        ],
        "__all__": ["Kvernlia kommune er ikke vurdert. Vurder søknaden først."],
    }
    assertContains(response, "Dere har vurdert ulikt: Tilrås (")
    assert PriorityListVersion.objects.count() == 0


def test_a_difference_is_settled_by_a_choice(client, embete, role):
    soeknad = assessed(embete, "Elveskar")
    assess(soeknad, recommendation="reserve")
    client.get(EDIT)
    listed = PriorityList.objects.get()
    entry = listed.entries.get()
    choice = {f"recommendation_{entry.pk}": "reserve"}

    client.post(EDIT, typed(listed, {entry.pk: 1}, handling="send", **choice))

    version = PriorityListVersion.objects.get()
    assert version.content["entries"][0]["recommendation"] == "reserve"


def test_sending_gives_a_receipt_and_a_second_click_the_same(client, embete, role):
    listed, keys = listed_three(client, embete)
    data = typed(listed, {key: n for n, key in enumerate(keys, 1)}, handling="send", wanted="3")

    first = client.post(EDIT, data, follow=True)
    second = client.post(EDIT, data)

    receipt = f"P10-2026-{listed.pk:04}-1"
    assertContains(first, f"Lista er sendt til Udir. Kvittering {receipt}.")
    assertRedirects(second, f"/lister/{listed.pk}/")
    version = PriorityListVersion.objects.get()
    assert (version.receipt, version.content["wanted"]) == (receipt, 3)
    assertRedirects(client.get(EDIT), f"/lister/{listed.pk}/")


def test_a_late_list_asks_why(client, embete, role):
    embete.opptak.pulje.dates.filter(key="prioritert_liste").update(date=NOW - timedelta(days=2))
    assessed(embete, "Elveskar")
    assertContains(client.get(EDIT), "Fristen er ute. Skriv hvorfor lista sendes nå")
    listed = PriorityList.objects.get()
    data = typed(listed, {listed.entries.get().pk: 1}, handling="send")

    refused = client.post(EDIT, data)
    client.post(EDIT, {**typed(listed, {}), **data, "late_reason": "Sykdom i embetet."})

    assert refused.context["form"].errors["late_reason"] == [
        "Skriv hvorfor lista sendes etter fristen."
    ]
    assert PriorityListVersion.objects.get().late_reason == "Sykdom i embetet."


def test_two_advisers_see_each_other_and_the_second_chooses(client, embete, role):
    listed, (one, two, three) = listed_three(client, embete)
    mine = typed(listed, {one: 1, two: 3, three: 2}, handling="lagre", note="Min merknad.")
    other = acting_as(make_role("statsforvalter", embete.statsforvalter))
    save_list(
        priority_list=listed,
        edit_version=listed.edit_version,
        data={"order": [two, one, three]},
        by=other,
        now=NOW,
    )

    response = client.post(EDIT, mine)

    assertContains(response, f"{other} endret lista kl. 10.00, mens du skrev", status_code=409)
    assertContains(response, "Min merknad.", status_code=409)
    assertContains(response, 'name="edit_version" value="2"', status_code=409)
    assert names_in_order(listed) == ["Storholmen", "Elveskar", "Sundmark"]
    client.post(EDIT, mine | {"edit_version": 2})
    assert names_in_order(listed) == ["Elveskar", "Sundmark", "Storholmen"]


def test_a_line_that_came_meanwhile_is_kept_last_and_must_be_looked_at(client, embete, role):
    listed, (one, two, three) = listed_three(client, embete)
    data = typed(listed, {one: 3, two: 2, three: 1}, handling="send")
    assessed(embete, "Ulvmarka")

    response = client.post(EDIT, data)

    new = listed.entries.last()
    assert response.context["form"].errors == {
        f"rank_{new.pk}": ["Ulvmarka kommune er kommet til på lista. Se over før du sender."]
    }
    assert names_in_order(listed) == ["Sundmark", "Storholmen", "Elveskar", "Ulvmarka"]


def test_a_line_that_is_withdrawn_meanwhile_falls_out(client, embete, role):
    listed, (one, two, three) = listed_three(client, embete)
    data = typed(listed, {one: 3, two: 2, three: 1}, handling="lagre")
    soeknad = listed.entries.get(pk=two).soeknad
    soeknad.status = "withdrawn"
    soeknad.save()

    assertRedirects(client.post(EDIT, data), EDIT)

    assert names_in_order(listed) == ["Sundmark", "Elveskar"]


def test_a_national_id_is_refused_and_not_stored(client, embete, role):
    listed, (one, two, three) = listed_three(client, embete)
    data = typed(listed, {one: 1, two: 2, three: 3}, handling="send", note=NATIONAL_ID)

    response = client.post(EDIT, data)

    assertContains(response, "Fjern fødselsnummeret fra «Merknad til Udir».")
    listed.refresh_from_db()
    assert (listed.note, listed.sent_at) == ("", None)


def test_what_is_right_is_saved_while_it_is_written(client, embete, role):
    listed, (one, two, three) = listed_three(client, embete)
    data = typed(listed, {one: 2, two: 2, three: 3}, note="Underveis.")

    answer = client.post(f"{EDIT}lagre/", data)
    stale = client.post(f"{EDIT}lagre/", data | {"note": "Fra et annet vindu."})

    assertContains(answer, "Lagret kl. 10.00, men ikke rekkefølgen")
    assertContains(answer, 'name="edit_version" value="2"')
    assert stale.status_code == 409
    listed.refresh_from_db()
    assert listed.note == "Underveis."


def test_an_autosave_says_anew_what_stands_between_the_list_and_udir(client, embete, role):
    listed, (one, two, three) = listed_three(client, embete)
    client.post(EDIT, typed(listed, {one: 1, two: 2, three: 3}, handling="send"))
    listed.refresh_from_db()
    reopen_list(priority_list=listed, reason="Ny vurdering.", by=acting_as(role), now=NOW)
    assertContains(client.get(EDIT), "Lista er klar til å sendes")

    answer = client.post(f"{EDIT}lagre/", typed(listed, {one: 2, two: 1, three: 3}))

    assertContains(answer, '<h1 id="tittel" data-fresh>Noe gjenstår før lista kan sendes</h1>')
    assertContains(answer, "har fått ny plass. Skriv hvorfor")
    page = client.get(EDIT)
    for name in ("tittel", "sjekker", "foer-hjelp"):
        assertContains(answer, f'id="{name}" data-fresh', count=1)
        assertContains(page, f'id="{name}"', count=1)


def test_a_joint_soeknad_moves_the_line(client, embete, role):
    partners = [OwnerFactory(kommune=KommuneFactory(name="Langneset")), OwnerFactory()]
    assessed(embete, "Tranevik", partners=partners)
    assessed(embete, "Elveskar")

    response = client.get(EDIT)

    assertContains(response, "søker sammen med")
    assertContains(response, "tar 3 plasser")
    assertContains(response, "Neste søknad trenger flere plasser enn det er igjen</span>")
    assert response.context["reach"].after == 0


def test_too_many_private_schools_in_a_fylke_are_a_warning(client, embete, role):
    embete.opptak.private_per_fylke = 1
    embete.opptak.save()
    kommune = KommuneFactory()
    for _each in range(2):
        candidate = make_private_school(embete)
        soeknad = make_soeknad(candidate, sent=True, units=0)
        school = SkoleFactory(owner=candidate.owner, kommune=kommune, ownership="privat")
        add_soeknad_unit(soeknad, school)
        assess(soeknad)

    response = client.get(EDIT)

    assertContains(response, f"To frittstående skoler i {kommune.fylke} er på lista.")
    assertContains(response, "Lista er klar til å sendes")


def test_who_may_still_apply_is_told_until_the_deadline(client, embete, role):
    assessed(embete, "Elveskar")
    make_soeknad(make_candidate(embete, OwnerFactory(kommune=KommuneFactory(name="Tranevik"))))

    assertContains(client.get(EDIT), "Tranevik kommune kan søke til onsdag 25. november")

    embete.internal_deadline = NOW.date() - timedelta(days=1)
    embete.save()
    assertNotContains(client.get(EDIT), "Tranevik")


def test_a_soeknad_that_is_assessed_after_the_list_was_sent_is_told(client, embete, role):
    listed = sent_list(embete, "Elveskar")
    assessed(embete, "Kvernlia")

    text = "Kvernlia kommune er vurdert, men står ikke på lista."
    assertContains(client.get(f"/lister/{listed.pk}/"), text)
    sign_in(client, make_role("udir"))
    assertNotContains(client.get(f"/lister/{listed.pk}/"), "Kvernlia")


def sent_list(embete, *names):
    return make_list([assessed(embete, name) for name in names or NAMES], sent=True)


def real_sent_list(client, embete):
    """A list sent through its page, with whole content."""
    listed, keys = listed_three(client, embete)
    client.post(EDIT, typed(listed, {key: n for n, key in enumerate(keys, 1)}, handling="send"))
    listed.refresh_from_db()
    return listed, keys


def reopened_list(client, embete):
    listed, keys = real_sent_list(client, embete)
    response = client.post(f"/lister/{listed.pk}/aapne/", {"reason": "Nye opplysninger."})
    assertRedirects(response, EDIT)
    return listed, keys


def test_version_two_says_why_and_udir_sees_the_difference(client, embete, role):
    listed, (one, two, three) = reopened_list(client, embete)
    ranks = {two: 1, one: 2, three: 3}

    early = client.post(EDIT, typed(listed, ranks, handling="send"))
    why = {f"rank_reason_{one}": "Byttet plass.", f"rank_reason_{two}": "Vedtak i kommunestyret."}
    client.post(EDIT, typed(listed, ranks, handling="send", **why))

    assert early.context["form"].errors == {
        f"rank_reason_{two}": ["Skriv hvorfor Storholmen kommune har fått ny plass."],
        f"rank_reason_{one}": ["Skriv hvorfor Elveskar kommune har fått ny plass."],
    }
    sign_in(client, make_role("udir"))
    response = client.get(f"/lister/{listed.pk}/")
    assertContains(response, "Se hva som er endret")
    assertContains(response, "Nye opplysninger.")
    assertContains(response, "Flyttet opp fra 2 til 1.</b> Vedtak i kommunestyret.")
    assertContains(response, "Flyttet ned fra 1 til 2.</b> Byttet plass.")
    assertContains(response, "Som før: Sundmark kommune")
    first = client.get(f"/lister/{listed.pk}/versjon/1/")
    assertContains(first, "Dette er en eldre versjon.")


def test_udir_never_sees_the_draft_of_a_reopened_list(client, embete, role):
    listed, (one, two, three) = reopened_list(client, embete)
    ranks = {two: 1, one: 2, three: 3}
    client.post(EDIT, typed(listed, ranks, handling="lagre", note="Hemmelig utkast."))
    assertContains(client.get(f"/lister/{listed.pk}/"), "En ny versjon er under arbeid.")
    sign_in(client, make_role("udir"))

    response = client.get(f"/lister/{listed.pk}/")

    assertNotContains(response, "Hemmelig utkast.")
    assertNotContains(response, "under arbeid")
    names = [line.content["name"] for line in response.context["sheet"].lines]
    assert names == [f"{name} kommune" for name in NAMES]


def test_a_quota_that_is_lowered_after_the_list_was_sent_is_told(client, embete, role):
    listed, _keys = real_sent_list(client, embete)
    embete.former_quota, embete.quota, embete.quota_changed_at = 2, 1, NOW + timedelta(hours=1)
    embete.save()

    response = client.get(f"/lister/{listed.pk}/")

    assertContains(
        response,
        "Plassene ble endret fra 2 til 1 fredag 20. november, etter at lista ble sendt.",
    )
    assertContains(response, "Hit rekker plassene: 1 kommune</span>")


def test_a_withdrawal_after_the_list_was_sent_is_marked(client, embete, role):
    listed, (one, _two, _three) = real_sent_list(client, embete)
    soeknad = listed.entries.get(pk=one).soeknad
    soeknad.status = "withdrawn"
    soeknad.save()

    assertContains(client.get(f"/lister/{listed.pk}/"), "trukket etter at lista ble sendt", count=1)


def test_a_list_is_not_opened_without_a_reason_or_after_a_letter(client, embete, role):
    listed, (one, *_rest) = real_sent_list(client, embete)
    address = f"/lister/{listed.pk}/aapne/"
    assertContains(client.get(f"/lister/{listed.pk}/"), "Endre lista")

    missing = client.post(address, {"reason": ""})
    decide(listed.entries.get(pk=one).soeknad, released=True)
    refused = client.post(address, {"reason": "Feil."})

    assertContains(missing, "Fyll ut «Hvorfor trenger dere en ny versjon?».")
    assertContains(refused, "Udir har sendt svar til en på lista.")
    assertNotContains(client.get(f"/lister/{listed.pk}/"), "Endre lista")


def test_another_embete_finds_nothing(client, embete):
    listed = sent_list(embete)
    other = make_embete(embete.opptak, StatsforvalterFactory(code="annet", name="Annet"))
    sign_in(client, make_role("statsforvalter", other.statsforvalter))

    assertNotContains(client.get(EDIT), "Elveskar")
    for path in ("", "versjon/1/", "versjon/1/pdf/", "versjon/1/utskrift/", "aapne/"):
        assert client.get(f"/lister/{listed.pk}/{path}").status_code == 404


@pytest.mark.parametrize("kind", ["eier", "koordinator", "veileder"])
def test_an_applicant_and_others_never_find_a_list(client, embete, kind):
    listed = sent_list(embete)
    owner = listed.entries.first().soeknad.candidate.owner
    sign_in(client, make_role(kind, owner if kind == "eier" else None))

    paths = [EDIT, *(f"/lister/{listed.pk}/{end}" for end in ("", "versjon/1/", "aapne/"))]
    assert [client.get(path).status_code for path in paths] == [404] * 4
    assert client.post(EDIT, {"handling": "send"}).status_code == 404
    assert client.post(f"{EDIT}lagre/").status_code == 404


def test_udir_reads_but_does_not_write(client, embete):
    listed = sent_list(embete)
    draft = make_list(
        [], embete=make_embete(embete.opptak, StatsforvalterFactory(code="annet", name="Annet"))
    )
    sign_in(client, make_role("udir"))

    assertContains(client.get(f"/lister/{listed.pk}/"), "Rekkefølgen")
    assert client.get(f"/lister/{listed.pk}/aapne/").status_code == 403
    assert client.get(f"/lister/{draft.pk}/").status_code == 404
    assert client.get(EDIT).status_code == 404


def test_an_opptak_that_is_over_is_read_only(client, embete, role):
    embete.opptak.closed_at = NOW
    embete.opptak.save()
    assertContains(client.get(EDIT), "Opptaket er ikke åpent.", status_code=403)

    listed = sent_list(embete)

    assertRedirects(client.get(EDIT), f"/lister/{listed.pk}/")
    assertNotContains(client.get(f"/lister/{listed.pk}/"), "Endre lista")


def test_the_pdf_is_in_the_maalform_of_the_embete(client, embete, role):
    embete.statsforvalter.maalform = "nynorsk"
    embete.statsforvalter.save()
    listed, _keys = real_sent_list(client, embete)

    response = client.get(f"/lister/{listed.pk}/versjon/1/pdf/")
    page = client.get(f"/lister/{listed.pk}/versjon/1/utskrift/")

    receipt = f"P10-2026-{listed.pk:04}-1"
    name = f'attachment; filename="prioritert-liste-{receipt}.pdf"'
    assert response["Content-Disposition"] == name
    with pikepdf.open(BytesIO(response.content)) as document:
        assert str(document.docinfo["/Title"]) == f"Prioritert liste til pulje 10, {receipt}"
        assert str(document.Root.Lang) == "nn-NO"
        assert document.Root.MarkInfo.Marked
    assertContains(page, 'lang="nn-NO"')
    assertContains(page, "Plassane rekk til og med nummer 2.")
    assertContains(page, "Elveskar kommune")


def test_the_summary_shows_the_list_and_leads_to_it(client, embete, role):
    listed, _keys = listed_three(client, embete)
    assessed(embete, "Ulvmarka")

    context = summary_context(embete)
    html = render_to_string("cohorts/_priority_summary.html", context)

    assert [line.row.name for line in context["priority"].lines] == [f"{n} kommune" for n in NAMES]
    assert (context["priority"].new, context["priority"].can_change) == (1, True)
    assert f'href="{EDIT}">Endre lista</a>' in html
    assert "1 vurdert søknad settes sist når du åpner lista." in html
    assert "Hit rekker plassene: 2 kommuner" in html

    reopen = {"priority_list": listed, "reason": "Feil.", "by": acting_as(role), "now": NOW}
    with pytest.raises(Exception, match="ikke sendt"):
        reopen_list(**reopen)


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_the_same_queries_however_long_the_list(
    client, django_assert_num_queries, embete, role, count
):
    for number in range(count):
        assessed(embete, f"Kommune {number}", partners=[OwnerFactory() for _each in range(count)])
    client.get(EDIT)

    with django_assert_num_queries(23):
        assert len(client.get(EDIT).context["lines"]) == count
    with django_assert_num_queries(10):
        summary_context(embete)
