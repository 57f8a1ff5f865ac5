"""A person's own profile."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actors.actions.roles import save_profile
from actors.context import describe
from actors.forms.profile import ProfileForm


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change name and målform; say which roles the person has, and lead to security."""
    user = request.user
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        save_profile(user=user, now=timezone.now(), **form.cleaned_data)
        with translation.override(user.language):
            messages.success(request, _("Profilen er lagret."))
        return _with_language(redirect("actors:profile"), user.language)
    roles = [{**describe(role), "until": role.valid_to} for role in request.roles]
    return render(request, "actors/profile.html", {"form": form, "roles": roles})


def _with_language(response: HttpResponse, language: str) -> HttpResponse:
    """Let the browser keep the språk also after signing out."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
