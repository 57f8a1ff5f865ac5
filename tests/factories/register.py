"""Register rows for tests: fictional kommuner (9901 and up) with owners and units.

Organisasjonsnummer are valid by modulus 11 but start with 1, a series that is not in use.
"""

from collections.abc import Iterator
from datetime import date
from itertools import count

import factory
from factory.django import DjangoModelFactory

from actors.models import Fylke, Kommune, KommuneCode, Owner, Statsforvalter, Unit
from actors.rules.register import derive_names

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def fictional_orgnrs() -> Iterator[str]:
    """Fictional organisasjonsnummer with a right check digit, each once."""
    for serial in count(1):
        eight = f"1{serial:07d}"
        check = -sum(w * int(digit) for w, digit in zip(WEIGHTS, eight, strict=True)) % 11
        if check < 10:
            yield f"{eight}{check}"


ORGNRS = fictional_orgnrs()


class NamedFactory(DjangoModelFactory):
    orgnr = factory.LazyFunction(lambda: next(ORGNRS))
    search_name = factory.LazyAttribute(lambda row: derive_names(row.name)["search_name"])
    sort_name = factory.LazyAttribute(lambda row: derive_names(row.name)["sort_name"])

    class Meta:
        abstract = True


class StatsforvalterFactory(NamedFactory):
    """One fictional embete; pass another `code` for a second."""

    code = "fiktivt-embete"
    name = "Fiktivt embete"
    official_name = factory.LazyAttribute(lambda row: f"Statsforvalteren i {row.name}")
    maalform = "bokmaal"

    class Meta:
        model = Statsforvalter
        django_get_or_create = ("code",)


class FylkeFactory(NamedFactory):
    """One fictional fylke; pass another `number` for a second."""

    number = "99"
    name = "Fiktivt fylke"
    official_name = factory.SelfAttribute("name")
    statsforvalter = factory.SubFactory(StatsforvalterFactory)

    class Meta:
        model = Fylke
        django_get_or_create = ("number",)


class KommuneFactory(NamedFactory):
    number = factory.Sequence(lambda n: str(9901 + n % 99))
    name = factory.LazyAttribute(lambda row: f"Fiktiv {row.number}")
    official_name = factory.SelfAttribute("name")
    fylke = factory.SubFactory(FylkeFactory)
    maalform = "bokmaal"
    is_fictional = True

    class Meta:
        model = Kommune


class KommuneCodeFactory(DjangoModelFactory):
    kommune = factory.SubFactory(KommuneFactory)
    number = factory.Sequence(lambda n: str(9801 + n % 99))
    name = factory.LazyAttribute(lambda row: f"Tidligere {row.number}")
    valid_to = date(2023, 12, 31)

    class Meta:
        model = KommuneCode


class OwnerFactory(NamedFactory):
    """A kommune as owner; see the two factories below for the other kinds."""

    kind = "kommune"
    name = factory.LazyAttribute(lambda row: f"{row.kommune.name} kommune")
    kommune = factory.SubFactory(KommuneFactory)
    is_fictional = True

    class Meta:
        model = Owner


class FylkeskommuneOwnerFactory(OwnerFactory):
    kind = "fylkeskommune"
    name = factory.LazyAttribute(lambda row: f"{row.fylke.name} fylkeskommune")
    kommune = None
    fylke = factory.SubFactory(FylkeFactory)


class PrivateOwnerFactory(OwnerFactory):
    kind = "privat"
    name = factory.Sequence(lambda n: f"Læringsverkstedet {n} AS")
    kommune = None


class SkoleFactory(NamedFactory):
    """A public grunnskole owned by the kommune it lies in."""

    register = "NSR"
    kind = "skole"
    school_type = "grunnskole"
    name = factory.Sequence(lambda n: f"Åsen skole {n}")
    owner = factory.SubFactory(OwnerFactory)
    kommune = factory.SelfAttribute("owner.kommune")
    ownership = "offentlig"
    grade_from = 1
    grade_to = 7
    is_fictional = True

    class Meta:
        model = Unit


class BarnehageFactory(NamedFactory):
    """A public barnehage owned by the kommune it lies in."""

    register = "NBR"
    kind = "barnehage"
    name = factory.Sequence(lambda n: f"Solbakken barnehage {n}")
    owner = factory.SubFactory(OwnerFactory)
    kommune = factory.SelfAttribute("owner.kommune")
    ownership = "offentlig"
    is_fictional = True

    class Meta:
        model = Unit


class PrivateBarnehageFactory(BarnehageFactory):
    """A private barnehage with its own owner, in some kommune."""

    owner = factory.SubFactory(PrivateOwnerFactory)
    kommune = factory.SubFactory(KommuneFactory)
    ownership = "privat"
