"""Leads by workbook: looked at, brought in whole or not at all, and nothing new the second time."""

import io

import pytest
from openpyxl import load_workbook
from rosters_filled import workbook

from extensions import db
from issues.models import Lead
from issues.rosters.leads_in import LEADS

HEADS = [one.heading for one in LEADS]
ROWS = (
    ("12345热线", "RX-1", "2025-11-24 09:30", "河边堆放垃圾", "巴州区", "二组", "", "", "", "", "",
     "", ""),
    ("在线监测", "ZC-1", "2025-11-24 09:30", "氨氮超标", "", "", "106.76", "31.85", "某公司",
     "氨氮", "46", "mg/L", "8"),
)  # fmt: skip
THIRD = ("媒体曝光", "MT-1", "2025-11-24 09:30", "冒烟", *[""] * 9)
WRONG = {
    "A2": "电话", "C2": "昨天", "E3": "没有的区", "K3": "很多", "G4": "106",
}  # fmt: skip
pytestmark = pytest.mark.both


def send(visitor, content, step="check", expect=200):
    form = visitor.get("/leads/import").form("/leads/import").drawn()
    sent = form | {"workbook": [(io.BytesIO(content), "线索.xlsx")], "step": step}
    return visitor.send("/leads/import", expect, **sent)


def leads():
    return db.session.scalars(select_all()).all()


def select_all():
    return db.select(Lead).order_by(Lead.id)


def test_a_workbook_is_looked_at_and_brought_in_once(browser):
    sun, content = browser.as_("sun"), workbook(HEADS, ROWS)
    assert "没有写入；将要：新建2条线索" in send(sun, content).text
    assert leads() == []

    send(sun, content, "import")
    first, second = leads()
    assert (first.region, first.origin_ref, first.is_urgent) == ("511902", "RX-1", False)
    assert (second.lon, second.pollutant, second.is_urgent) == (106.76, "氨氮", True)
    assert "不变2条线索" in send(sun, content).text
    send(sun, content, "import")
    assert len(leads()) == 2
    browser.as_("chen").get("/leads/import", 403)


def test_every_wrong_cell_is_named_and_nothing_written(browser):
    sun = browser.as_("sun")
    page = send(sun, workbook(HEADS, (*ROWS, THIRD), WRONG), "import", 422)
    for cell in WRONG:
        assert f">{cell}<" in page.html, (cell, page.text)
    twice = send(sun, workbook(HEADS, (*ROWS, ROWS[0])), "import", 422)
    assert "与第2行的来源和编号相同" in twice.text
    assert "没有找到表头" in send(sun, workbook(["甲"], [("乙",)]), "import", 422).text
    assert leads() == []


def test_the_sample_holds_every_column(browser):
    content = browser.as_("lin").get("/leads/import/sample.xlsx").answer.data
    book = load_workbook(io.BytesIO(content))
    assert [cell.value for cell in book["线索"][1]] == HEADS


def test_the_command_does_the_same_and_tries_first(app, people, tmp_path):
    file = tmp_path / "线索.xlsx"
    run = app.test_cli_runner().invoke
    asked = ["leads", "import", str(file), "--by", "sun"]
    file.write_bytes(workbook(HEADS, ROWS, WRONG))
    result = run(args=asked)
    assert (result.exit_code, "C2 发现时间" in result.output) == (1, True)

    file.write_bytes(workbook(HEADS, ROWS))
    assert "检查通过，没有写入：新建2条线索" in run(args=[*asked, "--dry-run"]).output
    assert leads() == []
    assert "已导入：新建2条线索" in run(args=asked).output
    assert len(leads()) == 2
    assert run(args=[*asked[:-1], "nobody"]).exit_code == 1
    assert "没有报送线索的权限" in run(args=[*asked[:-1], "zhao"]).output
