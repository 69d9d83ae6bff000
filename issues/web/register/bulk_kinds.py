"""What may be done to many tickets at once, and how each is taken back where it can be."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, select

from auth.actor import Actor
from auth.models import User
from extensions import db
from issues import acts
from issues.act_fields import FIELDS, Field
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import WrongStatus
from issues.models import Issue, Notice
from issues.notices import acts as notice_acts, drafting
from issues.queries.admin.accounts import of_role
from issues.rights.table import Power, Right
from issues.vocabulary import Action, NoticeAct, NoticeKind, NoticeStatus, Role
from issues.web.notices.pdf import press

Details = Mapping[str, Any]
Do = Callable[[Issue, Actor, Details, int | None, datetime], str]
Undo = Callable[[Issue, Actor, str, int, datetime], object]
TAKEN_BACK = "批量办理后撤回"
IS_DRAFT = and_(Notice.kind == NoticeKind.N1, Notice.status == NoticeStatus.DRAFT)


class Kind(NamedTuple):
    """`do` acts on one ticket and says what taking it back needs to know.

    `sample` stands for what is not typed yet in the preview; without `undo` it stays done.
    """

    label: str
    power: Power
    fields: tuple[Field, ...]
    do: Do
    sample: Callable[[], dict[str, Any]] = dict
    undo: Undo | None = None


def _by_act(action: Action) -> Do:
    def do(issue: Issue, person: Actor, given: Details, version: int | None, at: datetime) -> str:
        acts.do(action, issue, person, given, version=version, at=at)
        return ""

    return do


def _remind(
    issue: Issue, person: Actor, _given: Details, _version: int | None, at: datetime
) -> str:
    return str(drafting.draft_by_hand(NoticeKind.N1, [issue.number], person, at).id)


def _forget_reminder(issue: Issue, person: Actor, told: str, _version: int, at: datetime) -> None:
    """The draft is void. What was signed meanwhile stands. Raises WrongStatus."""
    notice_id = whole(told, 0, LARGEST_ID) or 0
    draft = select(Notice.id).where(Notice.id == notice_id, Notice.issue_id == issue.id, IS_DRAFT)
    if db.session.scalar(draft) is None:
        raise WrongStatus("提示函草稿已签发或已作废，不能在这里撤回。")
    raw = {"reason": TAKEN_BACK}
    notice_acts.do(NoticeAct.VOID, notice_id, person, raw, press(), at=at)


def _put(name: str) -> Do:
    """Another account in this place of the ticket; who stood there before is told."""

    def do(issue: Issue, person: Actor, given: Details, version: int | None, at: datetime) -> str:
        before: User | None = getattr(issue, name)
        said = {"fields": {name: given[name]}, "reason": given["reason"]}
        acts.do(Action.AMEND, issue, person, said, version=version, at=at)
        return before.name if before else ""

    return do


def _put_back(name: str) -> Undo:
    def undo(issue: Issue, person: Actor, told: str, version: int, at: datetime) -> None:
        said = {"fields": {name: told or None}, "reason": TAKEN_BACK}
        acts.do(Action.AMEND, issue, person, said, version=version, at=at)

    return undo


def _somebody(name: str, role: Role) -> Callable[[], dict[str, Any]]:
    return lambda: {name: next(iter(of_role(role)), ("", ""))[0], "reason": "预览"}


def _recall(issue: Issue, person: Actor, _told: str, version: int, at: datetime) -> None:
    acts.do(Action.RECALL, issue, person, {"reason": TAKEN_BACK}, version=version, at=at)


def _account(name: str, label: str) -> tuple[Field, ...]:
    return Field(name, "account", label), Field("reason", "long_text", "理由")


def of_act(action: Action) -> str:
    """By which of them an act is done to many tickets; empty where it is not."""
    return next((code for code, kind in KINDS.items() if kind.power is action), "")


KINDS: dict[str, Kind] = {
    "assign": Kind("交办", Action.ASSIGN, (), _by_act(Action.ASSIGN)),
    "confirm": Kind(
        "确认进展", Action.CONFIRM_PROGRESS, FIELDS[Action.CONFIRM_PROGRESS],
        _by_act(Action.CONFIRM_PROGRESS), lambda: {"opinion": "预览"},
    ),
    "remind": Kind(
        "催办（起草提示函）", Right.DRAFT_NOTICE, (), _remind, undo=_forget_reminder
    ),
    "county_remind": Kind(
        "县级催办（起草提示函）", Right.DRAFT_COUNTY_NOTICE, (), _remind, undo=_forget_reminder
    ),
    "delegate": Kind(
        Action.DELEGATE.label, Action.DELEGATE, FIELDS[Action.DELEGATE],
        _by_act(Action.DELEGATE), lambda: {"reason": "预览"}, _recall,
    ),
    "recall": Kind(
        Action.RECALL.label, Action.RECALL, FIELDS[Action.RECALL], _by_act(Action.RECALL),
        lambda: {"reason": "预览"},
    ),
    "inspector": Kind(
        "调整督察员", Action.AMEND, _account("inspector", "督察员"), _put("inspector"),
        _somebody("inspector", Role.INSPECTOR), _put_back("inspector"),
    ),
    "sponsor": Kind(
        "指定包案领导账号", Action.AMEND, _account("sponsor_account", "包案领导账号"),
        _put("sponsor_account"), _somebody("sponsor_account", Role.LEADER),
        _put_back("sponsor_account"),
    ),
}  # fmt: skip
