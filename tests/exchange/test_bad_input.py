"""What an import refuses: each bad cell is named and told in one sentence, and none is guessed."""

import datetime
import io

import pytest
from openpyxl import Workbook, load_workbook
from sheets import (
    COMPLAINTS,
    INSPECTION,
    LEDGER,
    MEASURE,
    PROFILE,
    changed,
    errors,
    findings,
    read,
    repacked,
    reread,
    saved,
    short,
)  # fmt: skip

from issues.exchange.reading.profile import Profile, ProfileError
from issues.exchange.workbook.mark_errors import mark_errors
from issues.exchange.workbook.marked_copy import LIST
from issues.exchange.workbook.package import MOST_BYTES
from issues.exchange.workbook.sheet import UnreadableWorkbook


@pytest.mark.parametrize(
    ("cell", "value", "sentence"),
    [
        ("J5", "市水务局牵头，市生态环境局配合", "没有名为“市水务局”的单位，是不是“市水利局”"),
        ("P5", "某某公司", "没有名为“某某公司”的单位"),
        ("P5", "巴州区", "验收单位不能是主责单位，请改填牵头单位或市环委办等其他单位"),
        ("R5", "2025年2月30日前", "“2025年2月30日前”不是日历上有的日子"),
        ("R5", "6月底前", "时限“6月底前”没有写四位数的年份"),
        ("R5", "尽快", "认不出时限“尽快”"),
        ("R9", None, "没有填写整改时限"),
        ("R5", 45678, "“45678”不是日期"),
        ("Q5", "2025-13-45", "“2025-13-45”不是日历上有的日子"),
        ("V5", "2027年6月底前", "措施时限2027年6月30日晚于问题的整改时限2026年12月31日"),
        ("AD5", "也许", "只能填“是”或“否”"),
        ("AE5", datetime.date(2025, 10, 1), "没有销号的问题不应有销号日期"),
        ("B5", "第1号", "编号应如AB-AF-2025-001"),
        ("B9", "BZ-AF-2025-001", "编号与第5行重复"),
        ("E5", "成都市", "没有名为“成都市”的行政区域"),
        ("G5", "水、黑臭", "没有“黑臭”这个问题类型"),
        ("H5", None, "没有填写存在问题"),
        ("W5", "很多", "应是不小于0的数字，计量单位另填在单位栏"),
        ("D5", "重", "重点事项填“★”"),
        ("C5", "路边看到", "没有“路边看到”这个问题来源"),
        ("F9", "某地（31.8，106.7）", "经度和纬度写反了，请先写经度"),
        ("T5", None, "没有填写整改措施"),
    ],
)
def test_a_bad_cell_is_named_with_one_sentence(cell, value, sentence):
    found = errors(short(), {cell: value})

    assert list(found) == [cell]
    assert found[cell].startswith(sentence)


def test_every_error_of_a_sheet_is_told_at_once():
    bad = {"J5": "市水务局牵头", "R9": "尽快", "V13": "2027年1月1日", "P16": "某公司"}

    assert set(errors(short(), bad)) == set(bad)


def test_a_measure_that_ends_before_it_starts_is_refused_at_its_deadline():
    found = errors(short(), {"U5": datetime.date(2026, 6, 1)})

    assert found == {"V5": "完成时限2026年1月31日早于启动时间2026年6月1日"}


def test_a_ticket_awaiting_acceptance_needs_the_day_of_its_claim():
    assert errors(short(), {"AB5": "待验收"}) == {"AC5": "整改阶段为待验收的，请填写申请验收日期"}


def test_a_ticket_with_a_bad_cell_is_not_among_the_items_and_the_others_are():
    ledger = reread(short(), {"J5": "市水务局牵头"})

    assert (ledger.tickets, len(ledger.items)) == (4, 3)
    assert all(item.number != "BZ-AF-2025-001" for item in ledger.items)


def test_the_cells_are_all_accounted_for_with_errors_too():
    ledger = reread(short(), {"J5": "市水务局牵头", "R9": "尽快", "AH5": "表外的话"})

    assert ledger.unread == ()
    assert ledger.cells_total == ledger.cells_read + ledger.cells_listed


def test_a_column_of_no_known_name_is_kept_and_told():
    ledger = reread(short(), {"AG4": "督办领导批示", "AG5": "已阅"})

    assert ledger.errors == ()
    assert ledger.items[0].extra == {"督办领导批示": "已阅"}
    assert any("内容原样保留在补充信息中" in notice.sentence for notice in ledger.notices)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的"),
        (b"not a workbook at all", "文件不是.xlsx工作簿"),
        (b"PK\x03\x04" + b"\0" * 200, "文件已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "这是旧版.xls文件"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "工作簿设了打开密码",
        ),
        (b"PK\x03\x04" + b"\0" * MOST_BYTES, "文件超过25MB"),
        (LEDGER.read_bytes()[:40_000], "文件已损坏"),
    ],
    ids=["empty", "text", "zeros", "xls", "locked", "large", "cut"],
)
def test_an_unreadable_workbook_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(UnreadableWorkbook) as refused:
        read(content)

    assert refused.value.sentence.startswith(sentence)


def test_an_entity_in_a_workbook_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'

    with pytest.raises(UnreadableWorkbook):
        read(repacked(LEDGER.read_bytes(), {"xl/worksheets/sheet1.xml": bomb}))


def test_a_workbook_that_is_no_ledger_is_refused():
    workbook = Workbook()
    workbook.active.append(["姓名", "电话", "住址"])

    with pytest.raises(UnreadableWorkbook, match="没有找到台账的表头"):
        read(saved(workbook))


def test_an_empty_workbook_is_refused():
    with pytest.raises(UnreadableWorkbook, match="没有内容"):
        read(saved(Workbook()))


def test_a_heading_without_rows_is_an_error():
    ledger = read(findings(), PROFILE)

    assert [error.sentence for error in ledger.errors] == ["表中没有“问题”一栏，表头下面没有数据"]


def test_columns_a_sheet_lacks_are_asked_for_each_once():
    said = [error.sentence for error in read(INSPECTION.read_bytes()).errors]

    assert len(said) == 4
    for heading in ("问题来源", "交办日期", "行政区域", "验收单位"):
        assert f"表中没有“{heading}”一栏，请补上这一栏，或在配置中给出" in said


def test_complaints_without_a_profile_ask_for_source_deadline_and_acceptance():
    said = "".join(error.sentence for error in read(COMPLAINTS.read_bytes()).errors)

    assert all(f"“{heading}”" in said for heading in ("问题来源", "整改时限", "验收单位"))


def test_a_small_sheet_in_the_provincial_layout_is_read():
    ledger = read(findings(MEASURE), PROFILE)

    assert ledger.errors == ()
    assert (len(ledger.items), ledger.items[0].primary_unit) == (1, "511902")


@pytest.mark.parametrize(
    "document",
    [
        {"sources": "AF"},
        {"source": "XX"},
        {"source": ["AF"]},
        {"source": {"else": {"code": "AF"}}},
        {"assigned_on": "2025-01-15"},
        {"acceptance": "511900-HWB"},
        {"deadline": {"days": -3}},
        {"closed_on": "yesterday"},
        {"texts": {"number": "1"}},
    ],
)
def test_a_profile_with_a_fault_is_refused(document):
    with pytest.raises(ProfileError):
        Profile.from_document(document)


def test_the_user_s_own_workbook_comes_back_with_red_commented_cells():
    original = changed(short(), {"J5": "市水务局牵头", "R9": "尽快"})
    ledger = read(original)

    workbook = load_workbook(io.BytesIO(mark_errors(original, ledger.errors, ledger.sheet)))
    sheet = workbook["责任清单"]

    assert "市水务局" in sheet["J5"].comment.text
    assert "认不出时限" in sheet["R9"].comment.text
    assert sheet["J5"].fill.fgColor.rgb == "00FFC7CE"
    assert sheet["J9"].comment is None
    assert sheet["H5"].value == load_workbook(io.BytesIO(short())).active["H5"].value
    assert [row[0] for row in workbook[LIST].iter_rows(min_row=2, values_only=True)] == ["J5", "R9"]
