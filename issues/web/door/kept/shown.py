"""A page as it is sent to a person who left a form of it unsent: told of it, or filled with it."""

from collections import defaultdict

from flask import Response, g, request, session
from flask_login import current_user

from issues.kept import keeping
from issues.web.door.files import staged
from issues.web.door.guards import is_api
from issues.web.door.kept import posted, told
from issues.web.door.kept.filling import filled
from issues.web.door.kept.sent import FAILED, OK, ON_THE_WAY

POSTS = b'method="post"'
OF_THE_FRAME = 1
"""The form of every page: the one that signs out."""


def begin() -> None:
    """The files that wait for a kept form are drawn by the field they were chosen in."""
    token = request.args.get(posted.KEPT, "")
    if request.method != "GET" or not token or is_api() or not current_user.is_authenticated:
        return
    kept = keeping.find(current_user.id, token)
    words: dict[str, list[str]] = defaultdict(list)
    for name, word in kept[1].said if kept else ():
        if name.startswith(staged.PREFIX):
            words[name].append(word)
    setattr(g, staged.OF_KEPT, words)


def complete(answer: Response) -> Response:
    """What stands differently on the page is offered, never put in unasked.

    A page that is no longer open says where the words are, if it was asked for them.
    """
    is_asked = posted.KEPT in request.args
    if answer.mimetype != "text/html" or answer.is_streamed or g.get(told.AWAY):
        return answer
    if answer.status_code != OK and not (is_asked and answer.status_code >= FAILED):
        return answer
    if not current_user.is_authenticated or current_user.sign_in_id is None:
        return answer
    if answer.get_data().count(POSTS) <= OF_THE_FRAME and not is_asked:
        return answer
    if session.get(ON_THE_WAY, {}).get("path") == request.path:
        session.pop(ON_THE_WAY)
    if not is_asked and not g.get("has_left", True):
        return answer
    rows = keeping.on_page(current_user.id, request.path)
    if rows:
        answer.set_data(_told(answer.get_data(as_text=True), rows))
    return answer


def _told(html: str, rows: list[keeping.Kept]) -> str:
    wanted = request.args.get(posted.KEPT, "")
    for kept in sorted(rows, key=lambda one: one[0].token == wanted):
        is_wanted = kept[0].token == wanted
        done = filled(html, request.path, kept[1], kept[0].token)
        if done is None and (is_wanted or kept[1].texts()):
            said = told.line(kept, filled=None, is_restored=False)
            html = html.replace(told.MESSAGES, f"{told.MESSAGES}{said}", 1)
        elif done is not None and is_wanted:
            said = told.line(kept, filled=done, is_restored=True)
            html = f"{done.html[: done.start]}{said}{done.html[done.start :]}"
        elif done is not None and done.is_other:
            said = told.line(kept, filled=done, is_restored=False)
            html = f"{html[: done.start]}{said}{html[done.start :]}"
    return html
