"""Inviting owners to apply: one and many, once each, in time, in the right målform."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actors.middleware import SESSION_KEY
from actors.models import Invitation, Mail, Role
from cohorts.actions.candidate import dismiss_candidate
from cohorts.actions.candidate_invite import (
    Contact,
    NotInvited,
    invite_candidates,
    resend_candidate_invitation,
    withdraw_candidate_invitation,
)
from cohorts.models import CandidateContact, CandidateInvitation
from cohorts.rules.errors import NationalIdFound, NotPossible
from tests.factories.people import UserFactory, acting_as, make_role, sign_in
from tests.factories.recruitment import NOW, make_candidate, make_embete, make_soeknad
from tests.factories.register import (
    KommuneFactory,
    OwnerFactory,
    PrivateOwnerFactory,
    SkoleFactory,
    StatsforvalterFactory,
)

pytestmark = pytest.mark.django_db

NATIONAL_ID = "13097248022"


@pytest.fixture
def embete():
    return make_embete()


@pytest.fixture
def by(embete):
    return acting_as(make_role("statsforvalter", embete.statsforvalter))


@pytest.fixture
def candidate(embete):
    return make_candidate(embete, OwnerFactory(kommune=KommuneFactory(name="Sørtinden")))


def invite(embete, by, *candidates, email="ny@lmp.example", now=NOW, **values):
    contacts = [
        Contact(each, "Ida Moland", f"{n or ''}{email}") for n, each in enumerate(candidates)
    ]
    texts = {"message_bm": "Velkommen til å søke.", "message_nn": "Velkomen til å søkje."}
    return invite_candidates(embete=embete, contacts=contacts, by=by, now=now, **(texts | values))


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
        invite(embete, by, candidate, message_bm=f"Gjelder {NATIONAL_ID}")

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


def typed(*candidates, email="ny@lmp.example", **values):
    data = {
        "skjema": "send",
        "kandidat": [each.pk for each in candidates],
        "message_bm": "Velkommen til å søke.",
        "message_nn": "Velkomen til å søkje.",
        "expires_in_days": "21",
    }
    for number, each in enumerate(candidates):
        data[f"rad-{each.pk}-name"] = "Ida Moland"
        data[f"rad-{each.pk}-email"] = f"{number or ''}{email}"
    return data | values


def test_many_are_invited_from_one_page(client, embete, by, candidate):
    other = make_candidate(embete)
    sign_in(client, by.roles.get())

    page = client.get(f"/opptak/10/inviter/?kandidat={candidate.pk}&kandidat={other.pk}")
    assertContains(page, "Inviter to eiere")
    response = client.post("/opptak/10/inviter/", typed(candidate, other))
    again = client.post("/opptak/10/inviter/", typed(candidate, other))

    assertRedirects(response, "/opptak/10/kandidater/")
    assertRedirects(again, "/opptak/10/kandidater/")
    assert Invitation.objects.count() == 2


def test_whom_to_invite_is_filled_in_when_it_is_known(client, embete, by, candidate):
    asked, unknown = make_candidate(embete), make_candidate(embete)
    ada = UserFactory(name="Ada Vik", email="ada@lmp.example")
    make_role("eier", candidate.owner, user=ada)
    make_role("eier", asked.owner)
    invite(embete, by, asked)
    sign_in(client, by.roles.get())

    page = client.get("/opptak/10/inviter/", {"kandidat": [candidate.pk, asked.pk, unknown.pk]})

    found = {
        row.candidate: (row.initial["name"], row.initial["email"]) for row in page.context["rows"]
    }
    assert found[candidate] == ("Ada Vik", "ada@lmp.example")
    assert found[asked] == ("Ida Moland", "ny@lmp.example")
    assert found[unknown] == ("", "")


def test_the_preview_is_in_the_maalform_of_each_kommune(client, embete, by, candidate):
    nynorsk = make_candidate(embete, OwnerFactory(kommune=KommuneFactory(maalform="nynorsk")))
    sign_in(client, by.roles.get())
    values = typed(candidate, nynorsk, skjema="vis", message_nn="Hei på dykk.")

    page = client.post("/opptak/10/inviter/", values)

    found = {each["language"]: each["letter"].text for each in page.context["previews"]}
    assert sorted(found) == ["nb", "nn"]
    assert "Velkommen til å søke." in found["nb"]
    assert "Hei på dykk." in found["nn"]
    assert Invitation.objects.count() == 0


def test_what_is_wrong_stands_at_its_row_and_everything_stays(client, embete, by, candidate):
    other = make_candidate(embete)
    sign_in(client, by.roles.get())
    wrong = typed(candidate, other, message_bm="Min egen tekst.") | {
        f"rad-{candidate.pk}-email": "ikke en adresse"
    }

    page = client.post("/opptak/10/inviter/", wrong)

    assertContains(page, "Sørtinden kommune: Skriv e-postadressen slik: navn@kommune.no.")
    assertContains(page, "ikke en adresse")
    assertContains(page, "Min egen tekst.")
    assertContains(page, "1ny@lmp.example")
    assert Invitation.objects.count() == 0


def test_an_address_invited_before_stands_at_its_row(client, embete, by, candidate):
    invite(embete, by, candidate, now=timezone.now() - timedelta(hours=1))
    sign_in(client, by.roles.get())

    page = client.get(f"/opptak/10/inviter/?kandidat={candidate.pk}")
    assertContains(page, 'value="ny@lmp.example"')
    refused = client.post("/opptak/10/inviter/", typed(candidate))

    assertContains(refused, "ny@lmp.example er invitert allerede.")
    assert Invitation.objects.count() == 1


def test_candidates_of_another_embete_are_passed_over(client, embete, by, candidate):
    foreign = make_candidate(make_embete(embete.opptak, _other()))
    sign_in(client, by.roles.get())

    page = client.get(f"/opptak/10/inviter/?kandidat={foreign.pk}&kandidat=tull")

    assertContains(page, "Hvem vil du invitere?")
    assertContains(page, "Sørtinden kommune")
    assertNotContains(page, foreign.owner.name)


def _other():
    return StatsforvalterFactory(code="annet", name="Annet embete")


def test_what_was_sent_is_seen_without_the_personal_link(client, embete, by, candidate):
    [invited] = invite(embete, by, candidate, now=timezone.now() - timedelta(hours=2))
    sign_in(client, by.roles.get())
    page = f"/kandidater/{candidate.pk}/invitasjoner/{invited.pk}/"

    seen = client.get(page)
    assertContains(seen, "Velkommen til å søke.")
    assertNotContains(seen, invited.invitation.token)
    client.post(page, {"skjema": "send"})
    assertContains(client.post(page, {"skjema": "send"}, follow=True), "nettopp sendt")
    assertContains(client.post(page, {"skjema": "trekk"}, follow=True), "er trukket")

    assert Mail.objects.count() == 2
    invited.invitation.refresh_from_db()
    assert invited.invitation.withdrawn_at is not None


def test_nobody_else_sees_what_was_sent(client, embete, by, candidate):
    [invited] = invite(embete, by, candidate)
    page = f"/kandidater/{candidate.pk}/invitasjoner/{invited.pk}/"

    for role in (make_role("udir"), make_role("eier", candidate.owner)):
        sign_in(client, role)
        assert client.get(page).status_code == 404
    sign_in(client, make_role("statsforvalter", _other()))
    assert client.post(page, {"skjema": "trekk"}).status_code == 404
