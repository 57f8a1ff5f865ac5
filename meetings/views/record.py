"""Registering that something without a meeting or a paper of its own was done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.access.deltakelse import can_register_activity
from cohorts.forms.errors import take_errors
from cohorts.models import Activity, ActivityRecord, Deltakelse, DeltakendeUnit, Pulje
from cohorts.rules.text import in_language
from cohorts.views.permission import require
from meetings.actions.record import register_work, undo_work
from meetings.forms.record import RecordForm
from meetings.views.own_pages import own_page

Place = Deltakelse | DeltakendeUnit | None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_create(request: HttpRequest, activity_pk: int) -> HttpResponse:
    """Register an activity for one's own unit or owner; below stands what is registered.

    What a unit writes on pages of its own is registered there.
    """
    activity = _activity(request, activity_pk)
    page = own_page(request.user, activity)
    if page:
        return redirect(page)
    places = _places(request, activity)
    require(bool(places), activity.semester.pulje)
    today = timezone.localdate()
    choices = [(place.pk if place else 0, _place_name(place, activity)) for place in places]
    form = RecordForm(
        request.POST or None,
        places=choices,
        today=today,
        initial={"place": request.GET.get("enhet", "")},
    )
    if form.is_valid() and _register(request, activity, places, form):
        return redirect("meetings:record_create", activity.pk)
    records = [_record_row(record, request, today) for record in _records(activity, places)]
    context = {
        "activity": activity,
        "pulje": activity.semester.pulje,
        "form": form,
        "only": choices[0][1] if len(choices) == 1 else "",
        "records": records,
        "count": len(records),
        "title": activity.title,
        "theme": in_language(activity.semester.tema.title_bm, activity.semester.tema.title_nn),
    }
    return render(request, "meetings/record_create.html", context)


def _activity(request: HttpRequest, pk: int) -> Activity:
    """The activity of a pulje that the role sees."""
    seen = Activity.objects.filter(semester__pulje__in=Pulje.objects.visible_to(request.user))
    return get_object_or_404(seen.select_related("semester__pulje", "semester__tema"), pk=pk)


def _places(request: HttpRequest, activity: Activity) -> list[Place]:
    """What the activity can be registered for by the role: units, owners, or the whole pulje."""
    user = request.user
    if activity.scope == "pulje":
        return [None] if can_register_activity(user, activity) else []
    if activity.scope == "deltakelse":
        found = Deltakelse.objects.visible_to(user).active().select_related("owner")
        seen = found.filter(pulje=activity.semester.pulje)
        return [each for each in seen if can_register_activity(user, activity, each)]
    units = DeltakendeUnit.objects.readable_by(user).active()
    units = units.filter(
        deltakelse__pulje=activity.semester.pulje,
        first_semester__lte=activity.semester.number,
    ).select_related("unit", "deltakelse")
    if activity.applies_to:
        units = units.filter(unit__kind=activity.applies_to)
    return [u for u in units if can_register_activity(user, activity, u.deltakelse, u)]


def _place_name(place: Place, activity: Activity) -> str:
    if place is None:
        return str(activity.semester.pulje)
    return str(place.unit if isinstance(place, DeltakendeUnit) else place.owner)


def _register(
    request: HttpRequest, activity: Activity, places: list[Place], form: RecordForm
) -> bool:
    chosen = form.cleaned_data.get("place", places[0].pk if places[0] else 0)
    place = next(each for each in places if (each.pk if each else 0) == chosen)
    is_unit = isinstance(place, DeltakendeUnit)
    try:
        register_work(
            activity=activity,
            deltakelse=place.deltakelse if is_unit else place,
            unit=place if is_unit else None,
            done_on=form.cleaned_data["done_on"],
            note=form.cleaned_data["note"],
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as error:
        take_errors(form, error)
        return False
    messages.success(request, _("Registrert: %(activity)s.") % {"activity": activity.title})
    return True


def _records(activity: Activity, places: list[Place]):
    """What is registered for these places, the latest first."""
    records = activity.records.select_related("registered_by", "unit__unit", "deltakelse__owner")
    if activity.scope == "unit":
        return records.filter(unit__in=[place.pk for place in places if place])
    if activity.scope == "deltakelse":
        return records.filter(deltakelse__in=[p.pk for p in places if p], unit=None)
    return records


def _record_row(record: ActivityRecord, request: HttpRequest, today) -> dict:
    made = timezone.localdate(record.registered_at)
    place = record.unit or (record.deltakelse.owner if record.deltakelse else "")
    return {
        "record": record,
        "place": str(place),
        "may_undo": record.registered_by_id == request.user.pk and made == today,
    }


@login_required
@require_POST
def record_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own registration on the day it was made."""
    own = ActivityRecord.objects.filter(registered_by=request.user)
    record = get_object_or_404(own.select_related("activity__semester__pulje"), pk=pk)
    activity = record.activity
    require(True, activity.semester.pulje)
    try:
        undo_work(record=record, by=request.user, now=timezone.now())
    except ValidationError as error:
        raise PermissionDenied(error.messages[0]) from None
    messages.success(request, _("Registreringen er tatt bort."))
    return redirect("meetings:record_create", activity.pk)
