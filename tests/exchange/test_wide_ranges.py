"""A small workbook that claims enormous ranges costs little, and whoever sent it is told why."""

import io
import resource
import time
import zipfile

import pytest
from openpyxl import load_workbook
from sheets import read, short
from workbooks import upload

from issues.exchange.reading.items import CellError
from issues.exchange.workbook import mark_errors as marking, sheet as reading
from issues.exchange.workbook.mark_errors import mark_errors
from issues.exchange.workbook.sheet import UnreadableWorkbook, read_sheets

EVERY_CELL = "A1:XFD1048576"
RANGES = {
    "a merged range": f'<mergeCells><mergeCell ref="{EVERY_CELL}"/></mergeCells>',
    "a link": f'<hyperlinks><hyperlink ref="{EVERY_CELL}" location="a"/></hyperlinks>',
}
ONE = [CellError("B5", "编号", "第1号", "编号应如AB-AF-2025-001")]
MEBIBYTE = 1024 * 1024


def with_part(what, name=""):
    """The short ledger with a range in its sheet, or in another that its own names point to."""
    source, out = zipfile.ZipFile(io.BytesIO(short())), io.BytesIO()
    with source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            data = source.read(entry)
            if entry == "xl/worksheets/sheet1.xml":
                start = data.find(b"</sheetData>") + len(b"</sheetData>")
                data = data[:start] + RANGES[what].encode() + data[start:]
                entry = name or entry  # noqa: PLW2901 - the part itself moves
            elif name:
                data = data.replace(b"worksheets/sheet1.xml", name.removeprefix("xl/").encode())
            target.writestr(entry, data)
    return out.getvalue()


@pytest.mark.parametrize("what", RANGES)
def test_the_marked_copy_is_refused_at_once_with_the_cure(what):
    begun = time.monotonic()

    with pytest.raises(UnreadableWorkbook, match=r"过大的范围.*取消整行整列的合并和链接后重新上传"):
        mark_errors(with_part(what), ONE)

    assert time.monotonic() - begun < 10


def test_what_slips_past_the_look_ends_the_other_process_alone(monkeypatch):
    """The control of the test above, too: that reader does take what a range claims."""
    from issues.exchange.workbook import marked_copy  # noqa: PLC0415 - names its limits alone

    monkeypatch.setattr(marking, "MOST_COVERED", 10**12)
    monkeypatch.setattr(marking, "SECONDS", 3)
    begun, before = time.monotonic(), largest_child()

    with pytest.raises(UnreadableWorkbook, match=r"写法特殊.*另存后重新上传"):
        mark_errors(with_part("a link"), ONE)

    assert time.monotonic() - begun < 8
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # a fork begins with it
    assert largest_child() <= max(before, own, marked_copy.MEMORY + 100 * MEBIBYTE)


def largest_child():
    """Of every process this one has waited for, those of tests before among them."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def test_an_honest_workbook_is_marked_as_before():
    copy = load_workbook(io.BytesIO(mark_errors(short(), ONE)))

    assert copy.active["B5"].comment.text == ONE[0].sentence
    assert copy["错误清单"]["D2"].value == ONE[0].sentence


def test_a_range_over_everything_does_not_hinder_the_import(browser):
    """Whoever merged whole rows imports all the same; only the marked copy is not to be had."""
    sun = browser.as_("sun")
    page = upload(sun, with_part("a link"))

    refused = sun.get(f"{page.url}/errors.xlsx", 422)

    assert "过大的范围" in refused.text
    assert read(with_part("a link")).errors == read(short()).errors


def test_cells_far_apart_are_refused_before_the_room_between_is_filled(monkeypatch):
    data = far_apart()
    assert len(read_sheets(data)) == 3
    monkeypatch.setattr(reading, "MOST_AREA", 50_000)

    with pytest.raises(UnreadableWorkbook, match="相距过远，请删去多余的行、列"):
        read_sheets(data)


def far_apart():
    from openpyxl import Workbook  # noqa: PLC0415 - for this alone

    workbook, out = Workbook(), io.BytesIO()
    for number in range(3):
        sheet = workbook.create_sheet(f"表{number}")
        sheet.cell(1, 1, "a")
        sheet.cell(200, 100, "b")
    workbook.save(out)
    return out.getvalue()
