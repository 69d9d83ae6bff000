"""Tickets' facts, read from their rows: the paper the rules look at. Many tickets at once."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Result, Row, SQLColumnExpression, bindparam, select

from extensions import db
from issues.colour import statements
from issues.colour.targets_of import as_facts
from issues.ground import clock
from issues.ground.batches import among
from issues.models import (
    Claim,
    Finding,
    Issue,
    Measure,
)
from issues.rules.facts import (
    ClaimFacts,
    ExposureFacts,
    Facts,
    FindingFacts,
    MeasureFacts,
    NoticeFacts,
    TargetFacts,
)
from issues.vocabulary import UNPLANNED

CHUNK = 1000
ASKED = (
    Issue.id, Issue.source, Issue.status, Issue.deadline_kind, Issue.assigned_on, Issue.deadline,
    Issue.round, Issue.cleared_at, Issue.reporting_from, Issue.last_report_on,
)  # fmt: skip
"""What facts are read from of the ticket's own row."""


def in_chunks(
    *columns: SQLColumnExpression[Any], where: ColumnElement[bool], is_locked: bool = False
) -> Iterator[Sequence[Row[Any]]]:
    """Tickets by id with what facts are read from, and more columns; never all at once.

    Their numbers alone are read first: asked again for each chunk, the condition would be looked
    up over the whole register each time. Under lock it is, so that nothing is read that an act
    has moved meanwhile.
    """
    db.session.flush()
    connection = db.session.connection()
    numbers = select(Issue.id).where(where).order_by(Issue.id).execution_options(yield_per=CHUNK)
    ids = array("q", connection.execute(numbers).scalars())
    statement = select(*ASKED, *columns).order_by(Issue.id)
    if is_locked:
        statement = statement.where(where).with_for_update(of=Issue)
    for start in range(0, len(ids), CHUNK):
        rows: Result[Any] = connection.execute(
            statement.where(among(Issue.id, ids[start : start + CHUNK]))
        )
        yield rows.all()


def facts_of(issue: Issue) -> Facts:
    """Everything the rules ask for. What was lifted or ended is left out or marked."""
    return facts_of_all([issue])[issue.id]


def facts_of_all(issues: Sequence[Issue | Row[Any]]) -> dict[int, Facts]:
    """The same for many tickets by id, in eight statements at most however many they are."""
    ids = [issue.id for issue in issues]
    db.session.flush()
    read = statements.ALL.by_issue(ids)
    return {
        issue.id: Facts(
            source=issue.source,
            status=issue.status,
            kind=issue.deadline_kind,
            assigned=issue.assigned_on,
            due=issue.deadline,
            measures=_measures(issue, read["measures"][issue.id]),
            targets=_targets(issue, read["targets"][issue.id]),
            claims=_claims(issue, read["claims"][issue.id]),
            notices=_notices(issue, read["notices"][issue.id]),
            exposures=tuple(
                ExposureFacts(on=row.on, by=f"{row.level.label}（{row.medium}）")
                for row in read["exposures"][issue.id]
            ),
            findings=tuple(
                FindingFacts(on=row.on, result=row.result) for row in read["findings"][issue.id]
            ),
            reporting_from=issue.reporting_from,
            last_report_on=issue.last_report_on,
            unable_on=_unable_on(issue, read["unable"][issue.id]),
        )
        for issue in issues
    }


def _measures(issue: Issue | Row[Any], rows: Iterable[Any]) -> tuple[MeasureFacts, ...]:
    if issue.status in UNPLANNED:
        return ()
    return tuple(
        MeasureFacts(
            no=row.no,
            start=row.start,
            deadline=row.deadline,
            target=row.target,
            unit_of_target=row.unit_of_target,
            confirmed=row.confirmed,
            sense=row.sense_of_target,
        )
        for row in rows
        if row.round == issue.round
    )


def _targets(issue: Issue | Row[Any], rows: Iterable[Any]) -> tuple[TargetFacts, ...]:
    return () if issue.status in UNPLANNED else as_facts(rows, issue.round, issue.deadline)


def _claims(issue: Issue | Row[Any], rows: Iterable[Any]) -> tuple[ClaimFacts, ...]:
    return tuple(
        ClaimFacts(
            claimed_on=row.claimed_on,
            ended_on=row.ended_on,
            is_return=row.is_return,
            first_passed_on=row.first_passed_on,
            is_lifted=bool(issue.cleared_at and row.ended_at and row.ended_at <= issue.cleared_at),
        )
        for row in rows
        if row.round == issue.round
    )


def _notices(issue: Issue | Row[Any], rows: Iterable[Any]) -> tuple[NoticeFacts, ...]:
    """Signed notices of the current round that are to be signed for or answered."""
    cleared_on = clock.day_of(issue.cleared_at) if issue.cleared_at else None
    return tuple(
        NoticeFacts(
            kind=row.kind,
            number=row.number,
            sign_due=row.sign_due,
            acknowledged_on=clock.day_of(row.acknowledged_at) if row.acknowledged_at else None,
            reply_due=row.reply_due,
            replied_on=clock.day_of(row.replied_at) if row.replied_at else None,
            is_lifted=bool(cleared_on and row.reply_due and row.reply_due < cleared_on),
        )
        for row in rows
        if issue.assigned_on and row.signed_on >= issue.assigned_on
    )


def _unable_on(issue: Issue | Row[Any], rows: Iterable[Any]) -> date | None:
    """The day a closed assessment round found the unit unable to finish, unless lifted since."""
    if issue.assigned_on is None:
        return None
    since = issue.assigned_on
    if issue.cleared_at:
        since = max(since, clock.day_of(issue.cleared_at))
    return next((row.closed_on for row in rows if row.closed_on >= since), None)


def measures_of(issue: Issue) -> list[Measure]:
    """The measures of the current round's plan, in order."""
    return list(db.session.scalars(_PLAN, {"issue": issue.id, "round": issue.round}))


_PLAN = (
    select(Measure)
    .where(
        Measure.issue_id == bindparam("issue"),
        Measure.round == bindparam("round"),
        Measure.dropped_at.is_(None),
    )
    .order_by(Measure.no)
)


def claims_of(issue: Issue) -> list[Claim]:
    """The requests for acceptance of the current round, in order."""
    rows = select(Claim).where(Claim.issue_id == issue.id, Claim.round == issue.round)
    return list(db.session.scalars(rows.order_by(Claim.id)))


def findings_of(issue: Issue) -> list[Finding]:
    """The findings of false or relapsed rectification that still hold."""
    rows = select(Finding).where(Finding.issue_id == issue.id, Finding.ended_on.is_(None))
    return list(db.session.scalars(rows.order_by(Finding.id)))
