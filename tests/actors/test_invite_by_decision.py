"""Invitations that follow from a decision: also where the inviter may invite nobody otherwise."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actors.actions.invitations import invite_by_decision, invite_person
from actors.models import Event, Mail
from tests.factories.people import UserFactory, acting_as, make_role
from tests.factories.register import PrivateBarnehageFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def ask(unit, by, invite=invite_by_decision, kind="leder", email="guro@lmp.example"):
    return invite(
        email=email, name="Guro Strand", kind=kind, scope=unit, role_from=TODAY, by=by, now=NOW
    )


@pytest.fixture
def unit():
    return PrivateBarnehageFactory()


@pytest.fixture
def kommune(unit):
    return acting_as(make_role("eier"))


def test_a_kommune_that_may_not_invite_does_so_by_its_decision(unit, kommune):
    with pytest.raises(PermissionDenied):
        ask(unit, kommune, invite_person)

    invitation = ask(unit, kommune, email=" Guro@LMP.example ")

    assert (invitation.unit, invitation.kind) == (unit, "leder")
    assert (invitation.email, invitation.invited_by) == ("guro@lmp.example", kommune)
    assert Mail.objects.get().to == "guro@lmp.example"
    assert Event.objects.get(subject=f"invitation:{invitation.pk}").verb == "invite-person"


def test_nobody_is_invited_twice_nor_to_a_role_already_held(unit, kommune):
    ask(unit, kommune)
    make_role("leder", unit, user=UserFactory(email="styrer@lmp.example"))

    assert ask(unit, kommune) is None
    assert ask(unit, kommune, email="styrer@lmp.example") is None
    assert Mail.objects.count() == 1


def test_no_decision_gives_a_national_role(kommune):
    with pytest.raises(ValidationError):
        ask(None, kommune, kind="udir")
