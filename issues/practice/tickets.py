"""How somebody comes from the real city into the practice city: a ticket for once, then a mark.

The ticket is signed with a key that both processes have and lives for a minute; the mark is signed
by the practice city alone and kept by the browser. Neither opens anything of the real city.
"""

import secrets
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from itsdangerous import BadData, URLSafeTimedSerializer

from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole

TICKET, MARK = "practice ticket", "practice mark"
TICKET_SECONDS = 60
MARK_SECONDS = 12 * 3600


class Entered(NamedTuple):
    """Who came in, by the number of their account in the real city, and when it stood as filled."""

    user_id: int
    filled: str


def ticket_for(user_id: int, key: str) -> str:
    """One way in, for this person."""
    return _signs(key, TICKET).dumps([user_id, secrets.token_urlsafe(12)])


class Door:
    """Takes each ticket once. `begun`: what was written before this process is not known to it."""

    def __init__(self, key: str, begun: datetime) -> None:
        self._signs, self._begun = _signs(key, TICKET), begun.replace(microsecond=0)
        self._used: dict[str, datetime] = {}
        self._lock = Lock()

    def taken(self, ticket: str) -> int | None:
        """The number of who comes; None of what is forged, late, used, or from before."""
        try:
            (user_id, once), at = self._signs.loads(
                ticket, max_age=TICKET_SECONDS, return_timestamp=True
            )
        except (BadData, ValueError, TypeError):
            return None
        if at < self._begun or not self._is_first(once, at):
            return None
        return whole(str(user_id), 0, LARGEST_ID)

    def _is_first(self, once: str, at: datetime) -> bool:
        """Those that are too old to be shown again are forgotten."""
        with self._lock:
            for known, when in list(self._used.items()):
                if (clock.real_now() - when).total_seconds() > 2 * TICKET_SECONDS:
                    del self._used[known]
            return self._used.setdefault(once, at) is at


def mark(entered: Entered, secret: str) -> str:
    return _signs(secret, MARK).dumps([*entered])


def entered(marked: str, secret: str) -> Entered | None:
    """Who the mark lets in; None where it is forged or old."""
    try:
        user_id, filled = _signs(secret, MARK).loads(marked, max_age=MARK_SECONDS)
    except (BadData, ValueError, TypeError):
        return None
    return Entered(whole(str(user_id), 0, LARGEST_ID) or 0, str(filled))


def _signs(key: str, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt=purpose)
