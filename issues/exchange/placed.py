"""What rows say of where they lie below their county, held against the places of the city."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from issues.exchange.reading.items import CellError, CellNotice, ItemRead, Understood
from issues.exchange.workbook.sheet import address
from issues.territory.gazetteer import Gazetteer
from issues.territory.placing import FIELD, Unplaced, code_of
from issues.tickets.fields import BY_NAME

HEADING = BY_NAME[FIELD].label

KEPT_AS = "{}还没有登记下级区域，原文保留在补充信息中"


class Placed(NamedTuple):
    """By row, the code of a place; the words of those in counties nobody has divided yet."""

    codes: dict[int, str]
    words: dict[int, str]
    errors: list[CellError]
    notices: list[CellNotice]


def placed(understood: Understood, items: Iterable[ItemRead]) -> Placed:
    """One statement where any row says something of it."""
    said = [(item, words) for item in items if (words := item.texts.get(FIELD))]
    known = Gazetteer.read() if said else Gazetteer(())
    cells = {block.rows[0]: block.own.get(FIELD) for block in understood.cells}
    found = Placed({}, {}, [], [])
    for item, words in said:
        cell = cells.get(item.row)
        at = cell.address if cell else address(item.row, 1)
        county = known.by_code.get(item.region)
        if not known.has_below(item.region):
            found.words[item.row] = words
            told = KEPT_AS.format(county.name if county else HEADING)
            found.notices.append(CellNotice(at, HEADING, words, told))
            continue
        try:
            found.codes[item.row] = code_of(words, item.region, known)
        except Unplaced as wrong:
            found.errors.append(CellError(at, HEADING, words, str(wrong)))
    return found


def settle(values: dict[str, Any], row: int, where: Placed) -> None:
    """Write a row's place into the columns of its ticket."""
    values[FIELD] = where.codes.get(row, "")
    if row in where.words:
        values["extra"] = {**values["extra"], HEADING: where.words[row]}
