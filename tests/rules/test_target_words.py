"""Targets read from words: sense, exact value, and a nature only where the words tell it."""

from decimal import Decimal

import pytest
from hypothesis import example, given, settings, strategies as st

from issues.rules.targets.numerals import figure
from issues.rules.targets.words import proposed
from issues.vocabulary import Nature, Sense

READ = [
    ("氨氮≤1.0mg/L", "氨氮 le 1.0 mg/L level"),
    ("氨氮（mg/L）≤1.0", "氨氮 le 1.0 mg/L level"),
    ("PM2.5浓度控制在27.4μg/m³以内", "PM2.5浓度 le 27.4 μg/m³ level"),
    ("PM2.5 ＜27.4μg/m³", "PM2.5 lt 27.4 μg/m³ level"),
    ("细颗粒物（PM2.5）浓度小于27.4微克/立方米", "细颗粒物(PM2.5)浓度 lt 27.4 微克/立方米 level"),
    ("PM2.5 27.4μg/m³以下", "PM2.5 le 27.4 μg/m³ level"),
    ("环境空气质量优良天数比例达到97%以上", "环境空气质量优良天数比例 ge 97 % level"),
    ("收集率不低于百分之九十七点五", "收集率 ge 97.5 % level"),
    ("城市生活污水收集率大于73%", "城市生活污水收集率 gt 73 % level"),
    ("垃圾清运率不足97%", "垃圾清运率 lt 97 % level"),
    ("污水收集率由50%提高到73%", "污水收集率 ge 73 % level"),
    ("国控、省控断面地表水达标率100%", "国控、省控断面地表水达标率 ge 100 % keep"),
    ("断面水质全部达标", "断面水质达标率 ge 100 % keep"),
    ("化学需氧量稳定低于20mg/L", "化学需氧量 lt 20 mg/L keep"),
    ("优良天数比例保持97%以上", "优良天数比例 ge 97 % keep"),
    ("生态保护红线面积保持在1673平方公里以上", "生态保护红线面积 ge 1673 平方公里 keep"),
    ("新建污水管网60公里以上", "新建污水管网 ge 60 公里 count"),
    ("完成60个以上行政村生活污水治理", "行政村生活污水治理 ge 60 个 count"),
    ("新布天然气井不少于三十二口", "新布天然气井 ge 32 口 count"),
    ("治理户数超过200户", "治理户数 gt 200 户 count"),
    ("建设生态沟渠1,200米以上", "建设生态沟渠 ge 1200 米 count"),
    ("永久基本农田保护面积不低于327.12万亩", "永久基本农田保护面积 ge 327.12 万亩 -"),
    ("清洁能源总装机容量达到120万千瓦", "清洁能源总装机容量 ge 120 万千瓦 -"),
    ("超标点位控制在3个以内", "超标点位 le 3 个 level"),
    ("每日巡查不少于2次", "每日巡查 ge 2 次 -"),
    ("COD≤50", "COD le 50  -"),
]
NOT_READ = [
    "更换破损主管，共计2.4公里", "形象进度88%", "30日内完成整改", "不超过2025年12月31日",
    "管护期不少于三年", "达到一级A标准", "水质稳定达到Ⅲ类", "pH值6~9", "pH值在6-9以内",
    "日处理500吨以上的污水厂", "对超过50户的小区开展改造", "目前收集率仅达到50%",
    "尚未达到97%", "氨氮达到1.0mg/L", "PM2.5达到27.4", "低于27.4μg/m³以上", "超过97%以下",
    "不低于97%", "≥60", "噪声保持60dB",
]  # fmt: skip
"""No target, or one that two readers may take differently: a wrong sense is worse than none."""


@pytest.mark.parametrize(("words", "told"), READ)
def test_a_target_is_read_as_it_is_meant(words, told):
    (one,) = proposed(f"全市{words}。" if words.startswith("新建") else words)

    nature = one.nature.value if one.nature else "-"
    found = f"{one.name} {one.sense.value} {one.value} {one.unit} {nature}"
    assert found.removeprefix("全市") == told


@pytest.mark.parametrize("words", NOT_READ)
def test_what_is_no_target_or_a_doubtful_one_is_left(words):
    assert proposed(words) == []


def test_each_of_several_is_read_with_its_own_name():
    found = proposed("确保COD≤50mg/L、氨氮≤5mg/L，总磷<0.5mg/L；噪声昼间不超过60分贝")

    assert [(one.name, one.sense, one.value) for one in found] == [
        ("COD", Sense.LE, Decimal(50)), ("氨氮", Sense.LE, Decimal(5)),
        ("总磷", Sense.LT, Decimal("0.5")), ("噪声昼间", Sense.LE, Decimal(60)),
    ]  # fmt: skip


SENSES = {
    "不低于{}": Sense.GE, "不少于{}": Sense.GE, "≥{}": Sense.GE, "{}以上": Sense.GE,
    "大于{}": Sense.GT, "超过{}": Sense.GT, "＞{}": Sense.GT, ">{}": Sense.GT,
    "不超过{}": Sense.LE, "不高于{}": Sense.LE, "≤{}": Sense.LE, "{}以下": Sense.LE,
    "控制在{}以内": Sense.LE, "小于{}": Sense.LT, "低于{}": Sense.LT, "＜{}": Sense.LT,
    "<{}": Sense.LT, "达到{}": Sense.GE, "保持{}以上": Sense.GE,
}  # fmt: skip
UNITS = {"%": Nature.LEVEL, "座": Nature.COUNT, "公里": Nature.COUNT, "万亩": Nature.COUNT}


@given(
    words=st.sampled_from(sorted(SENSES)),
    value=st.decimals("0.001", "99999", places=3),
    unit=st.sampled_from(sorted(UNITS)),
)
@settings(max_examples=120, deadline=None)
def test_any_figure_comes_through_exactly_with_the_sense_of_its_words(words, value, unit):
    (one,) = proposed(f"治理项目{words.format(f'{value:f}{unit}')}")

    sense = SENSES[words]
    expected = UNITS[unit] if sense in {Sense.GE, Sense.GT} else Nature.LEVEL
    expected = Nature.KEEP if "保持" in words else expected
    assert (one.sense, one.value, one.unit, one.nature) == (sense, value, unit, expected)
    assert str(one.value) == str(value)


SIGNS = "不超过低于达到保持以上下≥<%座年.～-（）0123456789万一十PM氨氮，。 "


@given(st.text(alphabet=SIGNS, max_size=40))
@example("不超过" * 12)
@example("1" * 40)
@settings(max_examples=150, deadline=None)
def test_any_words_at_all_are_read_or_left_without_a_fault(words):
    for one in proposed(words):
        assert one.name.strip()
        assert one.value.is_finite()


def test_numerals_are_read_and_what_is_none_is_refused():
    told = {"三十二": "32", "一百零五": "105", "三百二十七万": "3270000", "二零二五": "2025",
            "十": "10", "九十七点五": "97.5", "一万二千": "12000", "1,673": "1673"}  # fmt: skip

    assert {words: str(figure(words)) for words in told} == told
    assert [figure(words) for words in ("十百", "百", "一百百", "二三十", "零万")] == [None] * 5
