"""A unit's own part through the personal link: no sign-in, one part, nothing else.

Reading changes nothing that matters: `opened_at` is set when a browser opens the page for a
person, and a program that follows links in mails may do so too, without consequence.
"""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from actors.models import User
from actors.rules.invitations import language_of
from cohorts.actions.unit_part import (
    data_of,
    decline_part,
    deliver_part,
    note_opened,
    save_part,
    state_of_link,
)
from cohorts.forms.errors import refusals_on, take_errors
from cohorts.forms.unit_part import DeclineForm, UnitPartForm
from cohorts.models import Pulje, Semester, SoeknadUnit
from cohorts.queries.opptak import application_deadline
from cohorts.rules.errors import StaleEdit
from cohorts.rules.look_over import is_small
from cohorts.rules.paper import Data, differing, joined
from cohorts.rules.soeknad_form import MAALFORM
from cohorts.rules.soeknad_units import LinkState
from cohorts.views.typed import Typed, labels_of, typed_in
from lmp.lib.wording import tallord

DELIVER = "lever"
TEXTS = ("why", "needs", "ongoing")


def through_link(view):
    """Find the row of the token (404 else), and keep the page to the reader.

    It speaks the målform of the kommune until the reader has chosen a language.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        rows = SoeknadUnit.objects.select_related(
            "unit__kommune",
            "soeknad__candidate__owner__kommune",
            "soeknad__candidate__embete__opptak__pulje",
        )
        row = get_object_or_404(rows, token=token)
        chosen = request.user.is_authenticated or settings.LANGUAGE_COOKIE_NAME in request.COOKIES
        if not chosen:
            place = row.unit if row.unit and row.unit.kommune else row.soeknad.candidate.owner
            translation.activate(language_of(place))
            request.LANGUAGE_CODE = translation.get_language()
        state = state_of_link(row, timezone.now())
        if state == LinkState.CLOSED:
            answer = _page(request, "unit_part_closed", row, status=410, typed=_typed(request))
        else:
            answer = view(request, row, state)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer["Referrer-Policy"] = "same-origin"
        return answer

    return never_cache(wrapped)


@require_http_methods(["GET", "HEAD", "POST"])
@through_link
def unit_part(request: HttpRequest, row: SoeknadUnit, state: LinkState) -> HttpResponse:
    """Write the part and deliver it; read it once the søknad is sent."""
    if state == LinkState.READ:
        return _page(request, "unit_part_read", row, typed=_typed(request))
    if request.method == "POST":
        return _save_or_deliver(request, row)
    if _is_person(request):
        note_opened(row=row, now=timezone.now())
    return _show(request, row, UnitPartForm(row=row, initial=data_of(row)))


@require_POST
@through_link
def unit_part_autosave(request: HttpRequest, row: SoeknadUnit, state: LinkState) -> HttpResponse:
    """Save what is typed so far; 409 when it meets somebody else's text or may not be written."""
    form = UnitPartForm(request.POST, row=row)
    form.is_valid()
    try:
        row, _refused = save_part(**_write(request, row, form))
    except ValidationError:
        return HttpResponse(status=409)
    answer = render(request, "_ui/autosave.html", {"saved_at": row.saved_at})
    answer["X-Edit-Version"] = str(row.edit_version)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@through_link
def unit_part_decline(request: HttpRequest, row: SoeknadUnit, state: LinkState) -> HttpResponse:
    """«Vi vil ikke være med», with a reason that the owner reads."""
    if state == LinkState.READ:
        return _page(request, "unit_part_read", row, typed=_typed(request))
    form = DeclineForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            decline_part(
                row=row,
                reason=form.cleaned_data["reason"],
                by=_person(request),
                now=timezone.now(),
            )
            messages.success(request, _("Eieren har fått beskjed om at dere ikke vil være med."))
            return redirect(row.part_path)
    return _page(request, "unit_part_decline", row, form=form)


def _save_or_deliver(request: HttpRequest, row: SoeknadUnit) -> HttpResponse:
    delivering = request.POST.get("handling") == DELIVER
    delivered = row.part == SoeknadUnit.Part.DELIVERED
    form = UnitPartForm(
        request.POST,
        row=row,
        sending=delivering or delivered,
        small=is_small(row.children),
    )
    is_right, write = form.is_valid(), _write(request, row, form)
    try:
        if is_right and (delivering or delivered):
            deliver_part(**write)
            messages.success(request, _("Delen er levert. Du kan rette den til søknaden sendes."))
            return redirect(row.part_path)
        if not delivered:
            row, _refused = save_part(**write)
    except StaleEdit as stale:
        return _show_both(request, stale.current, write["data"])
    except ValidationError as error:
        take_errors(form, error)
    if form.errors:
        return _show(request, row, form)
    messages.success(request, _("Delen er lagret. Du kan fortsette gjennom den samme lenka."))
    return redirect(row.part_path)


def _write(request: HttpRequest, row: SoeknadUnit, form: UnitPartForm) -> dict:
    version = request.POST.get("edit_version", "")
    return {
        "row": row,
        "edit_version": int(version) if version.isascii() and version.isdecimal() else 0,
        "data": form.data_to_save(),
        "by": _person(request),
        "now": timezone.now(),
    }


def _person(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


def _is_person(request: HttpRequest) -> bool:
    """Whether a browser says that it shows the page to somebody; a hint, and only that."""
    return request.method == "GET" and request.headers.get("Sec-Fetch-Dest") == "document"


def _show(
    request: HttpRequest, row: SoeknadUnit, form: UnitPartForm, conflicts=(), status: int = 200
) -> HttpResponse:
    pulje = row.soeknad.candidate.embete.opptak.pulje
    answers = row.soeknad.answers.filter(key__in=("contact_name", "contact_phone"))
    more = {
        "form": form,
        "conflicts": conflicts,
        "deadline": application_deadline(row.soeknad.candidate.embete),
        "today": timezone.localdate(),
        "contact": dict(answers.values_list("key", "value")),
        "period": _period(pulje),
        "autosaves": row.part != SoeknadUnit.Part.DELIVERED,
    }
    return _page(request, "unit_part", row, status=status, **more)


def _period(pulje: Pulje) -> str:
    """«Fire semestre, fra høsten 2027 til våren 2029»."""
    found = [each for each in pulje.semesters.order_by("number") if each.number]
    if not found:
        return ""
    count = ngettext("%(n)s semester", "%(n)s semestre", len(found))
    words = count % {"n": tallord(len(found), "n").capitalize()}
    ends = {"first": term_in_words(found[0]), "last": term_in_words(found[-1])}
    return _("%(count)s, fra %(first)s til %(last)s") % {"count": words, **ends}


def term_in_words(semester: Semester) -> str:
    """«høsten 2027»."""
    name = _("høsten") if semester.term == "hoest" else _("våren")
    return f"{name} {semester.year}"


def _show_both(request: HttpRequest, current: SoeknadUnit, mine: Data) -> HttpResponse:
    """Somebody with the same link has saved: both texts, and the form with the two joined."""
    theirs = data_of(current)
    fields = UnitPartForm(row=current).fields
    differ = [key for key in differing(mine, theirs) if key in fields]
    merged = {key: joined(mine[key], theirs[key]) for key in differ if key in TEXTS}
    form = UnitPartForm(row=current, initial=theirs | mine | merged)
    conflicts = [
        {"label": fields[key].label, "mine": _word(mine[key]), "theirs": _word(theirs[key])}
        for key in differ
    ]
    return _show(request, current, form, conflicts, status=409)


def _typed(request: HttpRequest) -> Typed:
    """What was posted to a link that no longer takes it: shown back, so that it can be copied."""
    return typed_in(request, labels_of((UnitPartForm, DeclineForm)))


def _word(value) -> str:
    choices = dict(SoeknadUnit.Sfo.choices) | dict(SoeknadUnit.Staff.choices) | dict(MAALFORM)
    return "–" if value in ("", None) else str(choices.get(value, value))


def _page(
    request: HttpRequest, template: str, row: SoeknadUnit, status: int = 200, **more
) -> HttpResponse:
    context = {"row": row, "owner": row.soeknad.candidate.owner, "menu": [], **more}
    return render(request, f"cohorts/{template}.html", context, status=status)
