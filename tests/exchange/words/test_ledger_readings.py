"""Readings of a ledger: read line by line, entered to wait, written and read back the same."""

import io
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from brought import bring, bring_kept, take_back_import, ticket
from hypothesis import given, settings, strategies as st
from openpyxl import load_workbook
from sheets import TODAY, changed, errors, read, short
from sqlalchemy import select

from extensions import db, transaction
from issues.exchange.ticket_targets import HEADING, READINGS, aims_of
from issues.ground import clock
from issues.models import Event, Issue, Reading, Target
from issues.rules.targets.reading_lines import (
    ReadingLine,
    UnreadableReading,
    read as read_line,
    written,
)
from issues.vocabulary import BesideAct, Nature, Sense

NUMBER = "BZ-AF-2025-001"
AIMS = (
    "达到水平：细颗粒物（PM2.5）浓度＜27.4μg/m³【至2025-12-31，数据提供单位：市监测站】\n"
    "达到水平：pH≥6\n达到水平：pH≤9\n优良天数比例≥97%\n各方形成合力"
)
LINES = (
    "2025-10-31 细颗粒物（PM2.5）浓度 28.5μg/m³【市监测站，已确认】\n"
    "2025年11月3日 细颗粒物(PM2.5)浓度：27.3ug/m³（政务中心）\n"
    "2025.11.4 pH 5.9【市监测站】\n2025/11/5 优良天数比例97.0%【市监测站】"
).replace("ug/m³", "μg/m3")
ROWS = [
    (date(2025, 10, 31), "细颗粒物（PM2.5）浓度", Decimal("28.5"), "μg/m³", ""),
    (date(2025, 11, 3), "细颗粒物（PM2.5）浓度", Decimal("27.3"), "μg/m³", "政务中心"),
    (date(2025, 11, 4), "pH", Decimal("5.9"), "无量纲", ""),
    (date(2025, 11, 5), "优良天数比例", Decimal("97.0"), "%", ""),
]


def with_columns(aims=AIMS, lines=LINES, source=None):
    def add(_book, sheet):
        at = sheet.max_column + 1
        for place, (heading, text) in enumerate([(HEADING, aims), (READINGS, lines)], start=at):
            sheet.cell(3, place).value, sheet.cell(5, place).value = heading, text

    return changed(source or short(), edit=add)


def cell_of(content, heading):
    sheet = load_workbook(io.BytesIO(content)).active
    return next(
        f"{cell.column_letter}5" for row in sheet["3:4"] for cell in row if cell.value == heading
    )


def rows():
    return db.session.scalars(select(Reading).order_by(Reading.sampled_on)).all()


@pytest.fixture
def run(app, tmp_path):
    def run(*args):
        told = []
        for place, arg in enumerate(args):
            if isinstance(arg, bytes):
                (tmp_path / f"{place}.xlsx").write_bytes(arg)
            told.append(str(tmp_path / f"{place}.xlsx") if isinstance(arg, bytes) else arg)
        return app.test_cli_runner().invoke(args=["ledger", *told])

    return run


@pytest.mark.postgresql
def test_readings_come_in_to_wait_and_go_out_the_same(run, people, tmp_path):
    bring_kept(with_columns())
    found = rows()
    assert [
        (r.sampled_on, r.pollutant, r.value, r.unit_of_value, r.point) for r in found
    ] == ROWS  # fmt: skip
    assert {(r.laboratory, r.confirmed_at, r.entered_by_id) for r in found} == {
        ("市监测站", None, None)
    }
    told = select(Target).where(Target.measure_id.is_(None), Target.name == "优良天数比例")
    rate = db.session.scalars(told).one()
    assert (rate.sense, rate.value, rate.unit_of_value) == (Sense.GE, Decimal(97), "%")
    assert ticket(NUMBER).extra[HEADING] == "各方形成合力"
    assert READINGS not in ticket(NUMBER).extra

    with transaction():
        found[0].confirmed_at, found[0].confirmed_by_id = clock.now(), people.liu.id
    file = tmp_path / "导出.xlsx"
    assert run("export", str(file)).exit_code == 0
    content = file.read_bytes()
    cell = cell_of(content, READINGS)
    text = load_workbook(io.BytesIO(content)).active[cell].value
    assert text.split("\n")[0] == LINES.split("\n")[0]
    assert "【市监测站，点位：政务中心】" in text
    for same in (content, with_columns()):
        differing = run("import", same, "--diff")
        assert "，0 处差异" in differing.output, differing.output

    edited = text.replace("28.5", "26.5") + "\n2025-11-20 pH 7.2【市监测站】\n2025-11-20 氨氮 1mg/L"
    differing = run("import", changed(content, {cell: edited}), "--diff")
    assert "3 处差异" in differing.output, differing.output
    taken = run("import", changed(content, {cell: edited}), "--accept", "all")
    assert "已接受 BZ-AF-2025-001 · 监测读数" in taken.output, taken.output
    assert "在事项的“监测数据”页更正" in taken.output
    assert "本事项没有“氨氮”的量化目标" in taken.output
    assert [(r.value, r.confirmed_at) for r in rows()[-1:]] == [(Decimal("7.2"), None)]
    assert len(rows()) == len(ROWS) + 1
    acts = db.session.scalars(select(Event.action).where(Event.subject_id == ticket(NUMBER).id))
    assert list(acts).count(BesideAct.RECORD_READING) == len(ROWS) + 1


def test_an_import_is_taken_back_and_comes_again_with_its_readings(app, people):
    row = bring_kept(with_columns(), actor=people.sun)
    assert {r.entered_by_id for r in rows()} == {people.sun.id}
    take_back_import(row)
    bring(with_columns())

    assert len(rows()) == len(ROWS)
    assert len(db.session.scalars(select(Issue.id).where(Issue.number == NUMBER)).all()) == 1


UNREAD = {
    "2025-11-26 pH 7【市站】": "采样日期不能晚于今天",
    "pH 7": "请以采样日期开头",
    "2025-11-31 pH 7": "不是日历上有的日子",
    "2025-11-20 pH 合格": "数值只填一个数",
    "2025-11-20 pH 6~9": "数值只填一个数",
    "2025-11-20 pH <6": "数值只填一个数",
}
UNHELD = {
    "2025-11-20 pH 7": "写明监测单位",
    "2025-11-20 总磷 7mg/L【市站】": "没有“总磷”的量化目标，现有：“pH”",
    "2025-11-20 pH 约7【市站】": "没有“pH 约”的量化目标",
    "2025-11-20 pH 7mg/L【市站】": "目标的单位是无量纲",
}


@pytest.mark.parametrize("lines", [UNREAD, UNHELD])
def test_a_bad_line_is_an_error_at_its_cell_and_nothing_comes_in(app, run, lines):
    content = with_columns("达到水平：pH≥6", "2025-11-20 pH 7【市站】\n" + "\n".join(lines))
    cell = cell_of(content, READINGS)
    result = run("import", content)
    told = [one for one in result.output.splitlines() if one.startswith(f"{cell} {READINGS} ")]

    assert len(told) == len(lines)
    assert [why for why, one in zip(lines.values(), told, strict=True) if why not in one] == []
    assert result.exit_code == 1
    assert rows() == []


def test_the_preview_says_what_is_read_and_what_stays():
    told = [one.sentence for one in read(with_columns()).notices]

    assert any("“量化目标”共4项，读作本事项的目标，其余1行原样保留" in one for one in told)
    assert any("“各方形成合力”没有读作目标" in one for one in told)
    assert any(
        "“监测读数”共4条，读作监测数据，登记后待审核，其中的“已确认”不作" in one for one in told
    )
    assert not any("不是台账的栏目" in one and ("目标" in one or "读数" in one) for one in told)
    plain = read(with_columns("形成合力", None))
    assert any("“量化目标”不是台账的栏目，内容原样保留" in one.sentence for one in plain.notices)
    (rate,) = aims_of(read(with_columns("优良天数比例≥97%", None)).items[0])
    assert (rate.name, rate.nature) == ("优良天数比例", Nature.LEVEL)
    assert errors(with_columns()) == {}
    assert ROWS[-1][0] < TODAY


NAMES = st.sampled_from(["PM2.5", "pH", "细颗粒物（PM2.5）浓度", "优良天数 比例", "3号口COD"])
UNITS = st.sampled_from(["", "mg/L", "m³", "dB(A)", "%"])


@settings(max_examples=60, deadline=None)
@given(
    on=st.dates(date(2000, 1, 1), date(2099, 12, 31)), name=NAMES,
    value=st.decimals(-999, 99999, places=3), unit=UNITS,
    laboratory=st.sampled_from(["", "市站", "第3检测公司（巴州）"]),
    point=st.sampled_from(["", "下游500米", "点位：东"]), is_confirmed=st.booleans(),
)  # fmt: skip
def test_a_line_is_read_back_as_it_was_written(**told):
    line = ReadingLine(**told)
    assert read_line(written(line)) == line


@settings(max_examples=60, deadline=None)
@given(st.text("2025-10.年月日 pH：mg/L（）【】，已确认点位", max_size=60))
def test_any_words_are_read_or_refused(words):
    with suppress(UnreadableReading):
        assert read_line(words).name
