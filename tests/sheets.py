"""The example workbooks, changed copies of them, and small ledgers made by hand."""

import csv
import functools
import io
import zipfile
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from issues.exchange.reading.profile import Profile, profile_beside
from issues.exchange.reading.understand import read_ledger
from issues.exchange.reading.unit_names import UnitName
from issues.rules.policy import Policy

DATA = Path(__file__).parents[1] / "seed" / "data"
LEDGER = DATA / "ledger_117.xlsx"
INSPECTION = DATA / "ledger_inspection.xlsx"
COMPLAINTS = DATA / "complaints_39.xlsx"
PROGRAMME = DATA / "work_points_2025.xlsx"
TODAY = date(2025, 11, 25)

with (DATA / "units.csv").open(encoding="utf-8-sig", newline="") as rows:
    UNITS = [UnitName(**row) for row in csv.DictReader(rows)]
CODES = {unit.short_name: unit.code for unit in UNITS}


def read(content, profile=None, today=TODAY):
    return read_ledger(content, UNITS, today=today, policy=Policy.default(), profile=profile)


@functools.cache
def understood(path):
    return read(path.read_bytes(), profile_beside(path))


def changed(path, changes=None, edit=None):
    """The bytes of a copy of a workbook (its path, or bytes) with some cells changed."""
    workbook = load_workbook(io.BytesIO(path) if isinstance(path, bytes) else path)
    sheet = workbook.active
    for address, value in (changes or {}).items():
        sheet[address] = value
    if edit:
        edit(workbook, sheet)
    return saved(workbook)


def saved(workbook):
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


@functools.cache
def short(last_row=19):
    """The ledger down to a row: the same sheet, quick to change and read again."""
    source, workbook = load_workbook(LEDGER).active, Workbook()
    sheet = workbook.active
    sheet.title = source.title
    for cells in source.iter_rows(max_row=last_row):
        for cell in cells:
            if cell.value is not None:
                sheet[cell.coordinate] = cell.value
    for merged in source.merged_cells.ranges:
        if merged.max_row <= last_row:
            sheet.merge_cells(merged.coord)
    return saved(workbook)


def reread(path, changes=None, edit=None):
    profile = None if isinstance(path, bytes) else profile_beside(path)
    return read(changed(path, changes, edit), profile)


def errors(path, changes=None, edit=None):
    """{cell: sentence} after the changes."""
    return {error.cell: error.sentence for error in reread(path, changes, edit).errors}


HEADINGS = [
    "序号", "存在问题", "牵头单位", "整改目标", "整改时限",
    "整改措施", "责任单位", "整改时限", "整改阶段", "整改进度描述", "是否销号", "备注",
]  # fmt: skip
MEASURE = [
    "第一项", "沟渠污水直排。", "市生态环境局", "不再直排。", "2025年12月底前",
    "封堵排口。", "巴州区", "2025年11月底前", "正抓紧推进", "已封堵。", "否", "",
]  # fmt: skip
PROFILE = Profile.from_document(
    {
        "source": "YD",
        "assigned_on": date(2025, 1, 15),
        "acceptance": ["lead_unit", "511900-HWB"],
        "region": {"from": "responsible_units", "else": "511900"},
    }
)


def findings(*rows, headings=HEADINGS):
    """A small sheet in the provincial layout."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["整改情况表"])
    sheet.append(
        ["填报单位（盖章）：市环委办", "", "", "", "", "", "", "", "填报时间：2025年11月25日"]
    )
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    return saved(workbook)


def repacked(content, parts=None, without=()):
    """The archive with some parts replaced or left out."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    parts = dict(parts or {})
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            if entry.filename not in without:
                archive.writestr(entry.filename, parts.pop(entry.filename, source.read(entry)))
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()
