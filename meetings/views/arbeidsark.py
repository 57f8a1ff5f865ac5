"""Adding, changing and removing the short lines of a kartlegging."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.actions.arbeidsark import add_line, add_omraade, edit_short, remove_short
from cohorts.forms.errors import take_errors
from cohorts.forms.kartlegging import LineForm, OmraadeForm
from cohorts.models import ArbeidsarkLine, DeltakendeUnit, Omraade
from cohorts.queries.kartlegging import load_worksheet
from cohorts.views.typed import sign_in_or_keep
from meetings.views.kartlegging_edit import unit_to_write
from meetings.views.own_place import has_few

Short = Omraade | ArbeidsarkLine


@sign_in_or_keep(LineForm)
@require_http_methods(["GET", "HEAD", "POST"])
def arbeidsark_line_add(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Add a line to a column of the worksheet, and go on writing there; GET leads back."""
    unit = unit_to_write(request, unit_id)
    if request.method != "POST":
        return _back(unit, {})
    topic, item = request.POST.get("topic", ""), request.POST.get("item", "")
    form = LineForm(request.POST, small=has_few(unit))

    def add(text: str) -> None:
        who = {"by": request.user, "now": timezone.now()}
        add_line(unit=unit, topic=topic, item=item, text=text, **who)

    if _done(form, add):
        return _back(unit, {"tema": topic, "ny": item})
    sheet = load_worksheet(unit, [], topic)
    titles = {column.id: column.title for column in sheet.columns} if sheet else {}
    kept = [("topic", topic), ("item", item)]
    return _page(request, unit, form, titles.get(item, _("Ny linje")), kept)


@sign_in_or_keep(OmraadeForm)
@require_http_methods(["GET", "HEAD", "POST"])
def omraade_add(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Add something to keep or to develop, and go on writing there; GET leads back."""
    unit = unit_to_write(request, unit_id)
    if request.method != "POST":
        return _back(unit, {})
    kind = request.POST.get("kind", "")
    form = OmraadeForm(request.POST, small=has_few(unit))

    def add(text: str) -> None:
        add_omraade(unit=unit, kind=kind, text=text, by=request.user, now=timezone.now())

    if _done(form, add):
        return _back(unit, {"ny": kind})
    title = str(dict(Omraade.Kind.choices).get(kind, _("Nytt område")))
    return _page(request, unit, form, title, [("kind", kind)])


@sign_in_or_keep(LineForm)
@require_http_methods(["GET", "HEAD", "POST"])
def arbeidsark_line_edit(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Change a line of the worksheet."""
    unit = unit_to_write(request, unit_id)
    row = get_object_or_404(unit.arbeidsark.select_related("unit__deltakelse__pulje"), pk=pk)
    remove = reverse("meetings:arbeidsark_line_remove", args=[unit.pk, pk])
    return _change(request, unit, row, LineForm, remove)


@sign_in_or_keep(OmraadeForm)
@require_http_methods(["GET", "HEAD", "POST"])
def omraade_edit(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Change something to keep or to develop."""
    unit = unit_to_write(request, unit_id)
    row = get_object_or_404(unit.omraader.select_related("unit__deltakelse__pulje"), pk=pk)
    remove = reverse("meetings:omraade_remove", args=[unit.pk, pk])
    return _change(request, unit, row, OmraadeForm, remove)


@login_required
@require_POST
def arbeidsark_line_remove(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Take away a line of the worksheet; a goal that was made of it stays."""
    unit = unit_to_write(request, unit_id)
    return _remove(request, unit, get_object_or_404(unit.arbeidsark.all(), pk=pk))


@login_required
@require_POST
def omraade_remove(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Take away something to keep or to develop."""
    unit = unit_to_write(request, unit_id)
    return _remove(request, unit, get_object_or_404(unit.omraader.all(), pk=pk))


def _done(form: LineForm, write: Callable[[str], Any]) -> bool:
    """Whether the text of the form was right and is written."""
    if not form.is_valid():
        return False
    try:
        write(form.cleaned_data["text"])
    except ValidationError as error:
        take_errors(form, error)
        return False
    return True


def _change(
    request: HttpRequest, unit: DeltakendeUnit, row: Short, kind: type[LineForm], remove: str
) -> HttpResponse:
    form = kind(request.POST or None, initial={"text": row.text}, small=has_few(unit))

    def edit(text: str) -> None:
        edit_short(row=row, text=text, by=request.user, now=timezone.now())

    if form.is_bound and _done(form, edit):
        messages.success(request, _("Lagret."))
        return _back(unit, _where(row))
    return _page(request, unit, form, _("Endre linjen"), [], remove=remove)


def _remove(request: HttpRequest, unit: DeltakendeUnit, row: Short) -> HttpResponse:
    where = _where(row)
    remove_short(row=row, by=request.user, now=timezone.now())
    messages.success(request, _("Linjen er tatt bort."))
    return _back(unit, where)


def _where(row: Short) -> dict[str, str]:
    return {"tema": row.topic} if isinstance(row, ArbeidsarkLine) else {}


def _back(unit: DeltakendeUnit, where: dict[str, str]) -> HttpResponseRedirect:
    page = reverse("meetings:kartlegging_detail", args=[unit.pk])
    return redirect(f"{page}?{urlencode(where)}" if where else page)


def _page(
    request: HttpRequest,
    unit: DeltakendeUnit,
    form: LineForm,
    title: str,
    kept: list[tuple[str, str]],
    remove: str = "",
) -> HttpResponse:
    """One line on a page of its own: to change it, or because something was wrong with it."""
    context = {"unit": unit, "form": form, "title": title, "kept": kept, "remove": remove}
    return render(request, "meetings/arbeidsark_line_edit.html", context)
