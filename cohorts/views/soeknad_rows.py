"""The task list of a søknad: each part with who wrote last and how far it has come."""

from typing import Any

from django.utils.translation import gettext as _

from actors.models import User
from cohorts.models import SoeknadUnit
from cohorts.queries.soeknad_writing import Writing
from cohorts.rules.soeknad_form import CONFIRMATIONS
from cohorts.rules.soeknad_progress import (
    ASKED,
    BEGUN,
    DONE,
    NOT_BEGUN,
    OPTIONAL,
    WAITING,
    PartProgress,
    counted,
    next_part,
)
from cohorts.rules.soeknad_words import note
from cohorts.views.soeknad_links import part_path
from lmp.lib.wording import join_words

MOST_NAMES = 2
BAR = {DONE: "done", BEGUN: "part", WAITING: "part", NOT_BEGUN: ""}
Tag = dict[str, Any]


def groups_of(writing: Writing, user: User) -> list[dict[str, Any]]:
    """The rows under the headings of the form, in its order; the next one to write in is marked."""
    following = next_part(writing.parts)
    groups: list[dict[str, Any]] = []
    for each in writing.parts:
        if not groups or groups[-1]["title"] != each.part.group:
            groups.append({"title": each.part.group, "rows": []})
        groups[-1]["rows"].append(_row(writing, each, user, each is following))
    return groups


def bar_of(writing: Writing) -> list[str]:
    """The states for the bar: those that are finished first."""
    order = [DONE, BEGUN, WAITING, NOT_BEGUN]
    states = [each.state for each in counted(writing.parts)]
    return [BAR[state] for state in sorted(states, key=order.index)]


def _row(writing: Writing, each: PartProgress, user: User, now: bool) -> dict[str, Any]:
    here = [row.user.get_short_name() for row in writing.present if row.part == each.part.slug]
    writes = _("%(who)s skriver her nå.") % {"who": join_words(here)} if here else ""
    return {
        "title": each.part.title,
        "url": part_path(writing.soeknad, each.part.slug),
        "note": " ".join(filter(None, [note(each, writing.contents), writes])),
        "who": _who(writing, each, user),
        "tag": _tag(each),
        "now": now,
        "conflicts": sum(len(writing.conflicts.get(q.key, [])) for q in each.part.questions),
        "units": _unit_rows(writing) if each.part.slug == "deler" else [],
    }


def _who(writing: Writing, each: PartProgress, user: User) -> str:
    """Those who wrote last, the latest first; the reader last, as «du»."""
    if each.part.slug == "sammen":
        asked = [str(row.owner) for row in writing.partners if row.status == ASKED]
        return join_words(asked)
    if each.part.slug == "deler":
        return _("Lederne i enhetene") if each.total else ""
    keys = [question.key for question in each.part.questions]
    if each.part.slug == "bekreft":
        keys = [CONFIRMATIONS]
    rows = [writing.answers[key] for key in keys if key in writing.answers]
    written = [(row.updated_at, row.updated_by) for row in rows]
    if each.part.slug == "vedlegg":
        written = [(row.uploaded_at, row.uploaded_by) for row in writing.attachments]
    latest = sorted(written, key=lambda row: row[0], reverse=True)
    people = list({person.pk: person for _at, person in latest}.values())[:MOST_NAMES]
    others = [str(person) for person in people if person != user]
    return join_words(others + ([_("du")] if others else [str(user)]) if user in people else others)


def _tag(each: PartProgress) -> Tag:
    if each.state == DONE:
        return {"icon": "ok", "word": _("Ferdig"), "color": "success"}
    if each.state == BEGUN:
        return {"icon": "draft", "word": _("Påbegynt"), "color": "neutral", "open": True}
    if each.state == OPTIONAL:
        return {"icon": "na", "word": _("Valgfritt"), "color": "neutral", "open": True}
    if each.state == NOT_BEGUN:
        return {"icon": "missing", "word": _("Ikke begynt"), "color": "neutral", "open": True}
    word = _("Venter på svar")
    if each.part.slug == "deler":
        word = _("%(done)s av %(total)s levert") % {"done": each.done, "total": each.total}
    return {"icon": "planned", "word": word, "color": "info"}


PART_LOOKS: dict[str, tuple[str, str, bool]] = {
    SoeknadUnit.Part.DELIVERED: ("ok", "success", False),
    SoeknadUnit.Part.DRAFT: ("draft", "neutral", True),
    SoeknadUnit.Part.NOT_STARTED: ("missing", "neutral", True),
    SoeknadUnit.Part.DECLINED: ("na", "neutral", False),
}


def _unit_rows(writing: Writing) -> list[dict[str, Any]]:
    rows = []
    for unit in writing.units:
        icon, color, is_open = PART_LOOKS[unit.part]
        word = unit.get_part_display()
        rows.append(
            {
                "name": _("%(unit)s, privat") % {"unit": unit.name}
                if unit.ownership == "privat"
                else unit.name,
                "leader": _leader(unit),
                "tag": {"icon": icon, "word": word, "color": color, "open": is_open},
            }
        )
    return rows


def _leader(unit: SoeknadUnit) -> str:
    if not unit.leader_name:
        return _("Leder mangler")
    title = _("rektor") if unit.kind == "skole" else _("styrer")
    return f"{unit.leader_name}, {title}"
