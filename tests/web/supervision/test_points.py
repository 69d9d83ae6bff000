"""The programme of a year: every point once, each target at its bound, the same in each channel."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from brought import the_programme, ticket
from openpyxl import load_workbook
from sheets import DATA
from sqlalchemy import select
from workbooks import upload

from extensions import db
from issues.evidence import readings, reviewing
from issues.evidence.measured import Measured
from issues.exchange.matching.sample import PROGRAMME, sample
from issues.ground import clock
from issues.models import Measure, Target
from issues.queries.supervision.points import place_of, points
from issues.vocabulary import PointState

DAY = date(2025, 10, 31)
WATER = "BZ-GZ-2025-009"


@pytest.fixture
def brought(shelf, people):
    return the_programme(shelf)


FILLED = {
    "序号": 1, "问题来源": "年度工作要点", "来源文件及项号": "2025年工作要点第3项",
    "标题": "蓝天保卫战", "行政区域": "全市", "存在问题": "落实工作要点第3项。", "篇章": "三、攻坚",
    "牵头单位": "市生态环境局", "责任单位": "市生态环境局", "验收单位": "市环委办",
    "整改目标": "完成年度任务", "验收标准": "成果齐备", "交办日期": "2025-04-10",
    "整改时限": "2025年12月31日前", "量化目标": "优良天数比例≥97%", "具体措施": "建成监测站",
    "完成时限": "2025年12月底前", "是否完成": "否", "是否销号": "否", "整改阶段": "整改中",
}  # fmt: skip


def told():
    whole = json.loads((DATA / "work_points_2025.json").read_text(encoding="utf-8"))
    return whole["points"]


def read(people, number, name, *values):
    """Confirmed readings, one a month up to the end of October."""
    issue = ticket(number)
    target = db.session.scalars(select(Target).where(Target.name == name)).one()
    for value, on in zip(
        reversed(values), (DAY, date(2025, 9, 30), date(2025, 8, 31)), strict=False
    ):
        measured = Measured(name, Decimal(value), target.unit_of_value, on, "监测站")
        row = readings.record(issue, people.lin, measured, at=clock.now())
        reviewing.confirm(issue, people.liu, row, at=clock.now())
    db.session.commit()


def state_of(person, name):
    found = [
        target.state
        for point in points(person, 2025, clock.today())
        for target in point.targets
        if name in target.line.name
    ]
    assert len(found) == 1
    return found[0]


def test_every_point_and_every_target_of_the_document_is_there(brought, people):
    found = points(people.sun, 2025, clock.today())

    assert [point.place for point in found] == list(range(1, 23))
    assert [point.issue.title for point in found] == [point["name"] for point in told()]
    wide = str.maketrans("()", "（）")
    for point, said in zip(found, told(), strict=True):
        values = sorted(Decimal(str(target["value"])) for target in said["targets"])
        assert sorted(target.line.held.value for target in point.targets) == values
        texts = [text.translate(wide) for text in said["deliverables"]]
        assert [one.text for one in point.deliverables] == texts
    assert sum(len(point.targets) for point in found) == 22


@pytest.mark.parametrize(
    ("number", "name", "values", "state"),
    [
        ("BZ-GZ-2025-008", "PM2.5", ["27.4"], PointState.NOT_MET),
        ("BZ-GZ-2025-008", "PM2.5", ["28.5", "27.3"], PointState.MET),
        ("BZ-GZ-2025-008", "优良天数", ["97.0"], PointState.MET),
        (WATER, "断面", ["100", "99.9", "100"], PointState.NOT_MET),
        (WATER, "收集率", [], PointState.UNKNOWN),
    ],
)  # fmt: skip
def test_a_bound_is_exact_and_one_break_is_a_break(brought, people, number, name, values, state):
    names = db.session.scalars(select(Target.name).where(Target.name.contains(name))).all()
    read(people, number, names[0], *values)

    assert state_of(people.sun, name) is state


@pytest.mark.parametrize(
    ("confirmed", "state"),
    [("51", PointState.NOT_MET), ("52", PointState.ON_LINE), ("60", PointState.MET)],
)
def test_a_count_is_held_against_its_line(brought, people, confirmed, state):
    """60 villages from 2025-04-10 to 2025-12-31: 51.8 are due on 2025-11-25."""
    measure = db.session.scalars(select(Measure).where(Measure.target == 60)).one()
    measure.confirmed = Decimal(confirmed)
    db.session.commit()

    assert state_of(people.sun, "治理的行政村") is state


def test_a_unit_sees_its_own_points_alone(brought, browser, people):
    """Every county answers for each; a bureau for those it is named in."""
    seen = points(people.liu, 2025, clock.today())
    assert 0 < len(seen) < 22
    assert all(
        "511900-STHJ" in {unit.code for unit in (point.lead, *point.units)} for point in seen
    )
    page = browser.as_("liu").get("/points")
    assert "导入工作要点" not in page.text
    browser.as_("liu").get("/points/sample.xlsx", 403)


def test_a_year_without_a_programme_leads_to_one(browser):
    page = browser.as_("sun").get("/points?year=2026")
    assert "2026年还没有工作要点" in page.text
    assert "/points/sample.xlsx" in page.links
    assert "导入工作要点，由市环委办经办办理" in browser.as_("chen").get("/points").text


@pytest.mark.parametrize("asked", ["year=abc", "year=99999999999", "view=nothing", "year=-1"])
def test_what_an_address_may_say_breaks_nothing(browser, asked):
    browser.as_("sun").get(f"/points?{asked}")


def test_each_filter_holds_exactly_what_it_counts(brought, browser):
    page = browser.as_("sun").get("/points")
    for link in sorted(one for one in page.links if "view=" in one):
        shown = browser.as_("sun").get(link)
        current = shown.tree.one("a", aria_current="page", href=link)
        rows = [row for row in shown.tree.all("tr") if (row["id"] or "").startswith("point-")]
        assert current.text.endswith(f" {len(rows)}")


def test_a_page_past_the_end_is_the_last_one_and_the_sums_are_of_all(brought, browser, monkeypatch):
    monkeypatch.setattr("issues.web.supervision.points.PER_PAGE", 5)
    sun = browser.as_("sun")
    pages = [sun.get(f"/points?page={page}") for page in (1, 5, 6, 9_999)]
    first, last, *beyond = (page.tree.one("main").text for page in pages)

    assert [len(page.rows()) for page in pages] == [5, 2, 2, 2]
    assert beyond == [last, last]
    assert f"共 {len(told())} 条，第 1/5 页" in first
    sums = [page.tree.one("dl").text for page in pages]
    assert sums == [sums[0]] * 4


def test_the_page_asks_no_more_for_more_points(brought, browser):
    page = browser.as_("sun").get("/points", most=16)
    assert len(page.rows()) == 22


def test_the_sample_filled_in_comes_in_without_matching(browser, people):
    """As a clerk writes it: the next year's first point, a deliverable and a target in words."""
    book = load_workbook(io.BytesIO(sample(PROGRAMME, [])))
    sheet = book.worksheets[0]
    groups = {cell.column: cell.value for cell in sheet[3] if cell.value}
    for cell in sheet[4]:
        said = FILLED.get(cell.value or groups.get(cell.column), "")
        sheet.cell(5, cell.column, said)
    content = io.BytesIO()
    book.save(content)
    sun = browser.as_("sun")
    page = upload(sun, content.getvalue())
    sun.post(f"{page.url}/confirm")

    (point,) = points(people.sun, 2025, clock.today())
    assert (point.place, point.chapter, point.lead.short_name) == (3, "三、攻坚", "市生态环境局")
    assert [one.text for one in point.deliverables] == ["建成监测站"]
    (target,) = point.targets
    assert (target.line.words, target.state) == ("优良天数比例≥97%", PointState.UNKNOWN)


@pytest.mark.parametrize(
    ("said", "place"),
    [("2025年工作要点第8项", 8), ("第 12 项", 12), ("", None), (None, None), ("第四十九项", None)],
)
def test_the_place_is_read_from_the_reference(said, place):
    assert place_of(said) == place
