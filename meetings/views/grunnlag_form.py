"""The form of a grunnlag as a page shows it: what is carried over, the choices, what was typed."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from cohorts.forms.extra import PREFIX as EXTRA
from cohorts.models import Mellomarbeid, PaperKind
from cohorts.queries.programme import programme_of
from cohorts.rules.look_over import is_small
from cohorts.rules.text import in_language
from cohorts.views.typed import Text, labels_of
from lmp.lib.wording import dag
from meetings.actions.grunnlag import data_of
from meetings.actions.invitees import invited_actors
from meetings.actions.paper_content import actor_name
from meetings.forms.grunnlag import GrunnlagForm, PointForm, plan_values
from meetings.forms.grunnlag_page import GrunnlagPage
from meetings.forms.saksliste import responsible_choices
from meetings.models import FollowUp, Veiledningsgrunnlag
from meetings.queries.grunnlag_before import linked, open_maal, open_tiltak, points_of, tasks_of
from meetings.queries.template import form_in_force, form_of, questions_of
from meetings.rules.grunnlag import FOLLOW_UP, MAAL, MELLOMARBEID, TILTAK, Carried
from meetings.views.paper_place import PaperPlace

REMOVE = "fjern_sak:"
MOVES = {"opp_sak:": -1, "ned_sak:": 1}


def found_or_new(place: PaperPlace) -> Veiledningsgrunnlag:
    """The unit's grunnlag for the meeting as it is stored, or a new one that is not."""
    rows = Veiledningsgrunnlag.objects.select_related("updated_by", "template")
    found = rows.filter(meeting=place.meeting, unit=place.unit).first()
    if found is not None:
        return found
    form = form_in_force(PaperKind.GRUNNLAG, place.meeting)
    return Veiledningsgrunnlag(meeting=place.meeting, unit=place.unit, template=form)


def page_of(
    place: PaperPlace,
    grunnlag: Veiledningsgrunnlag,
    post: QueryDict | None = None,
    *,
    sending: bool = False,
    handling: str = "",
) -> GrunnlagPage:
    """The form: fresh from what is stored, or with what was typed in `post`."""
    row = handling.removeprefix(REMOVE) if handling.startswith(REMOVE) else ""
    saved = data_of(grunnlag)
    tema = getattr(place.meeting.semester, "tema", None)
    focus = tema.content.get("focus", []) if tema else []
    return GrunnlagPage(
        saved=saved,
        length=place.meeting.minutes,
        responsible=_responsible(place, saved["saker"]),
        moved=move_in(handling),
        points=_carried(place, grunnlag),
        plan=plan_choices(grunnlag),
        focus=[(each["id"], in_language(each["bm"], each["nn"])) for each in focus],
        tema=tema.short if tema else "",
        unit_kind=place.unit.unit.kind,
        post=post,
        sending=sending,
        small=is_small(place.unit.unit.children),
        removed_row=int(row) if row.isdecimal() else None,
        edition=form_of(grunnlag),
        asked=questions_of(grunnlag, post.getlist("focus") if post else None),
    )


def move_in(handling: str) -> tuple[int, int] | None:
    """The index of the sak that a button moves and how far; None for other buttons."""
    for start, step in MOVES.items():
        index = handling.removeprefix(start)
        if handling.startswith(start) and index.isdecimal():
            return int(index), step
    return None


def _responsible(place: PaperPlace, saker: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Who may be responsible for a sak: the actors of the meeting, everybody, those there."""
    programme = programme_of(place.meeting.pulje)
    actors = invited_actors(place.meeting.activity, programme)
    there = [SimpleNamespace(responsible=row.get("responsible", "")) for row in saker]
    return responsible_choices(programme, actors, there)


def _carried(place: PaperPlace, grunnlag: Veiledningsgrunnlag) -> list[SimpleNamespace]:
    """The follow-up points first, then the mellomarbeid, each with where it comes from."""
    return [
        *(_point(place, each) for each in points_of(grunnlag)),
        *(_task(each) for each in tasks_of(grunnlag)),
    ]


def _point(place: PaperPlace, point: FollowUp) -> SimpleNamespace:
    language = in_language("nb", "nn")
    who = actor_name(place.meeting, point.responsible, place.unit, language).lower()
    origin = _("Ansvarlig: %(who)s · frist %(due)s") % {
        "who": who,
        "due": f"{point.due:%d.%m.%Y}",
    }
    return _carried_thing(FOLLOW_UP, point.pk, point.text, origin)


def _task(task: Mellomarbeid) -> SimpleNamespace:
    when = task.period or (_("innen %(day)s") % {"day": dag(task.due)} if task.due else "")
    words = {"who": task.who, "when": when}
    origin = _("Mellomarbeid · %(who)s · %(when)s") if when else _("Mellomarbeid · %(who)s")
    return _carried_thing(MELLOMARBEID, task.pk, task.task, origin % words)


def _carried_thing(kind: str, pk: int, text: str, origin: str) -> SimpleNamespace:
    # A help text is shown as markup, and a name of somebody who does it is typed by people.
    return SimpleNamespace(kind=kind, pk=pk, text=text, origin=origin)


def plan_choices(grunnlag: Veiledningsgrunnlag) -> list[tuple[str, str]]:
    """The open goals of the unit's plan with their tiltak under way, and those chosen before."""
    found = {}
    for number, maal in enumerate(open_maal(grunnlag.unit), start=1):
        words = {"n": number, "title": maal.title}
        found[f"{MAAL}:{maal.pk}"] = _("Mål %(n)s: %(title)s") % words
        for tiltak in open_tiltak(maal):
            found[f"{TILTAK}:{tiltak.pk}"] = _("Tiltak: %(title)s") % {"title": tiltak.title}
    links = grunnlag.plan_links or {}
    if set(plan_values(links)) - found.keys():
        goals, tiltak_rows = linked(grunnlag.unit, links.get(MAAL, []), links.get(TILTAK, []))
        for each in goals:
            found.setdefault(f"{MAAL}:{each.pk}", _("Mål: %(title)s") % {"title": each.title})
        for each in tiltak_rows:
            words = {"title": each.title}
            found.setdefault(f"{TILTAK}:{each.pk}", _("Tiltak: %(title)s") % words)
    return list(found.items())


def label_of(key: str, page: GrunnlagPage) -> str:
    """What a field is called (`rules.grunnlag_merge.flat`), for the page with two texts."""
    name, _dot, rest = key.partition(".")
    if name == "since_last":
        kind, pk, _part = rest.split(".")
        for part in page.points:
            if Carried(part.point.kind, part.point.pk) == Carried(kind, int(pk)):
                return str(part.point.text)
        return _("Siden sist")
    if name == "saker":
        return _("Saksliste")
    if name == "extra" and rest in page.extra.fields:
        return str(page.extra.fields[rest].label)
    if name == "plan_links":
        name = "plan"
    field = page.form.fields.get(name)
    return str(field.label) if field else _("Eget spørsmål")


def typed_labels(request: HttpRequest) -> dict[str, Text]:
    """The names of the posted texts, from the names of the fields alone: nothing is looked up."""
    known: Mapping[str, Any] = labels_of([GrunnlagForm])
    comment = PointForm.base_fields["comment"].label
    found = {}
    for name in request.POST:
        if name in known:
            found[name] = known[name]
        elif name.startswith(f"{EXTRA}-"):
            found[name] = _("Eget spørsmål")
        elif name.endswith("-comment"):
            found[name] = comment
        elif name.startswith("saker-") and name.endswith("-title"):
            found[name] = _("Sak")
        elif name.startswith("sp-"):
            found[name] = _("Eget spørsmål")
    return found
