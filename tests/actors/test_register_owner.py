"""Private owners written in by people."""

import pytest
from django.core.exceptions import ValidationError

from actors.actions.register_owner import create_private_owner
from actors.models import Event, Owner
from tests.factories.people import NOW, acting_as, make_role
from tests.factories.register import KommuneFactory, OwnerFactory, PrivateOwnerFactory, SkoleFactory

pytestmark = pytest.mark.django_db

ORGNR = "974760673"


@pytest.fixture
def by():
    return acting_as(make_role("statsforvalter"))


def school(**values):
    defaults = {"owner": None, "kommune": KommuneFactory(), "ownership": "privat"}
    return SkoleFactory(**(defaults | values))


def create(by, unit, orgnr=ORGNR):
    return create_private_owner(name=" Stiftelsen Åsen ", orgnr=orgnr, unit=unit, by=by, now=NOW)


def test_the_owner_is_made_and_tied_to_its_school(by):
    unit = school()

    owner = create(by, unit, "974 760 673")

    unit.refresh_from_db()
    assert (unit.owner, owner.kind, owner.name) == (owner, "privat", "Stiftelsen Åsen")
    assert (owner.search_name, owner.sort_name) == ("stiftelsen åsen", "stiftelsen zzcsen")
    assert owner.is_fictional is unit.is_fictional is True
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == [
        "create-owner",
        "tie-owner",
    ]


def test_an_owner_with_several_schools_is_one(by):
    first = create(by, school())

    assert create(by, school()) == first
    assert (Owner.objects.filter(kind="privat").count(), first.units.count()) == (1, 2)


def test_a_double_click_is_harmless(by):
    unit = school()

    assert create(by, unit) == create(by, unit)
    assert Owner.objects.filter(kind="privat").count() == 1


@pytest.mark.parametrize("orgnr", ["974760674", "97476067", "", "abc"])
def test_the_number_must_be_right(by, orgnr):
    with pytest.raises(ValidationError, match="gyldig organisasjonsnummer"):
        create(by, school(), orgnr)


def test_a_kommune_is_no_private_owner(by):
    with pytest.raises(ValidationError, match="ikke er en privat eier"):
        create(by, school(), OwnerFactory().orgnr)


def test_a_unit_that_is_public_or_has_another_owner_is_refused(by):
    with pytest.raises(ValidationError, match="er offentlig"):
        create(by, school(ownership="offentlig"))
    with pytest.raises(ValidationError, match="har en eier fra før"):
        create(by, school(owner=PrivateOwnerFactory()))

    assert Owner.objects.filter(name="Stiftelsen Åsen").count() == 0
