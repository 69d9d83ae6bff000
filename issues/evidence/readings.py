"""Monitoring as data: one value of one pollutant on one day, against its limit."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from auth.actor import Actor
from extensions import db
from issues import audit
from issues.evidence.contradictions import keeping as contradictions
from issues.evidence.rows import is_own, refuse_unless_open
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete, NotAllowed, WrongStatus
from issues.models import Evidence, Issue, Reading
from issues.vocabulary import BesideAct, EvidenceKind

LONGEST = {"pollutant": 40, "unit_of_value": 20, "laboratory": 80, "point": 80}
NAMES = {
    "pollutant": "监测项目",
    "value": "数值",
    "unit_of_value": "单位",
    "sampled_on": "采样日期",
    "laboratory": "监测单位",
}
LONGEST_NUMBER = 20
LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Measured:
    """What a form or a caller says of one reading, understood."""

    pollutant: str
    value: Decimal
    unit_of_value: str
    sampled_on: date
    laboratory: str
    point: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    evidence_id: int | None = None


def is_within(row: Any) -> bool:
    """At most the upper limit, at least the lower one. A value on its limit holds it."""
    return (row.low is None or row.value >= row.low) and (row.high is None or row.value <= row.high)


def limit_words(row: Any) -> str:
    if row.low is not None and row.high is not None:
        return f"{row.low}~{row.high}"
    if row.high is not None:
        return f"≤{row.high}"
    return f"≥{row.low}" if row.low is not None else "未填"


def read(said: dict[str, str], reports: dict[int, Evidence]) -> Measured:
    """Raises Incomplete, each fault at its field. `reports`: what a reading may stand in."""
    errors: dict[str, list[str]] = {}
    texts = {name: said.get(name, "").strip() for name in LONGEST}
    for name, label in NAMES.items():
        if not said.get(name, "").strip():
            errors[name] = [f"请填写{label}"]
    for name, most in LONGEST.items():
        if len(texts[name]) > most:
            errors[name] = [f"不超过{most}字"]
    numbers = {name: _number(said.get(name, ""), name, errors) for name in ("value", "low", "high")}
    low, high = numbers["low"], numbers["high"]
    if low is not None and high is not None and low > high:
        errors["high"] = ["上限不能小于下限"]
    day = _day(said.get("sampled_on", ""), errors)
    report = _report(said.get("evidence", ""), reports, errors)
    if errors or numbers["value"] is None or day is None:
        raise Incomplete(errors)
    return Measured(
        **texts, value=numbers["value"], low=low, high=high,
        sampled_on=day, evidence_id=report,
    )  # fmt: skip


def _number(text: str, name: str, errors: dict[str, list[str]]) -> Decimal | None:
    text = text.strip()
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or len(format(found, "f")) > LONGEST_NUMBER:
        errors[name] = ["请填写数字，例如 12.5"]
        return None
    return found


def _day(text: str, errors: dict[str, list[str]]) -> date | None:
    if not text.strip():
        return None
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        errors["sampled_on"] = ["请填写日期，例如 2025-11-25"]
        return None
    if found > clock.today():
        errors["sampled_on"] = ["采样日期不能晚于今天"]
    return found


def _report(text: str, reports: dict[int, Evidence], errors: dict[str, list[str]]) -> int | None:
    if not text:
        return None
    number = whole(text, 0, LARGEST_ID)
    found = None if number is None else reports.get(number)
    if found is None or found.kind is not EvidenceKind.MONITORING:
        errors["evidence"] = ["请选择本事项的监测报告"]
        return None
    return found.id


def record(issue: Issue, actor: Actor, measured: Measured, *, at: datetime) -> Reading:
    """Who may send in files may enter readings, at the same times. Never commits."""
    refuse_unless_open(issue, actor)
    row = Reading(
        issue_id=issue.id,
        entered_at=at,
        entered_by_id=actor.id,
        unit_id=actor.unit_id,
        **{name: getattr(measured, name) for name in Measured.__slots__},
    )
    db.session.add(row)
    db.session.flush()
    contradictions.refresh(issue, at)
    _tell(issue, actor, row, BesideAct.RECORD_READING, _words(row), at)
    return row


def withdraw(issue: Issue, actor: Actor, row: Reading, reason: str, *, at: datetime) -> None:
    """The row stays, struck out, with the reason. Never commits."""
    refuse_unless_open(issue, actor)
    if row.withdrawn_at is not None:
        raise WrongStatus("这条监测数据已经撤回。")
    if not is_own(actor, row):
        raise NotAllowed("只能撤回本单位登记的监测数据。")
    if not reason.strip():
        raise Incomplete({"reason": ["请写明撤回的理由"]})
    if len(reason) > LONGEST_REASON:
        raise Incomplete({"reason": [f"理由超过{LONGEST_REASON}字，请精简"]})
    row.withdrawn_at, row.withdraw_reason = at, reason.strip()
    db.session.flush()
    contradictions.refresh(issue, at)
    _tell(
        issue,
        actor,
        row,
        BesideAct.WITHDRAW_READING,
        f"{_words(row)}。理由：{row.withdraw_reason}",
        at,
    )


def _words(row: Reading) -> str:
    return (
        f"{row.sampled_on} {row.pollutant} {row.value}{row.unit_of_value}"
        f"（限值{limit_words(row)}，{row.laboratory}）"
    )


def _tell(
    issue: Issue, actor: Actor, row: Reading, action: BesideAct, said: str, at: datetime
) -> None:
    audit.record_beside(issue, action, actor, at=at, reason=said, detail={"reading": row.id})
