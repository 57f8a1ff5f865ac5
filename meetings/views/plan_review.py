"""The review of a plan (15-gjennomgang): a shared draft, saved while it is written; a version."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.actions.plan_review import draft_of, review_data, save_review, start_review
from cohorts.forms.errors import take_errors
from cohorts.forms.paper import summary_note, summary_title
from cohorts.forms.plan_review import ANY_VERDICT, TEXT, ReviewForm
from cohorts.models import PlanReview, Tiltak, Verdict
from cohorts.queries.paper import next_number
from cohorts.queries.plan import open_tiltak
from cohorts.rules.errors import StaleEdit
from cohorts.rules.paper import Data, differing
from cohorts.rules.plan import verdicts_by_tiltak
from cohorts.views.typed import sign_in_or_keep
from lmp.lib.forms import summary_lines
from lmp.lib.wording import klokka
from meetings.actions import plan as wrapped
from meetings.queries.plan import review_obligation
from meetings.views.paper_place import edit_version_in
from meetings.views.plan_form import CONFLICT, in_words
from meetings.views.plan_page import checks_of, self_check_of
from meetings.views.plan_place import PlanPlace, find_plan_to_write

SEND = "send"


def _texts_of_tiltak(request: HttpRequest) -> dict[str, Any]:
    """The names of the texts of single tiltak in a form that comes without a session."""
    return {name: ANY_VERDICT for name in request.POST if name.startswith(TEXT)}


@sign_in_or_keep(ReviewForm, labels=_texts_of_tiltak)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_review(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Judge the tiltak one by one; «Lagre som versjon» and «Fortsett senere» are its buttons."""
    place = find_plan_to_write(request, unit_id)
    if place.plan is None or not place.plan.maal.filter(ended_on=None).exists():
        messages.info(request, _("Planen har ingen mål ennå. Legg til minst ett mål først."))
        return redirect(place.path("plan_detail"))
    if request.method == "POST":
        return _save(request, place)
    review = draft_of(place.plan) or _unsaved(place)
    return _show(request, place, review, _form(place, review))


def _unsaved(place: PlanPlace) -> PlanReview:
    """A draft of today that is not stored: looking at the page stores nothing."""
    return PlanReview(plan=place.plan, semester=place.semester, held_on=place.today)


def _form(
    place: PlanPlace, review: PlanReview, request: HttpRequest | None = None, *, sending=False
) -> ReviewForm:
    return place.form(
        ReviewForm,
        request.POST if request else None,
        sending=sending,
        tiltak=_tiltak(place, review),
        saved=review_data(review),
        today=place.today,
        numbers=_goal_numbers(place),
        first=_next_number(place) == 1,
        is_skole=place.is_skole,
    )


def _tiltak(place: PlanPlace, review: PlanReview) -> list[Tiltak]:
    """What is judged: the open tiltak; of a saved review those it judged."""
    if review.version_id is None:
        return list(open_tiltak(place.plan))
    judged = verdicts_by_tiltak(review.verdicts)
    return list(Tiltak.objects.filter(pk__in=judged, maal__plan=place.plan).select_related("maal"))


def _next_number(place: PlanPlace) -> int:
    return next_number(place.plan.versions.all())


def _review(request: HttpRequest, place: PlanPlace) -> PlanReview:
    """The review that was written: the draft, or the one that has just become that version."""
    asked = request.POST.get("nummer", "")
    if asked.isdecimal() and len(asked) < 5:
        saved = place.plan.reviews.filter(version__number=int(asked)).first()
        if saved is not None:
            return saved
    return start_review(plan=place.plan, by=request.user, now=timezone.now())


def _save(request: HttpRequest, place: PlanPlace) -> HttpResponse:
    """Save what was typed, whatever it is; make a version when that was asked for."""
    sending = request.POST.get("handling") == SEND
    if sending and not place.may_save:
        raise PermissionDenied(_("Det er lederen som lagrer en ny versjon."))
    review, now = _review(request, place), timezone.now()
    form = _form(place, review, request, sending=sending)
    is_right = form.is_valid()
    data = form.data_to_save()
    if review.version_id:
        return _after_another(request, place, review, data)
    write: dict[str, Any] = {
        "review": review,
        "edit_version": edit_version_in(request),
        "data": data,
        "by": request.user,
        "now": now,
    }
    try:
        if sending and is_right:
            version = wrapped.save_review(**write)
            return redirect("meetings:plan_version", place.unit.pk, version.number)
        save_review(**write)
    except StaleEdit as stale:
        return _show_both(request, place, stale.current, data)
    except ValidationError as refusal:
        take_errors(form, refusal)
        return _show(request, place, review, form)
    if not is_right:
        review.refresh_from_db()
        return _show(request, place, review, form)
    messages.success(request, _("Utkastet er lagret %(clock)s.") % {"clock": klokka(now)})
    return redirect(place.path("plan_detail"))


def _after_another(
    request: HttpRequest, place: PlanPlace, review: PlanReview, data: Data
) -> HttpResponse:
    """The version is there already: a second press goes to it, other words begin a new draft."""
    number = review.version.number
    if differing(data, review_data(review)):
        draft = start_review(plan=place.plan, by=request.user, now=timezone.now())
        if draft.edit_version > 1:
            return _show_both(request, place, draft, data)
        open_ = set(open_tiltak(place.plan).values_list("pk", flat=True))
        data["verdicts"] = [row for row in data["verdicts"] if row["tiltak"] in open_]
        write: dict[str, Any] = {"by": request.user, "now": timezone.now()}
        save_review(review=draft, edit_version=draft.edit_version, data=data, **write)
        words = _("Noen lagret versjon %(n)s mens du skrev. Det du skrev, står i et nytt utkast.")
        messages.warning(request, words % {"n": number})
        return redirect(place.path("plan_review"))
    return redirect("meetings:plan_version", place.unit.pk, number)


def _show(
    request: HttpRequest,
    place: PlanPlace,
    review: PlanReview,
    form: ReviewForm,
    theirs: list[tuple[Any, str]] | None = None,
) -> HttpResponse:
    duty = review_obligation(place.unit, place.semester)
    number = _next_number(place)
    latest = place.plan.versions.shown_to(request.user).first() if place.plan else None
    context = {
        "place": place,
        "unit": place.unit,
        "review": review,
        "form": form,
        **_summary(form),
        "edit_version": review.edit_version,
        "number": number,
        "is_first": number == 1,
        "latest": latest,
        "due": duty.due if duty and duty.met_at is None else None,
        "today": place.today,
        "may_save": place.may_save,
        "checks": _checks(place, form),
        "theirs": theirs or [],
    }
    return render(request, "meetings/plan_review.html", context, status=CONFLICT if theirs else 200)


def _summary(form: ReviewForm) -> dict[str, Any]:
    """The lines of the error summary with its title and what has become of the text."""
    if not form.is_bound:
        return {"lines": []}
    lines = summary_lines(form)
    if form.holds_national_id() or form.only_hints():
        title = summary_title([form], sending=form.sending)
        return {"lines": lines, "error_title": title, "error_note": summary_note([form])}
    title = _("Rett opp dette før du lagrer") if form.sending else _("Rett opp dette")
    note = _("Ingen ny versjon er laget. Det du har skrevet, er lagret i utkastet.")
    return {"lines": lines, "error_title": title, "error_note": note}


def _goal_numbers(place: PlanPlace) -> dict[int, int]:
    goals = place.plan.maal.filter(ended_on=None).values_list("pk", flat=True)
    return {pk: number for number, pk in enumerate(goals, start=1)}


def _checks(place: PlanPlace, form: ReviewForm) -> list[dict[str, Any]]:
    """The self-checks of the tiltak, beside the review: `weak` are the answers that are no yes."""
    checklist = self_check_of(place.plan) if place.plan else None
    if checklist is None:
        return []
    found = [(each, checks_of(each, checklist)) for each in form.tiltak]
    return [
        {"tiltak": tiltak, "checks": checks, "weak": [each for each in checks if not each.is_well]}
        for tiltak, checks in found
    ]


def _show_both(
    request: HttpRequest, place: PlanPlace, current: PlanReview, mine: Data
) -> HttpResponse:
    """Somebody else has saved the draft: their words beside the own ones, and neither is lost."""
    if current.version_id:
        return _after_another(request, place, current, mine)
    form = _form(place, current, request)
    stored = review_data(current)
    theirs = [
        (form.fields[key].label, in_words(stored[key], _choices(form, key)))
        for key in differing(mine, stored)
        if key != "verdicts"
    ]
    theirs += _their_verdicts(form, mine, stored)
    return _show(request, place, current, form, theirs)


def _choices(form: ReviewForm, key: str) -> dict[Any, Any]:
    return dict(getattr(form.fields[key], "choices", ()))


def _their_verdicts(form: ReviewForm, mine: Data, stored: Data) -> list[tuple[Any, str]]:
    own, others = (verdicts_by_tiltak(data["verdicts"]) for data in (mine, stored))
    labels = {"": "–", **dict(Verdict.choices)}
    return [
        (each.title, f"{labels[others[each.pk]['verdict']]}. {others[each.pk]['text']}".strip())
        for each in form.tiltak
        if each.pk in others and others[each.pk] != own.get(each.pk)
    ]


@require_POST
def plan_review_autosave(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Save what is written so far. 401 without a session: the page then keeps the text itself."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    place, now = find_plan_to_write(request, unit_id), timezone.now()
    if place.plan is None:
        return HttpResponse(status=409)
    review = _review(request, place)
    form = _form(place, review, request)
    is_right = form.is_valid()
    try:
        save_review(
            review=review,
            edit_version=edit_version_in(request),
            data=form.data_to_save(),
            by=request.user,
            now=now,
        )
    except StaleEdit as stale:
        return _autosaved(request, stale.current, problem=_someone(stale.current))
    except ValidationError as refusal:
        return _autosaved(request, review, problem=refusal.messages[0])
    review.refresh_from_db()
    if is_right:
        return _autosaved(request, review, saved_at=now)
    problem = _("Noe er ikke lagret: se over feltene. Resten er lagret.")
    return _autosaved(request, review, problem=problem, fresh=True)


def _someone(review: PlanReview) -> str:
    return _(
        "%(who)s har lagret mens du skrev. Trykk «Fortsett senere» for å se begge tekstene."
    ) % {"who": review.updated_by.get_short_name()}


def _autosaved(
    request: HttpRequest, review: PlanReview, *, saved_at=None, problem="", fresh=False
) -> HttpResponse:
    """The line that says whether it is saved. Only what is saved moves the edit version on."""
    context = {"saved_at": saved_at, "problem": problem, "unsaved": bool(problem)}
    response = render(request, "_ui/autosave.html", context)
    if saved_at or fresh:
        response["X-Edit-Version"] = str(review.edit_version)
    return response
