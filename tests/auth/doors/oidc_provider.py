"""A small OpenID provider: real HTTP, real RS256, every code taken once; it can be told to lie."""

import base64
import hashlib
import hmac
import json
import time
from functools import cache
from secrets import token_urlsafe
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "rectification", "known-to-the-provider-and-us-alone"


@cache
def a_key(kid):
    """Made once a run: a key of RSA takes its time."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}, private=True)


class Provider:
    """`subject`: who sits at the browser. `claims`, `header`: what it lies; None leaves one out."""

    def __init__(self):
        self.subject, self.name = "u-1001", "陈经办"
        self.claims, self.header, self.metadata = {}, {}, {}
        self.signing, self.published = a_key("first"), [a_key("first")]
        self.is_forgetful = False
        self.codes = {}

    def answer(self, path, query, form, headers):
        view = {
            "/.well-known/openid-configuration": self._discovery,
            "/jwks": self._jwks,
            "/authorize": lambda: self._authorize(query),
            "/token": lambda: self._token(form, headers),
        }.get(path)
        return view() if view else (404, {}, b"")

    def _discovery(self):
        told = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "end_session_endpoint": f"{self.url}/logout",
        }
        return _json(told | self.metadata)

    def _jwks(self):
        return _json({"keys": [key.as_dict(private=False) for key in self.published]})

    def _authorize(self, query):
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        code = token_urlsafe(16)
        self.codes[code] = query
        sent = urlencode({"code": code, "state": query["state"]})
        return 302, {"Location": f"{query['redirect_uri']}?{sent}"}, b""

    def _token(self, form, headers):
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.codes.get(form["code"])
        if not self.is_forgetful:
            self.codes.pop(form["code"], None)
        challenge = base64.urlsafe_b64encode(
            hashlib.sha256(form["code_verifier"].encode()).digest()
        )
        if (
            asked is None
            or headers["Authorization"] != f"Basic {basic}"
            or form["redirect_uri"] != asked["redirect_uri"]
            or challenge.decode().rstrip("=") != asked["code_challenge"]
        ):
            return _json({"error": "invalid_grant"}, 400)
        token = {"access_token": token_urlsafe(16), "token_type": "Bearer"}
        return _json(token | {"id_token": self._id_token(asked["nonce"])})

    def _id_token(self, nonce):
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT, "sub": self.subject, "name": self.name,
            "iat": now, "exp": now + 300, "nonce": nonce,
        }  # fmt: skip
        claims = {
            name: value for name, value in (claims | self.claims).items() if value is not None
        }
        header = {"alg": "RS256", "kid": self.signing.kid} | self.header
        if header["alg"] in BY_HAND:
            text = f"{_part(header)}.{_part(claims)}"
            return f"{text}.{BY_HAND[header['alg']](text, self.published[0])}"
        return jwt.encode(header, claims, self.signing, algorithms=[header["alg"]])


def _by_public_key(text, key):
    """What everybody knows, taken for a shared secret."""
    mark = hmac.new(key.as_pem(private=False), text.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mark).decode().rstrip("=")


BY_HAND = {"none": lambda _text, _key: "", "HS256": _by_public_key}


def _part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _json(value, status=200):
    return status, {"Content-Type": "application/json"}, json.dumps(value).encode()
