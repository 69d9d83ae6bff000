"""A form that was sent: kept where it was not taken, forgotten where it was."""

import logging
from dataclasses import replace

from flask import Response, flash, g, make_response, redirect, request, session
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from extensions import db, transaction
from issues.kept import keeping
from issues.kept.content import Content, titled
from issues.models import KeptForm
from issues.web.door import forms
from issues.web.door.answers.way_back import way_back
from issues.web.door.firsts import settings
from issues.web.door.guards import ASKED_AGAIN
from issues.web.door.kept import again, back, filling, posted, told, whose
from issues.web.door.kept.told import AWAY
from issues.web.door.requests import SAFE

FAILED, MOVED, OK, FORBIDDEN = 400, 300, 200, 403
REFUSED = frozenset({409, 412, 415, 422, 429, 500, 507})
ON_THE_WAY = "kept_on_the_way"
"""In a browser's session: what is kept of a form that led on to a page which asks again."""
LOST = "登录已失效，刚才的内容没有提交，已替您留存。请由本人重新登录，会回到填写的页面。"
STALE = "登录更换过，这份表单已失效，没有提交。填写的内容都在，请核对后再提交。"
NO_CACHE = 303
logger = logging.getLogger(__name__)


def of_nobody() -> str | None:
    """Where a person without a session is led after signing in, with what they sent kept."""
    if request.method in SAFE or not posted.is_kept(request.endpoint) or not posted.is_read():
        return None
    user_id = whose.of_form() if posted.is_short() else None
    where = posted.came_from() or None
    if user_id is None:
        return where
    kept = _kept(user_id)
    if kept is None:
        return where
    flash(LOST, "warning")
    return told.address(*kept)


def of_another_session() -> Response | None:
    """The page again with the text, where the form was drawn for this person in a session before.

    Of anybody else's form the text is kept for whom it was drawn, and not shown.
    """
    if not posted.is_kept(request.endpoint) or not posted.is_read():
        return None
    user_id = whose.of_form()
    kept = None if user_id is None else _kept(user_id)
    g.kept_done = True
    if kept is None or not current_user.is_authenticated or user_id != current_user.id:
        return None
    flash(STALE, "warning")
    return make_response(redirect(told.address(*kept), NO_CACHE))


def turned_away() -> str | None:
    """Where a person goes on who must do something else first; what they sent is kept."""
    if not _is_ours() or not posted.is_read():
        return None
    kept = _kept(current_user.id)
    g.kept_done = True
    return told.address(*kept) if kept else None


def settle(answer: Response) -> Response:
    """After a form was answered."""
    if g.get(AWAY):
        return again.offered(answer) if back.is_page(answer) else answer
    if g.get("kept_done") or not _is_ours() or not posted.is_read():
        return answer
    if answer.status_code >= FAILED or _is_told_of_a_fault():
        return _refused(answer)
    if answer.status_code >= MOVED:
        _taken()
    elif answer.status_code == OK and answer.mimetype == "text/html":
        _asked_on()
    return answer


def _is_ours() -> bool:
    is_in_session = current_user.is_authenticated and current_user.sign_in_id is not None
    return is_in_session and posted.is_kept(request.endpoint) and request.method not in SAFE


def _is_told_of_a_fault() -> bool:
    """A view that leads on and says that it did nothing."""
    return any(kind in ("error", "danger") for kind, _ in session.get("_flashes", ()))


def _refused(answer: Response) -> Response:
    is_asked = answer.status_code == FORBIDDEN and g.get(ASKED_AGAIN)
    if not (answer.status_code in REFUSED or answer.status_code < FAILED or is_asked):
        return answer
    if answer.mimetype != "text/html" or answer.is_streamed:
        return answer
    html = answer.get_data(as_text=True)
    content = posted.content()
    form = filling.form_of(html, request.path, content)
    title = told.title_in(html) if form else ""
    is_worth = filling.is_typed_into(form, content) if form else bool(content.texts())
    if not is_worth and not is_asked:
        return answer
    kept = _kept(current_user.id, titled(content, title, told.why_in(html)))
    if answer.status_code < FAILED:
        return answer
    if kept is None:
        return again.offered(answer) if form is None and not is_asked else answer
    if form is not None:
        html = filling.with_token(html, form, kept[0].token)
    else:
        html = html.replace("</main>", f"{told.refused(*kept)}</main>", 1)
    answer.set_data(html)
    return back.lead(answer, told.address(*kept), moves=form is not None and not is_asked)


def _kept(user_id: int, content: Content | None = None) -> tuple[KeptForm, Content] | None:
    """The row and what it holds; None where there is nothing to keep, or nowhere to keep it."""
    found = content or posted.content()
    if not found.said or posted.is_marked(found.said):
        return None
    token = forms.carried(posted.KEPT)
    try:
        with transaction():
            earlier = keeping.find(user_id, token) if token else None
            if not posted.came_from():
                found = replace(found, page=_page(earlier))
            if not found.title:
                found = titled(found, earlier[1].title if earlier else "", found.why)
            token = keeping.keep(user_id, found, settings().kept_days, token)
        return keeping.find(user_id, token) if token else None
    except SQLAlchemyError:
        db.session.rollback()
        logger.exception("what user %s sent to %s is not kept", user_id, request.endpoint)
        return None


def _page(earlier: keeping.Kept | None) -> str:
    """Where no browser says it: the page of the first time, the address itself, what is above."""
    if earlier:
        return earlier[1].page
    return request.path if posted.is_page(request.path) else way_back(422).url


def _taken() -> None:
    """Forget exactly what was sent: what was typed at another time into the same form stays."""
    rows = keeping.sent_to(current_user.id, request.path)
    sent, carried = posted.content(), forms.carried(posted.KEPT)
    gone = {row.token for row, one in rows if row.token == carried or keeping.is_same(one, sent)}
    gone |= {carried} if carried else set()
    way = session.pop(ON_THE_WAY, None)
    if way and way["path"] in (request.path, posted.path_of(request.referrer or "")):
        gone |= set(way["tokens"])
    if gone:
        with transaction():
            keeping.forget(current_user.id, gone)


def _asked_on() -> None:
    """A page that asks again before anything is done: what led to it is forgotten with the act."""
    rows = keeping.sent_to(current_user.id, request.path)
    sent, carried = posted.content(), forms.carried(posted.KEPT)
    tokens = [row.token for row, one in rows if row.token == carried or keeping.is_same(one, sent)]
    if tokens:
        session[ON_THE_WAY] = {"path": request.path, "tokens": tokens}
