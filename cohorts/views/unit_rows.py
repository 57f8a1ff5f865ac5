"""A unit of a søknad in one line, and the state of its own part as a tag."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import SoeknadUnit
from cohorts.rules.search import children_in_words
from cohorts.rules.soeknad_units import ownership_in_words

# icon, colour and whether the tag is dashed, by the state of the part
TAGS = {
    SoeknadUnit.Part.NOT_STARTED: ("missing", "neutral", True),
    SoeknadUnit.Part.DRAFT: ("draft", "neutral", True),
    SoeknadUnit.Part.DELIVERED: ("ok", "success", False),
    SoeknadUnit.Part.DECLINED: ("cancelled", "neutral", False),
}


def row_facts(row: SoeknadUnit) -> str:
    """«Kommunal skole · 1.–7. trinn · 214 elever · 31 ansatte · SFO er med»."""
    first = ownership_in_words(row.kind, row.ownership, row.owner.kind)
    if row.ownership == "privat" and row.owner.kind == "privat":
        first = f"{first}, {row.owner}"
    staff = ""
    if row.staff is not None:
        staff = ngettext("%(n)s ansatt", "%(n)s ansatte", row.staff) % {"n": row.staff}
    sfo = _("SFO er med") if row.sfo == SoeknadUnit.Sfo.YES else ""
    parts = [first, row.grades, children_in_words(row.kind, row.children), staff, sfo]
    return " · ".join(part for part in parts if part)


def part_tag(row: SoeknadUnit) -> dict:
    """Icon, word and colour of the state of a unit's own part."""
    icon, color, is_open = TAGS[SoeknadUnit.Part(row.part)]
    return {"icon": icon, "word": row.get_part_display(), "color": color, "open": is_open}
