"""Groups: seats, and the access to a unit's papers that follows them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from actors.actions.groups import (
    Seating,
    add_member,
    create_group,
    end_membership,
    explain_empty_seat,
)
from actors.models import Arbeidsgruppe, EmptySeatReason, Group, Role, Styringsgruppe
from tests.factories.people import NOW, GroupFactory, UserFactory, acting_as, make_role
from tests.factories.register import OwnerFactory, SkoleFactory

pytestmark = pytest.mark.django_db

FIRST, LAST, LATER = date(2026, 8, 1), date(2026, 12, 31), date(2027, 3, 31)


def seat(group, seat="kontaktlaerer", **values):
    seating = Seating(seat=seat, **{"name": "Per Prøvik", "valid_from": FIRST, **values})
    return add_member(group=group, seating=seating, by=None, now=NOW)


def test_create_group_twice_is_one_group():
    unit, owner = SkoleFactory(), OwnerFactory()
    first = create_group(kind="arbeidsgruppe", unit=unit, by=None, now=NOW)
    second = create_group(kind="arbeidsgruppe", unit=unit, by=None, now=NOW)
    create_group(kind="styringsgruppe", owner=owner, by=None, now=NOW)

    assert first == second
    assert [g.unit for g in Arbeidsgruppe.objects.all()] == [unit]
    assert [g.owner for g in Styringsgruppe.objects.all()] == [owner]


def test_member_without_an_account_gets_no_role():
    member = seat(GroupFactory(), name="Ola Uten Konto", email="ola@lmp.example")

    assert (member.name, member.email, member.user) == ("Ola Uten Konto", "ola@lmp.example", None)
    assert list(Role.objects.all()) == []


def test_member_of_a_units_group_may_read_the_papers():
    group, user = GroupFactory(), UserFactory()

    seat(group, user=user, name="")

    role = Role.objects.get()
    assert (role.user, role.kind, role.unit) == (user, "arbeidsgruppe", group.unit)
    assert (role.valid_from, role.valid_to) == (FIRST, None)


def test_member_of_an_owners_group_gets_no_role():
    group = GroupFactory(kind="styringsgruppe", unit=None, owner=OwnerFactory())

    seat(group, user=UserFactory())

    assert list(Role.objects.all()) == []


def test_leader_in_the_group_keeps_only_the_leaders_role():
    leader = make_role("leder")

    seat(GroupFactory(unit=leader.unit), seat="leder", user=leader.user)

    assert list(Role.objects.all()) == [leader]


def test_same_seat_twice_is_one_membership():
    group, user = GroupFactory(), UserFactory()

    assert seat(group, user=user) == seat(group, user=user)


def test_end_membership_ends_the_access():
    member = seat(GroupFactory(), user=UserFactory())

    end_membership(member=member, valid_to=LAST, by=None, now=NOW)

    assert (member.valid_to, Role.objects.get().valid_to) == (LAST, LAST)


def test_access_lasts_as_long_as_the_last_seat():
    group, user = GroupFactory(), UserFactory()
    teacher = seat(group, user=user)
    deputy = seat(group, seat="vara", user=user)

    end_membership(member=teacher, valid_to=LATER, by=None, now=NOW)
    assert Role.objects.get().valid_to is None

    end_membership(member=deputy, valid_to=LAST, by=None, now=NOW)
    assert Role.objects.get().valid_to == LATER


def test_end_membership_leaves_other_units_alone():
    user = UserFactory()
    here, there = seat(GroupFactory(), user=user), seat(GroupFactory(), user=user)

    end_membership(member=here, valid_to=LAST, by=None, now=NOW)

    ends = {role.unit: role.valid_to for role in Role.objects.all()}
    assert ends == {here.group.unit: LAST, there.group.unit: None}


def test_end_membership_before_it_began_is_refused():
    with pytest.raises(ValidationError):
        end_membership(member=seat(GroupFactory()), valid_to=date(2026, 7, 31), by=None, now=NOW)


def test_reason_for_an_empty_seat_is_one_and_goes_when_it_is_filled():
    leader = make_role("leder")
    group, by = GroupFactory(unit=leader.unit), acting_as(leader)
    for reason in ("Ingen ennå.", "Skolen har ikke mellomleder."):
        explain_empty_seat(group=group, seat="mellomleder", reason=reason, by=by, now=NOW)
    assert [r.reason for r in EmptySeatReason.objects.all()] == ["Skolen har ikke mellomleder."]

    seat(group, seat="mellomleder")

    assert list(EmptySeatReason.objects.all()) == []


def test_with_member_counts_the_period():
    group, user = GroupFactory(), UserFactory()
    end_membership(member=seat(group, user=user), valid_to=LAST, by=None, now=NOW)

    assert list(Group.objects.with_member(user, LAST)) == [group]
    assert list(Group.objects.with_member(user, LATER)) == []
