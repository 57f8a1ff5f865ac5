"""`manage.py nynorsk`: which texts lack a nynorsk form, and which are no longer used."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from lmp.msgids import Message, find_messages

APPS = ("lmp", "actors", "cohorts", "meetings", "reports")


def catalogue_path() -> Path:
    """The nynorsk catalogue of the project."""
    return Path(settings.BASE_DIR) / "locale" / "nn" / "LC_MESSAGES" / "django.po"


def used_messages() -> dict[Message, list[str]]:
    """Every message of the project's own code and templates, with where it stands."""
    base = Path(settings.BASE_DIR)
    return find_messages([base / app for app in APPS], [base / "templates"])


def missing_messages(catalogue: polib.POFile) -> list[Message]:
    """Messages that are used but have no (complete, certain) nynorsk form."""
    done = {
        (entry.msgid, entry.msgctxt or "")
        for entry in catalogue
        if entry.translated() and not entry.obsolete
    }
    return sorted(m for m in used_messages() if (m.msgid, m.context) not in done)


def unused_entries(catalogue: polib.POFile) -> list[polib.POEntry]:
    """Entries of the catalogue that nothing uses any more."""
    used = {(m.msgid, m.context) for m in used_messages()}
    return [e for e in catalogue if (e.msgid, e.msgctxt or "") not in used]


class Command(BaseCommand):
    help = "Lists texts without a nynorsk form; --update writes them to the catalogue, empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true", help="add missing, drop unused")

    def handle(self, *args, **options) -> None:
        path = catalogue_path()
        catalogue = polib.pofile(str(path)) if path.exists() else _empty_catalogue()
        missing, unused = missing_messages(catalogue), unused_entries(catalogue)
        for message in missing:
            self.stdout.write(f"mangler nynorsk: {message.msgid!r}")
        for entry in unused:
            self.stdout.write(f"brukes ikke lenger: {entry.msgid!r}")
        if options["update"]:
            _update(catalogue, missing, unused)
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(path))


def _empty_catalogue() -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Language": "nn",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return catalogue


def _update(catalogue: polib.POFile, missing: list[Message], unused: list[polib.POEntry]) -> None:
    for entry in unused:
        catalogue.remove(entry)
    known = {(e.msgid, e.msgctxt or "") for e in catalogue}
    for message in missing:
        if (message.msgid, message.context) not in known:
            catalogue.append(_entry(message))


def _entry(message: Message) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.msgid, msgctxt=message.context or None)
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {0: "", 1: ""}
    return entry
