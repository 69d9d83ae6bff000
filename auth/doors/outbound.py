"""Calls to a configured system: to its own origin alone, within bounds, following nothing."""

import io
import time
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from requests.exceptions import RequestException
from urllib3 import HTTPResponse
from urllib3.exceptions import HTTPError

from auth.doors.door import Unreachable

CONNECT_SECONDS, READ_SECONDS, LONGEST_SECONDS = 3.0, 5.0, 10.0
LARGEST = 256 * 1024
AT_ONCE = 8192
PORTS = {"https": 443, "http": 80}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

Origin = tuple[str, str, int]
S = TypeVar("S", bound=Session)


def origin_of(url: str) -> Origin | None:
    """Scheme, host and port; None of what is no address of the web."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        return None
    return parts.scheme, parts.hostname, port


def is_safe(url: str) -> bool:
    """Encrypted, or of this very machine."""
    origin = origin_of(url)
    return origin is not None and (origin[0] == "https" or origin[1] in LOOPBACK)


class OnlyTo(HTTPAdapter):
    """Sends to one origin. A redirect, a long answer or a slow one is no answer."""

    def __init__(self, home: str, authority: str) -> None:
        super().__init__()
        self._origin = origin_of(home)
        self._verify: bool | str = authority or True

    def send(self, call: PreparedRequest, *_how: Any, **_more: Any) -> Response:  # type: ignore[override]  # by its place
        if origin_of(call.url or "") != self._origin:
            raise Unreachable
        try:
            answer = super().send(
                call, stream=True, timeout=(CONNECT_SECONDS, READ_SECONDS), verify=self._verify
            )
            content = _within_bounds(answer.raw)
        except (RequestException, HTTPError, OSError):
            raise Unreachable from None
        if 300 <= answer.status_code < 400:  # noqa: PLR2004 - HTTP's own
            raise Unreachable
        answer.raw = io.BytesIO(content)
        return answer


def _within_bounds(raw: HTTPResponse) -> bytes:
    """The whole answer, closed. Raises Unreachable where it is too long or too slow."""
    until, content = time.monotonic() + LONGEST_SECONDS, b""
    try:
        while part := raw.read1(AT_ONCE, decode_content=True):
            content += part
            if len(content) > LARGEST or time.monotonic() > until:
                raise Unreachable
    finally:
        raw.close()
    return content


def bind(session: S, home: str, authority: str) -> S:
    """The session calls this home and nothing else: no proxy, no file of the machine's own."""
    session.trust_env = False
    session.headers["Accept-Encoding"] = "identity"
    for scheme in PORTS:
        session.mount(f"{scheme}://", OnlyTo(home, authority))
    return session


def content_of(url: str, authority: str, query: Mapping[str, str] | None = None) -> bytes:
    """The body of a good answer. Raises Unreachable."""
    with bind(Session(), url, authority) as session:
        answer = session.get(url, params=query)
    if answer.status_code != 200:  # noqa: PLR2004 - HTTP's own
        raise Unreachable
    return answer.content
