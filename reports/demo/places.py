"""The fictional kommuner with their owners and units, each in a real fylke."""

from datetime import datetime

from django.conf import settings

from actors.actions.register import load_register_file
from actors.actions.register_fictional import (
    create_fictional_kommune,
    create_fictional_private_owner,
    create_fictional_unit,
)
from actors.models import Fylke, Owner, Unit, User
from reports.demo.plan import SKOLE, KommunePlan, UnitPlan
from reports.demo.world import World

# Needed before a kommune can be made; the other registers may be loaded later.
SMALLEST_REGISTERS = ("statsforvaltere.csv", "fylker_2024.csv")
# Roughly the middle of each fylke, for the map.
MIDDLE = {
    "50": (63.6, 10.9),
    "34": (61.2, 10.6),
    "18": (66.8, 14.6),
    "55": (69.4, 19.6),
    "15": (62.6, 7.2),
    "46": (60.9, 6.3),
    "33": (60.2, 9.2),
    "40": (59.4, 8.7),
    "11": (59.0, 6.1),
    "42": (58.5, 7.8),
    "39": (59.2, 10.2),
    "31": (59.3, 11.2),
    "32": (60.0, 11.2),
    "56": (70.1, 25.1),
}
FIRST_NUMBER, LAST_NUMBER = 9901, 9999


def ensure_fylker(now: datetime) -> None:
    """Load embeter and fylker when the registers have not been loaded."""
    if Fylke.objects.exists():
        return
    for file in SMALLEST_REGISTERS:
        content = (settings.REGISTER_DIR / file).read_bytes()
        load_register_file(file=file, content=content, by=None, now=now)


def kommune_number(place: int) -> str:
    """9901 and up; beyond ninety-nine kommuner 9801 and up. No fylke has such numbers."""
    number = FIRST_NUMBER + place
    return str(number if number <= LAST_NUMBER else number - 199)


def make_kommune(
    world: World, plan: KommunePlan, place: int, by: User, now: datetime
) -> tuple[Owner, dict[str, Unit]]:
    """A kommune as owner, and its units by name; private units get an owner of their own."""
    latitude, longitude = MIDDLE[plan.fylke]
    owner = create_fictional_kommune(
        number=kommune_number(place),
        name=plan.name,
        fylke=Fylke.objects.select_related("statsforvalter").get(number=plan.fylke, valid_to=None),
        orgnr=next(world.orgnrs),
        maalform=plan.maalform,
        population=world.chance.randrange(2100, 14800),
        latitude=round(latitude + world.chance.uniform(-0.4, 0.4), 4),
        longitude=round(longitude + world.chance.uniform(-0.4, 0.4), 4),
        by=by,
        now=now,
    )
    return owner, {unit.name: _make_unit(world, unit, owner, by, now) for unit in plan.units}


def _make_unit(world: World, plan: UnitPlan, owner: Owner, by: User, now: datetime) -> Unit:
    owned_by = owner
    if plan.private:
        name = f"{plan.name.split(' ')[0]} SA"
        owned_by = create_fictional_private_owner(
            name=name, orgnr=next(world.orgnrs), by=by, now=now
        )
    return create_fictional_unit(
        kind=plan.kind,
        name=plan.name,
        orgnr=next(world.orgnrs),
        kommune=owner.kommune,
        owner=owned_by,
        place=plan.name.split(" ")[0].upper()[:60],
        by=by,
        now=now,
        **(_school(world, plan) if plan.kind == SKOLE else _barnehage(world)),
    )


def _school(world: World, plan: UnitPlan) -> dict:
    older = "ungdomsskole" in plan.name
    return {
        "school_type": "grunnskole",
        "grade_from": 8 if older else 1,
        "grade_to": 10 if older else 7,
        "children": world.chance.randrange(90, 380),
        "has_sfo": not older,
    }


def _barnehage(world: World) -> dict:
    return {"children": world.chance.randrange(34, 96)}
