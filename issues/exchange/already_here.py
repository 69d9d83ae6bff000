"""Tickets of a sheet that are already here: under their number, case number or item number."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import SQLColumnExpression, select, tuple_

from extensions import db
from issues.exchange.reading.extra_columns import said
from issues.exchange.reading.items import CellError, ItemRead, Understood
from issues.exchange.workbook.sheet import plain
from issues.exchange.workbook.sheet_limits import column_letters
from issues.models import Event, Issue
from issues.vocabulary import Action, Subject

AT_ONCE = 15_000
_HEADINGS = {
    "编号": ("编号", "问题编号"),
    "受理编号": ("受理编号",),
    "来源文件及项号": ("来源文件及项号", "序号"),
}


class Compared(NamedTuple):
    """`new` are not here yet; `same` are here and said the same when they came."""

    new: tuple[ItemRead, ...]
    same: tuple[ItemRead, ...]
    errors: tuple[CellError, ...]


class _Here(NamedTuple):
    """A ticket that is here, and what it was found by."""

    id: int
    number: str
    by: str
    value: str


def compare(understood: Understood) -> Compared:
    """An item that is here and now says otherwise is an error at its number."""
    items = understood.items
    matches = _matches(items)
    earlier = _said_before({here.id for here in matches if here})
    new, same, errors = [], [], []
    for item, here in zip(items, matches, strict=True):
        if here is None:
            new.append(item)
        elif earlier.get(here.id) == said(item):
            same.append(item)
        else:
            errors.append(_conflict(understood, item, here))
    return Compared(tuple(new), tuple(same), tuple(errors))


def _matches(items: Sequence[ItemRead]) -> list[_Here | None]:
    numbers = _by(Issue.number, {i.number for i in items if i.number})
    cases = _by(Issue.case_number, {i.case_number for i in items if i.case_number})
    refs = _by_ref({(i.source, i.source_ref) for i in items if i.source_ref})
    found: list[_Here | None] = []
    for item in items:
        here = None
        if item.number and item.number in numbers:
            here = _Here(*numbers[item.number], "编号", item.number)
        elif item.case_number and item.case_number in cases:
            here = _Here(*cases[item.case_number], "受理编号", item.case_number)
        elif item.source_ref and (item.source.value, item.source_ref) in refs:
            own = refs[item.source.value, item.source_ref]
            here = _Here(*own, "来源文件及项号", item.source_ref)
        found.append(here)
    return found


def _by(column: SQLColumnExpression[Any], values: set[str]) -> dict[str, tuple[int, str]]:
    rows: dict[str, tuple[int, str]] = {}
    for some in _portions(values):
        found = db.session.execute(select(column, Issue.id, Issue.number).where(column.in_(some)))
        rows |= {row[0]: (row[1], row[2]) for row in found}
    return rows


def _by_ref(pairs: set[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, str]]:
    rows: dict[tuple[str, str], tuple[int, str]] = {}
    for some in _portions(pairs):
        found = db.session.execute(
            select(Issue.source, Issue.source_ref, Issue.id, Issue.number).where(
                tuple_(Issue.source, Issue.source_ref).in_(some)
            )
        )
        rows |= {(row.source.value, row.source_ref): (row.id, row.number) for row in found}
    return rows


def _said_before(ids: set[int]) -> dict[int, str]:
    """What the sheet said of each when it came in."""
    before: dict[int, str] = {}
    for some in _portions(ids):
        found = db.session.execute(
            select(Event.subject_id, Event.detail).where(
                Event.subject == Subject.TICKET.value,
                Event.subject_id.in_(some),
                Event.action == Action.IMPORT.value,
            )
        )
        before |= {row.subject_id: row.detail.get("said", "") for row in found}
    return before


def _portions(values: Iterable[Any]) -> Iterable[list[Any]]:
    listed = sorted(values)
    return (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))


def _conflict(understood: Understood, item: ItemRead, here: _Here) -> CellError:
    cell, heading = _cell_of(understood, item, here.by)
    sentence = (
        f"{here.by}{here.value}已登记为{here.number}，内容与本表不一致："
        "请删去这一条，或在该事项中办理调整"
    )
    return CellError(cell, heading, here.value, sentence)


def _cell_of(understood: Understood, item: ItemRead, by: str) -> tuple[str, str]:
    for address, text in understood.headings:
        if plain(text) in _HEADINGS[by]:
            return f"{address.rstrip('0123456789')}{item.row}", text
    return f"{column_letters(1)}{item.row}", by
