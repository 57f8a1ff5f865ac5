"""Closing the evaluation of a semester early, and opening it again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.access.deltakelse import can_see_setup
from cohorts.access.evaluation import can_close_evaluation
from cohorts.models import Pulje, Record, Semester
from cohorts.views.permission import require
from meetings.actions.evaluation import close_evaluation, reopen_evaluation
from meetings.forms.evaluation import CloseEvaluationForm
from meetings.models import Obligation
from meetings.queries.evaluation import answers_of
from meetings.rules.evaluation import what_closing_does, what_opening_does


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_close(request: HttpRequest, number: int, semester: int) -> HttpResponse:
    """Say in numbers what it means, and then close it."""
    found = _semester(request, number, semester)
    if found.evaluation_closed_at is not None:
        return redirect(_page(found))
    form = CloseEvaluationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        why = form.cleaned_data["why"]
        close_evaluation(semester=found, why=why, by=request.user, now=timezone.now())
        messages.success(request, _("Evalueringen er lukket. Ingen får flere påminnelser."))
        return redirect(_page(found))
    answers = answers_of(Obligation.objects.evaluation_of(found))
    context = {
        "pulje": found.pulje,
        "semester": found,
        "back": _page(found),
        "form": form,
        "what": what_closing_does(answered=answers.answered, waiting=answers.waiting),
    }
    return render(request, "meetings/evaluation_close.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_reopen(request: HttpRequest, number: int, semester: int) -> HttpResponse:
    """Say in numbers what it means, and then open it again."""
    found = _semester(request, number, semester)
    if found.evaluation_closed_at is None:
        return redirect(_page(found))
    if request.method == "POST":
        reopen_evaluation(semester=found, by=request.user, now=timezone.now())
        messages.success(request, _("Evalueringen er åpen igjen."))
        return redirect(_page(found))
    answers = answers_of(Obligation.objects.evaluation_of(found))
    what = what_opening_does(**answers._asdict(), today=timezone.localdate())
    context = {"pulje": found.pulje, "semester": found, "back": _page(found), "what": what}
    return render(request, "meetings/evaluation_reopen.html", context)


def _semester(request: HttpRequest, number: int, semester: int) -> Semester:
    """A semester with an evaluation, of a pulje that the role sets up."""
    pulje = get_object_or_404(Pulje.objects.visible_to(request.user), number=number)
    if not can_see_setup(request.user):
        raise PermissionDenied(
            _("Bare Utdanningsdirektoratet og koordinatoren kan endre hva pulja krever.")
        )
    with_one = Semester.objects.filter(activities__record=Record.EVALUATION).distinct()
    found = get_object_or_404(with_one.select_related("pulje"), pulje=pulje, number=semester)
    require(can_close_evaluation(request.user, pulje), pulje)
    return found


def _page(semester: Semester) -> str:
    """The semester's part of the page of its pulje."""
    return f"{semester.pulje.get_absolute_url()}?semester={semester.number}&vis=arbeid"
