"""What one pulje demands: how many of each activity, and the deadlines (Udir and koordinator)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cohorts.access.deltakelse import can_close_pulje, can_edit_pulje, can_see_setup
from cohorts.actions.demands import change_activity, change_deadline
from cohorts.forms.demands import ActivityForm, DeadlineForm
from cohorts.forms.errors import take_errors
from cohorts.models import DeadlineRule, Pulje, Semester
from cohorts.queries.programme import programme_of
from cohorts.rules.deadlines import due_in_words, step_in_words
from cohorts.rules.offices import actor_name
from cohorts.views.permission import require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pulje_settings(request: HttpRequest, number: int) -> HttpResponse:
    """Activities of one semester (`?semester=`) with their numbers, and all deadlines."""
    pulje = _pulje(request, number)
    semesters = list(pulje.semesters.select_related("tema"))
    semester = _chosen(semesters, request)
    may_edit = can_edit_pulje(request.user, pulje)
    forms = [
        ActivityForm(request.POST or None, activity=activity)
        for activity in semester.activities.all()
    ]
    if request.method == "POST":
        require(may_edit, pulje)
        if not [form for form in forms if not form.is_valid()]:
            return _save_activities(request, semester, forms)
    context = {
        "pulje": pulje,
        "semesters": semesters,
        "semester": semester,
        "forms": forms,
        "rows": [(form, _responsible(pulje, form.activity.responsible)) for form in forms],
        "may_edit": may_edit,
        "may_close": can_close_pulje(request.user),
        "deadlines": [deadline_row(rule, pulje) for rule in pulje.deadline_rules.all()],
        "has_errors": any(form.errors for form in forms),
    }
    return render(request, "cohorts/pulje_settings.html", context)


def _save_activities(
    request: HttpRequest, semester: Semester, forms: list[ActivityForm]
) -> HttpResponse:
    changed = [form for form in forms if form.has_changed()]
    for form in changed:
        form.activity.semester = semester
        change_activity(
            activity=form.activity,
            minimum=form.cleaned_data["minimum"],
            maximum=form.cleaned_data["maximum"],
            by=request.user,
            now=timezone.now(),
        )
    count = len(changed)
    text = ngettext("%(count)s aktivitet er endret.", "%(count)s aktiviteter er endret.", count)
    messages.success(request, text % {"count": count} if count else _("Ingenting er endret."))
    url = reverse("cohorts:pulje_settings", args=[semester.pulje.number])
    return redirect(f"{url}?semester={semester.number}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deadline_edit(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Change a deadline; «Se hva det betyr» shows it in plain words before it is saved."""
    pulje = _pulje(request, number)
    rule = get_object_or_404(pulje.deadline_rules, key=key)
    rule.pulje = pulje
    may_edit = can_edit_pulje(request.user, pulje)
    form = DeadlineForm(request.POST or None, initial={"offset": rule.offset})
    after = None
    if request.method == "POST":
        require(may_edit, pulje)
        if form.is_valid() and "vis" not in request.POST and _save_deadline(request, rule, form):
            return redirect("cohorts:pulje_settings", pulje.number)
        after = form.cleaned_data["offset"] if form.is_valid() else None
    context = {
        "pulje": pulje,
        "rule": rule,
        "form": form,
        "may_edit": may_edit,
        "before": in_plain_words(rule, rule.offset, pulje),
        "after": None if after is None else in_plain_words(rule, after, pulje),
        "owed_by": _responsible(pulje, rule.owed_by),
    }
    return render(request, "cohorts/deadline_edit.html", context)


def _save_deadline(request: HttpRequest, rule: DeadlineRule, form: DeadlineForm) -> bool:
    try:
        change_deadline(
            rule=rule,
            offset=form.cleaned_data["offset"],
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as error:
        take_errors(form, error)
        return False
    messages.success(request, _("Fristen er endret for denne pulja."))
    return True


def deadline_row(rule: DeadlineRule, pulje: Pulje) -> dict:
    """A deadline in plain words, for the list."""
    return {
        "rule": rule,
        "words": in_plain_words(rule, rule.offset, pulje),
        "owed_by": _responsible(pulje, rule.owed_by),
    }


def in_plain_words(rule: DeadlineRule, offset: int, pulje: Pulje) -> dict:
    """When a deadline is, when somebody is reminded, and who is told when it is not kept."""
    return {
        "due": due_in_words(rule.anchor, offset, rule.unit),
        "steps": [
            step_in_words(step["offset"], rule.unit) for step in rule.steps if not step["to"]
        ],
        "escalate": [
            (step_in_words(step["offset"], rule.unit), _responsible(pulje, step["to"]))
            for step in rule.steps
            if step["to"]
        ],
    }


def _responsible(pulje: Pulje, actor: str) -> str:
    return actor_name(actor, programme_of(pulje))


def _chosen(semesters: list[Semester], request: HttpRequest) -> Semester:
    asked = request.GET.get("semester", "")
    today = timezone.localdate()
    for semester in semesters:
        if asked == str(semester.number):
            return semester
    now = [each for each in semesters if each.start <= today <= each.end]
    return (now or semesters)[0]


def _pulje(request: HttpRequest, number: int) -> Pulje:
    pulje = get_object_or_404(Pulje.objects.visible_to(request.user), number=number)
    if not can_see_setup(request.user):
        raise PermissionDenied(
            _("Bare Utdanningsdirektoratet og koordinatoren kan endre hva pulja krever.")
        )
    return pulje
