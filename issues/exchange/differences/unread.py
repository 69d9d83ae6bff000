"""A ticket of a sheet that could not be read whole: its cells beside the register's words.

What differs is told with what keeps the ticket from being read; nothing of it can be taken over
before that is mended.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import zip_longest

from issues.exchange.differences import alike
from issues.exchange.differences.columns import COLUMNS, KEYS
from issues.exchange.differences.difference import Difference
from issues.exchange.reading.items import BlockCells
from issues.exchange.reading.layouts import MEASURE
from issues.exchange.reading.unit_names import Directory
from issues.exchange.workbook.sheet import Cell
from issues.exchange.writing.figured import Value
from issues.exchange.writing.register_rows import Row
from issues.vocabulary import Relation

BESIDE = "本问题另有单元格要改正："
HEADINGS = {key: heading for heading, key in KEYS.items()} | {"supporting": "配合单位"}
STEPS = {key: heading for heading, key in reversed(MEASURE.items())}


def unread_differences(
    directory: Directory, block: BlockCells, row: Row, wrong: Mapping[str, str]
) -> Iterator[Difference]:
    """`wrong` are the sentences of the sheet's errors, by the cell each stands in."""
    mended = next((why for cell, why in wrong.items() if block.holds(cell)), "")
    said = words_of(row, directory)
    for name, cell in block.own.items():
        if name not in COLUMNS or COLUMNS[name].alike(directory, said.get(name, ""), cell.text):
            continue
        why = wrong.get(cell.address, f"{BESIDE}{mended}")
        told = {"was": said.get(name, ""), "now": cell.text, "cell": cell.address}
        yield Difference.of(row.issue, name, HEADINGS.get(name, name), **told, stays=why)
    for place, (cells, measure) in enumerate(zip_longest(block.plan, row.measures), start=1):
        words = {MEASURE[head]: text_of(value) for head, value in (measure or {}).items()}
        for name, cell in (cells or {}).items():
            if _alike(directory, words.get(name, ""), cell):
                continue
            why = wrong.get(cell.address, f"{BESIDE}{mended}")
            told = {"was": words.get(name, ""), "now": cell.text, "cell": cell.address}
            label = f"措施{place}·{STEPS.get(name, name)}"
            yield Difference.of(row.issue, f"m{place}.{name}", label, **told, stays=why)
        if cells is None:
            told = {"was": words.get("m_text", ""), "now": ""}
            label = f"措施{place}（表中没有）"
            yield Difference.of(row.issue, f"m{place}", label, **told, stays=f"{BESIDE}{mended}")


def _alike(directory: Directory, was: str, cell: Cell) -> bool:
    return alike.figures(directory, was, cell.text) or alike.days(directory, was, cell.text)


def words_of(row: Row, directory: Directory) -> dict[str, str]:
    """The register's words for each field of a sheet."""
    helping = "、".join(directory.called(one.code) for one in row.issue.units(Relation.SUPPORTING))
    own = {KEYS[head]: text_of(value) for head, value in row.cells.items() if head in KEYS}
    return own | {"supporting": helping}


def text_of(value: Value) -> str:
    if value is None:
        return ""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
