"""What may be decided of a row of a round, and whether somebody decided it since it was read."""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple, Self

from sqlalchemy import select

from extensions import db
from issues.ground.refusals import Incomplete, Stale
from issues.models import AssessmentRound, Event, RoundItem
from issues.rules.colour import is_worse
from issues.vocabulary import CARDS, Colour, RoundAct, Subject

DECISIONS = (RoundAct.CONFIRM, RoundAct.HOLD, RoundAct.RAISE)
YELLOW = Colour.YELLOW.value
_CARDS = frozenset(card.value for card in CARDS)
LONGEST_REASON = 2000
MARK_LENGTH = 16
LATEST = 200
"""Acts of a round that are looked through for who decided a row last."""


class Decision(NamedTuple):
    """What a person says of a row. `colour` of a raised one."""

    act: RoundAct
    reason: str
    colour: str
    is_unable: bool

    @classmethod
    def of(cls, act: RoundAct, given: Mapping[str, Any]) -> Self:
        reason, colour = str(given.get("reason") or ""), str(given.get("colour") or "")
        return cls(act, reason.strip(), colour, bool(given.get("unable")))


def mark_of(item: RoundItem) -> str:
    """Of what is decided of a row: another one once anybody has decided otherwise."""
    said = repr((item.id, item.decision, item.colour, item.is_unable, item.reason))
    return hashlib.sha256(said.encode()).hexdigest()[:MARK_LENGTH]


def held_last(round_: AssessmentRound) -> frozenset[int]:
    """The ids of the tickets that the round before this one held. One statement."""
    last = (
        select(AssessmentRound.id)
        .where(AssessmentRound.on < round_.on)
        .order_by(AssessmentRound.on.desc())
        .limit(1)
        .scalar_subquery()
    )
    held = select(RoundItem.issue_id).where(
        RoundItem.round_id == last, RoundItem.decision == RoundAct.HOLD.value
    )
    return frozenset(db.session.scalars(held))


def faults(item: RoundItem, told: Decision, held: Collection[int]) -> dict[str, list[str]]:
    """By field, empty where it may be decided so. `held` as `held_last` says."""
    errors: dict[str, list[str]] = {}
    if told.act in {RoundAct.HOLD, RoundAct.RAISE} and not told.reason:
        errors["reason"] = ["请填写理由"]
    if len(told.reason) > LONGEST_REASON:
        errors["reason"] = [f"理由超过{LONGEST_REASON}字"]
    if told.act == RoundAct.HOLD and item.computed != YELLOW:
        errors["number"] = ["只有黄色可以暂缓挂牌"]
    elif told.act == RoundAct.HOLD and item.issue_id in held:
        errors["number"] = ["上一次调度已暂缓，不能连续暂缓"]
    if told.act == RoundAct.RAISE and told.colour not in _CARDS:
        errors["colour"] = ["请选择黄牌或红牌"]
    elif told.act == RoundAct.RAISE and not is_worse(told.colour, item.card):
        errors["colour"] = ["应比现有挂牌更重"]
    return errors


def refuse_malformed(item: RoundItem, told: Decision, held: Collection[int]) -> None:
    """Raises Incomplete."""
    if errors := faults(item, told, held):
        raise Incomplete(errors)


def refuse_overtaken(item: RoundItem, seen: str) -> None:
    """Raises Stale where the row is not as the person saw it; who changed it is named."""
    if not seen or seen == mark_of(item):
        return
    act, who = _last_of(item)
    raise Stale(
        f"{item.issue.number}在您打开后由{who}办理了“{act}”，您这次没有办理。请核对后再研判。",
        known=0,
        current=0,
    )


def _last_of(item: RoundItem) -> tuple[str, str]:
    """What was done with a row last, and by whom."""
    rows = select(Event.action, Event.actor, Event.detail).where(
        Event.is_about(Subject.ROUND, item.round_id)
    )
    for row in db.session.execute(rows.order_by(Event.seq.desc()).limit(LATEST)):
        if row.detail.get("number") == item.issue.number:
            return RoundAct(row.action).label, row.actor
    return "研判", "他人"
