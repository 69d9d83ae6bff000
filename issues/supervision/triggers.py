"""When a notice is to be drafted: one table (docs/rules.md). Each row finds its own occurrences.

An occurrence is one unbroken time in which the trigger holds; its name is made from what began it,
so that the same occurrence has the same name in every process and on every run. Which of several
that hold on one ticket is drafted is for `one_paper` to say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select

from extensions import db
from issues.ground import clock
from issues.ground.batches import Reads, among, narrowed
from issues.models import (
    Card,
    Exposure,
    Finding,
    Issue,
    IssueFiring,
    Notice,
    NoticeIssue,
)
from issues.rules.dates.days import days_after
from issues.rules.policy import Policy
from issues.supervision.one_paper import Asked, Due, Pair, one_each
from issues.supervision.yellow_triggers import first_yellow, long_yellow, second_yellow, unanswered
from issues.vocabulary import OPEN, Colour, NoticeKind, NoticeStatus, Rule, Status

RED = Colour.RED.value
QUARTER = 3
MANY_RED = "many_red"


Finder = Callable[[date, Policy, ColumnElement[bool]], Iterator[Pair]]


@dataclass(frozen=True, slots=True)
class Trigger:
    """`finds` is given the day, the policy and a condition on Issue.

    `rests_on`: the read of RESTS without which it finds nothing of a ticket, or "yellow": that
    it is yellow by day or card.
    """

    name: str
    kind: NoticeKind
    finds: Finder
    rests_on: str = ""


def due_drafts(on: date, policy: Policy, only: int | None = None) -> list[Due]:
    """What is to be drafted on a day and was not yet, of one ticket or of all.

    One paper a ticket, the highest step; an N0 beside it, which hands the ticket over.
    """
    of_issue = Issue.id == only if only is not None else Issue.id.is_not(None)
    worth = {"", "yellow", *RESTS.names} if only is None else _worth(only, on)
    found = [
        Asked(Due(trigger.kind, pair.issue_id, trigger.name, pair.occurrence), pair.since)
        for trigger in TRIGGERS
        if trigger.rests_on in worth
        for pair in trigger.finds(on, policy, of_issue)
    ]
    if not found:
        return []
    rows = db.session.execute(
        select(Notice.issue_id, Notice.trigger, Notice.occurrence).where(
            among(Notice.issue_id, {one.due.issue_id for one in found})
        )
    )
    known = {tuple(row) for row in rows}
    new = [one for one in found if one.due[1:] not in known]
    handed = [one.due for one in new if one.due.kind is NoticeKind.N0]
    pressing = [one for one in new if one.due.kind is not NoticeKind.N0]
    return [*handed, *one_each(pressing, handed, on)]


def _worth(only: int, on: date) -> set[str]:
    """What triggers may rest on of one ticket on a day."""
    issue = db.session.get_one(Issue, only)
    is_yellow = issue.yellow_from <= on or issue.card == Colour.YELLOW.value
    return {"", *RESTS.worth([only])} | ({"yellow"} if is_yellow else set())


def _assigned(_on: date, _policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    """Once an assignment: a unit the ticket is passed on to on the same day is told as well."""
    rows = select(Issue.id, Issue.round, Issue.assigned_on, Issue.primary_unit_id).where(
        of_issue, Issue.status == Status.ASSIGNED
    )
    for row in db.session.execute(rows):
        name = f"round-{row.round}-{row.assigned_on}-unit-{row.primary_unit_id}"
        yield Pair(row.id, name, row.assigned_on)


def _red_cards(on: date, of_issue: ColumnElement[bool], days: int) -> Iterator[Pair]:
    """Red cards that have stood so many days."""
    rows = (
        select(Card.id, Card.issue_id, Card.raised_on)
        .join(Issue, Issue.id == Card.issue_id)
        .where(of_issue, Issue.status.in_(OPEN), Card.colour == RED, Card.lifted_on.is_(None))
        .where(Card.raised_on <= on - timedelta(days=days))
    )
    for row in db.session.execute(rows):
        yield Pair(row.issue_id, f"card-{row.id}", days_after(row.raised_on, days))


def _red_card(on: date, _policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    return _red_cards(on, of_issue, 0)


def _long_red(on: date, policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    return _red_cards(on, of_issue, policy.red_days_n4)


def _very_long_red(on: date, policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    return _red_cards(on, of_issue, policy.red_days_n6)


def _many_red(on: date, policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    """So many red cards at one unit in a quarter; the latest of them is the ticket named.

    The unit is summoned once a quarter for it, whichever ticket was named: its next red card has
    a paper of its own.
    """
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
        select(Card.issue_id, Card.raised_on, cards.c.primary_unit_id)
        .join(cards, cards.c.last == Card.id)
        .join(Issue, Issue.id == Card.issue_id)
        .where(of_issue, Issue.status.in_(OPEN))
    )
    known = select(Notice.occurrence).where(
        Notice.trigger == MANY_RED, Notice.occurrence.endswith(f"-{first}")
    )
    summoned = set(db.session.scalars(known))
    for row in db.session.execute(rows):
        name = f"unit-{row.primary_unit_id}-{first}"
        if name not in summoned:
            yield Pair(row.issue_id, name, row.raised_on)


def _lapsed_red(on: date, _policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    rows = (
        select(Notice.id, NoticeIssue.issue_id, Notice.reply_due)
        .join(NoticeIssue, NoticeIssue.notice_id == Notice.id)
        .join(Issue, Issue.id == NoticeIssue.issue_id)
        .where(of_issue, Issue.status.in_(OPEN), Notice.kind == NoticeKind.N3)
        .where(Notice.status == NoticeStatus.SIGNED, Notice.replied_at.is_(None))
        .where(Notice.reply_due < on)
    )
    for row in db.session.execute(rows):
        yield Pair(row.issue_id, f"notice-{row.id}", days_after(row.reply_due, 1))


def _exposed(_on: date, _policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    return _recorded(Exposure, "exposure", of_issue)


def _found(_on: date, _policy: Policy, of_issue: ColumnElement[bool]) -> Iterator[Pair]:
    return _recorded(Finding, "finding", of_issue)


def _recorded(
    table: type[Exposure] | type[Finding], name: str, of_issue: ColumnElement[bool]
) -> Iterator[Pair]:
    rows = (
        select(table.id, table.issue_id, table.recorded_at)
        .join(Issue, Issue.id == table.issue_id)
        .where(of_issue, Issue.status.in_(OPEN), table.ended_on.is_(None))
    )
    for row in db.session.execute(rows):
        yield Pair(row.issue_id, f"{name}-{row.id}", clock.day_of(row.recorded_at))


TRIGGERS = (
    Trigger("assigned", NoticeKind.N0, _assigned),
    Trigger("first_yellow", NoticeKind.N1, first_yellow, "yellow"),
    Trigger("second_yellow", NoticeKind.N2, second_yellow, "cards"),
    Trigger("unanswered", NoticeKind.N2, unanswered, "unanswered"),
    Trigger("long_yellow", NoticeKind.N2, long_yellow, "yellow"),
    Trigger("red_card", NoticeKind.N3, _red_card, "cards"),
    Trigger("long_red", NoticeKind.N4, _long_red, "cards"),
    Trigger(MANY_RED, NoticeKind.N4, _many_red, "cards"),
    Trigger("lapsed_red", NoticeKind.N4, _lapsed_red, "notices"),
    Trigger("very_long_red", NoticeKind.N6, _very_long_red, "cards"),
    Trigger("exposed", NoticeKind.N6, _exposed, "exposures"),
    Trigger("found", NoticeKind.N6, _found, "findings"),
)
RESTS = Reads(
    {
        "cards": narrowed(select(Card.issue_id), Card.issue_id),
        "unanswered": narrowed(
            select(IssueFiring.issue_id).where(IssueFiring.rule == Rule.Y6), IssueFiring.issue_id
        ),
        "notices": narrowed(select(NoticeIssue.issue_id), NoticeIssue.issue_id),
        "exposures": narrowed(select(Exposure.issue_id), Exposure.issue_id),
        "findings": narrowed(select(Finding.issue_id), Finding.issue_id),
    }
)
"""Most tickets have none of these, and then most triggers find nothing."""
LABELS = {
    "assigned": "交办", "first_yellow": "首次转黄", "second_yellow": "再次黄牌",
    "unanswered": "督办未回应", "long_yellow": "持续黄色", "red_card": "红牌",
    "long_red": "红牌未摘", "many_red": "一季度多张红牌", "lapsed_red": "红牌督办逾期未答复",
    "very_long_red": "红牌长期未摘", "exposed": "通报曝光", "found": "虚假或反弹",
    "returned": "验收退回", "closed": "销号", "lifted": "摘牌", "by_hand": "手工起草",
}  # fmt: skip
"""What began a draft, as a page says it. The last ones are drafted by an act or by hand."""
