"""The id_token of an OpenID provider, always checked against the provider's published keys."""

import jwt
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

ALGORITHM = "RS256"  # what Feide and ID-porten sign with


class OpenIDAdapter(OpenIDConnectOAuth2Adapter):
    """Does not take the TLS connection as proof of who signed, as allauth does."""

    def complete_login(self, request: HttpRequest, app, token, **kwargs) -> SocialLogin:
        """Check the id_token and return who it says. Raises OAuth2Error."""
        try:
            header = jwt.get_unverified_header(kwargs["response"].get("id_token", ""))
        except jwt.PyJWTError as error:
            raise OAuth2Error("no id_token that can be read") from error
        if header.get("alg") != ALGORITHM or "kid" not in header:
            raise OAuth2Error(f"id_token not signed with {ALGORITHM} and a named key")
        self.did_fetch_access_token = False  # allauth skips the signature of what it fetched itself
        return super().complete_login(request, app, token, **kwargs)
