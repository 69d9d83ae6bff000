"""Workbooks of units and people, filled in by hand, and changed copies of them."""

import io

from openpyxl import Workbook, load_workbook

UNIT_HEADS = (
    "代码", "全称", "简称", "类别", "上级区域", "曾用名", "别称", "联系人", "联系电话", "排序",
)  # fmt: skip
PEOPLE_HEADS = ("账号", "姓名", "所属单位", "角色", "联系电话", "备注")
UNITS = (
    ("", "巴中市信访局", "市信访局", "市级部门", "市级", "市信访办", "", "王敏", "0827-1", "900"),
    ("511902-GYY", "巴州工业园区", "巴州工业园", "园区", "巴州区", "", "", "", "", ""),
    ("", "巴中市邮政管理局", "市邮政局", "市级部门", "511900", "", "邮管局", "", "", ""),
)
PEOPLE = (
    ("wangmin", "王敏", "市信访局", "单位经办、单位负责人", "13900000001", "科长"),
    ("lijun", "李军", "511900-STHJ", "单位经办", "13900000002", ""),
    ("caomei", "曹梅", "", "市领导", "", ""),
    ("dengan", "邓安", "", "审计管理员", "", ""),
)


def workbook(heads, rows, changes=None):
    """The bytes; `changes` are cells by their address."""
    book = Workbook()
    sheet = book.active
    sheet.append(heads)
    for row in rows:
        sheet.append(row)
    for address, value in (changes or {}).items():
        sheet[address] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def units(rows=UNITS, changes=None):
    return workbook(UNIT_HEADS, rows, changes)


def people(rows=PEOPLE, changes=None):
    return workbook(PEOPLE_HEADS, rows, changes)


def opened(content):
    return load_workbook(io.BytesIO(content))
