"""Units as published lists name them, in the example city and in another one that is made up."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st
from sheets import CODES, UNITS

from issues.exchange.reading.unit_names import Directory, UnitName
from issues.exchange.reading.words import unit_forms

ELSEWHERE = [
    UnitName(code, name, short, kind, region)
    for code, name, short, kind, region in (
        ("530100-HWB", "安河市生态环境保护委员会办公室", "市环委办", "牵头机构", "530100"),
        ("530100-FGW", "安河市发展和改革委员会", "市发展改革委", "市级部门", "530100"),
        ("530100-GXJ", "安河市工业和信息化局", "市工业和信息化局", "市级部门", "530100"),
        ("530100-STHJ", "安河市生态环境局", "市生态环境局", "市级部门", "530100"),
        ("530100-ZJJ", "安河市住房和城乡建设局", "市住房城乡建设局", "市级部门", "530100"),
        ("530100-CGJ", "安河市城市管理局", "市城市管理局", "市级部门", "530100"),
        ("530100-ZFJ", "安河市综合行政执法局", "市综合行政执法局", "市级部门", "530100"),
        ("530100-SWJ", "安河市水务局", "市水务局", "市级部门", "530100"),
        ("530100-NYJ", "安河市农业农村局", "市农业农村局", "市级部门", "530100"),
        ("530100-WHJ", "安河市文化和旅游局", "市文化和旅游局", "市级部门", "530100"),
        ("530100-LCJ", "安河市林业和草原局", "市林业和草原局", "市级部门", "530100"),
        ("530100-RSJ", "安河市人力资源和社会保障局", "市人力资源社会保障局", "市级部门", "530100"),
        ("530100-SWJ2", "国家税务总局安河市税务局", "市税务局", "市级部门", "530100"),
        ("530101", "和平区人民政府", "和平区", "县（区）", "530101"),
        ("530102", "青溪县", "青溪县", "县（区）", "530102"),
        ("530181", "临江市", "临江市", "县（区）", "530181"),
        ("530100-GXQ", "安河高新技术产业开发区", "安河高新区", "园区", "530101"),
    )
]
HERE, THERE = Directory(UNITS), Directory(ELSEWHERE)
ALL, ALL_THERE = "巴州区 恩阳区 通江县 南江县 平昌县", "和平区 青溪县 临江市"
HONEST = {
    "各县（区）党委和人民政府": ALL, "各县（区）党委、政府": ALL, "各县（市、区）人民政府": ALL,
    "各区县": ALL, "各县区党委政府": ALL, "全市各县（区）": ALL, "五县区": ALL,
    "五县（区）政府": ALL, "由各县（区）负责": ALL,
    "三县两区": ALL, "各区（县）人民政府负责": ALL, "各县（区）委、政府": ALL, "5个县（区）": ALL,
    "各县（区）人民政府、巴中经开区管委会": f"{ALL} 巴中经开区",
    "市生态环境局牵头，各县（区）人民政府按职责分工负责": f"市生态环境局 {ALL}",
    "巴州区委、区政府": "巴州区", "巴州区委区政府": "巴州区", "巴州区委和区政府": "巴州区",
    "恩阳区党委和政府": "恩阳区", "恩阳区党委、政府": "恩阳区",
    "中共平昌县委、平昌县人民政府": "平昌县",
    "平昌县委、县政府": "平昌县", "南江县委 县人民政府": "南江县", "通江县委": "通江县",
    "巴中市巴州区人民政府": "巴州区", "巴州区委、恩阳区政府": "巴州区 恩阳区",
    "巴州区委、区政府，市水利局": "巴州区 市水利局", "巴州区委\n巴州区政府": "巴州区",
    "巴中经开区党工委、管委会": "巴中经开区", "经开区管委会": "巴中经开区", "经开区": "巴中经开区",
    "巴中经济开发区管委会、文旅示范区管委会": "巴中经开区 文旅示范区",
    "巴中文化旅游示范区党工委管委会": "文旅示范区",
    "市生态环境局（牵头单位）、市水利局（配合单位）": "市生态环境局 市水利局",
    "市生态环境局（牵头）、市水利局（配合）": "市生态环境局 市水利局",
    "巴州区（主责），市水利局【协助】": "巴州区 市水利局", "恩阳区（责任单位）": "恩阳区",
    "市生态环境局、市水利局按职责分工负责": "市生态环境局 市水利局",
    "市生态环境局、市水利局按各自职责抓好落实": "市生态环境局 市水利局",
    "市生态环境局、市水利局依职责配合": "市生态环境局 市水利局",
    "市生态环境局、市水利局等部门按职责分工负责": "市生态环境局 市水利局",
    "市水利局、巴州区分别负责": "市水利局 巴州区", "市水利局和巴州区共同负责": "市水利局 巴州区",
    "市生态环境局牵头，市水利局、市林业局按职责配合": "市生态环境局 市水利局 市林业局",
    "由市生态环境局牵头，会同市水利局": "市生态环境局 市水利局",
    "市生态环境局会同市水利局": "市生态环境局 市水利局",
    "市生态环境局牵头市水利局配合": "市生态环境局 市水利局",
    "牵头单位：市生态环境局，配合单位：市水利局": "市生态环境局 市水利局",
    "1.巴州区 2.市水利局": "巴州区 市水利局", "（1）巴州区；（2）市水利局": "巴州区 市水利局",
    "①巴州区②恩阳区": "巴州区 恩阳区", "一、巴州区；二、市水利局": "巴州区 市水利局",
    "市发改委、市住建局": "市发展改革委 市住房城乡建设局", "巴中市发改委": "市发展改革委",
    "市经信局、市自规局": "市经济和信息化局 市自然资源和规划局", "市科技局": "市科技局",
    "市卫健委、市应急局": "市卫生健康委 市应急管理局", "市交通局": "市交通运输局",
    "市市场监管局": "市市场监管局", "市文旅局": "市文化广播电视体育和旅游局",
    "市文广旅局": "市文化广播电视体育和旅游局", "市综合执法局": "市综合执法局",
    "市生态环境保护委员会办公室": "市环委办", "市环委会办公室": "市环委办",
    "市绩效办": "市目标绩效办",
    "人民银行巴中市分行": "人行巴中分行", "中共巴中市委宣传部": "市委宣传部",
    "市发展与改革委员会": "市发展改革委", "市住房和城乡建设局": "市住房城乡建设局",
}  # fmt: skip
HONEST_THERE = {
    "各县（市、区）": ALL_THERE, "三县区": ALL_THERE, "各市（县、区）党委政府": ALL_THERE,
    "和平区委、区政府": "和平区", "和平区": "和平区", "青溪县委县政府": "青溪县",
    "临江市委、市政府": "临江市", "安河市和平区政府": "和平区", "高新区管委会": "安河高新区",
    "安河高新区党工委、管委会": "安河高新区", "安河市高新区": "安河高新区",
    "市发改委、市工信局": "市发展改革委 市工业和信息化局", "市住建局": "市住房城乡建设局",
    "市城管局": "市城市管理局", "市综合执法局": "市综合行政执法局", "市水务局": "市水务局",
    "市文旅局": "市文化和旅游局", "市林草局": "市林业和草原局", "市人社局": "市人力资源社会保障局",
    "安河市税务局": "市税务局", "市农业农村局（配合）": "市农业农村局",
}  # fmt: skip
READ = [
    *((HERE, text, said) for text, said in HONEST.items()),
    *((THERE, text, said) for text, said in HONEST_THERE.items()),
]


@pytest.mark.parametrize(("directory", "text", "said"), READ)
def test_an_honest_wording_names_these_units(directory, text, said):
    read = directory.read(text)

    assert read.unknown == ()
    assert [directory.called(code) for code in read.codes] == said.split()


DANGEROUS = {
    "市级相关部门": "没有写明是哪些单位", "市级有关部门": "没有写明是哪些单位",
    "相关单位": "没有写明是哪些单位", "各乡镇": "没有写明是哪些单位",
    "各县（区）水利局": "没有写明是哪些单位", "各有关部门": "没有写明是哪些单位",
    "有关县（区）": "没有写明是哪几个县（区）", "相关县区": "没有写明是哪几个县（区）",
    "四县区": "没有写明是哪几个县（区）", "两县三区": "没有写明是哪几个县（区）",
    "巴州区委、区县政府": "没有写明是哪几个县（区）",
    "市水利局、县（区）": "没有写明是哪几个县（区）",
    "属地县区政府": "没有写明是哪几个县（区）",
    "区政府": "如“巴州区”“恩阳区”", "区委、区政府": "如“巴州区”“恩阳区”",
    "县政府": "如“通江县”“南江县”“平昌县”", "县委": "如“通江县”", "政府": "请写全称",
    "管委会": "请写全称", "市政府": "请写具体承办的部门或县（区）", "市委、市政府": "请写具体承办",
    "巴中市": "请写具体承办", "巴州区委、县政府": "如“通江县”", "巴州区、区政府": "如“巴州区”",
    "巴州区水利局": "由巴州区负责的，请写“巴州区”", "巴州区平梁镇": "由巴州区负责的，请写“巴州区”",
    "平昌经开区": "由平昌县负责的，请写“平昌县”", "通江水利局": "由通江县负责的，请写“通江县”",
    "市住建局质监站": "不是“市住房城乡建设局”本身", "除巴州区外各县（区）": "请写单位名录",
    "各县（区）（巴州区除外）": "没有写明是哪些单位", "巴州区（含经开区）": "不是名称的一部分",
    "市政府办公室": "请写单位名录", "市应急办": "请写单位名录", "市发改局": "是不是“市发展改革委”",
    "巴州区委办": "请写“巴州区”", "巴州区委、区政府办公室": "请写它所在的县（区）",
    "区水利局": "请写它所在的县（区），如“巴州区”“恩阳区”",
    "市生态环境局巴州分局": "不是“市生态环境局”本身",
    "市水利局（督导）": "“(督导)”不是名称的一部分", "市水利局等": "没有写明是哪些单位",
    "市水利局等有关部门配合": "没有写明是哪些单位",
    "市城管局": "请写单位名录中的全称或简称", "市环委会": "请写单位名录",
    "市税务局": "请写单位名录",
    "市公路局": "请写单位名录", "市体育局": "请写单位名录", "市交警支队": "请写单位名录",
    "通川区": "请写单位名录", "某某公司": "请写单位名录", "省生态环境厅": "省级以上单位",
    "市环保局": "是不是“市生态环境局”", "市水务局": "是不是“市水利局”", "巴州": "是不是“巴州区”",
    "生态环境局": "是不是“市生态环境局”", "市环境局": "是不是“市生态环境局”",
    "市生态环保局": "是不是“市生态环境局”", "宣传部": "是不是“市委宣传部”",
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), DANGEROUS.items())
def test_a_dangerous_wording_is_refused_with_what_to_write(text, says):
    read = HERE.read(text)

    assert read.unknown
    assert says in HERE.why_unknown(read.unknown[0])
    assert {HERE.called(code) for code in read.codes} <= {"巴州区", "市水利局"}


def test_there_are_as_many_as_the_kinds_need():
    assert len(READ) >= 80
    assert len(DANGEROUS) >= 40


BODIES = [(one, code) for one in (HERE, THERE) for code in one.units]
NOISE = [
    "{}（牵头）", "{}（配合单位）", "由{}负责", "{}按职责分工负责", "{}牵头落实", "（1）{}", " {} ",
    "{}【责任单位】", "责任单位：{}", "{}具体实施", "{}等部门", "{}等单位配合", "{}。", "会同{}",
]  # fmt: skip


@given(st.sampled_from(BODIES), st.sampled_from(NOISE), st.sampled_from(["name", "short_name"]))
def test_what_stands_beside_a_name_never_changes_the_body(body, noise, which):
    directory, code = body

    read = directory.read(noise.format(getattr(directory.units[code], which)))

    assert (read.codes, read.unknown) == ((code,), ())


@given(
    st.lists(st.sampled_from("市区县州局委办党政府会生环保水务管（）、和各等"), max_size=8).map(
        "".join
    )
)
def test_a_hint_is_of_the_same_kind_of_office(text):
    """Neither a county for a department, nor the other way round."""
    for unknown in HERE.read(text).unknown:
        near = HERE.nearest(unknown)

        assert near is None or near[-1] in unknown or unknown[-1] not in "局委办部区县"


@pytest.mark.parametrize(
    ("text", "primary", "responsible"),
    [
        ("市水利局（配合）、巴州区（责任单位）", "巴州区", ["巴州区"]),
        ("市水利局、市林业局配合，巴州区负责", "巴州区", []),
        ("责任单位：巴州区；牵头单位：市生态环境局", "巴州区", ["巴州区"]),
        ("市生态环境局、巴州区（牵头）", "巴州区", []),
        ("市水利局、巴州区负责", "市水利局", []),
        ("市水利局、巴州区配合", "市水利局", []),
    ],
)
def test_who_is_first_goes_by_the_roles(text, primary, responsible):
    read = HERE.read(text)

    assert HERE.called(read.primary) == primary
    assert [HERE.called(code) for code in read.responsible] == responsible


def test_a_form_of_two_units_is_none_of_theirs():
    twice = [
        *ELSEWHERE,
        UnitName("530100-X", "安河市文化旅游发展委员会", "市文旅委", "市级部门", ""),
    ]
    double = [
        *ELSEWHERE,
        UnitName("530100-Y", "安河市住房城乡和建设局", "市建设局", "市级部门", ""),
    ]

    assert Directory(twice).find("市文旅局") == "530100-WHJ"
    assert Directory(double).find("市住建局") is None


@pytest.mark.parametrize(
    "part", ["各县（区）", "巴州区委、", "（牵头）", "等", "市水利局 ", "按职责", "1."]
)
def test_a_long_cell_takes_no_time(part):
    assert HERE.read(part * 3000) is not None


ALIASES = {
    "市环保局": "市生态环境局", "市环境局": "市生态环境局", "市生态环保局": "市生态环境局",
    "生态环境局": "市生态环境局", "市水务局": "市水利局", "市城管局": "市综合执法局",
    "市发改局": "市发展改革委", "市应急办": "市应急管理局", "市环委会": "市环委办",
    "市体育局": "市文化广播电视体育和旅游局", "市交警支队": "市公安局", "宣传部": "市委宣传部",
    "巴州": "巴州区",
}  # fmt: skip
"""Of the wordings that are refused, those that a city would say are one unit's."""


def with_aliases(said):
    """A directory of the city in which units are called so besides."""
    of = {}
    for alias, unit in said.items():
        of.setdefault(CODES[unit], []).append(alias)
    return Directory([replace(one, aliases=tuple(of.get(one.code, ()))) for one in UNITS])


def names(directory, text):
    read = directory.read(text)
    return [directory.called(code) for code in read.codes], read.unknown


def test_each_alias_is_read_and_no_other_wording_changes():
    directory = with_aliases(ALIASES)
    told = {text for text in (*HONEST, *DANGEROUS) if names(directory, text) != names(HERE, text)}

    assert told == set(ALIASES)
    assert [names(directory, text) for text in ALIASES] == [([one], ()) for one in ALIASES.values()]
    assert names(directory, "市城管局牵头，市水务局配合")[0] == ["市综合执法局", "市水利局"]
    assert names(directory, "巴中市环保局")[0] == ["市生态环境局"]


def test_a_form_that_an_alias_would_share_with_another_unit_is_nobody_s():
    directory = with_aliases({"市自规局": "市综合执法局"})

    assert names(HERE, "市自规局")[0] == ["市自然资源和规划局"]
    assert names(directory, "市自规局") == ([], ("市自规局",))


def test_a_county_s_alias_is_no_more_than_itself():
    directory = with_aliases({"巴州": "巴州区"})

    assert names(directory, "巴州委")[1] == ("巴州委",)
    assert "巴州委" not in unit_forms.of_alias("巴州", "县（区）", "巴中市")


@given(st.sampled_from(UNITS), st.sampled_from(UNITS), st.sampled_from(["name", "short_name"]))
def test_whatever_is_said_no_registered_name_is_read_as_another_body(one, other, which):
    """Not even of an alias that no page would take."""
    directory = with_aliases({getattr(one, which): other.short_name})

    assert directory.find(getattr(one, which)) == one.code
