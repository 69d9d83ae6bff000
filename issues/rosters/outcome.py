"""What a workbook would do, or did, row by row: a plain record that is kept and drawn."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from extensions import db
from issues.exchange.reading.items import CellError
from issues.ground.refusals import Refusal
from issues.rosters.sheets import Row, Table

MADE, CHANGED, SAME = "made", "changed", "same"
WORDS = {MADE: "新建", CHANGED: "修改", SAME: "不变"}


@dataclass(slots=True)
class Line:
    """What becomes of one row. `told` are sentences; `key` names what the row is about."""

    row: int
    key: str
    name: str
    outcome: str
    told: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Outcome:
    """All lines in the sheet's order, and the cells that keep all of it from being brought in."""

    sheet: str
    lines: list[Line] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        return Counter(line.outcome for line in self.lines)[outcome]

    @property
    def is_nothing_new(self) -> bool:
        return not self.errors and self.count(SAME) == len(self.lines)

    def in_words(self, unit: str) -> str:
        counted = (f"{WORDS[one]}{self.count(one)}{unit}" for one in WORDS if self.count(one))
        return "，".join(counted)

    def document(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Outcome":
        return cls(
            told["sheet"],
            [Line(**line) for line in told["lines"]],
            [CellError(**error) for error in told["errors"]],
        )


@contextmanager
def one_row(table: Table, row: Row) -> Iterator[None]:
    """A row's acts are whole or undone; what is refused is told at its cells, and the rest goes on.

    So that all wrong cells are named at once; whoever brings the rows in undoes them all then.
    """
    try:
        with db.session.begin_nested():
            yield
    except Refusal as refusal:
        for name, said in refusal.errors.items():
            for sentence in said:
                table.fault(row, name, sentence)
        if not refusal.errors:
            table.fault(row, "name", refusal.sentence)
