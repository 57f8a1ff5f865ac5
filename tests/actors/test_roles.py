"""Roles: what the database refuses, how they are given and ended, and what they are called."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from actors.actions.roles import create_person, end_role, give_role, save_profile
from actors.models import Event, Role, User
from actors.rules.roles import SCOPE_OF_KIND, RoleKind, is_valid_on, role_title
from tests.factories.people import (
    NOW,
    ROLE_FROM,
    SCOPE_FACTORIES,
    UserFactory,
    acting_as,
    make_role,
)
from tests.factories.register import OwnerFactory, SkoleFactory

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 8, 1), date(2026, 12, 31)
WRONG_SCOPES = [
    (kind, scope)
    for kind in RoleKind.values
    for scope in (None, *SCOPE_FACTORIES)
    if scope != SCOPE_OF_KIND[kind]
]


@pytest.mark.parametrize("kind", RoleKind.values)
def test_role_with_the_right_scope_is_kept(kind):
    assert make_role(kind).kind == kind


@pytest.mark.parametrize(("kind", "wrong"), WRONG_SCOPES)
def test_role_with_another_scope_is_refused(kind, wrong):
    scope = {wrong: SCOPE_FACTORIES[wrong]()} if wrong else {}

    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(user=UserFactory(), kind=kind, valid_from=FIRST, **scope)


def test_role_with_two_scopes_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(
            user=UserFactory(),
            kind="leder",
            unit=SkoleFactory(),
            owner=OwnerFactory(),
            valid_from=FIRST,
        )


def test_role_that_ends_before_it_begins_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_role("udir", valid_from=LAST, valid_to=FIRST)


@pytest.mark.parametrize("kind", RoleKind.values)
def test_same_open_role_twice_is_refused(kind):
    role = make_role(kind)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_role(kind, role.scope, user=role.user)


def test_account_is_one_per_address_in_any_case():
    UserFactory(email="kari@lmp.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="Kari@lmp.example")


def test_active_counts_both_ends():
    role = make_role("udir", valid_from=FIRST, valid_to=LAST)
    days = [date(2026, 7, 31), FIRST, LAST, date(2027, 1, 1)]

    assert [list(Role.objects.active(day)) for day in days] == [[], [role], [role], []]
    assert [is_valid_on(FIRST, LAST, day) for day in days] == [False, True, True, False]


def test_create_person_has_a_verified_address():
    person = create_person(email=" Ny@LMP.example ", name="Ny Person", by=None, now=NOW)

    assert (person.email, person.has_usable_password()) == ("ny@lmp.example", False)
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == ("ny@lmp.example", True, True)


def test_create_person_twice_is_one_person():
    first = create_person(email="ny@lmp.example", name="Ny Person", by=None, now=NOW)
    second = create_person(email="NY@lmp.example", name="Noe annet", by=None, now=NOW)

    assert first == second
    assert User.objects.get().name == "Ny Person"


def test_create_person_knows_a_second_address():
    person = UserFactory()
    EmailAddress.objects.create(user=person, email="privat@lmp.example", verified=True)

    assert create_person(email="privat@lmp.example", name="X", by=None, now=NOW) == person


def test_create_person_ignores_an_address_that_is_not_proved():
    person = UserFactory()
    EmailAddress.objects.create(user=person, email="udir@lmp.example", verified=False)

    assert create_person(email="udir@lmp.example", name="X", by=None, now=NOW) != person


def test_give_role_writes_an_event():
    by, user, unit = acting_as(make_role("udir")), UserFactory(), SkoleFactory()

    role = give_role(user=user, kind="leder", scope=unit, valid_from=FIRST, by=by, now=NOW)

    assert (role.scope, role.created_by) == (unit, by)
    event = Event.objects.get()
    assert (event.verb, event.subject, event.by) == ("give-role", f"role:{role.pk}", by)


def test_give_role_again_is_the_same_role():
    role = make_role("leder")
    again = {"user": role.user, "kind": "leder", "scope": role.unit, "by": None, "now": NOW}

    assert give_role(valid_from=FIRST, **again) == role
    assert give_role(valid_from=FIRST, valid_to=LAST, **again) == role
    assert Role.objects.get().valid_from == ROLE_FROM


def test_give_role_earlier_moves_the_start():
    role = make_role("leder", valid_from=LAST)

    same = give_role(
        user=role.user, kind="leder", scope=role.unit, valid_from=FIRST, by=None, now=NOW
    )

    assert (same.pk, Role.objects.get().valid_from) == (role.pk, FIRST)


@pytest.mark.parametrize(("kind", "scope"), [("leder", None), ("udir", SkoleFactory)])
def test_give_role_with_a_wrong_scope_is_refused(kind, scope):
    with pytest.raises(ValidationError):
        give_role(
            user=UserFactory(),
            kind=kind,
            scope=scope and scope(),
            valid_from=FIRST,
            by=None,
            now=NOW,
        )


def test_end_role_keeps_the_last_day():
    role = end_role(role=make_role("udir"), valid_to=LAST, by=None, now=NOW)

    assert list(Role.objects.active(LAST)) == [role]
    assert list(Role.objects.active(date(2027, 1, 1))) == []


def test_end_role_before_it_began_is_refused():
    with pytest.raises(ValidationError):
        end_role(role=make_role("udir"), valid_to=date(2024, 1, 1), by=None, now=NOW)


def test_save_profile():
    user = save_profile(user=UserFactory(), name=" Kari Nes ", language="nn", now=NOW)

    user.refresh_from_db()
    assert (user.name, user.language) == ("Kari Nes", "nn")


@pytest.mark.parametrize(
    ("kind", "unit_kind", "acting", "title"),
    [
        ("leder", "skole", False, "Rektor"),
        ("leder", "barnehage", False, "Styrer"),
        ("leder", "skole", True, "Fungerende rektor"),
        ("arbeidsgruppe", "skole", False, "Arbeidsgruppe"),
        ("veileder", None, False, "Veileder"),
    ],
)
def test_role_title(kind, unit_kind, acting, title):
    assert role_title(kind, unit_kind, acting=acting) == title
