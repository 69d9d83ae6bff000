"""The past of tickets that came in from a ledger: spans of the days before, marked back-filled.

What the register held on a day stands in the spans that are not so marked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, insert, select
from sqlalchemy.orm import aliased

from extensions import db
from issues.colour.policies import policy_on, workdays
from issues.ground.batches import among, without_collecting
from issues.imprints.writing import touch
from issues.models import Claim, ColourSpan, Event, Issue, Measure
from issues.models.issue import NO_CARD
from issues.rules.colour import thresholds
from issues.rules.facts import ClaimFacts, Facts, MeasureFacts
from issues.rules.firings import Firing
from issues.rules.past import Brought, Stretch, of_measures, stretches
from issues.rules.policy import Policy
from issues.vocabulary import STRUCK_OFF, Action, Rule, Status, Subject

AT_ONCE = 1000
CLOSING_UNSAID = "销号日期说明"
"""The heading in `Issue.extra` under which an import says that the sheet had no day of closing."""
ROUND = 1
"""A ticket comes in with its first round."""


def unfilled() -> ColumnElement[bool]:
    """That a ticket came in after its assignment and nothing is kept of the days between."""
    before = aliased(ColourSpan)
    kept = exists().where(before.issue_id == Issue.id, before.valid_from < Issue.imported_on)
    return and_(Issue.first_assigned_on < Issue.imported_on, ~kept)


def next_unfilled(after: int) -> list[int]:
    """The next such tickets behind this one, at most so many as are filled at once."""
    rows = select(Issue.id).where(Issue.id > after, unfilled()).order_by(Issue.id)
    return list(db.session.scalars(rows.limit(AT_ONCE)))


def fill(ids: Sequence[int]) -> list[int]:
    """Write the past of these tickets where it is missing; those that got one. Never commits.

    A fixed number of statements for each lot of a thousand.
    """
    db.session.flush()
    lots = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    return [one for lot in lots for one in _fill(lot)]


@without_collecting()
def _fill(ids: Sequence[int]) -> list[int]:
    connection = db.session.connection()
    rows = connection.execute(_came_in(ids)).all()
    claims, measures = _claims(ids), _measures(ids)
    rules: dict[date, tuple[int, Policy]] = {}
    calendar = workdays()
    written: list[dict[str, Any]] = []
    for row in rows:
        if row.imported_on not in rules:
            rules[row.imported_on] = policy_on(row.imported_on)
        number, numbers = rules[row.imported_on]
        brought = _brought(row, claims.get(row.id), measures[row.id])
        written += (_span(row, one, number) for one in stretches(brought, numbers, calendar))
    if written:
        connection.execute(insert(ColourSpan), written)
        touch(ColourSpan, among(ColourSpan.issue_id, ids), is_new=True)
    return sorted({span["issue_id"] for span in written})


def _came_in(ids: Sequence[int]) -> Select[Any]:
    """The tickets with their first span: what the register held at the end of the day of import."""
    first = and_(ColourSpan.issue_id == Issue.id, ColourSpan.valid_from == Issue.imported_on)
    came = (
        select(func.min(Event.id))
        .where(Event.subject == Subject.TICKET.value, Event.subject_id == Issue.id)
        .where(Event.action == Action.IMPORT.value)
        .correlate(Issue)
        .scalar_subquery()
    )
    kept = (
        Issue.id, Issue.deadline_kind, Issue.first_assigned_on, Issue.first_deadline,
        Issue.imported_on, Issue.closed_on, Issue.round, Issue.extra, Event.after,
        ColourSpan.unit_id, ColourSpan.region, ColourSpan.source, ColourSpan.status,
        ColourSpan.firings,
    )  # fmt: skip
    rows = select(*kept).join(ColourSpan, first)
    rows = rows.outerjoin(Event, Event.id == came)
    return rows.where(among(Issue.id, ids), unfilled())


def _claims(ids: Sequence[int]) -> Mapping[int, ClaimFacts]:
    """The first claim of each ticket that was made before it came in, as it then was: running."""
    rows = (
        select(Claim.issue_id, func.min(Claim.claimed_on))
        .join(Issue, Issue.id == Claim.issue_id)
        .where(among(Claim.issue_id, ids), Claim.round == ROUND)
        .where(Claim.claimed_on < Issue.imported_on)
        .group_by(Claim.issue_id)
    )
    return {key: ClaimFacts(day) for key, day in db.session.connection().execute(rows)}


def _measures(ids: Sequence[int]) -> Mapping[int, list[MeasureFacts]]:
    """The measures not done. When one that is done was done, no ledger says."""
    found: dict[int, list[MeasureFacts]] = defaultdict(list)
    rows = (
        select(
            Measure.issue_id, Measure.no, Measure.start, Measure.deadline, Measure.target,
            Measure.unit_of_target, Measure.confirmed, Measure.sense_of_target,
        )
        .where(among(Measure.issue_id, ids), Measure.round == ROUND)
        .where(Measure.dropped_at.is_(None), Measure.is_done.is_(False))
        .order_by(Measure.issue_id, Measure.no)
    )  # fmt: skip
    for row in db.session.connection().execute(rows):
        found[row.issue_id].append(
            MeasureFacts(
                no=row.no, start=row.start, deadline=row.deadline, target=row.target,
                unit_of_target=row.unit_of_target, confirmed=row.confirmed,
                sense=row.sense_of_target,
            )
        )  # fmt: skip
    return found


def _brought(row: Row[Any], claim: ClaimFacts | None, measures: Iterable[MeasureFacts]) -> Brought:
    """The ticket as it came in: what became of it later is no fact of the days before.

    A ticket that came in open has in its first span what its measures then gave.
    """
    status = Status(row.after or row.status)
    closed_on, is_known = None, True
    if status in STRUCK_OFF:
        closed_on = min(row.closed_on or row.imported_on, row.imported_on)
        is_known = CLOSING_UNSAID not in row.extra and row.closed_on == closed_on
    facts = Facts(
        source=row.source,
        status=status,
        kind=row.deadline_kind,
        assigned=row.first_assigned_on,
        due=_due(row),
        measures=tuple(measures),
        claims=(claim,) if claim else (),
    )
    measured = None
    if status not in STRUCK_OFF:
        measured = of_measures([Firing.from_document(found) for found in row.firings])
    return Brought(facts, row.imported_on, closed_on, is_known, measured)


def _due(row: Row[Any]) -> date | None:
    """The deadline it came in with: a later round has one of its own."""
    if row.round == ROUND:
        return row.first_deadline
    told = (found["facts"]["due"] for found in row.firings if found["rule"] == Rule.R1)
    return next(map(date.fromisoformat, told), None)


def _span(row: Row[Any], one: Stretch, policy: int) -> dict[str, Any]:
    yellow_from, red_from = thresholds(one.firings)
    return {
        "issue_id": row.id,
        "valid_from": one.begin,
        "valid_to": one.end,
        "yellow_from": yellow_from,
        "red_from": red_from,
        "card": NO_CARD,
        "status": one.status,
        "unit_id": row.unit_id,
        "region": row.region,
        "source": row.source,
        "policy": policy,
        "firings": [firing.document() for firing in one.firings],
        "is_backfilled": True,
    }


def lots() -> Iterator[list[int]]:
    """The tickets whose past is missing, a lot at a time; each lot is looked up when asked for."""
    last = 0
    while ids := next_unfilled(last):
        yield ids
        last = ids[-1]
