"""Book what the record says and the book does not, a year at a time."""

from auth.actor import SYSTEM
from issues.jobs.job import Tools
from issues.scores import booking


def find(tools: Tools) -> list[str]:
    """The years still booked whose book is not what the history says."""
    return [str(year) for year in booking.years_at(tools.on) if any(booking.differences(year))]


def do(tools: Tools, unit: str) -> bool:
    return booking.book(int(unit), SYSTEM, tools.at) > 0
