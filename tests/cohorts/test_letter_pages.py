"""The outbox, the letter before and after it leaves, and who never sees it."""

from datetime import UTC, date, datetime

import pikepdf
import pytest
from pdfua.cli import main as pdfua
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actors.models import User
from cohorts.actions.answer import decline_offer
from cohorts.actions.decision import seen_of
from cohorts.actions.letter import approve_letters, release_letters
from cohorts.models import Decision, Letter
from lmp.lib.pdf import is_available
from tests.factories.people import acting_as, make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    decide,
    make_candidate,
    make_embete,
    make_soeknad,
)
from tests.factories.register import KommuneFactory, OwnerFactory, StatsforvalterFactory

pytestmark = pytest.mark.django_db

OUTBOX = "/opptak/10/utboks/"
SECRET = "Planen holder ikke, og PPT er ikke med."


@pytest.fixture
def udir(client):
    return sign_in(client, make_role("udir"))


def held(embete=None, *, read=True, maalform="bokmaal", **values):
    owner = OwnerFactory(kommune=KommuneFactory(maalform=maalform))
    candidate = make_candidate(embete or make_embete(), owner)
    soeknad = make_soeknad(candidate, sent=True, forwarded_at=NOW)
    by = values.pop("by", None) or make_role("udir").user
    seen = {"read_at": NOW, "read_by": by} if read else {}
    return decide(soeknad, values.pop("outcome", "tilbud"), by=by, **seen, **values)


def released(**values):
    decision = held(**values)
    first, second = acting_as(make_role("udir")), acting_as(make_role("udir"))
    approve_letters(decisions=[decision], by=first, now=NOW)
    release_letters(decisions=[decision], approved_by=first, by=second, now=NOW)
    decision.refresh_from_db()
    return decision


# The outbox


@pytest.mark.parametrize("rows", [1, 3])
def test_the_outbox_takes_the_same_queries_however_long(
    client, udir, django_assert_num_queries, rows
):
    embete = make_embete()
    for _row in range(rows):
        held(embete, by=udir)
    with django_assert_num_queries(11):
        response = client.get(OUTBOX)
    assert len(response.context["rows"]) == rows


@pytest.mark.usefixtures("udir")
def test_the_outbox_says_what_is_read_and_in_which_language(client):
    embete = make_embete()
    held(embete)
    unread = held(embete, read=False, maalform="nynorsk", outcome="reserve")

    response = client.get(OUTBOX)

    assertContains(response, "2 brev venter. Ingen er sendt.")
    assertContains(response, '<td data-label="Målform">Nynorsk</td>')  # its heading on a phone
    assertContains(response, "Ett er lest og kan slippes. Ett må noen lese først.")
    assertContains(response, "Her er 1 på bokmål og 1 på nynorsk.")
    by_key = {row["pk"]: row for row in response.context["rows"]}
    assert (by_key[unread.pk]["checked"], by_key[unread.pk]["language"]) == (False, "Nynorsk")
    assert response.context["picked"] == 1
    assert client.get(f"{OUTBOX}?velg=ingen").context["picked"] == 0


def test_two_people_release_and_the_number_is_named(client):
    embete = make_embete()
    decisions = [held(embete), held(embete)]
    keys = [decision.pk for decision in decisions]
    first, second = make_role("udir"), make_role("udir")

    sign_in(client, first)
    assertContains(client.get(OUTBOX), "Godkjenn 2 brev")
    response = client.post(OUTBOX, {"brev": keys, "seen": "on"})
    assertRedirects(response, OUTBOX, fetch_redirect_response=False)
    page = client.get(OUTBOX)
    assertContains(page, "2 brev venter på at en annen slipper dem")
    assertNotContains(page, "Slipp 2 brev")
    assert not Letter.objects.exists()

    sign_in(client, second)
    page = client.get(OUTBOX)
    assertContains(page, f"og {first.user} har godkjent lista.")
    assertContains(page, "Slipp 2 brev")
    address = f"{OUTBOX}slipp/{first.user.pk}/"
    response = client.post(address, {"brev": keys, "seen": "on"})
    assertRedirects(response, OUTBOX, fetch_redirect_response=False)
    assert Letter.objects.count() == 2
    assertContains(client.get(OUTBOX), "Ingen brev venter")


def test_the_first_person_cannot_release_by_hand(client, udir):
    decision = held()
    client.post(OUTBOX, {"brev": [decision.pk], "seen": "on"})
    response = client.post(f"{OUTBOX}slipp/{udir.pk}/", {"brev": [decision.pk], "seen": "on"})
    assertContains(response, "En annen enn den som godkjente lista, må slippe brevene.")
    assert not Letter.objects.exists()


@pytest.mark.usefixtures("udir")
def test_an_unread_letter_is_not_approved(client):
    decision = held(read=False)
    response = client.post(OUTBOX, {"brev": [decision.pk], "seen": "on"})
    assertContains(response, f"Les brevet til {decision.owner} før det slippes.")
    assertContains(client.post(OUTBOX, {"seen": "on"}), "Velg minst ett brev.")
    response = client.post(OUTBOX, {"brev": [decision.pk]})
    assertContains(response, "Kryss av for «Jeg har sett over mottakerne og brevene».")


def test_one_person_alone_is_told_to_find_another(client, udir):
    decision = held(by=udir)
    User.objects.exclude(pk=udir.pk).update(is_active=False)
    assertContains(client.get(OUTBOX), "Du er den eneste med tilgang nå.")
    client.post(OUTBOX, {"brev": [decision.pk], "seen": "on"})
    decision.refresh_from_db()
    assert decision.approved_by is None


def approved_by_another():
    decision, first = held(), acting_as(make_role("udir"))
    approve_letters(decisions=[decision], by=first, now=NOW)
    return decision, f"{OUTBOX}slipp/{first.pk}/"


@pytest.mark.usefixtures("udir")
def test_letters_can_leave_later_and_be_stopped(client):
    decision, address = approved_by_another()
    data = {"brev": [decision.pk], "seen": "on", "later": "1"}

    response = client.post(address, data | {"day": "19.11.2026", "clock": "09.00"})
    assertContains(response, "Velg et tidspunkt som ikke har vært.")
    assertContains(client.post(address, data), "Skriv dato for når brevene skal slippes.")

    client.post(address, data | {"day": "18.12.2026", "clock": "09.00"})
    assertContains(client.get(OUTBOX), "1 brev slippes fredag 18. desember kl. 09.00")
    assert not Letter.objects.exists()

    client.post(f"{OUTBOX}stans/", {"brev": [decision.pk]})
    decision.refresh_from_db()
    assert (decision.release_at, decision.approved_by) == (None, None)


def test_letters_after_the_day_to_decide_ask_for_one_reason(client, udir, time_machine):
    decision, address = approved_by_another()
    assertNotContains(client.get(OUTBOX), "Hvorfor sendes brevene etter datoen?")
    time_machine.move_to(datetime(2027, 1, 12, 9, 0, tzinfo=UTC))
    client.force_login(udir)
    assertContains(client.get(OUTBOX), "Hvorfor sendes brevene etter datoen?")

    data = {"brev": [decision.pk], "seen": "on"}
    assertContains(client.post(address, data), "Skriv hvorfor brevene sendes etter datoen.")
    assert not Letter.objects.exists()
    client.post(address, data | {"late_reason": "To lister kom sent."})

    letter = client.get(f"/brev/{decision.pk}/")
    assertContains(letter, "etter datoen")
    assertContains(letter, "Sendes etter datoen fordi: To lister kom sent.")
    sign_in(client, make_role("eier", decision.owner))
    assertNotContains(client.get(f"/brev/{decision.pk}/"), "To lister kom sent.")


@pytest.mark.usefixtures("udir")
def test_a_letter_changed_after_the_page_was_opened_is_not_released(client):
    decision, address = approved_by_another()
    client.post(f"/brev/{decision.pk}/", letter_data(decision, reason="En ny begrunnelse."))
    response = client.post(address, {"brev": [decision.pk], "seen": "on"})
    assertContains(response, "Et av brevene er endret eller sendt. Se over lista på nytt.")
    assert not Letter.objects.exists()


@pytest.mark.parametrize("kind", ["statsforvalter", "koordinator", "eier"])
def test_nobody_else_opens_the_outbox(client, kind):
    decision = held()
    embete = decision.soeknad.candidate.embete.statsforvalter
    scope = {"statsforvalter": embete, "eier": decision.owner}
    sign_in(client, make_role(kind, scope.get(kind)))
    assert client.get(OUTBOX).status_code == 403
    assert client.post(f"{OUTBOX}stans/", {"brev": [decision.pk]}).status_code == 403


# One letter


def letter_data(decision, **changed):
    return {
        "reason": decision.reason,
        "conditions": decision.conditions,
        "units_offered": "",
        "answer_due": "15.01.2027",
        "seen": seen_of(decision),
    } | changed


@pytest.mark.usefixtures("udir")
def test_opening_a_letter_is_not_reading_it(client):
    decision = held(read=False)
    assertContains(client.get(f"/brev/{decision.pk}/"), "Jeg har lest brevet")
    decision.refresh_from_db()
    assert decision.read_at is None
    assert client.get(f"/brev/{decision.pk}/lest/").status_code == 405


def test_reading_is_a_deed_with_a_name(client, udir):
    embete = make_embete()
    decision, following = held(embete, read=False), held(embete, read=False)
    response = client.post(f"/brev/{decision.pk}/lest/", {"next": "1"})
    assertRedirects(response, f"/brev/{following.pk}/", fetch_redirect_response=False)
    decision.refresh_from_db()
    assert decision.read_by == udir


@pytest.mark.usefixtures("udir")
def test_the_letter_is_in_the_language_of_the_kommune_on_a_page_in_bokmaal(client):
    response = client.get(f"/brev/{held(maalform='nynorsk').pk}/")
    assertContains(response, "De er inviterte til Læringsmiljøprosjektet, pulje 10")
    assertContains(response, "Kvifor de er valde")
    assertContains(response, 'lang="nn-NO"')
    assertContains(response, "Dette brevet er på nynorsk.")


@pytest.mark.usefixtures("udir")
def test_a_letter_is_changed_and_must_be_read_again(client):
    decision = held()
    data = letter_data(decision, conditions="Begge skolene er med.", units_offered="1")
    assertRedirects(
        client.post(f"/brev/{decision.pk}/", data),
        f"/brev/{decision.pk}/",
        fetch_redirect_response=False,
    )
    decision.refresh_from_db()
    assert (decision.conditions, decision.units_offered, decision.read_at) == (
        "Begge skolene er med.",
        1,
        None,
    )
    assertContains(client.get(f"/brev/{decision.pk}/"), "Tilbudet gjelder inntil én enhet.")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"reason": ""}, "Fyll ut «Begrunnelse til søkeren»."),
        ({"reason": "Se 01010750160."}, "Fjern fødselsnummeret fra «Begrunnelse til søkeren»."),
        ({"answer_due": "i morgen"}, "Skriv datoen slik: 26.11.2026."),
        ({"units_offered": "9"}, "Søknaden har 2 enheter. Skriv det tallet eller et lavere."),
    ],
)
@pytest.mark.usefixtures("udir")
def test_what_is_wrong_is_said_and_the_rest_stays(client, changed, error):
    decision = held(reason="Den gamle.")
    data = letter_data(decision, conditions="Dette skrev jeg.") | changed
    response = client.post(f"/brev/{decision.pk}/", data)
    assertContains(response, error)
    assertContains(response, "Dette skrev jeg.")
    decision.refresh_from_db()
    assert (decision.reason, decision.conditions) == ("Den gamle.", "")


@pytest.mark.usefixtures("udir")
def test_two_who_write_at_once_lose_nothing(client):
    decision = held()
    mine = letter_data(decision, reason="Min tekst.")
    client.post(f"/brev/{decision.pk}/", letter_data(decision, reason="Den andres tekst."))
    response = client.post(f"/brev/{decision.pk}/", mine)
    assertContains(response, "Begrunnelsen er nå: «Den andres tekst.».")
    assertContains(response, "Min tekst.</textarea>")
    decision.refresh_from_db()
    assert decision.reason == "Den andres tekst."


@pytest.mark.usefixtures("udir")
def test_a_reserve_has_no_deadline_and_no_conditions_to_change(client):
    decision = held(outcome="reserve")
    page = client.get(f"/brev/{decision.pk}/")
    assertNotContains(page, "Svarfrist")
    data = {"reason": "En ny.", "seen": seen_of(decision)}
    client.post(f"/brev/{decision.pk}/", data)
    decision.refresh_from_db()
    assert decision.reason == "En ny."


# Who sees it


def readers(decision):
    embete = decision.soeknad.candidate.embete.statsforvalter
    return {
        "eier": make_role("eier", decision.owner),
        "statsforvalter": make_role("statsforvalter", embete),
        "koordinator": make_role("koordinator"),
        "another eier": make_role("eier"),
        "another embete": make_role("statsforvalter", StatsforvalterFactory(code="annet")),
        "veileder": make_role("veileder"),
    }


PAGES = ["/brev/{}/", "/brev/{}/utskrift/", "/brev/{}/pdf/"]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_outside_udir_sees_a_held_letter(client, page):
    decision = held(reason=SECRET)
    for role in readers(decision).values():
        sign_in(client, role)
        assert client.get(page.format(decision.pk)).status_code == 404


@pytest.mark.parametrize("page", PAGES[:2])
def test_a_released_letter_is_read_by_its_owner_the_embete_and_for_offers_the_koordinator(
    client, page
):
    decision = released(reason=SECRET)
    seen = set()
    for name, role in readers(decision).items():
        sign_in(client, role)
        response = client.get(page.format(decision.pk))
        assert response.status_code in (200, 404)
        if response.status_code == 200:
            assertContains(response, SECRET)
            seen.add(name)
    assert seen == {"eier", "statsforvalter", "koordinator"}


def test_an_applicant_of_a_joint_soeknad_sees_its_own_letter_alone(client):
    partner = OwnerFactory()
    soeknad = make_soeknad(sent=True, partners=[partner])
    mine = decide(soeknad, released=True)
    other = decide(soeknad, owner=partner, released=True, reason=SECRET)
    sign_in(client, make_role("eier", soeknad.candidate.owner))
    assert client.get(f"/brev/{mine.pk}/").status_code == 200
    assert client.get(f"/brev/{other.pk}/").status_code == 404


def test_the_owner_reads_and_goes_on_to_answer_but_changes_nothing(client):
    decision = released()
    sign_in(client, make_role("eier", decision.owner))
    page = client.get(f"/brev/{decision.pk}/")
    assertContains(page, f"/brev/{decision.pk}/svar/")
    assertNotContains(page, "Endre brevet")
    assert client.post(f"/brev/{decision.pk}/", {"reason": "Ny."}).status_code == 403
    assert client.post(f"/brev/{decision.pk}/lest/").status_code == 403


def test_an_answered_letter_leads_to_the_answer_for_owner_and_udir(client):
    decision = released(answer_due=date(2027, 1, 15))
    owner = make_role("eier", decision.owner)
    decline_offer(decision=decision, reason="", by=acting_as(owner), now=NOW)
    for role in (owner, make_role("udir")):
        sign_in(client, role)
        response = client.get(f"/brev/{decision.pk}/")
        assertContains(response, "Se svaret")
        assertNotContains(response, "Svar på tilbudet")


def test_a_letter_nobody_answered_says_that_it_is_too_late(client):
    decision = released(answer_due=date(2027, 1, 15))
    Decision.objects.filter(pk=decision.pk).update(lapsed_at=NOW)
    sign_in(client, make_role("eier", decision.owner))
    response = client.get(f"/brev/{decision.pk}/")
    assertContains(response, "Svarfristen gikk ut uten svar.")
    assertNotContains(response, "Svar på tilbudet")


def test_the_print_is_what_was_sent(client, udir):
    decision = released()
    Decision.objects.filter(pk=decision.pk).update(reason="Endret etterpå.")
    page = client.get(f"/brev/{decision.pk}/utskrift/")
    assertContains(page, f"Vår referanse 2026/10-{decision.pk:04d}")
    assertContains(page, "Godkjent elektronisk og sendt uten underskrift.")
    assertNotContains(page, "Endret etterpå.")
    assertContains(page, '<p class="act note"><strong>Svar ja eller nei i portalen innen')


@pytest.mark.skipif(not is_available(), reason="Pango is not installed")
def test_the_pdf_is_universally_designed_and_in_the_language_of_the_kommune(client, udir, tmp_path):
    decision = held(maalform="nynorsk", conditions="Leiaren deltek på alle samlingane.")

    response = client.get(f"/brev/{decision.pk}/pdf/")

    assert response["Content-Type"] == "application/pdf"
    assert f"brev-2026-10-{decision.pk:04d}.pdf" in response["Content-Disposition"]
    path = tmp_path / "brev.pdf"
    path.write_bytes(response.content)
    with pikepdf.open(path) as document:
        assert str(document.Root.Lang) == "nn-NO"
        assert str(decision.owner) in str(document.docinfo["/Title"])
    assert pdfua(["check", str(path)]) == 0
