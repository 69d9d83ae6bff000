"""Where every answer passes by: the one place that keeps the forms of all pages."""

from flask import Flask, Response, request

from issues.web.door.guards import is_api
from issues.web.door.kept import back, sent, shown
from issues.web.door.requests import SAFE


def register(app: Flask) -> None:
    app.before_request(shown.begin)
    app.after_request(keep)


def keep(answer: Response) -> Response:
    if request.endpoint in (None, "static") or is_api() or request.method == "OPTIONS":
        return answer
    if request.method in SAFE:
        return shown.complete(answer)
    return back.lead(sent.settle(answer))
