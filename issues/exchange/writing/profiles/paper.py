"""What stands on a paper that goes out: its lines, already put together, and who tells it when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from issues.exchange.writing.profiles.columns import Column
from issues.vocabulary import Colour

Value = str | date | Decimal | int | Colour | None
Cells = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Line:
    """`cells` by the columns' keys; `steps` are those of each measure, drawn beside one another.

    `is_sum`: a line of totals, of a lot or of all.
    """

    cells: Cells
    steps: Sequence[Cells] = ()
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. Where there are totals, they are its last line."""

    name: str
    columns: Sequence[Column]
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Paper:
    """`day` is the day that is told of, `filled_on` that of the telling."""

    title: str
    unit: str
    day: date
    filled_on: date
    note: str
    size: str
    tables: Sequence[Table]
