"""The form of this request as it is kept: which forms are, from which page, what of it."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from issues.ground.secrecy import marking
from issues.kept.content import Content, Said
from issues.web.door import forms
from issues.web.door.guards import need_of
from issues.web.door.once import FORMS
from issues.web.door.requests import own_part

KEPT = "kept"
"""In an address and in a form: the token under which it is kept."""
BUTTON = "is one button"
_CODES = "takes a password or a code, which is kept nowhere"
_OWN = "is the keeping itself"
NOT_KEPT: Mapping[str, str] = {
    "account.change_password": _CODES,
    "account.know": BUTTON,
    "addresses.prove": _CODES,
    "factor.begin": _CODES,
    "factor.confirm": _CODES,
    "factor.end": _CODES,
    "factor.new_codes": _CODES,
    "identities.link": _CODES,
    "kept_forms.drop": _OWN,
    "kept_forms.save": _OWN,
    "login.sign_out": BUTTON,
    "notice_desk.act": "keeps what is typed with the draft, paragraph by paragraph",
    "notice_typing.keep": "is the keeping of a draft's paragraphs",
}
"""Signed in, and yet not kept: why. What answers strangers (sign-in, codes, checks of a paper)
and the calls of programs never is."""
FRESH = frozenset(
    {"csrf_token", "once", "version", "seen", "proof", "username", "next", KEPT, marking.CONFIRMED}
)
"""Of this one drawing of a form: never put into another."""
SECRET = ("password", "secret", "passcode")
LARGEST_UNKNOWN = 1024 * 1024
"""Bytes read of who has no session: a text, no film."""


def is_kept(endpoint: str | None) -> bool:
    """Whether what is sent there is kept where it is not taken."""
    if not endpoint or endpoint in NOT_KEPT or endpoint.startswith("api."):
        return False
    need = need_of(endpoint)
    return need is not None and need.kind != "public"


def is_read() -> bool:
    """A form, sent by a page as a whole: what scripts fetch beside it is theirs to send again."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return request.mimetype in FORMS and mode == "navigate"


def is_short() -> bool:
    length = request.content_length
    return length is not None and length <= LARGEST_UNKNOWN


def content(title: str = "") -> Content:
    """Of the form just sent. Its page is where the browser says it came from."""
    return Content(
        page=came_from() or request.path,
        action=request.path,
        said=said(forms.everything()),
        title=title,
        key=forms.carried("once"),
        version=forms.carried("version"),
    )


def said(pairs: list[tuple[str, str]], apart: tuple[str, ...] = ()) -> Said:
    """What may be kept of a form: nothing secret, nothing of this one drawing, nothing empty."""
    return tuple(
        (name, text)
        for name, text in pairs
        if name not in FRESH
        and name not in apart
        and text
        and not any(word in name for word in SECRET)
    )


def is_marked(kept: Said) -> bool:
    """Whether something in it looks like marked as secret: that is kept by no door."""
    return any(marking.mark_in(text) for _, text in kept)


def came_from() -> str:
    """The page of this site that the form stood on, without what this room adds; or nothing."""
    parts = own_part(request.referrer or "")
    return plain(f"{parts.path}?{parts.query}") if parts and is_page(parts.path) else ""


def plain(address: str) -> str:
    """An address of this site without the token of a kept form."""
    path, _, query = address.partition("?")
    left = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != KEPT]
    return f"{path}?{urlencode(left)}" if left else path


def with_token(address: str, token: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{KEPT}={token}"


def is_page(path: str) -> bool:
    """Whether a signed-in person opens a page there."""
    endpoint = endpoint_at(path, "GET")
    need = need_of(endpoint) if endpoint else None
    return need is not None and need.kind != "public"


def endpoint_at(path: str, method: str) -> str:
    """The view behind a path of this site; empty where there is none."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method=method)
    except (HTTPException, RequestRedirect):
        return ""
    return str(endpoint)


def path_of(address: str) -> str:
    """The path of an address of this site; empty of any other."""
    parts = own_part(address)
    return parts.path if parts else ""
