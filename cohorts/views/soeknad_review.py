"""«Se over»: what is missing, the whole text, the confirmations, and sending."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cohorts.access.soeknad import can_read_draft, is_writer
from cohorts.actions.soeknad_content import soeknad_content
from cohorts.actions.soeknad_sending import refuse_after_list, save_confirmations, submit_soeknad
from cohorts.actions.soeknad_state import local_day
from cohorts.forms.errors import take_errors
from cohorts.forms.soeknad_review import SendForm
from cohorts.models import Soeknad, SoeknadVersion
from cohorts.queries.opptak import application_deadline
from cohorts.queries.programme import programme_of
from cohorts.queries.soeknad_missing import missing_to_read
from cohorts.rules.errors import NationalIdFound, NotReady
from cohorts.rules.opptak import is_late
from cohorts.rules.soeknad_form import CONFIRMATIONS, EXTRA_KEYS, LATE_REASON, all_questions
from cohorts.rules.soeknad_sending import Missing
from cohorts.rules.text import in_language
from cohorts.views.soeknad_links import part_path
from cohorts.views.soeknad_place import require_writing, seen_soeknad, why_closed
from cohorts.views.soeknad_sheet import groups_of
from cohorts.views.soeknad_typed import sign_in_or_keep
from lmp.lib.wording import tallord


@sign_in_or_keep(SendForm)
@require_http_methods(["GET", "HEAD", "POST"])
def soeknad_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Read everything before it is sent; «Send søknaden» makes a version of it."""
    soeknad = seen_soeknad(request, pk)
    if not can_read_draft(request.user, soeknad):
        raise PermissionDenied(_("Utkastet er det bare de som søker, som ser."))
    writes = is_writer(request.user, soeknad)
    if request.method == "POST":
        if not writes:
            raise PermissionDenied(_("Bare den som søker, kan sende søknaden."))
        if request.headers.get("X-Requested-With") == "autosave":
            return _autosave(request, soeknad)
        if sent := _already_sent(soeknad):
            return redirect("cohorts:soeknad_receipt", soeknad.pk, sent.number)
        require_writing(soeknad)
        return _send(request, soeknad)
    form = _form(soeknad) if writes and not why_closed(soeknad) else None
    return _show(request, soeknad, form)


def _send(request: HttpRequest, soeknad: Soeknad) -> HttpResponse:
    form, now = _form(soeknad, request.POST), timezone.now()
    form.is_valid()
    confirmed = form.cleaned_data.get("confirmed") or []
    try:
        _keep(request, soeknad, form)
        if form.is_valid():
            version = submit_soeknad(
                soeknad=soeknad,
                confirmed=confirmed,
                late_reason=form.cleaned_data.get("late_reason", ""),
                by=request.user,
                now=now,
            )
            return redirect("cohorts:soeknad_receipt", soeknad.pk, version.number)
    except NationalIdFound as found:
        form.add_error(None, _national_id(soeknad, found.fields))
    except NotReady:
        pass  # the list of what is missing says it, and gets the focus
    except ValidationError as error:
        if sent := _already_sent(soeknad):
            return redirect("cohorts:soeknad_receipt", soeknad.pk, sent.number)
        take_errors(form, error)
    return _show(request, soeknad, form, tried=True)


def _keep(request: HttpRequest, soeknad: Soeknad, form: SendForm) -> None:
    """Store the ticks and the reason as they stand; a reason that is not right is left."""
    save_confirmations(
        soeknad=soeknad,
        confirmed=form.cleaned_data.get("confirmed") or [],
        late_reason=form.cleaned_data.get(LATE_REASON),
        by=request.user,
        now=timezone.now(),
    )


def _autosave(request: HttpRequest, soeknad: Soeknad) -> HttpResponse:
    """Store the ticks and the reason while they are made; the answer is the line that says so."""
    form = _form(soeknad, request.POST)
    form.is_valid()
    unsaved = LATE_REASON not in form.cleaned_data and bool(request.POST.get(LATE_REASON))
    context: dict[str, Any] = {"saved_at": timezone.now(), "unsaved": unsaved}
    try:
        _keep(request, soeknad, form)
    except ValidationError as error:
        context |= {"problem": error.messages[0], "unsaved": True}
    return render(request, "_ui/autosave.html", context)


def _already_sent(soeknad: Soeknad) -> SoeknadVersion | None:
    """The version that the first press of a double click has made; None while it is written."""
    current = Soeknad.objects.get(pk=soeknad.pk)
    if current.is_being_written or current.is_withdrawn:
        return None
    return current.versions.first()


def _national_id(soeknad: Soeknad, fields: list[str]) -> str:
    questions = all_questions(soeknad.applicant)
    names = dict(soeknad.units.values_list("pk", "name"))
    where = [
        str(questions[key].label)
        if key in questions
        else names.get(int(key.removeprefix("unit-")), "")
        if key.startswith("unit-")
        else ""
        for key in fields
    ]
    places = ", ".join(filter(None, where))
    return _("Fjern fødselsnummeret fra: %(places)s") % {"places": places}


def _form(soeknad: Soeknad, data=None) -> SendForm:
    embete = soeknad.candidate.embete
    confirmations = programme_of(embete.opptak.pulje).recruitment.confirmations
    stored = dict(soeknad.answers.filter(key__in=EXTRA_KEYS).values_list("key", "value"))
    return SendForm(
        data,
        confirmations=[
            (each.id, in_language(each.text.bm, each.text.nn)) for each in confirmations
        ],
        owner=str(soeknad.candidate.owner),
        late=is_late(local_day(timezone.now()), application_deadline(embete)),
        texts=_texts(soeknad) if data is not None else (),
        initial={
            "confirmed": stored.get(CONFIRMATIONS) or [],
            LATE_REASON: stored.get(LATE_REASON, ""),
        },
    )


def _texts(soeknad: Soeknad) -> list[tuple[str, str, str]]:
    """The answers in running text, by question."""
    questions = all_questions(soeknad.applicant)
    stored = soeknad.answers.values_list("key", "value")
    return [
        (key, str(questions[key].label), value)
        for key, value in stored
        if key in questions and questions[key].kind == "long" and isinstance(value, str)
    ]


def _show(
    request: HttpRequest, soeknad: Soeknad, form: SendForm | None, tried: bool = False
) -> HttpResponse:
    missing = missing_to_read(soeknad)
    context = {
        "soeknad": soeknad,
        "title": _title(len(missing)),
        "missing": [_row(soeknad, each) for each in missing],
        "groups": groups_of(soeknad_content(soeknad), soeknad),
        "form": form,
        "tried": tried,
        "has_errors": tried,
        "deadline": application_deadline(soeknad.candidate.embete),
        "today": timezone.localdate(),
        "closed": why_closed(soeknad) or _list_is_sent(soeknad),
        "versions": list(soeknad.versions.all()),
        "writes": is_writer(request.user, soeknad),
    }
    return render(request, "cohorts/soeknad_review.html", context)


def _title(count: int) -> str:
    if not count:
        return _("Alt er med. Les gjennom og send")
    text = ngettext(
        "%(n)s ting mangler før dere kan sende", "%(n)s ting mangler før dere kan sende", count
    )
    return text % {"n": tallord(count).capitalize()}


def _list_is_sent(soeknad: Soeknad) -> str:
    try:
        refuse_after_list(soeknad)
    except ValidationError as error:
        return error.messages[0]
    return ""


def _row(soeknad: Soeknad, missing: Missing) -> dict:
    url = part_path(soeknad, missing.part)
    if missing.kind == "question":
        url = f"{url}#id_{missing.key}"
    elif missing.kind == "conflict":
        url = reverse("cohorts:soeknad_conflict", args=[soeknad.pk, missing.key])
    elif missing.kind == "confirmations":
        url = "#bekreft"
    leave = ""
    if missing.kind == "unit" and missing.waits:
        leave = reverse("cohorts:soeknad_unit_leave_out", args=[soeknad.pk, missing.key])
    return {"missing": missing, "url": url, "leave_url": leave}
