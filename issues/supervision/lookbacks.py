"""Look-backs planned by themselves (docs/rules.md, 回头看 default)."""

import math
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from auth.actor import SYSTEM, Actor
from extensions import db
from issues import audit
from issues.evidence import reviewing
from issues.evidence.places import distance_m
from issues.ground import clock
from issues.ground.present import present
from issues.models import Card, Issue, Lookback, Reading
from issues.rules.dates.days import months_after
from issues.rules.policy import Policy
from issues.vocabulary import COMPLAINT_SOURCES, STRUCK_OFF, Action, Colour
from issues.workflow.effect.lacking import broken_limit

METRES_A_DEGREE = 110_000
"""Of latitude, and at most of longitude: a box of this many holds every nearer point."""

RED_CARD, OF_SOURCE, AGAIN = "曾挂红牌", "来源规定", "回头看后复查"
AGAIN_MONTHS = 6
MARK = "信访件{}："
"""Begins why a look-back was proposed: the number of the complaint that did."""
LONGEST = Lookback.why.type.length


def plan(issue: Issue, on: date, policy: Policy) -> list[Lookback]:
    """Plan what the defaults ask for after closure, and the next one after each visit.

    Never commits.
    """
    wanted = _after_closure(issue, policy) if issue.closed_on == on else []
    if not wanted and _none_is_planned(issue):
        wanted = [(months_after(on, AGAIN_MONTHS), AGAIN)] if _ever_visited(issue) else []
    return _write(issue, wanted)


def plan_ahead(issue: Issue, on: date, policy: Policy) -> list[Lookback]:
    """What the defaults ask of a ticket that came in struck off, as far as it lies ahead.

    Whether an earlier day was kept no ledger says, so none is planned for it. Never commits.
    """
    if issue.status not in STRUCK_OFF:
        return []
    return _write(issue, [(day, why) for day, why in _after_closure(issue, policy) if day > on])


def _write(issue: Issue, wanted: list[tuple[date, str]]) -> list[Lookback]:
    """What is planned already is left as it is."""
    rows = [
        Lookback(issue_id=issue.id, planned_on=day, why=why)
        for day, why in wanted
        if not _is_planned(issue, day, why)
    ]
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _after_closure(issue: Issue, policy: Policy) -> list[tuple[date, str]]:
    closed_on = present(issue.closed_on, f"the closing of {issue.number}")
    if _ever_red(issue):
        months = (policy.lookback_red_first, policy.lookback_red_second)
        return [(months_after(closed_on, count), RED_CARD) for count in months]
    first = policy.sources[issue.source].first_lookback_months
    return [(months_after(closed_on, first), OF_SOURCE)] if first else []


def _ever_red(issue: Issue) -> bool:
    red = exists().where(Card.issue_id == issue.id, Card.colour == Colour.RED.value)
    return bool(db.session.scalar(select(red)))


def _ever_visited(issue: Issue) -> bool:
    done = exists().where(Lookback.issue_id == issue.id, Lookback.done_on.is_not(None))
    return bool(db.session.scalar(select(done)))


def _none_is_planned(issue: Issue) -> bool:
    open_ = exists().where(Lookback.issue_id == issue.id, Lookback.done_on.is_(None))
    return not db.session.scalar(select(open_))


def _is_planned(issue: Issue, day: date, why: str) -> bool:
    known = exists().where(
        Lookback.issue_id == issue.id, Lookback.planned_on == day, Lookback.why == why
    )
    return bool(db.session.scalar(select(known)))


def propose(new: Issue, at: datetime, policy: Policy) -> list[Lookback]:
    """A complaint near a struck-off ticket, or about the same firm, proposes a look-back at once.

    Once for each complaint and ticket, however often the complaint is edited. Never commits.
    """
    if new.source not in COMPLAINT_SOURCES:
        return []
    on, planned = clock.day_of(at), []
    for old, why in _concerned(new, policy.lookback_near_metres):
        if _was_proposed(old, new):
            continue
        row = Lookback(issue_id=old.id, planned_on=on, why=f"{_mark(new)}{why}")
        db.session.add(row)
        db.session.flush()
        _tell(old, on, row.why, at)
        planned.append(row)
    return planned


def confirm_reading(issue: Issue, actor: Actor, row: Reading, *, at: datetime) -> None:
    """Outside its limit on a ticket struck off, it sends somebody to look. Never commits."""
    reviewing.confirm(issue, actor, row, at=at)
    if limit := broken_limit(issue, row):
        read = f"{row.sampled_on} {row.pollutant}{row.value:f}{row.unit_of_value}"
        _propose_at_once(issue, f"读数未达标：{read}，要求{limit}"[:LONGEST], at)


def seen_again(issue: Issue, on: date, why: str, at: datetime) -> None:
    """The same problem was seen on a day: after the closing it sends somebody to look.

    Never commits.
    """
    if issue.closed_on is None or on >= issue.closed_on:
        _propose_at_once(issue, why, at)


def _propose_at_once(issue: Issue, why: str, at: datetime) -> None:
    on = clock.day_of(at)
    if issue.status not in STRUCK_OFF or _is_planned(issue, on, why):
        return
    _write(issue, [(on, why)])
    _tell(issue, on, why, at)


def _tell(issue: Issue, on: date, why: str, at: datetime) -> None:
    audit.record_beside(
        issue, Action.PLAN_LOOKBACK, SYSTEM, at=at, reason=why,
        detail={"planned_on": on.isoformat(), "reason": why}, is_covert=True,
    )  # fmt: skip


def _mark(new: Issue) -> str:
    return MARK.format(new.number)


def _concerned(new: Issue, metres: int) -> Iterator[tuple[Issue, str]]:
    same_firm: ColumnElement[bool] = false()
    near: ColumnElement[bool] = false()
    if new.subject_firm:
        same_firm = Issue.subject_firm == new.subject_firm
    if new.lon is not None and new.lat is not None:
        north = metres / METRES_A_DEGREE
        east = north / max(0.1, math.cos(math.radians(new.lat)))
        near = and_(
            Issue.lon.between(new.lon - east, new.lon + east),
            Issue.lat.between(new.lat - north, new.lat + north),
        )
    rows = select(Issue).where(
        Issue.status.in_(STRUCK_OFF), Issue.id != new.id, or_(same_firm, near)
    )
    for old in db.session.scalars(rows.order_by(Issue.id)).all():
        if new.subject_firm and old.subject_firm == new.subject_firm:
            yield old, "同一责任主体"
            continue
        if new.lon is None or new.lat is None or old.lon is None or old.lat is None:
            continue
        away = distance_m(new.lon, new.lat, old.lon, old.lat)
        if away <= metres:
            yield old, f"相距{away:.0f}米"


def _was_proposed(old: Issue, new: Issue) -> bool:
    known = exists().where(
        Lookback.issue_id == old.id, Lookback.why.startswith(_mark(new), autoescape=True)
    )
    return bool(db.session.scalar(select(known)))
