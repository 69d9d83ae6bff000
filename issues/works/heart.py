"""Signs of life of a piece under way, from a thread of their own, with how far it has come."""

import logging
import threading
from typing import Self

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from extensions import db
from issues.works import claiming
from issues.works.aside import Aside, Said
from issues.works.claiming import CalledOff

EVERY = 2.0
"""Seconds between two of them."""
logger = logging.getLogger(__name__)


class Heart:
    """Within it `tell` says how far the piece has come; it raises CalledOff once it is lost."""

    def __init__(self, app: Flask, work_id: int, holder: str) -> None:
        self._app, self._work_id, self._holder = app, work_id, holder
        self._said = Said("", 0, 0)
        self._aside = Aside(app, work_id, holder)
        self._is_lost = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()
        self._aside.forget()

    def tell(self, words: str, done: int, total: int) -> None:
        """Raises CalledOff."""
        self._said = Said(words, done, total)
        self._aside.tell(self._said)
        if self._is_lost:
            raise CalledOff

    def _run(self) -> None:
        with self._app.app_context():
            while not self._stop.wait(EVERY):
                if not self._beat():
                    self._is_lost = True
                    return

    def _beat(self) -> bool:
        try:
            return claiming.beat(self._work_id, self._holder, *self._said)
        except SQLAlchemyError:  # SQLite's one writer is at it: the next sign comes after
            logger.info("work %d could not tell how far it is", self._work_id)
            return True
        finally:
            db.session.remove()
