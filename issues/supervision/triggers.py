"""When a notice is to be drafted: one table (docs/rules.md). Each row finds its own occurrences.

An occurrence is one unbroken time in which the trigger holds; its name is made from what began it,
so that the same occurrence has the same name in every process and on every run.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from extensions import db
from issues.models import (
    Card,
    Exposure,
    Finding,
    Issue,
    IssueFiring,
    Notice,
    NoticeIssue,
)
from issues.rules.policy import Policy
from issues.vocabulary import OPEN, Colour, NoticeKind, NoticeStatus, Rule, Status

RED, YELLOW = Colour.RED.value, Colour.YELLOW.value
QUARTER = 3


class Due(NamedTuple):
    """A notice that is to be drafted, once."""

    kind: NoticeKind
    issue_id: int
    trigger: str
    occurrence: str


class Pair(NamedTuple):
    issue_id: int
    occurrence: str


Finder = Callable[[date, Policy, ColumnElement[bool]], Iterator[Pair]]


@dataclass(frozen=True, slots=True)
class Trigger:
    """`finds` is given the day, the policy and a condition on Issue."""

    name: str
    kind: NoticeKind
    finds: Finder


def due_drafts(on: date, policy: Policy, only: int | None = None) -> list[Due]:
    """What is to be drafted on a day and was not yet, of one ticket or of all."""
    of_issue = Issue.id == only if only is not None else Issue.id.is_not(None)
    found = [
        Due(trigger.kind, pair.issue_id, trigger.name, pair.occurrence)
        for trigger in TRIGGERS
        for pair in trigger.finds(on, policy, of_issue)
    ]
    rows = db.session.execute(
        select(Notice.issue_id, Notice.trigger, Notice.occurrence).where(
            Notice.issue_id.in_({due.issue_id for due in found})
        )
    )
    known = {tuple(row) for row in rows}
    return [due for due in found if (due.issue_id, due.trigger, due.occurrence) not in known]


def _open(of_issue: ColumnElement[bool]) -> Select[Any]:
    return select(Issue).where(of_issue, Issue.status.in_(OPEN))


def _assigned(_on: date, _policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    """Once an assignment: a unit the ticket is passed on to on the same day is told as well."""
    rows = select(Issue.id, Issue.round, Issue.assigned_on, Issue.primary_unit_id).where(
        of_issue, Issue.status == Status.ASSIGNED
    )
    for row in db.session.execute(rows):
        yield Pair(row.id, f"round-{row.round}-{row.assigned_on}-unit-{row.primary_unit_id}")


def _first_yellow(on: date, _policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    """The computed colour, once a round; a ticket that is red already is past a reminder."""
    rows = _open(of_issue).where(Issue.yellow_from <= on, Issue.red_from > on)
    for issue in db.session.scalars(rows):
        yield Pair(issue.id, f"round-{issue.round}")


def _second_yellow(_on: date, policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    rows = (
        select(Card.issue_id, Issue.round, func.count(Card.id).label("cards"))
        .join(Issue, Issue.id == Card.issue_id)
        .where(of_issue, Card.colour == YELLOW, Card.is_watch.is_(False), Issue.card == YELLOW)
        .group_by(Card.issue_id, Issue.round)
        .having(func.count(Card.id) >= policy.yellow_cards_n2)
    )
    for row in db.session.execute(rows):
        yield Pair(row.issue_id, f"cards-{row.cards}")


def _unanswered(on: date, _policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    rows = (
        select(IssueFiring.issue_id, IssueFiring.since)
        .join(Issue, Issue.id == IssueFiring.issue_id)
        .where(of_issue, Issue.status.in_(OPEN), IssueFiring.rule == Rule.Y6)
        .where(IssueFiring.since <= on)
    )
    for row in db.session.execute(rows):
        yield Pair(row.issue_id, f"since-{row.since}")


def _long_yellow(on: date, policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    """Shown yellow so many days running, the first and this one counted."""
    first = on - timedelta(days=policy.yellow_days_n2 - 1)
    rows = _open(of_issue).where(Issue.yellow_from <= first, Issue.red_from > on)
    for issue in db.session.scalars(rows.where(Issue.card != RED)):
        yield Pair(issue.id, f"since-{issue.yellow_from}")


def _red_cards(on: date, of_issue: ColumnElement[bool], days: int) -> Iterator[Pair]:
    """Red cards that have stood so many days."""
    rows = (
        select(Card.id, Card.issue_id)
        .join(Issue, Issue.id == Card.issue_id)
        .where(of_issue, Issue.status.in_(OPEN), Card.colour == RED, Card.lifted_on.is_(None))
        .where(Card.raised_on <= on - timedelta(days=days))
    )
    for row in db.session.execute(rows):
        yield Pair(row.issue_id, f"card-{row.id}")


def _red_card(on: date, _policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    return _red_cards(on, of_issue, 0)


def _long_red(on: date, policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    return _red_cards(on, of_issue, policy.red_days_n4)


def _very_long_red(on: date, policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    return _red_cards(on, of_issue, policy.red_days_n6)


def _many_red(on: date, policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    """So many red cards at one unit in a quarter; the latest of them is the ticket named."""
    first = date(on.year, (on.month - 1) // QUARTER * QUARTER + 1, 1)
    cards = (
        select(Issue.primary_unit_id, func.max(Card.id).label("last"))
        .join(Issue, Issue.id == Card.issue_id)
        .where(Card.colour == RED, Card.raised_on >= first, Card.raised_on <= on)
        .group_by(Issue.primary_unit_id)
        .having(func.count(Card.id) >= policy.red_cards_n4)
        .subquery()
    )
    rows = (
        select(Card.issue_id, cards.c.primary_unit_id)
        .join(cards, cards.c.last == Card.id)
        .join(Issue, Issue.id == Card.issue_id)
        .where(of_issue, Issue.status.in_(OPEN))
    )
    for row in db.session.execute(rows):
        yield Pair(row.issue_id, f"unit-{row.primary_unit_id}-{first}")


def _lapsed_red(on: date, _policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    rows = (
        select(Notice.id, NoticeIssue.issue_id)
        .join(NoticeIssue, NoticeIssue.notice_id == Notice.id)
        .join(Issue, Issue.id == NoticeIssue.issue_id)
        .where(of_issue, Issue.status.in_(OPEN), Notice.kind == NoticeKind.N3)
        .where(Notice.status == NoticeStatus.SIGNED, Notice.replied_at.is_(None))
        .where(Notice.reply_due < on)
    )
    for row in db.session.execute(rows):
        yield Pair(row.issue_id, f"notice-{row.id}")


def _exposed(_on: date, _policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    return _recorded(Exposure, "exposure", of_issue)


def _found(_on: date, _policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    return _recorded(Finding, "finding", of_issue)


def _recorded(
    table: type[Exposure] | type[Finding], name: str, of_issue: ColumnElement[bool]
) -> Iterator[Pair]:
    rows = (
        select(table.id, table.issue_id)
        .join(Issue, Issue.id == table.issue_id)
        .where(of_issue, Issue.status.in_(OPEN), table.ended_on.is_(None))
    )
    for row in db.session.execute(rows):
        yield Pair(row.issue_id, f"{name}-{row.id}")


TRIGGERS = (
    Trigger("assigned", NoticeKind.N0, _assigned),
    Trigger("first_yellow", NoticeKind.N1, _first_yellow),
    Trigger("second_yellow", NoticeKind.N2, _second_yellow),
    Trigger("unanswered", NoticeKind.N2, _unanswered),
    Trigger("long_yellow", NoticeKind.N2, _long_yellow),
    Trigger("red_card", NoticeKind.N3, _red_card),
    Trigger("long_red", NoticeKind.N4, _long_red),
    Trigger("many_red", NoticeKind.N4, _many_red),
    Trigger("lapsed_red", NoticeKind.N4, _lapsed_red),
    Trigger("very_long_red", NoticeKind.N6, _very_long_red),
    Trigger("exposed", NoticeKind.N6, _exposed),
    Trigger("found", NoticeKind.N6, _found),
)
LABELS = {
    "assigned": "交办", "first_yellow": "首次转黄", "second_yellow": "再次黄牌",
    "unanswered": "督办未回应", "long_yellow": "持续黄色", "red_card": "红牌",
    "long_red": "红牌未摘", "many_red": "一季度多张红牌", "lapsed_red": "红牌督办逾期未答复",
    "very_long_red": "红牌长期未摘", "exposed": "通报曝光", "found": "虚假或反弹",
    "returned": "验收退回", "closed": "销号", "lifted": "摘牌", "by_hand": "手工起草",
}  # fmt: skip
"""What began a draft, as a page says it. The last ones are drafted by an act or by hand."""
