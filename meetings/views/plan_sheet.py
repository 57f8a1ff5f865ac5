"""A version of a plan as a page or a PDF shows it: stored JSON with dates and words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from cohorts.forms.plan import PlanTextsForm
from cohorts.models import PlanVersion, Verdict
from cohorts.views.pdf_response import PDF_LANGUAGE
from lmp.lib.wording import join_words

ON_THE_SHEET = ("time_set_aside", "owner_plan", "competence", "ppt_role")


@dataclass(frozen=True)
class PlanSheet:
    """What the pages of a version need; all words are in the language of the version."""

    version: PlanVersion
    content: dict[str, Any]

    @property
    def lang(self) -> str:
        """The language of the text, as an HTML and PDF language tag."""
        return PDF_LANGUAGE[self.version.language]

    @property
    def short_hash(self) -> str:
        """The first digits of the checksum in groups of four, for reading out."""
        digits = self.version.sha256[:16]
        return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def plan_sheet(version: PlanVersion) -> PlanSheet:
    """Prepare a version; older content may lack a part, which is then left out."""
    stored = version.content
    with override(version.language):
        content = {
            **stored,
            "maal": [_goal(maal) for maal in stored.get("maal", [])],
            "review": _review(stored.get("review", {})),
            "texts": _texts(stored.get("texts", {})),
            "group_words": join_words(stored.get("group", [])),
        }
    return PlanSheet(version, content)


def _goal(maal: dict[str, Any]) -> dict[str, Any]:
    delmaal = join_words([each["text"] for each in maal.get("delmaal", [])])
    return {
        **maal,
        "delmaal_words": delmaal,
        "tiltak": [_tiltak(each) for each in maal.get("tiltak", [])],
    }


def _tiltak(tiltak: dict[str, Any]) -> dict[str, Any]:
    verdict = tiltak.get("verdict", "")
    return {
        **tiltak,
        "status_words": tiltak.get("status_name", "").lower(),
        "verdict_name": str(Verdict(verdict).label) if verdict else "",
    }


def _review(review: dict[str, Any]) -> dict[str, Any]:
    dated = {
        key: date.fromisoformat(review[key])
        for key in ("held_on", "next_review")
        if review.get(key)
    }
    conclusion = review.get("conclusion", "")
    name = str(Verdict(conclusion).label) if conclusion else ""
    return {**review, **dated, "conclusion_name": name}


def _texts(texts: dict[str, str]) -> dict[str, Any]:
    """The plan's own texts with their labels; children and parents stand as one row on paper."""
    labels = {name: field.label for name, field in PlanTextsForm.base_fields.items()}
    rows = [(labels[name], texts.get(name, "")) for name in ON_THE_SHEET]
    heard = "\n".join(text for key in ("children", "parents") if (text := texts.get(key, "")))
    found = [(_("Barn og foreldre"), heard), *rows]
    return {"rows": [(label, text) for label, text in found if text]}


def sheet_title(version: PlanVersion) -> str:
    """The name of the document: whose plan and which version, never what it says."""
    with override(version.language):
        words = {"unit": version.content.get("unit", ""), "n": version.number}
        return _("Framdriftsplan, %(unit)s, versjon %(n)s") % words
