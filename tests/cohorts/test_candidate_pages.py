"""Pages of the working list: the table, the board, one candidate and the contact log."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.models import Candidate, CandidateContact
from cohorts.views.candidate_board import board_context
from tests.factories.people import UserFactory, acting_as, make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    assess,
    decide,
    make_candidate,
    make_embete,
    make_list,
    make_soeknad,
)
from tests.factories.register import (
    FylkeFactory,
    KommuneFactory,
    OwnerFactory,
    StatsforvalterFactory,
)

pytestmark = pytest.mark.django_db

SECRET = "Tilsyn i 2025 etter klage"
NATIONAL_ID = "13097248022"


def kommune_owner(name, **values):
    return OwnerFactory(kommune=KommuneFactory(name=name, **values))


def noted(embete, name="Sørtinden", **values):
    """A candidate whose notes would be bad to leak."""
    notes = {"reason": SECRET, "next_step": SECRET, "next_step_on": date(2026, 11, 18)}
    candidate = make_candidate(embete, kommune_owner(name), **(notes | values))
    CandidateContact.objects.create(
        candidate=candidate,
        on=date(2026, 11, 12),
        how="telefon",
        text=SECRET,
        by=UserFactory(name="Eirik Moen"),
        created_at=NOW,
    )
    return candidate


@pytest.fixture
def embete():
    return make_embete()


@pytest.fixture
def adviser(client, embete):
    """A statsforvalter of the embete, signed in."""
    role = make_role("statsforvalter", embete.statsforvalter, user=UserFactory(name="Liv Aase"))
    sign_in(client, role)
    return role.user


def board(embete, role_or_user, query=""):
    user = acting_as(role_or_user)
    request = RequestFactory().get(f"/opptak/10/{query}")
    request.user = user
    context = board_context(request, embete)
    parts = ("_candidate_head", "_candidate_board")
    page = "".join(render_to_string(f"cohorts/{p}.html", context, request) for p in parts)
    return context, page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_table_takes_the_same_queries_however_long(
    client, embete, adviser, django_assert_num_queries, rows
):
    for row in range(rows):
        candidate = noted(embete, f"Sørtinden {row}", responsible=adviser)
        assess(make_soeknad(candidate, sent=True))

    with django_assert_num_queries(12):
        response = client.get("/opptak/10/kandidater/")

    assert len(response.context["rows"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_udirs_table_takes_the_same_queries_however_long(
    client, embete, django_assert_num_queries, rows
):
    for row in range(rows):
        noted(embete, f"Sørtinden {row}", responsible=UserFactory())
    sign_in(client, make_role("udir"))

    with django_assert_num_queries(9):
        response = client.get("/opptak/10/kandidater/")

    assert len(response.context["page"].object_list) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_takes_the_same_queries_however_long(embete, django_assert_num_queries, rows):
    role = make_role("statsforvalter", embete.statsforvalter)
    for row in range(rows):
        candidate = noted(embete, f"Sørtinden {row}", responsible=role.user)
        decide(assessed(candidate), released=True)

    with django_assert_num_queries(9):
        board(embete, role)


def assessed(candidate):
    soeknad = make_soeknad(candidate, sent=True)
    assess(soeknad)
    return soeknad


def test_the_board_says_who_is_where_and_what_is_next(embete):
    role = make_role("statsforvalter", embete.statsforvalter)
    noted(embete, responsible=role.user, reason="Lav trivsel", next_step="Ring")
    make_candidate(embete, kommune_owner("Rypheim"), reason="Ba om hjelp.")
    make_soeknad(make_candidate(embete, kommune_owner("Tranevik")))
    waiting = make_soeknad(make_candidate(embete, kommune_owner("Kvernlia")), sent=True)
    assess(waiting, completed=False)
    assessed(make_candidate(embete, kommune_owner("Elveskar")))
    Candidate.objects.filter(owner__name="Sørtinden kommune").update(stage="kontaktet")

    context, page = board(embete, role)

    counts = {str(each["label"]): len(each["cards"]) for each in context["columns"]}
    assert counts == {
        "Aktuell": 1,
        "Kontaktet": 1,
        "Skriver søknad": 1,
        "Søknad mottatt": 1,
        "Vurdert": 1,
    }
    cards = {c["name"]: c for each in context["columns"] for c in each["cards"]}
    assert cards["Sørtinden"]["step"].words == "Ring, skulle vært gjort 18. november"
    assert cards["Sørtinden"]["why"] == "Lav trivsel. Telefon 12. november"
    assert [name for name, card in cards.items() if card["mine"]] == ["Sørtinden"]
    assert cards["Rypheim"]["why"] == "Ba om hjelp. Ingen har tatt kontakt ennå"
    assert cards["Tranevik"]["step"].words == "Frist onsdag 25. november"
    assert cards["Kvernlia"]["why"] == "Kom 20. november. Vurderingen er begynt"
    assert cards["Elveskar"]["why"] == "Tilrås"
    assert "Én søknad gjenstår før lista kan sendes" in page
    assert "Kvernlia er ikke vurdert. Tranevik kan levere til onsdag 25. november." in page
    assert "9 arbeidsdager igjen til lista skal være hos Udir, torsdag 3. desember" in page


def test_only_mine_leaves_the_others_out_but_not_of_the_headline(embete):
    role = make_role("statsforvalter", embete.statsforvalter)
    make_candidate(embete, kommune_owner("Rypheim"))
    make_candidate(embete, kommune_owner("Sandøyra"), responsible=role.user)

    context, page = board(embete, role, "?mine=1")

    names = [card["name"] for column in context["columns"] for card in column["cards"]]
    assert names == ["Sandøyra"]
    assert "Ingen har snakket med Rypheim og Sandøyra ennå." in page


def test_columns_after_the_assessment_stand_only_when_somebody_is_there(embete):
    role = make_role("statsforvalter", embete.statsforvalter)
    listed = assessed(make_candidate(embete))
    make_list([listed], sent=True)

    context, page = board(embete, role)

    assert [str(each["label"]) for each in context["columns"]] == ["På lista til Udir"]
    assert "Lista er sendt til Udir" in page
    assert "Udir avgjør innen fredag 18. desember." in page
    assert context["list_frist"] is None


def test_who_is_laid_aside_stands_in_a_line_under_the_board(embete):
    role = make_role("statsforvalter", embete.statsforvalter)
    aside = make_candidate(embete, kommune_owner("Løvåsen"), dismissed_at=NOW)
    Candidate.objects.filter(pk=aside.pk).update(stage="uaktuell")

    context, page = board(embete, role)

    assert "Ikke aktuell nå" not in [str(each["label"]) for each in context["columns"]]
    page = " ".join(page.split())
    assert f'Ikke med videre: <a class="ds-link" href="/kandidater/{aside.pk}/">Løvåsen</a>' in page


def test_what_is_to_be_done_first_stands_first_on_the_board(embete):
    role = make_role("statsforvalter", embete.statsforvalter)
    for name, day in (("A", 23), ("B", 18), ("C", 19)):
        on = date(2026, 11, day)
        make_candidate(embete, kommune_owner(name), next_step="Ring", next_step_on=on)
    make_candidate(embete, kommune_owner("D"))

    context, _page = board(embete, role)

    assert [card["name"] for card in context["columns"][0]["cards"]] == ["B", "C", "A", "D"]


def test_a_long_table_is_read_a_page_at_a_time(client, embete, adviser, monkeypatch):
    monkeypatch.setattr("cohorts.views.candidate_list.PER_PAGE", 1)
    for name in ("Berg", "Nyvik"):
        make_candidate(embete, kommune_owner(name))

    second = client.get("/opptak/10/kandidater/?side=2&sort=navn")

    assert [row["candidate"].owner.kommune.name for row in second.context["rows"]] == ["Nyvik"]
    assertContains(second, "?sort=navn&amp;side=1")


def test_the_table_filters_and_sorts(client, embete, adviser):
    other = UserFactory()
    noted(embete, "Sørtinden", responsible=adviser)
    make_candidate(embete, kommune_owner("Ånevik", number="9911"), stage="kontaktet")
    make_candidate(embete, kommune_owner("Berg"), responsible=other, stage="invitert")

    def names(query=""):
        page = client.get(f"/opptak/10/kandidater/{query}").context["rows"]
        return [row["candidate"].owner.kommune.name for row in page]

    assert names() == ["Berg", "Sørtinden", "Ånevik"]
    assert names("?sort=steg") == ["Sørtinden", "Ånevik", "Berg"]
    assert names("?sort=neste") == ["Sørtinden", "Berg", "Ånevik"]
    assert names("?show=mine") == ["Sørtinden"]
    assert names("?show=overdue") == ["Sørtinden"]
    assert names("?stage=invitert") == ["Berg"]
    assert names(f"?responsible={adviser.pk}") == ["Sørtinden"]
    assert names("?q=ånev") == ["Ånevik"]
    assert names("?q=9911") == ["Ånevik"]
    assert names("?stage=tull&responsible=x") == ["Berg", "Sørtinden", "Ånevik"]


def test_the_contact_log_never_leaves_the_embete(client, embete):
    """The sentence that must not leak: not to Udir, not to the owner, not to another embete."""
    candidate = noted(embete)
    make_soeknad(candidate, sent=True, forwarded_at=NOW)
    addresses = [
        "/opptak/10/",
        "/opptak/10/kandidater/",
        "/opptak/10/logg/",
        f"/kandidater/{candidate.pk}/",
    ]
    other = StatsforvalterFactory(code="annet", name="Annet embete")
    make_embete(embete.opptak, other)
    roles = [
        make_role("udir"),
        make_role("eier", candidate.owner),
        make_role("statsforvalter", other),
        make_role("koordinator"),
        make_role("veileder"),
    ]

    for role in roles:
        sign_in(client, role)
        for address in addresses:
            assert SECRET not in client.get(address).content.decode(), (role.kind, address)


@pytest.mark.parametrize("kind", ["eier", "koordinator", "veileder", "leder", "ppt"])
def test_nobody_else_opens_the_pages(client, embete, kind):
    candidate = noted(embete)
    scope = candidate.owner if kind == "eier" else None
    sign_in(client, make_role(kind, scope))
    pages = ["kandidater/", "kandidater/nye/", "logg/", "inviter/"]

    assert [client.get(f"/opptak/10/{page}").status_code for page in pages] == [404] * 4
    assert client.get(f"/kandidater/{candidate.pk}/").status_code == 404


def test_another_embete_guesses_in_vain(client, embete):
    candidate = noted(embete)
    other = StatsforvalterFactory(code="annet", name="Annet embete")
    make_embete(embete.opptak, other)
    sign_in(client, make_role("statsforvalter", other))

    assert client.get(f"/kandidater/{candidate.pk}/").status_code == 404
    assertNotContains(client.get("/opptak/10/kandidater/"), "Sørtinden")
    line = {"candidate": candidate.pk, "how": "telefon", "text": "Snakket."}
    response = client.post("/opptak/10/logg/", line)
    assert (response.status_code, CandidateContact.objects.count()) == (200, 1)


def test_udir_reads_name_stage_and_responsible(client, embete):
    candidate = noted(embete, responsible=UserFactory(name="Liv Aase"))
    sign_in(client, make_role("udir"))

    for page in ("/opptak/10/kandidater/", f"/kandidater/{candidate.pk}/"):
        response = client.get(page)
        assertContains(response, "Sørtinden")
        assertContains(response, "Aktuell")
        assertContains(response, "Liv Aase")
    assert client.post(f"/kandidater/{candidate.pk}/", {"skjema": "endre"}).status_code == 200
    assert client.get("/opptak/10/logg/").status_code == 404
    candidate.refresh_from_db()
    assert candidate.reason == SECRET


def test_udir_filters_by_embete(client, embete):
    other = make_embete(embete.opptak, StatsforvalterFactory(code="annet", name="Annet embete"))
    noted(embete)
    noted(other, "Rypheim")
    sign_in(client, make_role("udir"))

    response = client.get("/opptak/10/kandidater/?embete=annet")

    assertContains(response, "Rypheim")
    assertNotContains(response, "Sørtinden")


def test_the_next_step_is_changed_on_the_page(client, embete, adviser):
    candidate = make_candidate(embete)
    page = f"/kandidater/{candidate.pk}/"

    response = client.post(
        page,
        {
            "skjema": "endre",
            "responsible": adviser.pk,
            "reason": "Ba om hjelp.",
            "next_step": "Ring",
            "next_step_on": "23.11.2026",
        },
    )

    assertRedirects(response, page)
    candidate.refresh_from_db()
    assert (candidate.responsible, candidate.next_step_on) == (adviser, date(2026, 11, 23))


def test_the_page_says_the_next_step_and_the_deadline_in_words(client, embete, adviser):
    candidate = noted(embete, next_step="Ring", reason="")

    page = client.get(candidate.get_absolute_url())

    assertContains(page, "Ring, skulle vært gjort 18. november")
    assertContains(page, "De kan søke til onsdag 25. november.")


def test_wrong_input_keeps_what_was_typed(client, embete, adviser):
    candidate = make_candidate(embete)
    page = f"/kandidater/{candidate.pk}/"
    typed = {"skjema": "endre", "reason": "Ba om hjelp.", "next_step": "", "next_step_on": "snart"}

    wrong = client.post(page, typed)
    assertContains(wrong, "Skriv datoen slik: 26.11.2026.")
    assertContains(wrong, "Ba om hjelp.")
    unsaid = client.post(page, typed | {"next_step_on": "23.11.2026"})
    assertContains(unsaid, "Skriv hva som skal gjøres denne dagen.")
    number = client.post(page, typed | {"next_step_on": "", "reason": f"Om {NATIONAL_ID}"})
    assertContains(number, "Fjern fødselsnummeret fra «Hvorfor aktuell».")

    candidate.refresh_from_db()
    assert (candidate.reason, candidate.next_step_on) == ("", None)


def test_the_responsible_is_somebody_in_the_embete(client, embete, adviser):
    candidate = make_candidate(embete)
    stranger = make_role("statsforvalter", StatsforvalterFactory(code="annet", name="Annet")).user

    client.post(f"/kandidater/{candidate.pk}/", {"skjema": "endre", "responsible": stranger.pk})

    candidate.refresh_from_db()
    assert candidate.responsible is None


def test_laid_aside_and_taken_back_on_the_page(client, embete, adviser):
    candidate = make_candidate(embete)
    page = f"/kandidater/{candidate.pk}/"

    assertContains(client.post(page, {"skjema": "legg-bort"}), "Fyll ut «Hvorfor er det ikke")
    client.post(page, {"skjema": "legg-bort", "reason": "Vil vente et år."})
    assertContains(client.get(page), "Vil vente et år.")
    client.post(page, {"skjema": "ta-tilbake"})

    candidate.refresh_from_db()
    assert (candidate.stage, candidate.dismissed_reason) == ("aktuell", "")


def test_a_contact_is_logged_and_leads_back(client, embete, adviser):
    candidate = make_candidate(embete)
    back = f"/kandidater/{candidate.pk}/#logg"
    line = {
        "candidate": candidate.pk,
        "how": "moete",
        "text": "Informerte rektorene.",
        "next": back,
    }

    response = client.post("/opptak/10/logg/", line)

    assert (response.status_code, response["Location"]) == (302, back)
    contact = CandidateContact.objects.get()
    assert (contact.on, contact.by, contact.how) == (date(2026, 11, 20), adviser, "moete")
    assertContains(client.get("/opptak/10/logg/"), "Informerte rektorene.")
    outside = client.post("/opptak/10/logg/", line | {"next": "https://ond.example/"})
    assert outside["Location"] == "/opptak/10/logg/"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"on": "21.11.2026"}, "Skriv en dato som ikke er fram i tid."),
        ({"text": ""}, "Fyll ut «Kort om hva dere ble enige om»."),
        ({"text": "Ring " + NATIONAL_ID}, "Fjern fødselsnummeret fra"),
        ({"text": "a" * 301}, "300"),
    ],
)
def test_a_wrong_contact_stays_in_the_form(client, embete, adviser, wrong, error):
    candidate = make_candidate(embete)
    line = {"candidate": candidate.pk, "how": "brev", "text": "Snakket om vikarer."} | wrong

    response = client.post("/opptak/10/logg/", line)

    assertContains(response, error)
    assertContains(response, '<option value="brev" selected>')
    assert CandidateContact.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_log_takes_the_same_queries_however_long(
    client, embete, adviser, django_assert_num_queries, rows
):
    for row in range(rows):
        noted(embete, f"Sørtinden {row}")

    with django_assert_num_queries(10):
        response = client.get("/opptak/10/logg/")

    assert len(response.context["rows"]) == rows


def test_the_page_of_a_candidate_tells_its_way(client, embete, adviser):
    candidate = noted(embete)
    soeknad = make_soeknad(candidate, sent=True)
    assess(soeknad)
    make_list([soeknad], sent=True)
    decide(soeknad, released=True)

    response = client.get(f"/kandidater/{candidate.pk}/")

    texts = {row["text"] for row in response.context["steps"]}
    assert texts == {
        "Satt på lista",
        "Søknaden ble påbegynt",
        "Søknaden kom, versjon 1",
        "Vurdert",
        "På lista til Udir som nummer 1",
        "Tilbud",
    }
    assertContains(response, "Den kom fredag 20. november kl. 10.00.")


def test_a_held_decision_is_not_told(client, embete, adviser):
    soeknad = assessed(make_candidate(embete))
    decide(soeknad, "avslag")

    assertNotContains(client.get(f"/kandidater/{soeknad.candidate_id}/"), "Avslag")


def test_nothing_is_changed_after_the_opptak_has_ended(client, embete, adviser):
    candidate = noted(embete)
    embete.opptak.closed_at = NOW
    embete.opptak.save()

    assert client.get(f"/kandidater/{candidate.pk}/").status_code == 200
    response = client.post(f"/kandidater/{candidate.pk}/", {"skjema": "ta-tilbake"})
    assertContains(response, "Opptaket er avsluttet.", status_code=403)
    assert client.get("/opptak/10/kandidater/nye/").status_code == 403
    assert client.get("/opptak/10/inviter/").status_code == 403


def test_a_fylke_elsewhere_is_another_embete(client, adviser):
    fylke = FylkeFactory(number="98", statsforvalter=StatsforvalterFactory(code="annet"))
    kommune_owner("Andrevik", fylke=fylke)

    assertNotContains(client.get("/opptak/10/kandidater/nye/"), "Andrevik")


def test_an_owner_that_is_asked_in_anothers_soeknad_is_said_to_apply_there(client, embete, adviser):
    lead, asked, elsewhere = [
        OwnerFactory(kommune=KommuneFactory(name=name, fylke__statsforvalter=embete.statsforvalter))
        for name in ("Elveskar", "Storholmen", "Rypheim")
    ]
    soeknad = make_soeknad(make_candidate(embete, lead), partners=[asked])
    together = f"Søker sammen med {lead}"

    add = client.get("/opptak/10/kandidater/nye/").content.decode()
    assert (str(asked) in add, str(elsewhere) in add, add.count(together)) == (True, True, 1)

    candidate = make_candidate(embete, asked)
    pages = [
        client.get(f"/kandidater/{candidate.pk}/"),
        client.get(f"/opptak/10/inviter/?kandidat={candidate.pk}"),
        client.get("/opptak/10/inviter/"),
    ]
    assert [page.content.decode().count(together) for page in pages] == [1, 1, 1]
    role = adviser.roles.get()
    assert board(embete, role)[1].count(together) == 1

    soeknad.partners.update(status="declined")
    assert together not in client.get(f"/kandidater/{candidate.pk}/").content.decode()
