"""Ordering the list in a browser without a script: places, two who write, and what it tells."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.actions.priority import reopen_list, save_list
from cohorts.models import PriorityList
from cohorts.views.priority_summary import summary_context
from tests.factories.people import acting_as, make_role
from tests.factories.priority import EDIT, NAMES, assessed, listed_three, typed
from tests.factories.recruitment import (
    NOW,
    add_soeknad_unit,
    assess,
    make_candidate,
    make_private_school,
    make_soeknad,
)
from tests.factories.register import KommuneFactory, OwnerFactory, SkoleFactory

pytestmark = pytest.mark.django_db
NATIONAL_ID = "01010750160"


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
