"""To the provider and back."""

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

from actors.openid.tokens import OpenIDAdapter


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the provider; a GET asks first."""
    return _answer(OAuth2LoginView, request, provider_id)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the provider's answer: sign in, connect, or say why not."""
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: type, request: HttpRequest, provider_id: str) -> HttpResponse:
    """404 for a provider that is not set up; the friendly page when it cannot be reached."""
    adapter = OpenIDAdapter(request, provider_id)
    try:
        return view.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist as missing:
        raise Http404 from missing
    except RequestException as error:
        return render_authentication_error(request, adapter.get_provider(), exception=error)
