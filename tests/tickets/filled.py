"""One value for each field of the table, told from every other, and how each channel writes it.

Made by the kind of the field, so that a new row is filled and demanded without a word here. Only a
value that must be of a form of its own, or agree with another's, stands in OF_A_FORM.
"""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from people import CAST, UNITS

from extensions import transaction
from issues import regions
from issues.rules.dates.days import written
from issues.tickets.field import Not
from issues.tickets.fields import BY_NAME, FIELDS, READ
from issues.vocabulary import RegionKind, Relation, Word

DAY = date(2026, 5, 17)
OF_A_FORM = {
    "source": "AF",  # the city may move its deadline
    "case_number": "D3SC202511250042",
    "region": "511903",
    "township": "511903-T1",
    "deadline": DAY.isoformat(),
    "deadline_text": f"{written(DAY)}前",
    "lon": "106.7534",  # in China
    "lat": "31.8612",
}
TOWNS = {"511903-T1": "独乡独村"}
"""A place below the county, by its code: its name behind what it lies in."""


def add_towns():
    """A town, and in it the village whose code is the value of the field."""
    with transaction():
        town = regions.add("511903-T", "独乡", RegionKind.TOWNSHIP, regions.find("511903"))
        regions.add(next(iter(TOWNS)), "独村", RegionKind.VILLAGE, town)


with Path(UNITS).open(encoding="utf-8-sig", newline="") as file:
    BODIES = {row["code"]: row for row in csv.DictReader(file)}
_DEPARTMENTS = [code for code, row in BODIES.items() if row["kind"] == "市级部门"]
EACH_LIST = 2


def _place(field):
    return FIELDS.index(field)


def _units(field):
    """No unit stands in two fields."""
    begin = sum(EACH_LIST for one in FIELDS[: _place(field)] if one.relation is not None)
    return _DEPARTMENTS[begin : begin + EACH_LIST]


_KINDS = {
    "text": lambda field: f"独{_place(field):02d}言",
    "long_text": lambda field: f"独{_place(field):02d}言长",
    "choice": lambda field: field.choices[-1][0],
    "choices": lambda field: [field.choices[-1][0], field.choices[0][0]],
    "date": lambda field: (date(2027, 1, 1) + timedelta(days=40 * _place(field))).isoformat(),
    "decimal": lambda field: f"{_place(field)}.625",
    "integer": lambda field: str(7000 + _place(field)),
    "flag": lambda _: True,
    "unit": lambda field: _units(field)[0],
    "units": _units,
    "account": lambda field: next(name for name, who in CAST.items() if who[2] is field.role),
}


def value(field):
    """As a form or the API sends it."""
    return OF_A_FORM[field.name] if field.name in OF_A_FORM else _KINDS[field.type](field)


def held(field, issue):
    """What the ticket holds, as a form or the API would send it."""
    if field.type == "units":
        primary = issue.units(Relation.PRIMARY) if field.relation is Relation.RESPONSIBLE else ()
        return [unit.code for unit in issue.units(field.relation) if unit not in primary]
    kept = getattr(issue, field.kept_as)
    if kept is None or isinstance(kept, bool | list):
        return kept
    if isinstance(kept, Word | date):
        return kept.value if isinstance(kept, Word) else kept.isoformat()
    name = {"unit": "code", "account": "name"}.get(field.type)
    return getattr(kept, name) if name else str(kept)


def not_held(fields, issue):
    return [field.name for field in fields if held(field, issue) != value(field)]


def none_dropped(fields):
    assert not fields, f"dropped: {fields}"


def in_json(field):
    """As the API answers it."""
    sent = value(field)
    if field.relation is Relation.RESPONSIBLE:
        return [value(BY_NAME["primary_unit"]), *sent]
    return {"decimal": float, "integer": int}.get(field.type, lambda same: same)(sent)


def _bodies(field):
    codes = [value(field)] if field.type == "unit" else value(field)
    return ["、".join(BODIES[code][name] for code in codes) for name in ("name", "short_name")]


_SPELLED = {
    "choice": lambda field: [dict(field.choices)[value(field)]],
    "choices": lambda field: ["、".join(dict(field.choices)[one] for one in value(field))],
    "date": lambda field: [value(field), written(date.fromisoformat(value(field)))],
    "flag": lambda field: ["是", "★", getattr(field.page, "yes", "是")],
    "region": lambda field: [BODIES[value(field)]["short_name"]],
    "place": lambda field: [TOWNS[value(field)]],
    "unit": _bodies,
    "units": _bodies,
    "account": lambda field: [CAST[value(field)][0]],
}


def spellings(field):
    """The ways in which words for a person may write the value."""
    return _SPELLED[field.type](field) if field.type in _SPELLED else [value(field)]


def says(text, field):
    return any(words in text for words in spellings(field))


def _cell(field):
    """As a clerk would write it into a ledger."""
    match field.type:
        case "decimal" | "integer":
            return float(value(field))
        case "unit" | "units":
            return spellings(field)[1]
        case "date":
            return spellings(field)[1]
    return spellings(field)[0]


_TAKEN_TOGETHER = {
    "deadline": lambda: value(BY_NAME["deadline_text"]),
    "primary_unit": lambda: "责任单位：" + "、".join(
        _cell(BY_NAME[name]) for name in ("primary_unit", "responsible_units")
    ),
}  # fmt: skip
"""Cells that hold more than one field."""
IN_LEDGER = [f for f in FIELDS if f in READ or f.name in ("deadline_text", "responsible_units")]
_ACTS = {"交办日期": "2025年10月9日", "是否销号": "否"}
_MEASURE = {"具体措施": "完成排查", "完成时限": "2026年3月31日前", "是否完成": "否"}


def workbook(called=0, more=None):
    """A ledger of one ticket; `called` says which of its headings each column bears."""
    cells = {
        ledger.headings[called % len(ledger.headings)]:
            _TAKEN_TOGETHER.get(field.name, lambda field=field: _cell(field))()
        for field, ledger in READ.items()
    } | _ACTS | (more or {})  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.append(["责任清单"])
    sheet.append(["填报单位（盖章）：市环委办"])
    sheet.append([*cells, "整改措施", *[None] * (len(_MEASURE) - 1)])
    sheet.append([*[None] * len(cells), *_MEASURE])
    sheet.append([*cells.values(), *_MEASURE.values()])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def written_out(field):
    """A field that has a column of its own in the exported ledger."""
    return not isinstance(field.export, Not)
