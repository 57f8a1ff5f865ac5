"""Writing the goals of a plan, and their order."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.actions.plan_maal import add_maal, end_maal, move_maal, save_maal
from cohorts.forms.plan import Choices, MaalForm
from cohorts.models import ArbeidsarkLine, Maal
from cohorts.queries.programme import programme_of
from cohorts.rules.plan import MAAL_FIELDS, data_of
from cohorts.rules.text import in_language
from cohorts.views.typed import sign_in_or_keep
from meetings.views.plan_form import PlanPart
from meetings.views.plan_place import PlanPlace, begun, find_plan_to_write

UP, DOWN = "opp", "ned"
STEPS = {UP: -1, DOWN: 1}


@sign_in_or_keep(MaalForm)
@require_http_methods(["GET", "HEAD", "POST"])
def maal_create(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Add a goal; with `?linje=` it comes from a line of the unit's worksheet."""
    place = find_plan_to_write(request, unit_id)
    line = _line(request, place)
    initial = {"title": line.text[:120], "long_term": line.text} if line else {}
    part = _part(request, place, initial)
    if part.form.is_valid():
        data = _data(part)
        if part.save(add_maal, data, plan=begun(place), line=line):
            messages.success(request, _("Målet er lagt til. Legg gjerne til det første tiltaket."))
            return redirect(place.path("plan_detail"))
    return _show(request, part, {"line": line, "title": _("Legg til mål")})


@sign_in_or_keep(MaalForm)
@require_http_methods(["GET", "HEAD", "POST"])
def maal_edit(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Change a goal. Of two who save at once, the second sees what the first wrote."""
    place = find_plan_to_write(request, unit_id)
    maal = _maal(place, pk)
    part = _part(request, place, data_of(maal, MAAL_FIELDS))
    if part.form.is_valid() and part.save_over(save_maal, _data(part), maal=maal):
        messages.success(request, _("Målet er lagret."))
        return redirect(place.path("plan_detail"))
    return _show(request, part, {"maal": maal, "title": maal.title})


@login_required
@require_POST
def maal_move(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Move a goal one place up or down."""
    place = find_plan_to_write(request, unit_id)
    maal = _maal(place, pk)
    step = STEPS.get(request.POST.get("vei", ""), 0)
    move_maal(maal=maal, step=step, by=request.user, now=timezone.now())
    return redirect(f"{place.path('plan_detail')}#maal-{maal.pk}")


@login_required
@require_POST
def maal_end(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """End a goal with the tiltak that are not done, or take it up again."""
    place = find_plan_to_write(request, unit_id)
    ended = request.POST.get("avslutt") == "ja"
    end_maal(maal=_maal(place, pk), ended=ended, by=request.user, now=timezone.now())
    words = _("Målet er avsluttet.") if ended else _("Målet er tatt opp igjen.")
    messages.success(request, words)
    return redirect(place.path("plan_detail"))


def _maal(place: PlanPlace, pk: int) -> Maal:
    goals = Maal.objects.filter(plan=place.plan).select_related("plan", "semester__tema")
    return get_object_or_404(goals, pk=pk)


def _line(request: HttpRequest, place: PlanPlace) -> ArbeidsarkLine | None:
    """The line of the unit's own worksheet that is named in the address, if it is there."""
    asked = request.GET.get("linje", "")
    if not asked.isdecimal() or len(asked) > 15:
        return None
    return ArbeidsarkLine.objects.filter(pk=int(asked), unit=place.unit).first()


def _part(request: HttpRequest, place: PlanPlace, stored: dict) -> PlanPart:
    form = place.form(
        MaalForm,
        request.POST if request.method == "POST" else None,
        initial=stored,
        delmaal=_delmaal(place),
        focus=_focus(place),
    )
    return PlanPart(request, place, form, stored)


def _data(part: PlanPart) -> dict:
    """What was typed; without focus points when the semester has none to choose from."""
    return {"focus": [], **part.form.data_to_save()}


def _delmaal(place: PlanPlace) -> Choices:
    language = in_language("nb", "nn")
    found = programme_of(place.pulje).delmaal
    return [(each.id, each.short.in_language(language)) for each in found]


def _focus(place: PlanPlace) -> Choices:
    """The focus points of this semester's tema."""
    tema = getattr(place.semester, "tema", None)
    points = tema.content.get("focus", []) if tema else []
    return [(point["id"], in_language(point["bm"], point["nn"])) for point in points]


def _show(request: HttpRequest, part: PlanPart, more: dict) -> HttpResponse:
    context = {**part.context, "tema": getattr(part.place.semester, "tema", None), **more}
    return render(request, "meetings/plan_maal.html", context, status=part.status)
