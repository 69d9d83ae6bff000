"""Long work at the door: a worker is seen to once the answer stands, and every page tells of it."""

from typing import NamedTuple

from flask import Flask, Response, current_app, g

WANTED = "works_wanted"


class Badge(NamedTuple):
    """How many pieces of this person are under way, and how many have ended untold."""

    under_way: int
    untold: int


def register(app: Flask) -> None:
    app.after_request(_wake)


def want_worker() -> None:
    """Begun when the answer is drawn: until then a page reads in its own transaction."""
    setattr(g, WANTED, True)


def _wake(answer: Response) -> Response:
    if g.get(WANTED):
        current_app.extensions["works"].wake()
    return answer
