"""What an import takes out of a cell is told at both doors: where, and what; and blocks nothing."""

import sys
import unicodedata

import pytest
from handmade import register
from sheets import read
from workbooks import upload

from issues.ground import sign_names, signs
from issues.web.exchange import import_preview

DIRTY = "\u3000某处\u200b生活\u200b污水\u200e散排，⻓期发\ufe0f臭。"
TOLD = "全角空格1处、零宽空格2处、方向标记1处、形近字“⻓”（改为“长”）1处、变体选择符1处"
SENTENCE = f"工作表“Sheet”：清理了看不见的字符，{TOLD}"


@pytest.fixture
def content():
    return register({"存在问题": DIRTY}, headings={"点位": "点\u00ad位"})


def looked_at():
    """Every sign that is one; of the places where nobody's or one's own may stand, some."""
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)) not in {"Cn", "Co", "Cs"} or code % 61 == 0:
            yield chr(code)


def test_every_sign_that_is_changed_has_a_name():
    changed = [sign for sign in looked_at() if signs.bare(sign) != sign]
    silent = [hex(ord(sign)) for sign in changed if sign != "\r" and not sign_names.told(sign)]

    assert len(changed) > 4000
    assert silent == []
    assert sign_names.told("㐀鼋滩𠮷村ＰＨ值：e\u0301\r\n") == ""


def test_each_cleaned_cell_is_listed_with_its_sheet_and_place(content):
    understood = read(content)

    assert understood.errors == ()
    assert [(one.cell, one.heading, one.sentence) for one in understood.notices] == [
        ("E3", "点位", "工作表“Sheet”：清理了看不见的字符，软连字符1处"),
        ("F5", "存在问题", SENTENCE),
    ]
    assert read(register()).notices == ()


def test_page_and_command_tell_them_and_let_it_in(browser, app, tmp_path, content):
    file = tmp_path / "台账.xlsx"
    file.write_bytes(content)
    run = app.test_cli_runner().invoke

    rehearsed = run(args=["ledger", "import", str(file), "--dry-run"])
    page = upload(browser.as_("sun"), content)

    assert f"提示 F5 存在问题 {SENTENCE}" in rehearsed.output
    assert "检查通过，没有写入：1个问题" in rehearsed.output
    assert ["F5", "存在问题", SENTENCE] in page.rows()
    assert browser.as_("sun").post(f"{page.url}/confirm").heading == "导入结果"


def test_more_than_are_listed_are_counted(browser, content, monkeypatch):
    monkeypatch.setattr(import_preview, "MOST_NOTICES_SHOWN", 1)

    page = upload(browser.as_("sun"), content)

    assert "共 2 条，此处列出前 1 条。" in page.text
    assert SENTENCE not in page.text
