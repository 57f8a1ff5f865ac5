"""Inviting owners to apply: once each, in time, in the right målform."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from actors.middleware import SESSION_KEY
from actors.models import Mail, Role
from cohorts.actions.candidate import dismiss_candidate
from cohorts.actions.candidate_invite import (
    NotInvited,
    resend_candidate_invitation,
    withdraw_candidate_invitation,
)
from cohorts.models import CandidateContact, CandidateInvitation
from cohorts.rules.errors import NationalIdFound, NotPossible
from tests.factories.candidates import invite
from tests.factories.people import FOEDSELSNUMMER, UserFactory, make_role, sign_in
from tests.factories.recruitment import NOW, make_candidate, make_soeknad
from tests.factories.register import KommuneFactory, OwnerFactory, PrivateOwnerFactory, SkoleFactory

pytestmark = pytest.mark.django_db


def test_one_is_invited_with_a_link_to_the_application(embete, by, candidate):
    [invited] = invite(embete, by, candidate, expires_in_days=14)

    invitation, mail = invited.invitation, Mail.objects.get()
    assert (invitation.kind, invitation.owner) == ("eier", candidate.owner)
    assert (invitation.role_from, invitation.landing) == (date(2026, 11, 20), "/opptak/10/soek/")
    assert invitation.expires_at == NOW + timedelta(days=14)
    assert "Velkommen til å søke." in mail.text
    candidate.refresh_from_db()
    assert candidate.stage == "invitert"


def test_a_nynorsk_kommune_gets_nynorsk(embete, by):
    nynorsk = make_candidate(embete, OwnerFactory(kommune=KommuneFactory(maalform="nynorsk")))

    invite(embete, by, nynorsk)

    text = Mail.objects.get().text
    assert "Velkomen til å søkje." in text
    assert "Velkommen" not in text


def test_a_double_click_sends_once(embete, by, candidate):
    invite(embete, by, candidate)
    again = invite(embete, by, candidate, now=NOW + timedelta(seconds=1))

    assert (again, Mail.objects.count(), CandidateInvitation.objects.count()) == ([], 1, 1)


def test_later_the_same_address_is_refused_and_nobody_else_is_invited(embete, by, candidate):
    other = make_candidate(embete)
    invite(embete, by, candidate)

    with pytest.raises(NotInvited) as refused:
        invite(embete, by, candidate, other, now=NOW + timedelta(hours=1))

    assert refused.value.rows == {candidate.pk: "ny@lmp.example er invitert allerede."}
    assert Mail.objects.count() == 1


def test_who_is_laid_aside_is_not_invited(embete, by, candidate):
    dismiss_candidate(candidate=candidate, reason="Vil vente.", by=by, now=NOW)

    with pytest.raises(NotInvited) as refused:
        invite(embete, by, candidate)

    assert "Ikke aktuell nå" in refused.value.rows[candidate.pk]


def test_who_has_applied_needs_no_invitation(client, embete, by, candidate):
    make_soeknad(candidate, sent=True)
    candidate.refresh_from_db()
    sign_in(client, by.roles.get())

    with pytest.raises(NotInvited) as refused:
        invite(embete, by, candidate)

    assert refused.value.rows[candidate.pk] == "Har søkt allerede, og trenger ingen invitasjon."
    assertNotContains(client.get("/opptak/10/kandidater/"), "Inviter dem du har valgt")
    assertNotContains(client.get(candidate.get_absolute_url()), "/opptak/10/inviter/")


def test_only_while_the_opptak_is_open(embete, by, candidate):
    embete.opptak.opened_at = None
    with pytest.raises(NotPossible, match="ikke åpnet"):
        invite(embete, by, candidate)
    embete.opptak.opened_at, embete.opptak.closed_at = NOW, NOW
    with pytest.raises(NotPossible, match="avsluttet"):
        invite(embete, by, candidate)


def test_after_the_deadline_only_with_a_reason_that_stays_in_the_log(embete, by, candidate):
    late = NOW + timedelta(days=6)

    with pytest.raises(ValidationError, match="Søknadsfristen har gått ut"):
        invite(embete, by, candidate, now=late)
    invite(embete, by, candidate, now=late, late_reason="Ny kommunedirektør.")

    [line] = CandidateContact.objects.all()
    assert line.text == "Invitert etter søknadsfristen. Ny kommunedirektør."
    assert (line.on, line.how) == (date(2026, 11, 26), "epost")


def test_the_whole_last_day_is_in_time(embete, by, candidate):
    embete.internal_deadline = date(2026, 11, 20)

    assert len(invite(embete, by, candidate, now=NOW + timedelta(hours=13))) == 1


def test_national_ids_do_not_leave(embete, by, candidate):
    with pytest.raises(NationalIdFound):
        invite(embete, by, candidate, message_bm=f"Gjelder {FOEDSELSNUMMER}")

    assert Mail.objects.count() == 0


def test_a_private_school_is_invited_by_the_embete_it_lies_in(embete, by):
    owner = PrivateOwnerFactory()
    SkoleFactory(owner=owner, ownership="privat", kommune=KommuneFactory())

    [invited] = invite(embete, by, make_candidate(embete, owner))

    assert invited.invitation.owner == owner


def test_sent_again_after_an_hour_and_taken_back(embete, by, candidate):
    [invited] = invite(embete, by, candidate, expires_in_days=7)

    with pytest.raises(ValidationError, match="nettopp sendt"):
        resend_candidate_invitation(invited=invited, by=by, now=NOW + timedelta(minutes=59))
    later = NOW + timedelta(hours=1)
    resend_candidate_invitation(invited=invited, by=by, now=later)
    invited.invitation.refresh_from_db()
    assert invited.invitation.expires_at == later + timedelta(days=7)
    assert Mail.objects.count() == 2

    withdraw_candidate_invitation(invited=invited, by=by, now=later)
    candidate.refresh_from_db()
    assert candidate.stage == "aktuell"


def test_who_holds_the_role_already_follows_the_link(client, embete, by, candidate):
    """Accepting neither fails nor doubles the role, and leads to the application."""
    held = make_role("eier", candidate.owner, user=UserFactory(email="ny@lmp.example"))
    [invited] = invite(embete, by, candidate, now=timezone.now())
    sign_in(client, held)

    response = client.post(invited.invitation.get_absolute_url())

    assert (response.status_code, response["Location"]) == (302, "/opptak/10/soek/")
    assert list(Role.objects.filter(user=held.user)) == [held]


def test_of_two_roles_at_the_place_the_one_that_holds_is_acted_in(client, embete, by, candidate):
    held = make_role("eier", candidate.owner, user=UserFactory(email="ny@lmp.example"))
    make_role("eier", candidate.owner, user=held.user, valid_to=date(2025, 6, 30))
    [invited] = invite(embete, by, candidate, now=timezone.now())
    sign_in(client, held.user)

    client.post(invited.invitation.get_absolute_url())

    assert client.session[SESSION_KEY] == held.pk
    assert Role.objects.filter(user=held.user).count() == 2


def test_a_new_person_follows_the_link(client, embete, by, candidate):
    [invited] = invite(embete, by, candidate, now=timezone.now())

    assertContains(client.get(invited.invitation.get_absolute_url()), "Velkommen til å søke.")
    response = client.post(invited.invitation.get_absolute_url())

    assert (response.status_code, response["Location"]) == (302, "/opptak/10/soek/")
    assert Role.objects.get(kind="eier").owner == candidate.owner
