"""How the API answers: one ticket, one page of a list, and the first answer to a repeated key."""

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from flask import Response, jsonify, request, url_for

from extensions import db, transaction
from issues import once
from issues.api.door.sent import number_of
from issues.api.openapi.components import Page
from issues.api.ticket.shapes import ticket
from issues.ground import clock
from issues.ground.refusals import Incomplete
from issues.ground.shape import Shape
from issues.models import Issue
from issues.queries.ticket.document import whole_of
from issues.web.door.guards import actor

PAGE_SIZE = 25
MOST = 200
FARTHEST = 10**9
LONGEST_KEY = 255
KEPT_HEADERS = ("ETag", "Location")
CHUNK = 1024 * 1024

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


def ticket_answer(issue: Issue, status: int = 200) -> Response:
    """A ticket as it stands today, with its version as ETag."""
    db.session.flush()
    today = clock.today()
    answer = versioned(jsonify(ticket(whole_of(issue, today, today))), issue.version)
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

    A refused act leaves its key unused, for nothing happened. Status, body, ETag and Location are
    those of the first answer.
    """
    key = _key()
    digest = _digest() if key else ""
    with transaction():
        if not key:
            return act()
        first = once.replay(actor().id, key, digest)
        if first is not None:
            return _again(first)
        answer = act()
        once.remember(actor().id, key, answer.status_code, _kept(answer))
        return answer


def first_answer() -> Response | None:
    """The answer this Idempotency-Key was given, where it was; for acts with work beforehand."""
    key = _key()
    first = once.answered(actor().id, key, _digest()) if key else None
    return None if first is None else _again(first)


def _key() -> str:
    """The key as it is kept: of fixed length, and apart from the keys of forms."""
    if request.method != "POST" or "Idempotency-Key" not in request.headers:
        return ""
    given = request.headers["Idempotency-Key"].strip()
    if not 0 < len(given) <= LONGEST_KEY:
        raise Incomplete({"Idempotency-Key": [f"应是1到{LONGEST_KEY}个字符"]})
    return f"api:{hashlib.sha256(given.encode()).hexdigest()}"


def _digest() -> str:
    """What was asked: where, and which fields and bytes, whatever boundary parted them."""
    digest = hashlib.sha256(f"{request.path}\n".encode())
    if request.mimetype != "multipart/form-data":
        digest.update(request.get_data(cache=True))
        return digest.hexdigest()
    fields = sorted(request.form.items(multi=True))
    digest.update(json.dumps(fields, ensure_ascii=False).encode())
    for name, file in sorted(request.files.items(multi=True), key=lambda item: item[0]):
        digest.update(f"\n{name} {file.filename}\n".encode())
        file.stream.seek(0)
        while chunk := file.stream.read(CHUNK):
            digest.update(chunk)
        file.stream.seek(0)
    return digest.hexdigest()


def _kept(answer: Response) -> str:
    headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
    return json.dumps(
        {"headers": headers, "body": answer.get_data(as_text=True)}, ensure_ascii=False
    )


def _again(first: once.Answer) -> Response:
    kept = json.loads(first.text)
    answer = Response(kept["body"], first.status, mimetype="application/json")
    answer.headers.update(kept["headers"])
    answer.headers["Idempotent-Replayed"] = "true"
    return answer
