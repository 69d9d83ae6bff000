"""Every answer is counted: by the pattern of its route, its method, the class of its status.

Never by what stood in the address: no number of a ticket, no name, nothing without end.
"""

import time

from flask import Flask, Response, g, request

from issues.web.door import turns

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER, UNMATCHED = "other", "unmatched"


def register(app: Flask) -> None:
    kept = app.extensions["figures"]

    def count(response: Response) -> Response:
        now = time.monotonic()
        rule = request.url_rule
        kept.time(
            now - g.get("begun_at", now),
            UNMATCHED if rule is None else rule.rule,
            request.method if request.method in METHODS else OTHER,
            f"{response.status_code // 100}xx",
        )
        return response

    app.after_request(count)
    turns.begin()
