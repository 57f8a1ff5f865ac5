"""Invitations: sent by those who may, accepted once, by the right person, in time."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actors.actions.invitations import (
    InvitationClosed,
    accept_invitation,
    invite_person,
    resend_invitation,
    state_of,
    withdraw_invitation,
)
from actors.models import Invitation, Mail, Role, User
from actors.rules.invitations import InvitationState, language_of, whom_to_ask
from tests.factories.people import (
    NOW,
    InvitationFactory,
    PPTKommuneFactory,
    UserFactory,
    acting_as,
    make_role,
)
from tests.factories.register import KommuneFactory, OwnerFactory, SkoleFactory

pytestmark = pytest.mark.django_db

START = date(2026, 12, 1)


@pytest.fixture
def owner():
    """An eier who invites, with one unit."""
    role = make_role("eier")
    SkoleFactory(owner=role.owner, kommune=role.owner.kommune, name="Granli skole")
    return role


def invite(role, **values):
    defaults = {
        "email": "Ny@lmp.example",
        "name": "Ida Moland",
        "kind": "leder",
        "scope": role.owner.units.get() if role.owner else None,
        "role_from": START,
    }
    return invite_person(**{**defaults, **values}, by=acting_as(role), now=NOW)


def test_invite_sends_a_mail_with_the_link(owner):
    invitation = invite(owner)

    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ("ny@lmp.example", "Invitasjon til Læringsmiljøprosjektet")
    assert f"https://portal.lmp.example/invitasjon/{invitation.token}/" in mail.text
    assert "Rektor, Granli skole" in mail.text
    assert "fredag 11. desember 2026 kl. 10.00" in mail.text
    assert mail.recipient is None


def test_invite_writes_in_the_language_of_the_kommune(owner):
    owner.owner.kommune.maalform = "nynorsk"
    owner.owner.kommune.save()

    assert language_of(SkoleFactory(kommune=owner.owner.kommune)) == "nn"
    assert language_of(owner.owner) == "nn"
    assert language_of(KommuneFactory(maalform="noeytral")) == "nb"
    assert language_of(PPTKommuneFactory().ppt) == "nb"
    assert language_of(None) == "nb"


def test_invite_outside_the_chain_is_refused(owner):
    with pytest.raises(PermissionDenied):
        invite(owner, kind="udir", scope=None)
    with pytest.raises(PermissionDenied):
        invite(owner, scope=SkoleFactory())

    assert list(Invitation.objects.all()) == []


def test_invite_twice_is_refused_while_the_first_is_open(owner):
    invite(owner)

    with pytest.raises(ValidationError, match="er invitert allerede"):
        invite(owner, email="ny@LMP.example ")


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, InvitationState.OPEN),
        ({"expires_at": NOW}, InvitationState.EXPIRED),
        ({"withdrawn_at": NOW}, InvitationState.WITHDRAWN),
        ({"accepted_at": NOW, "expires_at": NOW}, InvitationState.ACCEPTED),
    ],
)
def test_state(changes, state):
    invitation = InvitationFactory(**changes)

    assert state_of(invitation, NOW) == state
    assert list(Invitation.objects.open(NOW)) == ([invitation] if state == "open" else [])


def test_accept_makes_the_person_and_gives_the_role(owner):
    invitation = invite(owner)

    person = accept_invitation(invitation=invitation, now=NOW)

    role = Role.objects.get(user=person)
    assert (person.name, person.email) == ("Ida Moland", "ny@lmp.example")
    assert (role.kind, role.unit, role.valid_from) == ("leder", invitation.unit, START)
    assert role.created_by == owner.user
    assert (invitation.accepted_at, invitation.accepted_by) == (NOW, person)


def test_accept_finds_the_person_who_has_the_address():
    known = UserFactory(email="Kjent@lmp.example", name="Kjent Person")

    person = accept_invitation(
        invitation=InvitationFactory(email="kjent@lmp.example", name="Annet navn"), now=NOW
    )

    assert (person, person.name) == (known, "Kjent Person")


@pytest.mark.parametrize("field", ["accepted_at", "withdrawn_at", "expires_at"])
def test_accept_what_is_closed_changes_nothing(field):
    invitation = InvitationFactory(**{field: NOW - timedelta(minutes=1)})

    with pytest.raises(InvitationClosed):
        accept_invitation(invitation=invitation, now=NOW)

    assert (list(User.objects.all()), list(Role.objects.all())) == ([], [])


def test_accept_twice_gives_one_role():
    invitation = InvitationFactory()
    second = Invitation.objects.get()
    accept_invitation(invitation=invitation, now=NOW)

    with pytest.raises(InvitationClosed) as closed:
        accept_invitation(invitation=second, now=NOW)

    assert closed.value.state == InvitationState.ACCEPTED
    assert Role.objects.count() == 1


def test_accept_does_not_open_a_closed_account():
    UserFactory(email="stengt@lmp.example", is_active=False)
    invitation = InvitationFactory(email="stengt@lmp.example")

    with pytest.raises(PermissionDenied):
        accept_invitation(invitation=invitation, now=NOW)

    assert list(Role.objects.all()) == []


def test_resend_makes_a_new_mail_and_a_new_date(owner):
    invitation = invite(owner)
    later = NOW + timedelta(days=30)

    invitation = resend_invitation(invitation=invitation, by=acting_as(owner), now=later)

    assert (invitation.sent_at, invitation.expires_at) == (later, later + timedelta(days=21))
    assert Mail.objects.count() == 2


def test_resend_within_the_hour_is_refused(owner):
    invitation = invite(owner)

    with pytest.raises(ValidationError, match="nettopp sendt"):
        resend_invitation(
            invitation=invitation, by=acting_as(owner), now=NOW + timedelta(minutes=59)
        )

    assert Mail.objects.count() == 1


def test_withdrawn_cannot_be_accepted_or_sent_again(owner):
    invitation = withdraw_invitation(invitation=invite(owner), by=acting_as(owner), now=NOW)

    with pytest.raises(InvitationClosed):
        accept_invitation(invitation=invitation, now=NOW)
    with pytest.raises(InvitationClosed):
        resend_invitation(invitation=invitation, by=acting_as(owner), now=NOW + timedelta(hours=2))


def test_only_those_who_may_invite_may_withdraw(owner):
    invitation = invite(owner)

    with pytest.raises(PermissionDenied):
        withdraw_invitation(invitation=invitation, by=acting_as(make_role("eier")), now=NOW)

    assert state_of(invitation, NOW) == InvitationState.OPEN


def test_visible_to_those_who_could_have_sent_it(owner):
    own = invite(owner)
    foreign = InvitationFactory()
    to_udir = InvitationFactory(kind="udir", unit=None)
    seen = {
        "eier": list(Invitation.objects.visible_to(acting_as(owner))),
        "udir": list(Invitation.objects.visible_to(acting_as(make_role("udir")))),
        "admin": set(Invitation.objects.visible_to(acting_as(make_role("admin")))),
        "veileder": list(Invitation.objects.visible_to(acting_as(make_role("veileder")))),
    }

    assert seen == {
        "eier": [own],
        "udir": [to_udir],
        "admin": {own, foreign, to_udir},
        "veileder": [],
    }


def test_owner_of_a_ppt_sees_each_invitation_once():
    role = make_role("eier", OwnerFactory())
    link = PPTKommuneFactory(kommune=role.owner.kommune)
    link.ppt.kommuner.add(KommuneFactory(), through_defaults={"valid_from": START})
    invitation = InvitationFactory(kind="ppt", unit=None, ppt=link.ppt)

    assert list(Invitation.objects.visible_to(acting_as(role))) == [invitation]


@pytest.mark.parametrize(
    ("kind", "unit_kind", "ownership", "answer"),
    [
        ("leder", "skole", "offentlig", "Spør kommunen."),
        ("leder", "skole", "privat", "Spør statsforvalteren."),
        ("leder", "barnehage", "privat", "Spør barnehagemyndigheten i kommunen."),
        ("eier", "", "", "Spør statsforvalteren."),
        ("veileder", "", "", "Spør koordinatoren i prosjektet."),
    ],
)
def test_whom_to_ask(kind, unit_kind, ownership, answer):
    assert whom_to_ask(kind, unit_kind, ownership) == answer
