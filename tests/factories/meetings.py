"""A deltakelse with people in every office, and meetings of it.

scene = make_scene()                                  # pulje 9, one kommune, a skole, a barnehage
meeting = make_meeting(scene, "veiledning_1")         # called by the veileder, at the skole
meeting = make_meeting(scene, "styringsgruppemoete_fysisk", units=())
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from actors.models import GroupMember, Owner, Role
from cohorts.models import Activity, Deltakelse, DeltakendeUnit, Pulje
from meetings.actions.meeting import create_meeting
from meetings.models import Meeting
from meetings.rules.meeting import local_moment
from tests.factories.cohorts import (
    STARTED,
    activity_of,
    make_deltakelse,
    make_pulje,
    make_veileder_pair,
)
from tests.factories.copied import copied
from tests.factories.people import PPTFactory, make_role

OSLO = ZoneInfo("Europe/Oslo")
TODAY = date(2026, 11, 20)  # a Friday in the third semester
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # 10.00 in Oslo
THIRD = 3


@dataclass
class Scene:
    """People in every office around one deltakelse. Roles, not users: `acting_as(scene.leder)`."""

    pulje: Pulje
    deltakelse: Deltakelse
    skole: DeltakendeUnit
    barnehage: DeltakendeUnit
    leder: Role
    styrer: Role
    arbeidsgruppe: Role
    eier: Role
    ppt: Role
    statsforvalter: Role
    udir: Role
    koordinator: Role
    veileder: Role
    co_veileder: Role

    def by(self, office: str, on: date = TODAY):
        """The person who holds the office, acting in it."""
        role = getattr(self, office)
        return role.user.act_as(role, on)


@copied
def make_scene(pulje: Pulje | None = None, owner: Owner | None = None) -> Scene:
    """One kommune with a skole and a barnehage, groups, a veileder pair and all other offices."""
    deltakelse = make_deltakelse(pulje or make_pulje(), owner, groups=True)
    skole = deltakelse.units.get(unit__kind="skole")
    barnehage = deltakelse.units.get(unit__kind="barnehage")
    lead, co = make_veileder_pair(deltakelse)
    embete = deltakelse.owner.kommune.fylke.statsforvalter
    scene = Scene(
        pulje=deltakelse.pulje,
        deltakelse=deltakelse,
        skole=skole,
        barnehage=barnehage,
        leder=make_role("leder", skole.unit),
        styrer=make_role("leder", barnehage.unit),
        arbeidsgruppe=make_role("arbeidsgruppe", skole.unit),
        eier=make_role("eier", deltakelse.owner),
        ppt=make_role("ppt", PPTFactory()),
        statsforvalter=make_role("statsforvalter", embete),
        udir=make_role("udir"),
        koordinator=make_role("koordinator"),
        veileder=Role.objects.get(user=lead.veileder),
        co_veileder=Role.objects.get(user=co.veileder),
    )
    _seat(skole.arbeidsgruppe, scene.leder, "leder")
    _seat(skole.arbeidsgruppe, scene.arbeidsgruppe, "laerer")
    _seat(skole.arbeidsgruppe, scene.ppt, "ppt")
    _seat(deltakelse.styringsgruppe, scene.ppt, "ppt")
    return scene


def _seat(group, role: Role, seat: str) -> None:
    GroupMember.objects.create(
        group=group, user=role.user, name=role.user.name, seat=seat, valid_from=STARTED
    )


def oslo(day: date, clock: str) -> datetime:
    """The moment of a local date and time («09.00»), in UTC."""
    hour, minute = clock.split(".")
    return local_moment(day, time(int(hour), int(minute)), OSLO)


@copied
def make_meeting(
    scene: Scene,
    key: str = "veiledning_2",
    *,
    day: date = TODAY + timedelta(days=13),
    clock: str = "09.00",
    minutes: int = 150,
    units=None,
    semester: int = THIRD,
    now: datetime = NOW,
    by=None,
    **values,
) -> Meeting:
    """Call a meeting of an activity; at the skole unless `units` says other, `()` for the owner."""
    activity = activity_of(scene.pulje, key, semester)
    start = oslo(day, clock)
    chosen = [scene.skole] if units is None else list(units)
    form = values.pop("form", None) or ("digital" if activity.form == "digital" else "physical")
    return create_meeting(
        activity=activity,
        deltakelse=None if activity.scope == "pulje" else scene.deltakelse,
        units=chosen if activity.scope == "unit" else [],
        start=start,
        end=start + timedelta(minutes=minutes),
        form=form,
        by=by or scene.by(_caller(activity)),
        now=now,
        **values,
    )


def _caller(activity: Activity) -> str:
    return activity.responsible
