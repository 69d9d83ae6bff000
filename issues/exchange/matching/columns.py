"""A matched layout on a sheet: where its heading stands there, and which column holds what."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from issues.exchange.matching.headings import DEEPEST, heads
from issues.exchange.matching.match import Match, is_field
from issues.exchange.matching.targets import COMPLAINT, KEEP, LEAVE, PERSONS, TARGETS
from issues.exchange.reading.layouts import COMPLAINTS, REGISTER, Columns, Heading
from issues.exchange.reading.unit_names import Directory
from issues.exchange.workbook.sheet import Sheet

ALIKE = 0.75
"""How much of all headings, the sheet's and the layout's, must be both's for it to be known."""
_TOKENS = re.compile(r"[、,，;；/\s（）():：]+")
_ROLES = frozenset({"责任单位", "责任人", "责任领导", "牵头单位", "配合单位", "联系人", "单位"})


class Fit(NamedTuple):
    """`likeness`: 1 where the sheet has the layout's headings and no others."""

    first: int
    likeness: float


class Headings:
    """What a sheet's first rows are known by, worked out once for every layout."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows = range(1, min(sheet.row_count, DEEPEST) + 1)
        self._keys: dict[tuple[int, int], frozenset[str]] = {}

    def keys(self, first: int, depth: int) -> frozenset[str]:
        if (first, depth) not in self._keys:
            found = frozenset(head.key for head in heads(self.sheet, first, depth))
            self._keys[first, depth] = found
        return self._keys[first, depth]


def fit(headings: Headings, match: Match) -> Fit | None:
    """Where the sheet has every heading that the layout reads; None where it lacks one."""
    for first in headings.rows:
        here = headings.keys(first, match.heading_rows)
        if match.filled <= here:
            return Fit(first, len(here & set(match.columns)) / len(here | set(match.columns)))
    return None


def lacking(sheets: Sequence[Headings], match: Match) -> list[str]:
    """The headings the layout reads that the sheet likest to it has not."""
    lacks: list[frozenset[str]] = [
        match.filled - sheet.keys(first, match.heading_rows)
        for sheet in sheets
        for first in sheet.rows
    ]
    fewest = min(lacks, key=len, default=match.filled)
    return sorted(fewest)


def columns_of(sheet: Sheet, match: Match, first: int, directory: Directory) -> Columns:
    fields: dict[str, Heading] = {}
    joined: dict[str, tuple[Heading, ...]] = {}
    others: dict[int, Heading] = {}
    left: set[int] = set()
    shares: dict[str, Callable[[str], str]] = {}
    for head in heads(sheet, first, match.heading_rows):
        heading = Heading(head.column, head.text, head.group)
        names = match.columns.get(head.key, (KEEP,))
        if not is_field(names):
            others[head.column] = heading
            left |= {head.column} if LEAVE in names else set()
            continue
        for name in names:
            joined |= {name: (*joined.get(name, ()), heading)} if name in fields else {}
            fields.setdefault(name, heading)
        shares |= _shares(names, directory)
    return Columns(
        COMPLAINTS if _tells_of_complaints(match) else REGISTER,
        first,
        first + match.heading_rows + match.rows_between - 1,
        fields,
        others,
        joined=joined,
        shares=shares,
        left=frozenset(left),
        called=match.name or "未命名",
    )


def _tells_of_complaints(match: Match) -> bool:
    return any(TARGETS[name].group == COMPLAINT for name in match.fields)


def _shares(names: tuple[str, ...], directory: Directory) -> dict[str, Callable[[str], str]]:
    """Where one cell names units and people: to each its own. Any other field has all of it."""
    if not any(TARGETS[name].is_units for name in names):
        return {}
    parts: dict[str, Callable[[str], str]] = {}
    for name in names if len(names) > 1 else ():
        if TARGETS[name].is_units:
            parts[name] = partial(units_part, directory)
        elif name in PERSONS:
            parts[name] = partial(people_part, directory)
    return parts


def units_part(directory: Directory, text: str) -> str:
    """The units of a cell that names people too; all of it where it is units alone, or none."""
    if not directory.read(text).unknown:
        return text
    return "、".join(token for token in _tokens(text) if _is_unit(directory, token)) or text


def people_part(directory: Directory, text: str) -> str:
    """What names no unit."""
    if not directory.read(text).unknown:
        return ""
    others = [token for token in _tokens(text) if not _is_unit(directory, token)]
    return " ".join(token for token in others if token not in _ROLES)


def _tokens(text: str) -> list[str]:
    return [token for token in _TOKENS.split(text) if token]


def _is_unit(directory: Directory, token: str) -> bool:
    read = directory.read(token)
    return bool(read.codes) and not read.unknown
