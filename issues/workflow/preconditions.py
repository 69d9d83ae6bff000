"""What must hold on a ticket, beyond right and status, before an act can be done. One table.

Three read it: the act itself, which refuses; the buttons of a ticket; the sections of a worklist,
as SQL. So nothing but == != < <= > >= & | and none() may stand in a condition, as in the ladder.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, not_

from auth.actor import Actor
from extensions import db
from issues.rules.dates.days import written
from issues.vocabulary import Action, Colour
from issues.workflow.act import Act
from issues.workflow.looking import ASKED, UNDATED, Columns, Row, questions


class Precondition(NamedTuple):
    """`holds` is asked of a Row or of Columns; `refusal` is what the person is told."""

    holds: Callable[[Any, Any], Any]
    refusal: Callable[[Act], str]


def none(is_there: Any) -> Any:
    return not is_there if isinstance(is_there, bool) else not_(is_there)


def _saying(sentence: str) -> Callable[[Act], str]:
    return lambda _: sentence


def _named(day: date | None) -> str:
    return written(day) if day else "日期未定"


_REPORTED = Precondition(lambda row, _: row.reported, _saying("没有待确认的进展填报。"))
_ASKED = Precondition(lambda row, _: row.asked, _saying("没有待审的延期申请。"))
_OBJECTED = Precondition(lambda row, _: row.objected, _saying("没有待处理的异议。"))

_ANSWERED = Precondition(lambda row, _: row.task_answered, _saying("没有待确认的任务答复。"))

_PROPOSED = Precondition(lambda row, _: row.proposed, _saying("没有待答复的挂牌建议。"))

PRECONDITIONS: dict[Action, tuple[Precondition, ...]] = {
    Action.DECLINE: (
        Precondition(
            lambda row, _: row.declined_round < row.round,
            _saying("本轮已申请过一次改派，不能再次申请，请签收办理。"),
        ),
    ),
    Action.CONFIRM_PROGRESS: (_REPORTED,),
    Action.RETURN_PROGRESS: (_REPORTED,),
    Action.GRANT_EXTENSION: (_ASKED,),
    Action.REFUSE_EXTENSION: (_ASKED,),
    Action.REQUEST_EXTENSION: (
        Precondition(
            lambda row, _: row.is_movable,
            _saying("信访件的时限不能延期，确需继续整改的请由市环委办办理阶段性办结。"),
        ),
        Precondition(
            lambda row, _: row.deadline != UNDATED,
            _saying("本事项没有统一时限，不需要延期；措施时限请申请调整。"),
        ),
        Precondition(
            lambda row, day: row.deadline >= day,
            lambda act: f"时限{_named(act.issue.deadline)}已过，延期须在时限当日或之前申请。",
        ),
        Precondition(
            lambda row, _: none(row.asked), _saying("已有一份延期申请待审，不能重复申请。")
        ),
    ),
    Action.PROCEED: (
        Precondition(lambda row, _: row.wanting, _saying("必需的读数齐全并达标，不需要仍予推进。")),
        Precondition(
            lambda row, _: none(row.waived), _saying("本次验收已决定仍予推进，不需要重复办理。")
        ),
    ),
    Action.DISMISS_OBJECTION: (_OBJECTED,),
    Action.UPHOLD_OBJECTION: (_OBJECTED,),
    Action.CLOSE: (
        Precondition(
            lambda row, day: row.publicity_until < day,
            lambda act: (
                f"公示期满{act.policy.publicity_workdays}个工作日"
                f"（{_named(act.issue.publicity_until)}）的次日起方可销号。"
            ),
        ),
        Precondition(
            lambda row, _: none(row.objected), _saying("还有未处理的异议，处理后方可销号。")
        ),
    ),
    Action.REOPEN: (
        Precondition(
            lambda row, _: row.found,
            _saying("没有认定虚假整改或反弹的记录，不能重新整改；请先登记认定。"),
        ),
    ),
    Action.INTERIM_CLOSE: (
        Precondition(lambda row, _: row.is_complaint, _saying("只有督察信访件可以阶段性办结。")),
        Precondition(
            lambda row, _: none(row.is_interim), _saying("本事项本轮已阶段性办结，不能重复办理。")
        ),
    ),
    Action.RECORD_OUTCOME: (
        Precondition(lambda row, _: row.is_complaint, _saying("只有督察信访件登记查处情况。")),
    ),
    Action.REPLY_INSTRUCTION: (
        Precondition(lambda row, _: row.instructed, _saying("没有待您答复的批示。")),
    ),
    Action.DELEGATE: (
        Precondition(
            lambda row, _: none(row.delegated), _saying("本事项已交县级督办，不需要重复办理。")
        ),
        Precondition(
            lambda row, _: row.centred,
            _saying("所在区域没有县级指挥中心，请先由系统管理员在“单位”中新建。"),
        ),
    ),
    Action.RECALL: (Precondition(lambda row, _: row.delegated, _saying("本事项没有交县级督办。")),),
    Action.ANSWER_TASK: (
        Precondition(lambda row, _: row.tasked, _saying("没有待您单位答复的任务。")),
    ),
    Action.CONFIRM_TASK: (_ANSWERED,),
    Action.RETURN_TASK: (_ANSWERED,),
    Action.PROPOSE_CARD: (
        Precondition(
            lambda row, _: none(row.proposed),
            _saying("已有一项挂牌建议待市环委办答复，不能重复建议。"),
        ),
        Precondition(
            lambda row, _: row.card != Colour.RED.value, _saying("本事项已挂红牌，不需要建议挂牌。")
        ),
    ),
    Action.WITHDRAW_PROPOSAL: (_PROPOSED,),
    Action.DECLINE_PROPOSAL: (_PROPOSED,),
    Action.UNLINK: (Precondition(lambda row, _: row.linked, _saying("本事项没有关联其他事项。")),),
    Action.LIFT_CARD: (Precondition(lambda row, _: row.card != "", _saying("本事项没有挂牌。")),),
    Action.RAISE_CARD: (
        Precondition(
            lambda row, _: row.card != Colour.RED.value, _saying("本事项已挂牌，不能重复挂牌。")
        ),
    ),
}


OF_EVERY_ACT = ASKED[:-2]
"""The last two are long to ask, and the head's own act alone looks at them."""


def condition(action: Action, actor: Actor, today: date) -> ColumnElement[bool] | None:
    """The preconditions of an act in a statement on Issue; None where it has none."""
    wanted = PRECONDITIONS.get(action, ())
    if not wanted:
        return None
    columns = Columns(actor, today)
    return and_(*(one.holds(columns, today) for one in wanted))


def is_ready(action: Action, row: Row) -> bool:
    return all(one.holds(row, row.today) for one in PRECONDITIONS.get(action, ()))


def require(act: Act) -> None:
    """Refuse what the ticket does not stand for. Raises WrongStatus with the first sentence."""
    said = why_not(act)
    act.refuse_now_unless(not said, said)


def why_not(act: Act) -> str:
    """The first sentence that refuses; "" where the ticket stands for the act."""
    wanted = PRECONDITIONS.get(act.action, ())
    if not wanted:
        return ""
    names = ASKED if act.action is Action.PROCEED else OF_EVERY_ACT
    statement = questions(act.actor.rights_only, act.on, names)
    given = {"issue": act.issue.id, "round": act.issue.round}
    asked = db.session.execute(statement, given).one()
    row = Row(act.issue, act.on, *(bool(value) for value in asked))
    return next((one.refusal(act) for one in wanted if not one.holds(row, act.on)), "")
