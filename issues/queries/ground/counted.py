"""Which tickets a figure leaves out, since another of the same problem is counted for both.

Only where the one that leads stands on the board of the day in the person's sight, and, once it is
struck off, for those that are struck off too: what still runs is never hidden behind it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select, true, union
from sqlalchemy.orm import aliased

from auth.actor import Actor
from issues.models import ColourSpan, Issue, IssueLink
from issues.queries.ground.day import Standing
from issues.rights.table import reach
from issues.vocabulary import OFF_BOARD, STRUCK_OFF, LinkKind


class _Stood(NamedTuple):
    """A ticket as it stood on the day: its row, its id, and that the row holds the day."""

    row: Any
    id: Any
    held: ColumnElement[bool]


def _stood(standing: Standing) -> _Stood:
    if standing.span is None:
        row = aliased(Issue)
        return _Stood(row, row.id, true())
    span = aliased(ColourSpan)
    then = Standing.of_span(span, standing.day, is_seen=standing.is_seen)
    return _Stood(span, span.issue_id, then.held())


def led(actor: Actor, standing: Standing) -> Select[Any]:
    """The ids of those that are left out on the day.

    Links are few beside what is in sight: the tickets of each are looked up, sight is never listed.
    """
    leader, led_one = _stood(standing), _stood(standing)
    seen = select(Issue.id).where(Issue.id == IssueLink.to_id, reach(actor)).correlate(IssueLink)
    struck = select(led_one.id).where(
        led_one.id == IssueLink.issue_id, led_one.held, led_one.row.status.in_(STRUCK_OFF)
    )
    leads = select(leader.id).where(
        leader.id == IssueLink.to_id, leader.held, leader.row.status.not_in(OFF_BOARD),
        or_(leader.row.status.not_in(STRUCK_OFF), struck.correlate(IssueLink).exists()),
    )  # fmt: skip
    return select(IssueLink.issue_id).where(
        IssueLink.kind == LinkKind.SAME_PROBLEM, _holds(standing.day), seen.exists(),
        leads.correlate(IssueLink).exists(),
    ).correlate(None)  # fmt: skip


def counts_once(actor: Actor, standing: Standing) -> ColumnElement[bool]:
    """The condition on Issue that no other ticket is counted for it."""
    return Issue.id.not_in(led(actor, standing))


def leading(on: date) -> ColumnElement[int]:
    """Of a ticket: the id of the one that leads its problem on the day, or its own."""
    leader = (
        select(func.min(IssueLink.to_id))
        .where(IssueLink.issue_id == Issue.id, IssueLink.kind == LinkKind.SAME_PROBLEM, _holds(on))
        .correlate(Issue)
        .scalar_subquery()
    )
    return func.coalesce(leader, Issue.id)


def _holds(on: date) -> ColumnElement[bool]:
    return and_(
        IssueLink.linked_on <= on, or_(IssueLink.ended_on.is_(None), IssueLink.ended_on > on)
    )


def same_problem(numbers: Sequence[str]) -> ColumnElement[bool]:
    """The condition on Issue that it is one of these, or of the same problem as one of them."""
    named, other = aliased(Issue), aliased(IssueLink)
    live = and_(IssueLink.kind == LinkKind.SAME_PROBLEM, IssueLink.ended_on.is_(None))
    mine = select(named.id).where(named.number.in_(numbers)).correlate(None)
    leading = union(
        mine, select(IssueLink.to_id).where(live, IssueLink.issue_id.in_(mine))
    ).subquery()
    leaders = select(leading.c.id)
    followers = select(other.issue_id).where(
        other.kind == LinkKind.SAME_PROBLEM, other.ended_on.is_(None), other.to_id.in_(leaders)
    )
    return or_(Issue.id.in_(leaders), Issue.id.in_(followers))


def tied_at_all() -> ScalarSelect[int]:
    """How many tickets are or were tied to one that is counted for them."""
    same = IssueLink.kind == LinkKind.SAME_PROBLEM
    return select(func.count(IssueLink.id)).where(same).scalar_subquery()
