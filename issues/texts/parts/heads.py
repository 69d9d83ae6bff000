"""The headings of a table, of one row or of several with merged cells, by their columns.

Merged cells come in three ways: with their words in each row (DOCX), as blanks (pasted from a
sheet), or left out of the row they span (pasted from a document); all are read as the same heads.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from issues.exchange.workbook.sheet import plain
from issues.texts.labels import BY_WORD
from issues.texts.record import Paragraph

LEAST_HEADINGS = 3
MOST_ROWS = 3
LONGEST_HEAD = 16
ORDER, REGION, TITLE, MEASURES = "order", "region", "title", "measures"
_MORE = {
    "序号": ORDER, "编号": ORDER, "标题": TITLE, "问题标题": TITLE, "事项名称": TITLE,
    "任务名称": TITLE, "反馈问题": "problem", "整改任务": "problem", "工作任务": "problem",
    "重点任务": "problem", "任务内容": "problem", "问题及表现": "problem",
}  # fmt: skip
HEADINGS = {plain(word): field for word, field in (BY_WORD | _MORE).items()}
NEEDED = {"problem", TITLE}
OF_MEASURES = {"units", "primary", "lead", "supporting", "deadline"}
"""What stands beside a measure in the columns under 整改措施 is the measure's own."""
_BESIDE = {
    plain(word)
    for word in (
        "责任人", "联系人", "联系电话", "电话", "姓名", "职务", "备注", "说明", "来源", "问题来源",
        "进展", "进展情况", "整改进展", "完成情况", "完成比例", "序时进度", "包案领导", "责任领导",
        "牵头领导", "分管领导", "是否完成", "状态", "颜色", "签字",
    )
}  # fmt: skip
"""Heads of columns that no field is made of."""
_CONTENT = {plain(word) for word in ("内容", "具体内容", "措施内容", "主要内容", "具体措施")}
_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")
_PERSON = re.compile(r"(?:及|和|、)(?:其)?(?:责任人|联系人|负责人)$")


class Column(NamedTuple):
    """`of_measure`: it says something of the measure in the same row, not of the whole item."""

    field: str
    of_measure: bool = False
    is_known: bool = True


def field_of(word: str, above: str = "") -> str | None:
    """The field a head names; "" for one of no field, None for words that are no head."""
    bare = _PERSON.sub("", _BRACKET.sub("", word.strip()))
    for said in (bare, f"{bare}单位" if bare else ""):
        if (found := HEADINGS.get(plain(said))) is not None:
            return found
    if plain(bare) in _BESIDE:
        return ""
    if above and (len(bare) <= LONGEST_HEAD and not re.search(r"[\d。，；：]", bare)):
        return field_of(above)
    return None


def headings_of(rows: Sequence[Paragraph], at: int) -> tuple[list[Column], int]:
    """The columns that begin at a row, and how many rows name them; none where it names none."""
    grid = [rows[at].cells]
    best = _columns(grid), 1
    for below in rows[at + 1 : at + MOST_ROWS]:
        if not _goes_on(grid, below):
            break
        grid.append(below.cells)
        if columns := _columns(grid):
            best = columns, len(grid)
    return best


def _columns(grid: Sequence[Sequence[str]]) -> list[Column]:
    """By the last rows' words; those above them name the group, or the column where it is merged.

    Enough to be a table of items, or, where every head is known, of the measures of one.
    """
    width = max(map(len, grid))
    wide = [_spread(row, grid[place + 1 :], width) for place, row in enumerate(grid)]
    stacks = [[row[at] for row in wide if row[at]] for at in range(width)]
    found = [_column(stack) for stack in stacks]
    fields = {one.field for one in found} - {""}
    heads = sum(1 for stack, one in zip(stacks, found, strict=True) if stack and one.is_known)
    said = sum(map(bool, stacks))
    if not NEEDED.isdisjoint(fields):
        return found if len(fields) >= LEAST_HEADINGS and heads * 2 > said else []
    if MEASURES not in fields or len(fields) == 1 or heads < said:
        return []
    return [Column(one.field, of_measure=one.field in OF_MEASURES) for one in found]


def _column(words: Sequence[str]) -> Column:
    """Of the words from the widest group down to the column's own."""
    stack = [word for word, _ in groupby(words)]
    if not stack:
        return Column("")
    own, above = stack[-1], stack[-2] if len(stack) > 1 else ""
    group = field_of(above) if above else None
    if group == MEASURES and plain(own) in _CONTENT:
        return Column(MEASURES)
    field = field_of(own, above)
    of_measure = group == MEASURES and field in OF_MEASURES
    return Column(field or "", of_measure, is_known=field is not None)


def _goes_on(grid: Sequence[Sequence[str]], below: Paragraph) -> bool:
    """Every word of a further row of heads is one, and not every one stood there already."""
    words = [(at, cell) for at, cell in enumerate(below.cells) if cell]
    above = {cell for row in grid for cell in row if cell}
    if len(words) < 2 or not any(cell not in above for _, cell in words):  # noqa: PLR2004 - a pair
        return False
    return all(
        len(cell) <= LONGEST_HEAD and (field_of(cell) is not None or plain(cell) in _CONTENT)
        for _, cell in words
    )


def _spread(row: Sequence[str], below: Sequence[Sequence[str]], width: int) -> list[str]:
    """A row as wide as the table: a head stands above each column that it spans."""
    cells = list(row)
    if below and len(cells) < width:
        cells = _over(cells, below[0], width) or cells
    cells += [""] * (width - len(cells))
    if below:
        under = [*below[0], *[""] * width]
        for at in range(1, width):
            cells[at] = cells[at] or (cells[at - 1] if under[at] else "")
    return cells


def _over(cells: Sequence[str], below: Sequence[str], width: int) -> list[str]:
    """Heads whose blanks were left out: each stands over one blank below, or a run of words."""
    under = [bool(cell) for cell in [*below, *[""] * (width - len(below))]]
    runs = [(has, len(list(run))) for has, run in groupby(under)]
    if sum(1 if has else count for has, count in runs) != len(cells):
        return []
    found, rest = list[str](), iter(cells)
    for has, count in runs:
        found += [next(rest)] * count if has else [next(rest) for _ in range(count)]
    return found
