"""The columns an export works out: known as ours when it comes back; no other is lost."""

import io
import re
from decimal import Decimal

import pytest
from handmade import register
from hypothesis import given, settings, strategies as st
from openpyxl import load_workbook
from sheets import read, saved, short

from extensions import db
from issues.exchange.reading import extra_columns
from issues.exchange.writing.figured import figured
from issues.models import Issue

OURS = {
    "配合单位", "状态", "触发规则", "颜色起始日", "黄牌次数", "红牌次数", "督办文号", "延期次数",
    "公示起始日", "公示截止日", "回头看", "颜色",
}  # fmt: skip


@pytest.fixture
def ledger(app, tmp_path):
    """What the command says of a workbook brought in, and the export after it."""

    def run(content):
        told, out = tmp_path / "进.xlsx", tmp_path / "出.xlsx"
        told.write_bytes(content)
        runner = app.test_cli_runner()
        said = runner.invoke(args=["ledger", "import", str(told)]).output
        assert runner.invoke(args=["ledger", "export", str(out)]).exit_code == 0
        return said, load_workbook(io.BytesIO(out.read_bytes()))

    return run


def heads(sheet):
    """Column by heading, of a sheet with heads of two rows."""
    pairs = zip(sheet[3], sheet[4], strict=True)
    return {(below.value or top.value): below.column for top, below in pairs}


def test_an_export_comes_back_with_none_of_ours_called_foreign(ledger):
    _, book = ledger(short())
    sheet = book["责任清单"]
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$3:$4")
    assert OURS <= {*heads(sheet)} == OURS | {*heads(sheet)}
    sheet.cell(5, heads(sheet)["状态"]).value = "快办完了"
    sheet.cell(5, heads(sheet)["颜色"]).value = "红吧"

    said, _ = ledger(saved(book))

    assert "没有新的内容" in said
    assert {"状态", "颜色", "黄牌次数"} <= {*re.findall(r"列“(.+?)”由系统计算", said)} <= OURS
    assert "不是台账的栏目" not in said
    assert all(issue.extra.keys() & OURS == set() for issue in db.session.query(Issue))


@pytest.mark.parametrize("heading", ["状态", "颜色", "回头看"])
def test_a_ledgers_own_column_of_such_a_name_is_kept_through_export_and_import(ledger, heading):
    """Ours stands beside it under a name of its own, and comes back as ours."""
    said, book = ledger(register({"备注": "办理中"}, headings={"备注": heading}))
    assert f"列“{heading}”不是台账的栏目" in said
    found = heads(book["责任清单"])

    assert book["责任清单"].cell(5, found[heading]).value == "办理中"
    again = read(saved(book))
    assert [item.extra[heading] for item in again.items] == ["办理中"]
    assert f"{heading}（系统）" in found
    assert f"{heading}（系统）" not in again.items[0].extra
    assert again.errors == ()


def test_without_the_table_ours_would_be_kept_as_foreign(ledger, monkeypatch):
    _, book = ledger(short())
    monkeypatch.setattr(extra_columns, "is_export", lambda _called: False)
    sheet = book["责任清单"]
    sheet.cell(5, heads(sheet)["颜色"]).value = "红吧"

    assert {"状态", "颜色"} <= read(saved(book)).items[0].extra.keys()


def test_figures_are_figures_and_are_read_as_the_same_words(ledger):
    _, book = ledger(register({"备注": "1.5"}, headings={"备注": "罚款（万元）"}))
    sheet = book["责任清单"]
    found = heads(sheet)
    fine, order = (sheet.cell(5, found[name]).value for name in ("罚款（万元）", "编号"))

    assert (fine, sheet.cell(5, 1).value) == (1.5, 1)
    assert isinstance(order, str)
    assert read(saved(book)).items[0].extra["罚款（万元）"] == "1.5"


@given(words=st.text(alphabet="0123456789.-+e ", max_size=18))
@settings(max_examples=200)
def test_a_figure_says_the_very_words_again(words):
    figure = figured({"序号": words})["序号"]

    assert (format(figure, "f") if isinstance(figure, Decimal) else str(figure)) == words
    assert isinstance(figure, str) or float(figure) == float(words)


def test_what_is_plainly_a_figure_is_one():
    words = {"序号": "12", "罚款（万元）": "3.5", "立案处罚": "007", "约谈": "2人", "备注": "5"}

    assert figured(words) == {
        "序号": 12, "罚款（万元）": Decimal("3.5"), "立案处罚": "007", "约谈": "2人", "备注": "5",
    }  # fmt: skip
