"""Constants for columns a sheet lacks, as a person gives them on a page, kept as a profile."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from issues.exchange.reading.profile import Profile, ProfileError
from issues.exchange.reading.unit_roles import LEAD
from issues.ground.documents import Unreadable, toml_of
from issues.ground.numbers import whole

LONGEST_PROFILE = 20_000
LONGEST_DEADLINE = 3650
NOT_TOML = "配置不是TOML文件，请对照示例检查引号和日期的写法"
FIELDS = {
    "问题来源": "source",
    "交办日期": "assigned_on",
    "行政区域": "region",
    "验收单位": "acceptance",
    "整改时限": "deadline_days",
}
"""The heading that may be missing, and the constant that stands in for it."""


def profile_of(text: str) -> Profile | None:
    """None where nothing is said. Raises ProfileError."""
    document = _document(text)
    return Profile.from_document(document) if document else None


def with_constants(text: str, given: Mapping[str, str]) -> str:
    """The profile with these constants in it. Raises ProfileError, naming the first at fault."""
    document = _document(text)
    if source := given.get("source"):
        document["source"] = source
    if day := given.get("assigned_on"):
        document["assigned_on"] = _day(day)
    if region := given.get("region"):
        document["region"] = {"from": "responsible_units", "else": region}
    if unit := given.get("acceptance"):
        document["acceptance"] = [LEAD, unit]
    if days := given.get("deadline_days"):
        document["deadline"] = {"days": _days(days)}
    Profile.from_document(document)
    return _written(document)


def _document(text: str) -> dict[str, Any]:
    if len(text) > LONGEST_PROFILE:
        raise ProfileError(f"配置超过{LONGEST_PROFILE}字，请确认是否选错了文件")
    try:
        return toml_of(text, LONGEST_PROFILE)
    except Unreadable as wrong:
        raise ProfileError(f"{NOT_TOML}：{wrong.sentence}") from wrong


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ProfileError(f"交办日期“{text[:20]}”不是日期，请写成2025-01-15") from None


def _days(text: str) -> int:
    days = whole(text, 1, LONGEST_DEADLINE)
    if days is None:
        raise ProfileError(f"整改时限的天数应是1到{LONGEST_DEADLINE}的整数")
    return days


def _written(document: Mapping[str, Any], path: str = "") -> str:
    """The document as TOML: plain values first, then its tables."""
    plain = {name: value for name, value in document.items() if not isinstance(value, Mapping)}
    lines = [f"[{path}]"] if path else []
    lines += [f"{json.dumps(n, ensure_ascii=False)} = {_value(v)}" for n, v in plain.items()]
    tables = {name: value for name, value in document.items() if name not in plain}
    for name, table in tables.items():
        key = json.dumps(name, ensure_ascii=False)
        lines.append("\n" + _written(table, f"{path}.{key}" if path else key))
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    return json.dumps(value, ensure_ascii=False)
