"""The register as each reader wants it: profiles at the door, the office's own on pages."""

import csv
import io

import pytest
from openpyxl import load_workbook

from extensions import db
from issues.exchange.writing.profiles import flat_file
from issues.ground.secrecy import persons
from issues.models import Event, ExportProfile
from issues.queries.ledger import facts, paper
from issues.vocabulary import Status

OWN = {
    "name": "周调度", "title": "整改周调度表", "paper": "A4", "order_by": "number",
    "has_totals": "true",
    "columns-0-column": "primary", "columns-0-heading": "县（区）、部门",
    "columns-1-column": "number", "columns-1-heading": "",
    "columns-2-column": "colour", "columns-2-heading": "", "columns-2-place": "1",
}  # fmt: skip
LATE = {"deadline": "2025-11-20", "measures": [{"text": "完成整治", "deadline": "2025-11-20"}]}


def book(visitor, profile, **asked):
    answer = visitor.get("/issues/export.xlsx", profile=profile, **asked).answer
    return load_workbook(io.BytesIO(answer.data))


def lines(sheet):
    """The cells below the heads by heading, the totals last."""
    heads, *rows = sheet.iter_rows(min_row=3, values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows if row[0] != "小计"]


def words(sheet):
    return str(list(sheet.iter_rows(values_only=True)))


@pytest.fixture
def red(make_issue):
    return make_issue(title="逾期的事项", contact="李某 13900001111", **LATE)


def made(visitor, expect=200, via="/issues/profiles/add", **changes):
    drawn = visitor.get(via).form("/issues/profiles/add").drawn()
    drawn = {name: raw for name, raw in drawn.items() if not name.startswith("columns-")}
    return visitor.send("/issues/profiles/add", expect, **drawn | OWN | changes)


def test_a_sheet_is_printed_as_it_stands(red, browser):
    """Landscape, one page wide, heads on each page; days and figures are no texts."""
    sun = browser.as_("sun")
    sheet = book(sun, "dispatch").active
    told = {cell.value: cell for cell in sheet[3]}
    first = {head: sheet.cell(4, cell.column) for head, cell in told.items()}

    assert sheet["A1"].value == "巴中市突出生态环境问题整改情况调度表"
    assert "填报单位（盖章）：" in sheet["A2"].value
    assert "统计日期：2025年11月25日" in sheet["A2"].value
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize) == ("landscape", 8)
    assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$3", "C4")
    assert (sheet["A1"].font.name, told["序号"].font.name) == ("黑体", "黑体")
    assert first["存在问题"].font.name == "仿宋"
    assert (first["序号"].value, first["时限"].is_date, first["措施项数"].value) == (1, True, 1)
    assert (first["颜色"].value, first["颜色"].fill.fgColor.rgb) == ("● 红", "FFF8B4AE")
    assert first["触发规则"].value == "R1 逾期、Y3 节点逾期"
    assert sheet.cell(sheet.max_row, 1).value == "合计"
    both = book(sun, "list").active
    assert both.print_title_rows == "$3:$4"
    assert book(sun, "bulletin").active.page_setup.paperSize == 9


def test_a_day_is_told_as_it_was_recorded(red, browser):
    sun = browser.as_("sun")
    past = book(sun, "dispatch", on="2025-11-10").active

    assert lines(past)[0]["颜色"] == "▲ 黄"
    assert lines(past)[-1]["颜色"] == "红0、黄1、绿0、已销号0"
    assert "统计日期：2025年11月10日" in past["A2"].value
    assert "其余各栏为填报时的内容" in past["A2"].value
    assert lines(book(sun, "dispatch").active)[-1]["颜色"] == "红1、黄0、绿0、已销号0"


def test_a_flat_file_is_known_as_chinese_and_reckons_nothing(make_issue, browser, monkeypatch):
    make_issue(goal='=HYPERLINK("http://x","y")', criteria="＠SUM(1)", place="-1")

    def cells():
        answer = browser.as_("sun").get("/issues/export.xlsx", profile="flat").answer
        assert answer.headers["Content-Disposition"].endswith(".csv")
        assert answer.data.startswith("\ufeff序号,".encode())
        return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))

    first, total = cells()
    assert [first[head][:2] for head in ("整改目标", "验收标准", "点位及坐标")] == [
        "'=",
        "'＠",
        "'-",
    ]
    assert (total["序号"], total["编号"], total["措施项数"]) == ("合计", "1", "2")
    monkeypatch.setattr(flat_file, "ACTIVE", ("\0",))
    assert cells()[0]["整改目标"].startswith("="), "without the guard the check finds it"


def test_the_public_table_names_no_person(make_issue, browser, monkeypatch):
    problem = "举报人王小明（13800001111）反映养殖场粪水直排"
    issue = make_issue(source="YX", case_number="X2BZ202509010001", contact="李某 13900001111")
    make_issue(title="不是信访件")
    issue.problem, issue.sponsor = problem, "张副市长"
    issue.extra = {
        "是否属实": "属实",
        "罚款（万元）": "3.5",
        "调查核实情况": problem,
        "备注二": "甲",
    }
    db.session.commit()

    def said():
        sheet = book(browser.as_("sun"), "complaints").active
        return sheet, words(sheet)

    sheet, text = said()
    assert len(lines(sheet)) == 2
    assert lines(sheet)[0]["罚款（万元）"] == lines(sheet)[-1]["罚款（万元）"] == 3.5
    assert "粪水直排" in text
    for word in ("王小明", "13800001111", "李某", "13900001111", "张副市长", "备注二"):
        assert word not in text
    monkeypatch.setattr(persons, "masked", str)
    assert "王小明" in said()[1], "without the guard the check finds it"
    assert facts.persons is persons


def test_each_gets_his_own_alone_and_no_look_back(make_issue, red, browser, monkeypatch):
    make_issue(title="恩阳的事项", primary_unit="511903", region="511903")
    chen = browser.as_("chen")

    assert [line["编号"] for line in lines(book(chen, "dispatch").active)][:-1] == [red.number]
    assert "回头看" not in words(book(chen, "list").active)
    assert "回头看" in words(book(browser.as_("sun"), "list").active)
    chen.get("/issues/export.xlsx", profile="没有", expect=422)
    browser.as_("auditor").get("/issues/export.xlsx", profile="list", expect=403)
    monkeypatch.setattr(paper, "holds", lambda *_: True)
    assert "回头看" in words(book(chen, "list").active), "without the guard the check finds it"


def test_the_office_makes_its_own(red, make_issue, browser):
    """Picked columns under other heads, in another order, of a filter, with totals."""
    make_issue(Status.ASSIGNED, title="绿色的事项")
    sun = browser.as_("sun")
    page = made(sun, via="/issues/profiles/add?colour=red&on=2025-11-20")

    row = db.session.query(ExportProfile).one()
    assert row.document["asked"] == {"colour": "red"}
    assert "已建立导出样式“周调度”" in page.text
    sheet = book(sun, "周调度").active
    assert [cell.value for cell in sheet[3]] == ["颜色", "县（区）、部门", "编号"]
    assert sheet["A1"].value == "巴中市整改周调度表"
    assert [cell.value for cell in sheet[4]] == ["● 红", "巴州区", red.number]
    assert [cell.value for cell in sheet[sheet.max_row]] == ["合计1个问题", None, 1]
    assert "周调度" in sun.get("/issues").text
    event = db.session.query(Event).filter_by(subject="profile").one()
    assert (event.action, event.reason) == ("make", "周调度")
    chen = browser.as_("chen")
    assert "周调度" not in chen.get("/issues").text
    chen.get("/issues/export.xlsx", profile="周调度", expect=422)
    browser.as_("zhou").get("/issues/profiles", expect=403)


def test_no_word_of_the_offices_becomes_a_formula(red, browser):
    sun = browser.as_("sun")
    made(sun, **{"columns-0-heading": "=1+1", "columns-2-column": "m_text", "title": "=1+1"})
    sheet = book(sun, "周调度").active

    found = [cell for row in sheet.iter_rows() for cell in row if "=1+1" in str(cell.value)]
    assert [cell.data_type for cell in found] == ["s", "s"]
    sun.send("/issues/profiles/add", 422, **sun.bare(OWN | {"name": "二", "title": "绝密★整改表"}))
    assert db.session.query(ExportProfile).count() == 1


def test_one_is_changed_shared_and_ended_and_the_history_knows(red, browser):
    sun = browser.as_("sun")
    made(sun)
    row = db.session.query(ExportProfile).one()
    url = f"/issues/profiles/{row.id}"
    drawn, late = (sun.get(f"{url}?colour=red").form(url).drawn() for _ in range(2))
    sun.send(url, **drawn | {"is_shared": "true", "title": "新的标题", "take_filter": "true"})

    stale = sun.send(url, 409, **late | {"title": "晚到的标题"})
    assert "刚被其他人修改过" in stale.text
    db.session.refresh(row)
    assert (row.title, row.is_shared, row.document["asked"]) == (
        "新的标题", True, {"colour": "red"},
    )  # fmt: skip
    told = db.session.query(Event).filter_by(subject="profile", action="change").one().detail
    assert (told["before"]["title"], told["after"]["title"]) == ("整改周调度表", "新的标题")
    assert [c.value for c in book(browser.as_("chen"), "周调度").active[4]][-1] == red.number

    sun.post(f"{url}/end", via="/issues/profiles")
    assert "已停用" in sun.get("/issues/profiles").text
    sun.get(url, expect=404)
    sun.get("/issues/export.xlsx", profile="周调度", expect=422)
    assert db.session.query(ExportProfile).count() == 1
    made(sun)  # the name is free again
    assert [event.action for event in db.session.query(Event).filter_by(subject="profile")] == [
        "make", "change", "end", "make",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"name": "list"}, "name", "已有这个名称"),
        ({"name": "责任清单"}, "name", "已有这个名称"),
        ({"name": "甲/乙"}, "name", "名称不能含有"),
        ({"name": ""}, "name", "请填写名称"),
        ({"title": "长" * 61}, "title", "超过60字"),
        ({"columns-1-column": "primary"}, "columns", "选了两次"),
        ({"columns-1-column": "password"}, "columns", "请选择栏目"),
        ({"paper": "B5"}, "paper", "纸张应是下列之一"),
    ],
)
def test_what_cannot_be_a_profile_is_refused_at_its_field(browser, changes, name, sentence):
    page = made(browser.as_("sun"), 422, **changes)

    assert sentence in page.text
    assert page.tree.all("a", href=f"#f-{name}")
    assert db.session.query(ExportProfile).count() == 0


def test_the_command_knows_the_offices_own_by_name(red, browser, app, tmp_path):
    made(browser.as_("sun"))
    file = tmp_path / "表.xlsx"
    run = app.test_cli_runner().invoke

    done = run(args=["ledger", "export", str(file), "--profile", "周调度", "--on", "2025-11-10"])
    unknown = run(args=["ledger", "export", str(file), "--profile", "没有"])
    no_day = run(args=["ledger", "export", str(file), "--on", "昨天"])
    no_place = run(args=["ledger", "export", str(tmp_path / "无" / "表.xlsx")])

    assert (done.exit_code, done.output) == (0, "已导出1个问题\n")
    assert load_workbook(file).active["A4"].value == "▲ 黄"
    assert (unknown.exit_code, no_day.exit_code, no_place.exit_code) == (1, 1, 1)
    assert "可用的有：list（责任清单）" in unknown.output
    assert "周调度" in unknown.output
    assert "认不出日期“昨天”" in no_day.output
    assert "写不了文件" in no_place.output
