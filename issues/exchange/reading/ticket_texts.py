"""What a ticket says of itself: numbers, source, place and texts."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from issues.exchange.reading.keepers import read_keepers
from issues.exchange.reading.layouts import COMPLAINTS, FINDINGS
from issues.exchange.reading.profile import Profile
from issues.exchange.reading.titles import short_title
from issues.exchange.reading.words.published import is_case_number, without_star
from issues.exchange.workbook.cells import Fields, Need
from issues.exchange.workbook.sheet import plain
from issues.tickets.field import TicketField
from issues.tickets.fields import READ
from issues.vocabulary import ProblemType, Source

NUMBER = re.compile(r"[A-Z]{2,4}-([A-Z]{2})-[0-9]{4}-[0-9]{3,6}")


class Tellings(NamedTuple):
    number: str | None
    order: str
    source: Source
    source_text: str
    source_ref: str | None
    case_number: str | None
    starred: bool
    title: str
    problem: str
    place: str
    lon: float | None
    lat: float | None
    types: tuple[ProblemType, ...]
    texts: dict[str, Any]
    is_titled: bool


def read_tellings(fields: Fields, row: int, profile: Profile) -> Tellings:
    journal = fields.journal
    layout = journal.columns.layout
    order = fields.text("order", row)
    source = _source(fields, row, order, profile)
    case_number, starred = _case_number(fields, row)
    problem = fields.text("problem", row, Need.YES)
    place, lon, lat = _place(fields, row)
    title = fields.text("title", row)
    return Tellings(
        number=_number(fields, row, source),
        order=order,
        source=source,
        source_text=fields.text("source", row),
        source_ref=fields.text("source_ref", row) or (order if layout is FINDINGS else "") or None,
        case_number=case_number,
        starred=starred or fields.starred("starred", row),
        title=title or short_title(place, problem),
        problem=problem,
        place=place or profile.texts.get("place", ""),
        lon=lon,
        lat=lat,
        types=fields.types("types", row),
        texts=_texts(fields, row, profile),
        is_titled=bool(title),
    )


OWN_CELL: dict[str, Callable[[Fields, TicketField, int], Any]] = {
    "text": lambda fields, field, row: fields.text(field.name, row),
    "place": lambda fields, field, row: fields.text(field.name, row),
    "long_text": lambda fields, field, row: fields.text(field.name, row),
    "date": lambda fields, field, row: fields.day(field.name, row),
    "flag": lambda fields, field, row: fields.yes(field.name, row),
    "decimal": lambda fields, field, row: fields.figure(field.name, row),
    "integer": lambda fields, field, row: fields.count(field.name, row),
    "choice": lambda fields, field, row: fields.choice(field.name, row, field.choices),
    "choices": lambda fields, field, row: fields.choices(field.name, row, field.choices),
}
"""How a field's own cell is read, by the kind of the field."""


def _texts(fields: Fields, row: int, profile: Profile) -> dict[str, Any]:
    """What stands in a cell of its own, else in the profile; and the keepers."""
    own = {
        field.name: OWN_CELL[field.type](fields, field, row)
        for field, ledger in READ.items()
        if not ledger.by
    }
    given = {name: text for name, text in profile.texts.items() if name in own and not own[name]}
    return read_keepers(fields, row) | own | given


def _source(fields: Fields, row: int, order: str, profile: Profile) -> Source:
    """That of the cell, else that of the profile; QT stands in where an error is recorded."""
    journal = fields.journal
    source = fields.source("source", row) or profile.source_of(order)
    if source is not None:
        return source
    cell = journal.take("source", row)
    if journal.has("source") and cell.is_empty:
        journal.error(cell, "没有填写问题来源")
    elif not journal.has("source") and profile.source:
        journal.error(journal.take("order", row), f"配置中没有以“{order}”开头的序号对应的来源")
    elif not journal.has("source"):
        journal.lacks("问题来源")
    return Source.QT


def _number(fields: Fields, row: int, source: Source) -> str | None:
    cell = fields.journal.take("number", row)
    number = fields.text("number", row)
    if not number:
        return None
    match = NUMBER.fullmatch(number)
    if match is None:
        fields.journal.error(cell, "编号应如AB-AF-2025-001：城市、来源、年份和三位以上序号")
    elif match[1] != source.value and _source_is_read(fields, row):
        sentence = f"编号中的来源{match[1]}与问题来源“{source.label}”（{source.value}）不一致"
        fields.journal.error(cell, sentence)
    return number


def _source_is_read(fields: Fields, row: int) -> bool:
    """A source that is in error is told at its own cell, not here once more."""
    cell = fields.journal.take("source", row)
    return all(error.cell != cell.address for error in fields.journal.errors)


def _case_number(fields: Fields, row: int) -> tuple[str | None, bool]:
    """The number without the star that may stand before it, and whether it does."""
    cell = fields.journal.take("case_number", row)
    words = plain(cell.text)
    number, is_starred = without_star(words)
    if fields.journal.columns.layout is COMPLAINTS and not number:
        fields.journal.error(cell, "没有填写受理编号")
    elif number and not is_case_number(number):
        fields.journal.error(
            cell,
            "受理编号应如D3SC202410210054（字母D或X、轮次、省份和12位数字）"
            "或X510000201708100012（字母、区划、日期和序号）",
        )
    return number or None, is_starred


def _place(fields: Fields, row: int) -> tuple[str, float | None, float | None]:
    place, lon, lat = fields.place("place", row)
    own = fields.figure("lon", row), fields.figure("lat", row)
    if lon is None and own[0] is not None and own[1] is not None:
        cell = fields.journal.take("lon", row)
        lon, lat = fields.coordinates(cell, float(own[0]), float(own[1]))
    return place, lon, lat
