"""Opening, closing and reopening a pulje (Udir)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.access.deltakelse import can_close_pulje, can_open_pulje
from cohorts.actions.opptak import prepare_pulje
from cohorts.actions.pulje import close_pulje, open_pulje, reopen_pulje
from cohorts.forms.errors import take_errors
from cohorts.forms.pulje import PuljeForm, PuljeSourceForm
from cohorts.models import Opptak, Pulje, PuljeStatus
from cohorts.programme.definition import (
    Programme,
    PuljeCalendar,
    available_calendars,
    available_programmes,
    calendar_path,
    load_calendar,
    load_programme,
    programme_path,
)
from cohorts.rules.opening import opening_preview
from cohorts.rules.text import in_language


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pulje_create(request: HttpRequest) -> HttpResponse:
    """Choose programme and calendar, then write the dates, see what will be made, and open it.

    The choice is in the address, so that the form can be sent without a session.
    """
    if not can_open_pulje(request.user):
        raise PermissionDenied(_("Bare Utdanningsdirektoratet kan åpne en pulje."))
    programmes = {name: load_programme(programme_path(name)) for name in available_programmes()}
    source = _source_form(request, programmes)
    if not source.is_valid():
        return render(request, "cohorts/pulje_source.html", {"form": source})
    programme = programmes[source.cleaned_data["program"]]
    calendar = _calendar(source.cleaned_data["kalender"], programme)
    form = PuljeForm(request.POST or None, programme=programme, calendar=calendar)
    if form.is_valid():
        if "opptak" in request.POST:
            prepared = _prepare(request, form, programme)
            if prepared is not None:
                return redirect("cohorts:opptak_settings", prepared.pulje.number)
        elif "aapne" in request.POST:
            opened = _open(request, form, programme)
            if opened is not None:
                return redirect("cohorts:deltakelse_list", opened.number)
        elif "endre" not in request.POST:
            return _preview(request, form, programme)
    context = {"form": form, "programme": _name(programme), "rows": _semester_fields(form)}
    return render(request, "cohorts/pulje_create.html", context)


def _source_form(request: HttpRequest, programmes: dict[str, Programme]) -> PuljeSourceForm:
    calendars = [
        (name, in_language(found.name.bm, found.name.nn))
        for name in available_calendars()
        for programme in programmes.values()
        if (found := _calendar(name, programme)) is not None
    ]
    return PuljeSourceForm(
        request.GET if "program" in request.GET else None,
        programmes=[(each.id, _name(each)) for each in programmes.values()],
        calendars=calendars,
    )


def _calendar(name: str, programme: Programme) -> PuljeCalendar | None:
    """The packaged calendar of that name, if it is one of the programme."""
    try:
        return load_calendar(calendar_path(name), programme) if name else None
    except ValueError:
        return None


def _name(programme: Programme) -> str:
    return in_language(programme.name.bm, programme.name.nn)


def _semester_fields(form: PuljeForm) -> list:
    """The two dates of each semester."""
    return [(form[f"start_{number}"], form[f"term_end_{number}"]) for number in form.numbers]


def _preview(request: HttpRequest, form: PuljeForm, programme: Programme) -> HttpResponse:
    calendar = form.cleaned_data["calendar"]
    context = {
        "form": form,
        "calendar": calendar,
        "name": in_language(calendar.name.bm, calendar.name.nn),
        "programme": _name(programme),
        "semesters": opening_preview(programme, calendar),
        "activities": sum(len(each.semesters) for each in programme.activities),
        "deadlines": len(programme.deadlines),
        "taken": Pulje.objects.filter(number=calendar.number).exists(),
    }
    return render(request, "cohorts/pulje_preview.html", context)


def _open(request: HttpRequest, form: PuljeForm, programme: Programme) -> Pulje | None:
    try:
        pulje = open_pulje(
            programme=programme,
            calendar=form.cleaned_data["calendar"],
            by=request.user,
            now=timezone.now(),
            status=PuljeStatus.RUNNING,
        )
    except ValidationError as error:
        take_errors(form, error)
        return None
    messages.success(request, _("%(pulje)s er åpnet.") % {"pulje": pulje})
    return pulje


def _prepare(request: HttpRequest, form: PuljeForm, programme: Programme) -> Opptak | None:
    calendar = form.cleaned_data["calendar"]
    try:
        opptak = prepare_pulje(
            programme=programme, calendar=calendar, by=request.user, now=timezone.now()
        )
    except ValidationError as error:
        take_errors(form, error)
        return None
    text = _("%(pulje)s er laget. Opptaket er ikke åpnet ennå.")
    messages.success(request, text % {"pulje": opptak.pulje})
    return opptak


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pulje_close(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, and then close the pulje: from then on it is read-only for everybody."""
    pulje = _to_close(request, number)
    if request.method == "POST":
        close_pulje(pulje=pulje, by=request.user, now=timezone.now())
        messages.success(request, _("%(pulje)s er avsluttet og kan bare leses.") % {"pulje": pulje})
        return redirect("cohorts:pulje_settings", pulje.number)
    return render(request, "cohorts/pulje_close.html", {"pulje": pulje})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pulje_reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, and then let a closed pulje run again."""
    pulje = _to_close(request, number)
    if request.method == "POST":
        reopen_pulje(pulje=pulje, by=request.user, now=timezone.now())
        messages.success(request, _("%(pulje)s er åpen igjen.") % {"pulje": pulje})
        return redirect("cohorts:pulje_settings", pulje.number)
    return render(request, "cohorts/pulje_reopen.html", {"pulje": pulje})


def _to_close(request: HttpRequest, number: int) -> Pulje:
    pulje = get_object_or_404(Pulje.objects.visible_to(request.user), number=number)
    if not can_close_pulje(request.user):
        raise PermissionDenied(_("Bare Utdanningsdirektoratet kan avslutte en pulje."))
    return pulje
