"""The owner's office says how a paper stands in the register of documents."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.forms.errors import refusals_on
from cohorts.models import DeltakendeUnit, PlanVersion
from cohorts.views.permission import require
from meetings.access.privacy import home_of
from meetings.access.register import REGISTERED, Paper, is_owners_office, pulje_of
from meetings.actions.paper_notices import paper_path
from meetings.actions.register import register_paper
from meetings.forms.register import RegisterForm
from meetings.models import Meeting, RedactedCopy
from meetings.views.register_facts import title_of

PLACES = {
    "grunnlag": ("paper__meeting__pulje", "paper__meeting__deltakelse__owner", "paper__unit__unit"),
    "referat": ("paper__meeting__pulje", "paper__meeting__deltakelse__owner", "paper__unit__unit"),
    "plan": ("plan__unit__unit", "plan__unit__deltakelse__pulje"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_register(request: HttpRequest, kind: str, version_id: int) -> HttpResponse:
    """Public title, access code and legal basis of a sent paper, and the copies made of it."""
    version = find_paper(request, kind, version_id)
    if request.method == "POST":
        require(True, pulje_of(version))
    form = RegisterForm(request.POST or None, initial=_initial(version))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            register_paper(
                version=version, **form.cleaned_data, by=request.user, now=timezone.now()
            )
            messages.success(request, _("Lagret."))
            return redirect("meetings:paper_register", kind, version_id)
    context = {
        "form": form,
        "version": version,
        "kind": kind,
        "title": title_of(version),
        "copies": copies_of(request, kind, version),
        "back": page_of(version),
        "pulje": pulje_of(version),
    }
    return render(request, "meetings/paper_register.html", context)


def find_paper(request: HttpRequest, kind: str, version_id: int) -> Paper:
    """A sent version that the owner's office answers for.

    404 when there is no such paper or the role does not see whose it is; 403 with the reason when
    the role is another, or the text is hidden.
    """
    if kind not in REGISTERED:
        raise Http404
    rows: Any = REGISTERED[kind].model._default_manager
    version: Paper = get_object_or_404(rows.select_related("sent_by", *PLACES[kind]), pk=version_id)
    home = home_of(version)
    if home.unit is not None:
        seen = DeltakendeUnit.objects.visible_to(request.user).filter(pk=home.unit.pk)
    else:
        seen = Meeting.objects.visible_to(request.user).filter(pk=version.paper.meeting_id)
    if not seen.exists():
        raise Http404
    if not is_owners_office(request.user, version):
        raise PermissionDenied(_("Det er eieren av enheten som fører papirene i journalen."))
    if version.is_hidden or version.removed_at is not None:
        raise PermissionDenied(_("Teksten er skjult eller fjernet. Vent til den er renset."))
    if not rows.visible_to(request.user).filter(pk=version.pk).exists():
        raise Http404
    return version


def copies_of(request: HttpRequest, kind: str, version: Paper):
    """The copies made of a version, the newest first."""
    copies = RedactedCopy.objects.visible_to(request.user)
    return copies.filter(**{REGISTERED[kind].field: version}).select_related("made_by")


def page_of(version: Paper) -> str:
    """The page where the paper is read."""
    if isinstance(version, PlanVersion):
        return version.plan.get_absolute_url()
    name = "referat" if hasattr(version, "merknader") else "grunnlag"
    return paper_path(f"{name}_detail", version.paper.meeting, version.paper.unit)


def _initial(version: Paper) -> dict[str, str]:
    return {
        "public_title": title_of(version),
        "access_code": version.access_code,
        "legal_basis": version.legal_basis,
    }
