"""Every refusal and failure as a page in Chinese, or as an RFC 9457 problem for the API."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from flask import (
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for as address_of,
)
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from extensions import db
from issues.evidence.refusals import Damaged, EvidenceRefused
from issues.ground.database import Away, refusal_of
from issues.ground.refusals import Later, NotFound, Refusal
from issues.ground.secrecy.marking import ASKED, CONFIRMED, Marked
from issues.ground.shape import Shape
from issues.logs import lines
from issues.web.door import forms
from issues.web.door.answers.sentences import EXPIRED_FORM, OURS, SENTENCES, TITLES
from issues.web.door.answers.way_back import way_back
from issues.web.door.guards import SAFE, is_api
from issues.web.door.kept import sent

UNAUTHORIZED, NOT_FOUND, CONFLICT, FAILURE = 401, 404, 409, 500
CHAIN = "uq_event_chain"
PROBLEM = "application/problem+json"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What one refusal says, whichever way it is answered."""

    status: int
    sentence: str
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kind: str = ""
    reference: str = ""
    cause: str = ""
    mended_at: str = ""

    @property
    def title(self) -> str:
        return TITLES.get(self.status, TITLES[400])[1]

    @property
    def heading(self) -> str:
        """Of a page: a status may have several causes, and one heading does not fit them all."""
        return self.cause or self.title

    @property
    def type(self) -> str:
        return self.kind or TITLES.get(self.status, TITLES[400])[0]


class Problem(Shape, heading="不能办理"):
    """RFC 9457."""

    type: Annotated[str, "类别"]
    title: Annotated[str, "概括"]
    status: Annotated[int, "状态码"]
    detail: Annotated[str, "说明"]
    errors: Annotated[dict[str, list[Annotated[str, "说明"]]], "各字段的错误"]
    reference: Annotated[str | None, "故障编号"] = None


def register(app: Flask) -> None:
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(EvidenceRefused, evidence_refused)
    app.register_error_handler(Damaged, damaged)
    app.register_error_handler(CSRFError, forged)
    app.register_error_handler(HTTPException, other)
    app.register_error_handler(StaleDataError, overtaken)
    app.register_error_handler(IntegrityError, collided)
    app.register_error_handler(DBAPIError, cannot_go_on)
    app.register_error_handler(OSError, cannot_go_on)
    app.register_error_handler(FAILURE, failed)


def refused(refusal: Refusal) -> Response:
    if isinstance(refusal, Marked) and not is_api():
        return asked_again(refusal)
    told = Told(
        refusal.status, refusal.sentence, refusal.errors, cause=refusal.heading,
        mended_at=refusal.mended_at,
    )  # fmt: skip
    answer = tell(told)
    if isinstance(refusal, Later):
        answer.headers["Retry-After"] = str(refusal.wait)
    return answer


def asked_again(refusal: Marked) -> Response:
    """What was typed goes along; a browser sends a file only when it is chosen anew."""
    page = render_template(
        "errors/marked.html",
        told=refusal,
        confirmed=CONFIRMED,
        asked=ASKED,
        action=request.full_path.rstrip("?"),
        typed=[(name, text) for name, text in forms.everything() if name != CONFIRMED],
        files=forms.chosen(),
        back=way_back(refusal.status),
    )
    return make_response(page, refusal.status)


def evidence_refused(refusal: EvidenceRefused) -> Response:
    return tell(Told(refusal.status, str(refusal), cause=refusal.heading))


def damaged(failure: Damaged) -> Response:
    logger.error("evidence %s is damaged", failure.sha256)
    return tell(Told(failure.status, str(failure), kind="evidence-damaged"))


def forged(_error: CSRFError) -> Response:
    return sent.of_another_session() or tell(Told(400, EXPIRED_FORM))


def other(error: HTTPException) -> Response:
    """What routing and Flask itself refuse. A page without a session leads to the sign-in."""
    if error.response is not None:
        return make_response(error.response)
    status = error.code or FAILURE
    if status < 400:  # noqa: PLR2004 - a redirect of the routing
        return make_response(error.get_response())
    if status == UNAUTHORIZED and not is_api():
        is_read = request.method in SAFE
        wanted = request.full_path.rstrip("?") if is_read else sent.of_nobody()
        wanted = None if wanted == "/" else wanted
        return make_response(redirect(address_of("login.sign_in", next=wanted)))
    sentence = NotFound().sentence if status == NOT_FOUND else SENTENCES.get(status, SENTENCES[400])
    answer = tell(Told(status, sentence))
    for name, value in error.get_headers(request.environ):
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    if status == UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def overtaken(_error: StaleDataError) -> Response:
    """Two people changed one row at once: the database let only the first one."""
    db.session.rollback()
    return tell(Told(CONFLICT, SENTENCES[CONFLICT]))


def collided(error: IntegrityError) -> Response:
    """Two acts reached for the same next place in one history; any other breach is a failure."""
    db.session.rollback()
    is_told = CHAIN in str(error.orig)
    return tell(Told(CONFLICT, SENTENCES[CONFLICT])) if is_told else failed(error)


def cannot_go_on(error: DBAPIError | OSError) -> Response:
    """No room left, only reading, two who waited for each other, a long queue; else our failure."""
    db.session.rollback()
    setattr(g, sent.AWAY, True)
    refusal = refusal_of(error)
    if isinstance(refusal, Away | None):
        return failed(error, refusal)
    return refused(refusal)


def failed(error: Exception, away: Away | None = None) -> Response:
    """A failure of ours: a number for the person, everything else for the log."""
    reference = g.get("request_number") or lines.begin_request()
    cause = getattr(error, "original_exception", None) or error
    logger.error("failure %s at %s %s", reference, request.method, request.endpoint, exc_info=cause)
    db.session.rollback()
    status, said = (away.status, away.sentence) if away else (FAILURE, OURS)
    told = Told(status, said, cause=away.heading if away else "", reference=reference)
    if is_api():
        return problem(told)
    page = current_app.jinja_env.get_template("errors/failure.html").render(told=told)
    return make_response(page, status)


def tell(told: Told) -> Response:
    if is_api():
        return problem(told)
    page = render_template(
        "errors/refusal.html",
        told=told,
        back=way_back(told.status),
        number=g.get("request_number", ""),
    )
    return make_response(page, told.status)


def problem(told: Told) -> Response:
    detail = f"{told.sentence}编号 {told.reference}。" if told.reference else told.sentence
    body = Problem(
        type=told.type,
        title=told.title,
        status=told.status,
        detail=detail,
        errors={name: list(said) for name, said in told.errors.items()},
        reference=told.reference or None,
    )
    answer = jsonify(body.document())
    answer.status_code = told.status
    answer.mimetype = PROBLEM
    return answer
