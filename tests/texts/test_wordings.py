"""Deadlines and units in wordings the documents do not have: what is read, and what is marked."""

from dataclasses import replace

import pytest
from text_bodies import known_in_mianyang

from issues.rules.policy import Policy
from issues.texts import days
from issues.texts.paragraphs import paragraphs_of
from issues.texts.parts import lower
from issues.texts.reading import read

KNOWN = replace(known_in_mianyang(Policy()), year=2025)
SAID = """
2025年12月底|2025-12-31
2025年三季度末前|2025-09-30
2025年年内|2025-12-31
2025年底前取得明显成效|2025-12-31
2025年12月31日前完成并长期坚持|2025-12-31
2025/8/31前|2025-08-31
20250831|2025-08-31
2025年8月份完成|2025-08-31
2025年下半年|2025-12-31
力争2025年底前|2025-12-31
不晚于2025年11月30日|2025-11-30
2025年11月30日24时前|2025-11-30
二〇二五年底前|2025-12-31
立即整改，持续巩固|
立行立改并持续推进|
边督边改|
即行整改|
持续推进|
长期坚持、持续整改|
常态化推进|
收到本通知之日起15个工作日内|
接到交办单后20天内|
按序时进度推进|
"""
"""What stands there by name: the day where the words have one of their own, and no mark."""
GUESSED = """
今年年底前|2025-12-31
年内完成|2025-12-31
本年度内完成|2025-12-31
当年12月底前|2025-12-31
十一月底前|2025-11-30
9月25日|2025-09-25
明年6月底前|2026-06-30
次年3月底前|2026-03-31
全年持续推进|2025-12-31
原则上2025年底前完成|2025-12-31
分年度实施，2026年底前完成|2026-12-31
2025年9月30日前停止消纳，2026年3月31日前完成手续|2026-03-31
2025年6月底前（第一阶段），2025年12月底前（第二阶段）|2025-12-31
2025年12月底前，其中管网改造2025年9月底前|2025-12-31
2025年9月上旬前|2025-09-10
2025年9月1日至2025年11月30日|2025-11-30
"""
UNREAD = """
2025年汛前
2025年9月中下旬
2025年10月15日（已完成）
已完成整改，长期坚持
自印发之日起三个月内
一个月内
2025年国庆节前
“十五五”期间
2027年
自2025年10月1日起
视天气情况，2025年底前或另行确定
"""
UNITS = """
涪城区人民政府|涪城区|
涪城区委、区政府|涪城区|
市住建委等相关部门|市住建委|
市水利局（牵头）、涪城区|市水利局 涪城区|
市水利局牵头，市住建委配合|市水利局 市住建委|
绵阳高新区管委会|绵阳高新区|
市级有关部门||
市住建委和市水利局按职责分工负责|市住建委 市水利局|
市城管执法局、市公安局等|市城管执法局 市公安局|
市农业农村局、市水利局及各县（市、区）|市农业农村局 市水利局 涪城区 游仙区 安州区 三台县 盐亭县|
主责：涪城区；配合：市水利局|涪城区 市水利局|
三台县芦溪镇人民政府、市水利局|三台县 市水利局|三台县芦溪镇人民政府
芦溪镇|三台县|芦溪镇
城关镇|!|
涪城区石塘街道办事处|涪城区|涪城区石塘街道办事处
涪城生态环境局|涪城区|涪城生态环境局
绵阳市生态环境局涪城分局|市生态环境局|绵阳市生态环境局涪城分局
三台县水利局|三台县|三台县水利局
市水利局（河长办）|市水利局|市水利局（河长办）
县政府|!|
某化工有限公司|!|
"""
"""Words, the units they name, and those words that a unit merely stands for; ! is unknown."""


def rows(table):
    return [line.split("|") for line in table.strip().split("\n")]


@pytest.mark.parametrize(("words", "day"), rows(SAID))
def test_a_deadline_that_is_said_is_read_without_a_mark(words, day):
    read_ = days.told(words, KNOWN)

    assert (str(read_.on or ""), bool(read_.words)) == (day, True)
    assert read_.because == "" or "止日" in read_.because


@pytest.mark.parametrize(("words", "day"), rows(GUESSED))
def test_a_deadline_that_is_inferred_says_from_what(words, day):
    read_ = days.told(words, KNOWN)

    assert str(read_.on) == day
    assert read_.because


@pytest.mark.parametrize("words", [line for [line] in rows(UNREAD)])
def test_a_deadline_that_can_be_meant_in_two_ways_stays_empty(words):
    read_ = days.told(words, KNOWN)

    assert (read_.words, read_.on) == ("", None)
    assert read_.because


@pytest.mark.parametrize(("words", "named", "stood"), rows(UNITS))
def test_units_are_read_and_those_stood_for_are_told(words, named, stood):
    found, stand = lower.read(words, KNOWN)

    assert bool(found.unknown) == (named == "!")
    assert [KNOWN.directory.called(code) for code in found.codes] == named.strip("!").split()
    assert [said for said, _ in stand] == ([stood] if stood else [])


def drafts_of(*lines):
    return read(paragraphs_of("\n".join(lines)), KNOWN).drafts


def test_same_as_above_of_same_as_above_is_the_first_and_says_so():
    _, _, third = drafts_of(
        "一、甲处污水直排。责任单位：涪城区。整改时限：2025年底前",
        "二、乙处垃圾露天堆放。责任单位：同上。整改时限：同上",
        "三、丙处扬尘扰民。责任单位：同上。整改时限：见第一条",
    )  # fmt: skip

    assert (third.primary_unit, str(third.deadline)) == ("510703", "2025-12-31")
    because = {one.field: one.because for one in third.guesses}
    assert "同上" in because["primary_unit"]
    assert "见第一条" in because["deadline"]


def test_what_points_at_nothing_is_told_and_left_empty():
    first, second = drafts_of(
        "一、甲处污水直排。责任单位：同上", "二、乙处垃圾露天堆放。整改时限：见第九条"
    )

    assert (first.primary_unit, second.deadline_text) == ("", "")
    assert "没有从所指的一件取" in "".join(one.because for one in (*first.guesses, *second.guesses))


def test_the_smallest_place_is_taken_and_one_of_two_counties_is_not():
    village, twice, county, told = drafts_of(
        "一、三台县芦溪镇五柏村河道堆放垃圾。", "二、城关镇场镇污水直排。", "三、塔水镇扬尘扰民。",
        "四、场镇污水直排。行政区域：城关镇五柏村。",
    )  # fmt: skip

    assert (village.region, village.township) == ("510722", "510722100201")
    assert (twice.region, twice.township) == ("510700", "")
    assert (county.region, county.primary_unit) == ("510705", "510705")
    assert {"region", "township", "primary_unit"} <= {one.field for one in county.guesses}
    assert told.township == ""


def test_every_type_that_is_named_is_taken_and_a_finer_word_is_told():
    named, spoken = drafts_of(
        "一、甲处砂场。问题类型：扬尘、噪声。", "二、乙处油烟扰民，餐饮污水直排。",
    )  # fmt: skip

    assert [one.label for one in named.types] == ["大气", "噪声"]
    assert {one.label for one in spoken.types} == {"大气", "水"}
    assert sum(one.field == "types" for one in spoken.guesses) == 2


@pytest.mark.parametrize("after", ["", "整改时限：2026年5月底前"])
def test_what_stands_in_the_brackets_of_a_measure_in_a_running_line_is_its_own(after):
    (draft,) = drafts_of(
        "（一）沿河餐饮废水直排问题",
        "整改措施：1.封堵排口3处（完成时限：2026年2月底前）；"
        f"2.安装隔油池12个（责任单位：涪城区；完成时限：2026年3月底前）。{after}",
        "" if after else "整改时限：2026年5月底前",
    )
    steps = [(one.text, one.deadline_text, bool(one.unit)) for one in draft.measures]
    assert steps == [("封堵排口3处", "2026年2月底前", False),
                     ("安装隔油池12个", "2026年3月底前", True)]  # fmt: skip
    assert draft.deadline_text == "2026年5月底前"
    assert "deadline" not in {one.field for one in draft.guesses}


def test_two_deadlines_of_one_item_are_told_and_the_later_is_taken():
    (draft,) = drafts_of(
        "（一）沿河餐饮废水直排问题", "整改时限：2026年3月底前", "完成时限：2026年5月底前"
    )
    assert draft.deadline_text == "2026年5月底前"
    told = [one.because for one in draft.guesses if one.field == "deadline"]
    assert told == ["原文写有几个时限（“2026年3月底前”、“2026年5月底前”），取最晚的"]


@pytest.mark.parametrize(("how", "primary", "lead", "helped"), [
    ("（市水利局牵头，市住建委、涪城区配合）", "市水利局", "市水利局", ["市住建委", "涪城区"]),
    ("（涪城区负责）", "涪城区", None, []),
    ("责成涪城区立即恢复运行；市住建委于2025年11月底前开展帮扶。", "涪城区", None, []),
])  # fmt: skip
def test_who_leads_by_a_bracket_without_a_label_leads_and_is_marked(how, primary, lead, helped):
    (draft,) = drafts_of(f"一、整治入河排污口。{how}")
    called = KNOWN.directory.called

    assert called(draft.primary_unit) == primary
    assert (called(draft.lead_unit) if draft.lead_unit else None) == lead
    assert [called(code) for code in draft.supporting_units] == helped
    assert "primary_unit" in {one.field for one in draft.guesses}


def test_until_when_one_is_to_answer_is_no_deadline_and_no_part_of_the_last_item():
    *_, last = drafts_of(
        "关于交办问题的函", "涪城区人民政府：", "问题一：污水站停运", "整改要求：立行立改。",
        "问题二：油烟扰民", "整改要求：10个工作日内完成整改。",
        "请你区于2025年12月20日前书面反馈上述问题整改情况。", "联系人：某某，联系电话：0000000",
        "绵阳市生态环境局", "2025年11月20日",
    )  # fmt: skip

    assert (last.deadline, last.last, last.goal) == (None, 6, "10个工作日内完成整改。")
    [told] = [one.because for one in last.guesses if one.field == "deadline"]
    assert told == "“10个工作日内”没有写从哪一天起算，没有采用，请补上"


@pytest.mark.parametrize(("words", "quantity"), [
    ("新建污水管网12.6公里", "12.6公里"), ("拆除2座小水电设施并恢复生态", "2座"),
    ("2025年底前完成20个、2026年底前完成12个", ""), ("清理3处、整治5处", ""), ("加强巡查", ""),
])  # fmt: skip
def test_a_quantity_of_a_measure_is_read_marked_and_not_one_of_several(words, quantity):
    (draft,) = drafts_of("（一）甲处污水直排问题", f"整改措施：{words}")
    (step,) = draft.measures

    assert f"{step.target or ''}{step.unit_of_target}" == quantity
    if quantity:
        assert any(f"数量从“{words[:2]}" in one.because for one in draft.guesses)


def test_how_things_are_is_no_target_and_what_is_demanded_is():
    (draft,) = drafts_of(
        "（一）堆场问题",
        "存在问题：堆存量超过15万立方米，收集率低于41.2%。",
        "整改目标：收集率达到73%以上。",
    )
    assert [(one.name, str(one.value)) for one in draft.targets] == [("收集率", "73")]
