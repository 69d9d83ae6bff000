"""A complaint's own columns, and the one measure made from what was done about it."""

from datetime import date, timedelta
from decimal import Decimal

from issues.exchange.reading.items import ComplaintRead, MeasureRead
from issues.exchange.reading.words.published import OUTCOMES, outcome_of
from issues.exchange.workbook.cells import Fields, Need
from issues.exchange.workbook.sheet import plain
from issues.rules.dates.deadlines import Deadline
from issues.vocabulary import DeadlineKind, Status, Truth

VERDICTS = tuple(truth.label for truth in Truth)
YUAN_IN_WAN = 10_000


def read_complaint(fields: Fields, row: int) -> ComplaintRead:
    counts = ("ordered", "penalised", "investigated", "detained", "summoned", "held_to_account")
    return ComplaintRead(
        verified=_one_of(fields, "verified", row, VERDICTS),
        outcome=_outcome(fields, row),
        findings=fields.text("findings", row),
        handling=fields.text("handling", row, Need.YES),
        fine=_fine(fields, row),
        punished=fields.text("punished", row),
        **{name: fields.count(name, row) for name in counts},
    )


def handling(
    row: int, primary: str, assigned: date | None, deadline: Deadline, complaint: ComplaintRead
) -> MeasureRead:
    return MeasureRead(
        row=row,
        no=1,
        text=complaint.handling,
        original=complaint.handling,
        unit=primary,
        start=assigned,
        deadline=deadline,
        progress=complaint.handling,
        done=OUTCOMES.get(complaint.outcome) is Status.CLOSED,
    )


def counted(assigned: date, days: int) -> Deadline:
    """A deadline the profile counts from the assignment."""
    return Deadline(DeadlineKind.FIXED, assigned + timedelta(days=days), f"交办之日起{days}日内")


def _outcome(fields: Fields, row: int) -> str:
    cell = fields.journal.take("outcome", row)
    said = plain(cell.text)
    outcome = outcome_of(said)
    if outcome is None:
        return _one_of(fields, "outcome", row, tuple(OUTCOMES))
    if outcome != said:
        fields.journal.notice(cell, f"“{said}”记为“{outcome}”")
    return outcome


def _one_of(fields: Fields, name: str, row: int, words: tuple[str, ...]) -> str:
    cell = fields.journal.take(name, row)
    said = plain(cell.text)
    if fields.journal.has(name) and said not in words:
        fields.journal.error(cell, f"应填{'、'.join(words)}之一")
    return said


def _fine(fields: Fields, row: int) -> Decimal | None:
    """In 万元, whichever of the two the heading says."""
    fine = fields.figure("fine", row)
    heading = fields.journal.columns.fields.get("fine")
    in_yuan = heading is not None and plain(heading.text).endswith(plain("（元）"))
    return fine / YUAN_IN_WAN if fine is not None and in_yuan else fine
