"""One mapping from status to shape, word and colour (design.md §3).

The constants are what the status engine, the papers and the meetings store or compute; nothing
else in the code names an icon or a colour for a status.
"""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FULFILLED: Final = "fulfilled"
PLANNED: Final = "planned"
DUE_SOON: Final = "due_soon"
OVERDUE: Final = "overdue"
MISSING: Final = "missing"
NOT_APPLICABLE: Final = "not_applicable"

DRAFT: Final = "draft"
SENT: Final = "sent"
MERKNAD: Final = "merknad"
APPROVED: Final = "approved"
LOCKED: Final = "locked"

NOT_BEGUN: Final = "not_begun"
UNDER_WAY: Final = "under_way"
DONE: Final = "done"
ENDED: Final = "ended"

MOVED: Final = "moved"
CANCELLED: Final = "cancelled"

LATE: Final = "late"
SOON: Final = "soon"
OK: Final = "ok"


class Look(NamedTuple):
    """How a status is shown: icon in icons.svg, word, Designsystemet colour, dashed or not."""

    icon: str
    word: str | Promise
    color: str
    open: bool = False


class Cell(NamedTuple):
    """How a status looks in a heat table: `data-s` in site.css and the word for a screen reader."""

    state: str
    word: str | Promise


class Deadline(NamedTuple):
    """How a deadline state looks: its icon."""

    icon: str


LOOKS: Final[dict[str, Look]] = {
    FULFILLED: Look("ok", _("Gjennomført"), "success"),
    PLANNED: Look("planned", _("Planlagt"), "info"),
    DUE_SOON: Look("soon", _("Frist snart"), "warning"),
    OVERDUE: Look("late", _("Over fristen"), "danger"),
    MISSING: Look("missing", _("Mangler"), "danger", open=True),
    NOT_APPLICABLE: Look("na", _("Ikke aktuelt"), "neutral"),
    DRAFT: Look("draft", _("Utkast"), "neutral", open=True),
    SENT: Look("sent", _("Sendt"), "info"),
    MERKNAD: Look("chat", _("Har merknad"), "warning"),
    APPROVED: Look("approved", _("Godkjent"), "success"),
    LOCKED: Look("locked", _("Låst"), "neutral"),
    NOT_BEGUN: Look("missing", _("Ikke begynt"), "neutral", open=True),
    UNDER_WAY: Look("planned", _("I gang"), "info"),
    DONE: Look("ok", _("Ferdig"), "success"),
    ENDED: Look("na", _("Avsluttet"), "neutral"),
    MOVED: Look("moved", _("Flyttet"), "warning"),
    CANCELLED: Look("cancelled", _("Avlyst"), "neutral"),
}

CELLS: Final[dict[str, Cell]] = {
    FULFILLED: Cell("ok", _("gjennomført")),
    PLANNED: Cell("plan", _("har dato")),
    DUE_SOON: Cell("soon", _("frist snart")),
    OVERDUE: Cell("late", _("over fristen")),
    MISSING: Cell("miss", _("mangler dato")),
    NOT_APPLICABLE: Cell("na", _("ikke aktuelt")),
}

DEADLINES: Final[dict[str, Deadline]] = {
    LATE: Deadline("late"),
    SOON: Deadline("soon"),
    OK: Deadline("planned"),
}

# Worst first: the order in which a kommune or a row is sorted, and which status wins in a sum.
WORST_FIRST: Final = (OVERDUE, MISSING, DUE_SOON, PLANNED, FULFILLED, NOT_APPLICABLE)


def look(status: str) -> Look:
    """Return icon, word and colour of `status`.

    Raises KeyError for a status that is not in the mapping: a page must not invent one.
    """
    return LOOKS[status]
