"""When a message goes out: at once, with the others of the day, or not; and the hours of quiet."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from issues.ground import clock
from issues.vocabulary import MessageEvent, Timing

DIGEST_AT = time(8, 30)
QUIET_FROM, QUIET_UNTIL = "21:00", "07:30"
STANDARD: Mapping[str, str] = {event.value: event.timing.value for event in MessageEvent}


class Quiet(NamedTuple):
    """From when until when nothing is sent; the same twice for never. Over midnight or not."""

    begins: str = QUIET_FROM
    ends: str = QUIET_UNTIL

    def holds(self, moment: datetime) -> bool:
        now = f"{clock.local(moment):%H:%M}"
        if self.begins <= self.ends:
            return self.begins <= now < self.ends
        return now >= self.begins or now < self.ends


def timing_of(event: MessageEvent, timings: Mapping[str, Any]) -> Timing:
    """As it was chosen; an event that is newer than the choice goes as it goes by itself."""
    return Timing.of(str(timings.get(event.value, ""))) or event.timing


def next_moment(timing: Timing, now: datetime) -> datetime:
    """From when on a line may be sent."""
    if timing is Timing.NOW:
        return now
    local = clock.local(now)
    today = datetime.combine(local.date(), DIGEST_AT, clock.SHANGHAI)
    return today if local < today else today + timedelta(days=1)
