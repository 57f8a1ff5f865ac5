"""The page of one assessment: who opens it, habilitet, and what it shows."""

from datetime import timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.actions.assessment import criteria_of
from cohorts.models import Assessment, SoeknadVersion
from cohorts.rules.assessment import score_field
from tests.factories.assessments import begun, first_of, office, url, whole
from tests.factories.people import make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    assess,
    decide,
    make_list,
    make_private_school,
    make_soeknad,
)
from tests.factories.register import OwnerFactory, StatsforvalterFactory
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


# --- who opens it ------------------------------------------------------------------------------


def test_only_the_embete_itself_opens_an_assessment(client):
    soeknad = make_soeknad(sent=True)
    assess(soeknad)
    make_list([soeknad], sent=True)
    decide(soeknad, released=True)
    owner = soeknad.candidate.owner
    expected = {
        make_role("udir"): 403,
        make_role("eier", owner): 403,
        make_role("eier"): 404,
        make_role("statsforvalter", StatsforvalterFactory(code="annet")): 404,
        make_role("koordinator"): 404,
        make_role("veileder"): 404,
        make_role("leder", soeknad.units.first().unit): 404,
        make_role("barnehagemyndighet", owner.kommune): 404,
        make_role("ppt"): 404,
        make_role("admin"): 404,
        office(soeknad): 200,
    }
    for role, status in expected.items():
        sign_in(client, role)
        assert client.get(url(soeknad)).status_code == status, role.kind


def test_a_draft_cannot_be_judged(client):
    soeknad = make_soeknad()
    sign_in(client, office(soeknad))
    assert client.get(url(soeknad)).status_code == 404


def test_what_the_embete_writes_reaches_neither_udir_nor_the_owner(client):
    soeknad = make_soeknad(sent=True)
    mine = assess(soeknad, data_basis="Hemmelig konklusjon.", motivation="Hemmelig motivasjon.")
    mine.scores.update(reason="Hemmelig begrunnelse.")
    make_list([soeknad], sent=True)
    other = make_role("statsforvalter", StatsforvalterFactory(code="annet"))
    number = soeknad.candidate.embete.opptak.pulje.number
    for role in (make_role("udir"), make_role("eier", soeknad.candidate.owner), other):
        sign_in(client, role)
        for path in (url(soeknad), f"/opptak/{number}/vurderinger/"):
            assert "Hemmelig" not in client.get(path).content.decode()
        for tail in ("", "lagre/", "habilitet/", "aapne/"):
            answer = client.post(url(soeknad, tail), {"habilitet": "habil"})
            assert answer.status_code in (403, 404)
    assert Assessment.objects.count() == 1


def test_a_third_adviser_is_told_who_the_two_are(client):
    soeknad = make_soeknad(sent=True)
    for name in ("Eirik Moen", "Liv Aase"):
        begun(client, soeknad, office(soeknad, name))
    sign_in(client, office(soeknad, "Ola Tre"))
    for answer in (
        client.get(url(soeknad)),
        client.post(url(soeknad, "habilitet/"), {"habilitet": "habil"}),
    ):
        assertContains(
            answer, "Eirik Moen og Liv Aase vurderer søknaden. To er nok.", status_code=403
        )


# --- habilitet first ---------------------------------------------------------------------------


def test_habilitet_is_asked_before_anything_can_be_judged(client):
    soeknad = make_soeknad(sent=True)
    sign_in(client, office(soeknad))

    page = client.get(url(soeknad))
    assertContains(page, "Sjekk habiliteten din")
    assertContains(page, "Vi har ikke funnet roller")
    assertContains(page, first_of(soeknad).text)
    assertNotContains(page, "Hvor godt er det oppfylt?")
    assert client.post(url(soeknad), whole(soeknad)).status_code == 403

    again = client.post(url(soeknad, "habilitet/"), {})
    assertContains(again, "Velg om du er habil.", count=2)
    answered = client.post(url(soeknad, "habilitet/"), {"habilitet": "habil"})
    assertRedirects(answered, url(soeknad))
    assertContains(client.get(url(soeknad)), "Hvor godt er det oppfylt?", count=5)


def test_a_role_in_the_applying_kommune_is_warned_about_by_itself(client):
    soeknad = make_soeknad(sent=True)
    role = office(soeknad)
    unit = soeknad.units.get(kind="skole").unit
    make_role(
        "leder",
        unit,
        user=role.user,
        valid_from=NOW.date().replace(2020),
        valid_to=NOW.date().replace(2024, 6, 30),
    )
    sign_in(client, role)
    page = client.get(url(soeknad))
    assertContains(page, f"Du var rektor, {unit.name}, fra 20. november 2020 til 30. juni 2024.")
    assertContains(page, "Vurder om du er inhabil etter forvaltningsloven.")


def test_who_is_inhabil_sees_a_closed_assessment(client):
    soeknad = make_soeknad(sent=True)
    role = begun(client, soeknad)
    assess(soeknad, completed=True).scores.update(reason="Kollegaens ord.")
    client.post(url(soeknad, "habilitet/"), {"habilitet": "inhabil"})
    page = client.get(url(soeknad))
    assertContains(page, "Du har gitt fra deg søknaden")
    assertNotContains(page, "Kriteriene")
    assertNotContains(page, "Kollegaens ord.")
    assert client.post(url(soeknad), whole(soeknad)).status_code == 403
    assert Assessment.objects.get(assessor=role.user).habilitet == "inhabil"


def test_who_is_in_doubt_reads_and_does_not_judge(client):
    soeknad = make_soeknad(sent=True)
    sign_in(client, office(soeknad))
    client.post(url(soeknad, "habilitet/"), {"habilitet": "tvil"})
    page = client.get(url(soeknad))
    assertContains(page, "Du er i tvil om du er habil")
    assertContains(page, first_of(soeknad).text)
    assertNotContains(page, "Hvor godt er det oppfylt?")
    assert client.post(url(soeknad), whole(soeknad)).status_code == 403


# --- what stands on it -------------------------------------------------------------------------


def test_the_criteria_stand_with_what_was_sent_and_not_with_the_draft(client):
    soeknad = make_soeknad(sent=True)
    content = {
        "parts": [
            {
                "slug": "behov",
                "answers": [
                    {"key": "organisation", "label": "Organisering?", "text": "Slik " * 60},
                    {"key": "anchored_staff", "label": "Personalet", "text": ""},
                ],
            }
        ],
        "units": [{"kind": "barnehage", "children": 31}, {"kind": "skole", "children": None}],
    }
    SoeknadVersion.objects.update(content=content, late=True, late_reason="Strømmen gikk.")
    soeknad.answers.filter(key="organisation").update(value="Et utkast.")
    soeknad.reopened_at = NOW
    soeknad.save()
    begun(client, soeknad)
    page = client.get(url(soeknad))
    assertContains(page, f"Vurder søknaden fra {soeknad.candidate.owner}", count=2)
    assertContains(page, ("Slik " * 60).strip(), count=1)
    assertContains(page, "Organisering?", count=1)
    assert "1 skole og 1 barnehage · 31 barn og elever" in squeeze(page.content)
    assertNotContains(page, "Et utkast.")
    assertContains(page, "Søkerens grunn: Strømmen gikk.")
    assertContains(page, "Svært godt oppfylt", count=5)


def test_a_version_without_answers_is_read_from_the_rows_unless_they_are_a_draft(client):
    soeknad = make_soeknad(sent=True)
    begun(client, soeknad)
    assertContains(client.get(url(soeknad)), "Svar på organisation.", count=2)
    soeknad.reopened_at = NOW
    soeknad.save()
    assertNotContains(client.get(url(soeknad)), "Svar på organisation.")


def test_a_joint_søknad_names_the_others(client):
    soeknad = make_soeknad(sent=True, partners=[OwnerFactory(name="Bervika")])
    begun(client, soeknad)
    assertContains(client.get(url(soeknad)), "sammen med Bervika")


def test_a_new_version_after_the_assessment_was_finished_is_said(client):
    soeknad = make_soeknad(sent=True)
    role = office(soeknad)
    assess(soeknad, assessor=role.user)
    sign_in(client, role)
    assertNotContains(client.get(url(soeknad)), "Søkeren har sendt en ny versjon")
    SoeknadVersion.objects.update(sent_at=NOW + timedelta(hours=1))
    assertContains(client.get(url(soeknad)), "Søkeren har sendt en ny versjon")


def test_a_private_school_has_four_criteria(client):
    soeknad = make_soeknad(make_private_school(), sent=True)
    begun(client, soeknad)
    assertContains(client.get(url(soeknad)), "Hvor godt er det oppfylt?", count=4)


def test_the_other_is_shown_where_mine_has_a_score_and_a_difference_is_flagged(client):
    soeknad = make_soeknad(sent=True)
    liv = office(soeknad, "Liv Aase")
    assess(soeknad, assessor=liv.user, score=4).scores.update(reason="Livs ord.")
    begun(client, soeknad)

    page = client.get(url(soeknad))
    assertContains(page, "Du og Liv Aase vurderer hver for dere.")
    assertNotContains(page, "Livs ord.")

    first, second = criteria_of(soeknad)[:2]
    draft = {score_field(first.pk): 4, score_field(second.pk): 2, "edit_version": 1}
    client.post(url(soeknad), draft)
    page = client.get(url(soeknad))
    assertContains(page, "Livs ord.", count=2)
    assertContains(page, "Dere vurderer dette ulikt. Snakk sammen før dere tilrår.", count=1)
    assertContains(page, "Dere er enige om ett av to kriterier.")


def test_a_draft_of_the_other_is_not_shown(client):
    soeknad = make_soeknad(sent=True)
    assess(soeknad, completed=False).scores.update(reason="Ikke ferdig tenkt.")
    begun(client, soeknad)
    client.post(url(soeknad), whole(soeknad))
    assertNotContains(client.get(url(soeknad)), "Ikke ferdig tenkt.")
