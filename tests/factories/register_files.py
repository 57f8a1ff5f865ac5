"""A small, faultless set of register files, and running the import on it."""

from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import CommandError, call_command

GOOD = Path(__file__).parents[1] / "actors" / "register_files"


def copy_registers(folder: Path) -> Path:
    """Put a copy of the files into a folder of the test's own."""
    return copytree(GOOD, folder, dirs_exist_ok=True)


def lines_of(file: str) -> list[str]:
    """The lines of one of the faultless files, with their line ends."""
    return (GOOD / file).read_text(encoding="utf-8").splitlines(keepends=True)


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace one text in one of the files; it must stand there exactly once."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def append(folder: Path, file: str, *rows: str) -> None:
    """Add rows to the end of one of the files."""
    with (folder / file).open("a", encoding="utf-8") as text:
        text.writelines(f"{row}\n" for row in rows)


def run_import(*args, **options) -> list[str]:
    """Run the command and return the lines it printed."""
    out = StringIO()
    call_command("import_registers", *args, stdout=out, no_color=True, **options)
    return out.getvalue().splitlines()


def run_failing_import(*args) -> tuple[str, list[str]]:
    """Run the command, which must fail; return its last word and the problems it printed."""
    out, errors = StringIO(), StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("import_registers", *args, stdout=out, stderr=errors, no_color=True)
    return str(failure.value), errors.getvalue().splitlines()
