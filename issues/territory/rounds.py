"""Rounds of a county's centre (县级调度): opened and decided by its office, frozen by its head.

They read colours and write none: no card, no notice of the city, no figure of it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, false, select, true

from auth.actor import SYSTEM, Actor
from auth.models import Unit
from extensions import db
from issues import audit
from issues.counters import take
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.models import CountyRound, CountyRoundItem, Issue
from issues.notices import drafting
from issues.notices.facts.frozen import frozen_board
from issues.rights.table import TABLE, Right, holds, reach
from issues.rounds import digest_of
from issues.rules.colour import computed_colour
from issues.rules.firings import Firing
from issues.territory.centres import delegated_to
from issues.vocabulary import CARDS, CENTRE, OPEN, CountyRoundAct, NoticeKind, Subject

DECISIONS = (CountyRoundAct.KEEP, CountyRoundAct.PRESS)
LONGEST_TEXT = 2000
NAMED = 3
"""So many numbers are enough to go on with."""


def sight(actor: Actor) -> ColumnElement[bool]:
    """As a condition on CountyRound: a centre's people see its own, the city's people all."""
    scopes = [TABLE[Right.SEE_COUNTY_ROUNDS][role] for role in actor.roles]
    if any(scope.is_everywhere for scope in scopes):
        return true()
    return CountyRound.centre_id == actor.unit_id if any(scopes) else false()


def find(round_id: int, actor: Actor, *, for_change: bool = False) -> CountyRound:
    """Raises NotFound where it is not in sight."""
    query = select(CountyRound).where(CountyRound.id == round_id, sight(actor))
    if for_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    round_ = db.session.scalars(query).first()
    if round_ is None:
        raise NotFound
    return round_


def open_on(on: date, actor: Actor, at: datetime) -> CountyRound:
    """With every ticket the centre drives whose computed colour is yellow or red. Never commits.

    Whoever opens at the same time waits at the centre's counter, and finds the day taken.
    """
    centre = _own_centre(actor, Right.COUNTY_ROUNDS)
    number = take(f"county round {centre.id}")
    known = select(CountyRound.id).where(CountyRound.centre_id == centre.id, CountyRound.on == on)
    if db.session.scalar(known) is not None:
        raise WrongStatus(f"本中心{on}的县级调度已经开启。")
    round_ = CountyRound(centre_id=centre.id, number=number, on=on)
    db.session.add(round_)
    db.session.flush()
    db.session.add_all(_items(round_, actor))
    db.session.flush()
    audit.record(
        Subject.COUNTY_ROUND, round_.id, CountyRoundAct.OPEN, actor, at=at,
        detail={"centre": centre.code, "number": number, "items": len(round_.items)},
    )  # fmt: skip
    return round_


def _own_centre(actor: Actor, right: Right) -> Unit:
    centre = db.session.get(Unit, actor.unit_id) if holds(actor, right) else None
    if centre is None or centre.kind != CENTRE:
        raise NotAllowed("县级调度由本县（区）指挥中心办理。")
    return centre


def _driven(actor: Actor, right: Right) -> ColumnElement[bool]:
    """On Issue: what the centre of this person drives and is not at its end."""
    return reach(actor, right) & Issue.status.in_(OPEN)


def _items(round_: CountyRound, actor: Actor) -> list[CountyRoundItem]:
    rows = select(Issue).where(_driven(actor, Right.COUNTY_ROUNDS)).order_by(Issue.number)
    return [
        CountyRoundItem(
            round_id=round_.id, issue_id=issue.id, computed=colour.value, card=issue.card,
            rules=sorted({
                firing.rule.value
                for firing in map(Firing.from_document, issue.firings)
                if firing.since <= round_.on
            }),
        )
        for issue in db.session.scalars(rows)
        if (colour := computed_colour(issue, round_.on)) in CARDS
    ]  # fmt: skip


def decide(
    round_id: int, decision: CountyRoundAct, actor: Actor, given: Mapping[str, Any], at: datetime
) -> CountyRoundItem:
    """A word on one row; decided again until the round closes. Never commits.

    `given`: number, and for press `text`.
    """
    round_ = _own_open(round_id, actor, Right.COUNTY_ROUNDS)
    number, text = (str(given.get(name) or "").strip() for name in ("number", "text"))
    item = db.session.scalars(
        select(CountyRoundItem).join(Issue).where(
            CountyRoundItem.round_id == round_.id, Issue.number == number,
            _driven(actor, Right.COUNTY_ROUNDS),
        )
    ).first()  # fmt: skip
    if item is None:
        raise Incomplete({"number": ["本次调度没有这件事项，或者已不由本中心督办。"]})
    if decision is CountyRoundAct.PRESS and not text:
        raise Incomplete({"text": ["请写明督促的要求。"]})
    if len(text) > LONGEST_TEXT:
        raise Incomplete({"text": [f"要求超过{LONGEST_TEXT}字。"]})
    item.decision, item.text = decision.value, text
    db.session.flush()
    detail = {"number": number}
    audit.record(
        Subject.COUNTY_ROUND, round_.id, decision, actor, at=at, reason=text, detail=detail
    )
    return item


def _own_open(round_id: int, actor: Actor, right: Right) -> CountyRound:
    """Under lock. Raises NotFound, NotAllowed, WrongStatus."""
    round_ = find(round_id, actor, for_change=True)
    if _own_centre(actor, right).id != round_.centre_id:
        raise NotFound
    if round_.closed_on is not None:
        raise WrongStatus("本次县级调度已结束。")
    return round_


def undecided(round_: CountyRound) -> list[str]:
    """The numbers still to be decided. What was recalled or ended since, the county leaves."""
    rows = select(Issue.number).join(CountyRoundItem, CountyRoundItem.issue_id == Issue.id).where(
        CountyRoundItem.round_id == round_.id, CountyRoundItem.decision == "",
        Issue.status.in_(OPEN), delegated_to(round_.centre),
    )  # fmt: skip
    return list(db.session.scalars(rows.order_by(Issue.number)))


def totals_of(round_: CountyRound) -> dict[str, int]:
    """How many of each colour the frozen board has, by the code of the colour; of an open none."""
    return dict(round_.board["totals"]) if round_.board else {}


def close(round_id: int, actor: Actor, at: datetime) -> CountyRound:
    """Freeze the board of what the centre drives, and draft its 通报. Never commits."""
    round_ = _own_open(round_id, actor, Right.CLOSE_COUNTY_ROUND)
    left = undecided(round_)
    if left:
        more = "等" if len(left) > NAMED else ""
        raise WrongStatus(f"还有{len(left)}件未研判：{'、'.join(left[:NAMED])}{more}。")
    day = clock.day_of(at)
    round_.board = frozen_board(day, reach(actor, Right.CLOSE_COUNTY_ROUND))
    round_.closed_on, round_.digest = day, digest_of(round_.board)
    db.session.flush()
    told = {"centre": round_.centre.code}
    drafting.draft(NoticeKind.N5, [], drafting.COUNTY_ROUND, str(round_.id), SYSTEM, at, told)
    audit.record(
        Subject.COUNTY_ROUND, round_.id, CountyRoundAct.CLOSE, actor, at=at,
        detail={"digest": round_.digest},
    )  # fmt: skip
    return round_
