"""The page behind the link in an invitation. Reading changes nothing; a button takes the role."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from actors.actions.invitations import InvitationClosed, accept_invitation, state_of
from actors.actions.letters import title_of
from actors.actions.roles import find_person
from actors.middleware import SESSION_KEY
from actors.models import Invitation, User
from actors.rules.invitations import InvitationState, whom_to_ask

AFTERWARDS = "/min-side/"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites to what, and on POST take the role and sign in."""
    invitation = get_object_or_404(Invitation.objects.with_scope(), token=token)
    state = state_of(invitation, timezone.now())
    if state != InvitationState.OPEN:
        return _closed(request, invitation, state)
    if request.user.is_authenticated and request.user != find_person(invitation.email):
        return _page(request, "actors/invitation_other_person.html", invitation, status=403)
    if request.method != "POST":
        return _page(request, "actors/invitation_accept.html", invitation)
    try:
        person = accept_invitation(invitation=invitation, now=timezone.now())
    except InvitationClosed as closed:  # two clicks at the same time
        return _closed(request, invitation, closed.state)
    return _enter(request, person, invitation)


def _enter(request: HttpRequest, person: User, invitation: Invitation) -> HttpResponse:
    """Sign in, with the second factor when the person has one, and act in the new role."""
    roles = person.roles.for_scope(invitation.kind, invitation.scope).order_by("-pk")
    # Who held the role before keeps that one: it may be older than one that has ended.
    taken = roles.active(timezone.localdate()).first() or roles[0]
    request.session[SESSION_KEY] = taken.pk
    landing = invitation.landing or AFTERWARDS
    if request.user.is_authenticated:
        return redirect(landing)
    return perform_login(request, person, email=invitation.email, redirect_url=landing)


def _closed(request: HttpRequest, invitation: Invitation, state: str) -> HttpResponse:
    return _page(request, "actors/invitation_closed.html", invitation, status=410, state=state)


def _page(
    request: HttpRequest, template: str, invitation: Invitation, status: int = 200, **more
) -> HttpResponse:
    unit = invitation.unit
    ask = whom_to_ask(invitation.kind, unit.kind if unit else "", unit.ownership if unit else "")
    context = {"invitation": invitation, "role": title_of(invitation), "ask": ask, **more}
    return render(request, template, context, status=status)
