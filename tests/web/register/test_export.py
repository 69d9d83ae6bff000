"""The register as a workbook: what is shown, no more, and no text becomes a formula."""

import io

import pytest
from brought import bring
from handmade import register
from openpyxl import load_workbook
from sheets import read, short

from extensions import db
from issues.vocabulary import Action, Status


@pytest.fixture
def red(make_issue):
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    return make_issue(deadline="2025-11-20", title="逾期的事项", measures=late)


def rows(browser, name, url):
    """What is in the workbook: its columns by number of the ticket."""
    answer = browser.as_(name).get(url).answer
    sheet = load_workbook(io.BytesIO(answer.data)).active
    heads = [a.value or b.value for a, b in zip(sheet[3], sheet[4], strict=True)]
    lines = list(sheet.iter_rows(min_row=5, values_only=True))
    if not lines:
        return {}
    at, colour = heads.index("编号"), heads.index("颜色")
    return {line[at]: line[colour] for line in lines if line[at]}


def shown(browser, name, url):
    return [next(filter(None, row)).split()[0] for row in browser.as_(name).get(url).rows()]


def opened(browser, name, asked):
    return load_workbook(
        io.BytesIO(browser.as_(name).get(f"/issues/export.xlsx{asked}").answer.data)
    )


def reasons_in(book):
    return list(book["颜色说明"].iter_rows(values_only=True))


@pytest.mark.parametrize("asked", ["colour=red", "status=closed", "status=draft", "q=正常"])
def test_it_holds_what_the_page_shows_in_the_same_order(red, make_issue, browser, asked):
    make_issue(title="正常的事项")
    make_issue(Status.CLOSED, title="已销号的事项")
    make_issue(Status.DRAFT, title="登记中的事项")
    found = rows(browser, "sun", f"/issues/export.xlsx?{asked}")

    assert list(found) == shown(browser, "sun", f"/issues?{asked}")


def test_what_is_off_the_board_is_in_it_where_its_status_is_asked_for(
    make_issue, browser, app, tmp_path
):
    """Drafts, merged and withdrawn ones: without a filter both doors give one workbook."""
    kept, other = (make_issue(title=f"看板上的事项{place}") for place in (1, 2))
    draft = make_issue(Status.DRAFT, title="登记中的事项")
    merged, gone = (make_issue(title=f"{word}的事项") for word in ("并案", "撤销"))
    make_issue.act(Action.MERGE, merged, "zhou", into=kept.number, reason="同一问题")
    make_issue.act(Action.WITHDRAW, gone, "zhou", reason="登记有误")
    kept.extra = {"来文处室": "督察组", "是否属实": "属实"}
    other.extra = {"立案处罚": "1", "经办": "二科", "销号日期说明": "另附"}
    db.session.commit()
    file = tmp_path / "命令.xlsx"
    app.test_cli_runner().invoke(args=["ledger", "export", str(file)])
    page = browser.as_("sun").get("/issues/export.xlsx").answer.data
    off = {issue.number for issue in (draft, merged, gone)}

    assert every_cell(page) == every_cell(file.read_bytes())
    assert list(rows(browser, "sun", "/issues/export.xlsx")) == [kept.number, other.number]
    asked = rows(browser, "sun", "/issues/export.xlsx?status=draft,merged,withdrawn")
    assert asked.keys() == off
    heads = [heads_in(browser, way) for way in ("?sort=number", "?sort=-number")]
    assert heads[0] == heads[1]
    assert heads[0][-6:] == ["颜色", "销号日期说明", "是否属实", "立案处罚", "来文处室", "经办"]


def heads_in(browser, asked):
    sheet = opened(browser, "sun", asked).active
    return [a.value or b.value for a, b in zip(sheet[3], sheet[4], strict=True)]


def test_each_line_says_its_colour_of_the_day(red, browser):
    assert rows(browser, "sun", "/issues/export.xlsx") == {red.number: "● 红"}
    assert rows(browser, "sun", "/issues/export.xlsx?on=2025-11-10") == {red.number: "▲ 黄"}


def test_it_says_why_as_the_commands_file_does(red, make_issue, browser, app, tmp_path):
    """One sheet of reasons at both doors, of the tickets that are in the file and no other."""
    make_issue(Status.ASSIGNED, title="别的事项")
    file = tmp_path / "台账.xlsx"
    app.test_cli_runner().invoke(args=["ledger", "export", str(file)])

    asked = reasons_in(opened(browser, "sun", "?colour=red"))
    whole = reasons_in(load_workbook(file))
    past = opened(browser, "sun", "?on=2025-11-24")

    assert {row[0] for row in asked[1:]} == {red.number}
    assert asked == [row for row in whole if row[0] in {"编号", red.number}]
    assert "颜色说明" not in past.sheetnames


def every_cell(content):
    """Of each sheet, in order: its columns' widths, merged cells, and each cell with its look."""
    return {
        sheet.title: (
            {letter: one.width for letter, one in sheet.column_dimensions.items()},
            sorted(map(str, sheet.merged_cells.ranges)),
            [
                (cell.coordinate, cell.value, cell.data_type, cell.number_format, cell.quotePrefix)
                for row in sheet.iter_rows()
                for cell in row
            ],
        )
        for sheet in load_workbook(io.BytesIO(content))
    }


def test_two_doors_give_one_workbook(app, browser, tmp_path):
    """Cell by cell, of a part of the ledger; and what the page gave is nothing new to an import."""
    run = app.test_cli_runner().invoke
    bring(short(60))
    file, again = tmp_path / "命令.xlsx", tmp_path / "网页.xlsx"
    assert run(args=["ledger", "export", str(file)]).exit_code == 0
    again.write_bytes(browser.as_("sun").get("/issues/export.xlsx?sort=number").answer.data)

    page, command = every_cell(again.read_bytes()), every_cell(file.read_bytes())
    told = run(args=["ledger", "import", str(again)])

    assert list(page) == ["责任清单", "颜色说明"]
    assert page == command
    assert "没有新的内容，表中16个问题" in told.output
    assert "列“颜色”由系统计算，没有导入" in told.output


def test_a_column_of_that_name_with_other_words_is_kept():
    rows = [{"备注": "● 红"}, {"备注": "▲ 黄", "存在问题": "另一个问题"}]
    ours = read(register(*rows, headings={"备注": "颜色"}))
    theirs = read(register(rows[0], rows[1] | {"备注": "红，本月"}, headings={"备注": "颜色"}))

    assert [item.extra.get("颜色") for item in ours.items] == [None, None]
    assert [item.extra.get("颜色") for item in theirs.items] == ["● 红", "红，本月"]


def test_a_unit_gets_its_own_alone(red, browser):
    assert list(rows(browser, "chen", "/issues/export.xlsx")) == [red.number]
    assert rows(browser, "wu", "/issues/export.xlsx") == {}
    browser.as_("auditor").get("/issues/export.xlsx", expect=403)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "\t="])
def test_text_that_looks_like_a_formula_stays_text(make_issue, browser, sign):
    make_issue(goal=f'{sign}HYPERLINK("http://x","y")')
    answer = browser.as_("sun").get("/issues/export.xlsx").answer
    sheet = load_workbook(io.BytesIO(answer.data)).active

    cells = [c for row in sheet.iter_rows() for c in row if "HYPERLINK" in str(c.value)]
    assert [(c.data_type, c.quotePrefix) for c in cells] == [("s", True)]


def test_the_page_leads_to_it_with_its_filter(red, browser):
    page = browser.as_("sun").get("/issues?colour=red&page=1")

    assert "/issues/export.xlsx?colour=red" in page.links
    assert "导出这 1 条" in page.text


def test_it_takes_as_many_statements_for_many_as_for_few(red, make_issue, browser):
    sun = browser.as_("sun")
    sun.get("/issues/export.xlsx")  # what is asked once in the life of a process
    few = len(sun.get("/issues/export.xlsx").statements)
    for number in range(4):
        make_issue(Status.ASSIGNED, title=f"事项{number}")

    assert len(sun.get("/issues/export.xlsx").statements) == few
