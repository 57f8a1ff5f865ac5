"""A søknad in words: every field of domain 3.1–3.3 that was filled is on the sheet."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from cohorts.actions.soeknad_content import soeknad_content
from cohorts.rules.soeknad_form import all_questions
from cohorts.urls import urlpatterns
from cohorts.views.soeknad_sheet import groups_of
from tests.factories.people import PPTFactory, make_role, sign_in
from tests.factories.recruitment import (
    add_soeknad_unit,
    make_candidate,
    make_private_school,
    make_soeknad,
)
from tests.factories.register import KommuneFactory, OwnerFactory

pytestmark = pytest.mark.django_db
SAMI, KVEN = "Fálesnuorri", "Fiktinen"


def facts(soeknad):
    """Every line of the sheet as it would be sent now: label → text."""
    groups = groups_of(soeknad_content(soeknad))
    return {fact["label"]: fact["text"] for group in groups for fact in group["facts"]}


def units(soeknad):
    groups = groups_of(soeknad_content(soeknad))
    return [unit["facts"] for group in groups for unit in group["units"]]


def test_who_applies_stands_with_its_numbers():
    kommune = KommuneFactory(name="Fiktnes", number="9931", maalform="bokmaal")
    soeknad = make_soeknad(make_candidate(owner=OwnerFactory(kommune=kommune, orgnr="974760673")))
    found = facts(soeknad)
    assert found["Kommunenummer"] == "9931"
    assert found["Organisasjonsnummer"] == "974 760 673"
    assert found["Kontaktperson hos eieren"] == "Svar på contact_name."


@pytest.mark.parametrize("applicant", ["kommune", "frittstaaende_skole"])
def test_every_answer_that_is_given_is_on_the_sheet(applicant):
    soeknad = make_soeknad(make_private_school() if applicant != "kommune" else None)
    found = facts(soeknad)
    agreed = found.pop("Hvem har sagt ja til å delta?")
    for question in all_questions(applicant).values():
        if question.kind == "anchored":
            assert f"{question.label}: 21.10.2026" in agreed
        else:
            assert found[str(question.label)]


def test_the_sheet_says_which_ppt_of_what_kind_and_whom_to_ask():
    soeknad = make_soeknad()
    ppt = PPTFactory(name="Fjordane PPT")
    given = {"ppt": str(ppt.pk), "ppt_kind": "interkommunal", "ppt_contact": "Siri Dal, leder"}
    for key, value in given.items():
        soeknad.answers.filter(key=key).update(value=value)
    found = facts(soeknad)
    assert found["Hvilken PPT samarbeider dere med?"] == "Fjordane PPT"
    assert found["Er PPT kommunal eller interkommunal?"] == "Interkommunal"
    assert found["Kontaktperson i PPT"] == "Siri Dal, leder"


def test_a_kommune_in_both_roles_says_so():
    soeknad = make_soeknad()
    roles = ["skoleeier", "barnehagemyndighet"]
    soeknad.answers.filter(key="roles").update(value=roles)
    assert facts(soeknad)["Hvilke roller søker dere i?"] == "Skoleeier, Barnehagemyndighet"
    assert "Barnehagemyndighet: 21.10.2026" in facts(soeknad)["Hvem har sagt ja til å delta?"]


def test_whom_nobody_has_asked_is_not_said_to_have_refused():
    soeknad = make_soeknad()
    soeknad.answers.filter(key__startswith="anchored").delete()
    assert "Hvem har sagt ja til å delta?" not in facts(soeknad)


def test_a_joint_soeknad_names_all_with_sami_and_kven_names():
    candidate = make_candidate(owner=OwnerFactory(name=f"{SAMI} suohkan", orgnr="974760673"))
    partner = OwnerFactory(name=f"{KVEN} komuuni", orgnr="889640782")
    found = facts(make_soeknad(candidate, partners=[partner]))
    assert found["Søker"] == f"{SAMI} suohkan og {KVEN} komuuni"
    assert found["Organisasjonsnummer"] == "974 760 673, 889 640 782"


def test_a_sami_name_stands_on_every_page_of_the_owner(client):
    owner = OwnerFactory(name=f"{SAMI} suohkan")
    soeknad = make_soeknad(make_candidate(owner=owner), sent=True)
    sign_in(client, make_role("eier", owner))
    for page in ("soeknad_detail", "soeknad_status", "soeknad_review", "soeknad_withdraw"):
        html = client.get(reverse(f"cohorts:{page}", args=[soeknad.pk])).content.decode()
        assert f"{SAMI} suohkan" in html
    printed = client.get(reverse("cohorts:soeknad_print", args=[soeknad.pk, 1]))
    assert f"{SAMI} suohkan" in printed.content.decode()


def test_a_unit_stands_with_all_that_is_known_of_it():
    soeknad = make_soeknad(units=0)
    add_soeknad_unit(soeknad, grades="1.–10. trinn", sfo="yes", maalform="nn", orgnr="974760673")
    assert units(soeknad) == [
        "Kommunal skole · 1.–10. trinn · 120 elever · 20 ansatte · SFO er med · nynorsk · Leder 1"
        " · org.nr. 974 760 673"
    ]
    assert facts(soeknad)["Skoletrinn"] == "Barnetrinn og ungdomstrinn"


def test_a_version_from_before_a_fact_was_asked_for_can_be_read():
    soeknad = make_soeknad(units=1)
    content = soeknad_content(soeknad)
    for unit in content["units"]:
        del unit["ownership_text"], unit["maalform"]
    for applicant in content["applicants"]:
        del applicant["kommunenr"]
    with override("nb"):
        assert groups_of(content)[0]["facts"][0]["label"] == "Søker"


def test_every_page_of_a_soeknad_is_404_for_another_applicant(client):
    soeknad = make_soeknad(sent=True)
    rival = make_soeknad(make_candidate(soeknad.candidate.embete), sent=True)
    sign_in(client, make_role("eier", rival.candidate.owner))
    unit, answer = soeknad.units.first(), soeknad.answers.first()
    values = {"pk": soeknad.pk, "version": 1, "slug": "behov", "unit_pk": unit.pk}
    values |= {"answer_pk": answer.pk, "partner_pk": 1, "attachment_pk": 1}
    pages = [each for each in urlpatterns if str(each.pattern).startswith("soeknader/<int:pk>/")]
    assert len(pages) > 20
    for page in pages:
        names = page.pattern.converters
        if not names.keys() <= values.keys():
            raise NoReverseMatch(f"give {page.name} its values")
        path = reverse(f"cohorts:{page.name}", kwargs={name: values[name] for name in names})
        codes = {client.get(path).status_code, client.post(path).status_code}
        assert codes - {405} == {404}, page.name
