"""A figure of operation as a page and a sentence write it, with its unit."""

from datetime import UTC, datetime

from issues.figures.kept import BOUNDS
from issues.ground import clock
from issues.operations.families import Unit
from issues.queries.evidence.files import written_size

MINUTE, HOUR, DAY = 60, 3600, 86_400


def written(unit: Unit, value: float) -> str:
    if unit is Unit.BYTES:
        return written_size(int(value))
    if unit is Unit.SECONDS:
        return span(value)
    if unit is Unit.MOMENT:
        return f"{clock.local(datetime.fromtimestamp(value, UTC)):%Y-%m-%d %H:%M}"
    return f"{value:.0f} 天" if unit is Unit.DAYS else f"{value:.0f}"


def estimate(seconds: float) -> str:
    """A share's time as the classes tell it: beyond the last bound nothing is known."""
    return f"{BOUNDS[-1]:.0f} 秒以上" if seconds >= BOUNDS[-1] else span(seconds)


def span(seconds: float) -> str:
    """To the two largest units that say something; below a second in milliseconds."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} 毫秒" if seconds else "0 秒"
    if seconds < MINUTE:
        return f"{seconds:.1f} 秒"
    if seconds < HOUR:
        return f"{seconds // MINUTE:.0f} 分 {seconds % MINUTE:.0f} 秒"
    if seconds < DAY:
        return f"{seconds // HOUR:.0f} 小时 {seconds % HOUR // MINUTE:.0f} 分"
    return f"{seconds // DAY:.0f} 天 {seconds % DAY // HOUR:.0f} 小时"
