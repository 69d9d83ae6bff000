"""Leads by workbook: kept and shown first, confirmed once and in time, nothing new afterwards."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from rosters_filled import workbook

from extensions import db, transaction
from issues.models import Lead, Roster
from issues.rosters.columns import LEADS
from issues.rosters.kept import WAITS_DAYS

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
IMPORT = "/leads/import"


def upload(visitor, content, expect=303):
    form = visitor.bare({"workbook": (io.BytesIO(content), "线索.xlsx")})
    page = visitor.send(IMPORT, expect, follow=False, **form)
    return visitor.get(page.location) if expect == 303 else page


def leads():
    db.session.rollback()
    return db.session.scalars(db.select(Lead).order_by(Lead.id)).all()


@pytest.mark.both
def test_a_workbook_is_kept_looked_at_and_brought_in_once(browser):
    sun = browser.as_("sun")
    page = upload(sun, workbook(HEADS, ROWS))
    assert "新建2条线索" in page.text
    assert "有效至" in page.text
    assert leads() == []

    assert "已导入：新建2条线索" in sun.post(page.url).text
    first, second = leads()
    assert (first.region, first.origin_ref, first.is_urgent) == ("511902", "RX-1", False)
    assert (second.lon, second.pollutant, second.is_urgent) == (106.76, "氨氮", True)
    assert "没有重复导入" in sun.send(page.url, 409, **sun.bare({})).text
    assert "没有新的内容" in upload(sun, workbook(HEADS, ROWS)).text
    assert len(leads()) == 2
    browser.as_("chen").get(IMPORT, 403)
    browser.as_("chen").get(page.url, 403)


def test_what_waited_too_long_or_was_overtaken_is_not_brought_in(browser):
    sun = browser.as_("sun")
    old, first, second = (upload(sun, workbook(HEADS, ROWS)) for _ in range(3))
    with transaction():
        row = db.session.get(Roster, int(old.url.rsplit("/", 1)[1]))
        row.uploaded_at -= timedelta(days=WAITS_DAYS, seconds=1)

    assert "已超过7天" in sun.send(old.url, 409, **sun.bare({})).text
    assert not sun.get(old.url).has_form(old.url)
    assert "已过期，没有导入" in sun.get(IMPORT).text
    assert leads() == []
    sun.post(first.url)
    assert "有变动，没有写入" in sun.send(second.url, 422, **sun.bare({})).text
    assert len(leads()) == 2


def test_every_wrong_cell_is_named_and_nothing_written(browser):
    sun = browser.as_("sun")
    page = upload(sun, workbook(HEADS, (*ROWS, THIRD), WRONG))
    for cell in WRONG:
        assert f">{cell}<" in page.html, (cell, page.text)
    assert not page.has_form(page.url)
    assert sun.get(f"{page.url}/errors.xlsx").answer.data.startswith(b"PK")
    twice = upload(sun, workbook(HEADS, (*ROWS, ROWS[0])))
    assert "与第2行的来源和编号相同" in twice.text
    assert "没有找到表头" in upload(sun, workbook(["甲"], [("乙",)]), 422).text
    assert leads() == []


def test_the_sample_holds_every_column(browser):
    content = browser.as_("lin").get(f"{IMPORT}/sample.xlsx").answer.data
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
