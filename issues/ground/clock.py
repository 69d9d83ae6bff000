"""The only reader of the clock and of the business date. Asia/Shanghai."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class _Clock:
    """Holds the business date where the example city stands still on a day."""

    fixed: date | None = None


def stand_still(day: date | None) -> None:
    """Fix the business date (TODAY, example data only), or let it run with None."""
    _Clock.fixed = day


@contextmanager
def standing_on(day: date) -> Iterator[None]:
    """Within, the business date is this day: what was written then is dated then."""
    before, _Clock.fixed = _Clock.fixed, day
    try:
        yield
    finally:
        _Clock.fixed = before


def real_now() -> datetime:
    """The real instant, UTC: what sessions, tokens and one-time keys age by."""
    return datetime.now(UTC)


def now() -> datetime:
    """The instant an act is dated: the business date with the real time of day."""
    moment = real_now().astimezone(SHANGHAI)
    if _Clock.fixed is not None:
        moment = datetime.combine(_Clock.fixed, moment.timetz())
    return moment.astimezone(UTC)


def today() -> date:
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The calendar day in Shanghai of an instant."""
    return moment.astimezone(SHANGHAI).date()


def local(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI)
