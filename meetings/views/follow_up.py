"""What becomes of a follow-up point: done, open again, or a mellomarbeid."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meetings.access.follow_up import can_make_task, can_settle_follow_up, is_task
from meetings.access.meeting import offices_of
from meetings.access.papers import can_write_referat
from meetings.actions.follow_up import close_follow_up, reopen_follow_up
from meetings.actions.follow_up_task import point_to_task
from meetings.models import FollowUp
from meetings.views.paper_place import PaperPlace, find_place


def _found(request: HttpRequest, meeting_id: int, pk: int) -> tuple[PaperPlace, FollowUp]:
    """The point of the meeting when the person reads its referat; else 404."""
    points = FollowUp.objects.visible_to(request.user).select_related(
        "referat__meeting__pulje", "referat__unit__deltakelse__pulje", "mellomarbeid"
    )
    point = get_object_or_404(points, pk=pk, referat__meeting=meeting_id)
    return find_place(request, meeting_id, "after", point.referat.unit_id), point


@login_required
@require_POST
def follow_up_close(request: HttpRequest, meeting_id: int, pk: int) -> HttpResponse:
    """Mark a point as done; with `angre` it is open again."""
    place, point = _found(request, meeting_id, pk)
    allowed = can_settle_follow_up(
        request.user,
        point,
        offices=offices_of(place.meeting.activity, point.responsible),
        is_author=can_write_referat(request.user, place.demand, place.meeting, place.unit),
    )
    if not allowed:
        raise PermissionDenied(_("Det er den som er ansvarlig for punktet, som avslutter det."))
    now = timezone.now()
    if "angre" in request.POST:
        reopen_follow_up(follow_up=point, by=request.user, now=now)
        messages.success(request, _("Punktet er åpent igjen."))
    else:
        close_follow_up(follow_up=point, by=request.user, now=now)
        messages.success(request, _("Punktet er markert som gjort."))
    return redirect(f"{place.path('referat_detail')}#avtalt")


@login_required
@require_POST
def follow_up_to_mellomarbeid(request: HttpRequest, meeting_id: int, pk: int) -> HttpResponse:
    """Make a mellomarbeid of the point; it is then carried into the next grunnlag by itself."""
    place, point = _found(request, meeting_id, pk)
    if not can_make_task(request.user, point) and not is_task(point):
        raise PermissionDenied(_("Det er lederen og arbeidsgruppa som lager mellomarbeid."))
    try:
        point_to_task(follow_up=point, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Punktet er lagt inn som mellomarbeid."))
    return redirect(f"{place.path('referat_detail')}#avtalt")
