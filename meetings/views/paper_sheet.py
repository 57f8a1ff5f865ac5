"""A sent version as a page or a PDF shows it: stored JSON with dates and words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext, override

from cohorts.views.pdf_response import PDF_LANGUAGE
from meetings.forms.grunnlag import OUTCOMES
from meetings.forms.sak_types import SAK_TYPES
from meetings.models import Addendum, Referat, ReferatVersion, VeiledningsgrunnlagVersion
from meetings.models.meeting import MeetingForm
from meetings.rules.grunnlag import questions_in

Version = VeiledningsgrunnlagVersion | ReferatVersion


@dataclass(frozen=True)
class Sheet:
    """What the template of a sent paper needs; `facts` are the meeting's, `content` the text."""

    version: Version
    facts: dict[str, Any]
    content: dict[str, Any]

    @property
    def lang(self) -> str:
        """The language of the text, as an HTML and PDF language tag."""
        return PDF_LANGUAGE[self.version.language]

    @property
    def short_hash(self) -> str:
        """The first sixteen digits of the checksum in groups of four, for reading out."""
        return short_hash(self.version.sha256)


@dataclass(frozen=True)
class ShownAddendum:
    """An addendum with what it is about, as it stands under the referat."""

    addendum: Addendum
    title: str

    @property
    def short_hash(self) -> str:
        """The first digits of its checksum."""
        return short_hash(self.addendum.sha256)


def short_hash(sha256: str) -> str:
    """The first sixteen digits of a checksum in groups of four."""
    return " ".join(sha256[at : at + 4] for at in range(0, 16, 4))


def addenda_of(referat: Referat, user) -> list[ShownAddendum]:
    """The addenda to a referat that the person may read, in order."""
    rows = referat.addenda.shown_to(user).select_related("written_by", "version")
    return [ShownAddendum(row, _sak_title(row)) for row in rows]


def _sak_title(row: Addendum) -> str:
    """«sak 2, Rutinen», or «hele referatet», in the language of the addendum."""
    with override(row.language):
        if row.sak is None:
            return gettext("hele referatet")
        title = row.version.content["saker"][row.sak - 1]["title"]
        return gettext("sak %(n)s, %(title)s") % {"n": row.sak, "title": title}


def sheet_of(version: Version) -> Sheet:
    """Prepare a version for a page; its words are in the language of the paper."""
    content = dict(version.content)
    facts = dict(content["meeting"])
    facts["start"] = datetime.fromisoformat(facts["start"])
    facts["end"] = datetime.fromisoformat(facts["end"])
    with override(version.language):
        facts["form_name"] = str(MeetingForm(facts["form"]).label)
        content.update(_worded(content))
    return Sheet(version, facts, content)


def _worded(content: dict[str, Any]) -> dict[str, Any]:
    """The parts of the content that need words or dates instead of stored values."""
    types = {key: str(label) for key, label in SAK_TYPES}
    outcomes = {key: str(label) for key, label in OUTCOMES}
    worded: dict[str, Any] = {
        "saker": [
            {**sak, "type_name": types.get(sak.get("type", ""), "")} for sak in content["saker"]
        ]
    }
    if "since_last" in content:
        worded["since_last"] = [
            {
                **row,
                "outcome_name": outcomes.get(row["outcome"], ""),
                "due": date.fromisoformat(row["due"]) if row["due"] else None,
            }
            for row in content["since_last"]
        ]
        worded["questions"] = questions_in(content["questions"])
    if "agreed" in content:
        worded["carried"] = [
            {**row, "outcome_name": outcomes.get(row["outcome"], "")}
            for row in content.get("carried", [])
        ]
        worded["agreed"] = [
            {**row, "due": date.fromisoformat(row["due"])} for row in content["agreed"]
        ]
        worded["held_from"] = datetime.fromisoformat(content["held_from"])
        worded["held_to"] = datetime.fromisoformat(content["held_to"])
        next_date = content.get("next_date")
        worded["next_date"] = date.fromisoformat(next_date) if next_date else None
    return worded
