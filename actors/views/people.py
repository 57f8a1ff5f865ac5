"""Folk: who has which role within one's reach, and inviting, sending again, withdrawing, ending."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actors.access import kinds_to_invite
from actors.actions.invitations import (
    invite_person,
    resend_invitation,
    state_of,
    withdraw_invitation,
)
from actors.actions.letters import title_of
from actors.actions.roles import end_role
from actors.forms.invitation import HINTS, InvitationForm, RoleEndForm
from actors.models import Invitation, Role
from actors.rules.invitations import may_resend
from actors.rules.roles import SCOPE_OF_KIND, RoleKind

PER_PAGE = 50


@login_required
def people_list(request: HttpRequest) -> HttpResponse:
    """Invitations that wait and roles that are held, within reach of the role acted in."""
    _kinds_or_refuse(request)
    now, text = timezone.now(), request.GET.get("q", "").strip()
    waiting = Invitation.objects.visible_to(request.user).waiting().with_scope()
    held = Role.objects.managed_by(request.user).active(request.user.on)
    held = held.with_scope().select_related("user").named(text).order_by("user__name", "pk")
    page = Paginator(held, PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "invitations": [_invitation_row(invitation, now) for invitation in waiting],
        "roles": [{"role": role, "title": title_of(role)} for role in page],
        "page": page,
        "q": text,
        "query": urlencode({"q": text}) if text else "",
        "today": request.user.on,
    }
    return render(request, "actors/people_list.html", context)


def _invitation_row(invitation: Invitation, now) -> dict:
    return {
        "invitation": invitation,
        "title": title_of(invitation),
        "state": state_of(invitation, now),
        "may_resend": may_resend(invitation.sent_at, now),
    }


@login_required
def invitation_create(request: HttpRequest) -> HttpResponse:
    """First which role (`?slag=`), unless there is only one to give; then whom and where."""
    kinds = _kinds_or_refuse(request)
    kind = request.GET.get("slag") or (kinds[0] if len(kinds) == 1 else "")
    if kind not in kinds:
        choices = [{"kind": RoleKind(kind), "hint": HINTS[kind]} for kind in kinds]
        return render(request, "actors/invitation_kind.html", {"kinds": choices})
    form = InvitationForm(
        request.POST or None,
        role=request.user.role,
        kind=kind,
        place_field=SCOPE_OF_KIND[kind],
        today=request.user.on,
    )
    if request.method == "POST" and form.is_valid() and _invite(request, kind, form):
        return redirect("actors:people_list")
    context = {"form": form, "hint": HINTS[kind], "several": len(kinds) > 1}
    return render(request, "actors/invitation_create.html", context)


def _invite(request: HttpRequest, kind: str, form: InvitationForm) -> bool:
    """Invite; False with the reason in the form when it cannot be done."""
    try:
        invitation = invite_person(
            kind=kind, by=request.user, now=timezone.now(), **form.invitation()
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(
        request, _("Invitasjonen er på vei til %(email)s.") % {"email": invitation.email}
    )
    return True


@require_POST
@login_required
def invitation_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the link again."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    try:
        resend_invitation(invitation=invitation, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(
            request, _("Invitasjonen er på vei til %(email)s.") % {"email": invitation.email}
        )
    return redirect("actors:people_list")


@require_POST
@login_required
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link useless."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    try:
        withdraw_invitation(invitation=invitation, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(
            request, _("Invitasjonen til %(name)s er trukket.") % {"name": invitation.name}
        )
    return redirect("actors:people_list")


@login_required
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide the last day of somebody's role."""
    held = Role.objects.managed_by(request.user).active(request.user.on)
    role = get_object_or_404(held.with_scope().select_related("user"), pk=pk)
    form = RoleEndForm(request.POST or None, starts=role.valid_from, today=request.user.on)
    if request.method == "POST" and form.is_valid():
        end_role(role=role, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Rollen til %(name)s er avsluttet.") % {"name": role.user.name})
        return redirect("actors:people_list")
    return render(
        request, "actors/role_end.html", {"form": form, "role": role, "title": title_of(role)}
    )


def _kinds_or_refuse(request: HttpRequest) -> list[str]:
    kinds = kinds_to_invite(request.user)
    if not kinds:
        raise PermissionDenied(_("Rollen din kan ikke invitere andre."))
    return kinds
