"""Places from a workbook: each wrong cell named, all or nothing, twice is nothing new."""

import io

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import func, select

from extensions import db, transaction
from issues import regions
from issues.exchange.import_report import RowsRefused
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.models import Event, Region
from issues.territory import sheet
from issues.territory.gazetteer import Gazetteer

HEAD = ["上级区域", "类别", "名称", "代码"]
GOOD = [
    ["东城街道", "村（社区）", "东城村", ""], ["511902-002", "村（社区）", "西城村", ""],
    ["巴州区东城街道东城村", "网格", "第1网格", ""], ["东城村", "网格", "第2网格", "511902-1-W2"],
]  # fmt: skip


def book(rows, head=HEAD):
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"in_memory": True})
    page = made.add_worksheet("区域")
    for row, cells in enumerate([head, *rows]):
        for column, words in enumerate(cells):
            page.write(row, column, words)
    made.close()
    return target.getvalue()


def count():
    return db.session.scalar(select(func.count()).select_from(Region))


def bring(person, rows):
    with transaction():
        return sheet.bring_in(person, book(rows))


@pytest.mark.both
def test_villages_and_grids_come_in_once(people):
    before = count()

    read = bring(people.sun, GOOD)

    assert (len(read.lines), read.here, count()) == (4, 0, before + 4)
    assert regions.find("511902-001-001").name == "东城村"
    assert regions.find("511902-1-W2").path.endswith("/511902-001-001/511902-1-W2/")
    again = bring(people.sun, GOOD)
    assert (len(again.lines), again.here, count()) == (0, 4, before + 4)
    told = db.session.scalars(select(Event).where(Event.subject == "region")).one()
    assert (told.action, told.detail["区域"]) == ("import_regions", 4)


WRONG = {
    "A2": (["无此镇", "村（社区）", "甲村", ""], "没有名为“无此镇”的区域"),
    "A3": (["", "村（社区）", "乙村", ""], "没有填写上级区域"),
    "B4": (["东城街道", "乡镇（街道）", "丙镇", ""], "乡镇（街道）之下不能直接是乡镇（街道）"),
    "B5": (["东城街道", "生产队", "丁队", ""], "没有“生产队”这个类别"),
    "C6": (["东城街道", "村（社区）", "字" * 41, ""], "最多40个字"),
    "D7": (["东城街道", "村（社区）", "戊村", "abc"], "代码应为"),
    "D8": (["东城街道", "村（社区）", "己村", "511902"], "已有区域使用"),
    "D9": (["巴中市", "县（区）", "庚县", ""], "代码应为"),
    "B10": (["四川省", "市级", "辛市", "519900"], "选定城市"),
    "A12": (["甲乡", "村（社区）", "壬村", ""], "有2处叫“甲乡”"),
}


def test_each_wrong_cell_is_named_and_nothing_is_written(people):
    with transaction():
        for county in ("511902", "511903"):
            regions.add(f"{county}-900", "甲乡", sheet.RegionKind.TOWNSHIP, regions.find(county))
    before = count()
    rows = [row for row, _ in WRONG.values()]
    rows.insert(-1, ["东城街道", "村（社区）", "好村", ""])

    with pytest.raises(RowsRefused) as refused:
        bring(people.sun, rows)

    told = {one.cell: one.sentence for one in refused.value.cells}
    assert list(told) == list(WRONG)
    for cell, (_, sentence) in WRONG.items():
        assert sentence in told[cell], cell
    assert count() == before


def test_a_sheet_without_the_headings_is_refused_and_the_sample_has_them(people):
    with pytest.raises(UnreadableWorkbook, match="下载空表"):
        sheet.understand(book([["1"]], ["甲"]))
    rows = sheet.understand(sheet.sample()).errors
    assert {one.cell for one in rows} == {"A2", "A3"}, "the two example lines name no place here"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from("甲乙丙")), max_size=8))
def test_a_place_is_found_by_every_name_of_its_path_and_by_its_code(app, shape):
    """Sisters of one name are not made: a sheet could not tell them."""
    known = Gazetteer.read()
    made = [known.by_code["511902-001"]]
    for number, (above, name) in enumerate(shape):
        parent = made[min(above, len(made) - 1)]
        code = f"9-{number}"
        path = f"{parent.path}{code}/"
        if any(one.name == name and one.path.rpartition("/")[0].rpartition("/")[0] + "/"
               == parent.path for one in made):  # fmt: skip
            continue
        made.append(sheet.Known(code, name, sheet.RegionKind.GRID, path))
        known.add(made[-1])
    for one in made:
        steps = one.path.split("/")[:-1]
        words = "".join(known.by_code[step].name for step in steps)
        assert one in known.find(words)
        assert one in known.find(one.name)
        assert known.find(one.code) == [one]
        assert known.county(one) == "511902"
        assert known.find(one.code, "511903") == []
