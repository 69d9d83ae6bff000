"""A layout as data: which heading holds which fields. Written and read as `[layout]` of a profile.

A column is known by its heading, all rows of it from above (整改责任/责任单位), not by its place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from issues.exchange.matching.targets import COMPLAINT, KEEP, LEAVE, MEASURE, TARGETS

LONGEST_NAME = 60
MOST_HEADING_ROWS = 3
MOST_COLUMNS = 200
_KNOWN = {"name", "sheet", "heading_rows", "rows_between", "columns"}
UNFIT = "配置layout中的“{}”不对，请重新下载格式文件"

Columns = Mapping[str, tuple[str, ...]]


class BadMatch(ValueError):
    """`sentence` says in Chinese what is wrong; `faults` at which heading, "" for the whole."""

    def __init__(self, sentence: str, faults: Mapping[str, list[str]] | None = None) -> None:
        self.sentence = sentence
        self.faults = dict(faults or {})
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Match:
    """`columns`: by its key, what each heading holds; `sheet` is looked at first where it is there.

    `rows_between` stand between the heading and the data: numbers of columns, an example.
    """

    name: str
    columns: Columns
    sheet: str = ""
    heading_rows: int = 1
    rows_between: int = 0

    @property
    def filled(self) -> frozenset[str]:
        """The headings that hold a field."""
        return frozenset(key for key, fields in self.columns.items() if is_field(fields))

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(name for key in self.filled for name in self.columns[key])

    @classmethod
    def from_document(cls, document: Any) -> Self:
        """Raises BadMatch."""
        if not isinstance(document, Mapping) or set(document) - _KNOWN:
            raise BadMatch(UNFIT.format("layout"))
        said = document.get("columns")
        if not isinstance(said, Mapping) or not 0 < len(said) <= MOST_COLUMNS:
            raise BadMatch(UNFIT.format("columns"))
        columns = {str(key): _fields(key, value) for key, value in said.items()}
        if wrong := faults_of(columns):
            raise BadMatch(next(iter(wrong.values()))[0], wrong)
        return cls(
            name=_text(document, "name"),
            columns=columns,
            sheet=_text(document, "sheet"),
            heading_rows=_rows(document, "heading_rows", 1),
            rows_between=_rows(document, "rows_between", 0),
        )

    def document(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "sheet": self.sheet,
            "heading_rows": self.heading_rows,
            "rows_between": self.rows_between,
            "columns": {key: list(fields) for key, fields in self.columns.items()},
        }


def is_field(fields: tuple[str, ...]) -> bool:
    return bool(fields) and fields[0] not in {KEEP, LEAVE}


def faults_of(columns: Columns) -> dict[str, list[str]]:
    """What keeps these columns from being read, at the heading it belongs to; "" is the whole."""
    faults: dict[str, list[str]] = {}
    taken: dict[str, str] = {}
    for key, fields in columns.items():
        if len(fields) > 1 and {KEEP, LEAVE} & set(fields):
            faults.setdefault(key, []).append("保留或不导入的栏目不能同时填入别的项目")
        for name in filter(TARGETS.get, fields):
            if name in taken and not TARGETS[name].joins:
                said = f"“{TARGETS[name].label}”已由“{taken[name]}”一栏提供，只能来自一栏"
                faults.setdefault(key, []).append(said)
            taken.setdefault(name, key)
    if said := _wanting(set(taken)):
        faults.setdefault("", []).append(said)
    return faults


def _wanting(names: Iterable[str]) -> str:
    groups = {TARGETS[name].group for name in names}
    if "problem" not in names:
        return "还没有指明哪一栏是存在问题，请在该栏选“存在问题”"
    if {COMPLAINT, MEASURE} <= groups:
        return "信访件办理的栏目与整改措施的栏目不能同时选，请只留一类，另一类选“保留在补充信息”"
    if COMPLAINT in groups and "handling" not in names:
        return "选了信访件办理的栏目，还须指明哪一栏是处理和整改情况"
    if MEASURE in groups and "m_text" not in names:
        return "选了整改措施的栏目，还须指明哪一栏是具体措施"
    return ""


def _fields(key: object, value: object) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        raise BadMatch(UNFIT.format(key))
    if unknown := [name for name in names if name not in {*TARGETS, KEEP, LEAVE}]:
        raise BadMatch(UNFIT.format(unknown[0]))
    return tuple(dict.fromkeys(names))


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        raise BadMatch(UNFIT.format(name))
    return value


def _rows(document: Mapping[str, Any], name: str, least: int) -> int:
    value = document.get(name, least)
    if type(value) is not int or not least <= value <= MOST_HEADING_ROWS:
        raise BadMatch(UNFIT.format(name))
    return value
