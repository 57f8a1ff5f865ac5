"""What the page of a list says: its heading, its lines, the capacity line and the checks."""

from dataclasses import dataclass, field
from datetime import date

from django.forms.boundfield import BoundField
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.forms.priority import PriorityForm
from cohorts.models import Recommendation
from cohorts.queries.priority_rows import Listed, Row, still_writing
from cohorts.rules.priority import Reach, missing_in_line, places_reach
from lmp.lib.wording import dato, join_words, tallord

LOOKS = {
    "tilraas": ("ok", "success"),
    "reserve": ("planned", "info"),
    "tilraas_ikke": ("x", "neutral"),
}


@dataclass(frozen=True)
class Tag:
    """How a recommendation is shown."""

    icon: str
    color: str
    word: str


def tag_of(recommendation: str) -> Tag | None:
    """The tag of a recommendation, or None when there is none."""
    if recommendation not in LOOKS:
        return None
    icon, color = LOOKS[recommendation]
    return Tag(icon, color, str(Recommendation(recommendation).label))


@dataclass(frozen=True)
class ReachWords:
    """The capacity line: after how many lines it stands, and the words for each way it may stand.

    `way` is the one that holds now: reached, straddles or all. The others are for the script.
    """

    after: int
    quota: int
    way: str
    words: dict[str, str]


def reach_words(reach: Reach | None, lines: int) -> ReachWords | None:
    """The words of a capacity line; None when Udir has set no places."""
    if reach is None:
        return None
    n = reach.quota
    places = {"n": n}
    text = ngettext("Hit rekker plassene: %(n)s kommune", "Hit rekker plassene: %(n)s kommuner", n)
    words = {
        "reached": text % places,
        "straddles": _("%(line)s. Neste søknad trenger flere plasser enn det er igjen")
        % {"line": text % places},
        "all": ngettext(
            "Plassen rekker til alle på lista: %(n)s kommune",
            "Plassene rekker til alle på lista: %(n)s kommuner",
            n,
        )
        % places,
    }
    is_all = reach.is_for_all(lines) and reach.used < reach.quota
    way = "all" if is_all else "straddles" if reach.straddles else "reached"
    return ReachWords(reach.after, n, way, words)


def page_reach(listed: Listed) -> ReachWords | None:
    """The capacity line of a list as it stands, with the places the embete has now."""
    reach = places_reach([row.kommuner for row in listed.rows], listed.embete.quota)
    return reach_words(reach, len(listed.rows))


@dataclass(frozen=True)
class LineView:
    """One line of the page with its fields; fields it does not have are None."""

    row: Row
    number: int
    is_first: bool
    is_last: bool
    tag: Tag | None
    rank: BoundField
    reason: BoundField
    recommendation: BoundField | None
    rank_reason: BoundField | None
    stored_reason: str
    read_url: str
    assess_url: str


def lines_of(listed: Listed, form: PriorityForm) -> list[LineView]:
    """The lines in the stored order, with the fields of the form as they were typed."""
    rows = [row for row in listed.rows if f"rank_{row.entry.pk}" in form.fields]
    return [
        LineView(
            row=row,
            number=number,
            is_first=number == 1,
            is_last=number == len(rows),
            tag=tag_of(row.recommendation),
            rank=form[f"rank_{row.entry.pk}"],
            reason=form[f"reason_{row.entry.pk}"],
            recommendation=_field(form, f"recommendation_{row.entry.pk}"),
            rank_reason=_field(form, f"rank_reason_{row.entry.pk}"),
            stored_reason=_other_reason(form, row),
            read_url=address("soeknad_version", row.soeknad.pk, row.version),
            assess_url=address("assessment_edit", row.soeknad.pk),
        )
        for number, row in enumerate(rows, start=1)
    ]


def _field(form: PriorityForm, name: str) -> BoundField | None:
    return form[name] if name in form.fields else None


def _other_reason(form: PriorityForm, row: Row) -> str:
    """The stored reason when another text was typed, to be shown beside it."""
    typed = form[f"reason_{row.entry.pk}"].value() or ""
    is_other = form.is_bound and typed.split() != row.entry.reason.split()
    return row.entry.reason if is_other else ""


def address(name: str, *args: object) -> str:
    """The path of a page of the app, or "" when it has none."""
    try:
        return reverse(f"cohorts:{name}", args=args)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Check:
    """One line of «Før du sender». A warning does not stop the list. `links`: (words, path)."""

    text: str
    is_ok: bool = True
    is_warning: bool = False
    links: list[tuple[str, str]] = field(default_factory=list)


def checks_of(listed: Listed, *, late: bool, deadline: date | None = None) -> list[Check]:
    """What is there and what is missing, in the order it is worked on.

    `deadline` is the last day to apply, when it has not passed.
    """
    lacking: dict[str, list[str]] = {}
    for row in listed.rows:
        for each in missing_in_line(row.line):
            lacking.setdefault(each.what, []).append(row.name)
    return [
        _check(
            "reason",
            lacking,
            _("Alle på lista har begrunnelse"),
            _("%(names)s mangler begrunnelse"),
        ),
        _check(
            "habilitet",
            lacking,
            _("Habilitet er vurdert for hver søknad"),
            _("Habilitet er ikke avklart for %(names)s"),
        ),
        *_assessed(listed),
        *_when_lacking(
            "recommendation", lacking, _("Dere har vurdert %(names)s ulikt. Velg tilråding")
        ),
        *_when_lacking("rank_reason", lacking, _("%(names)s har fått ny plass. Skriv hvorfor")),
        *_late(listed, late),
        *_crowded(listed),
        *_writing(listed, deadline),
    ]


def _check(what: str, lacking: dict[str, list[str]], good: str, bad: str) -> Check:
    names = lacking.get(what)
    return Check(bad % {"names": join_words(names)}, is_ok=False) if names else Check(good)


def _when_lacking(what: str, lacking: dict[str, list[str]], bad: str) -> list[Check]:
    names = lacking.get(what)
    return [Check(bad % {"names": join_words(names)}, is_ok=False)] if names else []


def _assessed(listed: Listed) -> list[Check]:
    """Every sent søknad is assessed, or a line with a link for each that is not."""
    waiting = [*listed.unassessed, *(row.soeknad for row in listed.rows if not row.given)]
    if not waiting:
        return [Check(_("Alle søknader er vurdert"))]
    text = _("%(name)s er ikke vurdert.")
    return [
        Check(
            text % {"name": soeknad.candidate.owner},
            is_ok=False,
            links=[(_("Vurder søknaden"), address("assessment_edit", soeknad.pk))],
        )
        for soeknad in waiting
    ]


def _late(listed: Listed, late: bool) -> list[Check]:
    if not late or listed.priority_list.reopened_reason:
        return []
    return [Check(_("Fristen er ute. Skriv hvorfor lista sendes nå"), is_warning=True, is_ok=False)]


def _crowded(listed: Listed) -> list[Check]:
    text = _("%(n)s frittstående skoler i %(fylke)s er på lista. Opptaket har plass til %(most)s")
    most = listed.embete.opptak.private_per_fylke
    return [
        Check(
            text % {"n": tallord(count).capitalize(), "fylke": fylke, "most": most},
            is_ok=False,
            is_warning=True,
        )
        for fylke, count in listed.crowded.items()
    ]


def _writing(listed: Listed, deadline: date | None) -> list[Check]:
    """Who may still send a søknad: one that comes after the list needs a new version."""
    names = [str(each.candidate.owner) for each in still_writing(listed.embete)] if deadline else []
    if not names or deadline is None:
        return []
    values = {"names": join_words(names), "day": dato(deadline)}
    return [Check(_("%(names)s kan søke til %(day)s") % values, is_ok=False, is_warning=True)]


def heading_of(listed: Listed, checks: list[Check]) -> str:
    """The answer in the heading: what is left before the list can be sent."""
    waiting = len(listed.unassessed)
    if waiting:
        text = ngettext(
            "%(number)s søknad gjenstår før lista kan sendes",
            "%(number)s søknader gjenstår før lista kan sendes",
            waiting,
        )
        return text % {"number": tallord(waiting).capitalize()}
    if not listed.rows:
        return _("Ingen søknader er vurdert ennå")
    if all(check.is_ok or check.is_warning for check in checks):
        return _("Lista er klar til å sendes")
    return _("Noe gjenstår før lista kan sendes")
