"""What stands around every page of the form: the map of its parts, and who sees it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import SoeknadStatus
from cohorts.queries.soeknad_writing import Writing
from cohorts.rules.soeknad_progress import CONFIRMED, DONE
from cohorts.views.soeknad_links import part_path
from lmp.lib.wording import tallord

TAKING_PART = ("asked", CONFIRMED)


def map_of(writing: Writing, here: str) -> list[dict[str, Any]]:
    """Every part with its name, address and state; `here` is the slug of the page itself."""
    rows = []
    for each in writing.parts:
        state = "done" if each.state == DONE else ""
        rows.append(
            {
                "label": each.part.label,
                "url": part_path(writing.soeknad, each.part.slug),
                "state": "now" if each.part.slug == here else state,
            }
        )
    return rows


def around(writing: Writing, slug: str) -> dict[str, Any]:
    """Where a part stands: its number, how many there are, the one before and the one after."""
    parts = [each.part for each in writing.parts]
    at = next(index for index, part in enumerate(parts) if part.slug == slug)
    before = parts[at - 1] if at else None
    after = parts[at + 1] if at + 1 < len(parts) else None
    return {
        "number": at + 1,
        "total": sum(not each.optional for each in parts),
        "before": before,
        "before_url": part_path(writing.soeknad, before.slug) if before else "",
        "after": after,
        "after_url": part_path(writing.soeknad, after.slug) if after else "",
    }


def who_sees(writing: Writing, writers: int) -> dict[str, str]:
    """Who reads what is written now, and who will; `writers` is how many may write."""
    soeknad = writing.soeknad
    if soeknad.status == SoeknadStatus.SENT and soeknad.forwarded_at is not None:
        later = _("Versjonen dere sendte, kan statsforvalteren og Udir lese.")
    elif soeknad.status == SoeknadStatus.SENT:
        later = _("Versjonen dere sendte, kan statsforvalteren lese.")
    elif str(writing.values.get("ppt") or "").isdecimal():  # a row of the register
        later = _(
            "Når dere sender, kan statsforvalteren og PPT lese den. "
            "Udir ser den når den prioriterte lista er sendt."
        )
    else:
        later = _(
            "Når dere sender, kan statsforvalteren lese den. "
            "Udir ser den når den prioriterte lista er sendt."
        )
    return {"now": _now(writing, writers), "later": later}


def _now(writing: Writing, writers: int) -> str:
    if any(row.status in TAKING_PART for row in writing.partners):
        return _("Bare dere som skriver, og de dere søker sammen med, ser søknaden.")
    if writers < 2:
        return _("Bare du ser søknaden.")
    text = ngettext(
        "Bare dere %(n)s som skriver, ser søknaden.",
        "Bare dere %(n)s som skriver, ser søknaden.",
        writers,
    )
    return text % {"n": tallord(writers)}
