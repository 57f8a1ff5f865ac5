"""The people of the demo: those the documentation names, and everybody else in an office.

All have addresses at lmp.example, a domain that cannot receive mail.
"""

from datetime import date

from actors.actions.roles import create_person, give_role
from actors.models import PPT, PPTKommune, Role, Statsforvalter, User
from actors.rules.roles import RoleKind
from reports.demo.names import address_of
from reports.demo.plan import KommunePlan
from reports.demo.world import Place, World, started

SINCE = date(2023, 4, 1)
ELSEWHERE = "@lmp.example"
# Names of the people at fixed addresses, as in our pictures.
KNOWN = {
    "udir": "Kari Nilsen",
    "koordinator": "Dagfinn Skår",
    "statsforvalter": "Eirik Moen",
    "eier": "Tone Lindvik",
    "rektor": "Marit Aasland",
    "styrer": "Jorunn Havstein",
    "ppt": "Leila Hansen",
    "veileder": "Sigrid Haug",
    "admin": "Aksel Brandt",
    "personvernkontakt": "Reidun Haugland",
}
# Others whom our pictures name; the address follows from the name.
LEADERS = {"Elvemo ungdomsskole": "Farah Ali", "Solfangeren barnehage": "Jonas Berge"}
MATE = "Amund Vik"  # the other veileder of the first pair
MAIN_EMBETE = "50"  # the fylke whose embete the demo's statsforvalter works at
PPT_NAMES = (
    "PPT for Fjordvik, Bjørkesund og Havbrekke",
    "PPT Rimfjell og Stillvatn",
    "Rognskar og Tindvær PPT",
    "Ytterholt PPT",
    "Austvika og Lauvheim PPT",
    "Høgmoen og Granmo PPT",
)


def person(world: World, key: str = "", *, name: str = "", language: str = "nb") -> User:
    """A demo person: a known one by `key`, one with a given `name`, or the next free name."""
    name = KNOWN.get(key) or name or _free_name(world)
    address = f"{key}{ELSEWHERE}" if key else address_of(name)
    return create_person(email=address, name=name, language=language, by=None, now=started())


def office(user: User, kind: str, scope=None, since: date = SINCE) -> Role:
    """Give the person an office from `since` on."""
    return give_role(user=user, kind=kind, scope=scope, valid_from=since, by=None, now=started())


def make_national(world: World) -> None:
    """Udir, koordinator and the administrator of the system."""
    world.udir, world.koordinator = person(world, "udir"), person(world, "koordinator")
    for user, kind in ((world.udir, RoleKind.UDIR), (world.koordinator, RoleKind.KOORDINATOR)):
        user.act_as(office(user, kind), world.today)
    admin = person(world, "admin")
    admin.is_staff = admin.is_superuser = True
    admin.save(update_fields=["is_staff", "is_superuser"])
    office(admin, RoleKind.ADMIN)


def make_embeter(world: World) -> None:
    """One adviser in every embete."""
    for embete in Statsforvalter.objects.order_by("code"):
        main = embete.fylker.filter(number=MAIN_EMBETE).exists()
        language = "nn" if embete.maalform == "nynorsk" else "nb"
        user = person(world, "statsforvalter" if main else "", language=language)
        world.embeter[embete.pk] = office(user, RoleKind.STATSFORVALTER, embete)


def make_pairs(world: World, count: int) -> None:
    """`count` pairs of veiledere, and one who takes over from another."""
    for number in range(count):
        lead = person(world, "veileder" if number == 0 else "")
        mate = person(world, name=MATE if number == 0 else "")
        world.pairs[number] = tuple(office(user, RoleKind.VEILEDER) for user in (lead, mate))
    world.successor = office(person(world), RoleKind.VEILEDER)


def make_eier(world: World, plan: KommunePlan, owner) -> Role:
    """Who answers for the kommune as owner; in one kommune also its barnehagemyndighet."""
    user = person(world, plan.eier, language=_language(plan))
    role = office(user, RoleKind.EIER, owner)
    if plan.eier:
        office(person(world), RoleKind.BARNEHAGEMYNDIGHET, owner.kommune)
    return role


def make_privacy_contact(world: World) -> None:
    """One person is personvernkontakt for the owners of the first two kommuner."""
    user = person(world, "personvernkontakt")
    for place in reversed(world.places[:2]):  # the one with a report to judge comes first
        office(user, RoleKind.PERSONVERNKONTAKT, place.owner)


def make_leaders(world: World, place: Place) -> None:
    """A styrer or rektor for each unit; one person may lead two."""
    for plan in place.plan.units:
        name = LEADERS.get(plan.name, "")
        user = person(world, plan.leader, name=name, language=_language(place.plan))
        unit = place.units[plan.name]
        place.leaders[plan.name] = office(user, RoleKind.LEDER, unit)


def make_ppt(world: World) -> None:
    """The PP-tjenester with one adviser each, and the kommuner they serve."""
    for place in [*world.places, *world.former]:
        number = place.plan.ppt
        if number not in world.ppt:
            name = PPT_NAMES[number] if number < len(PPT_NAMES) else f"{place.plan.name} PPT"
            service = PPT.objects.create(name=name, orgnr=next(world.orgnrs), is_fictional=True)
            user = person(world, "ppt" if number == 0 else "")
            world.ppt[number] = office(user, RoleKind.PPT, service)
        PPTKommune.objects.create(
            ppt=world.ppt[number].ppt, kommune=place.owner.kommune, valid_from=SINCE
        )


def _language(plan: KommunePlan) -> str:
    return "nn" if plan.maalform == "nynorsk" else "nb"


def _free_name(world: World) -> str:
    taken = {*KNOWN.values(), *LEADERS.values(), MATE}
    return next(name for name in world.names if name not in taken)
