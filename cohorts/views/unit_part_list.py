"""The units' own parts as the owner reads them, and reading one of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actors.rules.roles import RoleKind
from cohorts.access.soeknad import can_apply, is_writer
from cohorts.actions.soeknad_units import leave_part_out
from cohorts.forms.errors import refusals_on
from cohorts.forms.soeknad_units import LeaveOutForm
from cohorts.models import SoeknadUnit
from cohorts.queries.applicants import applicants_of
from cohorts.queries.soeknad_units import belongs
from cohorts.views.soeknad_links import part_place
from cohorts.views.soeknad_place import own_soeknad, seen_soeknad, why_closed
from cohorts.views.soeknad_typed import closed_meanwhile, sign_in_or_keep
from cohorts.views.unit_rows import part_tag, row_facts

READS_LIVE = (RoleKind.EIER, RoleKind.LEDER)


@login_required
@require_safe
def soeknad_unit_part_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has delivered; the text of those that have. Nobody changes it here."""
    soeknad = seen_soeknad(request, pk)
    if not can_apply(request.user):
        raise PermissionDenied(_("Enhetenes deler leser du i søknaden som er sendt."))
    applicants = applicants_of(soeknad)
    rows = soeknad.units.select_related("unit__kommune", "unit__owner", "owner")
    shown = [_row(row) for row in rows if belongs(row, applicants)]
    context = {
        "soeknad": soeknad,
        "place": part_place(soeknad, "deler"),
        "rows": shown,
        "delivered": sum(each["delivered"] for each in shown),
        "may_write": is_writer(request.user, soeknad) and not why_closed(soeknad),
        "closed": why_closed(soeknad),
    }
    return render(request, "cohorts/soeknad_unit_part_list.html", context)


def _row(row: SoeknadUnit) -> dict:
    return {
        "row": row,
        "facts": row_facts(row),
        "tag": part_tag(row),
        "delivered": row.part == SoeknadUnit.Part.DELIVERED,
        "waits": row.part in (SoeknadUnit.Part.NOT_STARTED, SoeknadUnit.Part.DRAFT),
        "part": own_part(row) if row.part == SoeknadUnit.Part.DELIVERED else None,
    }


def own_part(row: SoeknadUnit) -> dict:
    """What the leader has written, as `cohorts/_unit_own_part.html` shows it."""
    return {
        "why": row.why,
        "needs": row.needs,
        "ongoing": row.ongoing,
        "staff_agreed_text": row.get_staff_agreed_display(),
        "staff_meeting_on": row.staff_meeting_on,
    }


@sign_in_or_keep(LeaveOutForm)
@require_http_methods(["GET", "HEAD", "POST"])
def soeknad_unit_leave_out(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """«Send uten egen del, med grunn»."""
    soeknad = own_soeknad(request, pk)
    if reason := why_closed(soeknad):
        return closed_meanwhile(request, soeknad, reason, LeaveOutForm)
    row = get_object_or_404(soeknad.units, pk=unit_pk)
    form = LeaveOutForm(request.POST or None, initial={"reason": row.left_out_reason})
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        with refusals_on(form):
            leave_part_out(row=row, reason=reason, by=request.user, now=timezone.now())
            text = _("%(unit)s sendes uten egen del.") % {"unit": row}
            messages.success(request, text)
            return redirect("cohorts:soeknad_unit_part_list", soeknad.pk)
    context = {"soeknad": soeknad, "row": row, "form": form}
    return render(request, "cohorts/soeknad_unit_leave_out.html", context)


@login_required
@require_safe
def soeknad_unit_read(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit's part: for a private barnehage also the barnehagemyndighet of its kommune.

    Who only reads what is sent gets the text of the last version, never one being corrected.
    """
    rows = SoeknadUnit.objects.visible_to(request.user).select_related(
        "unit__kommune", "owner", "soeknad__candidate__owner", "soeknad__candidate__embete__opptak"
    )
    row = get_object_or_404(rows, pk=pk)
    live = request.user.role.kind in READS_LIVE
    context = {"row": row, "soeknad": row.soeknad, "facts": row_facts(row), "tag": part_tag(row)}
    if live:
        delivered = row.part == SoeknadUnit.Part.DELIVERED
        context["part"] = own_part(row) if delivered else None
        if request.user.role.kind == RoleKind.LEDER:
            context["part_path"] = row.part_path
    else:
        sent = _sent(row)
        context |= {"part": sent["part"], "left_out_reason": sent["left_out_reason"], "tag": None}
    return render(request, "cohorts/soeknad_unit_read.html", context)


def _sent(row: SoeknadUnit) -> dict:
    """The unit in the last version; 404 when it is not there."""
    version = row.soeknad.versions.first()
    units = version.content.get("units", []) if version else []
    for unit in units:
        if unit["id"] == row.pk:
            return unit
    raise Http404
