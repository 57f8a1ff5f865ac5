"""A søknad in words, section by section: what is about to be sent, or a version that was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from cohorts.models import Soeknad, SoeknadVersion
from cohorts.rules.paper import Data
from cohorts.rules.search import children_in_words, orgnr_in_words, spaced_orgnr
from cohorts.rules.soeknad_attachment import size_in_words
from cohorts.rules.soeknad_sending import spaced_hash
from cohorts.rules.soeknad_units import UnitFacts, levels_in_words, totals
from cohorts.views.pdf_response import PDF_LANGUAGE
from cohorts.views.soeknad_links import part_path
from lmp.lib.wording import join_words


@dataclass(frozen=True)
class Sheet:
    """A sent version as pages and the PDF show it; the words are in the version's language."""

    version: SoeknadVersion
    groups: list[dict[str, Any]]

    @property
    def lang(self) -> str:
        """The language of the text, as an HTML and PDF language tag."""
        return PDF_LANGUAGE[self.version.language]

    @property
    def short_hash(self) -> str:
        """The start of the checksum, for reading out."""
        return spaced_hash(self.version.sha256)

    @property
    def owner(self) -> str:
        return names_in(self.version.content)


def sheet_of(version: SoeknadVersion) -> Sheet:
    """Prepare a sent version for a page."""
    with override(version.language):
        groups = groups_of(version.content)
    for each in (row for group in groups for row in group["files"]):
        each["url"] = reverse("cohorts:soeknad_attachment", args=[version.soeknad_id, each["id"]])
    return Sheet(version, groups)


def names_in(content: Data) -> str:
    """«Tranevik kommune og Langneset kommune»."""
    applicants = content.get("applicants") or [{"name": str(content.get("owner", ""))}]
    return join_words([each["name"] for each in applicants])


def groups_of(content: Data, soeknad: Soeknad | None = None) -> list[dict[str, Any]]:
    """The sections of a content: title, facts (label and text), units, files, where to change it.

    With `soeknad` each section has the address of its part; a sent version has none.
    """
    parts = content.get("parts", [])
    groups = [_first(content, parts[:1]), _units(content)]
    groups += [_part(part) for part in parts[1:]]
    groups += [_attachments(content), _confirmed(content)]
    for group in groups:
        if soeknad is not None and group["slug"]:
            group["url"] = part_path(soeknad, group["slug"])
    return [group for group in groups if group["facts"] or group["units"] or group["files"]]


def _group(slug: str, title: str, facts: list[Data], units: list[Data] | None = None) -> Data:
    rows = {"facts": facts, "units": units or [], "files": []}
    return {"slug": slug, "title": title, "url": ""} | rows


def _fact(label: str, text: str, kind: str = "text") -> Data:
    return {"label": label, "text": text, "kind": kind, "long": kind in ("long", "lines")}


def _first(content: Data, parts: list[Data]) -> Data:
    applicants = content.get("applicants", [])
    facts = [
        _fact(_("Søker"), names_in(content)),
        _fact(
            _("Organisasjonsnummer"), _listed(spaced_orgnr(each["orgnr"]) for each in applicants)
        ),
        _fact(_("Kommunenummer"), _listed(each.get("kommunenr", "") for each in applicants)),
    ]
    facts = [each for each in facts if each["text"]]
    if content.get("styringsgruppe"):
        facts.append(_fact(_("Styringsgruppe"), content["styringsgruppe"]["text"]))
    for part in parts:
        facts += _part(part)["facts"]
    return _group("kontakt", _("Hvem som søker"), facts)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(filter(None, values))


def _part(part: Data) -> Data:
    rows, agreed = [], []
    for row in part["answers"]:
        if row["kind"] == "anchored":
            agreed.append(row)
        else:
            rows.append(_fact(row["label"], row["text"], row["kind"]))
    if any(row["value"] and row["value"]["yes"] for row in agreed):
        lines = "\n".join(f"{row['label']}: {row['text']}" for row in agreed)
        rows.append(_fact(_("Hvem har sagt ja til å delta?"), lines, "lines"))
    return _group(part["slug"], part["title"], [row for row in rows if row["text"]])


def _units(content: Data) -> Data:
    units = content.get("units", [])
    if not units:
        return _group("enheter", _("Barnehagene og skolene"), [])
    counted = [UnitFacts(each["children"], each["staff"], each["grades"]) for each in units]
    found = totals(counted)
    words = _("%(children)s barn og elever")
    if found.staff is not None:
        words = _("%(children)s barn og elever, %(staff)s ansatte")
    in_all = words % {"children": found.children, "staff": found.staff}
    delivered = sum(each["part"] is not None for each in units)
    counts = _("%(n)s av %(total)s er levert") % {"n": delivered, "total": found.units}
    levels = levels_in_words(counted)
    facts = [
        _fact(_("Valgt"), ", ".join(each["name"] for each in units)),
        _fact(_("I alt"), in_all),
        *([_fact(_("Skoletrinn"), levels)] if levels else []),
        _fact(_("Egne deler"), counts),
    ]
    rows = [_unit(each) for each in units]
    return _group("enheter", _("Barnehagene og skolene"), facts, rows)


def _unit(unit: Data) -> Data:
    part = dict(unit["part"]) if unit["part"] else None
    if part and part["staff_meeting_on"]:
        part["staff_meeting_on"] = date.fromisoformat(part["staff_meeting_on"])
    return {
        "name": unit["name"],
        "facts": " · ".join(filter(None, _unit_facts(unit))),
        "part": part,
        "left_out_reason": unit["left_out_reason"],
    }


def _unit_facts(unit: Data) -> list[str]:
    """What is known of a unit; versions from before a fact was asked for lack it."""
    private = unit["ownership"] == "privat"
    kind = unit.get("ownership_text") or (_("privat") if private else "")
    sfo = {"yes": _("SFO er med"), "no": _("SFO er ikke med")}.get(unit["sfo"], "")
    return [
        f"{kind}, {unit['owner']}" if private and unit["owner"] != unit["name"] else kind,
        unit["grades"],
        children_in_words(unit["kind"], unit["children"]),
        _("%(n)s ansatte") % {"n": unit["staff"]} if unit["staff"] is not None else "",
        sfo,
        unit.get("maalform", "").lower(),
        unit["leader_name"],
        orgnr_in_words(unit["orgnr"]) if unit["orgnr"] else "",
    ]


def _attachments(content: Data) -> Data:
    """The files by name and size; versions from before there were any have none."""
    files = [
        {"id": each["id"], "name": each["name"], "size": size_in_words(each["size"]), "url": ""}
        for each in content.get("attachments", [])
    ]
    return _group("vedlegg", _("Vedlegg"), []) | {"files": files}


def _confirmed(content: Data) -> Data:
    rows = content.get("confirmations", [])
    facts = [_fact(_("Bekreftet"), "\n".join(each["text"] for each in rows), "long")]
    return _group("", _("Bekreftelser"), facts if rows else [])
