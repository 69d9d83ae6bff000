"""What was read of a workbook, and how it compares, as text that is kept and read again.

Plain JSON: a list begins with what it is, and only what stands in the table is ever made. A record
leaves out what its fields hold by default at its end.
"""

import dataclasses
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from issues.evidence.measured import Measured
from issues.exchange.already_here import Here
from issues.exchange.asking_alike.question import Like, Question
from issues.exchange.differences.changes import Change
from issues.exchange.differences.difference import Comparison, Difference, Take
from issues.exchange.looks.shown import Look
from issues.exchange.reading.items import (
    BlockCells,
    CellError,
    CellNotice,
    ComplaintRead,
    ItemRead,
    MeasureRead,
    PictureRead,
    Understood,
)
from issues.exchange.workbook.sheet import Cell
from issues.rules.dates.deadlines import Deadline
from issues.rules.targets.canonical import Aim
from issues.vocabulary import (
    Action,
    BesideAct,
    DeadlineKind,
    EvidenceKind,
    Nature,
    ProblemType,
    Sense,
    Source,
    Status,
)

RECORDS: dict[str, type[Any]] = {
    "C": Cell, "L": Look, "D": Deadline, "M": MeasureRead, "I": ItemRead, "P": ComplaintRead,
    "E": CellError, "N": CellNotice, "B": BlockCells, "U": Understood, "d": Difference,
    "k": Take, "c": Change, "V": Comparison, "G": PictureRead, "A": Aim, "q": Question, "j": Like,
    "r": Measured, "H": Here,
}  # fmt: skip
WORDS = {
    "wa": Action, "wd": DeadlineKind, "wp": ProblemType, "ws": Source, "wt": Status,
    "we": EvidenceKind, "wn": Nature, "wk": Sense, "wb": BesideAct,
}  # fmt: skip
_SIMPLE = frozenset({str, int, float, bool, type(None)})
_ABSENT = object()


class Unreadable(Exception):
    """The text is none of ours, or of another version."""


def text_of(value: Any) -> str:
    """On one line."""
    return json.dumps(_written(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def value_of(text: str) -> Any:
    """Raises Unreadable."""
    try:
        return _read(json.loads(text))
    except (ValueError, KeyError, TypeError, IndexError, ArithmeticError, RecursionError) as wrong:
        raise Unreadable(str(wrong)) from None


def _written(value: Any) -> Any:
    kind = type(value)
    return value if kind in _SIMPLE else _WRITERS[kind](value)


def _read(kept: Any) -> Any:
    if type(kept) is not list:
        return kept
    return _READERS[kept[0]](kept[1:])


def _each(values: Sequence[Any]) -> list[Any]:
    return [_read(value) for value in values]


def _fields(kind: type[Any]) -> list[tuple[str, Any]]:
    """The names in order, each with what it holds where nothing is said."""
    if not dataclasses.is_dataclass(kind):
        defaults = kind._field_defaults
        return [(name, defaults.get(name, _ABSENT)) for name in kind._fields]
    return [(field.name, _default(field)) for field in dataclasses.fields(kind)]


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default is not dataclasses.MISSING:
        return field.default
    factory = field.default_factory
    return _ABSENT if factory is dataclasses.MISSING else factory()


def _record_writer(tag: str, kind: type[Any]) -> Callable[[Any], list[Any]]:
    fields = _fields(kind)

    def write(record: Any) -> list[Any]:
        values = [getattr(record, name) for name, _ in fields]
        while values and values[-1] == fields[len(values) - 1][1]:
            values.pop()
        return [tag, *map(_written, values)]

    return write


def _record_reader(kind: type[Any]) -> Callable[[list[Any]], Any]:
    """By name: a record may take its fields by nothing else."""
    names = [name for name, _ in _fields(kind)]
    return lambda values: kind(**dict(zip(names[: len(values)], _each(values), strict=True)))


def _word_writer(tag: str) -> Callable[[Any], list[Any]]:
    return lambda word: [tag, word.value]


def _word_reader(kind: type[Any]) -> Callable[[list[Any]], Any]:
    return lambda values: kind(values[0])


def _pairs(mapping: dict[Any, Any]) -> list[Any]:
    return ["m", *(_written(part) for pair in mapping.items() for part in pair)]


def _mapping(values: list[Any]) -> dict[Any, Any]:
    parts = _each(values)
    return dict(zip(parts[::2], parts[1::2], strict=True))


_WRITERS: dict[type[Any], Callable[[Any], list[Any]]] = {
    tuple: lambda value: ["t", *map(_written, value)],
    list: lambda value: ["l", *map(_written, value)],
    frozenset: lambda value: ["f", *map(_written, sorted(value))],
    dict: _pairs,
    Decimal: lambda value: ["n", str(value)],
    date: lambda value: ["y", value.isoformat()],
    datetime: lambda value: ["h", value.isoformat()],
    **{kind: _record_writer(tag, kind) for tag, kind in RECORDS.items()},
    **{kind: _word_writer(tag) for tag, kind in WORDS.items()},
}
_READERS: dict[str, Callable[[list[Any]], Any]] = {
    "t": lambda values: tuple(_each(values)),
    "l": _each,
    "f": lambda values: frozenset(_each(values)),
    "m": _mapping,
    "n": lambda values: Decimal(values[0]),
    "y": lambda values: date.fromisoformat(values[0]),
    "h": lambda values: datetime.fromisoformat(values[0]),
    **{tag: _record_reader(kind) for tag, kind in RECORDS.items()},
    **{tag: _word_reader(kind) for tag, kind in WORDS.items()},
}
