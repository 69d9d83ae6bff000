"""How often one person's pages may keep what is typed: each keeping seals and writes a row.

Each process counts its own; what is written stays bounded in number and bytes however often.
"""

from collections import deque
from math import ceil
from threading import Lock
from time import monotonic

from issues.ground.refusals import Later

MOST, WITHIN = 60, 30.0
"""Times in so many seconds: a page keeps a form every ten, so this is of twenty forms at once."""
SENTENCE = "留存过于频繁，请在{}秒后再试。"


class Pace:
    def __init__(self, most: int, within: float) -> None:
        self._most, self._within = most, within
        self._times: dict[int, deque[float]] = {}
        self._lock = Lock()

    def admit(self, user_id: int, now: float) -> None:
        """Counts one. Raises Later."""
        with self._lock:
            self._forget(now - self._within)
            times = self._times.setdefault(user_id, deque())
            if len(times) >= self._most:
                wait = max(1, ceil(times[0] + self._within - now))
                raise Later(SENTENCE.format(wait), wait)
            times.append(now)

    def _forget(self, before: float) -> None:
        for user_id, times in list(self._times.items()):
            while times and times[0] <= before:
                times.popleft()
            if not times:
                del self._times[user_id]


_pace = Pace(MOST, WITHIN)


def admit(user_id: int) -> None:
    """Raises Later."""
    _pace.admit(user_id, monotonic())
