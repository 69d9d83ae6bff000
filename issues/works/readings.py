"""What was understood of a large workbook, kept beside it: shown, compared and written from.

A reading holds as long as all it was made of: the workbook, the profile beside it, the units, the
layouts, the rules, the calendar, the day, and until another import comes or any is taken back. A
comparison is of one moment, and says of which.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import func, select

from extensions import db
from issues.colour.policies import policy_on, workdays
from issues.evidence.storage.store import Store
from issues.exchange.aliases import unit_names
from issues.exchange.already_here import find_here
from issues.exchange.differences.comparing import compare_with_register
from issues.exchange.differences.difference import Comparison, Difference
from issues.exchange.matching import kept as layouts
from issues.exchange.reading.items import BlockCells, Understood
from issues.exchange.reading.unit_names import Directory
from issues.ground import clock
from issues.ground.batches import without_collecting
from issues.ground.present import present
from issues.ground.refusals import NotFound
from issues.models import Issue, LedgerImport, LongWork
from issues.vocabulary import WorkKind, WorkState
from issues.works import asking, keeping
from issues.works.kept_records import Unreadable, text_of, value_of

VERSION = "reading 1"
"""Another one where a workbook would be read otherwise than before: what is kept is read anew."""
TAKEN = "taken"
"""The differences of the comparison that is kept which were taken over since, by their codes."""


class Compared(NamedTuple):
    """What differed at a moment."""

    found: Comparison
    at: datetime


class Reading:
    """One that is kept; each part is made of its text when it is asked for."""

    def __init__(self, lines: list[str], key: str, at: datetime) -> None:
        self._head, self._comparison, self._rest, *self._blocks = lines
        self.key, self.at = key, at
        if self._head != VERSION:
            raise Unreadable(self._head)

    @cached_property
    @without_collecting()
    def understood(self) -> Understood:
        """Without the cells."""
        found: Understood = value_of(self._rest)
        return found

    @property
    def comparison(self) -> Comparison:
        found: Comparison = value_of(self._comparison)
        return found

    @without_collecting()
    def whole(self, rows: Collection[int] | None = None) -> Understood:
        """With the cells: of all tickets, or of those that begin in these rows."""
        wanted = None if rows is None else set(map(str, rows))
        parts = (line.partition("\t") for line in self._blocks)
        cells = (value_of(text) for row, _, text in parts if wanted is None or row in wanted)
        return replace(self.understood, cells=tuple(cells))


def lines_of(understood: Understood, comparison: Comparison) -> list[str]:
    rest = text_of(replace(understood, cells=()))
    return [VERSION, text_of(comparison), rest, *map(_block, understood.cells)]


def _block(cells: BlockCells) -> str:
    return f"{cells.rows[0]}\t{text_of(cells)}"


def key_of(row: LedgerImport, on: date) -> str:
    """A digest of all that a reading is made of."""
    calendar = workdays()
    told = [
        VERSION, row.report.get("sha256"), row.report["profile"], str(on),
        [repr(unit) for unit in unit_names()],
        [[layout.id, layout.document] for layout in layouts.in_force()],
        repr(policy_on(on)), sorted(map(str, calendar.overrides.items())),
        sorted(calendar.published_years), _arrivals(row),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _arrivals(row: LedgerImport) -> list[int]:
    """Other imports that came in, all that were taken back, the last ticket registered by hand.

    None of them ever falls.
    """
    others = func.count(LedgerImport.confirmed_at).filter(LedgerImport.id != row.id)
    by_hand = select(func.coalesce(func.max(Issue.id), 0)).where(Issue.imported_on.is_(None))
    counts = select(others, func.count(LedgerImport.taken_back_at), by_hand.scalar_subquery())
    return list(db.session.execute(counts).one())


def fresh(row: LedgerImport, store: Store) -> Reading | None:
    """The reading of an upload as it is told now; None where there is none, or it is of before."""
    work = asking.latest(row.id, [WorkKind.READ], state=WorkState.DONE)
    if work is None or work.key != key_of(row, clock.today()):
        return None
    try:
        lines = keeping.unpacked(keeping.kept(store, work))
        return Reading(lines, work.key, present(work.ended_at, "the end of a piece that is done"))
    except (NotFound, Unreadable):
        return None


def compared(row: LedgerImport, store: Store) -> Compared | None:
    """What differed when it was last compared, if it is read as it was then."""
    kinds = [WorkKind.READ, WorkKind.COMPARE]
    work = asking.latest(row.id, kinds, state=WorkState.DONE)
    if work is None or work.key != key_of(row, clock.today()):
        return None
    try:
        return _compared(work, store)
    except (NotFound, Unreadable):
        return None


def _compared(work: LongWork, store: Store) -> Compared:
    head, comparison, *_ = keeping.unpacked(keeping.kept(store, work))
    if head != VERSION:
        raise Unreadable(head)
    return Compared(value_of(comparison), present(work.ended_at, "the end of a comparison"))


def anew(reading: Reading, chosen: Collection[Difference], on: date) -> tuple[Difference, ...]:
    """What the tickets of these differences differ in at this moment."""
    wanted = {one.issue_id for one in chosen}
    here = find_here(reading.understood)
    found = {row: one for row, one in here.items() if one.id in wanted}
    part = replace(
        reading.whole(found.keys()),
        items=tuple(item for item in reading.understood.items if item.row in found),
        errors=(),
    )
    directory, policy = Directory(unit_names()), policy_on(on)[1]
    return compare_with_register(part, directory, policy, found).differences
