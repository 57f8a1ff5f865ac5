"""Making the next pulje from this one (Udir): see every date, change it, then make it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cohorts.access.opptak import can_set_up_opptak
from cohorts.actions.opptak_next import roll_forward
from cohorts.forms.errors import take_errors
from cohorts.forms.opptak_next import NextPuljeForm, YearsForm
from cohorts.models import Opptak, Pulje
from cohorts.queries.opptak_next import calendar_of
from cohorts.queries.programme import programme_of
from cohorts.rules.rollforward import NextCalendar, next_calendar
from lmp.lib.wording import tallord


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def opptak_next(request: HttpRequest, number: int) -> HttpResponse:
    """The calendar `?aar=` years later with the reason for every day that was moved."""
    visible = Pulje.objects.visible_to(request.user).select_related("edition")
    pulje = get_object_or_404(visible, number=number)
    if not can_set_up_opptak(request.user):
        raise PermissionDenied(_("Bare Utdanningsdirektoratet kan lage en pulje."))
    years = YearsForm(request.GET if "aar" in request.GET else {"aar": 1})
    moved = _moved(pulje, years.cleaned_data["aar"] if years.is_valid() else 1)
    form = NextPuljeForm(request.POST or None, programme=programme_of(pulje), moved=moved)
    if form.is_valid():
        made = _make(request, pulje, form)
        if made is not None:
            return redirect("cohorts:opptak_settings", made.pulje.number)
    context = {
        "pulje": pulje,
        "form": form,
        "years": years,
        "title": _title(len(form.moved_rows)),
        "opptak": Opptak.objects.filter(pulje=pulje).first(),
    }
    return render(request, "cohorts/opptak_next.html", context)


def _title(changed: int) -> str:
    text = ngettext("%(count)s dato måtte flyttes", "%(count)s datoer måtte flyttes", changed)
    words = text % {"count": tallord(changed)} if changed else _("Ingen datoer måtte flyttes")
    return words[0].upper() + words[1:]


def _moved(pulje: Pulje, years: int) -> NextCalendar:
    return next_calendar(
        calendar_of(pulje),
        number=pulje.number + 1,
        years=years,
        calendar=programme_of(pulje).calendar_rules.calendar,
    )


def _make(request: HttpRequest, pulje: Pulje, form: NextPuljeForm) -> Opptak | None:
    calendar = form.cleaned_data["calendar"]
    try:
        made = roll_forward(source=pulje, calendar=calendar, by=request.user, now=timezone.now())
    except ValidationError as error:
        take_errors(form, error)
        return None
    text = _("%(pulje)s er laget. Ingenting er åpnet. Se over oppsettet.")
    messages.success(request, text % {"pulje": made.pulje})
    return made
