"""No page asks more questions when more units take part and more meetings are held."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.queries.programme import programme_of
from meetings.actions.obligation import sync_semester_obligations
from tests.factories.cohorts import make_deltakelse, make_deltakende_unit, semester_of
from tests.factories.meetings import NOW, THIRD, TODAY, make_meeting
from tests.factories.people import sign_in
from tests.factories.register import OwnerFactory

MOST = 18  # Udir’s menu, Min side and the bands each ask one thing more than others’


def queries(client, role, url) -> int:
    sign_in(client, role)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


def grow(scene, units: int) -> None:
    """More units with more meetings, at the owner and at another one."""
    other = make_deltakelse(scene.pulje, owner=OwnerFactory(), units=1)
    sync_semester_obligations(semester=semester_of(scene.pulje, THIRD), now=NOW, deltakelse=other)
    for number in range(units):
        unit = make_deltakende_unit(scene.deltakelse)
        day = TODAY - timedelta(days=21 + number)
        make_meeting(scene, "veiledning_1", day=day, units=[unit], now=NOW - timedelta(days=60))
        make_meeting(scene, "veiledning_2", units=[scene.skole, unit], clock=f"{8 + number}.00")


def test_pages_ask_as_much_of_one_unit_as_of_many(client, scene):
    programme_of(scene.pulje)  # read once in a process
    make_meeting(
        scene, "veiledning_1", day=TODAY - timedelta(days=21), now=NOW - timedelta(days=60)
    )
    make_meeting(scene, "veiledning_2")
    pages = {
        "min side, rektor": (scene.leder, "/min-side/"),
        "min side, eier": (scene.eier, "/min-side/"),
        "min side, veileder": (scene.veileder, "/min-side/"),
        "min side, udir": (scene.udir, "/min-side/"),
        "pulje": (scene.udir, "/puljer/9/"),
        "pulje, enheter": (scene.udir, "/puljer/9/?vis=enheter&alle=1"),
        "pulje, statsforvalter": (scene.statsforvalter, "/puljer/9/"),
        "tall": (scene.udir, "/puljer/9/tall.csv"),
        "eier": (scene.eier, f"/eiere/{scene.deltakelse.owner_id}/"),
        "enhet": (scene.leder, f"/enheter/{scene.skole.unit_id}/"),
        "uke": (scene.veileder, "/veiledning/?uke=2026-W49"),
    }
    few = {name: queries(client, *page) for name, page in pages.items()}

    grow(scene, 3)

    assert {name: queries(client, *page) for name, page in pages.items()} == few
    assert {name: count for name, count in few.items() if count > MOST} == {}
