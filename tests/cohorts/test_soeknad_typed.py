"""Nothing typed is lost: a session that has ended, a søknad that was sent meanwhile, two clicks."""

import pytest

from cohorts.actions.soeknad_answers import save_answers
from cohorts.models import Soeknad, SoeknadUnit
from cohorts.rules.soeknad_form import CONFIRMATIONS
from tests.factories.people import sign_in
from tests.factories.recruitment import NOW

pytestmark = pytest.mark.django_db
TEXT = "Trivselen på mellomtrinnet har gått ned <b>tre år</b>."
ESCAPED = "Trivselen på mellomtrinnet har gått ned &lt;b&gt;tre år&lt;/b&gt;."


def page(soeknad, where="del/behov/"):
    return f"/soeknader/{soeknad.pk}/{where}"


def part(**values):
    return {"v_challenges": "0.gammel"} | values


# --- the session has ended --------------------------------------------------------------------


def test_a_form_sent_without_a_session_is_shown_back(client, soeknad):
    answer = client.post(page(soeknad), part(challenges=TEXT, sources="tilsyn"))
    html = answer.content.decode()
    assert answer.status_code == 401
    assert "Du er logget ut, men teksten din er her" in html
    assert "Hva er utfordringene?" in html
    assert ESCAPED in html
    assert f"next={page(soeknad)}" in html
    assert soeknad.answers.get(key="challenges").value != TEXT


def test_without_a_session_a_page_leads_to_signing_in(client, soeknad):
    for answer in (client.get(page(soeknad)), client.post(page(soeknad), part())):
        assert answer.status_code == 302
        assert f"next={page(soeknad)}" in answer.url


def test_nothing_of_the_soeknad_is_told_without_a_session(client, soeknad):
    stored = soeknad.answers.get(key="challenges").value
    html = client.post(page(soeknad), part(challenges=TEXT)).content.decode()
    assert stored not in html
    assert str(soeknad.candidate.owner) not in html
    assert client.post(page(soeknad, "del/finnes-ikke/"), {"challenges": TEXT}).status_code == 401


@pytest.mark.parametrize(
    ("where", "field", "label"),
    [
        ("trekk/", "reason", "Hvorfor trekker dere søknaden?"),
        ("se-over/", "late_reason", "Hvorfor kommer søknaden etter fristen?"),
        ("sammen/", "reason", "Hvorfor trekker dere dere?"),
    ],
)
def test_a_reason_sent_without_a_session_is_shown_back(client, soeknad, where, field, label):
    answer = client.post(page(soeknad, where), {field: TEXT})
    assert answer.status_code == 401
    assert label in answer.content.decode()
    assert ESCAPED in answer.content.decode()


# --- somebody has sent it meanwhile -----------------------------------------------------------


def test_what_was_typed_when_a_colleague_sent_is_shown_back(client, soeknad, eier):
    Soeknad.objects.filter(pk=soeknad.pk).update(status="sent", sent_at=NOW)
    sign_in(client, eier)
    answer = client.post(page(soeknad), part(challenges=TEXT))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Det du skrev, ble ikke lagret" in html
    assert "Søknaden er sendt. Lag en ny versjon hvis dere vil endre noe." in html
    assert ESCAPED in html
    assert soeknad.answers.get(key="challenges").value != TEXT


@pytest.mark.parametrize(
    ("where", "field", "label"),
    [
        ("enheter/ny/", "name", "Navn på enheten"),
        ("enheter/{row}/", "leader_name", "Navn på lederen"),
        ("deler/{row}/uten/", "reason", "Hvorfor sender dere uten egen del?"),
    ],
)
def test_forms_of_units_are_shown_back_when_a_colleague_sent(
    client, soeknad, eier, where, field, label
):
    where = where.format(row=soeknad.units.first().pk)
    Soeknad.objects.filter(pk=soeknad.pk).update(status="sent", sent_at=NOW)
    sign_in(client, eier)
    answer = client.post(page(soeknad, where), {field: TEXT})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert label in html
    assert ESCAPED in html
    assert client.get(page(soeknad, where)).status_code == 403


def test_an_autosave_says_that_it_was_sent_and_keeps_the_text_in_the_window(client, soeknad, eier):
    Soeknad.objects.filter(pk=soeknad.pk).update(status="sent", sent_at=NOW)
    sign_in(client, eier)
    answer = client.post(page(soeknad, "del/behov/lagre/"), part(challenges=TEXT))
    assert answer.status_code == 200
    assert "data-unsaved" in answer.content.decode()
    assert "Søknaden er sendt." in answer.content.decode()


def test_a_joined_text_is_shown_back_when_it_was_sent_meanwhile(client, soeknad, eier):
    for text in ("Den ene.", "Den andre."):
        values, versions = {"challenges": text}, {"challenges": 0}
        save_answers(
            soeknad=soeknad, part="behov", values=values, versions=versions, by=eier.user, now=NOW
        )
    row = soeknad.answers.get(key="challenges")
    Soeknad.objects.filter(pk=soeknad.pk).update(status="sent", sent_at=NOW)
    sign_in(client, eier)
    where = page(soeknad, f"to-tekster/{row.pk}/")
    answer = client.post(where, {"use": "joined", "version": row.version, "text": TEXT})
    assert answer.status_code == 409
    assert ESCAPED in answer.content.decode()
    assert client.post(where, {"use": "other", "version": row.version}).status_code == 403


@pytest.mark.parametrize(("status", "code"), [("sent", 200), ("withdrawn", 410)])
def test_a_leader_who_is_too_late_gets_the_text_back(client, soeknad, status, code):
    row = soeknad.units.first()
    SoeknadUnit.objects.filter(pk=row.pk).update(part="draft")
    Soeknad.objects.filter(pk=soeknad.pk).update(status=status, sent_at=NOW)
    answer = client.post(row.part_path, {"why": TEXT, "handling": "lever", "edit_version": "1"})
    html = answer.content.decode()
    assert answer.status_code == code
    assert "Dette skrev du" in html
    assert ESCAPED in html
    assert "Dette skrev du" not in client.get(row.part_path).content.decode()


# --- a double click ---------------------------------------------------------------------------


def test_a_double_click_on_send_arrives_at_the_one_receipt(client, soeknad, eier):
    sign_in(client, eier)
    ticks = {"confirmed": soeknad.answers.get(key=CONFIRMATIONS).value}
    first, second = (client.post(page(soeknad, "se-over/"), ticks) for _click in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url == page(soeknad, "kvittering/1/")
    assert soeknad.versions.count() == 1
