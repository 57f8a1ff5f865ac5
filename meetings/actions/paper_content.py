"""The content of a submission: everything a reader needs, as plain JSON values.

It holds the facts of the meeting as they were, so that an old version still reads the same when
the meeting is moved or a person leaves. Dates are ISO texts; programme texts are in the language
of the paper.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from actors.rules.roles import RoleKind, role_title
from cohorts.models import DeltakendeUnit, Mellomarbeid, Tiltak
from cohorts.queries.programme import programme_of
from cohorts.rules.paper import Data
from cohorts.rules.text import in_language
from lmp.lib.hashing import plain
from meetings.actions.referat_parts import invited_to, sak_types
from meetings.models import FollowUp, GrunnlagAttachment, Meeting
from meetings.queries.grunnlag_before import linked
from meetings.rules.grunnlag import (
    FOLLOW_UP,
    MAAL,
    MELLOMARBEID,
    TILTAK,
    Carried,
    carried_in,
    ids_in,
    shown,
)


def meeting_facts(meeting: Meeting, unit: DeltakendeUnit | None, language: str) -> dict[str, Any]:
    """When and where the meeting is, for whom and about what, as it stands now."""
    tema = getattr(meeting.semester, "tema", None)
    owner = meeting.deltakelse.owner if meeting.deltakelse else None
    return {
        "title": meeting.title,
        "activity": in_language(meeting.activity.title_bm, meeting.activity.title_nn, language),
        "start": meeting.start.isoformat(),
        "end": meeting.end.isoformat(),
        "form": meeting.form,
        "place": meeting.place,
        "pulje": meeting.pulje.number,
        "semester": meeting.semester.number,
        "tema": in_language(tema.short_bm, tema.short_nn, language) if tema else "",
        "unit": str(unit.unit) if unit else "",
        "owner": str(owner or ""),
    }


def actor_name(meeting: Meeting, actor: str, unit: DeltakendeUnit | None, language: str) -> str:
    """What an actor of the programme is called in the paper; «Rektor» or «Styrer» for a leader."""
    try:
        found = programme_of(meeting.pulje).actor(actor)
    except KeyError:
        return actor
    if found.role == RoleKind.LEDER and unit is not None:
        return role_title(RoleKind.LEDER, unit.unit.kind)
    return found.label.in_language(language)


def focus_texts(meeting: Meeting, chosen: list[str], language: str) -> list[dict[str, str]]:
    """The chosen focus points of the semester's tema, in the order of the programme."""
    tema = getattr(meeting.semester, "tema", None)
    focus = tema.content.get("focus", []) if tema else []
    return [
        {"id": point["id"], "text": in_language(point["bm"], point["nn"], language)}
        for point in focus
        if point["id"] in chosen
    ]


def carried_over(
    meeting: Meeting, unit: DeltakendeUnit | None, rows: list[dict[str, Any]], language: str
) -> list[dict[str, Any]]:
    """The follow-up points and the mellomarbeid of `rows`, with what was agreed and how it went.

    They are of the meeting's pulje. `due` is an ISO date, or empty for a mellomarbeid without one.
    """
    worded: dict[Carried, dict[str, str]] = {}
    if points := ids_in(rows, FOLLOW_UP):
        found = FollowUp.objects.filter(pk__in=points, referat__unit=unit).order_by()
        for pk, text, actor, due in found.values_list("pk", "text", "responsible", "due"):
            who = actor_name(meeting, actor, unit, language)
            worded[Carried(FOLLOW_UP, pk)] = _worded(text, who, due)
    if tasks := ids_in(rows, MELLOMARBEID):
        done = Mellomarbeid.objects.filter(pk__in=tasks, unit=unit).order_by()
        for pk, task, who, due in done.values_list("pk", "task", "who", "due"):
            worded[Carried(MELLOMARBEID, pk)] = _worded(task, who, due)
    return [{**row, **worded[carried_in(row)]} for row in rows if carried_in(row) in worded]


def _worded(text: str, responsible: str, due: date | None) -> dict[str, str]:
    return {"text": text, "responsible": responsible, "due": due.isoformat() if due else ""}


def plan_texts(data: Data, unit: DeltakendeUnit) -> list[dict[str, Any]]:
    """The goals and tiltak the grunnlag is about, with their words as they are now."""
    links = data.get("plan_links") or {}
    goals, tiltak = linked(unit, links.get(MAAL, []), links.get(TILTAK, []))
    return [
        *({"kind": MAAL, "id": each.pk, "text": each.title} for each in goals),
        *({"kind": TILTAK, "id": each.pk, "text": each.title} for each in tiltak),
    ]


def grunnlag_content(
    meeting: Meeting,
    unit: DeltakendeUnit,
    data: Data,
    language: str,
    files: Iterable[GrunnlagAttachment] = (),
    extra: Iterable[dict[str, str]] = (),
) -> dict[str, Any]:
    """The whole content of a sent veiledningsgrunnlag with its saksliste and names of `files`.

    `extra` are the answers to the questions of its form (`meetings.queries.template.extra_of`).
    """
    kept = ("title", "type", "minutes", "responsible", "standing")
    saker = [{key: row[key] for key in kept} for row in shown(data["saker"])]
    texts = {key: value for key, value in data.items() if key not in ("extra", "plan_links")}
    return {
        **texts,
        "meeting": meeting_facts(meeting, unit, language),
        "since_last": carried_over(meeting, unit, data["since_last"], language),
        "plan": plan_texts(data, unit),
        "focus": focus_texts(meeting, data["focus"], language),
        "saker": saker,
        "attachments": [
            {"id": f.pk, "name": f.name, "size": f.size, "sha256": f.sha256} for f in files
        ],
        "extra": list(extra),
    }


def attendance_lists(meeting: Meeting, unit: DeltakendeUnit | None, present: list[int], language):
    """Who came and who did not, each with name and role in the meeting."""
    came: list[dict[str, str]] = []
    away: list[dict[str, str]] = []
    for row in invited_to(meeting, unit, with_places=False):
        person = {"name": row.name, "role": actor_name(meeting, row.actor, unit, language)}
        (came if row.pk in present else away).append(person)
    return {"present": came, "away": away}


def referat_content(
    meeting: Meeting,
    unit: DeltakendeUnit | None,
    data: Data,
    language: str,
    extra: Iterable[dict[str, str]] = (),
) -> dict[str, Any]:
    """The whole content of a sent referat; `extra` as in `grunnlag_content`.

    `carried` are the points from before with how they went; each agreed point has the position of
    its sak and the name of its tiltak, where it has them. A sak of the saksliste keeps its type.
    """
    before = [row for row in data.get("carried", []) if row["outcome"]]
    return {
        **plain({key: value for key, value in data.items() if key != "carried"}),
        "meeting": meeting_facts(meeting, unit, language),
        "attendance": attendance_lists(meeting, unit, data["attendance"], language),
        "carried": carried_over(meeting, unit, before, language),
        "saker": typed_saker(meeting, unit, data["saker"]),
        "agreed": agreed_rows(meeting, unit, data["agreed"], language),
        "extra": list(extra),
    }


def typed_saker(
    meeting: Meeting, unit: DeltakendeUnit | None, rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The saker of a referat, those of the saksliste with the type they have there."""
    types = sak_types(meeting, unit)
    return [{**row, "type": types[row["title"]]} if row["title"] in types else row for row in rows]


def agreed_rows(
    meeting: Meeting, unit: DeltakendeUnit | None, rows: list[dict[str, Any]], language: str
) -> list[dict[str, Any]]:
    """The follow-up points with the names of who is responsible and of the tiltak."""
    wanted = [row["tiltak"] for row in rows if row.get("tiltak")]
    found = Tiltak.objects.filter(pk__in=wanted, maal__plan__unit=unit) if wanted else []
    tiltak = {each.pk: each.title for each in found}
    return [
        {
            "text": row["text"],
            "responsible": row["responsible"],
            "due": row["due"],
            "responsible_name": actor_name(meeting, row["responsible"], unit, language),
            "sak": row.get("sak"),
            "tiltak": tiltak.get(row.get("tiltak") or 0, ""),
        }
        for row in rows
    ]
