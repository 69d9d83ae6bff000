"""Tables in a text: their headings, the rows that are an item, those that go on with one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from issues.texts.labels import BY_WORD, NAMES, Told
from issues.texts.numbering import pieces
from issues.texts.parts.heads import MEASURES, NEEDED, ORDER, TITLE, Column, headings_of
from issues.texts.record import Draft, Paragraph, Part

_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}(?:[）)、．.]|$)")
_OWN = {*NEEDED, ORDER}
_FILLED = {"units", "lead", "acceptance", "supervising", "region"}
"""What an empty cell may be merged for with the one above; a day is never taken from there."""


@dataclass(slots=True)
class _Table:
    columns: list[Column]
    heads: Sequence[Paragraph]
    rows: list[Paragraph]


def parts_of(text: Sequence[Paragraph]) -> tuple[list[Part], list[Paragraph]]:
    """Every item of every table, and the other paragraphs.

    The rows of a table of measures alone are told to the numbered part in which it stands.
    """
    parts: list[Part] = []
    rest: list[Paragraph] = []
    for one in _cut(text):
        if isinstance(one, Paragraph):
            rest.append(one)
        elif any(column.field in NEEDED for column in one.columns):
            parts += _items(one)
        else:
            rest += [replace(head, told=(Told(MEASURES, ""),)) for head in one.heads]
            rest += [replace(row, told=tuple(_told(row, one.columns))) for row in one.rows]
    return parts, rest


def _cut(text: Sequence[Paragraph]) -> Iterator[Paragraph | _Table]:
    at = 0
    while at < len(text):
        columns, count = headings_of(text, at)
        if not columns:
            yield text[at]
            at += 1
            continue
        table = _Table(columns, text[at : at + count], [])
        at += count
        while at < len(text) and text[at].cells and not headings_of(text, at)[0]:
            table.rows.append(text[at])
            at += 1
        yield table


def _items(table: _Table) -> Iterator[Part]:
    """A row with a problem of its own begins one, unless it is merged with the row above."""
    own = [at for at, one in enumerate(table.columns) if one.field in _OWN]
    places = [at for at, one in enumerate(table.columns) if one.field == "region"]
    needed = [at for at in own if table.columns[at].field in NEEDED]
    rows: list[Paragraph] = []
    above: dict[int, str] = {}
    for row in table.rows:
        if _is_section(row, table.columns):
            if rows:
                yield _part(rows, table.columns, above)
            rows = []
            above |= {at: words for at in places if (words := _cell(row, at))}
            continue
        is_other = (
            any(_cell(row, at) not in ("", _cell(rows[0], at)) for at in own) if rows else True
        )
        if rows and is_other and any(_cell(row, at) for at in needed):
            yield _part(rows, table.columns, above)
            rows = []
        rows.append(row)
    if rows:
        yield _part(rows, table.columns, above)


def _is_section(row: Paragraph, columns: Sequence[Column]) -> bool:
    """一 | 某某区, or one word across the row: it heads the rows below and is no item."""
    said = [at for at in range(len(columns)) if _cell(row, at)]
    fields = {columns[at].field for at in said}
    if len(said) > 1 and len({_cell(row, at) for at in said}) == 1:
        return True
    order = next((_cell(row, at) for at in said if columns[at].field == ORDER), "")
    return fields <= {ORDER, "region", ""} and _SECTION.match(order) is not None


def _part(rows: Sequence[Paragraph], columns: Sequence[Column], above: dict[int, str]) -> Part:
    """`above` holds the last words of each column, and is brought up to these rows."""
    draft = Draft(0, rows[0].no, rows[-1].no)
    draft.mark, draft.title = (_first(rows[0], columns, field) for field in (ORDER, TITLE))
    told = list(_merged(draft, rows[0], columns, above))
    for place, row in enumerate(rows):
        told += _told(row, columns, rows[place - 1] if place else None)
        above |= {at: words for at, words in enumerate(row.cells) if words}
    told = [one for one in told if one.field not in (ORDER, TITLE)]
    if draft.title and not any(one.field == "problem" for one in told):
        told.append(Told("problem", draft.title))
    return Part(draft, told, next((one.text for one in told if one.field == "problem"), ""))


def _merged(
    draft: Draft, row: Paragraph, columns: Sequence[Column], above: dict[int, str]
) -> Iterator[Told]:
    """A unit or a county whose cell is empty is that of the row above, and a guess."""
    for at, column in enumerate(columns):
        if column.field in _FILLED and not column.of_measure and not _cell(row, at) and at in above:
            for name in NAMES.get(column.field, (column.field,)):
                draft.guess(name, f"原表此格为空，按与上一行合并，取“{above[at][:40]}”")
            yield Told(column.field, above[at], _label(column.field))


def _told(
    row: Paragraph, columns: Sequence[Column], merged: Paragraph | None = None
) -> Iterator[Told]:
    """What the cells of a row say; not again what is merged with those of the row above."""
    beside = "；".join(
        f"{_label(column.field)}：{words}"
        for at, column in enumerate(columns) if column.of_measure and (words := _cell(row, at))
    )  # fmt: skip
    for at, column in enumerate(columns):
        words = _cell(row, at)
        is_again = merged is not None and words == _cell(merged, at)
        if not words or is_again or column.of_measure or not column.field:
            continue
        if column.field == MEASURES and beside:
            each = [f"{said}（{beside}）" for _, said in pieces(words) if said]
            words = "\n".join(each)
        yield Told(column.field, words, _label(column.field))


def _first(row: Paragraph, columns: Sequence[Column], field: str) -> str:
    return next((_cell(row, at) for at, one in enumerate(columns) if one.field == field), "")


def _label(field: str) -> str:
    return next((word for word, known in BY_WORD.items() if known == field), "")


def _cell(row: Paragraph, column: int) -> str:
    return row.cells[column].strip() if column < len(row.cells) else ""
