"""OpenID Connect: the code flow with PKCE, state and nonce; an id_token signed by RS256."""

import hmac
import time
from collections.abc import Mapping
from secrets import token_urlsafe
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from requests.exceptions import RequestException

from auth.doors.door import NotProven, Proven, Start, Unreachable, proven
from auth.doors.outbound import LARGEST, bind, content_of, is_safe, origin_of
from issues.ground.documents import Unreadable, group_of, json_of
from issues.vocabulary import DoorKind

WELL_KNOWN = "/.well-known/openid-configuration"
SIGNED_BY = ("RS256",)
LEEWAY_SECONDS = 60
KNOWN_SECONDS = 3600.0
ASKED_AGAIN_SECONDS = 30.0
FAILED_SECONDS = 5.0


class Document:
    """A JSON document of the provider's, asked for when first needed and once an hour.

    After a failure nobody asks for a while: who waited for the first would wait as long again.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._at = self._failed_at = -KNOWN_SECONDS
        self._held: Mapping[str, Any] | None = None

    def read(self, url: str, authority: str, oldest: float = KNOWN_SECONDS) -> Mapping[str, Any]:
        """Raises Unreachable."""
        with self._lock:
            if self._held is None or time.monotonic() - self._at > oldest:
                self._held, self._at = self._asked(url, authority), time.monotonic()
            return self._held

    def _asked(self, url: str, authority: str) -> Mapping[str, Any]:
        if time.monotonic() - self._failed_at < FAILED_SECONDS:
            raise Unreachable
        try:
            return group_of(json_of(content_of(url, authority), LARGEST))
        except (Unreadable, Unreachable):
            self._failed_at = time.monotonic()
            raise Unreachable from None


class OidcDoor:
    kind = DoorKind.OIDC
    asks_here = False

    def __init__(self, issuer: str, client_id: str, client_secret: str, authority: str) -> None:
        self.issuer = issuer
        self._home = f"{issuer.rstrip('/')}{WELL_KNOWN}"
        self._client_id = client_id
        self._client_secret = client_secret
        self._authority = authority
        self._discovered, self._keys = Document(), Document()

    def start(self, back: str) -> Start:
        kept = {name: token_urlsafe(32) for name in ("state", "nonce", "verifier")}
        with self._client(back) as client:
            url, _ = client.create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=kept["state"],
                nonce=kept["nonce"],
                code_verifier=kept["verifier"],
            )
        return Start(url, kept | {"back": back})

    def prove(self, said: Mapping[str, str], kept: Mapping[str, str]) -> Proven:
        is_ours = hmac.compare_digest(said.get("state", "").encode(), kept["state"].encode())
        if not is_ours or said.get("iss", self.issuer) != self.issuer or not said.get("code"):
            raise NotProven
        token = self._token(said["code"], kept)
        claims = self._claims(token, kept["nonce"])
        name = claims.get("name") or claims.get("preferred_username")
        return proven(self.kind, self.issuer, claims["sub"], name, mark=kept["state"])

    def way_out(self, back: str) -> str:
        """Without the id_token, which belongs into no address."""
        try:
            home = self._discovered.read(self._home, self._authority)
        except Unreachable:
            return ""
        url = home.get("end_session_endpoint")
        if not self._is_of_the_issuer(url):
            return ""
        query = {"client_id": self._client_id, "post_logout_redirect_uri": back}
        return f"{url}{'&' if '?' in str(url) else '?'}{urlencode(query)}"

    def _client(self, back: str) -> OAuth2Session:
        client = OAuth2Session(
            self._client_id,
            self._client_secret,
            scope="openid profile",
            redirect_uri=back,
            code_challenge_method="S256",
        )
        return bind(client, self.issuer, self._authority)

    def _token(self, code: str, kept: Mapping[str, str]) -> Mapping[str, Any]:
        try:
            with self._client(kept["back"]) as client:
                token: Mapping[str, Any] = client.fetch_token(
                    self._endpoint("token_endpoint"),
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=kept["verifier"],
                )
        except OAuthError:
            raise NotProven from None
        except (RequestException, ValueError, TypeError):
            raise Unreachable from None
        return token

    def _claims(self, token: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        """What the id_token says, once every sign of it holds. Raises NotProven."""
        wanted = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self._client_id},
        }
        known = {"nonce": nonce, "client_id": self._client_id}
        try:
            signed = self._signed(token.get("id_token"))
            claims = CodeIDToken(signed.claims, signed.header, wanted, known)
            claims.validate(leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError, KeyError, AttributeError):
            raise NotProven from None
        return claims

    def _signed(self, id_token: object) -> jwt.Token:
        if not isinstance(id_token, str):
            raise NotProven
        try:
            return jwt.decode(id_token, self._key_set(KNOWN_SECONDS), algorithms=[*SIGNED_BY])
        except (InvalidKeyIdError, ValueError):
            keys = self._key_set(ASKED_AGAIN_SECONDS)  # the provider may have changed its key
            return jwt.decode(id_token, keys, algorithms=[*SIGNED_BY])

    def _key_set(self, oldest: float) -> KeySet:
        found = self._keys.read(self._endpoint("jwks_uri"), self._authority, oldest).get("keys")
        keys = found if isinstance(found, list) else []
        return KeySet.import_key_set({"keys": [key for key in keys if _signs(key)]})

    def _endpoint(self, name: str) -> str:
        """An address of the provider's, at its own origin. Raises Unreachable."""
        known = self._discovered.read(self._home, self._authority)
        url = known.get(name)
        if known.get("issuer") != self.issuer or not self._is_of_the_issuer(url):
            raise Unreachable
        return str(url)

    def _is_of_the_issuer(self, url: object) -> bool:
        """Nothing but what can stand in a header, and at the very origin that was set."""
        is_plain = isinstance(url, str) and url.isascii() and url.isprintable()
        return is_plain and is_safe(str(url)) and origin_of(str(url)) == origin_of(self.issuer)


def _signs(key: object) -> bool:
    return isinstance(key, Mapping) and key.get("kty") == "RSA" and key.get("use", "sig") == "sig"
