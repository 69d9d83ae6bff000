"""How the API answers: one ticket, one page of a list, and the first answer to a repeated key."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from flask import Response, jsonify, request, url_for

from extensions import db
from issues.api.door.sent import number_of
from issues.api.openapi.components import Page
from issues.api.ticket.shapes import ticket
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import Incomplete
from issues.ground.shape import Shape
from issues.models import Issue
from issues.once import Answer
from issues.queries.ticket.document import whole_of
from issues.web.door import once

PAGE_SIZE = 25
MOST = 200
FARTHEST = 10**9
LONGEST_KEY = 255
KEPT_HEADERS = ("ETag", "Location")

View = Callable[..., Response]


def limit() -> int:
    """How many rows of a list were asked for; never more than two hundred."""
    return number_of("limit", PAGE_SIZE, least=1, most=MOST)


def after() -> int:
    """The mark `next` of the page before gave."""
    return number_of("after", 0, most=FARTHEST)


def page(items: Sequence[Any], following: int | str | None, total: int) -> Response:
    mark = None if following is None else str(following)
    return shaped(Page(items=list(items), next=mark, total=total))


def shaped(shape: Shape, status: int = 200, **beside: Any) -> Response:
    """`beside` are the further names of an open shape."""
    answer = jsonify(shape.document() | beside)
    answer.status_code = status
    return answer


def cut(rows: Sequence[Any], shape: Callable[[Any], Any]) -> Response:
    """The page asked for of a list that is short enough to be read whole."""
    begin, size = after(), limit()
    shown = rows[begin : begin + size]
    following = begin + size if begin + size < len(rows) else None
    return page([shape(row) for row in shown], following, len(rows))


def ticket_answer(
    issue: Issue, status: int = 200, further: Mapping[str, Any] | None = None
) -> Response:
    """A ticket as it stands today and what is told beside it, with its version as ETag."""
    db.session.flush()
    today = clock.today()
    whole = present(whole_of(issue, today, today), f"the whole of {issue.number}")
    answer = versioned(jsonify({**ticket(whole), **(further or {})}), issue.version)
    answer.status_code = status
    if status == 201:  # noqa: PLR2004 - HTTP's own
        answer.headers["Location"] = url_for("api.tickets.show", number=issue.number)
    return answer


def versioned(answer: Response, version: int) -> Response:
    answer.set_etag(str(version))
    return answer


def acting(view: View) -> View:
    """The view is one act in one transaction, done once for each Idempotency-Key."""

    @wraps(view)
    def acted(**given: Any) -> Response:
        return once_only(lambda: view(**given))

    return acted


def once_only(act: Callable[[], Response]) -> Response:
    """Do the act in one transaction, or give the first answer to this Idempotency-Key again.

    Status, body, ETag and Location are those of the first answer.
    """
    return once.once_only(act, ANSWER, key=_key())


def first_answer() -> Response | None:
    """The answer this Idempotency-Key was given, where it was; for acts with work beforehand."""
    key = _key()
    return once.first_time(ANSWER, key, once.what_was_sent()) if key else None


def _key() -> str:
    """The key as it is kept: of fixed length, and apart from the keys of forms."""
    if request.method != "POST" or "Idempotency-Key" not in request.headers:
        return ""
    given = request.headers["Idempotency-Key"].strip()
    if not 0 < len(given) <= LONGEST_KEY:
        raise Incomplete({"Idempotency-Key": [f"应是1到{LONGEST_KEY}个字符"]})
    return f"api:{hashlib.sha256(given.encode()).hexdigest()}"


def _written(answer: Response) -> Answer:
    headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
    kept = {"headers": headers, "body": answer.get_data(as_text=True)}
    return Answer(answer.status_code, json.dumps(kept, ensure_ascii=False))


def _again(first: Answer) -> Response:
    kept = json.loads(first.text)
    answer = Response(kept["body"], first.status, mimetype="application/json")
    answer.headers.update(kept["headers"])
    answer.headers["Idempotent-Replayed"] = "true"
    return answer


ANSWER = once.Kept(_written, _again)
