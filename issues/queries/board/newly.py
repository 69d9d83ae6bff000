"""Newly red tickets: red on the day and not red on an earlier one.

Which tickets were red on a past day is one bit for each of them, and the same for every viewer:
what is newly red is looked for among those in a person's sight.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from auth.actor import Actor
from extensions import db, plain_rows
from issues.models import ColourSpan, Issue, Notice, NoticeIssue
from issues.queries.board import outlook
from issues.queries.board.outlook import Turn
from issues.queries.ground.counted import led
from issues.queries.ground.day import Standing
from issues.queries.ground.remembered import of_past
from issues.queries.register.pressed import waiting
from issues.rules.colour import reasons
from issues.rules.firings import Firing
from issues.vocabulary import Colour, NoticeKind

BY_CARD_ALONE = "市环委办挂红牌"
NEWLY = "newly"


@dataclass(frozen=True, slots=True)
class NewlyRed:
    """`why` is one line; `notice` the gravest supervision notice that waits for an answer."""

    number: str
    title: str
    unit: str
    sponsor: str
    why: str
    notice: NoticeKind | None


class Marked:
    """A set of ticket ids that takes a bit for each ticket there is."""

    def __init__(self, ids: Iterable[int]) -> None:
        ids = list(ids)
        self.bits = bytearray(max(ids, default=0) // 8 + 1)
        for one in ids:
            self.bits[one >> 3] |= 1 << (one & 7)

    def without(self, ids: Iterable[int]) -> list[int]:
        """Those of the ids that are not in the set, in their order."""
        bits, end = self.bits, len(self.bits) * 8
        return [one for one in ids if one >= end or not bits[one >> 3] >> (one & 7) & 1]


def newly_red(actor: Actor, standing: Standing, since: date, mark: str | None) -> list[int]:
    """The ids of the tickets, the longest red first.

    One statement, and one for the earlier day where nothing is kept of it: `mark` is that of
    `remembered.settled`, None where the earlier day is not past.
    """
    is_seen = standing.is_seen
    before = of_past(mark, ("red", since, is_seen), lambda: _marked(since, is_seen=is_seen))
    seen = standing.seen_by(actor, select(_ticket(standing))).where(*_red(standing))
    seen = seen.where(_ticket(standing).not_in(led(actor, standing)))
    order = (standing.red_from, standing.yellow_from, _ticket(standing))
    return before.without(plain_rows(seen.order_by(*order)).scalars())


def _marked(day: date, *, is_seen: bool) -> Marked:
    then = Standing.of_span(aliased(ColourSpan), day, is_seen=is_seen)
    rows = select(then.span.issue_id).where(then.held(), *_red(then))
    return Marked(plain_rows(rows).scalars())


def _ticket(standing: Standing) -> InstrumentedAttribute[int]:
    return Issue.id if standing.span is None else standing.span.issue_id


def _red(standing: Standing) -> tuple:
    """Only what is past its red day or carded can be red: said first, it spares the ladder."""
    carded = standing.card == Colour.RED.value
    return or_(standing.red_from <= standing.day, carded), standing.is_red()


def listed(
    actor: Actor, standing: Standing, within: int, most: int, ids: list[int]
) -> tuple[list[Turn], list[NewlyRed]]:
    """The first that turn each colour within the days, and the first of these newly red ones.

    One statement.
    """
    parts = list(outlook.turning_parts(actor, standing, within, most))
    if ids:
        parts.append(_listed(standing, ids[:most]))
    rows = db.session.execute(outlook.whole(parts)).all()
    turns = outlook.turns_of((row for row in rows if row.what != NEWLY), None)
    newly = {row.id: row for row in rows if row.what == NEWLY}
    return turns, [_newly(newly[one], standing.day) for one in ids[:most]]


def _listed(standing: Standing, ids: list[int]) -> Select:
    gravest = (
        select(func.max(Notice.kind))
        .join(NoticeIssue, NoticeIssue.notice_id == Notice.id)
        .where(NoticeIssue.issue_id == Issue.id, waiting(standing.day))
        .scalar_subquery()
    )
    return outlook.told(standing, NEWLY, standing.red_from, gravest).where(Issue.id.in_(ids))


def _newly(row: Row, day: date) -> NewlyRed:
    notice = NoticeKind(row.notice) if row.notice else None
    unit, why = row.short_name or "", _why(row.firings, day)
    return NewlyRed(row.number, row.title, unit, row.sponsor, why, notice)


def _why(documents: list[dict], day: date) -> str:
    found = reasons([Firing.from_document(document) for document in documents], day)
    reds = [firing for firing in found if firing.rule.colour is Colour.RED]
    return reds[0].because(day) if reds else BY_CARD_ALONE
