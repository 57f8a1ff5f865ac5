"""Names and numbers that nobody bears: places, people, organisasjonsnummer.

A name of a place is refused when a kommune, a skole or a barnehage in the packaged registers has
it, now or before. Everything comes in a fixed order, so that the demo is the same every time.
"""

import csv
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import count, product

from django.conf import settings

from actors.rules.register import fold

# Enhetsregisteret numbers organisations from 8 and 9; nobody has one that begins with 1.
ORGNR_SERIES = "19"
WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
REGISTER_NAMES = {
    "kommuner_2024.csv": ("kommunenavn", "offisielt_navn"),
    "kommune_kodeendringer.csv": ("gammelt_navn", "nytt_navn"),
    "skoler.csv": ("navn",),
    "barnehager.csv": ("navn",),
}
STEM_STARTS = (
    "Tinde Rogne Hegge Isel Varge Kvanne Brime Ulver Skrede Myrull Vier Lyng Sole Trast Orre "
    "Hubro Jerv Gaupe Rype Erle Fiske Hav Fjære Skjell Tang Bølge Nord Aust Vester Sør "
    "Multe Tytte Blå Einer Seljer Osper Bjørke Granne Furu Lerke"
).split()
STEM_ENDS = (
    "tun mo vang lia heim haug dalen nes vika bakken åsen myra stua kroken "
    "berget grenda sletta plassen toppen tjern"
).split()
FIRST_NAMES = (
    "Marte Jonas Ingrid Eirik Solveig Torunn Farid Silje Henrik Astrid Petter Gunn Ida Sverre "
    "Hanna Magnus Liv Kristian Anja Oddvar Mona Vegard Randi Tuva Stian Berit Aleksander Nora "
    "Håkon Elin Simen Turid Amina Jørgen Kjersti Lars Samira Trond Vilde Bjørnar Hege Mathias "
    "Siw Ola Kaja Rune Miriam Espen Frida Geir"
).split()
LAST_NAMES = (
    "Solbakk Nyheim Berge Vangen Lie Moen Hagen Foss Østby Nygård Rød Bakke Haugland Strand "
    "Myhre Aune Dahl Eide Fjeld Gran Holt Kvam Lunde Myklebust Ness Opdal Ruud Sande Tveit Ulven "
    "Viken Ås Brekke Engen Flaten Grimstad Hovland Iversen Juvik Kleiven Løken Meland Nordli "
    "Osnes Ravn Sletten Torp Utne Vold Ødegård"
).split()


def orgnrs() -> Iterator[str]:
    """Organisasjonsnummer with a right check digit (modulus 11) that nobody has, each once."""
    for serial in count(1):
        eight = f"{ORGNR_SERIES}{serial:06d}"
        check = -sum(w * int(digit) for w, digit in zip(WEIGHTS, eight, strict=True)) % 11
        if check < 10:
            yield f"{eight}{check}"


@lru_cache(maxsize=1)
def real_names() -> frozenset[str]:
    """Every name in the packaged registers, folded, and the first word of each."""
    found = set()
    for file, columns in REGISTER_NAMES.items():
        with (settings.REGISTER_DIR / file).open(encoding="utf-8-sig", newline="") as rows:
            for row in csv.DictReader(rows):
                for column in columns:
                    name = fold(row[column])
                    found |= {name, name.split(" ")[0]} if name else set()
    return frozenset(found)


def is_free(name: str) -> bool:
    """Whether no real kommune or unit has the name, or begins with the same word."""
    folded = fold(name)
    return folded not in real_names() and folded.split(" ")[0] not in real_names()


def place_names() -> Iterator[str]:
    """Names of places that nobody bears, each once: for kommuner and units beyond the plan's."""
    pairs = sorted(product(range(len(STEM_STARTS)), range(len(STEM_ENDS))), key=_mixed)
    for start, end in pairs:
        name = STEM_STARTS[start] + STEM_ENDS[end]
        if is_free(name):
            yield name


def people_names() -> Iterator[str]:
    """First and last names, each pair once."""
    pairs = sorted(product(range(len(FIRST_NAMES)), range(len(LAST_NAMES))), key=_mixed)
    for first, last in pairs:
        yield f"{FIRST_NAMES[first]} {LAST_NAMES[last]}"


def _mixed(pair: tuple[int, int]) -> int:
    """An order that varies both parts from one name to the next."""
    return (pair[0] * 7919 + pair[1] * 104729 + pair[0] * pair[1] * 31) % 99991


def address_of(name: str) -> str:
    """The demo address of a person: «marte.solbakk@lmp.example»."""
    plain = name.lower().translate(str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}))
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return f"{'.'.join(ascii_only.split())}@lmp.example"
