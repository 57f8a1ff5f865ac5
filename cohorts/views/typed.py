"""What somebody has typed when it cannot be saved: shown back to them, so that nothing is lost."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _

Text = Any  # a text, or one that is translated when it is shown
Typed = list[tuple[Text, str]]
LabelsOf = Callable[[HttpRequest], dict[str, Text]]


def labels_of(forms_used: Iterable[type[forms.BaseForm]]) -> dict[str, Text]:
    """The names of the fields of some forms, by field."""
    return {
        name: field.label or name
        for form in forms_used
        for name, field in form.base_fields.items()
        if not isinstance(field.widget, forms.HiddenInput)
    }


def typed_in(request: HttpRequest, labels: dict[str, Text]) -> Typed:
    """The texts of a posted form with the names of their fields, in the order of the form.

    Ticks and choices are left out: they are quickly made again.
    """
    texts = ((name, request.POST.get(name, "").strip()) for name in request.POST)
    return [(labels[name], text) for name, text in texts if name in labels and _is_text(text)]


def _is_text(text: str) -> bool:
    return bool(text) and text not in ("on", "True", "False")


def show_typed(
    request: HttpRequest, typed: Typed, *, title: str, reason: str, back: str, link: str, status=409
) -> HttpResponse:
    """A page that says why nothing was saved, with the texts to copy and a way on."""
    context = {"typed": typed, "title": title, "reason": reason, "back": back, "link": link}
    return render(request, "cohorts/typed.html", context, status=status)


def show_unsaved(
    request: HttpRequest, typed: Typed, *, reason: str, back: str, link: str
) -> HttpResponse:
    """What came too late to be saved, shown back with the reason; 403 with it without any."""
    if not typed:
        raise PermissionDenied(reason)
    title = _("Det du skrev, ble ikke lagret")
    return show_typed(request, typed, title=title, reason=reason, back=back, link=link)


def sign_in_or_keep(*forms_used: type[forms.BaseForm], labels: LabelsOf | None = None) -> Callable:
    """Like `login_required`, but a form that arrives after the session has ended is shown back.

    `labels` names the fields that are not those of `forms_used`, from the request alone. Nothing is
    looked up or stored for somebody who is not signed in; the form's own token against forgery has
    been checked before.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.user.is_authenticated:
                return view(request, *args, **kwargs)
            path = request.get_full_path()
            more = labels(request) if labels else {}
            typed = typed_in(request, more | labels_of(forms_used))
            if request.method != "POST" or not typed:
                return redirect_to_login(path, resolve_url(settings.LOGIN_URL))
            return show_typed(
                request,
                typed,
                title=_("Du er logget ut, men teksten din er her"),
                reason=_("Kopier teksten, logg inn og lim den inn i skjemaet."),
                back=redirect_to_login(path, resolve_url(settings.LOGIN_URL)).url,
                link=_("Logg inn og fortsett"),
                status=401,
            )

        return wrapped

    return decorate
