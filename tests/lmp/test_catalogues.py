"""Translations compile without GNU gettext."""

import gettext
import os
from pathlib import Path

from lmp.catalogues import compile_catalogues

CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Møte"
msgstr "Møte (nn)"

#, fuzzy
msgid "Sak"
msgstr "gjetning"
"""


def write_catalogue(locale: Path) -> Path:
    source = locale / "nn" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE)
    return source


def test_compiled_catalogue_is_read_by_gettext(tmp_path: Path) -> None:
    write_catalogue(tmp_path)

    compile_catalogues(tmp_path)

    found = gettext.translation("django", tmp_path, languages=["nn"])
    assert found.gettext("Møte") == "Møte (nn)"
    assert found.gettext("Sak") == "Sak"


def test_only_what_changed_is_compiled(tmp_path: Path) -> None:
    source = write_catalogue(tmp_path)
    target = source.with_suffix(".mo")

    first = compile_catalogues(tmp_path)
    again = compile_catalogues(tmp_path)
    os.utime(source, (target.stat().st_mtime + 10,) * 2)
    changed = compile_catalogues(tmp_path)

    assert (first, again, changed) == ([target], [], [target])
