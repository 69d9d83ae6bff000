"""One reading as it is said in a form, by a program or in a row of a report, understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select

from extensions import db
from issues.evidence.item_names import NO_UNIT, is_same_item, is_same_unit
from issues.ground import clock
from issues.ground.numbers import LARGEST_ID, whole
from issues.ground.refusals import Incomplete
from issues.models import Evidence, Issue, Reading, Target
from issues.rules.dates.bounds import until_today
from issues.vocabulary import EvidenceKind

LONGEST = {"pollutant": 40, "unit_of_value": 20, "laboratory": 80, "point": 80}
NAMES = {
    "pollutant": "监测项目",
    "value": "数值",
    "unit_of_value": "单位",
    "sampled_on": "采样日期",
    "laboratory": "监测单位",
}
LONGEST_NUMBER = 20
MOST_DIGITS = 15
"""As many as are compared alike in every database."""


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
    target_id: int | None = None


def read(said: dict[str, str], reports: dict[int, Evidence]) -> Measured:
    """Raises Incomplete, each fault at its field. `reports`: what a reading may stand in."""
    errors: dict[str, list[str]] = {}
    texts: dict[str, Any] = {name: said.get(name, "").strip() for name in LONGEST}
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
    if len(found.as_tuple().digits) > MOST_DIGITS:
        errors[name] = [f"数字不超过{MOST_DIGITS}位"]
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
    if said := until_today("采样日期", clock.today()).why_not(found):
        errors["sampled_on"] = [said]
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


def live_targets(issue: Issue) -> Sequence[Target]:
    """What a reading of the ticket may be held against."""
    rows = select(Target).where(Target.issue_id == issue.id, Target.ended_at.is_(None))
    return db.session.scalars(rows.order_by(Target.id)).all()


def of_target(target: Target, said: Mapping[str, Any], reports: dict[int, Evidence]) -> Measured:
    """A reading told of a target: its item and unit are the target's. Raises Incomplete."""
    told = {name: typed(said.get(name)) for name in ("value", "sampled_on", "evidence", "point")}
    told |= {
        "laboratory": said.get("laboratory") or target.source_unit,
        "pollutant": target.name[: LONGEST["pollutant"]],
        "unit_of_value": target.unit_of_value or NO_UNIT[-1],
    }
    return replace(read(told, reports), target_id=target.id)


def typed(value: Any) -> str:
    return "" if value is None else str(getattr(value, "id", value))


def again(row: Reading, value: str, day: str) -> Measured:
    """The same reading with another figure or day. Raises Incomplete."""
    said = {name: getattr(row, name) for name in LONGEST} | {"value": value, "sampled_on": day}
    told = read(said, {})
    return replace(
        told, low=row.low, high=row.high, evidence_id=row.evidence_id, target_id=row.target_id
    )


def held_against(issue: Issue, measured: Measured) -> Measured:
    """With the target of its item, where the ticket has one: its words are the target's.

    Raises Incomplete where it is told in another unit: 900 μg/L is not over 1 mg/L.
    """
    if measured.target_id is not None:
        return measured
    targets = live_targets(issue)
    named = [(one.name, one.unit_of_value) for one in targets]
    place = which_target(named, measured.pollutant, measured.unit_of_value)
    if place is None:
        return measured
    target = targets[place]
    unit = target.unit_of_value or measured.unit_of_value
    return replace(measured, pollutant=target.name, unit_of_value=unit, target_id=target.id)


def which_target(targets: Sequence[tuple[str, str]], item: str, unit: str) -> int | None:
    """Which of these names and units an item in a unit belongs to; None where none names it.

    Raises Incomplete where all that name it have another unit.
    """
    found = [place for place, (name, _) in enumerate(targets) if is_same_item(name, item)]
    same = [place for place in found if is_same_unit(targets[place][1], unit)]
    if found and not same:
        units = "、".join(dict.fromkeys(targets[place][1] or NO_UNIT[-1] for place in found))
        raise Incomplete({"unit_of_value": [f"目标的单位是{units}，请换算后填写"]})
    return same[0] if same else None
