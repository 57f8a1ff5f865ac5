"""The working list of an embete: owners on it, their stage, and the contact log."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from actors.models import Event
from cohorts.actions.candidate import (
    add_candidates,
    change_candidate,
    dismiss_candidate,
    ensure_candidate,
    log_contact,
    restore_candidate,
)
from cohorts.models import Candidate, CandidateContact, EmbeteOpptak
from cohorts.queries.candidate_owners import embete_of_owner
from cohorts.rules.errors import NationalIdFound, NotPossible
from tests.factories.people import FOEDSELSNUMMER, acting_as, make_role
from tests.factories.recruitment import (
    NOW,
    TODAY,
    make_candidate,
    make_opptak,
    make_soeknad,
)
from tests.factories.register import (
    FylkeFactory,
    FylkeskommuneOwnerFactory,
    KommuneFactory,
    OwnerFactory,
    PrivateOwnerFactory,
    SkoleFactory,
    StatsforvalterFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(embete):
    return acting_as(make_role("statsforvalter", embete.statsforvalter))


def other_embete():
    return StatsforvalterFactory(code="annet", name="Annet embete")


def test_the_embete_of_an_owner_is_where_it_lies():
    elsewhere = FylkeFactory(number="98", statsforvalter=other_embete())
    kommune = KommuneFactory(fylke=elsewhere)
    private = PrivateOwnerFactory()
    SkoleFactory(owner=private, ownership="privat", kommune=kommune)
    SkoleFactory(owner=private, ownership="privat", kommune=kommune)
    SkoleFactory(owner=private, ownership="privat", kommune=KommuneFactory())

    assert embete_of_owner(OwnerFactory(kommune=kommune)).code == "annet"
    assert embete_of_owner(FylkeskommuneOwnerFactory(fylke=elsewhere)).code == "annet"
    assert embete_of_owner(private).code == "annet"
    assert embete_of_owner(PrivateOwnerFactory()) is None


def test_an_owner_that_applies_uninvited_becomes_a_candidate_once():
    opptak, owner = make_opptak(), OwnerFactory()
    by = acting_as(make_role("eier", owner))

    first = ensure_candidate(opptak=opptak, owner=owner, by=by, now=NOW)
    again = ensure_candidate(opptak=opptak, owner=owner, by=by, now=NOW)

    assert (again.pk, Candidate.objects.count()) == (first.pk, 1)
    assert first.embete == EmbeteOpptak.objects.get(opptak=opptak)
    assert (first.stage, first.responsible) == ("aktuell", None)


def test_an_owner_without_a_place_cannot_apply_uninvited():
    owner = PrivateOwnerFactory()

    with pytest.raises(NotPossible, match="hvilket embete"):
        ensure_candidate(
            opptak=make_opptak(), owner=owner, by=acting_as(make_role("eier", owner)), now=NOW
        )


def test_owners_are_added_once_with_whoever_added_them_as_responsible(embete, adviser):
    first, second = OwnerFactory(), OwnerFactory()

    add_candidates(embete=embete, owners=[first], by=adviser, now=NOW)
    added = add_candidates(embete=embete, owners=[first, second], by=adviser, now=NOW)

    assert [each.owner for each in added] == [second]
    assert Candidate.objects.filter(responsible=adviser).count() == 2
    assert Event.objects.filter(verb="add-candidate").count() == 2


def test_nothing_is_added_after_the_opptak_has_ended(embete, adviser):
    embete.opptak.closed_at = NOW

    with pytest.raises(NotPossible, match="Opptaket er avsluttet"):
        add_candidates(embete=embete, owners=[OwnerFactory()], by=adviser, now=NOW)


def change(candidate, by, **values):
    defaults = {"responsible": None, "reason": "", "next_step": "", "next_step_on": None}
    return change_candidate(candidate=candidate, by=by, now=NOW, **(defaults | values))


def test_the_next_step_has_words_when_it_has_a_date(embete, adviser):
    candidate = make_candidate(embete)

    change(candidate, adviser, responsible=adviser, next_step="Ring", next_step_on=TODAY)
    with pytest.raises(ValidationError, match="Skriv hva som skal gjøres"):
        change(candidate, adviser, next_step_on=TODAY)

    candidate.refresh_from_db()
    assert (candidate.next_step, candidate.next_step_on) == ("Ring", TODAY)
    assert candidate.responsible == adviser


def test_dismissed_and_taken_back(embete, adviser):
    candidate = make_candidate(embete)

    dismiss_candidate(candidate=candidate, reason="Vil vente et år.", by=adviser, now=NOW)
    assert (candidate.stage, candidate.dismissed_reason) == ("uaktuell", "Vil vente et år.")
    restore_candidate(candidate=candidate, by=adviser, now=NOW)
    restore_candidate(candidate=candidate, by=adviser, now=NOW)

    assert (candidate.stage, candidate.dismissed_at) == ("aktuell", None)
    assert Event.objects.filter(verb="restore-candidate").count() == 1


def test_dismissing_needs_a_reason_and_no_application(embete, adviser):
    candidate, applies = make_candidate(embete), make_soeknad(make_candidate(embete)).candidate

    with pytest.raises(ValidationError, match="hvorfor"):
        dismiss_candidate(candidate=candidate, reason=" ", by=adviser, now=NOW)
    with pytest.raises(NotPossible, match="Søknaden er begynt"):
        dismiss_candidate(candidate=applies, reason="Nei.", by=adviser, now=NOW)


def test_a_double_click_logs_once(embete, adviser):
    candidate = make_candidate(embete)
    line = {"on": date(2026, 11, 19), "how": "telefon", "text": "Snakket med rektorene. "}

    first = log_contact(candidate=candidate, by=adviser, now=NOW, **line)
    again = log_contact(candidate=candidate, by=adviser, now=NOW, **line)

    assert (first.pk, CandidateContact.objects.count()) == (again.pk, 1)
    assert (first.text, candidate.stage) == ("Snakket med rektorene.", "kontaktet")


def test_national_ids_are_refused_in_every_note(embete, adviser):
    candidate = make_candidate(embete)
    text = f"Gjelder {FOEDSELSNUMMER}."

    with pytest.raises(NationalIdFound):
        log_contact(candidate=candidate, on=TODAY, how="brev", text=text, by=adviser, now=NOW)
    with pytest.raises(NationalIdFound):
        change(candidate, adviser, reason=text)
    with pytest.raises(NationalIdFound):
        change(candidate, adviser, next_step=text)
    with pytest.raises(NationalIdFound):
        dismiss_candidate(candidate=candidate, reason=text, by=adviser, now=NOW)
