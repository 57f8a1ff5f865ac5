"""What the database itself refuses in the registers."""

from datetime import date

import pytest
from django.db import IntegrityError

from tests.factories.register import (
    BarnehageFactory,
    FylkeFactory,
    FylkeskommuneOwnerFactory,
    KommuneCodeFactory,
    KommuneFactory,
    OwnerFactory,
    PrivateBarnehageFactory,
    PrivateOwnerFactory,
    SkoleFactory,
    StatsforvalterFactory,
)

pytestmark = pytest.mark.django_db

LATE_THEN_EARLY = {"valid_from": date(2024, 1, 1), "valid_to": date(2023, 1, 1)}


@pytest.mark.parametrize(
    ("factory", "values", "constraint"),
    [
        (StatsforvalterFactory, {"orgnr": "12345678"}, "statsforvalter_orgnr_nine_digits"),
        (FylkeFactory, {"orgnr": "12345678x"}, "fylke_orgnr_nine_digits"),
        (FylkeFactory, {"number": "9"}, "fylke_number_two_digits"),
        (FylkeFactory, LATE_THEN_EARLY, "fylke_period_in_order"),
        (KommuneFactory, {"orgnr": ""}, "kommune_orgnr_nine_digits"),
        (KommuneFactory, {"number": "990"}, "kommune_number_four_digits"),
        (KommuneFactory, LATE_THEN_EARLY, "kommune_period_in_order"),
        (KommuneCodeFactory, {"number": "99x1"}, "kommunecode_number_four_digits"),
        (KommuneCodeFactory, LATE_THEN_EARLY, "kommunecode_period_in_order"),
        (OwnerFactory, {"orgnr": "٩٩٩٩٩٩٩٩٩"}, "owner_orgnr_nine_digits"),
        (OwnerFactory, {"kommune": None, "name": "X"}, "owner_kind_fits_scope"),
        (FylkeskommuneOwnerFactory, {"fylke": None, "name": "X"}, "owner_kind_fits_scope"),
        (SkoleFactory, {"orgnr": "1"}, "unit_orgnr_nine_digits"),
        (SkoleFactory, {"register": "NBR"}, "unit_kind_fits_register"),
        (BarnehageFactory, {"school_type": "grunnskole"}, "unit_kind_fits_register"),
        (SkoleFactory, {"grade_from": 8, "grade_to": 7}, "unit_grades_in_order"),
    ],
)
def test_database_refuses(factory, values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        factory(**values)


def test_database_refuses_a_private_owner_with_a_kommune():
    kommune = KommuneFactory()

    with pytest.raises(IntegrityError, match="owner_kind_fits_scope"):
        PrivateOwnerFactory(kommune=kommune)


def test_database_refuses_a_fylkeskommune_with_a_kommune():
    kommune = KommuneFactory()

    with pytest.raises(IntegrityError, match="owner_kind_fits_scope"):
        FylkeskommuneOwnerFactory(kommune=kommune)


def test_database_refuses_two_open_kommuner_with_one_number():
    KommuneFactory(number="9901")

    with pytest.raises(IntegrityError):
        KommuneFactory(number="9901")


def test_a_number_can_be_used_again_after_its_kommune_is_gone():
    KommuneFactory(number="9901", valid_to=date(2023, 12, 31))

    assert KommuneFactory(number="9901").valid_to is None


def test_database_refuses_one_orgnr_twice_in_a_register():
    unit = SkoleFactory()

    with pytest.raises(IntegrityError):
        SkoleFactory(orgnr=unit.orgnr)


def test_one_orgnr_can_be_in_both_registers():
    unit = SkoleFactory()

    assert BarnehageFactory(orgnr=unit.orgnr, owner=unit.owner).orgnr == unit.orgnr


def test_database_refuses_a_unit_as_its_own_successor():
    unit = SkoleFactory()
    unit.successor = unit

    with pytest.raises(IntegrityError, match="unit_not_its_own_successor"):
        unit.save()


def test_a_kommune_can_also_be_its_fylkeskommune():
    kommune = KommuneFactory(name="Hovedstad")

    owner = OwnerFactory(kommune=kommune, fylke=kommune.fylke)

    assert kommune.fylke.owner == owner


def test_rows_show_themselves_by_name():
    unit = PrivateBarnehageFactory(name="Solbakken")

    assert str(unit) == "Solbakken"
    assert str(unit.kommune.fylke.statsforvalter) == "Statsforvalteren i Fiktivt embete"
    assert str(KommuneCodeFactory(number="9800", name="Gamleby")) == "9800 Gamleby"
