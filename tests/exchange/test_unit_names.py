"""Units in the words of a cell."""

import pytest
from hypothesis import given, strategies as st
from sheets import CODES, UNITS

from issues.exchange.reading.measures import split_units
from issues.exchange.reading.unit_names import Directory

DIRECTORY = Directory(UNITS)
SHORT = sorted(CODES)


def names(read):
    return [DIRECTORY.called(code) for code in read.codes]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.code)
def test_every_unit_is_known_by_its_full_and_its_short_name(unit):
    assert DIRECTORY.find(unit.name) == unit.code
    assert DIRECTORY.find(unit.short_name) == unit.code


@pytest.mark.parametrize(
    ("text", "primary", "all_named"),
    [
        ("巴州区牵头，市水利局、市生态环境局配合", "巴州区", "巴州区 市水利局 市生态环境局"),
        ("巴中经济开发区牵头,巴中市生态环境局配合", "巴中经开区", "巴中经开区 市生态环境局"),
        ("市生态环境局、巴州区（牵头）", "巴州区", "市生态环境局 巴州区"),
        ("责任单位：恩阳区；配合单位：市教育局", "恩阳区", "恩阳区 市教育局"),
        ("通江县\n市生态环境局\r\n市水利局", "通江县", "通江县 市生态环境局 市水利局"),
        ("市自然资源和规划局和市林业局", "市自然资源和规划局", "市自然资源和规划局 市林业局"),
        ("巴中市经济和信息化局", "市经济和信息化局", "市经济和信息化局"),
        ("平昌县人民政府 市公安局", "平昌县", "平昌县 市公安局"),
        ("市 水 利 局", "市水利局", "市水利局"),
        ("市住房城乡建设局牵头，市水利局，各县（区）", "市住房城乡建设局",
         "市住房城乡建设局 市水利局 巴州区 恩阳区 通江县 南江县 平昌县"),
    ],
)  # fmt: skip
def test_units_are_read_from_words(text, primary, all_named):
    read = DIRECTORY.read(text)

    assert read.unknown == ()
    assert DIRECTORY.called(read.primary) == primary
    assert names(read) == all_named.split()


@pytest.mark.parametrize(
    "text", ["各县（区）", "各县(区)", "各县区", "各区县", "各县（区）人民政府"]
)
def test_every_county_is_the_five_counties_and_names_none_of_them(text):
    read = DIRECTORY.read(text)

    assert names(read) == ["巴州区", "恩阳区", "通江县", "南江县", "平昌县"]
    assert (read.primary, read.collective, read.named) == (None, True, ())


def test_what_stands_after_responsible_units_is_responsible_and_the_rest_supports():
    read = DIRECTORY.read("责任单位：恩阳区、巴州区；配合单位：市教育局")

    assert [DIRECTORY.called(code) for code in read.responsible] == ["恩阳区", "巴州区"]


@pytest.mark.parametrize("text", ["市水务局", "巴州", "某公司", "市生态环境局巴州分局"])
def test_an_unknown_unit_is_never_guessed(text):
    read = DIRECTORY.read(f"巴州区、{text}")

    assert read.unknown == (text,)
    assert names(read) == ["巴州区"]


def test_the_nearest_name_is_suggested():
    assert DIRECTORY.nearest("市生态环保局") == "市生态环境局"
    assert DIRECTORY.nearest("甲") is None


@pytest.mark.parametrize(
    ("text", "region"),
    [("巴州区", "511902"), ("文旅示范区", "511902"), ("巴中市", "511900"), ("市水利局", None)],
)
def test_regions_are_counties_zones_or_the_city(text, region):
    assert DIRECTORY.region(text) == region


@pytest.mark.parametrize(
    ("text", "words", "units"),
    [
        ("清淤。（责任单位：巴州区、市水利局）", "清淤。", "责任单位：巴州区、市水利局"),
        ("清淤(责任单位: 各县(区))。", "清淤", "责任单位: 各县(区)"),
        ("清淤（责任单位：各县（区））", "清淤", "责任单位：各县（区）"),
        ("落实责任单位（见附件）", "落实责任单位（见附件）", ""),
        ("清淤。", "清淤。", ""),
    ],
)
def test_the_units_at_the_end_of_a_measure_are_split_off(text, words, units):
    assert split_units(text) == (words, units)


@given(st.lists(st.sampled_from(SHORT), min_size=1, unique=True), st.sampled_from("、，,；\n/"))
def test_any_list_of_names_is_read_back(listed, joint):
    read = DIRECTORY.read(joint.join(listed))

    assert names(read) == listed
    assert read.unknown == ()


@given(st.text(max_size=60))
def test_any_words_are_read_or_named_as_unknown(text):
    read = DIRECTORY.read(text)

    assert set(read.codes) <= set(DIRECTORY.units)
    assert all(DIRECTORY.find(word) is None for word in read.unknown)
