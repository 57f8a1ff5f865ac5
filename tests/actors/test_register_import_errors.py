"""`import_registers` on bad files: every fault named, nothing half-loaded."""

from pathlib import Path

import pytest

from actors.models import Fylke, Kommune, Unit
from tests.factories.register import KommuneFactory, PrivateOwnerFactory, SkoleFactory
from tests.factories.register_files import (
    change,
    copy_registers,
    lines_of,
    run_failing_import,
    run_import,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_registers(tmp_path)


SKOLE = "974589648,Abildsø skole,0301,grunnskole,offentlig,1,10,486"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            SKOLE,
            SKOLE.replace("974589648", "974589649"),
            "skoler.csv, linje 2: «974589649» er ikke et gyldig organisasjonsnummer "
            "(ni sifre, modulus 11)",
        ),
        (
            SKOLE,
            SKOLE.replace("0301", "0302"),
            "skoler.csv, linje 2: ukjent kommune: 0302",
        ),
        (
            "887664102,",
            "974589648,",
            "skoler.csv, linje 3: «organisasjonsnummer» 974589648 står også på linje 2",
        ),
        (SKOLE, SKOLE.replace("Abildsø skole", " "), "skoler.csv, linje 2: «navn» er tom"),
        (
            SKOLE,
            SKOLE.replace("486", "mange"),
            "skoler.csv, linje 2: «elevtall» skal være et helt tall fra 0 til 100000, "
            "men er «mange»",
        ),
        (
            SKOLE,
            SKOLE.replace("1,10", "10,1"),
            "skoler.csv, linje 2: «trinn_fra» er høyere enn «trinn_til»",
        ),
        (
            SKOLE,
            SKOLE.replace("offentlig", "statlig"),
            "skoler.csv, linje 2: «eierform» er «statlig», men skal være en av: offentlig, privat",
        ),
        (SKOLE, SKOLE + ",x", "skoler.csv, linje 2: raden har 15 felt, men overskriften har 14"),
        ("eierform", "eier", "skoler.csv, linje 1: kolonner mangler: eierform"),
    ],
)
def test_a_bad_row_is_reported_and_nothing_of_its_file_is_loaded(folder, old, new, problem):
    change(folder, "skoler.csv", old, new)

    message, errors = run_failing_import(folder)

    assert errors == [problem, "skoler.csv: 1 feil, ingenting av filen er lastet"]
    assert message == (
        "Lastet: statsforvaltere.csv, fylker_2024.csv, kommuner_2024.csv, "
        "kommune_kodeendringer.csv, barnehager.csv. Ikke lastet: skoler.csv."
    )
    assert Unit.objects.skoler().count() == 0
    assert Unit.objects.barnehager().count() == 2


def test_all_bad_rows_are_reported_in_order(folder):
    change(folder, "skoler.csv", "0301,grunnskole", "0399,grunnskole")
    change(folder, "skoler.csv", "887664102,Akademiet Oslo AS", "887664103,")

    errors = run_failing_import(folder)[1]

    assert errors == [
        "skoler.csv, linje 2: ukjent kommune: 0399",
        "skoler.csv, linje 3: «navn» er tom",
        "skoler.csv, linje 3: «887664103» er ikke et gyldig organisasjonsnummer "
        "(ni sifre, modulus 11)",
        "skoler.csv: 3 feil, ingenting av filen er lastet",
    ]


def test_a_bad_file_leaves_what_was_there_alone(folder):
    run_import(folder)
    before = list(Unit.objects.values())
    change(folder, "skoler.csv", "Abildsø skole", "Nytt navn")
    change(folder, "skoler.csv", "887664102,", "887664103,")

    run_failing_import(folder)

    assert list(Unit.objects.values()) == before


def test_a_file_that_is_not_utf8_is_refused(folder):
    text = "".join(lines_of("barnehager.csv"))
    (folder / "barnehager.csv").write_bytes(text.encode("latin-1"))

    errors = run_failing_import(folder)[1]

    assert errors == [
        "barnehager.csv, linje 2: filen er ikke UTF-8",
        "barnehager.csv: 1 feil, ingenting av filen er lastet",
    ]


def test_files_that_depend_on_a_bad_one_are_not_loaded(folder):
    change(folder, "kommuner_2024.csv", "nøytral", "samnorsk")

    message, errors = run_failing_import(folder)

    assert errors == [
        "kommuner_2024.csv, linje 2: «malform» er «samnorsk», "
        "men skal være en av: bokmål, nynorsk, nøytral",
        "kommuner_2024.csv: 1 feil, ingenting av filen er lastet",
        "kommune_kodeendringer.csv: ikke lastet, fordi kommuner_2024.csv ikke ble lastet",
        "skoler.csv: ikke lastet, fordi kommuner_2024.csv ikke ble lastet",
        "barnehager.csv: ikke lastet, fordi kommuner_2024.csv ikke ble lastet",
    ]
    assert message == (
        "Lastet: statsforvaltere.csv, fylker_2024.csv. Ikke lastet: kommuner_2024.csv, "
        "kommune_kodeendringer.csv, skoler.csv, barnehager.csv."
    )
    assert (Fylke.objects.count(), Kommune.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "fylker_2024.csv",
            "Tromssa,nord",
            "Tromssa,sør",
            "fylker_2024.csv, linje 3: ukjent statsforvalterkode: sør",
        ),
        (
            "kommuner_2024.csv",
            "Kaivuono,55,",
            "Kaivuono,56,",
            "kommuner_2024.csv, linje 3: ukjent fylkesnummer: 56",
        ),
        (
            "kommune_kodeendringer.csv",
            "2024-01-01,5426,Gáivuotna - Kåfjord - Kaivuono,5540",
            "2024-01-01,5426,Gáivuotna - Kåfjord - Kaivuono,5541",
            "kommune_kodeendringer.csv, linje 4: "
            "ukjent kommune: 5541 er ikke et kommunenummer i dag",
        ),
        (
            "kommune_kodeendringer.csv",
            "2024-01-01",
            "2024-13-01",
            "kommune_kodeendringer.csv, linje 4: "
            "«dato» skal være en dato (åååå-mm-dd), men er «2024-13-01»",
        ),
    ],
)
def test_unknown_codes_and_dates_are_reported(folder, file, old, new, problem):
    change(folder, file, old, new)

    errors = run_failing_import(folder)[1]

    assert problem in errors


def test_a_kommunenummer_held_by_another_kommune_is_reported(folder):
    KommuneFactory(number="0301", name="Demo")
    run_failing_import(folder)
    Kommune.objects.update(is_fictional=False)

    errors = run_failing_import(folder)[1]

    assert errors[0] == (
        "kommuner_2024.csv, linje 2: Demo har nummeret i dag, med et annet organisasjonsnummer"
    )


def test_a_number_held_by_a_fictional_row_is_reported(folder):
    KommuneFactory(number="0301", name="Demo")
    SkoleFactory(orgnr="974589648", name="Demoskolen")

    errors = run_failing_import(folder)[1]

    assert errors[0] == (
        "kommuner_2024.csv, linje 2: nummeret er i bruk av en fiktiv kommune: Demo"
    )


def test_an_orgnr_held_by_a_fictional_unit_is_reported(folder):
    SkoleFactory(orgnr="974589648", name="Demoskolen")

    errors = run_failing_import(folder)[1]

    assert errors[0] == (
        "skoler.csv, linje 2: organisasjonsnummeret er i bruk av en fiktiv enhet: Demoskolen"
    )


def test_what_the_database_refuses_is_reported_and_rolled_back(folder):
    PrivateOwnerFactory(orgnr="940363586")

    message, errors = run_failing_import(folder)

    assert errors[0].startswith("kommuner_2024.csv: databasen avviste filen: ")
    assert Kommune.objects.real().count() == 0
    assert "Ikke lastet: kommuner_2024.csv" in message


def test_a_missing_file_is_reported(folder):
    (folder / "barnehager.csv").unlink()

    errors = run_failing_import(folder)[1]

    assert errors[0] == "barnehager.csv: kan ikke leses: No such file or directory"
    assert Unit.objects.skoler().count() == 4


def test_a_file_cut_short_is_refused_unless_closures_are_allowed(folder):
    run_import(folder)
    Unit.objects.bulk_create(
        SkoleFactory.build(owner=None, kommune=None, is_fictional=False) for _ in range(101)
    )

    errors = run_failing_import(folder)[1]

    assert errors[0] == (
        "skoler.csv: filen ville satt 101 av 105 enheter ut av drift. "
        "Er den ufullstendig? Bruk --allow-closures hvis det stemmer"
    )
    run_import(folder, allow_closures=True)
    assert Unit.objects.skoler().active().count() == 4


def test_an_unknown_path_or_file_is_refused(folder):
    (folder / "elever.csv").write_text("navn\n", encoding="utf-8")

    assert run_failing_import(folder / "ingen")[0] == f"Finner ikke {folder / 'ingen'}"
    assert run_failing_import(folder / "elever.csv")[0].startswith(
        "Ukjent registerfil. Filen må hete "
    )
