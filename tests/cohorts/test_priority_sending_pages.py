"""Sending the list in a browser, opening it again, and who gets to see it."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.models import PriorityList, PriorityListVersion
from tests.factories.people import make_role, sign_in
from tests.factories.priority import EDIT, NAMES, assessed, listed_three, typed
from tests.factories.recruitment import (
    NOW,
    assess,
    decide,
    make_candidate,
    make_embete,
    make_list,
    make_soeknad,
)
from tests.factories.register import KommuneFactory, OwnerFactory, StatsforvalterFactory

pytestmark = pytest.mark.django_db


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
