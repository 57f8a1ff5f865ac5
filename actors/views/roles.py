"""Changing the role one acts in, and the language one reads."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views import i18n
from django.views.decorators.http import require_POST

from actors.actions.roles import save_profile
from actors.middleware import SESSION_KEY
from actors.models import Language
from actors.views.addresses import next_address


@require_POST
@login_required
def role_switch(request: HttpRequest) -> HttpResponse:
    """Act in the role `role`; one that is not the person's own today is ignored."""
    own = {str(role.pk): role.pk for role in request.roles}
    chosen = own.get(request.POST.get("role", ""))
    if chosen is not None:
        request.session[SESSION_KEY] = chosen
    return HttpResponseRedirect(next_address(request))


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Change the målform: for everybody in a cookie, for a signed-in person in the profile too."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in Language.values:
        save_profile(
            user=request.user, name=request.user.name, language=language, now=timezone.now()
        )
    return i18n.set_language(request)
