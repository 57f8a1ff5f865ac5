"""A small OpenID Provider of our own on a loopback port: discovery, keys, code with PKCE, userinfo.

It is strict where Feide and ID-porten are (registered client, S256, a code once, the same
redirect_uri), and says about the person whatever a test tells it to.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT_ID, CLIENT_SECRET = "lmp-test", "a secret: with a colon"
KEY_ID = "test-1"


def make_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class OpenIDServer(ThreadingHTTPServer):
    """`claims` are said in both places; the other attributes let a test make it lie."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}"
        self.published_key = make_key()
        self.tell(sub="person-1")

    def tell(self, **claims: Any) -> None:
        """Say this about the next person, honestly, and forget what was said before."""
        self.claims: dict[str, Any] = claims
        self.only_in_token: dict[str, Any] = {}
        self.only_in_userinfo: dict[str, Any] = {}
        self.signing_key: Any = self.published_key
        self.header: dict[str, str | None] = {"alg": "RS256", "kid": KEY_ID}
        self.asked: dict[str, str] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.access_tokens: set[str] = set()

    def app(self, provider_id: str = "feide", name: str = "Feide", **settings: Any) -> dict:
        """What SOCIALACCOUNT_PROVIDERS says about this provider."""
        return {
            "provider_id": provider_id,
            "name": name,
            "client_id": CLIENT_ID,
            "secret": CLIENT_SECRET,
            "settings": {
                "server_url": self.issuer,
                "token_auth_method": "client_secret_basic",
                "uid_field": "sub",
                **settings,
            },
        }

    def id_token(self, nonce: str | None) -> str:
        """A signed token for our client, valid for five minutes."""
        now = int(time.time())
        frame = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300}
        claims = {**frame, "nonce": nonce, "jti": secrets.token_hex(8), **self.claims}
        return jwt.encode(
            {**claims, **self.only_in_token},
            self.signing_key,
            algorithm=str(self.header["alg"]),
            headers=self.header,
        )


class Answer(BaseHTTPRequestHandler):
    """One request; a refusal is 400 with the error's name, as RFC 6749 says."""

    server: OpenIDServer

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self.query = dict(parse_qsl(address.query))
        pages = {
            "/.well-known/openid-configuration": self.discovery,
            "/jwks": self.keys,
            "/authorize": self.authorize,
            "/userinfo": self.userinfo,
        }
        pages[address.path]()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.token(dict(parse_qsl(body)))

    def discovery(self) -> None:
        at = self.server.issuer
        self.say(
            {
                "issuer": at,
                "authorization_endpoint": f"{at}/authorize",
                "token_endpoint": f"{at}/token",
                "userinfo_endpoint": f"{at}/userinfo",
                "jwks_uri": f"{at}/jwks",
            }
        )

    def keys(self) -> None:
        key = RSAAlgorithm.to_jwk(self.server.published_key.public_key(), as_dict=True)
        self.say({"keys": [{**key, "kid": KEY_ID, "alg": "RS256", "use": "sig"}]})

    def authorize(self) -> None:
        """Nobody is asked for a password: the person of `claims` is at the keyboard."""
        asked = self.server.asked = self.query
        if asked.get("client_id") != CLIENT_ID or asked.get("code_challenge_method") != "S256":
            return self.say({"error": "invalid_request"}, 400)
        code = secrets.token_urlsafe(16)
        self.server.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{back}")
        return self.end_headers()

    def token(self, form: dict[str, str]) -> None:
        secret = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        asked = self.server.codes.pop(form.get("code", ""), {})
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if self.headers["Authorization"] != f"Basic {secret}":
            return self.say({"error": "invalid_client"}, 401)
        if (asked.get("code_challenge"), asked.get("redirect_uri")) != (
            challenge,
            form.get("redirect_uri"),
        ):
            return self.say({"error": "invalid_grant"}, 400)
        token = secrets.token_urlsafe(16)
        self.server.access_tokens.add(token)
        id_token = self.server.id_token(asked.get("nonce"))
        return self.say({"access_token": token, "token_type": "Bearer", "id_token": id_token})

    def userinfo(self) -> None:
        token = self.headers["Authorization"].removeprefix("Bearer ")
        if token not in self.server.access_tokens:
            return self.say({"error": "invalid_token"}, 401)
        return self.say({**self.server.claims, **self.server.only_in_userinfo})

    def say(self, content: dict, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *args: Any) -> None:
        """Silent: what goes wrong shows in the test."""


@contextmanager
def openid_server() -> Iterator[OpenIDServer]:
    """Serve until the block ends."""
    with OpenIDServer() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
