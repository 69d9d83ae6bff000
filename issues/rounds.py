"""Assessment rounds (调度): proposals from the computed colours, decisions, closing by the head.

A round closes whole or not at all: its cards, their notices, the bulletin's draft and the frozen
board stand in one transaction.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from auth.actor import SYSTEM, Actor
from extensions import db
from issues import acts, audit, workflow
from issues.ground import clock, under_way
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.imprints.writing import touch_rows
from issues.models import AssessmentRound, Issue, RoundItem
from issues.notices import drafting
from issues.notices.facts.frozen import frozen_board
from issues.rights.table import Right, holds
from issues.rules.colour import computed_colour, folded, is_worse
from issues.rules.dates.days import written
from issues.rules.firings import Firing
from issues.rules.listing import coded
from issues.supervision.rounds import deciding
from issues.supervision.rounds.deciding import Decision, refuse_malformed, refuse_overtaken
from issues.vocabulary import CARDS, OPEN, NoticeKind, RoundAct, Subject

CLOSING = "逐件挂牌、起草文书"


def open_on(on: date, actor: Actor, at: datetime) -> AssessmentRound | None:
    """Open the round of a day with every ticket worse than its card; None where it is open.

    The day is unique, so of two processes one opens it. Never commits.
    """
    if actor is not SYSTEM and not holds(actor, Right.ROUNDS):
        raise NotAllowed("开启调度须由市环委办经办人办理。")
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    made = insert(AssessmentRound).values(on=on, digest="").on_conflict_do_nothing()
    round_id = db.session.scalar(made.returning(AssessmentRound.id))
    if round_id is None:
        return None
    touch_rows(AssessmentRound, [(round_id,)], is_new=True)
    round_ = db.session.get_one(AssessmentRound, round_id)
    rows = [_item(round_, issue, on) for issue in _candidates(on)]
    db.session.add_all(rows)
    db.session.flush()
    audit.record(Subject.ROUND, round_.id, RoundAct.OPEN, actor, at=at, detail={"items": len(rows)})
    return round_


def _candidates(on: date) -> list[Issue]:
    rows = select(Issue).where(Issue.status.in_(OPEN)).order_by(Issue.number)
    return [
        issue
        for issue in db.session.scalars(rows)
        if (colour := computed_colour(issue, on)) in CARDS and is_worse(colour, issue.card)
    ]


def _item(round_: AssessmentRound, issue: Issue, on: date) -> RoundItem:
    found = [Firing.from_document(document) for document in issue.firings]
    return RoundItem(
        round_id=round_.id,
        issue_id=issue.id,
        computed=computed_colour(issue, on).value,
        card=issue.card,
        rules=sorted({firing.rule.value for firing in found if firing.since <= on}),
    )


def find(round_id: int, *, for_change: bool = False) -> AssessmentRound:
    """Raises NotFound."""
    query = select(AssessmentRound).where(AssessmentRound.id == round_id)
    if for_change:
        query = query.with_for_update()
    round_ = db.session.scalars(query).first()
    if round_ is None:
        raise NotFound
    return round_


def decide(
    round_id: int, decision: RoundAct, actor: Actor, given: Mapping[str, Any], at: datetime
) -> RoundItem:
    """Confirm, hold or raise one row; decided again until the round closes. Never commits.

    `given`: number, and for hold `reason`, for raise `colour`, `reason` and `unable`; `seen`, the
    mark of the row as the person saw it, where the form carries one. Raises Stale where somebody
    decided it since.
    """
    round_ = _to_decide(round_id, actor)
    item = _row(round_, str(given.get("number") or ""), actor, decision)
    told = Decision.of(decision, given)
    refuse_overtaken(item, str(given.get("seen") or ""))
    refuse_malformed(item, told, deciding.held_last(round_))
    item.decision, item.reason = decision.value, told.reason
    item.colour = {
        RoundAct.CONFIRM: item.computed, RoundAct.HOLD: "", RoundAct.RAISE: told.colour,
    }[decision]  # fmt: skip
    item.is_unable = decision == RoundAct.RAISE and told.is_unable
    db.session.flush()
    _record(round_, item, decision, actor, at)
    return item


def take_back(round_id: int, actor: Actor, given: Mapping[str, Any], at: datetime) -> RoundItem:
    """A row that was decided is undecided again, until the round closes. Never commits.

    `given`: number and `seen`, as above.
    """
    round_ = _to_decide(round_id, actor)
    item = _row(round_, str(given.get("number") or ""), actor, RoundAct.TAKE_BACK)
    refuse_overtaken(item, str(given.get("seen") or ""))
    if not item.decision:
        raise WrongStatus("本件还没有研判，不必撤回。")
    if not is_worse(item.computed, item.card):
        raise WrongStatus("加挂的事项不能撤回，可重新填写牌色和理由。")
    item.decision, item.reason, item.colour, item.is_unable = "", "", "", False
    db.session.flush()
    _record(round_, item, RoundAct.TAKE_BACK, actor, at)
    return item


def _to_decide(round_id: int, actor: Actor) -> AssessmentRound:
    if not holds(actor, Right.ROUNDS):
        raise NotAllowed("调度研判须由市环委办经办人办理。")
    round_ = find(round_id, for_change=True)
    _refuse_closed(round_)
    return round_


def _record(
    round_: AssessmentRound, item: RoundItem, act: RoundAct, actor: Actor, at: datetime
) -> None:
    audit.record(
        Subject.ROUND, round_.id, act, actor, at=at, reason=item.reason,
        detail={"number": item.issue.number, "colour": item.colour, "unable": item.is_unable},
    )  # fmt: skip


def _row(round_: AssessmentRound, number: str, actor: Actor, decision: RoundAct) -> RoundItem:
    """A ticket that is not proposed may still be raised."""
    issue = workflow.load(number, actor)
    item = db.session.scalars(
        select(RoundItem).where(RoundItem.round_id == round_.id, RoundItem.issue_id == issue.id)
    ).first()
    if item is None and decision == RoundAct.RAISE and issue.status in OPEN:
        item = _item(round_, issue, round_.on)
        db.session.add(item)
        db.session.flush()
    if item is None:
        raise Incomplete({"number": ["本次调度没有这件事项"]})
    return item


def _refuse_closed(round_: AssessmentRound) -> None:
    if round_.closed_on is not None:
        raise WrongStatus("本次调度已结束。")


def ready(round_id: int, actor: Actor) -> AssessmentRound:
    """The round under lock, where this person may close it now. Raises NotAllowed, WrongStatus."""
    if not holds(actor, Right.CLOSE_ROUND):
        raise NotAllowed("结束调度须由市环委办负责人办理。")
    round_ = find(round_id, for_change=True)
    _refuse_closed(round_)
    undecided = [item.issue.number for item in round_.items if not item.decision]
    if undecided:
        more = "等" if len(undecided) > 3 else ""  # noqa: PLR2004 - enough to go on with
        raise WrongStatus(f"还有{len(undecided)}件未研判：{'、'.join(undecided[:3])}{more}。")
    return round_


def close(round_id: int, actor: Actor, at: datetime) -> AssessmentRound:
    """Raise the cards, draft the notices and the bulletin, freeze the board. Never commits."""
    round_ = ready(round_id, actor)
    round_.closed_on = clock.day_of(at)
    db.session.flush()
    raised = [
        item
        for item in under_way.counted(CLOSING, round_.items)
        if _apply(item, actor, round_.on, at)
    ]
    under_way.tell("起草通报，固定当日看板", len(round_.items), len(round_.items))
    round_.board = frozen_board(clock.day_of(at))
    round_.digest = digest_of(round_.board)
    drafting.draft(NoticeKind.N5, [], "round", str(round_.id), SYSTEM, at)
    audit.record(
        Subject.ROUND, round_.id, RoundAct.CLOSE, actor, at=at,
        detail={"cards": [item.issue.number for item in raised], "digest": round_.digest},
    )  # fmt: skip
    return round_


def _apply(item: RoundItem, actor: Actor, on: date, at: datetime) -> bool:
    """Raise the card a row was decided on, unless one as grave was raised since."""
    issue = db.session.scalars(
        select(Issue).where(Issue.id == item.issue_id).with_for_update()
    ).one()
    if issue.status not in OPEN:
        return False
    if item.is_unable:
        workflow.refresh(issue, at)
    if not is_worse(item.colour, issue.card):
        return False
    told = coded(folded(map(Firing.from_document, issue.firings), on), item.rules)
    reason = item.reason or f"{written(on)}调度确认：{'、'.join(told)}"
    acts.raise_card_of_round(issue, actor, item.colour, reason, at=at)
    return True


def digest_of(board: dict[str, Any]) -> str:
    text = json.dumps(board, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
