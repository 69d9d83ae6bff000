"""What is known of a request before any page: its size, its address, the figures in its path."""

import logging
import time
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from flask import Flask, Response, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface
from werkzeug.routing import IntegerConverter, Map

from config import Network
from issues.ground.numbers import LARGEST_ID
from issues.logs import lines

MEBIBYTE = 1024 * 1024
LARGEST_UPLOAD = 210 * MEBIBYTE
LARGEST_FORM = 8 * MEBIBYTE
LARGEST_FIELD = 2 * MEBIBYTE
MOST_PARTS = 5000
NUMBER_HEADER = "X-Request-ID"
SELDOM_TOLD = frozenset({"static", "health.alive", "health.ready"})
"""Asked every few seconds, by machines: they tell nothing of anybody."""
OF_PROXIES = ("HTTP_VIA", "HTTP_X_REAL_IP")
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


def is_from_here() -> bool:
    """From this machine and past no proxy: one on it would make the whole world local.

    One that nobody declared may add no header at all; then the name it was asked by tells it.
    """
    environ = request.environ
    if environ.get("product.forwarded") or any(name in environ for name in OF_PROXIES):
        return False
    asked = urlsplit(request.host_url).hostname or ""
    is_own_name = asked == "localhost" or _is_loopback(asked)
    return is_own_name and _is_loopback(request.remote_addr or "")


def own_part(address: str) -> SplitResult | None:
    """An address as a browser tells it, taken apart; None of another site."""
    parts = urlsplit(address)
    return parts if parts.netloc == request.host else None


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
    app.before_request(begin)
    app.before_request(limit_size)
    app.after_request(tell)
    app.teardown_request(lambda _error: lines.end_request())


def begin() -> None:
    """Give the request its number."""
    g.request_number, g.begun_at = lines.begin_request(), time.monotonic()


def limit_size() -> None:
    """Only an upload may be large."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = LARGEST_FORM


def tell(response: Response) -> Response:
    """The request's number for who asked, and a line for the log; no names, no contents.

    As text a line for each request that changes something or is refused; for machines every one.
    """
    response.headers[NUMBER_HEADER] = g.get("request_number", "")
    is_plain = request.method in SAFE and response.status_code < 400  # noqa: PLR2004 - HTTP's own
    if is_plain and (_log_format() == lines.TEXT or request.endpoint in SELDOM_TOLD):
        return response
    path = lines.path_of(request.path)
    logger.info(
        "%s %s by user %s from %s: %d",
        request.method,
        path,
        g.get("user_id"),
        request.remote_addr,
        response.status_code,
        extra={"facts": _facts(path, response.status_code)},
    )
    return response


def _facts(path: str, status: int) -> dict[str, Any]:
    return {
        "method": request.method,
        "path": path,
        "route": request.url_rule.rule if request.url_rule else None,
        "user": g.get("user_id"),
        "address": request.remote_addr,
        "status": status,
        "milliseconds": round((time.monotonic() - g.get("begun_at", time.monotonic())) * 1000),
    }


def _log_format() -> str:
    named: str = current_app.extensions["settings"].log_format
    return named


def new_session(key: str, secret: str) -> None:
    """Start the browser's session afresh, so that nothing of before sign-in lives on."""
    session.clear()
    session[key] = secret
