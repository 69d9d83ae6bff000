"""How a line of the log looks: for a person, or as JSON for a machine. One record, one line.

A line tells the request it belongs to by its number, the person by the number of the account, and
never what was sent. What a stranger made up cannot begin a line of its own.
"""

import json
import logging
import re
import secrets
from contextvars import ContextVar
from datetime import UTC, datetime

from issues.ground import clock

TEXT, JSON = "text", "json"
FORMATS = (TEXT, JSON)
PLAIN = "%(asctime)s %(levelname)s %(name)s %(message)s"
LONGEST_PATH = 200
SECRET_PART = re.compile(r"[A-Za-z0-9_-]{20,}")
"""A part of an address that opens something by itself: a token of the wall, of a check."""

_number: ContextVar[str] = ContextVar("request_number", default="")


def begin_request() -> str:
    """A number for the request at hand: short enough to be read out over the telephone."""
    number = secrets.token_hex(4).upper()
    _number.set(number)
    return number


def end_request() -> None:
    _number.set("")


def path_of(path: str) -> str:
    """An address as it may be written down."""
    return SECRET_PART.sub("…", path)[:LONGEST_PATH]


def formatter(named: str) -> logging.Formatter:
    return OfMachines() if named == JSON else OneLine(PLAIN)


class OneLine(logging.Formatter):
    """What a stranger sent cannot begin a line of its own in the log."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        line = super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")
        number = _number.get()
        return f"{line} [{number}]" if number else line


class OfMachines(logging.Formatter):
    """One JSON object a line. A record's `facts` are names of their own in it."""

    def format(self, record: logging.LogRecord) -> str:
        at = clock.local(datetime.fromtimestamp(record.created, UTC))
        told = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": _number.get() or None,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            told["failure"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)
