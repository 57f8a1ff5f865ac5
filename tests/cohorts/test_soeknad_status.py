"""Transparency: the applicant's own steps and outcome, and why a unit takes part."""

from datetime import date

import pytest
from django.urls import reverse

from cohorts.models import Answer
from cohorts.rules.opptak import OpptakDates
from cohorts.rules.soeknad_status import Progress, chain
from tests.factories.cohorts import make_deltakelse, make_deltakende_unit
from tests.factories.people import make_role, sign_in
from tests.factories.recruitment import (
    DATES,
    NOW,
    assess,
    decide,
    make_candidate,
    make_list,
    make_soeknad,
)
from tests.factories.register import OwnerFactory

pytestmark = pytest.mark.django_db
SECRET = "Grunnen til en annen kommune."
DAY = date(2026, 11, 24)


def status(soeknad):
    return reverse("cohorts:soeknad_status", args=[soeknad.pk])


@pytest.mark.parametrize(
    ("progress", "states"),
    [
        (Progress(), ["now", "", "", "", ""]),
        (Progress(sent_on=DAY), ["done", "now", "", "", ""]),
        (Progress(sent_on=DAY, forwarded_on=DAY), ["done", "done", "now", "", ""]),
        (
            Progress(sent_on=DAY, forwarded_on=DAY, released_on=DAY, outcome="tilbud"),
            ["done", "done", "done", "now", ""],
        ),
        (
            Progress(sent_on=DAY, forwarded_on=DAY, released_on=DAY, outcome="avslag"),
            ["done", "done", "done"],
        ),
        (
            Progress(
                sent_on=DAY, forwarded_on=DAY, released_on=DAY, outcome="tilbud", answered_on=DAY
            ),
            ["done", "done", "done", "done"],
        ),
        (Progress(sent_on=DAY, withdrawn_on=DAY), ["done", "", "", "", ""]),
    ],
)
def test_the_chain_knows_what_is_done_and_what_is_now(progress, states):
    assert [step.state for step in chain(progress, OpptakDates(**DATES))] == states


def test_the_chain_has_the_dates():
    steps = chain(Progress(sent_on=DAY, starts="Høst 2027"), OpptakDates(**DATES))
    assert [step.note for step in steps] == [
        "24. november",
        "Lista sendes Udir senest torsdag 3. desember",
        "Senest fredag 18. desember. Du får brev og e-post",
        "Innen fredag 15. januar",
        "Høst 2027",
    ]


def test_without_dates_the_chain_promises_none():
    assert {step.note for step in chain(Progress(), OpptakDates())} == {""}


def test_the_applicant_sees_steps_and_criteria_and_nothing_of_the_assessment(client):
    soeknad = make_soeknad(sent=True)
    assess(soeknad, motivation=SECRET)
    make_list([soeknad], sent=True)
    decide(soeknad, "avslag", reason=SECRET)
    sign_in(client, make_role("eier", soeknad.candidate.owner))
    html = client.get(status(soeknad)).content.decode()
    assert "Udir bestemmer hvem som inviteres" in html
    assert "Organisering og forankring" in html
    for text in (SECRET, "Internt notat", "tilraas", "Tilrås", "Avslag", "Prioritet"):
        assert text not in html


def test_the_outcome_and_its_reason_once_released(client):
    soeknad = make_soeknad(sent=True)
    decide(soeknad, "reserve", reason="Plassene er fylt.", released=True)
    sign_in(client, make_role("eier", soeknad.candidate.owner))
    html = client.get(status(soeknad)).content.decode()
    assert ("Dere står på reservelista" in html, "Plassene er fylt." in html) == (True, True)


def test_in_a_joint_soeknad_each_sees_its_own_outcome(client):
    partner = OwnerFactory()
    soeknad = make_soeknad(sent=True, partners=[partner])
    decide(soeknad, "avslag", reason=SECRET, released=True)
    decide(soeknad, "tilbud", owner=partner, reason="Godt forankret.", released=True)
    sign_in(client, make_role("eier", partner))
    html = client.get(status(soeknad)).content.decode()
    assert ("Godt forankret." in html, SECRET in html) == (True, False)


def test_who_may_open_the_status(client):
    soeknad = make_soeknad(sent=True)
    embete = soeknad.candidate.embete.statsforvalter
    for role, code in (
        (make_role("eier"), 404),
        (make_role("statsforvalter", embete), 403),
        (make_role("udir"), 404),
    ):
        sign_in(client, role)
        assert client.get(status(soeknad)).status_code == code


# --- why a unit takes part ---------------------------------------------------------------------


@pytest.fixture
def taking_part():
    """A unit whose owner applied, was offered a place and has said yes."""
    soeknad = make_soeknad(sent=True, units=1)
    owner = soeknad.candidate.owner
    row = soeknad.units.get()
    part = {"why": "Vi vil øve.", "needs": "Tid.", "ongoing": "", "staff_agreed_text": "Ja"}
    other = {"why": SECRET, "needs": SECRET, "ongoing": "", "staff_agreed_text": "Ja"}
    soeknad.versions.update(
        content={
            "parts": [
                {
                    "slug": "behov",
                    "title": "Behov",
                    "answers": [{"key": "challenges", "text": "Trivselen har gått ned."}],
                }
            ],
            "units": [
                {"id": row.pk, "unit": row.unit_id, "part": part | {"staff_meeting_on": None}},
                {"id": 0, "unit": 0, "part": other},
            ],
        }
    )
    decision = decide(soeknad, reason="Arbeidet er godt forankret.", released=True)
    deltakelse = make_deltakelse(soeknad.candidate.embete.opptak.pulje, owner, 0)
    Answer.objects.create(
        decision=decision,
        accepted=True,
        answered_at=NOW,
        answered_by=soeknad.created_by,
        answered_as="Eier",
        deltakelse=deltakelse,
    )
    return make_deltakende_unit(deltakelse, row.unit)


def why(unit):
    return reverse("cohorts:unit_why", args=[unit.pk])


@pytest.mark.parametrize("kind", ["leder", "eier", "udir", "arbeidsgruppe"])
def test_those_who_see_the_unit_read_why_it_takes_part(client, taking_part, kind):
    scope = {
        "leder": taking_part.unit,
        "arbeidsgruppe": taking_part.unit,
        "eier": taking_part.deltakelse.owner,
        "udir": None,
    }[kind]
    sign_in(client, make_role(kind, scope))
    html = client.get(why(taking_part)).content.decode()
    for text in ("Trivselen har gått ned.", "Vi vil øve.", "Arbeidet er godt forankret."):
        assert text in html
    assert "Organisering og forankring" in html
    assert SECRET not in html


def test_others_and_units_that_did_not_apply_give_404(client, taking_part):
    for role in (make_role("leder"), make_role("eier"), make_role("veileder")):
        sign_in(client, role)
        assert client.get(why(taking_part)).status_code == 404
    elsewhere = make_deltakende_unit(make_deltakelse(taking_part.deltakelse.pulje, units=0))
    sign_in(client, make_role("udir"))
    assert client.get(why(elsewhere)).status_code == 404


def test_those_who_only_see_that_it_takes_part_do_not_read_why(client, taking_part):
    sign_in(client, make_role("admin"))
    answer = client.get(why(taking_part))
    assert (answer.status_code, "Vi vil øve." in answer.content.decode()) == (403, False)


def test_a_decision_that_is_not_released_tells_nothing(client, taking_part):
    decision = taking_part.deltakelse.answer.decision
    decision.released_at = None
    decision.save()
    sign_in(client, make_role("leder", taking_part.unit))
    assert client.get(why(taking_part)).status_code == 404


def test_another_candidate_of_the_embete_is_another_soeknad(client, taking_part):
    opptak = taking_part.deltakelse.answer.decision.soeknad.candidate.embete
    other = make_soeknad(make_candidate(opptak), sent=True)
    sign_in(client, make_role("eier", taking_part.deltakelse.owner))
    assert client.get(status(other)).status_code == 404


def test_the_page_of_the_unit_leads_there_for_those_who_read_it(client, taking_part):
    unit, decision = taking_part.unit, taking_part.deltakelse.answer.decision
    found = {}
    for role in (make_role("leder", unit), make_role("udir"), make_role("admin")):
        sign_in(client, role)
        html = client.get(f"/enheter/{unit.pk}/").content.decode()
        words = next((w for w in ("Hvorfor er vi med?", f"Hvorfor {unit} er med") if w in html), "")
        found[role.kind] = (why(taking_part) in html, words)
    assert found == {
        "leder": (True, "Hvorfor er vi med?"),
        "udir": (True, f"Hvorfor {unit} er med"),
        "admin": (False, ""),
    }

    decision.released_at = None
    decision.save()
    sign_in(client, make_role("leder", unit))
    assert why(taking_part) not in client.get(f"/enheter/{unit.pk}/").content.decode()
