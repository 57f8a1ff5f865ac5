"""`import_registers`: the real data, and what a small set of files becomes."""

from datetime import date
from pathlib import Path

import pytest

from actors.models import Event, Fylke, Kommune, KommuneCode, Owner, Statsforvalter, Unit
from tests.factories.register import PrivateOwnerFactory, SkoleFactory
from tests.factories.register_files import append, change, copy_registers, lines_of, run_import

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_registers(tmp_path)


def test_import_of_the_packaged_files_gives_the_whole_country():
    run_import()

    assert Statsforvalter.objects.count() == 10
    assert Fylke.objects.count() == 15
    assert Kommune.objects.real().current(date(2026, 11, 20)).count() == 357
    assert KommuneCode.objects.count() == 475
    assert Owner.objects.filter(kind="kommune").count() == 357
    assert Owner.objects.filter(kind="fylkeskommune").count() == 14
    units = Unit.objects.real().active()
    assert units.skoler().count() == 3262
    assert units.barnehager().count() == 5256
    assert units.filter(owner=None, ownership="offentlig").count() == 0
    assert units.exclude(owner=None).filter(ownership="privat").count() == 0
    assert units.filter(kommune=None).count() == 0
    assert units.filter(owner__kind="fylkeskommune").count() == 382
    assert Owner.objects.get(orgnr="958935420").units.filter(school_type="videregaaende").exists()


def test_import_twice_changes_nothing_and_says_so(folder):
    run_import(folder)
    before = list(Unit.objects.values()), list(Owner.objects.values()), Event.objects.count()

    lines = run_import(folder)

    assert lines == [
        "statsforvaltere.csv: statsforvaltere: ingen endringer, 2 som før",
        "fylker_2024.csv: fylker: ingen endringer, 2 som før; "
        "barnehage- og skoleeiere: ingen endringer, 1 som før",
        "kommuner_2024.csv: kommuner: ingen endringer, 2 som før; "
        "barnehage- og skoleeiere: ingen endringer, 2 som før",
        "kommune_kodeendringer.csv: tidligere kommunenumre: ingen endringer, 2 som før; "
        "kommuner: ingen endringer, 2 som før",
        "skoler.csv: enheter: ingen endringer, 4 som før; 1 rad er ikke i drift og er hoppet over",
        "barnehager.csv: enheter: ingen endringer, 2 som før",
        "Ferdig. Registrene var oppdatert fra før.",
    ]
    assert before == (
        list(Unit.objects.values()),
        list(Owner.objects.values()),
        Event.objects.count(),
    )


def test_import_keeps_names_in_every_language(folder):
    run_import(folder)

    kommune = Kommune.objects.get(number="5540")

    assert kommune.official_name == "Gáivuotna - Kåfjord - Kaivuono"
    assert (kommune.name_nordsamisk, kommune.name_kvensk) == ("Gáivuotna", "Kaivuono")
    assert (kommune.maalform, kommune.sami_area) == ("bokmaal", True)
    assert (kommune.latitude, kommune.longitude, kommune.population) == (69.4, None, None)
    assert kommune.website == "https://www.kafjord.no"
    assert kommune.fylke.statsforvalter.maalform == "nynorsk"


def test_import_gives_each_unit_its_owner(folder):
    run_import(folder)

    owner_of = dict(Unit.objects.values_list("name", "owner__name"))

    assert owner_of == {
        "Abildsø skole": "Oslo kommune",
        "Akademiet Oslo AS": None,
        "Kåfjord videregående skole": "Troms fylkeskommune",
        "Longyearbyen skole": None,
        "Abildsø menighetsbarnehage AS": None,
        "Oppvekstsenteret barnehage": "Kåfjord kommune",
    }


def test_oslo_is_one_owner_as_kommune_and_fylkeskommune(folder):
    run_import(folder)

    oslo = Kommune.objects.get(number="0301")

    assert oslo.owner == oslo.fylke.owner == Owner.objects.get(orgnr="958935420")
    assert oslo.owner.kind == "kommune"


def test_svalbard_has_no_kommune(folder):
    run_import(folder)

    assert Unit.objects.get(name="Longyearbyen skole").kommune is None


def test_one_orgnr_can_be_in_both_registers(folder):
    run_import(folder)

    assert sorted(Unit.objects.filter(orgnr="974589648").values_list("register", flat=True)) == [
        "NBR",
        "NSR",
    ]


def test_import_follows_former_numbers_with_their_dates(folder):
    run_import(folder)

    codes = KommuneCode.objects.filter(kommune__number="5540")

    assert list(codes.values_list("number", "valid_from", "valid_to")) == [
        ("1940", None, date(2019, 12, 31)),
        ("5426", date(2020, 1, 1), date(2023, 12, 31)),
    ]
    assert Kommune.objects.get(number="5540").valid_from == date(2024, 1, 1)
    assert Kommune.objects.get(number="0301").valid_from is None


def test_a_kommune_with_a_new_number_is_still_the_same(folder):
    run_import(folder)
    kommune = Kommune.objects.get(number="5540")
    change(folder, "kommuner_2024.csv", "5540,", "5599,")
    append(folder, "kommune_kodeendringer.csv", "2028-01-01,5540,Kåfjord,5599,Kåfjord")

    run_import(folder / "kommuner_2024.csv")
    run_import(folder / "kommune_kodeendringer.csv")

    assert Kommune.objects.get(number="5599").pk == kommune.pk
    assert KommuneCode.objects.get(number="5540").kommune_id == kommune.pk


def test_a_unit_that_leaves_the_register_is_kept_but_not_active(folder):
    run_import(folder)
    change(folder, "skoler.csv", "10.82539,abildso.osloskolen.no/,1", "10.82539,,0")
    change(folder, "barnehager.csv", lines_of("barnehager.csv")[1], "")

    lines = run_import(folder)

    closed = Unit.objects.filter(active=False)
    assert sorted(closed.values_list("name", flat=True)) == [
        "Abildsø menighetsbarnehage AS",
        "Abildsø skole",
    ]
    assert lines[4] == (
        "skoler.csv: enheter: ingen endringer, 3 som før; 1 er satt ut av drift; "
        "2 rader er ikke i drift og er hoppet over"
    )


def test_a_unit_that_comes_back_is_active_again(folder):
    run_import(folder)
    Unit.objects.filter(name="Abildsø skole").update(active=False)

    run_import(folder)

    assert Unit.objects.get(name="Abildsø skole").active


def test_import_changes_what_the_register_changed_and_nothing_else(folder):
    run_import(folder)
    Unit.objects.filter(orgnr="974760673").update(has_sfo=False)
    change(folder, "skoler.csv", "Kåfjord videregående skole", "Nordkåfjord vgs")

    lines = run_import(folder)

    unit = Unit.objects.get(orgnr="974760673")
    assert (unit.name, unit.search_name) == ("Nordkåfjord vgs", "nordkåfjord vgs")
    assert (unit.has_sfo, unit.website) == (False, "")
    assert lines[4].startswith("skoler.csv: enheter: 0 nye, 1 endret, 3 som før")
    assert lines[-1].startswith("Ferdig. Lastet: statsforvaltere.csv, ")
    event = Event.objects.latest("pk")
    assert (event.verb, event.subject) == ("load-register", "register:skoler.csv")
    assert event.data == {"created": 0, "changed": 1, "closed": 0}


def test_import_lets_a_corrected_owner_stand(folder):
    run_import(folder)
    private = PrivateOwnerFactory(is_fictional=False)
    Unit.objects.filter(name="Akademiet Oslo AS").update(owner=private)
    fylkeskommune = Owner.objects.get(kind="fylkeskommune")
    Unit.objects.filter(name="Oppvekstsenteret barnehage").update(owner=fylkeskommune)

    run_import(folder)

    assert Unit.objects.get(name="Akademiet Oslo AS").owner == private
    assert Unit.objects.get(name="Oppvekstsenteret barnehage").owner == fylkeskommune


def test_a_unit_turned_private_loses_its_public_owner(folder):
    run_import(folder)
    change(folder, "barnehager.csv", "5540,offentlig", "5540,privat")

    run_import(folder)

    assert Unit.objects.get(name="Oppvekstsenteret barnehage").owner is None


def test_import_never_touches_fictional_rows(folder):
    unit = SkoleFactory(name="Demoskolen", active=True)

    run_import(folder)

    unit.refresh_from_db()
    assert unit.active
    assert Unit.objects.fictional().count() == 1
    assert Kommune.objects.fictional().count() == 1


def test_a_kommune_missing_from_the_file_is_noted_but_kept(folder):
    run_import(folder)
    change(folder, "kommuner_2024.csv", lines_of("kommuner_2024.csv")[2], "")

    lines = run_import(folder / "kommuner_2024.csv")

    assert lines[1] == ("  1 kommune i databasen står ikke i filen og er ikke rørt: Kåfjord")
    assert Kommune.objects.count() == 2


def test_a_divided_kommune_is_noted(folder):
    append(
        folder,
        "kommune_kodeendringer.csv",
        "2020-01-01,1850,Tysfjord,0301,Oslo",
        "2020-01-01,1850,Tysfjord,5426,Kåfjord",
    )

    lines = run_import(folder)

    assert "  1 tidligere nummer er delt mellom kommuner og ikke lagt inn: 1850 Tysfjord" in (lines)


def test_a_single_file_can_be_loaded(folder):
    run_import(folder)
    change(folder, "skoler.csv", "Abildsø skole", "Abildsø ungdomsskole")

    lines = run_import(folder / "skoler.csv")

    assert lines[-1] == "Ferdig. Lastet: skoler.csv."
    assert Unit.objects.get(orgnr="974589648", register="NSR").name == "Abildsø ungdomsskole"
