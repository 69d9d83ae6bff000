"""What the columns of a sheet are likely to be: by their words, their contents and their place."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from issues.exchange.matching.headings import MOST_LOOKED_AT, Head
from issues.exchange.matching.targets import COMPLAINT, TARGETS
from issues.exchange.matching.words import by_words
from issues.exchange.reading.complaints import OUTCOMES, VERDICTS
from issues.exchange.reading.ticket_texts import NUMBER
from issues.exchange.reading.unit_names import Directory
from issues.exchange.reading.words.published import is_case_number, without_star
from issues.exchange.workbook.cells import NO, YES
from issues.exchange.workbook.sheet import Cell, Sheet, plain
from issues.rules.dates.deadlines import UnreadableDeadline, read_deadline
from issues.rules.policy import Policy
from issues.vocabulary import ProblemType

MOSTLY = 0.65
"""Of the cells looked at, how many must be of a kind for the column to be."""
LONG = 20
"""Signs from which a text tells a matter."""
MEASURE_GROUP, UNIT_OF_MEASURE = "措施", "单位"
WORDS, CONTENTS, PLACE, KEPT = "按名称", "按内容", "按位置", ""
_OF_MEASURES = {"units": "m_units", "deadline": "m_deadline", "order": "m_no", "closed": "m_done"}
"""What a second column of the same words holds where the sheet has measures."""


class Suggestion(NamedTuple):
    """`fields` are at most two; none where the column is kept as it stands."""

    fields: tuple[str, ...]
    because: str


class Column(NamedTuple):
    """A column with what stands in it, as far down as it is looked at."""

    head: Head
    cells: list[Cell]

    def mostly(self, *kinds: str) -> bool:
        """Whether most of its cells are of these kinds."""
        of_kind = sum(_kind(cell) in kinds for cell in self.cells)
        return bool(self.cells) and of_kind >= MOSTLY * len(self.cells)


def columns_looked_at(sheet: Sheet, heads: Sequence[Head], data: int) -> list[Column]:
    rows = range(data, min(sheet.row_count, data + MOST_LOOKED_AT) + 1)
    return [
        Column(head, [c for r in rows if not (c := sheet.cell(r, head.column)).is_empty])
        for head in heads
    ]


def suggest(columns: Sequence[Column], directory: Directory) -> dict[str, Suggestion]:
    """By the key of each heading. A field is suggested once, but where columns may be joined."""
    found: dict[str, Suggestion] = {}
    taken: set[str] = set()
    for column in columns:
        fields = tuple(_free(name, taken, column, directory) for name in _by_words(column.head))
        fields = tuple(dict.fromkeys(name for name in fields if name))[:2]
        taken |= set(fields)
        if fields:
            found[column.head.key] = Suggestion(fields, WORDS)
    for place, column in enumerate(columns):
        if column.head.key not in found:
            name, because = _by_contents(column, place, taken, directory)
            taken.add(name)
            found[column.head.key] = Suggestion((name,) if name else (), because if name else KEPT)
    return _settled(found, columns)


def _by_words(head: Head) -> tuple[str, ...]:
    """A column under a group of measures is theirs."""
    names = by_words(head.text)
    if MEASURE_GROUP not in head.group:
        return names
    if head.text == UNIT_OF_MEASURE:
        return ("m_unit_of_target",)
    return tuple(_OF_MEASURES.get(name, name) for name in names)


def _free(name: str, taken: set[str], column: Column, directory: Directory) -> str:
    """The field, or what it stands for here; "" where another column has it or it cannot be."""
    if name in {"number", "case_number"} and not _is_numbered(name, column):
        name = "order" if "order" not in taken else "source_ref"
    if name == "closed" and column.cells and not column.mostly("yes_no"):
        name = "stage"
    if name == "stage" and column.mostly("long"):
        name = "m_progress"
    if name == "outcome" and not _is_of(column, (*OUTCOMES, "正在办理", "阶段办结")):
        name = "stage"
    if name == "region" and column.cells and not _regions(column, directory):
        name = "place"
    if name in taken:
        name = _OF_MEASURES.get(name, "")
    return "" if name in taken else name


def _is_numbered(name: str, column: Column) -> bool:
    is_number = NUMBER.match if name == "number" else is_case_number
    said = [without_star(plain(cell.text))[0] for cell in column.cells]
    return all(map(is_number, said))


def _is_of(column: Column, words: Sequence[str]) -> bool:
    return all(plain(cell.text) in words for cell in column.cells)


def _regions(column: Column, directory: Directory) -> bool:
    known = sum(directory.region(cell.text) is not None for cell in column.cells)
    return known >= MOSTLY * len(column.cells)


def _by_contents(
    column: Column, place: int, taken: set[str], directory: Directory
) -> tuple[str, str]:
    cells = column.cells
    if not cells:
        return "", KEPT
    if place == 0 and column.mostly("number") and "order" not in taken:
        return "order", PLACE
    for name in _likely(column, directory):
        if name not in taken:
            return name, CONTENTS
    return "", KEPT


def _likely(column: Column, directory: Directory) -> tuple[str, ...]:
    """What the contents may be, the likeliest first; nothing of what may as well be kept."""
    if _regions(column, directory):
        return ("region", "units")
    if sum(_is_unit(cell.text, directory) for cell in column.cells) >= MOSTLY * len(column.cells):
        return ("units",)
    if column.mostly("day"):
        return ("deadline",)
    if _is_of(column, VERDICTS):
        return ("verified",)
    if _is_of(column, [word.label for word in ProblemType]):
        return ("types",)
    return ("problem",) if column.mostly("long") else ()


def _is_unit(text: str, directory: Directory) -> bool:
    read = directory.read(text)
    return bool(read.codes) and not read.unknown


def _kind(cell: Cell) -> str:
    words = plain(cell.text)
    if words in YES | NO:
        return "yes_no"
    if re.fullmatch(r"\d{1,9}(\.\d+)?", words):
        return "number"
    if _is_day(cell):
        return "day"
    return "long" if len(words) >= LONG else "word"


def _is_day(cell: Cell) -> bool:
    if not isinstance(cell.value, str):
        return isinstance(cell.value, date)
    try:
        return read_deadline(cell.value, None, Policy.default()).on is not None
    except UnreadableDeadline:
        return False


def _settled(found: dict[str, Suggestion], columns: Sequence[Column]) -> dict[str, Suggestion]:
    """Without what cannot stand beside the rest: measures beside a complaint, or without a text."""
    names = {name for one in found.values() for name in one.fields}
    is_complaint = "handling" in names
    if "m_text" not in names and not is_complaint:
        found = {c.head.key: _instead(found[c.head.key], c, names) for c in columns}
    wrong = {
        name
        for name, target in TARGETS.items()
        if (target.group == COMPLAINT and not is_complaint)
        or (name.startswith("m_") and (is_complaint or "m_text" not in names))
    }
    settled = {}
    for column in columns:
        one = found[column.head.key]
        left = tuple(name for name in one.fields if name not in wrong)
        settled[column.head.key] = Suggestion(left, one.because if left else KEPT)
    return settled


def _instead(one: Suggestion, column: Column, names: set[str]) -> Suggestion:
    """A sheet without measures has one unit and one deadline: the ticket's; so has what is done."""
    back = {measure: own for own, measure in _OF_MEASURES.items() if own not in names}
    if "stage" not in names and not column.mostly("long"):
        back["m_progress"] = "stage"
    return Suggestion(tuple(back.get(name, name) for name in one.fields), one.because)
