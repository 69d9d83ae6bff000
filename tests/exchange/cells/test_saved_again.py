"""The same workbook saved again, by another program or with its rows moved, writes nothing."""

import io
import re

import pytest
from books import raw
from brought import bring
from handmade import register
from openpyxl import load_workbook
from sheets import saved
from sqlalchemy import func, select
from xlsxwriter import Workbook

from extensions import db
from issues.models import Event, Issue, Measure

pytestmark = pytest.mark.both
STEPS = (1, "1.封堵（2025年6月底前）；2.清淤", "2025年8月底前", "否")
ROWS = (
    {"存在问题": "某沟渠污水散排。", "点位": "甲河段", "备注": 0.85},
    {"存在问题": "某砖厂扬尘扰民。", "点位": "乙厂", "整改措施": STEPS},
    {"存在问题": "某养殖场粪污外溢。\n群众反映强烈。", "点位": "丙场"},
)  # fmt: skip


def book():
    """A date shown as a month, a percent, several measures in a cell: all that is read anew."""
    workbook = load_workbook(io.BytesIO(register(*ROWS)))
    sheet = workbook.active
    sheet["M5"], sheet["M5"].number_format = 46022, 'yyyy"年"m"月"'
    sheet["S5"].number_format = "0%"
    return saved(workbook)


def by_openpyxl(content):
    return saved(load_workbook(io.BytesIO(content)))


def by_xlsxwriter(content):
    """Every cell written anew, into shared strings, with its format."""
    target = io.BytesIO()
    workbook = Workbook(target, {"in_memory": True})
    sheet = workbook.add_worksheet("另存")
    for row in load_workbook(io.BytesIO(content)).active.iter_rows():
        for cell in (cell for cell in row if cell.value is not None):
            style = workbook.add_format({"num_format": cell.number_format})
            if cell.is_date:
                sheet.write_datetime(cell.row - 1, cell.column - 1, cell.value, style)
            else:
                sheet.write(cell.row - 1, cell.column - 1, cell.value, style)
    workbook.close()
    return target.getvalue()


def with_prefixes(content):
    """Every name of the XML with a prefix, behind a mark of the byte order."""

    def prefixed(xml):
        named = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml).replace("xmlns=", "xmlns:x=", 1)
        return f"\ufeff{named}"

    return raw({}, content, sheet=prefixed)


def rows_moved(content):
    workbook = load_workbook(io.BytesIO(content))
    sheet = workbook.active
    sheet.insert_rows(5)
    for column in range(1, 20):
        sheet.cell(5, column).value = sheet.cell(8, column).value
        sheet.cell(5, column).number_format = sheet.cell(8, column).number_format
    sheet.delete_rows(8)
    return saved(workbook)


def with_signs_nobody_sees(content):
    workbook = load_workbook(io.BytesIO(content))
    for row in workbook.active.iter_rows(min_row=3):
        for cell in (cell for cell in row if isinstance(cell.value, str)):
            cell.value = f"\u200b{cell.value[:2]}\ufeff\u00ad{cell.value[2:]}\u3000"
    return saved(workbook)


def with_blanks_far_away(content):
    return raw({"XFD1048576": ('t="inlineStr"', "<is><t> </t></is>")}, content)


AGAIN = [by_openpyxl, by_xlsxwriter, with_prefixes, rows_moved, with_signs_nobody_sees,
         with_blanks_far_away]  # fmt: skip


def counts():
    return [
        db.session.scalar(select(func.count()).select_from(model))
        for model in (Issue, Measure, Event)
    ]


@pytest.mark.sqlite
def test_saved_again_it_writes_nothing(app):
    first = bring(book())
    before = counts()

    assert (first.tickets, first.measures) == (3, 4)
    for again in AGAIN:
        report = bring(again(book()))
        assert (again.__name__, report.tickets, report.same) == (again.__name__, 0, 3)
    assert bring(with_signs_nobody_sees(rows_moved(by_xlsxwriter(book())))).same == 3
    assert counts() == before


def test_a_word_more_is_no_longer_the_same(app):
    """The control of the test above: what is compared does see a change."""
    bring(book())
    more = (*ROWS[:2], ROWS[2] | {"存在问题": "某养殖场粪污外溢，群众反映强烈，多次投诉。"})

    assert bring(register(*more[2:]), rest="new").tickets == 1
