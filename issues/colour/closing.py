"""The day a ticket was struck off, and whether that day is on record.

A ledger may tell that a ticket was struck off and not on which day: an import then keeps a day of
its own, which is none of the record. No page and no paper may tell it as the day of closing.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, Protocol

from issues.colour.past import CLOSING_UNSAID, ROUND
from issues.models import Issue
from issues.rules.dates.days import written
from issues.rules.past import counted_from

READ = (
    Issue.closed_on, Issue.extra, Issue.round, Issue.imported_on, Issue.first_deadline,
    Issue.first_assigned_on,
)  # fmt: skip
"""What `closing_of` looks at, for a statement that reads no whole ticket."""
UNSAID = "未记载"


class Closed(Protocol):
    """A ticket, or a row of READ."""

    @property
    def closed_on(self) -> date | None: ...

    @property
    def extra(self) -> Mapping[str, str]: ...

    @property
    def round(self) -> int: ...

    @property
    def imported_on(self) -> date | None: ...

    @property
    def first_deadline(self) -> date | None: ...

    @property
    def first_assigned_on(self) -> date | None: ...


class Closing(NamedTuple):
    """`on`: the day of record, None where none is. `since`: the board counts it as struck off."""

    on: date | None
    since: date

    @property
    def is_recorded(self) -> bool:
        return self.on is not None

    @property
    def note(self) -> str:
        """What is said where the day is not on record."""
        told = f"导入的台账没有销号日期，看板自{written(self.since)}起按已销号统计"
        return "" if self.is_recorded else told

    @property
    def words(self) -> str:
        return written(self.on) if self.on else f"{UNSAID}（{self.note}）"


def closing_of(issue: Closed) -> Closing | None:
    """None where the ticket is not struck off."""
    closed_on = issue.closed_on
    if closed_on is None:
        return None
    came = issue.imported_on
    is_brought = came is not None and closed_on <= came and issue.round == ROUND
    if not is_brought or CLOSING_UNSAID not in issue.extra:
        return Closing(closed_on, closed_on)
    since = counted_from(closed_on, issue.first_deadline, issue.first_assigned_on)
    return Closing(None, since)
