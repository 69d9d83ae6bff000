"""Long work at the door: a worker is seen to once the answer stands, and every page tells of it."""

import logging
from typing import NamedTuple

from flask import Flask, Response, current_app, g
from sqlalchemy.exc import SQLAlchemyError

WANTED = "works_wanted"
logger = logging.getLogger(__name__)


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
    """What cannot be begun now is begun for the next page: this answer stands."""
    if g.get(WANTED):
        try:
            current_app.extensions["works"].wake()
        except (OSError, SQLAlchemyError):
            logger.exception("no worker could be begun")
    return answer
