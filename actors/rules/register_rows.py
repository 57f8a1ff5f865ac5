"""What each register file must hold, and what one row of it says in our own terms.

The keys of the returned dicts are field names of the models, except those in `LOOKUPS`, which name
a row of another register and are looked up by the import.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from actors.rules.kommune_codes import CodeChange
from actors.rules.register import clean_website, derive_names, maalform_of_office
from actors.rules.register_file import Row

MAALFORM = {"bokmål": "bokmaal", "nynorsk": "nynorsk", "nøytral": "noeytral"}
YES_NO = {"ja": "ja", "nei": ""}
ONE_ZERO = {"1": "1", "0": ""}
OWNERSHIP = {"offentlig": "offentlig", "privat": "privat"}
SCHOOL_TYPE = {
    "grunnskole": "grunnskole",
    "vgs": "videregaaende",
    "begge": "begge",
    "annet": "",
}

COLUMNS = {
    "statsforvaltere.csv": ("kode", "embete", "offisielt_navn", "organisasjonsnummer"),
    "fylker_2024.csv": (
        "fylkesnummer",
        "fylkesnavn",
        "offisielt_navn",
        "statsforvalter_kode",
        "fylkeskommune_organisasjonsnummer",
        "fylkeskommune_navn",
    ),
    "kommuner_2024.csv": (
        "kommunenummer",
        "kommunenavn",
        "offisielt_navn",
        "navn_nordsamisk",
        "navn_lulesamisk",
        "navn_sorsamisk",
        "navn_kvensk",
        "fylkesnummer",
        "organisasjonsnummer",
        "malform",
        "samisk_forvaltningsomrade",
        "nettsted",
        "folketall",
        "breddegrad",
        "lengdegrad",
    ),
    "kommune_kodeendringer.csv": ("dato", "gammel_kode", "gammelt_navn", "ny_kode", "nytt_navn"),
    "skoler.csv": (
        "organisasjonsnummer",
        "navn",
        "kommunenummer",
        "skoletype",
        "eierform",
        "trinn_fra",
        "trinn_til",
        "elevtall",
        "adresse",
        "poststed",
        "breddegrad",
        "lengdegrad",
        "nettsted",
        "i_nsr_2026_07",
    ),
    "barnehager.csv": (
        "organisasjonsnummer",
        "navn",
        "kommunenummer",
        "eierform",
        "antall_barn",
        "adresse",
        "poststed",
        "breddegrad",
        "lengdegrad",
        "nettsted",
        "i_nbr_2026_07",
    ),
}

LOOKUPS = ("statsforvalter_code", "fylke_number", "kommune_number", "fylkeskommune_name")

Values = dict[str, Any]


def read_statsforvalter(row: Row) -> Values:
    name = row.text("embete", 150, required=True)
    official_name = row.text("offisielt_navn", 150, required=True)
    return {
        "code": row.text("kode", 40, required=True),
        "name": name,
        "official_name": official_name,
        "orgnr": row.orgnr("organisasjonsnummer"),
        "maalform": maalform_of_office(official_name),
        **derive_names(name, official_name),
    }


def read_fylke(row: Row) -> Values:
    name = row.text("fylkesnavn", 150, required=True)
    official_name = row.text("offisielt_navn", 150, required=True)
    return {
        "number": row.code("fylkesnummer", 2),
        "name": name,
        "official_name": official_name,
        "orgnr": row.orgnr("fylkeskommune_organisasjonsnummer"),
        "statsforvalter_code": row.text("statsforvalter_kode", 40, required=True),
        "fylkeskommune_name": row.text("fylkeskommune_navn", 150, required=True),
        **derive_names(name, official_name),
    }


def read_kommune(row: Row) -> Values:
    name = row.text("kommunenavn", 150, required=True)
    names = {
        "official_name": row.text("offisielt_navn", 150, required=True),
        "name_nordsamisk": row.text("navn_nordsamisk", 100),
        "name_lulesamisk": row.text("navn_lulesamisk", 100),
        "name_sorsamisk": row.text("navn_sorsamisk", 100),
        "name_kvensk": row.text("navn_kvensk", 100),
    }
    return {
        "number": row.code("kommunenummer", 4),
        "name": name,
        **names,
        "fylke_number": row.code("fylkesnummer", 2),
        "orgnr": row.orgnr("organisasjonsnummer"),
        "maalform": row.choice("malform", MAALFORM),
        "sami_area": bool(row.choice("samisk_forvaltningsomrade", YES_NO)),
        "latitude": row.degrees("breddegrad", 90),
        "longitude": row.degrees("lengdegrad", 180),
        "population": row.whole_number("folketall", 10_000_000),
        "website": clean_website(row.values["nettsted"]),
        **derive_names(name, *names.values()),
    }


def read_code_change(row: Row) -> CodeChange:
    return CodeChange(
        on=row.day("dato"),
        old=row.code("gammel_kode", 4),
        old_name=row.text("gammelt_navn", 150, required=True),
        new=row.code("ny_kode", 4),
    )


def read_skole(row: Row) -> Values:
    grade_from = row.whole_number("trinn_fra", 13)
    grade_to = row.whole_number("trinn_til", 13)
    if grade_from is not None and grade_to is not None and grade_from > grade_to:
        row.reject(_("«trinn_fra» er høyere enn «trinn_til»"))
    return {
        **read_unit(row, "NSR", "skole", in_register="i_nsr_2026_07"),
        "school_type": row.choice("skoletype", SCHOOL_TYPE),
        "grade_from": grade_from,
        "grade_to": grade_to,
        "children": row.whole_number("elevtall", 100_000),
    }


def read_barnehage(row: Row) -> Values:
    return {
        **read_unit(row, "NBR", "barnehage", in_register="i_nbr_2026_07"),
        "school_type": "",
        "children": row.whole_number("antall_barn", 100_000),
    }


def read_unit(row: Row, register: str, kind: str, in_register: str) -> Values:
    """What skoler and barnehager have in common; `in_register` is the column that says active."""
    name = row.text("navn", 150, required=True)
    return {
        "register": register,
        "orgnr": row.orgnr("organisasjonsnummer"),
        "kind": kind,
        "name": name,
        "kommune_number": row.code("kommunenummer", 4),
        "ownership": row.choice("eierform", OWNERSHIP),
        "address": row.text("adresse", 150),
        "place": row.text("poststed", 60),
        "latitude": row.degrees("breddegrad", 90),
        "longitude": row.degrees("lengdegrad", 180),
        "website": clean_website(row.values["nettsted"]),
        "active": bool(row.choice(in_register, ONE_ZERO)),
        **derive_names(name),
    }


UNIT_READERS: dict[str, Callable[[Row], Values]] = {
    "skoler.csv": read_skole,
    "barnehager.csv": read_barnehage,
}
