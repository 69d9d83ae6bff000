"""A measure's target in its cell: figures, senses, whole targets, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st
from sheets import COMPLAINTS, INSPECTION, LEDGER, errors, short, understood

from issues.exchange.reading.words.target_cells import told_by
from issues.exchange.workbook.sheet import Cell
from issues.rules.targets import canonical
from issues.rules.targets.canonical import Aim
from issues.vocabulary import Nature, Sense

RATE = "优良天数比例达到97%以上。"
PM = "将PM2.5浓度控制在27.4μg/m³以下。"


def told(value, unit="", text="新建处理池。"):
    held = told_by(Cell(1, 1, Decimal(value) if isinstance(value, int | float) else value), unit,
                   text)  # fmt: skip
    if held is None:
        return None
    aims = [f"{a.nature.value} {a.name}{a.sense.sign}{a.value}{a.unit}" for a in held.aims]
    count = None if held.count is None else f"{held.sense.value} {held.count}"
    return count or (aims[0] if aims else held.fault)


@pytest.mark.parametrize(
    ("value", "unit", "text", "expected"),
    [
        (60, "座", "新建处理池。", "ge 60"),
        (60, "座", "新建处理池60座以上。", "ge 60"),
        (60, "座", "新建处理池超过60座。", "gt 60"),
        ("≥60", "座", "新建处理池。", "ge 60"),
        ("60座以上", "", "新建处理池。", "ge 60"),
        ("＞60", "座", "新建处理池。", "gt 60"),
        ("97", "%", RATE, "level 优良天数比例≥97%"),
        ("<27.4", "μg/m³", "治理扬尘。", "level 治理扬尘＜27.4μg/m³"),
        ("27.4以下", "μg/m³", PM, "level PM2.5浓度≤27.4μg/m³"),
        ("PM2.5＜27.4μg/m³", "", "治理扬尘。", "level PM2.5＜27.4μg/m³"),
        ("保持100%", "", "断面水质达标率保持100%。", "keep 断面水质达标率≥100%"),
        ("≤3", "个", "控制超标点位。", "level 控制超标点位≤3个"),
        ("持续保持：达标率≥100%", "", "", "keep 达标率≥100%"),
        ("累计完成：处理池＞60座", "", "", "gt 60"),
        (100, "%", "完成主体工程。", "ge 100"),
    ],
)
def test_a_cell_says_its_sense_and_nature(value, unit, text, expected):
    assert told(value, unit, text) == expected


@pytest.mark.parametrize(
    ("value", "unit", "text", "sentence"),
    [
        ("27.4", "μg/m³", "治理扬尘。", "看不出是不超过还是不低于"),
        ("<27.4", "μg/m³", PM, "与措施中写的"),
        ("≥5", "", "做好管护。", "看不出目标是累计完成"),
        ("达到水平：氨氮≤1mg/L\n累计完成：处理池≥6座", "", "", "不与其他目标写在一格"),
    ],
)
def test_what_can_be_meant_in_two_ways_is_refused_at_the_cell(value, unit, text, sentence):
    assert sentence in told(value, unit, text)


def test_faults_stand_at_their_cell_and_no_figure_is_refused_as_ever():
    found = errors(short(), {"W5": "若干", "W8": "≥3", "Y8": ""})

    assert told("若干") is None
    assert found["W5"] == "应是不小于0的数字，计量单位另填在单位栏"
    assert "看不出目标是累计完成" in found["W8"]


def test_the_169_counts_of_the_example_stay_counts_of_at_least_so_many():
    """Their lines and colours stay: no sense of theirs says otherwise."""
    counted = [
        measure
        for path in (LEDGER, INSPECTION, COMPLAINTS)
        for item in understood(path).items
        for measure in item.measures
        if measure.target is not None or measure.aims
    ]

    assert len(counted) == 169
    assert all(m.sense is Sense.GE and not m.aims and m.target for m in counted)


AIMS = st.builds(
    Aim,
    name=st.text("PM2.5氨氮浓度（）≤率 ", min_size=1, max_size=12).map(str.strip).filter(bool),
    sense=st.sampled_from(Sense),
    value=st.decimals("-999", "99999", places=3),
    unit=st.sampled_from(["", "%", "mg/L", "μg/m³", "dB(A)", "万亩"]),
    nature=st.sampled_from(Nature),
    start=st.none() | st.just(date(2025, 1, 1)),
    due=st.none() | st.just(date(2025, 12, 31)),
    source=st.sampled_from(["", "市统计局"]),
    is_required=st.booleans(),
    quote=st.sampled_from(["", "氨氮≤1.0mg/L，总磷≤0.5mg/L"]),
)


@given(st.lists(AIMS, min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_a_written_target_is_read_as_the_very_same(aims):
    assert canonical.read(canonical.all_written(aims)) == tuple(aims)


@given(st.text("达到水平：PM≤27.4【】至，\n", max_size=30))
@settings(max_examples=60, deadline=None)
def test_any_words_are_read_or_left_whole(words):
    found = canonical.read(words)
    assert found is None or canonical.read(canonical.all_written(found)) == found
