"""Minutes of a round that is closed, as its records tell it: drafted once, gone on with by hand."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.ground.refusals import NotAllowed, WrongStatus
from issues.models import AssessmentRound, ColourSpan, Event, Notice, RoundItem
from issues.notices.drafting import draft
from issues.notices.kinds import MINUTES
from issues.notices.passing.minutes import may_write_minutes
from issues.notices.rights import reach
from issues.rules.colour import folded
from issues.rules.dates.days import written
from issues.rules.firings import Firing
from issues.vocabulary import Colour, NoticeKind, NoticeStatus, RoundAct, Subject

ROUND_MEETING = "round_meeting"
"""Trigger of minutes: its occurrence is the id of the round."""
MOST_TICKETS = 100
LONGEST = 4800
"""Signs of what the minutes say of the cases: a little less than its field holds."""
REST = "其余{count}件的研判见本次调度记录。"


def minutes_of(row: AssessmentRound, actor: Actor) -> Notice | None:
    """Those of a round, where this person sees them and they are not void."""
    found = select(Notice).where(
        Notice.trigger == ROUND_MEETING, Notice.occurrence == str(row.id),
        Notice.status != NoticeStatus.VOID, reach(actor),
    )  # fmt: skip
    return db.session.scalars(found).first()


def draft_minutes(
    row: AssessmentRound, present: Sequence[str], actor: Actor, at: datetime
) -> Notice:
    """With who was there, what was discussed and what was decided of each. Never commits.

    Raises NotAllowed, WrongStatus before the round is closed or where there are some.
    """
    if not may_write_minutes(actor):
        raise NotAllowed("您没有起草会议纪要的权限。")
    if row.closed_on is None:
        raise WrongStatus("调度还没有结束，不能起草纪要。")
    words = {
        "form": MINUTES,
        "meeting": {"on": row.on.isoformat()},
        "minutes": {"present": list(present), "points": points(row)},
        "subject": f"{written(row.on)}突出生态环境问题整改调度",
    }
    issues = sorted((item.issue for item in row.items), key=lambda issue: issue.number)
    made = draft(NoticeKind.N9, issues[:MOST_TICKETS], ROUND_MEETING, str(row.id), actor, at, words)
    if made is None:
        raise WrongStatus("本次调度的纪要已经起草。")
    return made


def points(row: AssessmentRound) -> str:
    """A line that counts, then one for each case: red before yellow, as long as there is room."""
    items = sorted(
        row.items, key=lambda item: (item.computed != Colour.RED.value, item.issue.number)
    )
    carded, why = _carded(row), _reasons(row)
    lines = [_counted(items)]
    room = LONGEST - len(lines[0])
    for done, item in enumerate(items):
        line = f"{item.issue.number} {item.issue.title}：{_told(item, carded, why)}。"
        room -= len(line) + 1
        if room < len(REST):
            lines.append(REST.format(count=len(items) - done))
            break
        lines.append(line)
    return "\n".join(lines)


def _counted(items: Sequence[RoundItem]) -> str:
    if not items:
        return "会议研究的事项为0件。"
    told = "、".join(
        f"{act.label}{count}件"
        for act in (RoundAct.CONFIRM, RoundAct.RAISE, RoundAct.HOLD)
        if (count := sum(item.decision == act.value for item in items))
    )
    return f"会议逐件研究{len(items)}件事项：{told}。"


def _told(item: RoundItem, carded: frozenset[str], why: dict[int, tuple[str, str]]) -> str:
    """Its fact, what was decided with the reason given, and what ends it."""
    fact, remedy = why.get(item.issue_id) or ("", "")
    parts = [fact.rstrip("。"), _decided(item, carded)]
    if item.colour:
        parts.append(f"解除办法：{remedy.rstrip('。')}" if remedy else "")
    return "；".join(part for part in parts if part)


def _decided(item: RoundItem, carded: frozenset[str]) -> str:
    reason = f"，{item.reason.strip().rstrip('。')}" if item.reason else ""
    if item.decision == RoundAct.HOLD:
        return f"会议研究暂缓挂牌{reason}"
    if item.issue.number not in carded:
        return f"会议研究不再加挂{reason}"
    return f"会议研究挂{Colour(item.colour).label}牌{reason}"


def _carded(row: AssessmentRound) -> frozenset[str]:
    """The numbers of the tickets whose cards were raised as it closed. One statement."""
    told = select(Event.detail).where(
        Event.is_about(Subject.ROUND, row.id), Event.action == RoundAct.CLOSE.value
    )
    detail = db.session.scalars(told).first() or {}
    return frozenset(detail.get("cards", ()))


def _reasons(row: AssessmentRound) -> dict[int, tuple[str, str]]:
    """By ticket, the arithmetic of the rule that decides and what ends it, as of the round's day.

    One statement.
    """
    ids = [item.issue_id for item in row.items]
    spans = select(ColourSpan.issue_id, ColourSpan.firings).where(
        ColourSpan.issue_id.in_(ids), ColourSpan.valid_from <= row.on, ColourSpan.valid_to > row.on
    )
    return {
        span.issue_id: found[0]
        for span in db.session.execute(spans)
        if (found := list(_said(map(Firing.from_document, span.firings), row.on)))
    }


def _said(firings: Iterable[Firing], on: date) -> Iterator[tuple[str, str]]:
    for one in folded(firings, on):
        yield one.firing.because(on), one.firing.remedy(on)
