"""Cards and what raises them: the office's word, an exposure (R5), a finding (R6)."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from extensions import db
from issues.colour.facts_of import facts_of, findings_of
from issues.ground.present import present
from issues.models import (
    NO_CARD,
    AssessmentRound,
    Card,
    Evidence,
    Exposure,
    Finding,
    Notice,
    NoticeIssue,
    SiteCheck,
)
from issues.rules.dates.days import written
from issues.rules.each import RULES
from issues.rules.firings import Firing, firings
from issues.vocabulary import (
    Colour,
    FindingResult,
    NoticeKind,
    NoticeStatus,
    Status,
)
from issues.workflow.act import Act
from issues.workflow.bounds import refuse_beyond
from issues.workflow.changes.county.proposing import answer_by_card, end_proposal

TIME_RULES = frozenset(record.rule for record in RULES if record.is_timed)
RED, YELLOW = Colour.RED.value, Colour.YELLOW.value


def standing_card(act: Act) -> Card | None:
    return db.session.scalars(
        select(Card).where(Card.issue_id == act.issue.id, Card.lifted_on.is_(None))
    ).first()


def _put(act: Act, colour: str, reason: str, *, is_watch: bool = False) -> Card:
    act.issue.card = colour
    return act.add(
        Card(
            issue_id=act.issue.id,
            round=act.issue.round,
            colour=colour,
            raised_on=act.on,
            raised_by_id=act.actor.id,
            reason=reason,
            is_watch=is_watch,
        )
    )


def _take_off(act: Act, card: Card, reason: str) -> None:
    card.lifted_on, card.lifted_by_id, card.lift_reason = act.on, act.actor.id, reason
    act.issue.card = NO_CARD
    db.session.flush()


def raise_card(act: Act) -> Status:
    colour, card = act["colour"], standing_card(act)
    act.refuse_now_unless(
        card is None or (card.colour == YELLOW and colour == RED), "本事项已挂牌，不能重复挂牌。"
    )
    _raise(act, colour, act["reason"], card)
    return act.issue.status


def _raise(act: Act, colour: str, reason: str, card: Card | None) -> None:
    if card is not None:
        _take_off(act, card, "升级为红牌")
    _put(act, colour, reason)
    answer_by_card(act, colour, reason)
    act.noted["card"] = colour


def raise_red(act: Act, reason: str) -> None:
    """A red card in the same act, unless one stands already."""
    card = standing_card(act)
    if card is None or card.colour == YELLOW:
        _raise(act, RED, reason, card)


def record_exposure(act: Act) -> Status:
    refuse_beyond(act)
    act.add(
        Exposure(
            issue_id=act.issue.id,
            level=act["level"],
            medium=act["medium"],
            on=act["on"],
            reason=act["reason"],
            document_id=act["document"].id,
            recorded_at=act.at,
        )
    )
    raise_red(act, f"{act['medium']}通报或曝光")
    return act.issue.status


def record_finding(act: Act) -> Status:
    refuse_beyond(act)
    result = FindingResult(act["result"])
    record_false(act, result, act["on"], act["reason"], act["document"])
    return act.issue.status


def record_false(
    act: Act, result: FindingResult, on: date, reason: str, document: Evidence | None
) -> None:
    """A finding of false or relapsed rectification, and its red card."""
    act.add(
        Finding(
            issue_id=act.issue.id,
            round=act.issue.round,
            result=result,
            on=on,
            reason=reason,
            document_id=document.id if document else None,
            recorded_at=act.at,
        )
    )
    act.noted["finding"] = result.value
    raise_red(act, f"核查认定{result.label}")


def lift_card(act: Act) -> Status:
    """Yellow when its time rules are clear and its notice answered; red by report and check."""
    card = present(standing_card(act), f"the card of {act.issue.number}")
    if card.colour == RED:
        _lift_red(act, card)
    else:
        _lift_yellow(act, card)
    act.issue.cleared_at = act.at
    act.noted["card"] = card.colour
    return act.issue.status


def _lift_red(act: Act, card: Card) -> None:
    act.refuse_unless(act["report"], "report", "红牌摘牌须有单位主要负责人签字的报告")
    act.refuse_unless(act["check"], "check", "红牌摘牌须有现场核查材料")
    checked = db.session.scalar(
        select(SiteCheck.id)
        .where(SiteCheck.issue_id == act.issue.id, SiteCheck.round == act.issue.round)
        .limit(1)
    )
    kind = act["check"].kind.value
    act.refuse_unless(
        checked or kind == "site_check", "check", "没有现场核查记录，请先核查或上传现场核查资料"
    )
    card.report_id, card.check_id = act["report"].id, act["check"].id
    _take_off(act, card, act["reason"])
    end_exposures(act)
    for finding in findings_of(act.issue):
        finding.ended_on = act.on
    _put(act, YELLOW, "黄·观察", is_watch=True)


def _lift_yellow(act: Act, card: Card) -> None:
    for said in why_yellow_stays(act, card):
        act.refuse_now_unless(False, said)
    _take_off(act, card, act["reason"])


def why_card_stays(act: Act) -> list[str]:
    """What keeps the card from being taken off, whatever is written; a red one needs papers."""
    card = standing_card(act)
    return list(why_yellow_stays(act, card)) if card is not None and card.colour == YELLOW else []


def why_yellow_stays(act: Act, card: Card) -> Iterator[str]:
    """Each thing that does; asked for one at a time, as it is refused."""
    if card.is_watch:
        later = select(AssessmentRound.id).where(AssessmentRound.closed_on > card.raised_on)
        if not db.session.scalar(later.limit(1)):
            yield "红牌摘牌后的观察期到下一次调度结束为止，现不能摘牌。"
    found = firings(facts_of(act.issue), act.policy, act.calendar)
    now = [firing for firing in found if firing.since <= act.on]
    red = [f for f in now if f.rule.colour is Colour.RED]
    if red:
        yield f"已触发{_named(red)}，应先确认红牌，不能摘黄牌。"
    if timed := [f for f in now if f.rule in TIME_RULES]:
        yield f"{_named(timed)}尚未解除，不能摘牌。"
    if owed := _owed(act):
        yield f"{owed}尚未答复，不能摘牌。"


def _named(found: list[Firing]) -> str:
    return "、".join(dict.fromkeys(f"{f.rule.label}（{f.rule.value}）" for f in found))


def _owed(act: Act) -> str:
    """The number of a yellow-card notice that is signed and not answered."""
    return (
        db.session.scalar(
            select(Notice.number)
            .join(NoticeIssue, NoticeIssue.notice_id == Notice.id)
            .where(
                NoticeIssue.issue_id == act.issue.id,
                Notice.kind == NoticeKind.N2,
                Notice.centre_id.is_(None),
                Notice.status == NoticeStatus.SIGNED,
                Notice.replied_at.is_(None),
            )
            .limit(1)
        )
        or ""
    )


def end_exposures(act: Act) -> None:
    rows = select(Exposure).where(Exposure.issue_id == act.issue.id, Exposure.ended_on.is_(None))
    for exposure in db.session.scalars(rows):
        exposure.ended_on = act.on


def end_card(act: Act) -> None:
    """Closing ends every card and every exposure, and what a county proposed of a card."""
    card = standing_card(act)
    if card is not None:
        _take_off(act, card, f"{written(act.on)}销号")
    end_exposures(act)
    end_proposal(act)
