"""What the demo consists of at scale 1: kommuner, units, pairs of veiledere, and what is special.

The names follow our design's pictures. `pair` numbers the pair of veiledere, `ppt` the PPT.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

SKOLE, BARNEHAGE = "skole", "barnehage"
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class UnitPlan:
    """A unit: its name ends in what it is. `leader` names a person of the plan, else anybody."""

    name: str
    kind: str
    leader: str = ""
    private: bool = False


@dataclass(frozen=True)
class KommunePlan:
    """A kommune that takes part. `offset`: working days from the fagdager to its fagsamling.

    `no_dates` has no dates for veiledning in the running semester, `late_referater` writes
    referater too late, `fagsamling_waits` has not held its fagsamling.
    """

    name: str
    fylke: str
    units: tuple[UnitPlan, ...]
    pair: int
    ppt: int
    offset: int
    maalform: str = "bokmaal"
    eier: str = ""
    no_dates: bool = False
    late_referater: bool = False
    fagsamling_waits: bool = False
    changes_veileder: bool = False
    moves_meeting: bool = False
    cancels_meeting: bool = False


def skole(name: str, leader: str = "") -> UnitPlan:
    return UnitPlan(name, SKOLE, leader)


def barnehage(name: str, leader: str = "", *, private: bool = False) -> UnitPlan:
    return UnitPlan(name, BARNEHAGE, leader, private)


FJORDVIK, GRANLI, ELVEMO, SOLFANGEREN = (
    "Fjordvik",
    "Granli skole",
    "Elvemo ungdomsskole",
    "Solfangeren barnehage",
)
LAUVTUN, BEKKELIA, KVISTAD = "Lauvtun skole", "Bekkelia skole", "Kvistad barnehage"
YTTERSKJAER = "Ytterskjær skole"
TWO_UNITS = "styrer"  # the leader of an oppvekstsenter: one person, two units

KOMMUNER = (
    KommunePlan(
        FJORDVIK,
        "50",
        (
            skole(GRANLI, "rektor"),
            skole(ELVEMO),
            barnehage(SOLFANGEREN),
            barnehage("Nøttestua barnehage", private=True),
        ),
        pair=0,
        ppt=0,
        offset=14,
        eier="eier",
    ),
    KommunePlan(
        "Bjørkesund",
        "50",
        (skole(LAUVTUN), skole(BEKKELIA), barnehage(KVISTAD)),
        pair=0,
        ppt=0,
        offset=6,
    ),
    KommunePlan(
        "Havbrekke",
        "18",
        (
            barnehage("Havbrekke oppvekstsenter, barnehage", TWO_UNITS),
            skole("Havbrekke oppvekstsenter, skole", TWO_UNITS),
            skole(YTTERSKJAER),
        ),
        pair=0,
        ppt=0,
        offset=10,
    ),
    KommunePlan(
        "Rimfjell",
        "34",
        (
            skole("Rimlia skole"),
            skole("Fjellkroken ungdomsskole"),
            barnehage("Snøugla barnehage"),
            barnehage("Reinroseveien barnehage"),
        ),
        pair=1,
        ppt=1,
        offset=9,
        late_referater=True,
    ),
    KommunePlan(
        "Stillvatn",
        "34",
        (
            skole("Stilltjern skole"),
            skole("Stillevassen skole"),
            skole("Orremo ungdomsskole"),
            barnehage("Vannliljen naturbarnehage"),
            barnehage("Sivkroken barnehage"),
        ),
        pair=1,
        ppt=1,
        offset=15,
    ),
    KommunePlan(
        "Skogmark",
        "34",
        (skole("Kongleskogen skole"), skole("Gaupemo skole"), barnehage("Kvistkvast barnehage")),
        pair=1,
        ppt=1,
        offset=6,
        changes_veileder=True,
        moves_meeting=True,
    ),
    KommunePlan(
        "Rognskar",
        "18",
        (
            skole("Rognebærtunet skole"),
            skole("Skarmo skole"),
            skole("Skarvær ungdomsskole"),
            barnehage("Måkeungen barnehage"),
            barnehage("Fjæresteinen barnehage"),
            barnehage("Trollkråka barnehage"),
        ),
        pair=2,
        ppt=2,
        offset=8,
        cancels_meeting=True,
    ),
    KommunePlan(
        "Tindvær",
        "55",
        (
            skole("Tindvær sentralskole"),
            skole("Værøya grendeskole"),
            barnehage("Tjeldungen barnehage"),
            barnehage("Nordlysvika barnehage"),
        ),
        pair=2,
        ppt=2,
        offset=14,
        no_dates=True,
    ),
    KommunePlan(
        "Ytterholt",
        "15",
        (skole("Ytterholt skole"), skole("Holtevang skole"), barnehage("Strandsnipa barnehage")),
        pair=3,
        ppt=3,
        offset=7,
    ),
    KommunePlan(
        "Austvika",
        "46",
        (
            skole("Austvikane skule"),
            skole("Hesjemo skule"),
            barnehage("Humlestova barnehage"),
            barnehage("Kvannstova barnehage"),
        ),
        pair=3,
        ppt=4,
        offset=13,
        maalform="nynorsk",
    ),
    KommunePlan(
        "Lauvheim",
        "46",
        (skole("Lauvheimen skule"), barnehage("Selja og Older barnehage")),
        pair=3,
        ppt=4,
        offset=18,
        maalform="nynorsk",
    ),
    KommunePlan(
        "Høgmoen",
        "33",
        (
            skole("Høgmotoppen skole"),
            skole("Lerkeslåtta skole"),
            barnehage("Maurstubben barnehage"),
        ),
        pair=4,
        ppt=5,
        offset=8,
    ),
    KommunePlan(
        "Granmo",
        "40",
        (skole("Granmokollen skole"), barnehage("Nøttemauren barnehage")),
        pair=4,
        ppt=5,
        offset=12,
        no_dates=True,
        fagsamling_waits=True,
    ),
    KommunePlan(
        "Myrdalsø",
        "11",
        (skole("Myrdalsøy skule"),),
        pair=4,
        ppt=5,
        offset=16,
        maalform="nynorsk",
    ),
)

# Kommuner of the closed pulje 8.
FORMER = (
    KommunePlan(
        "Solvær",
        "18",
        (skole("Solværet skole"),),
        pair=2,
        ppt=2,
        offset=8,
    ),
    KommunePlan(
        "Kvernlia",
        "39",
        (barnehage("Myrullstua barnehage"),),
        pair=3,
        ppt=3,
        offset=12,
    ),
    KommunePlan(
        "Hegrefjord",
        "46",
        (skole("Hegrefjord skule"), barnehage("Trastereiret barnehage")),
        pair=4,
        ppt=4,
        offset=15,
        maalform="nynorsk",
    ),
)

FYLKER = ("50", "34", "18", "55", "15", "46", "33", "40", "11", "42", "39", "31", "32", "56")


def kommuner_at(
    scale: int, names: Iterator[str], first: tuple[KommunePlan, ...] = KOMMUNER
) -> list[KommunePlan]:
    """The kommuner of pulje 9: those of `first` and, above scale 1, others like them.

    `names` is an iterator of free place names. Each further round has the units, the fylker and
    the dates of the plan, other names and other veiledere, and nothing out of order.
    """
    plans = list(first)
    ours = [place for plan in (*KOMMUNER, *FORMER) for place in (plan, *plan.units)]
    taken = {place.name.split(" ")[0] for place in ours}
    names = (name for name in names if name not in taken)
    for turn in range(1, scale):
        for place, original in enumerate(first):
            units = tuple(_another(unit, next(names)) for unit in original.units)
            plans.append(
                replace(
                    original,
                    name=next(names),
                    fylke=FYLKER[(place + turn) % len(FYLKER)],
                    units=units,
                    pair=original.pair + 5 * turn,
                    ppt=original.ppt + 6 * turn,
                    eier="",
                    no_dates=False,
                    fagsamling_waits=False,
                    late_referater=original.late_referater,
                    changes_veileder=False,
                    moves_meeting=False,
                    cancels_meeting=False,
                )
            )
    return plans


def _another(unit: UnitPlan, name: str) -> UnitPlan:
    """A unit of the same kind under another name."""
    return UnitPlan(f"{name} {unit.kind}", unit.kind)
