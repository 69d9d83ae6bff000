"""When a reminder or a yellow-card notice is to be drafted: the yellow rows of `triggers`."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, or_, select

from extensions import db
from issues.models import Card, ColourSpan, Issue, IssueFiring
from issues.rules.dates.days import days_after
from issues.rules.policy import Policy
from issues.rules.unbroken import yellow_since
from issues.supervision.one_paper import Pair
from issues.vocabulary import OPEN, Colour, Rule

RED, YELLOW = Colour.RED.value, Colour.YELLOW.value


def first_yellow(on: date, _policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    """The computed colour, once a round; a ticket that is red already is past a reminder.

    Since its first yellow day of the round on record, whatever moved the day afterwards: an
    extension makes no second first time.
    """
    span = ColourSpan
    begun = case((span.yellow_from > span.valid_from, span.yellow_from), else_=span.valid_from)
    recorded = (
        select(func.min(begun))
        .where(span.issue_id == Issue.id, span.status.in_(OPEN))
        .where(span.valid_from >= Issue.assigned_on, span.yellow_from < span.valid_to)
        .scalar_subquery()
    )
    rows = select(Issue.id, Issue.round, Issue.yellow_from, recorded.label("recorded")).where(
        of_issue, Issue.status.in_(OPEN), Issue.yellow_from <= on, Issue.red_from > on
    )
    for row in db.session.execute(rows):
        yield Pair(row.id, f"round-{row.round}", min(row.recorded or on, row.yellow_from))


def second_yellow(_on: date, policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    rows = (
        select(
            Card.issue_id, func.count(Card.id).label("cards"), func.max(Card.raised_on).label("on")
        )
        .join(Issue, Issue.id == Card.issue_id)
        .where(of_issue, Card.colour == YELLOW, Card.is_watch.is_(False), Issue.card == YELLOW)
        .group_by(Card.issue_id)
        .having(func.count(Card.id) >= policy.yellow_cards_n2)
    )
    for row in db.session.execute(rows):
        yield Pair(row.issue_id, f"cards-{row.cards}", row.on)


def unanswered(on: date, _policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    rows = (
        select(IssueFiring.issue_id, IssueFiring.since)
        .join(Issue, Issue.id == IssueFiring.issue_id)
        .where(of_issue, Issue.status.in_(OPEN), IssueFiring.rule == Rule.Y6)
        .where(IssueFiring.since <= on)
    )
    for row in db.session.execute(rows):
        yield Pair(row.issue_id, f"since-{row.since}", row.since)


def long_yellow(on: date, policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    """Shown yellow so many days running, the first and this one counted: computed or by its card.

    As it was shown on each day: what later dates a colour back makes no earlier day yellow.
    """
    more = policy.yellow_days_n2 - 1
    for issue_id, spans in _spans_of_yellow(on, of_issue):
        since = yellow_since(spans, on)
        if since is not None and since <= on - timedelta(days=more):
            yield Pair(issue_id, f"since-{since}", days_after(since, more))


def _spans_of_yellow(
    on: date, of_issue: ColumnElement[bool]
) -> Iterator[tuple[int, list[Row[Any]]]]:
    """The recorded days of every ticket that is shown yellow on a day, the oldest first."""
    span = ColourSpan
    rows = (
        select(
            span.issue_id, span.valid_from, span.valid_to, span.status, span.yellow_from,
            span.red_from, span.card,
        )
        .join(Issue, Issue.id == span.issue_id)
        .where(of_issue, Issue.status.in_(OPEN), Issue.card != RED, Issue.red_from > on)
        .where(or_(Issue.yellow_from <= on, Issue.card == YELLOW))
        .order_by(span.issue_id, span.valid_from)
    )  # fmt: skip
    found: Iterable[Row[Any]] = db.session.execute(rows)
    for issue_id, spans in groupby(found, lambda row: row.issue_id):
        yield issue_id, list(spans)
