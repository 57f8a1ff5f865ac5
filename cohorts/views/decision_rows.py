"""The lines of the decision board in words and tags."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cohorts.models import Decision, Outcome, Stage
from cohorts.queries.decision_board import SCHOOL, BoardEmbete, BoardRow
from cohorts.queries.reserve import FreeRow
from cohorts.rules.decision import place_note, quota_note
from cohorts.rules.search import children_in_words
from lmp.lib.wording import join_words, tallord

LOOKS = {
    Outcome.TILBUD: {"icon": "ok", "color": "success"},
    Outcome.RESERVE: {"icon": "planned", "color": "info"},
    Outcome.AVSLAG: {"icon": "na", "color": "neutral"},
}

ANSWERS = {
    "ja": {"icon": "ok", "color": "success", "word": Stage.JA.label},
    "nei": {"icon": "na", "color": "neutral", "word": Stage.NEI.label},
    "lapsed": {"icon": "na", "color": "neutral", "word": gettext_lazy("Svarte ikke i tide")},
}


def outcome_tag(outcome: str) -> dict[str, Any]:
    """Icon, colour and word of an outcome, for `_ui/tag.html`."""
    return {**LOOKS[Outcome(outcome)], "word": Outcome(outcome).label, "open": False}


def embete_view(
    each: BoardEmbete, filters: dict[str, Any], picked: set[str], free: FreeRow | None
) -> dict[str, Any]:
    """One embete as the page shows it, with the filters laid on.

    `free` are its places that were given back and may go to the reserve list.
    """
    rows = [row_view(row, picked) for row in each.rows]
    only_open, by_name = filters.get("vis") == "aapne", filters.get("sorter") == "navn"
    line = None if only_open or by_name else each.line_after
    if only_open:
        rows = [row for row in rows if row["is_undecided"]]
    if by_name:
        rows.sort(key=lambda row: row["sort_name"])
    for at, row in enumerate(rows):
        row["line_before"] = at == line
    return {
        "pk": each.embete.pk,
        "name": each.name,
        "places": each.places,
        "sent": each.sent,
        "rows": rows,
        "notes": _notes(each, is_given_back=free is not None),
        "given_back": _given_back(free) if free else "",
        "has_reserve": bool(free and free.choices),
    }


def _given_back(free: FreeRow) -> str:
    """«Én plass er ledig etter svarene. Neste på reservelista er Sandskar.»"""
    text = ngettext(
        "%(n)s plass er ledig etter svarene.", "%(n)s plasser er ledige etter svarene.", free.free
    )
    first = text % {"n": tallord(free.free).capitalize()}
    if not free.choices:
        return f"{first} {_('Ingen står på reservelista.')}"
    if free.from_others:
        return f"{first} {_('Andre embeter har søkere på reservelista.')}"
    names = [short_name(choice.owner) for choice in free.choices]
    following = _("Neste på reservelista er %(who)s.") % {"who": join_words(names)}
    return f"{first} {following}"


def _notes(each: BoardEmbete, *, is_given_back: bool) -> list[str]:
    """What is to be known of the embete's list; nothing before it has sent one."""
    if each.sent is None:
        return []
    notes = []
    if each.rows and not is_given_back:
        notes.append(place_note(each.places, more_applicants=each.has_more))
    if each.quota_changed:
        notes.append(quota_note(each.embete.former_quota, each.embete.quota))
    if each.note:
        notes.append(_("Fra embetet: %(note)s") % {"note": each.note})
    return [note for note in notes if note]


def row_view(row: BoardRow, picked: set[str]) -> dict[str, Any]:
    """One line: who, with what, together with whom, and what is decided."""
    soeknad = row.soeknad
    owner = soeknad.candidate.owner
    return {
        "pk": soeknad.pk,
        "rank": row.entry.rank,
        "name": short_name(owner),
        "sort_name": owner.sort_name,
        "facts": _facts(row),
        "checked": str(soeknad.pk) in picked,
        "letters": len(row.owners),
        "can_be_picked": row.can_be_decided,
        "is_undecided": row.is_undecided,
        "tags": _tags(row),
    }


def short_name(owner) -> str:
    """A kommune by its name alone: the list says nothing but kommuner."""
    return owner.kommune.name if owner.kommune_id else owner.name


def _facts(row: BoardRow) -> str:
    """«3 skoler, 2 barnehager · med Elveskar», «privat, 96 elever»."""
    kinds = Counter(unit.kind for unit in row.units)
    if row.soeknad.applicant == SCHOOL:
        children = sum(unit.children or 0 for unit in row.units)
        words = [_("privat"), children_in_words("skole", children or None)]
    else:
        words = [
            _count(ngettext("%(n)s skole", "%(n)s skoler", kinds["skole"]), kinds["skole"]),
            _count(
                ngettext("%(n)s barnehage", "%(n)s barnehager", kinds["barnehage"]),
                kinds["barnehage"],
            ),
        ]
    others = [each.name for each in row.owners[1:]]
    parts = [", ".join(word for word in words if word)]
    if others:
        parts.append(_("med %(who)s") % {"who": join_words(others)})
    if row.soeknad.is_late:
        parts.append(_("sendt etter fristen"))
    parts += _letters(row)
    if any(each.late for each in row.decisions):
        parts.append(_("brevet ble sendt etter datoen"))
    return " · ".join(part for part in parts if part)


def _count(text: str, count: int) -> str:
    return text % {"n": count} if count else ""


def _letters(row: BoardRow) -> list[str]:
    """That letters are sent and not answered; an answer is said by the tag."""
    decided = row.decided.values()
    count = sum(each.released_at is not None and not _answered(each) for each in decided)
    if not count:
        return []
    if len(row.owners) == 1:
        return [_("brevet er sendt")]
    return [ngettext("%(n)s brev er sendt", "%(n)s brev er sendt", count) % {"n": count}]


def _answered(decision: Decision) -> str:
    """What has come of an offer that was sent: a key of `ANSWERS`; "" for everything else."""
    answer = getattr(decision, "answer", None)
    if answer is not None:
        return "ja" if answer.accepted else "nei"
    return "lapsed" if decision.lapsed_at is not None else ""


def _tags(row: BoardRow) -> list[dict[str, Any]]:
    """One tag when all applicants got the same, else one for each outcome with its names."""
    if row.entry.is_withdrawn:
        return [{"icon": "na", "color": "neutral", "word": _("Trukket"), "open": False}]
    decided = row.decided
    by_outcome: dict[str, list[str]] = {}
    for owner in row.owners:
        decision = decided.get(owner.pk)
        key = (_answered(decision) or decision.outcome) if decision else ""
        by_outcome.setdefault(key, []).append(owner.name)
    several = len(by_outcome) > 1
    return [
        _tag(outcome, join_words(names) if several else "") for outcome, names in by_outcome.items()
    ]


def _tag(outcome: str, names: str) -> dict[str, Any]:
    if outcome in ANSWERS:
        tag = {**ANSWERS[outcome], "open": False}
    elif outcome:
        tag = outcome_tag(outcome)
    else:
        word = _("Ikke avgjort")
        tag = {"icon": "missing", "color": "neutral", "word": word, "open": True}
    return {**tag, "word": f"{names}: {tag['word']}"} if names else tag
