"""Constants for columns a sheet lacks, as a person gives them on a page, kept as a profile."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from issues.exchange.matching.match import Match
from issues.exchange.reading.profile import BY_REGION, Profile, ProfileError
from issues.exchange.reading.unit_roles import LEAD
from issues.ground.documents import Unreadable, toml_of
from issues.ground.numbers import whole
from issues.vocabulary import Status

LONGEST_PROFILE = 200_000
"""With what is said of some thousand rows of one workbook."""
LONGEST_DEADLINE = 3650
_UNASKED = {"closed_on"}
"""What no form asks for, and a file alone can say."""
TEXTS_ASKED = ("goal", "criteria")
NOT_TOML = "配置不是TOML文件，请对照示例检查引号和日期的写法"
FIELDS = {
    "问题来源": "source",
    "交办日期": "assigned_on",
    "行政区域": "region",
    "责任单位": "responsible",
    "验收单位": "acceptance",
    "整改时限": "deadline_days",
}
"""The heading that may be missing, and the constant that stands in for it."""


def profile_of(text: str) -> Profile | None:
    """None where nothing is said. Raises ProfileError."""
    document = _document(text)
    return Profile.from_document(document) if document else None


def with_constants(text: str, given: Mapping[str, Any]) -> str:
    """The profile with these constants in it. Raises ProfileError, naming the first at fault.

    What is not given stays as it is.
    """
    document = _document(text)
    document |= _constants(given)
    Profile.from_document(document)
    return _written(document)


def with_layout(text: str, match: Match, given: Mapping[str, Any]) -> str:
    """The profile with these columns and these constants alone. Raises ProfileError."""
    kept = {n: v for n, v in _document(text).items() if n in _UNASKED}
    document = kept | _constants(given) | {"layout": match.document()}
    others = {n: v for n, v in _document(text).get("texts", {}).items() if n not in TEXTS_ASKED}
    if others:
        document["texts"] = others | document.get("texts", {})
    written = _written(document)
    profile_of(written)  # what was typed is held against what a file may say
    return written


def laid_over(base: str, text: str) -> str:
    """The one profile with what the other says in its place. Raises ProfileError."""
    return _written(_document(base) | _document(text))


def started(text: str, start: Status, rows: Mapping[int, Status]) -> str:
    """The profile with where those tickets begin of whom the sheet does not say."""
    document = _document(text) | {"start": start.value}
    document["start_rows"] = {str(row): status.value for row, status in sorted(rows.items())}
    return _written(document)


def answered(text: str, same: Mapping[int, str], new: Iterable[int]) -> str:
    """The profile with what those rows are that may be a ticket here, and no others."""
    document = _document(text)
    document["same_rows"] = {str(row): number for row, number in sorted(same.items())}
    document["new_rows"] = sorted(new)
    return _written(document)


def lasting(text: str) -> str:
    """The profile without what is said of one workbook's rows alone."""
    document = _document(text)
    for name in ("start_rows", "same_rows", "new_rows"):
        document.pop(name, None)
    return _written(document)


def constants_in(text: str) -> dict[str, Any]:
    """What a form of constants shows of a profile: the other way round."""
    document = _document(text)
    region, responsible = document.get("region", {}), document.get("responsible", {})
    units = document.get("acceptance", [])
    texts = document.get("texts", {})
    return {
        "source": _plain(document.get("source")),
        "assigned_on": _plain(document.get("assigned_on")),
        "region": region.get("else", ""),
        "responsible": BY_REGION if responsible.get("from") else responsible.get("else", ""),
        "lead": document.get("lead", ""),
        "acceptance": next((code for code in units if code != LEAD), ""),
        "deadline_days": document.get("deadline", {}).get("days", ""),
        "goal": texts.get("goal", ""),
        "criteria": texts.get("criteria", ""),
        "start": document.get("start", ""),
        "by_order": _lines(document, ("source", "assigned_on"), "prefix"),
        "by_region": _lines_by_region(document),
    }


def _constants(given: Mapping[str, Any]) -> dict[str, Any]:
    """Those that are given, as a profile says them. Raises ProfileError."""
    document = _by_order(given)
    if region := given.get("region"):
        document["region"] = {"from": "responsible_units", "else": region}
    by_region = [line for line in given.get("by_region") or [] if line.get("region")]
    if responsible := _responsible(given.get("responsible", ""), by_region):
        document["responsible"] = responsible
    if accepting := {
        line["region"]: line["acceptance"] for line in by_region if line.get("acceptance")
    }:
        document["acceptance_by_region"] = accepting
    if unit := given.get("acceptance"):
        document["acceptance"] = [LEAD, unit]
    if days := given.get("deadline_days"):
        document["deadline"] = {"days": _days(str(days))}
    document |= {name: given[name] for name in ("lead", "start") if given.get(name)}
    if texts := {name: given[name] for name in TEXTS_ASKED if given.get(name)}:
        document["texts"] = texts
    return document


def _by_order(given: Mapping[str, Any]) -> dict[str, Any]:
    """What may go by how the 序号 begins."""
    document: dict[str, Any] = {}
    by_order = [line for line in given.get("by_order") or [] if line.get("prefix")]
    sources = {line["prefix"]: line["source"] for line in by_order if line.get("source")}
    days = {
        line["prefix"]: _day(line["assigned_on"]) for line in by_order if line.get("assigned_on")
    }
    if source := _by_prefix(sources, given.get("source")):
        document["source"] = source
    day = given.get("assigned_on")
    if on := _by_prefix(days, _day(day) if day else None):
        document["assigned_on"] = on
    return document


def _by_prefix(rules: Mapping[str, Any], otherwise: Any) -> Any:
    """One constant, or a table from the beginning of 序号 to one, and what else."""
    if not rules:
        return otherwise
    return dict(rules) | ({"else": otherwise} if otherwise else {})


def _responsible(unit: str, by_region: list[dict[str, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if unit == BY_REGION:
        found["from"] = BY_REGION
    elif unit:
        found["else"] = unit
    if named := {line["region"]: line["unit"] for line in by_region if line.get("unit")}:
        found["by_region"] = named
    return found


def _plain(value: Any) -> Any:
    """What holds for every 序号."""
    return value.get("else", "") if isinstance(value, Mapping) else value or ""


def _lines(document: Mapping[str, Any], names: tuple[str, ...], key: str) -> list[dict[str, Any]]:
    tables = {n: v for n in names if isinstance(v := document.get(n), Mapping)}
    prefixes = dict.fromkeys(p for table in tables.values() for p in table if p != "else")
    return [{key: p} | {n: table.get(p, "") for n, table in tables.items()} for p in prefixes]


def _lines_by_region(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    units = document.get("responsible", {}).get("by_region", {})
    accepting = document.get("acceptance_by_region", {})
    return [
        {"region": code, "unit": units.get(code, ""), "acceptance": accepting.get(code, "")}
        for code in dict.fromkeys([*units, *accepting])
    ]


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
