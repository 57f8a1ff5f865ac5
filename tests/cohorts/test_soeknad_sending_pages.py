"""The pages of sending: look over, receipt, the sent version, the PDF's sheet, withdrawing."""

from datetime import date

import pytest

from actors.models import Notice
from cohorts.models import Soeknad, SoeknadUnit
from cohorts.rules.soeknad_form import CONFIRMATIONS, PARTS
from tests.factories.people import make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    assess,
    make_candidate,
    make_embete,
    make_list,
    make_soeknad,
)
from tests.factories.register import OwnerFactory, StatsforvalterFactory
from tests.factories.soeknad_sending import ticks, url

pytestmark = pytest.mark.django_db
FNR = "15076500565"
SECRET = "Storvik skriver om noe skjult."


def send(client, soeknad, role):
    sign_in(client, role)
    assert client.post(url(soeknad), ticks(soeknad)).status_code == 302
    return soeknad.versions.get()


def test_what_is_missing_is_listed_with_links_and_whose_it_is(client, soeknad, eier):
    soeknad.answers.filter(key="funding").delete()
    row = soeknad.units.first()
    SoeknadUnit.objects.filter(pk=row.pk).update(part="draft", link_sent_at=NOW, why=SECRET)
    sign_in(client, eier)
    html = client.get(url(soeknad)).content.decode()
    assert "To ting mangler før dere kan sende" in html
    assert f"{url(soeknad, 'soeknad_part', 'tid')}#id_funding" in html
    assert f"{row.name} har ikke levert sin del" in html
    assert url(soeknad, "soeknad_unit_leave_out", row.pk) in html
    assert html.count("<li data-wait>") == 1
    assert SECRET not in html


def test_a_part_that_nobody_has_begun_is_one_thing_that_is_missing(client, soeknad, eier):
    keys = [question.key for part in PARTS if part.slug == "tid" for question in part.questions]
    soeknad.answers.filter(key__in=keys).delete()
    sign_in(client, eier)
    html = client.get(url(soeknad)).content.decode()
    assert "Én ting mangler før dere kan sende" in html
    assert html.count("er ikke begynt") == 1
    assert f'href="{url(soeknad, "soeknad_part", "tid")}"' in html
    assert "#id_funding" not in html


def test_too_early_keeps_the_ticks_and_sends_nothing(client, soeknad, eier):
    soeknad.answers.filter(key="funding").delete()
    sign_in(client, eier)
    chosen = ticks(soeknad)["confirmed"][:2]
    answer = client.post(url(soeknad), {"confirmed": chosen})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Ingenting er sendt." in html
    assert "data-focus" in html
    assert html.count(" checked") == 2
    assert sorted(ticks(soeknad)["confirmed"]) == sorted(chosen)
    assert soeknad.versions.count() == 0


def test_sending_leads_to_the_receipt(client, soeknad, eier):
    version = send(client, soeknad, eier)
    again = client.post(url(soeknad), {"confirmed": []})
    assert again.url == url(soeknad, "soeknad_receipt", version.number)
    html = client.get(url(soeknad, "soeknad_receipt", 1)).content.decode()
    for text in (
        version.receipt,
        "fredag 20. november kl. 10.00",
        "Lista sendes Udir senest torsdag 3. desember",
        "Senest fredag 18. desember. Du får brev og e-post",
        "Innen fredag 15. januar",
        "Dere kan sende en ny versjon til onsdag 25. november kl. 23.59.",
        version.sha256[:4],
    ):
        assert text in html
    assert 'aria-current="step"' in html


def test_after_the_deadline_the_reason_is_asked_for(client, soeknad, eier):
    embete = soeknad.candidate.embete
    embete.internal_deadline = NOW.date().replace(day=19)
    embete.save()
    sign_in(client, eier)
    without = client.post(url(soeknad), ticks(soeknad)).content.decode()
    assert "Fyll ut «Hvorfor kommer søknaden etter fristen?»" in without
    assert soeknad.versions.count() == 0
    client.post(url(soeknad), ticks(soeknad) | {"late_reason": "Sykdom hos oss."})
    html = client.get(url(soeknad, "soeknad_receipt", 1)).content.decode()
    assert ("Sykdom hos oss." in html, "merket som sendt etter fristen" in html) == (True, True)


def autosave(client, soeknad, **typed):
    return client.post(url(soeknad), typed, headers={"X-Requested-With": "autosave"})


def test_ticks_and_the_reason_are_saved_on_the_way(client, soeknad, eier):
    embete = soeknad.candidate.embete
    embete.internal_deadline = date(2026, 11, 19)
    embete.save()
    soeknad.answers.filter(key=CONFIRMATIONS).delete()
    sign_in(client, eier)
    assert "(valgfritt)" not in client.get(url(soeknad)).content.decode()
    answer = autosave(client, soeknad, confirmed=["frivillig"], late_reason="Møtet ble flyttet.")
    assert "Lagret kl. 10.00" in answer.content.decode()
    html = client.get(url(soeknad)).content.decode()
    assert html.count(" checked") == 1
    assert "Møtet ble flyttet." in html
    assert not soeknad.versions.exists()
    refused = autosave(client, soeknad, confirmed=["frivillig"], late_reason=f"Barnet {FNR}")
    assert "data-unsaved" in refused.content.decode()
    assert soeknad.answers.get(key="late_reason").value == "Møtet ble flyttet."


def test_the_reason_stays_when_something_else_is_missing(client, soeknad, eier):
    embete = soeknad.candidate.embete
    embete.internal_deadline = date(2026, 11, 19)
    embete.save()
    soeknad.answers.filter(key="funding").delete()
    sign_in(client, eier)
    client.post(url(soeknad), ticks(soeknad) | {"late_reason": "Møtet ble flyttet."})
    assert not soeknad.versions.exists()
    assert "Møtet ble flyttet." in client.get(url(soeknad)).content.decode()


def test_nothing_is_saved_on_the_way_once_it_is_sent(client, soeknad, eier):
    send(client, soeknad, eier)
    answer = autosave(client, soeknad, confirmed=[])
    assert "Søknaden er sendt." in answer.content.decode()
    assert "data-unsaved" in answer.content.decode()


def test_a_national_id_is_named_by_its_question(client, soeknad, eier):
    soeknad.answers.filter(key="challenges").update(value=f"Barnet {FNR}")
    sign_in(client, eier)
    html = client.post(url(soeknad), ticks(soeknad)).content.decode()
    assert "Fjern fødselsnummeret fra: Hva er utfordringene?" in html
    assert soeknad.versions.count() == 0


def test_nothing_to_send_once_the_list_is_sent(client, soeknad, eier):
    listed = make_soeknad(make_candidate(soeknad.candidate.embete), sent=True)
    make_list([listed], sent=True)
    sign_in(client, eier)
    html = client.get(url(soeknad)).content.decode()
    assert "Statsforvalteren har sendt lista til Udir" in html
    assert "Send søknaden" not in html


def test_a_partner_reads_what_it_is_asked_to_confirm_and_cannot_send(client, soeknad):
    partner = OwnerFactory()
    soeknad.partners.create(owner=partner, status="asked", asked_at=NOW)
    sign_in(client, make_role("eier", partner))
    html = client.get(url(soeknad)).content.decode()
    assert ("Svar på challenges." in html, "Send søknaden" in html) == (True, False)
    assert client.post(url(soeknad), ticks(soeknad)).status_code == 403


@pytest.mark.parametrize(
    ("kind", "before", "sent", "forwarded"),
    [
        ("statsforvalter", 404, 200, 200),
        ("udir", 404, 404, 200),
        ("koordinator", 404, 404, 404),
        ("veileder", 404, 404, 404),
        ("ppt", 404, 404, 404),
    ],
)
def test_who_reads_a_version_and_when(client, soeknad, eier, kind, before, sent, forwarded):
    embete = soeknad.candidate.embete.statsforvalter
    reader = make_role(kind, embete if kind == "statsforvalter" else None)
    address = url(soeknad, "soeknad_version", 1)
    sign_in(client, reader)
    assert client.get(address).status_code == before
    assert client.get(url(soeknad)).status_code == 404
    send(client, soeknad, eier)
    sign_in(client, reader)
    assert client.get(address).status_code == sent
    Soeknad.objects.update(forwarded_at=NOW)
    for name in ("soeknad_version", "soeknad_print", "soeknad_receipt"):
        assert client.get(url(soeknad, name, 1)).status_code == forwarded


def test_guessing_the_address_of_another_leads_nowhere(client, soeknad, eier):
    send(client, soeknad, eier)
    own = make_soeknad(make_candidate(soeknad.candidate.embete), sent=True)
    away = make_embete(
        soeknad.candidate.embete.opptak, StatsforvalterFactory(code="annet", name="Annet")
    )
    for role in (
        make_role("eier", own.candidate.owner),
        make_role("statsforvalter", away.statsforvalter),
    ):
        sign_in(client, role)
        for name, more in (
            ("soeknad_review", ()),
            ("soeknad_units", ()),
            ("soeknad_partners", ()),
            ("soeknad_unit_part_list", ()),
            ("soeknad_receipt", (1,)),
            ("soeknad_version", (1,)),
            ("soeknad_pdf", (1,)),
            ("soeknad_print", (1,)),
            ("soeknad_withdraw", ()),
            ("soeknad_status", ()),
        ):
            assert client.get(url(soeknad, name, *more)).status_code == 404


def test_a_version_shows_what_was_sent_and_not_what_is_written_now(client, soeknad, eier):
    send(client, soeknad, eier)
    assess(soeknad)
    Soeknad.objects.update(reopened_at=NOW)
    soeknad.answers.filter(key="challenges").update(value=SECRET)
    SoeknadUnit.objects.update(why=SECRET)
    sign_in(client, make_role("statsforvalter", soeknad.candidate.embete.statsforvalter))
    for name in ("soeknad_version", "soeknad_print"):
        html = client.get(url(soeknad, name, 1)).content.decode()
        assert ("Svar på challenges." in html, SECRET in html) == (True, False)
    assert "Internt notat" not in client.get(url(soeknad, "soeknad_version", 1)).content.decode()


def test_a_version_says_who_has_left_since(client, soeknad, eier):
    partner = OwnerFactory(name="Langneset kommune")
    soeknad.partners.create(owner=partner, status="confirmed", asked_at=NOW)
    soeknad.answers.create(
        key="styringsgruppe", value="egne", updated_at=NOW, updated_by=soeknad.created_by
    )
    send(client, soeknad, eier)
    soeknad.partners.update(status="withdrawn", answered_at=NOW, reason=SECRET)
    sign_in(client, make_role("statsforvalter", soeknad.candidate.embete.statsforvalter))
    html = client.get(url(soeknad, "soeknad_version", 1)).content.decode()
    assert "Langneset kommune trakk seg fredag 20. november" in html


def test_the_printed_sheet_is_in_the_language_of_the_version(client, soeknad, eier):
    soeknad.answers.filter(key="maalform").update(value="nn")
    version = send(client, soeknad, eier)
    html = client.get(url(soeknad, "soeknad_print", 1)).content.decode()
    assert '<html lang="nn-NO"' in html
    assert "Kva er utfordringane?" in html
    assert (version.receipt in html, version.sha256[:4] in html) == (True, True)


def test_withdrawing_through_the_page(client, soeknad, eier):
    adviser = make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)
    sign_in(client, eier)
    early = client.post(url(soeknad, "soeknad_withdraw"), {"reason": "Nei"})
    assert "ingenting å trekke" in early.content.decode()
    send(client, soeknad, eier)
    client.post(url(soeknad, "soeknad_withdraw"), {"reason": "Vi har ikke folk."})
    soeknad.refresh_from_db()
    assert soeknad.status == "withdrawn"
    assert Notice.objects.filter(recipient=adviser.user, kind="soeknad_withdrawn").count() == 1
    assert "Vi har ikke folk." in client.get(url(soeknad, "soeknad_status")).content.decode()
    Soeknad.objects.update(forwarded_at=NOW)
    for role, sees in ((adviser, True), (make_role("udir"), False)):
        sign_in(client, role)
        html = client.get(url(soeknad, "soeknad_version", 1)).content.decode()
        assert ("Søknaden ble trukket" in html, "Vi har ikke folk." in html) == (True, sees)


@pytest.mark.parametrize("units", [1, 3])
def test_looking_over_asks_the_same_for_one_and_three(client, units, django_assert_num_queries):
    soeknad = make_soeknad(units=units)
    sign_in(client, make_role("eier", soeknad.candidate.owner))
    client.get(url(soeknad))
    with django_assert_num_queries(22):
        client.get(url(soeknad))
