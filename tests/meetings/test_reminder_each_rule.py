"""Every rule of the programme sends: to whom, on which working day, and in both languages.

A row for each rule of the packaged programme, with the days of its reminders in the order of the
calendar and the offices that get one. Invitations and groups' empty seats have files of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from actors.models import Notice, User
from lmp.lib.workdays import Calendar
from meetings.actions.obligation import (
    sync_all_obligations,
    sync_empty_seats,
    sync_recruitment_obligations,
)
from meetings.actions.reminder import scan
from tests.factories.cohorts import packaged_programme
from tests.factories.meetings import NOW, Scene, make_meeting, make_scene
from tests.factories.papers import point, send_referat
from tests.factories.people import make_role
from tests.factories.recruitment import (
    decide,
    make_candidate,
    make_embete,
    make_list,
    make_opptak,
    make_soeknad,
)
from tests.factories.seats import LAST_DAY

pytestmark = pytest.mark.django_db

ELSEWHERE = {"invitasjon", "tom_plass"}
EARLY = datetime(2026, 8, 3, 9, tzinfo=UTC)
COMING, HELD = date(2026, 12, 3), date(2026, 10, 15)  # two Thursdays


def meets(key: str, day: date = COMING, office: str = "veileder", **options):
    """A meeting of the third semester, called in August."""

    def build(scene: Scene) -> None:
        make_meeting(scene, key, day=day, now=EARLY, by=scene.by(office), **options)

    return build


def demands(number: int):
    """What a semester demands by its own dates."""

    def build(scene: Scene) -> None:
        sync_all_obligations(semester=scene.pulje.semesters.get(number=number), now=EARLY)

    return build


def has_sent(scene: Scene) -> None:
    """A referat that is sent on 20 November, with a follow-up point of the leader's."""
    send_referat(scene, agreed=[point(due=date(2026, 12, 4))])


def loses_its_veiledere(scene: Scene) -> None:
    """Nobody follows the deltakelse from 20 November on."""
    scene.deltakelse.oppdrag.update(valid_to=LAST_DAY)
    sync_empty_seats(pulje=scene.pulje, now=NOW)


def recruits(stage: str):
    """An opptak: a søknad that is begun, one that is sent, or an offer that is released."""

    def build(_scene: Scene) -> None:
        opptak = make_opptak()
        soeknad = make_soeknad(make_candidate(make_embete(opptak)), sent=stage != "begun")
        if stage == "offered":
            make_list([soeknad], sent=True)
            decide(soeknad, "tilbud", released=True)
        make_role("eier", soeknad.candidate.owner)
        make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)
        sync_recruitment_obligations(opptak=opptak, now=EARLY)

    return build


@dataclass(frozen=True)
class Row:
    """Days are written «11-26» and are of 2026, or with their year."""

    key: str
    build: Callable[[Scene], None]
    told: dict[str, str]
    bm: str
    nn: str


AT_THE_UNIT = "arbeidsgruppe eier leder ppt veileder"
ROWS = [
    Row(
        "paamelding_fagdag",
        meets("nasjonal_fagdag", date(2026, 12, 10), "udir"),
        {"11-05": "eier", "11-16": "eier", "11-19": "eier"},
        "Meld på deltakere til",
        "Meld på deltakarar til",
    ),
    Row(
        "moete_kommer",
        meets("veiledning_1"),
        {"11-30": AT_THE_UNIT},
        "torsdag 3. desember",
        "torsdag 3. desember",
    ),
    Row(
        "moete_kommer",
        meets("nasjonal_fagdag", office="udir"),
        {"11-30": f"{AT_THE_UNIT} statsforvalter"},
        "torsdag 3. desember",
        "torsdag 3. desember",
    ),
    Row(
        "moete_kommer",
        meets("fagsamling", units=()),
        {"11-30": "eier leder ppt veileder"},
        "torsdag 3. desember",
        "torsdag 3. desember",
    ),
    Row(
        "semesterplan",
        demands(3),
        {"08-17": "veileder", "08-31": "veileder", "09-07": "veileder"},
        "Sett dato for møtene i semester 3",
        "Set dato for møta i semester 3",
    ),
    Row(
        "eierplan",
        demands(3),
        {"08-17": "eier", "08-31": "eier", "09-07": "eier"},
        "Sett dato for fagsamling og styringsgruppe i semester 3",
        "Set dato for fagsamling og styringsgruppe i semester 3",
    ),
    Row(
        "fagsamling_program",
        meets("fagsamling", units=()),
        {"11-12": "veileder", "11-19": "veileder"},
        "Program for fagsamlingen torsdag 3. desember",
        "Program for fagsamlinga torsdag 3. desember",
    ),
    Row(
        "veiledningsgrunnlag",
        meets("veiledning_1"),
        {
            "11-19": "leder",
            "11-26": "leder",
            "12-01": "leder arbeidsgruppe",
            "12-03": "leder eier",
        },
        "Veiledningsgrunnlag til torsdag 3. desember",
        "Rettleiingsgrunnlag til torsdag 3. desember",
    ),
    Row(
        "referat",
        meets("veiledning_1", HELD),
        {
            "10-16": "leder",  # four days before is a Sunday
            "10-22": "leder",
            "10-26": "arbeidsgruppe",  # three days after is a Sunday
            "10-29": "leder eier",
            "11-12": "statsforvalter",
            "11-26": "udir",
        },
        "Referat fra torsdag 15. oktober",
        "Referat frå torsdag 15. oktober",
    ),
    Row(
        "merknad",
        has_sent,
        {"11-25": "veileder"},
        "Referatet fra tirsdag 17. november låses fredag 27. november",
        "Referatet frå tysdag 17. november blir låst fredag 27. november",
    ),
    Row(
        "oppfoelgingspunkt",
        has_sent,
        {"12-01": "leder", "12-04": "leder", "12-11": "leder"},
        "Oppfølgingspunkt med frist fredag 4. desember",
        "Oppfølgingspunkt med frist fredag 4. desember",
    ),
    Row(
        "styringsgruppe_innkalling",
        meets("styringsgruppemoete_fysisk", office="eier", units=()),
        {"11-16": "eier", "11-23": "eier", "11-26": "eier"},
        "Kall inn styringsgruppa til torsdag 3. desember",
        "Kall inn styringsgruppa til torsdag 3. desember",
    ),
    Row(
        "styringsgruppe_referat",
        meets("styringsgruppemoete_fysisk", HELD, "eier", units=()),
        {"10-22": "eier", "10-26": "eier", "11-02": "eier", "11-09": "statsforvalter"},
        "Referat fra styringsgruppemøtet torsdag 15. oktober",
        "Referat frå styringsgruppemøtet torsdag 15. oktober",
    ),
    Row(
        "eiernotat",
        meets("eiermoete", HELD, units=()),
        {"10-22": "veileder", "10-29": "veileder"},
        "Notat fra møtet med eieren torsdag 15. oktober",
        "Notat frå møtet med eigaren torsdag 15. oktober",
    ),
    Row(
        "grupper",
        demands(0),
        {"2025-08-15": "eier", "2025-08-29": "eier", "2025-09-12": "eier"},
        "Ledige plasser i gruppa",
        "Ledige plassar i gruppa",
    ),
    Row(
        "tom_veileder",
        loses_its_veiledere,
        {"11-20": "koordinator", "11-27": "koordinator", "12-04": "udir"},
        "Veileder mangler",
        "Rettleiar manglar",
    ),
    Row(
        "kartlegging",
        demands(1),
        {"2025-09-12": "leder", "2025-09-26": "leder", "2025-10-10": "leder"},
        "Kartlegging for ",
        "Kartlegging for ",
    ),
    Row(
        "plangjennomgang",
        demands(3),
        {"11-20": "leder", "12-11": "leder", "12-18": "leder"},
        "Gå gjennom framdriftsplanen for ",
        "Gå gjennom framdriftsplanen for ",
    ),
    Row(
        "medvirkning",
        demands(3),
        {"11-20": "leder", "12-11": "leder"},
        "Registrer medvirkning for ",
        "Registrer medverknad for ",
    ),
    Row(
        "semesterevaluering",
        demands(3),
        {
            "11-27": AT_THE_UNIT,  # the day it opens
            "12-11": AT_THE_UNIT,  # five days before is a Sunday
            "12-18": AT_THE_UNIT,
        },
        "Evaluering av semester 3",
        "Evaluering av semester 3",
    ),
    Row(
        "sluttrapport_enhet",
        demands(4),
        {
            "2027-04-23": "leder",
            "2027-05-14": "leder",
            "2027-05-21": "leder",
            "2027-05-28": "leder eier",
        },
        "Sluttrapport for ",
        "Sluttrapport for ",
    ),
    Row(
        "sluttrapport_eier",
        demands(4),
        {
            "2027-05-21": "eier",
            "2027-06-11": "eier",
            "2027-06-18": "eier",
            "2027-06-25": "eier statsforvalter",
        },
        "Sluttrapport og plan for videreføring",
        "Sluttrapport og plan for vidareføring",
    ),
    Row(
        "soeknadsfrist",
        recruits("begun"),
        {"11-11": "eier", "11-20": "eier", "11-25": "eier"},  # three days before is a Sunday
        "Send søknaden om å delta i pulje 10",
        "Send søknaden om å delta i pulje 10",
    ),
    Row(
        "prioritert_liste",
        recruits("sent"),
        {
            "11-19": "statsforvalter",
            "11-30": "statsforvalter",
            "12-03": "statsforvalter",
            "12-04": "udir",
        },
        "Send prioritert liste for pulje 10",
        "Send prioritert liste for pulje 10",
    ),
    Row(
        "svarfrist",
        recruits("offered"),
        {
            "2027-01-08": "eier",
            "2027-01-13": "eier",
            "2027-01-15": "eier",
            "2027-01-18": "statsforvalter",
        },
        "Svar på tilbudet om å delta i pulje 10",
        "Svar på tilbodet om å delta i pulje 10",
    ),
]


def day_of(text: str) -> date:
    return date.fromisoformat(text if len(text) > len("11-26") else f"2026-{text}")


def told_on(day: date, key: str) -> list[Notice]:
    """The new notices of a rule, of a scan in the morning of a local day."""
    known = set(Notice.objects.values_list("pk", flat=True))
    scan(now=datetime(day.year, day.month, day.day, 8, tzinfo=UTC))
    found = Notice.objects.filter(kind=key).exclude(pk__in=known)
    return list(found.select_related("role"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_each_step_goes_to_its_offices_on_its_working_day(row):
    scene = make_scene()
    row.build(scene)
    Notice.objects.all().delete()  # the invitations' own
    days = {day_of(text): set(offices.split()) for text, offices in row.told.items()}
    assert told_on(Calendar().add_workdays(min(days), -1), row.key) == []

    told = {day: told_on(day, row.key) for day in days}

    assert {day: {n.role.kind for n in found} for day, found in told.items()} == days
    titles = [n.title for found in told.values() for n in found]
    assert [title for title in titles if row.bm not in title] == []
    last = max(days)
    Notice.objects.filter(pk__in=[n.pk for n in told[last]]).delete()
    User.objects.update(language="nn")
    again = told_on(last, row.key)
    assert len(again) == len(told[last])
    assert [notice.title for notice in again if row.nn not in notice.title] == []


def test_every_rule_that_reminds_is_in_the_table():
    reminding = {each.id for each in packaged_programme().deadlines if each.remind}

    assert {row.key for row in ROWS} | ELSEWHERE == reminding
