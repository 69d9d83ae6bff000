"""A ledger that was exported, edited and read again: just what was edited is told, and taken."""

import io
import random

import pytest
from openpyxl import load_workbook
from sheets import LEDGER, changed, short
from sqlalchemy import func, select

from extensions import db
from issues.exchange.differences.marked import CODE, MARK
from issues.models import Event, Issue
from issues.vocabulary import Action

pytestmark = pytest.mark.both
FIRST_ROW = 5
EDITS = {
    "存在问题": "示例：改写后的问题", "整改目标": "示例：改写后的目标",
    "验收标准": "示例：改写后的标准", "包案领导": "示例领导", "责任人及电话": "示例人员",
    "备注": "示例备注", "整改时限": "2027年11月30日前",
    "具体措施": "示例：改写后的措施", "启动时间": "2025年4月20日", "单位": "处",
    "整改阶段": "示例阶段", "是否销号": "是", "完成值": "1", "交办日期": "2025年1月2日",
}  # fmt: skip
WHY = 7
STAYS = {"整改阶段", "是否销号", "完成值", "交办日期"}


@pytest.fixture
def run(app, tmp_path):
    """`run(*args)` on the command line; a workbook's bytes among them become a file."""
    runner = app.test_cli_runner()

    def run(*args):
        told = []
        for place, arg in enumerate(args):
            file = tmp_path / f"{place}.xlsx"
            if isinstance(arg, bytes):
                file.write_bytes(arg)
            told.append(str(file) if isinstance(arg, bytes) else arg)
        return runner.invoke(args=["ledger", *told])

    return run


@pytest.fixture
def exported(run, tmp_path, shelf):
    def build():
        assert run("import", short(60)).exit_code == 0
        return db.session.scalars(select(Issue)).first(), None

    shelf.of("part of the 117", build, is_dear=True)
    file = tmp_path / "导出.xlsx"
    assert run("export", str(file)).exit_code == 0
    return file.read_bytes()


def places(content):
    """By heading, the cells of the sheet that hold something of their own, row by row."""
    sheet = load_workbook(io.BytesIO(content)).active
    heads = {}
    for column in range(1, sheet.max_column + 1):
        heads[column] = sheet.cell(4, column).value or sheet.cell(3, column).value
    return [
        (heads[cell.column], cell.coordinate, cell.value)
        for row in sheet.iter_rows(min_row=FIRST_ROW)
        for cell in row
        if type(cell).__name__ != "MergedCell"
    ]


def edited(content, count, *, only=frozenset(EDITS), seed=7):
    """A copy with so many cells changed at random, and {address: heading} of them."""
    chosen = random.Random(seed).sample(  # noqa: S311 - a draw that can be drawn again
        [one for one in places(content) if one[0] in only and one[2] != EDITS[one[0]]], count
    )
    cells = {place: EDITS[heading] for heading, place, _ in chosen}
    return changed(content, cells), {place: heading for heading, place, _ in chosen}


def lines(result):
    return [line for line in result.output.splitlines() if " → " in line]


def acts_of_office():
    asked = select(func.count()).where(Event.action.in_([Action.AMEND.value, Action.EDIT.value]))
    return db.session.scalar(asked)


@pytest.mark.postgresql
def test_an_export_read_again_differs_in_nothing(exported, run):
    before = db.session.scalar(select(func.count(Event.id)))

    result = run("import", exported, "--diff")

    assert (result.exit_code, lines(result)) == (0, []), result.output
    assert "0 处差异" in result.output
    assert db.session.scalar(select(func.count(Event.id))) == before


@pytest.mark.postgresql
def test_each_edited_cell_is_one_difference_and_what_is_taken_is_an_act(exported, run, tmp_path):
    """20 cells edited are 20 differences; 12 accepted are written, 8 are told again."""
    open_ = [one for one in EDITS if one not in STAYS]
    content, cells = edited(exported, 20, only=frozenset(open_))
    marked = tmp_path / "差异.xlsx"

    result = run("import", content, "--diff", str(marked))

    assert result.exit_code == 3
    assert len(lines(result)) == 20, result.output
    assert sorted(row[4].value for row in rows_of(marked)) == sorted(cells)

    mark(marked, 12)
    result = run("import", content, "--accept", str(marked))

    assert result.exit_code == 0, result.output
    assert "接受12处，还有8处" in result.output
    assert 0 < acts_of_office() <= 12
    result = run("import", content, "--diff")
    assert len(lines(result)) == 8, result.output
    again = run("import", content, "--accept", str(marked))
    assert (again.exit_code, "有12处与现在的台账或文件对不上" in again.output) == (1, True)


def rows_of(path):
    sheet = load_workbook(path).active
    return list(sheet.iter_rows(min_row=2))


def mark(path, count, word="接受"):
    workbook = load_workbook(path)
    sheet = workbook.active
    column = next(cell.column for cell in sheet[1] if cell.value == MARK)
    able = [row for row in range(2, sheet.max_row + 1) if not sheet.cell(row, WHY).value]
    for row in able[:count]:
        sheet.cell(row, column).value = word
    workbook.save(path)


@pytest.mark.sqlite
def test_what_no_file_may_change_says_why_and_stays(exported, run):
    content, _ = edited(exported, 12, only=frozenset(STAYS))

    result = run("import", content, "--diff")
    assert (result.exit_code, len(lines(result))) == (3, 12), result.output
    result = run("import", content, "--accept", "all")

    assert "接受0处" in result.output
    assert acts_of_office() == 0
    refused = [line for line in result.output.splitlines() if line.startswith("未写入")]
    assert len(refused) == 12
    assert all(line.partition("：")[2] for line in refused)


@pytest.mark.sqlite
def test_a_mark_that_is_neither_yes_nor_no_is_told_at_its_cell(exported, run, tmp_path):
    content, _ = edited(exported, 12, only=frozenset({"整改目标"}))
    marked = tmp_path / "差异.xlsx"
    run("import", content, "--diff", str(marked))
    mark(marked, 1, word="也许")

    result = run("import", content, "--accept", str(marked))

    assert result.exit_code == 1
    assert "应填“接受”“拒绝”或留空，现为“也许”" in result.output
    assert run("import", content, "--accept", str(LEDGER)).exit_code == 1
    assert acts_of_office() == 0
    assert CODE in [cell.value for cell in load_workbook(marked).active[1]]
