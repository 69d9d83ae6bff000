"""What a token of each scope may be used for.

A scope only narrows: what its account may not do, no token may. A new call that is secret or grave
is named here; a machine that posts leads may nothing that is not.
"""

from collections.abc import Callable

from flask import Flask, request

from issues.ground.refusals import NotAllowed
from issues.vocabulary import TokenScope
from issues.web.door.guards import SAFE, actor

SECRET = ("complainant", "originals", "callbacks")
"""Parts of an address below which whistle-blowers stand."""
GRAVE = ("/actions/sign", "/actions/grant_clearance")
ROUNDS = "/api/v1/rounds/"
LEADS = ("POST", "/api/v1/leads")
REFUSED = {
    TokenScope.ACT: "此接口令牌不能签发文书、授权查看、结束调度，也不能读取举报人和信访件。",
    TokenScope.READ: "此接口令牌只能查看，且不能读取举报人和信访件。",
    TokenScope.LEADS: "此接口令牌只能报送线索。",
}


def _is_secret() -> bool:
    return any(part in SECRET for part in request.path.split("/"))


def _is_grave() -> bool:
    closes_a_round = request.path.startswith(ROUNDS) and request.path.endswith("/actions/close")
    return closes_a_round or request.path.endswith(GRAVE)


ALLOWS: dict[TokenScope, Callable[[], bool]] = {
    TokenScope.FULL: lambda: True,
    TokenScope.ACT: lambda: not _is_secret() and not _is_grave(),
    TokenScope.READ: lambda: request.method in SAFE and not _is_secret(),
    TokenScope.LEADS: lambda: (request.method, request.path) == LEADS,
}


def admit() -> None:
    """Before every call. Raises NotAllowed."""
    token = actor().token
    if token is not None and not ALLOWS[token.scope]():
        raise NotAllowed(REFUSED[token.scope])


def register(app: Flask) -> None:
    app.before_request(admit)
