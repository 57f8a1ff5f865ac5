"""The parts of a paper in words: «Sak 2, Overganger», «Hva fungerte godt?», «Vedlegg»."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.models import Framdriftsplan, Maal, PlanReview, Tiltak
from meetings.models import Addendum, FollowUp, Referat, ReferatSak, Veiledningsgrunnlag
from meetings.rules.privacy import ATTACHMENTS, UNKNOWN, TextField

# The fields of a content are called what they are called where they are written.
TABLES = (Veiledningsgrunnlag, Referat, Framdriftsplan, ReferatSak, Maal, Tiltak, FollowUp)
TABLES = (*TABLES, PlanReview, Addendum)

NUMBERED: dict[str, Promise] = {
    "saker": gettext_lazy("Sak %(n)s"),
    "agreed": gettext_lazy("Punkt %(n)s i det vi avtalte"),
    "since_last": gettext_lazy("Siden sist, punkt %(n)s"),
    "carried": gettext_lazy("Fra forrige gang, punkt %(n)s"),
    "maal": gettext_lazy("Mål %(n)s"),
    "tiltak": gettext_lazy("Tiltak %(n)s"),
    "extra": gettext_lazy("Spørsmål %(n)s"),
    "other_work": gettext_lazy("Annet arbeid %(n)s"),
}
NAMED: dict[str, Promise] = {
    "comment": gettext_lazy("Kommentar"),
    "question": gettext_lazy("Spørsmål"),
    "answer": gettext_lazy("Svar"),
    "verdict_text": gettext_lazy("Vurdering"),
    "title": gettext_lazy("Navn"),
}
OTHER = gettext_lazy("Annen tekst")
LONGEST = 60


def part_label(part: str, content: dict[str, Any]) -> str:
    """What a part is called; with its title while the content is there."""
    if part == ATTACHMENTS:
        return _("Vedlegg")
    if part == UNKNOWN:
        return _("Vet ikke")
    steps = part.split(".")
    if not steps[-1].isdecimal():
        return field_label(steps[-1])
    key = next((step for step in reversed(steps[:-1]) if not step.isdecimal()), "")
    label = str(NUMBERED.get(key, OTHER)) % {"n": int(steps[-1]) + 1}
    title = _title_of(steps, content)
    return f"{label}, {title}" if title else label


def field_label(key: str) -> str:
    """What a field is called."""
    if key in NAMED:
        return str(NAMED[key])
    for table in TABLES:
        try:
            return str(capfirst(table._meta.get_field(key).verbose_name))  # type: ignore[union-attr]
        except FieldDoesNotExist:
            continue
    return str(OTHER)


def parts_of(fields: list[TextField], content: dict[str, Any]) -> list[tuple[str, str]]:
    """The parts that can be reported, each once, in the order of the paper."""
    return [
        (part, part_label(part, content)) for part in dict.fromkeys(field.part for field in fields)
    ]


def _title_of(steps: list[str], content: dict[str, Any]) -> str:
    value: Any = content
    for step in steps:
        if isinstance(value, list):
            value = value[int(step)] if int(step) < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    if not isinstance(value, dict):
        return ""
    title = str(value.get("title") or value.get("text") or value.get("question") or "")
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
