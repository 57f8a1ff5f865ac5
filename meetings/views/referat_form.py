"""The form of a referat as a page shows it: who was invited, the choices, what was typed."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actors.access import Right, rights_of
from cohorts.forms.extra import PREFIX as EXTRA
from cohorts.models import Tiltak, TiltakStatus
from cohorts.queries.programme import programme_of
from cohorts.rules.look_over import is_small
from cohorts.views.typed import Text, labels_of
from lmp.lib.wording import dag, kortdato
from meetings.access.papers import artefact_of
from meetings.actions.paper_content import actor_name
from meetings.actions.referat import has_mellomarbeid
from meetings.actions.referat_parts import data_of, invited_to, points_before, sak_types
from meetings.forms.referat import Around, ReferatForm, ReferatPage
from meetings.forms.referat_rows import PointRowForm, SummaryForm
from meetings.forms.sak_types import SAK_TYPES
from meetings.models import FollowUp, Referat
from meetings.queries.template import form_of, questions_of
from meetings.views.paper_conflict import with_choices
from meetings.views.paper_place import PaperPlace

REMOVE, NEW_POINT = "fjern_punkt:", "nytt_punkt:"


def page_of(
    place: PaperPlace,
    referat: Referat,
    post: QueryDict | None = None,
    *,
    sending: bool = False,
    handling: str = "",
    open_sak: str = "",
) -> ReferatPage:
    """The form: fresh from what is stored, or with what was typed in `post`."""
    row = handling.removeprefix(REMOVE) if handling.startswith(REMOVE) else ""
    return ReferatPage(
        saved=data_of(referat),
        day=place.meeting.day,
        around=_around(place, referat),
        post=with_choices(post) if post is not None else None,
        sending=sending,
        removed_row=int(row) if row.isdecimal() else None,
        open_sak=int(open_sak) if open_sak.isdecimal() else 0,
    )


def _around(place: PaperPlace, referat: Referat) -> Around:
    unit, words = place.unit, dict(SAK_TYPES)
    types = sak_types(place.meeting, unit)
    return Around(
        people=_people(place),
        actors=_actors(place),
        tiltak=_tiltak(referat),
        before=[(point, _origin(place, point)) for point in points_before(referat)],
        with_mellomarbeid=has_mellomarbeid(place.meeting, unit),
        is_note=place.demand.is_note,
        small=unit is not None and is_small(unit.unit.children),
        edition=form_of(referat),
        questions=questions_of(referat),
        types={title: str(words.get(key, "")) for title, key in types.items()},
    )


def _people(place: PaperPlace) -> list[tuple[str, str]]:
    """Everybody invited, with the role in the meeting."""
    language = get_language() or "nb"
    return [
        (str(row.pk), f"{row.name}, {_lower(place, row.actor, language)}")
        for row in invited_to(place.meeting, place.unit)
    ]


def _lower(place: PaperPlace, actor: str, language: str) -> str:
    name = actor_name(place.meeting, actor, place.unit, language)
    return name if name.isupper() else name[:1].lower() + name[1:]


def _actors(place: PaperPlace) -> list[tuple[str, str]]:
    """Who may get a follow-up point: the actors that may read this kind of referat."""
    language, artefact = get_language() or "nb", artefact_of(place.unit)
    return [
        (actor.id, actor_name(place.meeting, actor.id, place.unit, language))
        for actor in programme_of(place.meeting.pulje).actors
        if actor.role and Right.VIEW in rights_of(actor.role, artefact)
    ]


def _tiltak(referat: Referat) -> list[tuple[str, str]]:
    """The tiltak of the unit's plan that are not over, and those already chosen."""
    if referat.unit_id is None:
        return []
    rows = Tiltak.objects.filter(maal__plan__unit=referat.unit_id).order_by("maal", "position")
    chosen = {row.get("tiltak") for row in referat.agreed}
    over = (TiltakStatus.DONE, TiltakStatus.ENDED)
    return [(str(t.pk), t.title) for t in rows if t.status not in over or t.pk in chosen]


def _origin(place: PaperPlace, point: FollowUp) -> str:
    """Where a point from before comes from: the meeting, who is responsible, and the due day."""
    words = {
        "day": dag(point.referat.meeting.day),
        "who": _lower(place, point.responsible, get_language() or "nb"),
        "due": kortdato(point.due),
    }
    return _("Fra %(day)s · ansvarlig: %(who)s · frist %(due)s") % words


def typed_labels(request: HttpRequest) -> dict[str, Text]:
    """The names of the posted texts, from the names of the fields alone: nothing is looked up."""
    known: dict[str, Any] = labels_of([ReferatForm])
    rows = {
        "-summary": SummaryForm.base_fields["summary"].label,
        "-title": SummaryForm.base_fields["title"].label,
        "-text": PointRowForm.base_fields["text"].label,
        "-comment": _("Kort om hvordan det gikk"),
    }
    found: dict[str, Text] = {}
    for name in request.POST:
        if name in known:
            found[name] = known[name]
        if name.startswith(f"{EXTRA}-"):
            found[name] = _("Eget spørsmål")
        for ending, label in rows.items():
            if name.endswith(ending) and label is not None:
                found[name] = label
    return found
