"""The pages behind the personal link, and the list that the owner reads."""

import pytest
from django.test import Client
from django.urls import reverse

from actors.models import Event, Mail
from cohorts.models import SoeknadUnit
from tests.factories.people import make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    add_soeknad_unit,
    make_candidate,
    make_soeknad,
)
from tests.factories.register import KommuneFactory, OwnerFactory, PrivateBarnehageFactory
from tests.factories.unit_parts import WHOLE, begun_part, page

pytestmark = pytest.mark.django_db
FNR = "15076500565"
SECRET = "Skjult utkast om Storvik."


@pytest.fixture
def row():
    return begun_part()


def test_the_page_needs_no_sign_in_and_is_for_the_reader_alone(client, row):
    answer = client.get(page(row))
    html = answer.content.decode()
    assert "Hva vil dere med prosjektet?" in html
    assert 'data-autosave="' in html
    assert "Hovedmeny" not in html
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"
    assert client.get(reverse("cohorts:unit_part", args=["gjettet"])).status_code == 404


def test_only_a_browser_that_shows_the_page_counts_as_opening(client, row):
    client.head(page(row), headers={"sec-fetch-dest": "document"})
    client.get(page(row))
    row.refresh_from_db()
    assert (row.opened_at, row.part) == (None, "not_started")
    client.get(page(row), headers={"sec-fetch-dest": "document"})
    row.refresh_from_db()
    assert row.opened_at is not None
    assert not Event.objects.filter(subject=f"soeknad:{row.soeknad_id}").exists()


def test_autosave_answers_with_the_line_and_the_version(client, row):
    answer = client.post(page(row, "unit_part_autosave"), {"why": "Vi vil.", "edit_version": "1"})
    row.refresh_from_db()
    assert (answer.status_code, answer["X-Edit-Version"]) == (200, "2")
    assert "Lagret kl." in answer.content.decode()
    assert (row.why, row.part) == ("Vi vil.", "draft")
    late = client.post(page(row, "unit_part_autosave"), {"why": "Annet.", "edit_version": "1"})
    assert late.status_code == 409
    row.refresh_from_db()
    assert row.why == "Vi vil."


def test_autosave_leaves_out_what_is_wrong(client, row):
    typed = {"why": f"Barnet {FNR}", "needs": "Tid.", "children": "mange", "edit_version": "1"}
    assert client.post(page(row, "unit_part_autosave"), typed).status_code == 200
    row.refresh_from_db()
    assert (row.why, row.needs, row.children) == ("", "Tid.", 120)


def test_delivering_through_the_page(client, row):
    answer = client.post(page(row), WHOLE | {"handling": "lever"}, follow=True)
    row.refresh_from_db()
    assert "Levert fredag 20. november" in answer.content.decode()
    assert 'data-autosave="' not in answer.content.decode()
    assert (row.part, row.children, str(row.staff_meeting_on)) == ("delivered", 214, "2026-11-23")


def test_what_is_missing_is_said_at_the_field_and_nothing_typed_is_lost(client, row):
    typed = WHOLE | {"handling": "lever", "needs": "", "staff_meeting_on": ""}
    html = client.post(page(row), typed).content.decode()
    assert "Fyll ut «Hva trenger dere mest hjelp til?»." in html
    assert "Skriv når personalmøtet er." in html
    assert "Vi vil øve sammen." in html
    row.refresh_from_db()
    assert (row.part, row.why) == ("draft", "Vi vil øve sammen.")


def test_a_national_id_is_refused_on_the_page(client, row):
    html = client.post(page(row), WHOLE | {"handling": "lever", "why": FNR}).content.decode()
    assert "Fjern fødselsnummeret" in html
    row.refresh_from_db()
    assert (row.part, row.why) == ("draft", "")


def test_two_with_the_same_link_see_both_texts(client, row):
    client.post(page(row), {"why": "Den ene teksten.", "handling": "lagre", "edit_version": "1"})
    second = {"why": "Den andre teksten.", "handling": "lagre", "edit_version": "1"}
    answer = client.post(page(row), second)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Noen med samme lenke har lagret" in html
    assert "Den ene teksten.\nDen andre teksten." in html
    assert 'name="edit_version" value="2"' in html
    row.refresh_from_db()
    assert row.why == "Den ene teksten."


def test_saying_no_with_a_reason(client, row):
    make_role("eier", row.soeknad.candidate.owner)
    decline = page(row, "unit_part_decline")
    assert "Fyll ut" in client.post(decline, {"reason": ""}).content.decode()
    answer = client.post(decline, {"reason": "Vi har nok."}, follow=True)
    assert "Dere har svart at dere ikke vil være med" in answer.content.decode()
    row.refresh_from_db()
    assert row.part == "declined"


def test_the_link_reads_when_sent_and_is_closed_when_withdrawn(client, row):
    SoeknadUnit.objects.update(why=SECRET, part="draft")
    soeknad = row.soeknad
    soeknad.status = "sent"
    soeknad.save()
    draft = client.get(page(row)).content.decode()
    assert ("uten en egen del" in draft, SECRET in draft) == (True, False)
    SoeknadUnit.objects.update(part="delivered")
    html = client.post(page(row), WHOLE).content.decode()
    assert (SECRET in html, "<textarea" in html) == (True, False)
    soeknad.status = "withdrawn"
    soeknad.save()
    closed = client.get(page(row))
    assert (closed.status_code, SECRET in closed.content.decode()) == (410, False)
    assert client.post(page(row, "unit_part_autosave"), WHOLE).status_code == 410


def test_the_page_speaks_the_language_of_the_kommune(client):
    owner = OwnerFactory(kommune=KommuneFactory(maalform="nynorsk"))
    soeknad = make_soeknad(make_candidate(owner=owner), units=1)
    html = client.get(page(soeknad.units.get())).content.decode()
    assert '<html lang="nn"' in html
    assert "Fire semester, frå hausten" in html
    client.cookies["spraak"] = "nb"  # what «Bokmål» at the top of the page sets
    html = client.get(page(soeknad.units.get())).content.decode()
    assert '<html lang="nb"' in html


def test_a_form_without_the_csrf_token_is_refused(row):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(page(row), WHOLE | {"handling": "lever"}).status_code == 403


# --- what the owner and others read ---------------------------------------------------------


def listed(soeknad):
    return reverse("cohorts:soeknad_unit_part_list", args=[soeknad.pk])


def test_the_owner_reads_what_is_delivered_and_never_a_draft(client):
    soeknad = make_soeknad(units=1)
    draft = add_soeknad_unit(soeknad, part="draft", why=SECRET)
    add_soeknad_unit(soeknad, part="declined", declined_reason="Vi har nok.", why=SECRET)
    eier = make_role("eier", soeknad.candidate.owner)
    sign_in(client, eier)
    html = client.get(listed(soeknad)).content.decode()
    assert "Én av tre deler er levert" in html
    assert soeknad.units.first().why in html
    assert "Grunn: Vi har nok." in html
    assert SECRET not in html
    client.post(reverse("cohorts:unit_link_send", args=[soeknad.pk, draft.pk]), {"next": "deler"})
    assert Mail.objects.get().to == draft.leader_email


def test_leaving_a_part_out_through_the_page(client):
    soeknad = make_soeknad(units=0)
    row = add_soeknad_unit(soeknad, part="not_started")
    sign_in(client, make_role("eier", soeknad.candidate.owner))
    address = reverse("cohorts:soeknad_unit_leave_out", args=[soeknad.pk, row.pk])
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "Styreren er syk."}).url == listed(soeknad)
    assert "Sendes uten egen del: Styreren er syk." in client.get(listed(soeknad)).content.decode()


def test_a_partner_reads_the_list_and_others_do_not(client):
    partner = OwnerFactory()
    soeknad = make_soeknad(units=1, partners=[partner], sent=True)
    embete = make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)
    for role, status in (
        (make_role("eier", partner), 200),
        (make_role("eier"), 404),
        (embete, 403),
        (make_role("udir"), 404),
    ):
        sign_in(client, role)
        assert client.get(listed(soeknad)).status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_and_three(client, count, django_assert_num_queries):
    soeknad = make_soeknad(units=count)
    sign_in(client, make_role("eier", soeknad.candidate.owner))
    client.get(listed(soeknad))
    with django_assert_num_queries(8):
        client.get(listed(soeknad))


def read(row):
    return reverse("cohorts:soeknad_unit_read", args=[row.pk])


def test_the_barnehagemyndighet_reads_the_private_barnehager_alone(client):
    """A kommune with both hats: in this one it reads one part, not the søknad."""
    owner = OwnerFactory()
    soeknad = make_soeknad(make_candidate(owner=owner), units=1)
    public = soeknad.units.get()
    private = add_soeknad_unit(soeknad, PrivateBarnehageFactory(kommune=owner.kommune))
    sign_in(client, make_role("barnehagemyndighet", owner.kommune))
    assert client.get(read(private)).status_code == 404
    part = {"why": "Vi vil være trygge.", "needs": "Råd.", "ongoing": "", "staff_agreed_text": "Ja"}
    content = {"units": [{"id": private.pk, "part": part, "left_out_reason": ""}]}
    soeknad.versions.create(
        number=1,
        content=content,
        language="nb",
        sha256="a" * 64,
        receipt="S10-2026-0001-1",
        sent_at=NOW,
        sent_by=soeknad.created_by,
        sent_as="Eier",
    )
    soeknad.status, soeknad.sent_at = "sent", NOW
    soeknad.save()
    SoeknadUnit.objects.filter(pk=private.pk).update(why=SECRET)
    html = client.get(read(private)).content.decode()
    assert ("Vi vil være trygge." in html, SECRET in html) == (True, False)
    assert client.get(read(public)).status_code == 404
    assert client.get(listed(soeknad)).status_code == 404
    assert client.get(reverse("cohorts:soeknad_version", args=[soeknad.pk, 1])).status_code == 404


def test_the_leader_finds_the_own_part_and_no_other(client):
    soeknad = make_soeknad(units=2)
    mine, other = soeknad.units.all()
    sign_in(client, make_role("leder", mine.unit))
    assert mine.part_path in client.get(read(mine)).content.decode()
    assert client.get(read(other)).status_code == 404
