"""Signing in by another system: leaving for it, coming back, or asking the password it keeps."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from auth import identities, signin, tries
from auth.doors.door import Door, NotProven, Proven, Unreachable
from extensions import transaction
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotFound, Refusal
from issues.vocabulary import DoorKind
from issues.web.account import entry, login
from issues.web.account.forms import SIGN_IN
from issues.web.door import drawing, forms
from issues.web.door.addresses import outside
from issues.web.door.admission import SESSION_KEY
from issues.web.door.guards import public

blueprint = Blueprint("doors", __name__)

GONE, LINKING = "gone_to", "linking"
"""In a browser's session: where it went and with what it must come back; whom to link."""
LIFE_SECONDS = 10 * 60
REFUSALS = (Incomplete, NotProven, Unreachable, tries.TooManyTries)


@blueprint.get("/login/doors/<door>")
@public
def start(door: str) -> ResponseReturnValue:
    after = entry.local(request.args.get("next", ""))
    try:
        return leave(door, after)
    except Unreachable as refusal:
        return login.page(after, refusal)


def leave(word: str, after: str, linking: int | None = None) -> Response:
    """To the door, or its form here. `linking` is the session that asked to be linked by it.

    Raises NotFound, Unreachable.
    """
    door = _door(word)
    begun = door.start(outside("doors.back", door=word))
    session[GONE] = {
        "door": word, "after": after, "kept": dict(begun.kept), "linking": linking, "at": _now(),
    }  # fmt: skip
    return _asked(door) if door.asks_here else make_response(redirect(begun.url))


def _asked(door: Door, refusal: Refusal | None = None) -> Response:
    form = drawing.drawn(SIGN_IN, refusal)
    page = render_template("account/door.html", form=form, door=door.kind, refusal=refusal)
    answer = make_response(page, refusal.status if refusal else 200)
    if isinstance(refusal, tries.TooManyTries):
        answer.headers["Retry-After"] = str(refusal.wait)
    return answer


@blueprint.post("/login/doors/<door>")
@public
def ask(door: str) -> ResponseReturnValue:
    """A password that the door compares, typed here."""
    asked = _door(door)
    if not asked.asks_here:
        raise NotFound
    gone = _gone(door) or {"kept": {}, "after": "", "linking": None}
    try:
        said = forms.read(SIGN_IN)
        who = _proven(asked, said, gone["kept"], f"{door}:{said['username']}")
        return _arrive(who, gone)
    except REFUSALS as refusal:
        return _asked(asked, refusal)


@blueprint.get("/login/doors/<door>/back")
@public
def back(door: str) -> ResponseReturnValue:
    """Whoever comes back without having left from this browser is nobody."""
    asked = _door(door)
    gone = _gone(door)
    session.pop(GONE, None)
    try:
        if gone is None or asked.asks_here:
            raise NotProven("登录已中断或停留过久，请从登录页重新开始。")
        who = _proven(asked, request.args, gone["kept"], "")
        return _arrive(who, gone)
    except REFUSALS as refusal:
        return login.page(gone["after"] if gone else "", refusal)


def _proven(door: Door, said: Mapping[str, str], kept: Mapping[str, str], name: str) -> Proven:
    """One try at a door, its proof taken. Nothing is held in the database while it is asked."""
    with entry.tried(name) as mine:
        who = door.prove(said, kept)
    with transaction():
        identities.spend(who)
    entry.was_right(name, mine)
    return who


def _arrive(who: Proven, gone: Mapping[str, Any]) -> Response:
    """The session of the account this identity opens; or the question whether to link it."""
    if gone["linking"] is None:
        return entry.enter(identities.user_of(who), gone["after"], door=who.kind.value)
    session[LINKING] = {
        "door": who.kind.value, "issuer": who.issuer, "subject": who.subject,
        "shown": who.shown, "for": gone["linking"], "at": _now(),
    }  # fmt: skip
    session.pop(GONE, None)
    return make_response(redirect("/account/identities/confirm"))


def to_link(sign_in_id: int | None) -> Proven | None:
    """Who was proven a moment ago in this very session, to be linked with its account."""
    held = session.get(LINKING)
    if not isinstance(held, dict) or held["for"] != sign_in_id or _is_old(held["at"]):
        return None
    return Proven(DoorKind(held["door"]), held["issuer"], held["subject"], held["shown"])


def _gone(word: str) -> Mapping[str, Any] | None:
    held = session.get(GONE)
    if not isinstance(held, dict) or held["door"] != word or _is_old(held["at"]):
        return None
    secret = session.get(SESSION_KEY)
    here = signin.session_of(secret) if isinstance(secret, str) else None
    if held["linking"] is not None and (here is None or here.actor.sign_in_id != held["linking"]):
        return None
    return held


def _door(word: str) -> Door:
    """Raises NotFound for a door that is not set."""
    kind = DoorKind.of(word)
    if kind is None or kind not in login.doors():
        raise NotFound
    return login.doors()[kind]


def _now() -> float:
    return clock.real_now().timestamp()


def _is_old(at: float) -> bool:
    return not 0 <= _now() - at < LIFE_SECONDS
