"""`manage.py check_programme`: what it prints and how it ends."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

DATA = Path(__file__).parent / "data"


def test_check_programme_without_a_file_checks_what_ships():
    out = StringIO()

    call_command("check_programme", stdout=out)

    assert out.getvalue() == "2 files checked: OK\n"


def test_check_programme_prints_every_problem_and_fails(tmp_path):
    text = (DATA / "samlingsbasert.toml").read_text(encoding="utf-8")
    path = tmp_path / "wrong.toml"
    path.write_text(text.replace("semesters = 5", "semesters = 5.5") + "unknown = 1\n", "utf-8")
    last = text.count("\n") + 1
    out = StringIO()

    with pytest.raises(CommandError) as caught:
        call_command("check_programme", str(path), stdout=out)

    assert str(caught.value) == "2 problems in 1 file"
    assert out.getvalue().splitlines() == [
        f"{path}:9: programme → semesters: must be a whole number, not 5.5",
        f'{path}:{last}: funding → use "ressursperson" → unknown: is not a known key',
    ]


def test_check_programme_of_one_right_file():
    out = StringIO()

    call_command("check_programme", DATA / "samlingsbasert-5-kalender.toml", stdout=out)

    assert out.getvalue() == "1 file checked: OK\n"
