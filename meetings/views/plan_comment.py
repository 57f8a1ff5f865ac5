"""Comments of veiledere and PPT on a plan, and the unit's answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.actions.plan import refuse_read_only
from cohorts.forms.errors import take_errors
from cohorts.forms.plan import CommentAnswerForm, CommentForm
from cohorts.models import PlanComment, Tiltak
from cohorts.views.typed import sign_in_or_keep
from meetings.actions.plan import comment_plan, reply_to_comment
from meetings.views.paper_place import refuse_with_reason
from meetings.views.plan_place import (
    PlanPlace,
    find_plan,
    find_plan_to_write,
    refuse_hidden_plan,
)


@sign_in_or_keep(CommentForm)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_comment(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A veileder or PPT comments on the plan, or on the tiltak of `?tiltak=`."""
    place = find_plan(request, unit_id)
    refuse_hidden_plan(place)
    refuse_with_reason(refuse_read_only, place.unit)
    if not place.may_comment:
        raise PermissionDenied(_("Det er veilederne og PPT som kommenterer planen."))
    if place.plan is None:
        raise Http404
    tiltak = _tiltak(request, place)
    form = place.form(CommentForm, request.POST if request.method == "POST" else None)
    if form.is_valid() and _comment(request, place, tiltak, form):
        messages.success(request, _("Kommentaren er sendt. Enheten får beskjed."))
        anchor = f"#tiltak-{tiltak.pk}" if tiltak else "#kommentarer"
        return redirect(place.path("plan_detail") + anchor)
    context = {"place": place, "unit": place.unit, "tiltak": tiltak, "form": form}
    return render(request, "meetings/plan_comment.html", context)


def _tiltak(request: HttpRequest, place: PlanPlace) -> Tiltak | None:
    asked = request.GET.get("tiltak", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 15:
        raise Http404
    return get_object_or_404(Tiltak, maal__plan=place.plan, pk=int(asked))


def _comment(
    request: HttpRequest, place: PlanPlace, tiltak: Tiltak | None, form: CommentForm
) -> bool:
    text, now = form.cleaned_data["text"], timezone.now()
    try:
        comment_plan(plan=place.plan, tiltak=tiltak, text=text, by=request.user, now=now)
    except ValidationError as refusal:
        take_errors(form, refusal)
        return False
    return True


@sign_in_or_keep(CommentAnswerForm)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_comment_answer(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """The leader or the arbeidsgruppe answers a comment."""
    place = find_plan_to_write(request, unit_id)
    rows = PlanComment.objects.select_related("plan__unit", "tiltak__maal", "written_by")
    comment = get_object_or_404(rows, plan=place.plan, pk=pk)
    form = place.form(CommentAnswerForm, request.POST if request.method == "POST" else None)
    back = place.path("plan_detail")
    if comment.answer and not form.is_bound:
        return redirect(back)
    if form.is_valid() and _answer(request, comment, form):
        messages.success(request, _("Svaret er sendt."))
        return redirect(f"{back}#tiltak-{comment.tiltak_id}" if comment.tiltak_id else back)
    context = {"place": place, "unit": place.unit, "comment": comment, "form": form}
    return render(request, "meetings/plan_comment_answer.html", context)


def _answer(request: HttpRequest, comment: PlanComment, form: CommentAnswerForm) -> bool:
    answer, now = form.cleaned_data["answer"], timezone.now()
    try:
        reply_to_comment(comment=comment, answer=answer, by=request.user, now=now)
    except ValidationError as refusal:
        take_errors(form, refusal)
        return False
    return True
