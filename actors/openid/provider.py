"""What we ask an OpenID provider for, and what of its answer is believed and kept.

allauth finds this class by `provider_class` in the settings, and `urls` beside it by its package.
"""

import secrets
from typing import Any

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse

from actors.openid.tokens import OpenIDAdapter


class OpenIDProvider(OpenIDConnectProvider):
    """OpenID Connect with a nonce, a level that is checked, and nothing kept but `uid`."""

    oauth2_adapter_class = OpenIDAdapter

    def redirect(
        self, request: HttpRequest, process: str, next_url=None, data=None, **kwargs: Any
    ) -> HttpResponse:
        """Send the browser to the provider with a nonce that the id_token has to repeat."""
        nonce = secrets.token_urlsafe(32)
        kwargs["auth_params"] = {**self.get_auth_params(), "nonce": nonce}
        return super().redirect(request, process, next_url, data, nonce=nonce, **kwargs)

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """The scope of the settings: the address of a link adds none."""
        return self.get_scope()

    def sociallogin_from_response(self, request: HttpRequest, response: dict) -> SocialLogin:
        """Read `id_token` (claims, signature checked) and `userinfo`.

        Raises OAuth2Error when userinfo is about somebody else (OpenID Connect Core 5.3.2) or the
        person signed in at a lower level than the settings demand; what the browser asked for
        says nothing about that.
        """
        claims = response.get("id_token", {})
        if not claims.get("sub") or response["userinfo"].get("sub") != claims["sub"]:
            raise OAuth2Error("userinfo is not about the subject of the id_token")
        demanded = self.app.settings.get("acr")
        if demanded and claims.get("acr") != demanded:
            raise OAuth2Error(f"signed in at {claims.get('acr')}, not {demanded}")
        login = super().sociallogin_from_response(request, response)
        login.nonce = claims.get("nonce")
        return login

    def extract_extra_data(self, data: dict) -> dict:
        """Nothing: ID-porten sends the fødselsnummer, and allauth would keep it in the database
        before any other hook is asked."""
        return {}


provider_classes = [OpenIDProvider]
