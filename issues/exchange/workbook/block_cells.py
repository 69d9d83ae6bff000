"""The cells of each ticket as they stand, for whoever compares them with the register."""

from collections.abc import Sequence

from issues.exchange.reading import measures
from issues.exchange.reading.items import BlockCells
from issues.exchange.workbook.blocks import Block
from issues.exchange.workbook.cell_account import Journal


def cells_of(journal: Journal, blocks: Sequence[Block]) -> tuple[BlockCells, ...]:
    return tuple(_cells(journal, block.rows) for block in blocks)


def _cells(journal: Journal, rows: list[int]) -> BlockCells:
    columns = {name: heading.column for name, heading in journal.columns.fields.items()}
    own = {name: place for name, place in columns.items() if name not in measures.COLUMNS}
    steps = {name: place for name, place in columns.items() if name in measures.COLUMNS}
    at = journal.sheet.cell
    plan = ({name: at(row, place) for name, place in steps.items()} for row in rows)
    return BlockCells(
        tuple(rows),
        {name: at(rows[0], place) for name, place in own.items()},
        tuple(cells for cells in plan if any(not cell.is_empty for cell in cells.values())),
        frozenset(steps),
    )
