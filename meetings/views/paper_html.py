"""The whole HTML of a sent paper: what a PDF is made of, and the page to print."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from cohorts.models import PaperVersion
from lmp.lib.wording import kortdato
from meetings.access.privacy import subject_of
from meetings.models import ReferatVersion
from meetings.views.paper_sheet import Sheet, Version, addenda_of, sheet_of
from meetings.views.register_facts import register_facts


def name_of(version: Version) -> str:
    """What a version is called in addresses and template names: «grunnlag» or «referat»."""
    return "referat" if isinstance(version, ReferatVersion) else "grunnlag"


def refuse_hidden_file(version: PaperVersion) -> None:
    """No file and no print page of a text that is hidden, not for its author either (8.24)."""
    if version.is_hidden:
        raise PermissionDenied(
            _("Teksten er skjult mens personvernkontakten ser på den. Den kan ikke lastes ned.")
        )


def beside(version: Version, user) -> dict[str, Any]:
    """What stands beside the text: merknader that were not taken in, and addenda under it."""
    if not isinstance(version, ReferatVersion):
        return {}
    standing = version.merknader.filter(status="both_stand").select_related("written_by")
    shown = [row for row in addenda_of(version.paper, user) if row.addendum.hidden_at is None]
    return {"merknader": list(standing), "addenda": shown}


def subjects_of(version: Version, beside: dict[str, Any]) -> str:
    """The names of every text a sheet shows, so that its files go when one of them is hidden."""
    addenda = [subject_of(row.addendum) for row in beside.get("addenda", [])]
    return " ".join([subject_of(version), *addenda])


def paper_html(version: Version, beside: dict[str, Any], *, as_pdf: bool) -> str:
    """The sheet in the language of the paper, whatever language the reader has chosen."""
    sheet, name = sheet_of(version), name_of(version)
    with override(version.language):
        context = {
            "sheet": sheet,
            "title": paper_title(sheet),
            "register": register_facts(version),
            "as_pdf": as_pdf,
            **beside,
        }
        return render_to_string(f"pdf/{name}.html", context)


def paper_title(sheet: Sheet) -> str:
    """The name of the document: what it is and for which day, never its content."""
    with override(sheet.version.language):
        words = {"grunnlag": _("Veiledningsgrunnlag"), "referat": _("Referat")}
        day = kortdato(sheet.facts["start"])
        return f"{words[name_of(sheet.version)]} {day}, {sheet.version.receipt}"
