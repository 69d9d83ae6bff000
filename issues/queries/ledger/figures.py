"""The sums of a paper: by the board's own counting, and under each column by its kind."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from issues.exchange.writing.profiles.columns import Column
from issues.exchange.writing.profiles.paper import Cells, Line, Value
from issues.queries.board import tally
from issues.queries.ground.names import Names
from issues.queries.ledger.facts import YES, Facts
from issues.queries.ledger.stood import cells
from issues.vocabulary import Colour

TOTAL = "合计"
UNIT, IN_ALL, LATE = "unit", "in_all", "late"
NO_LOT: Cells = {}
_CARDS = ("yellow_cards", "red_cards")
UNIT_COLUMNS: tuple[Column, ...] = (
    Column(UNIT, "主责单位", 26, total="label"),
    *(
        Column(colour.value, f"{colour.shape} {colour.label}", 12, "number", "sum")
        for colour in Colour
    ),
    Column(IN_ALL, "合计", 12, "number", "sum"),
    Column(LATE, "逾期", 12, "number", "sum"),
    Column("yellow_cards", "黄牌次数", 12, "number", "sum"),
    Column("red_cards", "红牌次数", 12, "number", "sum"),
)


def by_unit(found: Sequence[Facts], names: Names) -> list[Line]:
    """A line for each unit that answers for a ticket on the board, the reddest first.

    Cards are those of the unit that answers now, as the board counts them: one that answered for
    none on the day has a line for its cards alone.
    """
    late = Counter(names.code(one.stood.unit_id) for one in found if one.stood.is_late)
    cards: dict[str, Counter[str]] = {key: Counter() for key in _CARDS}
    for one in found:
        for key in _CARDS:
            cards[key][names.code(one.stood.unit_now)] += _whole(one.cells[key])
    groups = tally.by_unit(cells(one.stood for one in found), names)
    carded = {code for counted in cards.values() for code in +counted}
    for code in sorted(carded - {group.key for group in groups}, key=names.position):
        groups.append(tally.Group(code, names.unit(code)))
    return [
        Line(
            {UNIT: group.name, IN_ALL: group.now.total, LATE: late[group.key]}
            | {colour.value: group.now.of(colour) for colour in Colour}
            | {key: cards[key][group.key] for key in _CARDS}
        )
        for group in groups
    ]


def summed(columns: Sequence[Column], lines: Iterable[Line]) -> Line:
    """The line of totals of lines that stand for themselves: sums of what stands above."""
    lines = list(lines)
    said = {column.key: _sum([line.cells.get(column.key) for line in lines]) for column in columns}
    return Line(said | {columns[0].key: TOTAL}, is_sum=True)


def totals(
    columns: Sequence[Column], found: Sequence[Facts], label: str = TOTAL, lot: Cells = NO_LOT
) -> Line:
    """The line of totals of tickets; `lot`: the cell that says which they are, if not all."""
    said = {column.key: _total(column, found) for column in columns} | dict(lot)
    first = columns[0]
    if first.total == "label":
        said[first.key] = label
    elif first.key not in lot:
        said[first.key] = f"{label}{len(found)}个问题"
    return Line(said, is_sum=True)


def _total(column: Column, found: Sequence[Facts]) -> Value:
    if column.total == "count":
        return len(found)
    if column.total == "colours":
        return _colours(found)
    if column.total == "measures":
        return sum(len(one.steps) for one in found)
    values = _under(column, found)
    if column.total == "yes":
        return sum(value == YES for value in values)
    return _sum(values) if column.total == "sum" else None


def _under(column: Column, found: Sequence[Facts]) -> list[Value]:
    if column.of_measure:
        return [step.get(column.key) for one in found for step in one.steps]
    return [one.cells.get(column.key) for one in found]


def _sum(values: Iterable[Value]) -> Decimal | int:
    """Of the figures among them; a text stands for none."""
    return sum((value for value in values if isinstance(value, Decimal | int)), start=0)


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _colours(found: Sequence[Facts]) -> str:
    """How many show each colour, and how many are on no board."""
    told = tally.total(cells(one.stood for one in found))
    words = [f"{colour.label}{told.of(colour)}" for colour in Colour]
    beside = len(found) - told.total
    return "、".join(words + ([f"不在看板{beside}"] if beside else []))
