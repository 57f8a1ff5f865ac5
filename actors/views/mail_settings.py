"""What a person wants by mail: the settings, and the link in each mail that stops it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actors.actions.mail_wishes import save_wishes, stop_mail
from actors.forms.mail_settings import MailSettingsForm
from actors.models import MailPreference, User
from actors.rules.links import read_unsubscribe


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_settings(request: HttpRequest) -> HttpResponse:
    """Choose how often reminders and messages come by mail, and when."""
    has = MailPreference.objects.filter(user=request.user).first() or MailPreference()
    initial = {"reminders": has.reminders, "messages": has.messages, "hour": has.hour}
    form = MailSettingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        save_wishes(user=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Valgene er lagret. De gjelder fra neste e-post."))
        return redirect("actors:mail_settings")
    return render(request, "actors/mail_settings.html", {"form": form})


# No sign-in and no CSRF: a mail program posts here by itself (RFC 8058), and the signature of the
# address is the permission. Programs that only follow links change nothing.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the mail shall stop, and on POST stop it."""
    link = read_unsubscribe(token)
    if link is None:
        raise Http404
    person = get_object_or_404(User, pk=link.user)
    if not request.user.is_authenticated:
        translation.activate(person.language)
        request.LANGUAGE_CODE = translation.get_language()
    stopped = request.method == "POST"
    if stopped:
        try:
            stop_mail(user=person, categories=link.categories, now=timezone.now())
        except ValidationError:
            raise Http404 from None
    context = {"person": person, "categories": link.categories, "stopped": stopped}
    answer = render(request, "actors/unsubscribe.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
