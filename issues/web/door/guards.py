"""Who may open a view. Deny by default: a view that declares nothing is refused.

A view declares one of `public`, `signed_in`, `requires(right)`, `with_issue(power)`. Below it, an
act's view stands in `acting(draw)`: one transaction, once a form key, the form again if refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Response, current_app, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from auth.actor import Actor
from issues import once
from issues.ground.refusals import Incomplete, NotAllowed, Stale
from issues.models import Issue
from issues.rights.table import Power, Right, holds, may
from issues.web.door.once import Kept, lead_back, once_only
from issues.workflow import load, refuse_out_of_sight

View = Callable[..., ResponseReturnValue]

PUBLIC = frozenset(
    {
        "/login",
        "/login/code",
        "/login/doors/<door>",
        "/login/doors/<door>/back",
        "/login/left",
        "/opening",
        "/practice/enter",
        "/verify/<token>",
        "/verify/dossiers",
        "/verify/dossiers/program",
        "/healthz",
        "/readyz",
        "/metrics",
        "/board/wall",
        "/service-worker.js",
        "/api/v1/feeds/deadlines.ics",
        "/static/<path:filename>",
    }
)
"""The only routes that answer without a session: the last three but one by their own token, the
way into a practice city by its ticket."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
NEED = "need"
"""What a view declares stands at it under this name."""
ASKED_AGAIN = "asked again"
"""Set in `g` by a page that asks for a proof before it goes on: nobody was refused."""
NOT_YOURS = "您没有办理此事的权限。"


@dataclass(frozen=True, slots=True)
class Need:
    """What a view declares."""

    kind: str
    power: Power | None = None


def actor() -> Actor:
    """The person of this request, as plain data."""
    return current_user._get_current_object()  # noqa: SLF001 - the proxy's documented way out


def _declare(view: View, need: Need, check: Callable[[dict[str, Any]], dict[str, Any]]) -> View:
    @wraps(view)
    def guarded(**given: Any) -> ResponseReturnValue:
        return view(**check(given))

    setattr(guarded, NEED, need)
    return guarded


def public(view: View) -> View:
    """Answers anybody. Only routes of PUBLIC may say so."""
    return _declare(view, Need("public"), lambda given: given)


def signed_in(view: View) -> View:
    """Answers everybody with a session."""
    return _declare(view, Need("signed_in"), lambda given: given)


def requires(right: Power) -> Callable[[View], View]:
    """Answers who holds a right in any role."""

    def check(given: dict[str, Any]) -> dict[str, Any]:
        if not holds(actor(), right):
            raise NotAllowed(NOT_YOURS)
        return given

    return lambda view: _declare(view, Need("requires", right), check)


def with_issue(power: Power = Right.VIEW) -> Callable[[View], View]:
    """Loads the ticket of `number` as `issue`: 404 out of sight, 403 not the person's to do."""
    sight = Right.SEE_TAKEN_BACK if power is Right.SEE_TAKEN_BACK else Right.VIEW

    def check(given: dict[str, Any]) -> dict[str, Any]:
        issue = load(given.pop("number"), actor(), sight=sight)
        if not may(actor(), power, issue):
            raise NotAllowed(NOT_YOURS)
        return {"issue": issue, **given}

    return lambda view: _declare(view, Need("with_issue", power), check)


def in_sight(view: View) -> View:
    """The ticket of `number` is there for the person, else 404; the view reads it, locked."""

    def check(given: dict[str, Any]) -> dict[str, Any]:
        refuse_out_of_sight(given["number"], actor())
        return given

    return _declare(view, Need("with_issue", Right.VIEW), check)


def held_issue() -> Issue:
    """The ticket of the address, read anew and locked, inside the transaction of an act.

    Its number is taken from the address: what was read before the transaction is forgotten.
    """
    return load((request.view_args or {})["number"], actor(), for_change=True)


def need_of(endpoint: str) -> Need | None:
    """What the view behind an endpoint declares; None where it declares nothing."""
    if endpoint == "static":
        return Need("public")
    return getattr(current_app.view_functions[endpoint], NEED, None)


def is_api() -> bool:
    """Whether a program calls. The reader's page about the API is a page."""
    return request.path.startswith("/api/") and request.path != "/api/docs"


def acting(draw: Callable[..., ResponseReturnValue]) -> Callable[[View], View]:
    """The view is one act: in one transaction, and once however often the form is sent.

    Where it is refused for what was typed, or because someone was faster, `draw(refusal=…, …)`
    shows the form again, with what was typed. The view answers by a redirect.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def acted(**given: Any) -> ResponseReturnValue:
            try:
                return once_only(lambda: make_response(view(**given)), LEADS_ON)
            except (Incomplete, Stale, once.KeyReused) as refusal:
                lead_back(refusal)
                return make_response(draw(refusal=refusal, **given), refusal.status)

        return acted

    return decorate


def _address(answer: Response) -> once.Answer:
    if answer.location is None:
        raise TypeError("an act answers a form without a redirect")
    return once.Answer(answer.status_code, answer.location)


LEADS_ON = Kept(_address, lambda first: make_response(redirect(first.text, first.status)))
