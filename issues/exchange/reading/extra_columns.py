"""What a ledger says beside the ticket's own columns: kept by heading, in the sheet's words.

But for the columns an export adds of its own accord (worked_out.py): never taken over.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from issues.colour.past import CLOSING_UNSAID
from issues.exchange.reading.items import ComplaintRead, ItemRead, MeasureRead
from issues.exchange.reading.layouts import Columns
from issues.exchange.workbook.sheet import Sheet
from issues.exchange.worked_out import COLOUR, among, is_export, plain_heading
from issues.ground.secrecy import persons
from issues.models import Issue
from issues.tickets.fields import BY_NAME
from issues.tickets.supplement import SUPPLEMENT
from issues.vocabulary import Colour, Word

BY_DEADLINE = "表中没有销号日期，导入时按整改时限记"
BY_DAY = "表中没有销号日期，按导入当日记"
NOT_ON_BOARD = "不在看板"
COMPLAINT = {
    "verified": "是否属实",
    "outcome": "是否办结",
    "findings": "调查核实情况",
    "ordered": "责令整改",
    "penalised": "立案处罚",
    "fine": "罚款（万元）",
    "investigated": "立案侦查",
    "detained": "拘留",
    "summoned": "约谈",
    "held_to_account": "问责",
    "punished": "责任人被处理情况",
}

HANDLED = {name: heading for name, heading in COMPLAINT.items() if name in BY_NAME}
"""Those that a ticket has fields for."""


def mark_of(colour: Colour | None) -> str:
    """A colour as a cell says it: not by the colour alone. None is off the board."""
    return f"{colour.shape} {colour.label}" if colour else NOT_ON_BOARD


_MARKS = {mark_of(colour) for colour in (None, *Colour)}


def columns_of_ours(sheet: Sheet, columns: Columns) -> frozenset[int]:
    """The columns an export worked out; another's of such a name holds other words.

    What is an export is known by most of those columns, or by one of colours with our marks alone.
    """
    called = among(heading.text for heading in columns.others.values())
    places = {place for place, heading in columns.others.items() if heading.text in called}
    if is_export(called):
        return frozenset(places)
    colours = {p for p in places if plain_heading(columns.others[p].text) == COLOUR}
    words: dict[int, set[str]] = {place: set() for place in colours}
    for (row, place), cell in sheet.cells.items():
        if place in colours and row > columns.last_row:
            words[place].add(cell.text)
    marked = {place for place, said in words.items() if said <= _MARKS}
    return frozenset(places if any(words[place] for place in marked) else marked)


def kept(item: ItemRead) -> dict[str, str]:
    """`Issue.extra`: heading → words. Empty cells are left out."""
    words = {
        "序号": item.order,
        "问题来源": item.source_text,
        "行政区域": item.region_text,
        "责任单位": item.units_text,
        "整改阶段": item.stage,
    }
    if item.complaint:
        words |= _complaint(item.complaint)
    if item.marked_import_dates:
        is_deadline = item.closed_on == item.deadline.on
        words[CLOSING_UNSAID] = BY_DEADLINE if is_deadline else BY_DAY
    return {heading: text for heading, text in (words | item.extra).items() if text}


def handled(issue: Issue | Row[Any]) -> dict[str, str]:
    """What is found of a complaint and followed, under the headings that a ledger has for it."""
    said = {heading: _words(getattr(issue, name)) for name, heading in HANDLED.items()}
    return {heading: text for heading, text in said.items() if text}


def left_of(item: ItemRead) -> dict[str, str]:
    """What of it stays in the supplementary info: of a complaint not what its fields hold."""
    headings = HANDLED.values() if item.complaint else ()
    return {name: text for name, text in kept(item).items() if name not in headings}


def open_part(words: Mapping[str, str]) -> dict[str, str]:
    """What is left where nothing may tell of a person: known columns masked, others left out."""
    return {
        heading: persons.masked(text) if heading in SUPPLEMENT.outlined else text
        for heading, text in words.items()
        if heading in SUPPLEMENT.outlined or not persons.is_personal(heading, text)
    }


def _complaint(complaint: ComplaintRead) -> dict[str, str]:
    return {heading: _words(getattr(complaint, name)) for name, heading in COMPLAINT.items()}


def _words(value: str | int | Decimal | Word | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Word):
        return value.label
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def kept_of_measure(measure: MeasureRead, also: list[int]) -> dict:
    """`Measure.original`: the cell as it stands and the further units it names."""
    words: dict = {}
    if measure.original != measure.text:
        words["text"] = measure.original
    if also:
        words["also"] = also
    return words
