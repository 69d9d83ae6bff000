"""Constants for cells a sheet does not have: a small TOML file beside the workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Self

from issues.exchange.matching.match import BadMatch, Match
from issues.ground.documents import Unreadable, toml_of
from issues.ground.numbers import LARGEST_ID, whole
from issues.tickets.fields import READ
from issues.vocabulary import Source, Status

MOST_BYTES = 64 * 1024
CLOSED_ON = ("import", "deadline")
TEXTS = tuple(field.name for field, ledger in READ.items() if ledger.by_profile)
BY_REGION = "region"
STARTS = (Status.RECTIFYING, Status.DRAFT)
"""Where a ticket may begin of which the sheet does not say how far it has come."""
_KNOWN = {
    "source", "assigned_on", "region", "acceptance", "deadline", "closed_on", "texts",
    "acceptance_by_region", "responsible", "lead", "start", "start_rows", "layout",
    "same_rows", "new_rows",
}  # fmt: skip


class ProfileError(ValueError):
    """A document that is no profile; `sentence` says in Chinese what is wrong."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Counted:
    """A deadline counted from the assignment; `by_outcome` holds other lengths by 是否办结."""

    days: int
    by_outcome: Mapping[str, int] = field(default_factory=dict)

    def days_for(self, outcome: str) -> int:
        return self.by_outcome.get(outcome, self.days)


@dataclass(frozen=True, slots=True)
class Profile:
    """`source` and `assigned_on` go by how the 序号 begins, the first that fits; "" fits any.

    `acceptance` are unit codes or "lead_unit": the first that is not the primary unit.
    `region_from` is "responsible_units" (the first county named there) or "", `region_else` the
    code otherwise. `responsible_from` is "region" (the county itself) or ""; what is said for a
    region in `responsible_by` and `acceptance_by` leads. `start_rows` are rows of one sheet,
    and so are `same_rows` and `new_rows`: what was answered of those that may be a ticket here.
    """

    source: tuple[tuple[str, Source], ...] = ()
    assigned_on: tuple[tuple[str, date], ...] = ()
    region_from: str = ""
    region_else: str = ""
    acceptance: tuple[str, ...] = ()
    deadline: Counted | None = None
    closed_on: str = "import"
    texts: Mapping[str, str] = field(default_factory=dict)
    responsible_from: str = ""
    responsible_else: str = ""
    responsible_by: Mapping[str, str] = field(default_factory=dict)
    acceptance_by: Mapping[str, str] = field(default_factory=dict)
    lead: str = ""
    start: Status = Status.RECTIFYING
    start_rows: Mapping[int, Status] = field(default_factory=dict)
    same_rows: Mapping[int, str] = field(default_factory=dict)
    new_rows: frozenset[int] = frozenset()
    match: Match | None = None

    @property
    def names_responsible(self) -> bool:
        return bool(self.responsible_from or self.responsible_else or self.responsible_by)

    def start_of(self, row: int) -> Status:
        return self.start_rows.get(row, self.start)

    def over(self, base: "Profile") -> "Profile":
        """The base, but for what is said here."""
        silent = Profile()
        own = {one.name: getattr(self, one.name) for one in fields(self)}
        return replace(base, **{n: v for n, v in own.items() if v != getattr(silent, n)})

    def source_of(self, order: str) -> Source | None:
        return next((s for prefix, s in self.source if order.startswith(prefix)), None)

    def assigned_of(self, order: str) -> date | None:
        return next((day for prefix, day in self.assigned_on if order.startswith(prefix)), None)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Raises ProfileError."""
        unknown = sorted(set(document) - _KNOWN)
        if unknown:
            raise ProfileError(f"配置中没有“{unknown[0]}”这一项")
        region = _table(document, "region")
        texts = _table(document, "texts")
        if wrong := [n for n, v in texts.items() if n not in TEXTS or not isinstance(v, str)]:
            raise ProfileError(f"配置texts中的“{wrong[0]}”不能作为常量")
        acceptance = document.get("acceptance", [])
        if not isinstance(acceptance, list) or not all(isinstance(a, str) for a in acceptance):
            raise ProfileError("配置acceptance应是单位代码的列表")
        responsible = _table(document, "responsible")
        closed_on = document.get("closed_on", CLOSED_ON[0])
        if closed_on not in CLOSED_ON:
            raise ProfileError("配置closed_on应是import或deadline")
        return cls(
            source=tuple((prefix, _source(v)) for prefix, v in _rules(document, "source")),
            assigned_on=tuple((prefix, _day(v)) for prefix, v in _rules(document, "assigned_on")),
            region_from=_text(region, "from"),
            region_else=_text(region, "else"),
            acceptance=tuple(acceptance),
            deadline=_counted(_table(document, "deadline")),
            closed_on=closed_on,
            texts=dict(texts),
            responsible_from=_text(responsible, "from"),
            responsible_else=_text(responsible, "else"),
            responsible_by=_codes(responsible, "by_region"),
            acceptance_by=_codes(document, "acceptance_by_region"),
            lead=_text(document, "lead"),
            start=_start(document.get("start", Status.RECTIFYING.value)),
            start_rows=_start_rows(document),
            same_rows=_same_rows(document),
            new_rows=_new_rows(document),
            match=_match(document),
        )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Raises ProfileError."""
        try:
            document = toml_of(path.read_bytes(), MOST_BYTES)
        except Unreadable as wrong:
            raise ProfileError(f"配置{path.name}不是TOML文件：{wrong.sentence}") from wrong
        return cls.from_document(document)


def profile_beside(workbook: Path) -> Profile | None:
    """The profile of the same name beside a workbook. Raises ProfileError."""
    path = workbook.with_suffix(".toml")
    return Profile.load(path) if path.is_file() else None


def _rules(document: Mapping[str, Any], name: str) -> list[tuple[str, Any]]:
    """One constant, or a table from the beginning of 序号 to a constant; the longest come first."""
    value = document.get(name)
    if value is None:
        return []
    if not isinstance(value, Mapping):
        return [("", value)]
    prefixes = sorted((prefix for prefix in value if prefix != "else"), key=len, reverse=True)
    rules = [(prefix, value[prefix]) for prefix in prefixes]
    return [*rules, ("", value["else"])] if "else" in value else rules


def _source(value: object) -> Source:
    if not isinstance(value, str) or value not in {source.value for source in Source}:
        raise ProfileError(f"配置中没有“{value}”这个问题来源")
    return Source(value)


def _day(value: object) -> date:
    if type(value) is not date:
        raise ProfileError(f"配置assigned_on中的“{value}”不是日期，请写成2025-01-15")
    return value


def _table(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = document.get(name, {})
    if not isinstance(value, Mapping):
        raise ProfileError(f"配置{name}应是一张表")
    return value


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise ProfileError(f"配置中的“{name}”应是文字")
    return value


def _counted(table: Mapping[str, Any]) -> Counted | None:
    if not table:
        return None
    by_outcome = _table(table, "by_outcome")
    lengths = [table.get("days"), *by_outcome.values()]
    if not all(type(days) is int and days > 0 for days in lengths):
        raise ProfileError("配置deadline中的天数应是正整数")
    return Counted(table["days"], dict(by_outcome))


def _codes(table: Mapping[str, Any], name: str) -> dict[str, str]:
    """Codes of units by the codes of regions."""
    found = _table(table, name)
    return {region: _text(found, region) for region in found}


def _start(value: object) -> Status:
    if not isinstance(value, str) or value not in STARTS:
        known = "或".join(status.value for status in STARTS)
        raise ProfileError(f"配置start应是{known}")
    return Status(value)


def _start_rows(document: Mapping[str, Any]) -> dict[int, Status]:
    rows = _table(document, "start_rows")
    numbers = {row: whole(row, 1, LARGEST_ID) for row in rows}
    if not all(numbers.values()):
        raise ProfileError("配置start_rows中应是表中的行号")
    return {number: _start(rows[row]) for row, number in numbers.items() if number}


def _same_rows(document: Mapping[str, Any]) -> dict[int, str]:
    rows = _table(document, "same_rows")
    numbers = {row: whole(row, 1, LARGEST_ID) for row in rows}
    if not all(numbers.values()):
        raise ProfileError("配置same_rows中应是表中的行号")
    return {number: _text(rows, row) for row, number in numbers.items() if number}


def _new_rows(document: Mapping[str, Any]) -> frozenset[int]:
    rows = document.get("new_rows", [])
    if not isinstance(rows, list) or not all(type(n) is int and 0 < n <= LARGEST_ID for n in rows):
        raise ProfileError("配置new_rows应是表中行号的列表")
    return frozenset(rows)


def _match(document: Mapping[str, Any]) -> Match | None:
    if "layout" not in document:
        return None
    try:
        return Match.from_document(document["layout"])
    except BadMatch as wrong:
        raise ProfileError(wrong.sentence) from wrong
