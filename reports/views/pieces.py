"""Figures and bars, ready for their templates."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Semester
from reports.queries.figures import Figures
from reports.rules.counts import Bar, middle, share

BAR_WIDTH = 446
BAR_LEFT = 150
ROW_HEIGHT = 44


def key_figures(
    figures: Figures, earlier: Semester | None = None, earlier_papers: tuple[int, int] = (0, 0)
) -> list[dict[str, Any]]:
    """The five figures of a pulje, each with what it is out of."""
    units = ngettext("%(n)s enhet", "%(n)s enheter", figures.units) % {"n": figures.units}
    owners = ngettext("eier, %(units)s", "eiere, %(units)s", figures.owners)
    note = ""
    if earlier is not None and earlier_papers[1]:
        note = f"{str(earlier).lower()}: {share(*earlier_papers)}"
    days = middle(figures.days)
    goal = _("midterste verdi · mål: %(n)s") % {"n": figures.goal} if figures.goal else ""
    late = ngettext("hos %(n)s eier", "hos %(n)s eiere", figures.owners_overdue)
    return [
        {
            "label": _("Deltar"),
            "value": figures.owners,
            "note": owners % {"units": units},
        },
        {
            "label": _("Veiledninger holdt"),
            "value": figures.held,
            "note": _("av %(all)s · %(dated)s har dato")
            % {"all": figures.demanded, "dated": figures.dated},
        },
        {
            "label": _("Grunnlag i tide"),
            "value": share(figures.in_time, figures.due_so_far),
            "note": note,
        },
        {
            "label": _("Møte til referat"),
            "value": "–"
            if days is None
            else ngettext("%(n)s dag", "%(n)s dager", days) % {"n": days},
            "note": goal if days is not None else _("ingen referater ennå"),
        },
        {
            "label": _("Over fristen nå"),
            "value": figures.overdue,
            "note": late % {"n": figures.owners_overdue} if figures.overdue else _("alt er i tide"),
        },
    ]


def bar_chart(bars: list[Bar]) -> dict[str, Any]:
    """Bars as rows of an SVG, with the dashed line where the goal lies, and the sum in words."""
    most = max((bar.count for bar in bars), default=0) or 1
    rows = [
        {
            "bar": bar,
            "y": 8 + ROW_HEIGHT * number,
            "text_y": 28 + ROW_HEIGHT * number,
            "width": round(BAR_WIDTH * bar.count / most, 1),
            "end": round(BAR_LEFT + 10 + BAR_WIDTH * bar.count / most, 1),
        }
        for number, bar in enumerate(bars)
    ]
    in_time = sum(bar.count for bar in bars if not bar.is_late)
    return {
        "rows": rows,
        "goal_y": 1.5 + ROW_HEIGHT * sum(not bar.is_late for bar in bars),
        "goal": max((bar.high or 0) for bar in bars if not bar.is_late),
        "in_time": in_time,
        "every": sum(bar.count for bar in bars),
    }
