"""Which ledger a sheet is, by its headings, and which column holds which field."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from issues.exchange.workbook.sheet import Sheet, plain
from issues.tickets.fields import READ
from issues.tickets.life import COLUMNS

DEEPEST_HEADING = 15
LEAST_HEADINGS = 4
MEASURE_GROUPS = {"整改措施", "措施进展"}
GROUPS = MEASURE_GROUPS | {"整改责任", "包保", "整改进展及销号", "整改进展", "销号"}

_COMMON = {
    heading: ledger.key or field.name
    for field, ledger in READ.items()
    for heading in ledger.headings
} | {heading: column.key for column in COLUMNS for heading in column.headings}
MEASURE = {
    "序号": "m_no", "具体措施": "m_text", "整改措施": "m_text", "措施": "m_text",
    "责任单位": "m_units", "启动时间": "m_start", "开始时间": "m_start", "开始": "m_start",
    "完成时限": "m_deadline", "整改时限": "m_deadline", "时限": "m_deadline",
    "目标值": "m_target", "完成值": "m_confirmed",
    "单位": "m_unit_of_target", "计量单位": "m_unit_of_target",
    "进度描述": "m_progress", "整改进度描述": "m_progress", "整改进展": "m_progress",
    "是否完成": "m_done", "是否销号": "m_done",
}  # fmt: skip
_COMPLAINT = {
    "调查核实情况": "findings", "是否属实": "verified", "处理和整改情况": "handling",
    "是否办结": "outcome", "办结情况": "outcome", "责令整改": "ordered", "立案处罚": "penalised",
    "罚款": "fine", "立案侦查": "investigated", "拘留": "detained", "约谈": "summoned",
    "问责": "held_to_account", "责任人被处理情况": "punished",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """`needed` maps the fields a sheet of the kind cannot do without to their headings."""

    key: str
    name: str
    headings: dict[str, str]
    needed: dict[str, str]


REGISTER = Layout(
    "register",
    "整改责任清单",
    _COMMON,
    {
        "problem": "存在问题",
        "deadline": "整改时限",
        "m_text": "具体措施",
        "closed": "是否销号",
    },
)
FINDINGS = Layout(
    "findings",
    "反馈问题整改情况表",
    _COMMON | MEASURE | {"序号": "order", "整改时限": "deadline"},
    {
        "order": "序号",
        "problem": "存在问题",
        "m_units": "责任单位",
        "deadline": "整改时限",
        "m_text": "整改措施",
        "m_done": "是否销号",
    },
)
COMPLAINTS = Layout(
    "complaints",
    "信访件办理情况表",
    _COMMON | _COMPLAINT,
    {
        "case_number": "受理编号",
        "problem": "交办问题基本情况",
        "handling": "处理和整改情况",
        "outcome": "是否办结",
    },
)
CALLED = _COMMON | _COMPLAINT
_ALL_HEADINGS = set(_COMMON) | set(MEASURE) | set(_COMPLAINT)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading as it stands, its group, and the word it is known by."""

    column: int
    text: str
    group: str

    @property
    def word(self) -> str:
        """Without what stands in brackets: 罚款 for 罚款（万元）."""
        return re.sub(r"\([^()]*\)|[:*★]", "", plain(self.text))


@dataclass(frozen=True)
class Columns:
    """The heading's rows, and the column of each field. `others` are columns of no known field.

    Where a stored layout says so (issues/exchange/matching): `joined` are further columns of a
    field, `shares` what of a cell of several fields is each one's, `left` the columns left out,
    `needed` what the layout cannot do without, `called` its name.
    """

    layout: Layout
    first_row: int
    last_row: int
    fields: dict[str, Heading]
    others: dict[int, Heading]
    joined: Mapping[str, tuple[Heading, ...]] = field(default_factory=dict)
    shares: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    left: frozenset[int] = frozenset()
    called: str = ""

    @cached_property
    def named(self) -> dict[int, Heading]:
        own = {h.column: h for h in (*self.fields.values(), *self._joined)}
        return own | self.others

    @property
    def _joined(self) -> list[Heading]:
        return [heading for headings in self.joined.values() for heading in headings]

    @cached_property
    def known(self) -> frozenset[int]:
        """The columns that are read into a field, or left out."""
        return self.left | {h.column for h in (*self.fields.values(), *self._joined)}

    def sources(self, name: str) -> list[int]:
        """The columns of a field."""
        return [h.column for h in (self.fields[name], *self.joined.get(name, ()))]

    def share(self, name: str, text: str) -> str:
        """What of the text of its cell is the field's."""
        return self.shares[name](text) if name in self.shares else text

    def heading(self, column: int) -> str:
        heading = self.named.get(column)
        return heading.text if heading and heading.text else "无表头"

    @property
    def missing(self) -> list[str]:
        """Nothing in a stored layout: what it wants was asked for when it was made."""
        needed = {} if self.called else self.layout.needed
        return [word for name, word in needed.items() if name not in self.fields]


def find_columns(sheet: Sheet) -> Columns | None:
    """None where the first rows of the sheet hold no heading of a ledger."""
    rows = range(1, min(sheet.row_count, DEEPEST_HEADING) + 1)
    scored = [
        (_score(headings), -row, depth) for row in rows for depth, headings in _read(sheet, row)
    ]
    best = max(scored, default=(0, 0, 1))
    if best[0] < LEAST_HEADINGS:
        return None
    row, depth = -best[1], best[2]
    headings = dict(_read(sheet, row))[depth]
    layout = _recognise(headings)
    if layout is None:
        return None
    last_row = row + depth - 1
    fields, others = _assign(sheet, layout, headings, last_row)
    return Columns(layout, row, last_row, fields, others)


def _read(sheet: Sheet, row: int) -> list[tuple[int, list[Heading]]]:
    """The headings of a row alone, and, where it has groups, with the row under it."""
    columns = range(1, sheet.column_count + 1)
    tops = {c: sheet.seen(row, c).text for c in columns}
    readings = [(1, [Heading(c, tops[c], "") for c in columns])]
    if not any(plain(text) in GROUPS for text in tops.values()):
        return readings
    double, group = [], ""
    for column in columns:
        below = sheet.cell(row + 1, column).text
        group = tops[column] or (group if below else "")
        if below:
            double.append(Heading(column, below, plain(group)))
        else:
            double.append(Heading(column, tops[column], ""))
    return [*readings, (2, double)]


def _score(headings: list[Heading]) -> int:
    return sum(heading.word in _ALL_HEADINGS for heading in headings)


def _recognise(headings: list[Heading]) -> Layout | None:
    words = {heading.word for heading in headings}
    if any(heading.group in MEASURE_GROUPS for heading in headings):
        return REGISTER
    if {"受理编号", "是否办结"} <= words or {"受理编号", "处理和整改情况"} <= words:
        return COMPLAINTS
    return FINDINGS if {"存在问题", "整改措施"} <= words else None


def _assign(
    sheet: Sheet, layout: Layout, headings: list[Heading], last_row: int
) -> tuple[dict[str, Heading], dict[int, Heading]]:
    fields: dict[str, Heading] = {}
    others: dict[int, Heading] = {}
    for heading in headings:
        field = _field(layout, heading)
        if field == "deadline" and field in fields and layout is FINDINGS:
            pair = sorted([fields[field], heading], key=lambda h: _under(sheet, h, last_row))
            fields["deadline"], fields["m_deadline"] = pair
        elif field and field not in fields:
            fields[field] = heading
        else:
            others[heading.column] = heading
    return fields, others


def _field(layout: Layout, heading: Heading) -> str | None:
    if heading.group in MEASURE_GROUPS:
        return MEASURE.get(heading.word)
    return layout.headings.get(heading.word)


def _under(sheet: Sheet, heading: Heading, last_row: int) -> tuple[int, int]:
    """How full a column is: of two with the same heading, the ticket's is the emptier one."""
    rows = range(last_row + 1, sheet.row_count + 1)
    full = sum(not sheet.cell(row, heading.column).is_empty for row in rows)
    return full, heading.column
