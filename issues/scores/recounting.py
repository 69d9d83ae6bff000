"""Every point and every published figure again from the history alone, held against the book."""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import select

from auth.models import Unit
from extensions import db
from issues.models import Issue, ScoreEntry
from issues.rules.scores.points import signed
from issues.scores import booking, publishing
from issues.vocabulary import EntryKind


def faults(year: int) -> Iterator[str]:
    """A sentence for each point that is not booked as the history says it. Writes nothing."""
    found = list(booking.differences(year))
    units = dict(db.session.execute(select(Unit.id, Unit.short_name)).all())
    for one in found:
        where = _number(one)
        yield (
            f"{units.get(one.spot.unit, one.spot.unit)}  {where}  {one.spot.key}"
            f"：记分{signed(one.booked)}，按办理记录为{signed(one.told)}"
        )
    yield from _wrong_lines(year)
    yield from publishing.faults(year)


def _number(one: booking.Difference) -> str:
    ticket = one.point.occurrence.ticket if one.point else one.lines[0].issue_id
    return db.session.scalar(select(Issue.number).where(Issue.id == ticket)) or str(ticket)


def _wrong_lines(year: int) -> Iterator[str]:
    """A first line whose value is not its own arithmetic."""
    rows = select(ScoreEntry).where(ScoreEntry.year == year, ScoreEntry.kind == EntryKind.BOOKING)
    for row in db.session.scalars(rows.order_by(ScoreEntry.id)):
        if row.value != row.base * row.share / 100 * row.weight:
            yield f"{row.key}：得数{signed(row.value)}与基数、比例、权重不符"


def counted(year: int) -> tuple[int, Decimal]:
    """How many lines the book of a year's days holds, and what they come to."""
    lines = [line for lines in booking.booked(booking.of_year(year)).values() for line in lines]
    return len(lines), sum((line.value for line in lines), Decimal(0))
