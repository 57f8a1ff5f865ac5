"""How a paper stands in a public register of documents: its title, and the legal bases to choose.

The paragraphs are data (`legal_bases.toml`), because the acts change (domain 4.2).
"""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from cohorts.rules.text import in_language
from lmp.lib.wording import dag

LEGAL_BASES = Path(__file__).resolve().with_name("legal_bases.toml")
GRUNNLAG, REFERAT, PLAN = "grunnlag", "referat", "plan"


def suggested_title(kind: str, place: str, day: date) -> str:
    """«Veiledningsgrunnlag, Granli skole, 3. desember 2026», in the active language.

    `place` is the unit or the owner; `day` the local date of the meeting, or when a plan was
    saved. There are no names in it, and nothing that somebody has written.
    """
    words = {GRUNNLAG: _("Veiledningsgrunnlag"), REFERAT: _("Referat"), PLAN: _("Framdriftsplan")}
    return ", ".join(part for part in (words[kind], place, dag(day, year=True)) if part)


def legal_bases(language: str) -> list[str]:
    """The legal bases to choose among, in «nb» or «nn»; another can be written."""
    return [in_language(row["bm"], row["nn"], language) for row in _rows()]


@cache
def _rows() -> list[dict[str, str]]:
    return tomllib.loads(LEGAL_BASES.read_text(encoding="utf-8"))["basis"]
