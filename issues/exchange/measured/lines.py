"""Readings as a column of a ledger: what a ticket says there, and what an export writes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import or_, select

from extensions import db
from issues.colour.targets_of import is_of
from issues.exchange.ticket_targets import READINGS
from issues.exchange.writing.figured import Value
from issues.ground.batches import among
from issues.models import Issue, Measure, Reading, Target
from issues.rules.targets.reading_lines import ReadingLine, UnreadableReading, read, written

APART = f"{READINGS}（补充信息）"
"""What a ledger brought under that heading before it was read, beside the column of readings."""


def lines_in(text: str) -> list[ReadingLine]:
    """Raises UnreadableReading."""
    return [read(line) for line in text.split("\n") if line.strip()]


def set_apart(kept: Mapping[str, Value]) -> dict[str, Value]:
    return {APART if name == READINGS else name: text for name, text in kept.items()}


def line_of(row: Reading, target: Target) -> ReadingLine:
    return ReadingLine(
        row.sampled_on, target.name, row.value, target.unit_of_value or row.unit_of_value,
        row.laboratory, row.point, is_confirmed=row.confirmed_at is not None,
    )  # fmt: skip


class Readings:
    """Those of the chosen tickets that stand and that a target judges, read in one statement."""

    def __init__(self, chosen: Sequence[int]) -> None:
        self.of_tickets: dict[int, dict[int, ReadingLine]] = defaultdict(dict)
        current = Measure.dropped_at.is_(None) & (Measure.round == Issue.round)
        rows = (
            select(Reading, Target)
            .join(Target, is_of(Reading, Target))
            .join(Issue, Issue.id == Reading.issue_id)
            .outerjoin(Measure, Measure.id == Target.measure_id)
            .where(among(Reading.issue_id, chosen), Reading.withdrawn_at.is_(None))
            .where(Target.ended_at.is_(None), or_(Target.measure_id.is_(None), current))
            .order_by(Reading.issue_id, Reading.sampled_on, Reading.id, Target.id)
        )
        for reading, target in db.session.execute(rows):
            held = self.of_tickets[reading.issue_id]
            held.setdefault(reading.id, line_of(reading, target))

    def cells(self, issue_id: int) -> dict[str, str]:
        """The column of a ticket that has any."""
        found = self.of_tickets.get(issue_id, {})
        return {READINGS: "\n".join(map(written, found.values()))} if found else {}


def as_compared(cell: str) -> list[ReadingLine]:
    """The lines of an export's cell, whether confirmed or not.

    A unit of one's own with brackets in it cannot be read again; the file's cell says so.
    """
    found = []
    for line in cell.split("\n") if cell else ():
        with suppress(UnreadableReading):
            found.append(replace(read(line), is_confirmed=False))
    return found
