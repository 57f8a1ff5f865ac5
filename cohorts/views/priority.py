"""The embete's list: order, reasons, and sending it to Udir."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actors.models import Event
from cohorts.access.priority import can_rank
from cohorts.actions.priority import ensure_list, is_writable, refuse_read_only, save_list
from cohorts.actions.priority_send import submit_list
from cohorts.forms.priority import PriorityForm
from cohorts.models import EmbeteOpptak, PriorityList
from cohorts.queries.opptak import opptak_dates
from cohorts.queries.priority_rows import Listed, load_list
from cohorts.rules.errors import NationalIdFound, NotReady, StaleEdit
from cohorts.rules.opptak import OpptakDates, is_late
from cohorts.views.priority_page import checks_of, heading_of, lines_of, page_reach
from lmp.lib.wording import klokka

SEND = "send"


def own_embete(request: HttpRequest, number: int) -> EmbeteOpptak:
    """The share of the statsforvalter acted for in the opptak of a pulje, or 404."""
    role = request.user.role
    if role is None or role.statsforvalter_id is None:
        raise Http404
    found = EmbeteOpptak.objects.visible_to(request.user).filter(
        statsforvalter=role.statsforvalter_id, opptak__pulje__number=number
    )
    embete = get_object_or_404(
        found.select_related("statsforvalter", "opptak__pulje"),
        opptak__pulje__number=number,
    )
    if not can_rank(request.user, embete):
        raise PermissionDenied(_("Du kan ikke skrive embetets liste."))
    return embete


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def priority_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Order the list and say why; «Send lista til Udir» is a button of the same page."""
    embete = own_embete(request, number)
    if not is_writable(embete):
        return _read_only(embete)
    listed = load_list(ensure_list(embete=embete, now=timezone.now()))
    if listed.priority_list.is_locked:
        return redirect(listed.priority_list)
    if request.method == "POST":
        return _save_or_send(request, listed)
    return _show(request, listed, _form(listed))


def _read_only(embete: EmbeteOpptak) -> HttpResponse:
    """The list as it was sent, or the reason why there is none to write."""
    sent = PriorityList.objects.filter(embete=embete, sent_at__isnull=False).first()
    if sent is not None:
        return redirect(sent)
    try:
        refuse_read_only(embete)
    except ValidationError as error:
        raise PermissionDenied(error.messages[0]) from None
    raise Http404


def _form(listed: Listed, request: HttpRequest | None = None, *, sending=False) -> PriorityForm:
    return PriorityForm(
        request.POST if request else None,
        rows=listed.rows,
        priority_list=listed.priority_list,
        late=_is_late(listed.embete),
        sending=sending,
    )


def _is_late(embete: EmbeteOpptak) -> bool:
    return is_late(timezone.localdate(), opptak_dates(embete.opptak).prioritert_liste)


def _save_or_send(request: HttpRequest, listed: Listed) -> HttpResponse:
    """Save what is right of what was typed; send it when that was asked for and all is there."""
    sending = request.POST.get("handling") == SEND
    form = _form(listed, request, sending=sending)
    is_right = form.is_valid()
    move = request.POST.get("move", "")
    try:
        saved = _save(request, listed, form, move)
        if is_right and sending:
            return _send(request, saved, form)
    except StaleEdit as stale:
        return _show(request, load_list(stale.current), form, other=stale.current)
    except NotReady as lacking:
        names = {each.pk: str(each.candidate.owner) for each in listed.unassessed}
        form.add_missing(lacking.fields, names)
        is_right = False
    except NationalIdFound:
        is_right = False
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("cohorts:priority_edit", listed.embete.opptak.pulje.number)
    if not is_right:
        return _show(request, load_list(saved), form)
    messages.success(request, _("Lista er lagret %(clock)s.") % {"clock": klokka(timezone.now())})
    anchor = f"#rad-{move.partition('-')[2]}" if move else ""
    path = reverse("cohorts:priority_edit", args=[listed.embete.opptak.pulje.number])
    return redirect(path + anchor)


def _save(request: HttpRequest, listed: Listed, form: PriorityForm, move: str = "") -> PriorityList:
    version = request.POST.get("edit_version", "")
    return save_list(
        priority_list=listed.priority_list,
        edit_version=int(version) if version.isdecimal() else 0,
        data=form.data_to_save(move),
        by=request.user,
        now=timezone.now(),
    )


def _send(request: HttpRequest, saved: PriorityList, form: PriorityForm) -> HttpResponse:
    version = submit_list(
        priority_list=saved,
        edit_version=saved.edit_version,
        late_reason=form.cleaned_data.get("late_reason", ""),
        by=request.user,
        now=timezone.now(),
    )
    text = _("Lista er sendt til Udir. Kvittering %(receipt)s.")
    messages.success(request, text % {"receipt": version.receipt})
    return redirect(saved)


def _show(
    request: HttpRequest,
    listed: Listed,
    form: PriorityForm,
    *,
    other: PriorityList | None = None,
) -> HttpResponse:
    """The page. `other` is the list as somebody else saved it while this person was writing."""
    dates = opptak_dates(listed.embete.opptak)
    context: dict[str, Any] = {
        **_standing(listed, dates),
        "listed": listed,
        "list": listed.priority_list,
        "pulje": listed.embete.opptak.pulje,
        "form": form,
        "lines": lines_of(listed, form),
        "reach": page_reach(listed),
        "due": dates.prioritert_liste,
        "today": timezone.localdate(),
        "other": _who_saved(other) if other else None,
        "has_errors": bool(form.errors) or other is not None,
    }
    return render(request, "cohorts/priority_edit.html", context, status=409 if other else 200)


def _standing(listed: Listed, dates: OpptakDates) -> dict[str, Any]:
    """What stands between the list and Udir: the heading, and «Før du sender»."""
    today = timezone.localdate()
    last_day = listed.embete.internal_deadline or dates.soeknadsfrist
    checks = checks_of(
        listed,
        late=is_late(today, dates.prioritert_liste),
        deadline=None if is_late(today, last_day) else last_day,
    )
    return {
        "title": heading_of(listed, checks),
        "checks": checks,
        "is_ready": all(check.is_ok or check.is_warning for check in checks),
    }


def _who_saved(current: PriorityList) -> dict[str, Any]:
    """Who saved last, and when."""
    events = Event.objects.filter(subject=f"prioritylist:{current.pk}", verb="save_list")
    latest = events.select_related("by").first()
    return {"name": str(latest.by) if latest else _("En annen"), "at": current.updated_at}


@login_required
@require_POST
def priority_autosave(request: HttpRequest, number: int) -> HttpResponse:
    """Save what is right while the list is written; the answer is the line that says so, and what
    now stands between the list and Udir.

    409 when somebody else has saved: nothing is overwritten, and the page tells it when the list
    is saved with its button.
    """
    embete = own_embete(request, number)
    try:
        refuse_read_only(embete)
        listed = load_list(ensure_list(embete=embete, now=timezone.now()))
        form = _form(listed, request)
        form.is_valid()
        saved = _save(request, listed, form)
    except ValidationError as error:
        return HttpResponse(error.messages[0], status=409, content_type="text/plain; charset=utf-8")
    standing = _standing(load_list(saved), opptak_dates(embete.opptak))
    context = {**standing, "list": saved, "without_order": form.order() is None}
    return render(request, "cohorts/_priority_saved.html", context)
