"""The puljer and places of the demo: everything is made up, and nothing is made twice."""

import csv
from datetime import date
from io import StringIO

from django.conf import settings
from django.core.management import call_command

from actors.models import Kommune, Owner, Statsforvalter, Unit
from actors.rules.register import fold, is_orgnr
from cohorts.models import Deltakelse, DeltakendeUnit, Pulje, PuljeEvent
from lmp.lib.personal_data import find_national_ids
from meetings.models import Referat
from reports.demo.names import REGISTER_NAMES
from tests.factories.demo import FRIDAY, WHOLE_DEMO, fingerprint, our_models, rows_of

pytestmark = WHOLE_DEMO


def register_values(*columns: str, files=tuple(REGISTER_NAMES)) -> set[str]:
    found = set()
    for file in files:
        with (settings.REGISTER_DIR / file).open(encoding="utf-8-sig", newline="") as rows:
            for row in csv.DictReader(rows):
                found |= {fold(row[column]) for column in columns if row.get(column)}
    return found


def test_the_demo_has_fourteen_kommuner_and_forty_seven_units_in_pulje_9(demo):
    pulje = Pulje.objects.get(number=9)

    assert Deltakelse.objects.filter(pulje=pulje).count() == 14
    assert DeltakendeUnit.objects.filter(deltakelse__pulje=pulje).count() == 47


def test_the_three_puljer_are_closed_running_and_recruiting(demo):
    assert list(Pulje.objects.order_by("number").values_list("number", "status")) == [
        (8, "closed"),
        (9, "running"),
        (10, "recruiting"),
    ]


def test_pulje_10_has_its_calendar_and_the_one_who_has_said_yes(demo):
    pulje = Pulje.objects.get(number=10)

    assert pulje.semesters.get(number=0).start == date(2027, 4, 22)
    assert pulje.semesters.get(number=1).start == date(2027, 8, 1)
    assert PuljeEvent.objects.filter(pulje=pulje).count() == 5
    assert [str(each.owner) for each in pulje.deltakelser.all()] == ["Tjuvholtet kommune"]
    assert list(pulje.dates.values_list("key", flat=True)) == [
        "soeknadsfrist",
        "prioritert_liste",
        "avgjoerelse",
        "svarfrist",
    ]


def test_pulje_8_is_finished_and_nothing_is_owed_there(demo):
    pulje = Pulje.objects.get(number=8)

    assert pulje.obligations.open().count() == 0
    papers = Referat.objects.filter(meeting__pulje=pulje, unit__isnull=False)
    assert set(papers.values_list("status", flat=True)) == {"locked"}


def test_every_participant_is_fictional(demo):
    assert Kommune.objects.real().count() == 0
    assert Deltakelse.objects.exclude(owner__is_fictional=True).count() == 0
    assert DeltakendeUnit.objects.exclude(unit__is_fictional=True).count() == 0
    assert sorted(Kommune.objects.values_list("number", flat=True)) == [
        str(9901 + place) for place in range(40)
    ]
    kommuner = register_values("kommunenavn", "offisielt_navn", files=("kommuner_2024.csv",))
    assert {fold(kommune.name) for kommune in Kommune.objects.all()} & kommuner == set()


def test_no_name_is_that_of_a_real_kommune_skole_or_barnehage(demo):
    columns = {column for names in REGISTER_NAMES.values() for column in names}
    real = register_values(*columns)
    ours = {
        fold(name)
        for model in (Kommune, Owner, Unit)
        for name in model.objects.values_list("name", flat=True)
    }

    assert ours & real == set()


def test_no_organisasjonsnummer_is_in_the_registers(demo):
    files = ("kommuner_2024.csv", "skoler.csv", "barnehager.csv")
    real = register_values("organisasjonsnummer", files=files)
    ours = {
        number
        for model in (Kommune, Owner, Unit)
        for number in model.objects.values_list("orgnr", flat=True)
    }

    assert ours & real == set()
    assert all(is_orgnr(number) for number in ours)


def test_the_kommuner_lie_in_real_fylker(demo):
    with_kommuner = Statsforvalter.objects.filter(fylker__kommuner__isnull=False).distinct()
    real = register_values("kode", files=("statsforvaltere.csv",))

    assert {fold(code) for code in Statsforvalter.objects.values_list("code", flat=True)} == real
    assert with_kommuner.count() == 10


def test_no_text_holds_a_national_id(demo):
    texts = [str(value) for model in our_models() for row in rows_of(model) for value in row]

    assert [text for text in set(texts) if " " in text and find_national_ids(text)] == []


def test_a_private_barnehage_takes_part_with_its_kommune(demo):
    unit = DeltakendeUnit.objects.get(unit__ownership="privat").unit

    assert (unit.owner.kind, unit.owner.name) == ("privat", "Nøttestua SA")
    assert str(unit.deltakelser.get().deltakelse.owner) == "Fjordvik kommune"


def test_a_second_run_changes_nothing(demo):
    before, out = fingerprint(), StringIO()

    call_command("demo", today=FRIDAY, stdout=out)

    assert out.getvalue() == "There is a pulje already; the demo changes nothing.\n"
    assert fingerprint() == before
