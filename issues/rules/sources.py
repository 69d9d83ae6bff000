"""What a ticket's source decides: who moves a deadline, what closing asks for, how often to report.

The figures are those of docs/rules.md §1; each is a setting of the policy.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, TypeGuard

from issues.vocabulary import Source

MOVERS = {
    "document": "设定时限的上级文件",
    "head": "市环委办负责人批准",
    "nobody": "不予调整",
}
CADENCES = (1, 2, 3, 6, 12)
"""A report is due at the end of every so many months: the divisors of a year."""

LONGEST = 366
HEAVIEST = Decimal(10)


@dataclass(frozen=True, slots=True)
class SourceRules:
    """`mover` is one of MOVERS; `first_lookback_months` is None where none is planned."""

    mover: str
    needs_conclusion: bool
    has_publicity: bool
    report_months: int
    plan_workdays: int
    weight: Decimal
    first_lookback_months: int | None
    lookback_sample: bool

    def document(self) -> dict[str, Any]:
        return {
            field.name: written_weight(value) if isinstance(value, Decimal) else value
            for field in fields(self)
            for value in [getattr(self, field.name)]
        }


def _inspection(weight: str) -> SourceRules:
    return SourceRules("document", True, True, 1, 30, Decimal(weight), 6, False)


def _complaint(weight: str) -> SourceRules:
    return SourceRules("nobody", False, True, 1, 10, Decimal(weight), 6, False)


_COVERT = SourceRules("head", False, True, 1, 10, Decimal(1), None, True)
_OWN = replace(_COVERT, has_publicity=False)
_WORK_POINT = replace(_OWN, report_months=3, lookback_sample=False)

DEFAULT_SOURCES: Mapping[Source, SourceRules] = MappingProxyType(
    {
        Source.YD: _inspection("1.5"),
        Source.YX: _complaint("1.5"),
        Source.SD: _inspection("1.2"),
        Source.SX: _complaint("1.2"),
        Source.ZH: _inspection("1.2"),
        Source.JS: _inspection("1.2"),
        Source.AF: _COVERT,
        **dict.fromkeys((Source.ZC, Source.YG, Source.LD, Source.RX, Source.MT), _OWN),
        Source.GZ: _WORK_POINT,
        Source.QT: _OWN,
    }
)


def written_weight(weight: Decimal) -> str:
    """A weight without trailing zeros, so that one weight has one spelling."""
    return f"{weight.normalize():f}"


def _whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _mover(value: object) -> str:
    if not isinstance(value, str) or value not in MOVERS:
        raise ValueError(f"应是下列之一：{'、'.join(MOVERS.values())}")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("应是“是”或“否”（true、false）")
    return value


def _cadence(value: object) -> int:
    if not _whole(value) or value not in CADENCES:
        raise ValueError(f"应是 {'、'.join(map(str, CADENCES))} 之一（每几个月报一次）")
    return value


def _length(value: object) -> int:
    if not _whole(value) or not 1 <= value <= LONGEST:
        raise ValueError(f"应是1到{LONGEST}之间的整数")
    return value


def _length_or_none(value: object) -> int | None:
    return None if value is None else _length(value)


def _weight(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise TypeError("应是数字")
    try:
        weight = Decimal(str(value))
    except InvalidOperation:
        raise ValueError("应是数字") from None
    if not weight.is_finite() or not 0 < weight <= HEAVIEST:
        raise ValueError(f"应大于0、不超过{HEAVIEST}")
    return weight


READERS: Mapping[str, Callable[[object], Any]] = {
    "mover": _mover,
    "needs_conclusion": _flag,
    "has_publicity": _flag,
    "report_months": _cadence,
    "plan_workdays": _length,
    "weight": _weight,
    "first_lookback_months": _length_or_none,
    "lookback_sample": _flag,
}
LABELS = {
    "mover": "时限由谁调整",
    "needs_conclusion": "销号须上级结论",
    "has_publicity": "销号前公示",
    "report_months": "每几个月报一次进展",
    "plan_workdays": "报方案期限（工作日）",
    "weight": "考核权重",
    "first_lookback_months": "首次回头看（销号后几个月）",
    "lookback_sample": "纳入回头看抽查",
}


def read_sources(document: object, errors: dict[str, list[str]]) -> Mapping[Source, SourceRules]:
    """The default sources with the changes of `document`; what is wrong goes into `errors`."""
    if not isinstance(document, Mapping):
        errors["sources"] = ["应是按来源列出的规则"]
        return DEFAULT_SOURCES
    rules = dict(DEFAULT_SOURCES)
    for code, changes in document.items():
        if code not in {source.value for source in Source}:
            errors[f"sources.{code}"] = ["没有这个问题来源"]
        elif not isinstance(changes, Mapping):
            errors[f"sources.{code}"] = ["应是这个来源的规则"]
        else:
            source = Source(code)
            rules[source] = replace(rules[source], **_read_rules(source, changes, errors))
    return MappingProxyType(rules)


def _read_rules(
    source: Source, changes: Mapping[str, Any], errors: dict[str, list[str]]
) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, value in changes.items():
        field = f"sources.{source.value}.{name}"
        if name not in READERS:
            errors[field] = ["没有这个参数"]
            continue
        try:
            read[name] = READERS[name](value)
        except (TypeError, ValueError) as wrong:
            errors[field] = [str(wrong)]
    return read
