"""The door of a practice city: nobody is let in who does not come from the real one.

It stands before everything else: without the mark of who came in, no page, file, call or form of
the practice city answers, and its password, which everybody knows, opens nothing.
"""

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    flash,
    g,
    redirect,
    request,
    session,
)
from flask.typing import ResponseReturnValue

from issues.ground import clock, practice
from issues.ground.refusals import NotFound
from issues.practice.place import since
from issues.practice.tickets import MARK_SECONDS, Door, Entered, entered, mark
from issues.web.door.firsts import settings
from issues.web.door.guards import public

blueprint = Blueprint("practice_gate", __name__)
COOKIE = "practice_mark"
DOOR = "practice_door"
OPEN = frozenset({"static", "practice_gate.enter"})
FROM_REAL = "这里是练习城市，请登录正式系统，从“练习城市”进入。"
RESET = "练习城市已于 {} 恢复原样，请重新登录。"


def register(app: Flask) -> None:
    key = app.extensions["practice"].practice.key
    app.extensions[DOOR] = Door(key, clock.real_now())
    app.before_request(guard)
    app.after_request(keep_mark)


def guard() -> None:
    """Raises NotFound. Who was inside while everything was made anew is told."""
    if not practice.is_practice() or request.endpoint in OPEN:
        return
    person = entered(request.cookies.get(COOKIE, ""), settings().secret_key)
    if person is None:
        raise NotFound(FROM_REAL)
    filled = _filled()
    if filled and person.filled != filled:
        session.clear()
        at = since(filled)
        flash(RESET.format(f"{clock.local(at):%H:%M}" if at else ""), "warning")
        g.practice_mark = Entered(person.user_id, filled)


def keep_mark(answer: Response) -> Response:
    if person := g.pop("practice_mark", None):
        answer.set_cookie(
            COOKIE, mark(person, settings().secret_key), max_age=MARK_SECONDS,
            secure=request.is_secure, httponly=True, samesite="Lax",
        )  # fmt: skip
    return answer


@blueprint.get("/practice/enter")
@public
def enter() -> ResponseReturnValue:
    """With a ticket of the real city, once."""
    if not practice.is_practice():
        raise NotFound
    door: Door = current_app.extensions[DOOR]
    user_id = door.taken(request.args.get("ticket", ""))
    if user_id is None:
        raise NotFound(FROM_REAL)
    g.practice_mark = Entered(user_id, _filled())
    return redirect("/")


def _filled() -> str:
    filled: str = current_app.extensions["practice"].place.filled()
    return filled
