"""What is known of a request before any page: its size, its address, the figures in its path."""

import logging
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

from flask import Flask, Response, g, request, session
from flask.sessions import SecureCookieSessionInterface
from werkzeug.routing import IntegerConverter, Map

from config import Network
from issues.ground.numbers import LARGEST_ID

MEBIBYTE = 1024 * 1024
LARGEST_UPLOAD = 210 * MEBIBYTE
LARGEST_FORM = 8 * MEBIBYTE
LARGEST_FIELD = 2 * MEBIBYTE
MOST_PARTS = 5000
LONGEST_PATH = 200
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

logger = logging.getLogger(__name__)

Environ = dict[str, Any]


class BoundedInteger(IntegerConverter):
    """An id in a path no larger than the database can compare."""

    def __init__(self, map: Map, *given: Any, **named: Any) -> None:  # noqa: A002 - Werkzeug's name
        super().__init__(map, *given, **{"max": LARGEST_ID, **named})


class Cookie(SecureCookieSessionInterface):
    """Over https the name binds the cookie to this host; loopback http cannot carry that."""

    def get_cookie_name(self, app: Flask) -> str:
        name = super().get_cookie_name(app)
        return f"__Host-{name}" if request.is_secure else name

    def get_cookie_secure(self, _app: Flask) -> bool:
        return request.is_secure


class BehindProxies:
    """Believes X-Forwarded-* of the configured proxies alone; from others they are removed."""

    def __init__(self, app: Callable[..., Iterable[bytes]], proxies: tuple[Network, ...]) -> None:
        self.app = app
        self.proxies = proxies
        self.warned = False

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        client = environ.pop("HTTP_X_FORWARDED_FOR", "")
        scheme = environ.pop("HTTP_X_FORWARDED_PROTO", "")
        host = environ.pop("HTTP_X_FORWARDED_HOST", "")
        environ["product.forwarded"] = bool(client or environ.get("HTTP_FORWARDED"))
        peer = environ.get("REMOTE_ADDR", "")
        if not self._is_trusted(peer):
            self._warn_once(peer, is_forwarded=environ["product.forwarded"])
        else:
            chain = [part.strip() for part in client.split(",") if part.strip()]
            strangers = [part for part in chain if not self._is_trusted(part)]
            if strangers:
                environ["REMOTE_ADDR"] = strangers[-1]
            if scheme in ("http", "https"):
                environ["wsgi.url_scheme"] = scheme
            if host:
                environ["HTTP_HOST"] = host
        return self.app(environ, start_response)

    def _warn_once(self, peer: str, *, is_forwarded: bool) -> None:
        """A proxy on this machine that nobody declared makes one address of the whole city."""
        if is_forwarded and not self.warned and _is_loopback(peer):
            self.warned = True
            logger.warning(
                "%s forwards but is none of TRUSTED_PROXIES: all share its address", peer
            )

    def _is_trusted(self, address: str) -> bool:
        try:
            known = ip_address(address)
        except ValueError:
            return False
        return any(known in network for network in self.proxies)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def register(app: Flask) -> None:
    app.url_map.converters["int"] = BoundedInteger
    app.session_interface = Cookie()
    proxies = app.extensions["settings"].trusted_proxies
    app.wsgi_app = BehindProxies(app.wsgi_app, proxies)  # type: ignore[method-assign]  # Flask's own way
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        MAX_FORM_MEMORY_SIZE=LARGEST_FIELD,
        MAX_FORM_PARTS=MOST_PARTS,
    )
    app.before_request(limit_size)
    app.after_request(tell)


def limit_size() -> None:
    """Only an upload may be large."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = LARGEST_FORM


def tell(response: Response) -> Response:
    """One line for each request that changes something or is refused; no names, no contents."""
    if request.method not in SAFE or response.status_code >= 400:  # noqa: PLR2004 - HTTP's own
        logger.info(
            "%s %s by user %s from %s: %d",
            request.method,
            request.path[:LONGEST_PATH],
            g.get("user_id"),
            request.remote_addr,
            response.status_code,
        )
    return response


def new_session(key: str, secret: str) -> None:
    """Start the browser's session afresh, so that nothing of before sign-in lives on."""
    session.clear()
    session[key] = secret
