"""The whole history, newest first, as the auditor reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from auth.models import Unit, User
from extensions import db
from issues.models import Event, Issue
from issues.queries.ticket.words import OTHERS
from issues.vocabulary import AccountAct, Action, NoticeAct, NoticeStatus, Role, Status, UnitAct

PER_PAGE = 100
TICKET, ACCOUNT, UNIT, SETTING = "ticket", "account", "unit", "setting"
SUBJECTS = {
    TICKET: "问题",
    "notice": "督办文书",
    "round": "调度",
    "covert": "暗访",
    "notice_template": "文书模板",
    "policy": "规则",
    "policy_draft": "规则修订稿",
    "calendar": "工作日历",
    "wall": "大屏",
    "map": "示意图",
    SETTING: "设置",
    ACCOUNT: "账号",
    UNIT: "单位",
}
OTHER = "其他"
ACTS = {
    TICKET: {act.value: act.label for act in Action} | OTHERS,
    "notice": {act.value: act.label for act in NoticeAct},
    "round": {
        "open": "开始调度",
        "confirm": "确认挂牌",
        "hold": "暂缓挂牌",
        "raise": "加重挂牌",
        "close": "结束调度",
    },
    "covert": {"write": "记录暗访", "add_photo": "上传暗访照片", "become_ticket": "登记为问题"},
    "notice_template": {"save": "保存文书模板"},
    "policy": {"publish": "发布规则", "adopt": "启用规则"},
    "policy_draft": {
        "begin": "起草修订稿",
        "save": "修改修订稿",
        "drop": "放弃修订稿",
        "publish": "发布修订稿",
    },
    "calendar": {"fill": "录入放假安排"},
    "wall": {"open": "生成大屏地址", "end": "停用大屏地址"},
    SETTING: {
        "set_checklist": "更改必备材料",
        "set_quota": "更改存储额度",
        "set_campaign": "更改看板单列的批次",
    },
    "map": {"upload": "上传地图", "end": "停用地图"},
    ACCOUNT: {act.value: act.label for act in AccountAct},
    UNIT: {act.value: act.label for act in UnitAct},
}
STATES = {word.value: word.label for kind in (Status, NoticeStatus, Role) for word in kind}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for. `before` is the id the page goes on under."""

    subject: str = ""
    actor: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    seq: int
    at: datetime
    actor: str
    unit: str
    act: str
    subject: str
    name: str
    before: str
    after: str
    reason: str
    digest: str


@dataclass(frozen=True, slots=True)
class Found:
    """One page. `next` is the id the following page goes on under; None at the beginning."""

    lines: list[Line]
    next: int | None


def records(wanted: Wanted) -> Found:
    rows = db.session.scalars(_narrowed(wanted).limit(PER_PAGE + 1)).all()
    shown = rows[:PER_PAGE]
    issues = _names(select(Issue.id, Issue.number), Issue.id, _ids(shown, TICKET))
    accounts = _names(select(User.id, User.name), User.id, _ids(shown, ACCOUNT))
    units = _names(select(Unit.id, Unit.short_name), Unit.id, _ids(shown, UNIT))
    who = {key: f"@{name}" for key, name in accounts.items()}
    names = {TICKET: issues, ACCOUNT: who, UNIT: units}
    lines = [
        Line(
            id=row.id,
            seq=row.seq,
            at=row.at,
            actor=row.actor,
            unit=row.unit,
            act=ACTS.get(row.subject, {}).get(row.action, OTHER),
            subject=SUBJECTS.get(row.subject, OTHER),
            name=names.get(row.subject, {}).get(row.subject_id, f"第{row.subject_id}号"),
            before=_state(row, row.before),
            after=_state(row, row.after),
            reason=row.reason,
            digest=row.digest,
        )
        for row in shown
    ]
    return Found(lines, shown[-1].id if len(rows) > PER_PAGE else None)


def _state(row: Event, word: str) -> str:
    """In Chinese; of a setting as it was set. Nothing where the act left it as it was."""
    if row.before == row.after:
        return ""
    return word if row.subject == SETTING else STATES.get(word, "")


def _narrowed(wanted: Wanted) -> Select[Event]:
    rows = select(Event).order_by(Event.id.desc())
    if wanted.subject:
        rows = rows.where(Event.subject == wanted.subject)
    if wanted.actor:
        rows = rows.where(Event.actor.contains(wanted.actor, autoescape=True))
    if wanted.since:
        rows = rows.where(Event.on >= wanted.since)
    if wanted.until:
        rows = rows.where(Event.on <= wanted.until)
    if wanted.before is not None:
        rows = rows.where(Event.id < wanted.before)
    return rows


def _ids(rows: Sequence[Event], subject: str) -> list[int]:
    return [row.subject_id for row in rows if row.subject == subject]


def _names(source: Select[int, str], key: Any, ids: list[int]) -> dict[int, str]:
    if not ids:
        return {}
    return dict(db.session.execute(source.where(key.in_(ids))).all())
