"""Tickets of a sheet that are already here: under their number, case number or item number.

One without any of them is known by what its problem is (issues/exchange/said.py), as often as the
same problem is here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import SQLColumnExpression, case, select, tuple_

from extensions import db
from issues.colour.past import ARRIVALS
from issues.exchange.reading.items import CellError, ItemRead, Understood
from issues.exchange.said import identity_of, said, said_once
from issues.exchange.workbook.sheet import plain
from issues.exchange.workbook.sheet_limits import column_letters
from issues.models import Event, ImportIdentity, Issue
from issues.vocabulary import BesideAct, Status, Subject

AT_ONCE = 15_000
BY_CASE = "受理编号"
"""Under one such number one complaint was handed over, whatever else a row says of it."""
_HEADINGS = {
    "编号": ("编号", "问题编号"),
    BY_CASE: (BY_CASE,),
    "来源文件及项号": ("来源文件及项号", "序号"),
    "存在问题": ("存在问题", "主要问题", "问题描述", "交办问题基本情况"),
}
BY_TEXT = "存在问题"
_SHOWN = 20
IS_GONE = case((Issue.status == Status.TAKEN_BACK, 1), else_=0).label("is_gone")
"""A number, so that either database sorts by it."""


class Here(NamedTuple):
    """A ticket that is here, and what it was found by. `is_gone`: it went with its import."""

    id: int
    number: str
    by: str = ""
    value: str = ""
    is_gone: bool = False

    def found_by(self, by: str, value: str) -> "Here":
        return self._replace(by=by, value=value)


def find_here(understood: Understood) -> dict[int, Here]:
    """By its row, the ticket of the register each item of the sheet is."""
    return {row: here for row, here in find_all(understood).items() if not here.is_gone}


def find_all(understood: Understood) -> dict[int, Here]:
    """The same with those taken back before; each ticket is one item at most."""
    items = understood.items
    matches = _matches(items)
    if any(is_unnamed(item) for item in items):
        by_row = understood.told()
        told = [by_row.get(item.row, item) for item in items]
        _pair(understood, told, matches, _alike(told, {here.id for here in matches if here}))
    return {item.row: here for item, here in zip(items, matches, strict=True) if here}


def as_they_came(understood: Understood, found: Mapping[int, Here]) -> frozenset[int]:
    """Those of these rows that say what they said when they came in."""
    told = understood.told()
    written = {item.row: item for item in understood.as_written}
    items = {item.row: item for item in understood.items}
    earlier = _said_before({here.id for here in found.values()})
    return frozenset(
        row
        for row, here in found.items()
        if earlier.get(here.id) in _said_now(items[row], told, written)
    )


def _said_now(
    item: ItemRead, told: Mapping[int, ItemRead], written: Mapping[int, ItemRead]
) -> set[str]:
    named = told.get(item.row, item)
    return _digests(item, written.get(item.row)) | _digests(named, None)


def by_number(numbers: Iterable[str]) -> dict[str, Here]:
    """Tickets here by the numbers of rows that could not be read whole."""
    found = _by(Issue.number, {number for number in numbers if number})
    return {
        number: known.found_by("编号", number)
        for number, known in found.items()
        if not known.is_gone
    }


def _matches(items: Sequence[ItemRead]) -> list[Here | None]:
    numbers = _by(Issue.number, {i.number for i in items if i.number})
    cases = _by(Issue.case_number, {i.case_number for i in items if i.case_number})
    refs = _by_ref({(i.source, i.source_ref) for i in items if i.source_ref})
    found: list[Here | None] = []
    for item in items:
        here = None
        if item.number and item.number in numbers:
            here = numbers[item.number].found_by("编号", item.number)
        elif item.case_number and item.case_number in cases:
            here = cases[item.case_number].found_by(BY_CASE, item.case_number)
        elif item.source_ref and (item.source.value, item.source_ref) in refs:
            own = refs[item.source.value, item.source_ref]
            here = own.found_by("来源文件及项号", item.source_ref)
        if here and here.is_gone and item.number not in {None, "", here.number}:
            here = None  # the sheet gives it a number of its own: no number changes hands
        found.append(here)
    return _once_each(found)


def _once_each(found: Sequence[Here | None]) -> list[Here | None]:
    """A ticket that was taken back comes again once, whatever the rows of a sheet share."""
    taken: set[int] = set()
    kept: list[Here | None] = []
    for here in found:
        is_twice = here is not None and here.is_gone and here.id in taken
        kept.append(None if is_twice else here)
        if here is not None:
            taken.add(here.id)
    return kept


def is_unnamed(item: ItemRead) -> bool:
    return not (item.number or item.case_number or item.source_ref)


def _alike(items: Sequence[ItemRead], taken: set[int]) -> dict[str, list[Here]]:
    """By identity, the tickets here that may be those without a name of their own."""
    wanted = {identity_of(item) for item in items if is_unnamed(item)}
    found: dict[str, list[Here]] = defaultdict(list)
    for some in _portions(wanted):
        rows = select(ImportIdentity.digest, Issue.id, Issue.number, Issue.problem, IS_GONE)
        rows = rows.join(Issue, Issue.id == ImportIdentity.issue_id).order_by(IS_GONE, Issue.id)
        for row in db.session.execute(rows.where(ImportIdentity.digest.in_(some))):
            if row.id not in taken:
                value = f"“{row.problem[:_SHOWN]}”"
                here = Here(row.id, row.number, BY_TEXT, value, bool(row.is_gone))
                found[row.digest].append(here)
    return found


def _pair(
    understood: Understood,
    items: Sequence[ItemRead],
    matches: list[Here | None],
    alike: dict[str, list[Here]],
) -> None:
    """Each such item with one ticket of its identity: first with one that said the same."""
    earlier = _said_before({one.id for ones in alike.values() for one in ones})
    written = {item.row: item for item in understood.as_written}
    unnamed = {place: identity_of(item) for place, item in enumerate(items) if is_unnamed(item)}
    same: dict[tuple[str, str], list[Here]] = defaultdict(list)
    for which, ones in alike.items():
        for one in reversed(ones):
            same[which, earlier.get(one.id, "")].append(one)
    paired = set()
    told = understood.told()
    for place, which in unnamed.items():
        now = _said_now(understood.items[place], told, written) if which in alike else set()
        if pool := next((same[which, said] for said in now if same[which, said]), None):
            matches[place] = pool.pop()
            paired.add(matches[place])
    left = {
        which: [one for one in ones[::-1] if one not in paired] for which, ones in alike.items()
    }
    for place, which in unnamed.items():
        if matches[place] is None and left.get(which):
            matches[place] = left[which].pop()


def _digests(item: ItemRead, written: ItemRead | None) -> set[str]:
    """What may have been kept of it, had it come in before: now, and when it was to the letter."""
    return {said(item)}.union(*(said_once(one) for one in (item, written) if one))


def _by(column: SQLColumnExpression[Any], values: set[str]) -> dict[str, Here]:
    """Of several under one name one of the register rather than one that went."""
    rows: dict[str, Here] = {}
    for some in _portions(values):
        asked = select(column, Issue.id, Issue.number, IS_GONE).where(column.in_(some))
        found = db.session.execute(asked.order_by(IS_GONE.desc(), Issue.id))
        rows |= {row[0]: Here(row[1], row[2], is_gone=bool(row[3])) for row in found}
    return rows


def _by_ref(pairs: set[tuple[str, str]]) -> dict[tuple[str, str], Here]:
    rows: dict[tuple[str, str], Here] = {}
    for some in _portions(pairs):
        asked = select(Issue.source, Issue.source_ref, Issue.id, Issue.number, IS_GONE)
        asked = asked.where(tuple_(Issue.source, Issue.source_ref).in_(some))
        found = db.session.execute(asked.order_by(IS_GONE.desc(), Issue.id))
        rows |= {
            (row.source.value, row.source_ref): Here(row.id, row.number, is_gone=bool(row.is_gone))
            for row in found
        }
    return rows


def _said_before(ids: set[int]) -> dict[int, str]:
    """What the sheet said of each when it came in, as it is read since its texts were cleaned."""
    before: dict[int, str] = {}
    for some in _portions(ids):
        found = db.session.execute(
            select(Event.subject_id, Event.detail)
            .where(
                Event.subject == Subject.TICKET.value,
                Event.subject_id.in_(some),
                Event.action.in_((*ARRIVALS, BesideAct.CLEAN_TEXT.value)),
            )
            .order_by(Event.id)
        )
        told = {row.subject_id: row.detail["said"] for row in found if "said" in row.detail}
        before |= told
    return before


def _portions(values: Iterable[Any]) -> Iterable[list[Any]]:
    listed = sorted(values)
    return (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))


def conflict(understood: Understood, item: ItemRead, here: Here, count: int) -> CellError:
    """That a ticket here says otherwise than the sheet, at the cell it was found by."""
    cell, heading = cell_of(understood, item, here.by)
    sentence = (
        f"{here.by}{here.value}已登记为{here.number}，内容与本表不一致，有{count}处："
        "请比对后逐处接受，或删去这一条"
    )
    if here.by == BY_TEXT:
        sentence += "；确是另一个问题的，请在存在问题或点位中写明区别"
    return CellError(cell, heading, here.value, sentence)


def cell_of(understood: Understood, item: ItemRead, by: str) -> tuple[str, str]:
    for address, text in understood.headings:
        if plain(text) in _HEADINGS[by]:
            return f"{address.rstrip('0123456789')}{item.row}", text
    return f"{column_letters(1)}{item.row}", by
