"""One cell to one value of a kind. What cannot be read is an error in that cell, never a guess."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from issues.exchange import coordinates
from issues.exchange.reading.unit_names import Directory, UnitsRead
from issues.exchange.reading.words import published
from issues.exchange.workbook.amounts import amount
from issues.exchange.workbook.cell_account import Journal, brief
from issues.exchange.workbook.sheet import Cell, plain
from issues.ground.secrecy import persons
from issues.rules.dates.days import written
from issues.rules.dates.deadlines import (
    Deadline,
    UnreadableDeadline,
    read_day,
    read_with_notes,
)
from issues.rules.dates.workdays import Workdays
from issues.rules.policy import Policy
from issues.tickets.fields import BY_NAME, READ
from issues.vocabulary import ProblemType, Source

LONGEST_TEXT = (
    {"number": 32, "m_deadline": 120, "m_unit_of_target": 20, "order": 80}
    | {
        field.name: field.limit
        for field, ledger in READ.items()
        if field.type in ("text", "place") and not ledger.as_long_as_a_cell
    }
    | {"deadline": BY_NAME["deadline_text"].limit}
)
"""What the tables hold; every other text may be as long as a cell."""

YES, NO = {"是", "√", "✓", "已完成", "已销号"}, {"否", "×", "✗", "未完成", "未销号"}
STARS = YES | {"★", "☆", "*", "重点"}
SOURCE_NAMES = {
    "央督反馈": Source.YD, "中央生态环境保护督察反馈": Source.YD,
    "央督信访": Source.YX, "中央督察信访件": Source.YX,
    "省督反馈": Source.SD, "省生态环境保护督察反馈": Source.SD, "省督信访": Source.SX,
    "省督专函": Source.ZH, "警示片": Source.JS, "长江经济带": Source.JS,
    "警示片/长江经济带": Source.JS,
    "市级暗访": Source.AF, "暗访督导": Source.AF, "自查": Source.ZC, "年度工作要点": Source.GZ,
}  # fmt: skip
BEGINS = frozenset({"m_start"})
_TYPES = re.compile(r"[、,/;\s]+")


class Need(Enum):
    YES = True
    NO = False


@dataclass(frozen=True, slots=True)
class Fields:
    journal: Journal
    directory: Directory
    policy: Policy
    calendar: Workdays | None = None

    def text(self, name: str, row: int, need: Need = Need.NO) -> str:
        cell = self.journal.take(name, row)
        limit = LONGEST_TEXT.get(name)
        if limit and len(cell.text) > limit:
            self.journal.error(cell, f"文字超过{limit}字，请精简")
        self._need(name, cell, need)
        return self.journal.guarded(cell) if name in persons.GUARDED else cell.text

    def day(self, name: str, row: int, need: Need = Need.NO) -> date | None:
        cell = self.journal.take(name, row)
        self._need(name, cell, need)
        if cell.value is None:
            return None
        if not isinstance(cell.value, str | date):
            self.journal.error(cell, _not_a_day(cell))
            return None
        if cell.look.kept:
            return self._hidden_day(name, cell, cell.look.kept)
        try:
            return read_day(cell.value)
        except UnreadableDeadline as wrong:
            self.journal.error(cell, wrong.sentence)
            return None

    def deadline(self, name: str, row: int, assigned: date | None) -> Deadline | None:
        cell = self.journal.take(name, row)
        self._need(name, cell, Need.YES)
        if cell.value is None:
            return None
        if not isinstance(cell.value, str | date):
            self.journal.error(cell, _not_a_day(cell))
            return None
        value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
        if isinstance(value, str) and cell.look.kept and value.endswith("年"):
            value = f"{value}底"
        try:
            deadline, notes = read_with_notes(value, assigned, self.policy, self.calendar)
        except UnreadableDeadline as wrong:
            self.journal.error(cell, wrong.sentence)
            return None
        for note in notes:
            self.journal.notice(cell, note)
        if len(deadline.text) > LONGEST_TEXT[name]:
            self.journal.error(cell, f"文字超过{LONGEST_TEXT[name]}字，请精简")
        if cell.look.kept and deadline.on:
            self.journal.tell(cell, f"时限为{written(deadline.on)}")
        return deadline

    def _hidden_day(self, name: str, cell: Cell, kept: date) -> date | None:
        """A month may begin a measure; of any other day the sheet must show which it is."""
        if name in BEGINS:
            self.journal.tell(cell, f"启动时间为{written(kept)}")
            return kept
        self.journal.error(cell, f"这一格只显示“{cell.text}”，请写明是哪一日，如2025年6月30日")
        return None

    def yes(self, name: str, row: int, need: Need = Need.NO) -> bool:
        cell = self.journal.take(name, row)
        self._need(name, cell, need)
        if cell.text and plain(cell.text) not in YES | NO:
            self.journal.error(cell, "只能填“是”或“否”")
        return plain(cell.text) in YES

    def starred(self, name: str, row: int) -> bool:
        cell = self.journal.take(name, row)
        if cell.text and plain(cell.text) not in STARS | NO:
            self.journal.error(cell, "重点事项填“★”，不是重点的留空")
        return plain(cell.text) in STARS

    def figure(self, name: str, row: int) -> Decimal | None:
        cell = self.journal.take(name, row)
        if cell.value is None:
            return None
        found = amount(cell, name, self.journal.columns.heading(cell.column))
        if found.fault:
            self.journal.error(cell, found.fault)
        return found.value

    def count(self, name: str, row: int) -> int | None:
        figure = self.figure(name, row)
        if figure is not None and figure != int(figure):
            self.journal.error(self.journal.take(name, row), "应是整数")
            return None
        return None if figure is None else int(figure)

    def source(self, name: str, row: int) -> Source | None:
        cell = self.journal.take(name, row)
        words = plain(cell.text)
        if not words:
            return None
        labels = {plain(source.label): source for source in Source}
        codes = {source.value: source for source in Source}
        source = labels.get(words) or codes.get(words) or SOURCE_NAMES.get(words)
        if source is None:
            known = "、".join(source.label for source in Source)
            self.journal.error(cell, f"没有“{brief(cell.text)}”这个问题来源，可填：{known}")
        return source

    def types(self, name: str, row: int) -> tuple[ProblemType, ...]:
        cell = self.journal.take(name, row)
        read = published.read_types(cell.text.translate(_HALF))
        if read.unknown:
            known = "、".join(word.label for word in ProblemType)
            self.journal.error(cell, f"没有“{brief(read.unknown[0])}”这个问题类型，可填：{known}")
            return ()
        if read.finer:
            self.journal.notice(cell, read.finer)
        return read.types

    def choices(self, name: str, row: int, known: Sequence[tuple[str, str]]) -> list[str]:
        """The codes of the words of a cell, each of which must be one of these labels."""
        cell = self.journal.take(name, row)
        codes = {plain(label): code for code, label in known}
        words = [plain(word) for word in _TYPES.split(cell.text.translate(_HALF)) if word]
        if unknown := [word for word in words if word not in codes]:
            labels = "、".join(label for _, label in known)
            heading = self.journal.columns.heading(cell.column)
            self.journal.error(cell, f"{heading}没有“{brief(unknown[0])}”这一项，可填：{labels}")
            return []
        return list(dict.fromkeys(codes[word] for word in words))

    def choice(self, name: str, row: int, known: Sequence[tuple[str, str]]) -> str:
        """The code of the one word of a cell."""
        codes = self.choices(name, row, known)
        if len(codes) > 1:
            self.journal.error(self.journal.take(name, row), "这一栏只能填一项")
        return codes[0] if codes else ""

    def region(self, name: str, row: int) -> str | None:
        cell = self.journal.take(name, row)
        self._need(name, cell, Need.YES)
        code = self.directory.region(cell.text) if cell.text else None
        if cell.text and code is None:
            self.journal.error(cell, self._no_such(cell.text, "行政区域"))
        return code

    def units(self, cell: Cell) -> UnitsRead:
        """Every unit of a cell; each word no unit bears is an error."""
        return self.units_in(cell, cell.text)

    def units_in(self, cell: Cell, text: str) -> UnitsRead:
        read = self.directory.read(text)
        for words in read.unknown:
            unknown = "" if self.directory.is_no_name(words) else words
            self.journal.error(cell, self._no_such(words, "单位"), unknown)
        return read

    def unit(self, name: str, row: int, need: Need = Need.NO) -> str | None:
        """The one unit of a cell."""
        cell = self.journal.take(name, row)
        self._need(name, cell, need)
        codes = self.units(cell).codes
        if len(codes) > 1:
            self.journal.error(cell, "这一栏只能填一个单位")
        return codes[0] if codes else None

    def place(self, name: str, row: int) -> tuple[str, float | None, float | None]:
        """The place without its coordinates, and lon, lat."""
        cell = self.journal.take(name, row)
        text = self.journal.guarded(cell)
        found = coordinates.behind(text.translate(_HALF).rstrip())
        if found is None:
            return text, None, None
        return text[: found[0]].strip() or text, *self.coordinates(cell, *found[1:])

    def coordinates(self, cell: Cell, lon: float, lat: float) -> tuple[float | None, float | None]:
        if why := coordinates.wrong(lon, lat):
            self.journal.error(cell, why)
            return None, None
        return lon, lat

    def _need(self, name: str, cell: Cell, need: Need) -> None:
        if need is Need.YES and cell.is_empty and self.journal.has(name):
            self.journal.error(cell, f"没有填写{self.journal.columns.heading(cell.column)}")

    def _no_such(self, words: str, kind: str) -> str:
        return f"没有名为“{brief(words)}”的{kind}{self.directory.why_unknown(words, kind)}"


_HALF = str.maketrans("，：；（）／０１２３４５６７８９．－　", ",:;()/0123456789.- ")


def _not_a_day(cell: Cell) -> str:
    return f"“{brief(cell.text)}”不是日期，请把单元格设为文本，写成2025年6月30日的样子"
