"""Finding rows in the registers."""

from datetime import date

import pytest

from actors.models import Fylke, Kommune, KommuneCode, Owner, Unit
from tests.factories.register import (
    BarnehageFactory,
    FylkeFactory,
    KommuneCodeFactory,
    KommuneFactory,
    OwnerFactory,
    PrivateOwnerFactory,
    SkoleFactory,
    StatsforvalterFactory,
)

pytestmark = pytest.mark.django_db


def names(queryset) -> list[str]:
    return [str(row) for row in queryset]


def test_real_and_fictional_share_all_kommuner_between_them():
    KommuneFactory(name="Oppdiktet")
    KommuneFactory(name="Ekte", is_fictional=False)

    assert names(Kommune.objects.real()) == ["Ekte"]
    assert names(Kommune.objects.fictional()) == ["Oppdiktet"]


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2019, 12, 31), []),
        (date(2020, 1, 1), ["Fiktiv"]),
        (date(2023, 12, 31), ["Fiktiv"]),
        (date(2024, 1, 1), []),
    ],
)
def test_current_counts_both_ends_of_the_period(on, found):
    period = {"valid_from": date(2020, 1, 1), "valid_to": date(2023, 12, 31), "name": "Fiktiv"}
    FylkeFactory(**period)
    KommuneFactory(**period, fylke=FylkeFactory(number="98"))
    KommuneCodeFactory(**period, number="9800", kommune=KommuneFactory(name="Annen"))

    assert names(Fylke.objects.current(on).exclude(number="98")) == found
    assert names(Kommune.objects.current(on).exclude(name="Annen")) == found
    assert names(KommuneCode.objects.current(on)) == [f"9800 {name}" for name in found]


def test_current_takes_an_open_period_as_always():
    KommuneFactory(name="Alltid")

    assert names(Kommune.objects.current(date(1900, 1, 1))) == ["Alltid"]


def test_open_leaves_out_what_is_abolished():
    KommuneFactory(name="Nå")
    KommuneFactory(name="Før", valid_to=date(2023, 12, 31))
    FylkeFactory(number="97", name="Gammelt", valid_to=date(2023, 12, 31))

    assert names(Kommune.objects.open()) == ["Nå"]
    assert names(Fylke.objects.open()) == ["Fiktivt fylke"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["Bakken skole", "Øvre Årdal skule", "Áltá skuvla"]),
        ("årdal", ["Øvre Årdal skule"]),
        ("ÅRDAL øvre", ["Øvre Årdal skule"]),
        ("a\u030ardal", ["Øvre Årdal skule"]),
        ("ÁLTÁ", ["Áltá skuvla"]),
        ("100 000 0", ["Bakken skole"]),
        ("10000008", ["Bakken skole"]),
        ("00008", []),
        ("50%", []),
        ("_", []),
        ("barnehage", []),
    ],
)
def test_search_finds_names_and_orgnr(text, found):
    owner = OwnerFactory()
    SkoleFactory(name="Bakken skole", orgnr="100000088", owner=owner)
    SkoleFactory(name="Øvre Årdal skule", orgnr="200000083", owner=owner)
    SkoleFactory(name="Áltá skuvla", orgnr="300000089", owner=owner)

    assert sorted(names(Unit.objects.search(text))) == sorted(found)


def test_search_keeps_within_kommune_owner_and_kind():
    here, there = OwnerFactory(), OwnerFactory()
    SkoleFactory(name="Solbakken skole", owner=here)
    BarnehageFactory(name="Solbakken barnehage", owner=here)
    SkoleFactory(name="Solbakken oppvekstsenter", owner=there)

    assert names(Unit.objects.search("solbakken", kommune=here.kommune, kind="skole")) == [
        "Solbakken skole"
    ]
    assert names(Unit.objects.search("solbakken", owner=there)) == ["Solbakken oppvekstsenter"]


def test_units_are_found_by_state_kind_and_place():
    skole = SkoleFactory(name="Bakken skole")
    BarnehageFactory(name="Lia barnehage", owner=skole.owner)
    SkoleFactory(name="Nedlagt skole", owner=skole.owner, active=False)
    SkoleFactory(name="Andre skole")

    assert names(Unit.objects.in_kommune(skole.kommune).active()) == [
        "Bakken skole",
        "Lia barnehage",
    ]
    assert names(Unit.objects.owned_by(skole.owner).skoler().active()) == ["Bakken skole"]
    assert names(Unit.objects.barnehager()) == ["Lia barnehage"]


def test_owners_and_kommuner_are_searched_by_name():
    OwnerFactory(kommune=KommuneFactory(name="Ålfjord"))
    PrivateOwnerFactory(name="Østre Å-hager AS")

    assert names(Owner.objects.search("ÅLFJORD")) == ["Ålfjord kommune"]
    assert names(Owner.objects.search("østre")) == ["Østre Å-hager AS"]
    assert names(Kommune.objects.search("ålf")) == ["Ålfjord"]


def test_rows_are_listed_in_norwegian_order():
    fylke = FylkeFactory(statsforvalter=StatsforvalterFactory())
    for name in ("Ålfjord", "Ænes", "Zulu", "Ørvik", "Alta"):
        KommuneFactory(name=name, fylke=fylke)

    assert names(Kommune.objects.all()) == ["Alta", "Zulu", "Ænes", "Ørvik", "Ålfjord"]
