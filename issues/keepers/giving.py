"""Giving a place or a ticket to a keeper, ending it, and handing all over. Never commits.

Nothing is deleted: what has ended keeps its days. Both keepers' histories tell a hand-over.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, select

from auth.actor import Actor
from extensions import db
from issues import regions
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.keepers import roll
from issues.keepers.roll import STANDING
from issues.models import Issue, Keeper, Keeping, Region
from issues.rights.places import endable, keepings_of
from issues.rights.table import Right, may, reach, sees_all
from issues.rules.dates.bounds import until_today
from issues.vocabulary import OFF_BOARD, KeeperAct, KeeperLevel, RegionKind, Status

OUTSIDE = (RegionKind.PROVINCE, RegionKind.CITY)
"""Wider than an area of one keeper: whoever keeps the whole city keeps nothing of it."""
MOST_AT_ONCE = 200
TICKET, PLACE, LEVEL, FROM, TO = "问题", "区域", "级别", "移交人", "接手人"
"""Under these names a keeper's history tells of what."""


def give_place(actor: Actor, keeper_id: int, code: str, said: Mapping[str, str]) -> Keeping:
    """`said`: level, from_on. Raises NotAllowed, NotFound, WrongStatus, Incomplete."""
    roll.require(actor)
    place = regions.find(code)
    if place is None or not reaches(actor, place.code):
        raise NotFound
    if place.ended_at is not None or place.kind in OUTSIDE:
        raise WrongStatus("包保到县（区）、园区以下在用的区域。")
    return _give(actor, roll.standing(keeper_id, actor), said, region=place.code)


def give_ticket(actor: Actor, keeper_id: int, issue: Issue, said: Mapping[str, str]) -> Keeping:
    """The same of one ticket: it goes before whoever keeps its place on that level."""
    if not may(actor, Right.SET_KEEPERS, issue):
        raise NotAllowed("您没有指定这个问题包保人的权限。")
    if issue.status in (Status.MERGED, Status.WITHDRAWN, Status.TAKEN_BACK):
        raise WrongStatus("这个问题已不在台账中，不能指定包保人。")
    return _give(actor, roll.standing(keeper_id, actor), said, issue_id=issue.id)


def give_tickets(
    actor: Actor, keeper_id: int, numbers: Sequence[str], said: Mapping[str, str]
) -> tuple[Keeper, int]:
    """Several tickets in one act; how many were not the keeper's before on this level.

    Raises NotAllowed, NotFound, WrongStatus, Incomplete; none is given where one is refused.
    """
    roll.require(actor)
    keeper = roll.standing(keeper_id, actor)
    level, day = _level_and_day(said)
    asked = list(dict.fromkeys(numbers))
    if not 0 < len(asked) <= MOST_AT_ONCE:
        raise Incomplete({"number": [f"请勾选1至{MOST_AT_ONCE}件问题"]})
    rows = select(Issue.id, Issue.number).where(
        Issue.number.in_(asked), reach(actor, Right.SET_KEEPERS), Issue.status.not_in(OFF_BOARD)
    )
    found = {row.number: row.id for row in db.session.execute(rows)}
    if gone := [number for number in asked if number not in found]:
        raise Incomplete({"number": [f"{'、'.join(gone)}不能指定包保人，请重新勾选"]})
    own = {_what(row) for row in _standing_of(keeper)}
    fresh = [number for number in asked if (level, "", found[number]) not in own]
    db.session.add_all(
        Keeping(
            keeper_id=keeper.id, level=level, from_on=day, given_by_id=actor.id,
            issue_id=found[number],
        )
        for number in fresh
    )  # fmt: skip
    db.session.flush()
    if fresh:
        detail = {LEVEL: level.label, TICKET: "、".join(fresh), "自": day.isoformat()}
        roll.record(keeper, KeeperAct.GIVE, actor, said.get("reason", ""), detail)
    return keeper, len(fresh)


def release(actor: Actor, keeping_id: int, said: Mapping[str, str]) -> Keeping:
    """From today it is no longer theirs. Raises NotAllowed, NotFound, Incomplete."""
    roll.require(actor)
    row = endable_keeping(actor, keeping_id, for_change=True)
    reason = roll.reasoned(said)
    row.until_on = clock.today()
    roll.record(row.keeper, KeeperAct.RELEASE, actor, reason, of_what([row])[0])
    return row


def hand_over(actor: Actor, keeper_id: int, to_id: int, said: Mapping[str, str]) -> int:
    """All that one keeps from today to another; how many. What the other keeps already just ends.

    Raises NotAllowed, NotFound, WrongStatus, Incomplete.
    """
    roll.require(actor)
    if keeper_id == to_id:
        raise Incomplete({"keeper": ["请选择另一个包保人"]})
    # locked in one order, so that two who hand over to each other do not wait for each other
    locked = {one: roll.find(one, actor, for_change=True) for one in sorted((keeper_id, to_id))}
    giver, taker = locked[keeper_id], locked[to_id]
    if not roll.is_own(giver, actor):
        raise NotAllowed(roll.OF_THE_CITY)
    if taker.ended_at is not None:
        raise WrongStatus("接手的包保人已停用。")
    reason = roll.reasoned(said)
    rows = _standing_of(giver, for_change=True)  # what somebody ends meanwhile is not handed on
    if not rows:
        raise WrongStatus("没有可移交的包保。")
    today = clock.today()
    own = {_what(row) for row in _standing_of(taker)}
    for row in rows:
        row.until_on = today
        if _what(row) not in own:
            db.session.add(Keeping(
                keeper_id=taker.id, level=row.level, region=row.region, issue_id=row.issue_id,
                from_on=today, given_by_id=actor.id,
            ))  # fmt: skip
    db.session.flush()
    told = {f"包保{n}": "".join(one.values()) for n, one in enumerate(of_what(rows), start=1)}
    roll.record(giver, KeeperAct.HAND_OVER, actor, reason, {TO: taker.name} | told)
    roll.record(taker, KeeperAct.TAKE_OVER, actor, reason, {FROM: giver.name} | told)
    return len(rows)


def of_what(rows: Sequence[Keeping]) -> list[dict[str, str]]:
    """Level and place or ticket of each, in words. Two statements."""
    names = regions.names_of({row.region for row in rows})
    asked = {row.issue_id for row in rows} - {None}
    numbers: dict[int, str] = {}
    if asked:
        found = db.session.execute(select(Issue.id, Issue.number).where(Issue.id.in_(asked)))
        numbers = {row.id: row.number for row in found}
    return [
        {LEVEL: row.level.label}
        | ({PLACE: names.get(row.region, row.region)} if row.issue_id is None
           else {TICKET: numbers[row.issue_id]})
        for row in rows
    ]  # fmt: skip


def _give(actor: Actor, keeper: Keeper, said: Mapping[str, str], **what: Any) -> Keeping:
    level, day = _level_and_day(said)
    row = Keeping(keeper_id=keeper.id, level=level, from_on=day, given_by_id=actor.id, **what)
    if _what(row) in {_what(other) for other in _standing_of(keeper)}:
        raise WrongStatus(f"“{keeper.name}”已是这里的{level.label}人。")
    db.session.add(row)
    db.session.flush()
    roll.record(
        keeper, KeeperAct.GIVE, actor, said.get("reason", ""),
        of_what([row])[0] | {"自": day.isoformat()},
    )  # fmt: skip
    return row


def _level_and_day(said: Mapping[str, str]) -> tuple[KeeperLevel, date]:
    """Raises Incomplete."""
    level = KeeperLevel.of(said.get("level", "").strip())
    day, wrong = from_day(said.get("from_on", ""))
    errors = {} if level else {"level": ["请选择级别"]}
    errors |= {"from_on": [wrong]} if wrong else {}
    if errors or level is None:
        raise Incomplete(errors)
    return level, day


def from_day(text: str, label: str = "起始日期") -> tuple[date, str]:
    """The day told, today where none is; what is wrong with it."""
    today = clock.today()
    text = text.strip()
    if not text:
        return today, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today, "请按2025-01-31的写法填写日期"
    wrong = until_today(label, today).why_not(day)
    return (today if wrong else day), wrong


def _what(row: Keeping) -> tuple[Any, ...]:
    return (row.level, row.region or "", row.issue_id)


def _standing_of(keeper: Keeper, *, for_change: bool = False) -> Sequence[Keeping]:
    rows = select(Keeping).where(Keeping.keeper_id == keeper.id, STANDING)
    if for_change:
        rows = rows.with_for_update()
    return db.session.scalars(rows.order_by(Keeping.id)).all()


def endable_keeping(actor: Actor, keeping_id: int, *, for_change: bool = False) -> Keeping:
    """Raises NotFound for what has ended or is out of reach, NotAllowed for what others gave."""
    rows = select(Keeping).where(Keeping.id == keeping_id, STANDING, keepings_of(actor))
    row = db.session.scalars(rows.with_for_update() if for_change else rows).first()
    if row is None:
        raise NotFound
    if not db.session.scalar(select(exists().where(Keeping.id == row.id, endable(actor)))):
        raise NotAllowed("这处包保由市环委办指定，由市环委办经办结束。")
    return row


def reaches(actor: Actor, code: str) -> bool:
    """Whether the person may see who keeps this place."""
    return sees_all(actor, Right.KEEPERS) or code in actor.territory


def place_named(words: str) -> Region | None:
    """A place in use of this code, or the only one of this name."""
    live = select(Region).where(Region.ended_at.is_(None), Region.kind.not_in(OUTSIDE))
    by_code = db.session.scalars(live.where(Region.code == words)).first()
    if by_code is not None:
        return by_code
    found = db.session.scalars(live.where(Region.name == words).limit(2)).all()
    return found[0] if len(found) == 1 else None
