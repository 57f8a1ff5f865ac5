"""Compile the translations without GNU gettext: ``python -m lmp.catalogues``."""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def compile_catalogues(locale: Path) -> list[Path]:
    """Write a ``.mo`` beside each ``.po`` below ``locale`` that is newer; return those written."""
    written = []
    for source in sorted(locale.rglob("LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime <= source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_catalogues(ROOT / "locale"):
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
