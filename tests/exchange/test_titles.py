"""A title made from the problem says what the matter is."""

import time

import pytest
from handmade import told
from hypothesis import example, given, strategies as st
from sheets import read

from issues.exchange.reading.titles import LONGEST_TITLE, STOCK, UNSAID, is_stock, short_title

TITLES = {
    "督察发现，某镇污水处理站停运。": "某镇污水处理站停运",
    "督察反馈指出：某村垃圾堆放点渗滤液外流。": "某村垃圾堆放点渗滤液外流",
    "问题2：秸秆焚烧。": "秸秆焚烧",
    "问题三、某砖厂无组织排放。": "某砖厂无组织排放",
    "督察发现某工业园雨污混流。": "某工业园雨污混流",
    "2024年5月，省生态环境保护督察组现场检查发现，某河水体发黑。": "某河水体发黑",
    "第三轮中央生态环境保护督察反馈意见指出，某矿山植被未恢复。": "某矿山植被未恢复",
    "检查发现存在以下问题：1.管网破损。2.提升泵停用。": "管网破损",
    "一是某支沟散排；二是台账不全。": "某支沟散排",
    "（二）群众反映，夜间施工噪声扰民。": "夜间施工噪声扰民",
    "中央环保督察“回头看”发现：沿岸酒厂废水直排。": "沿岸酒厂废水直排",
    "某村，粪污直排河道。": "某村，粪污直排河道",
    "3家企业超标排放。": "3家企业超标排放",
    "1.5公里管网未建。": "1.5公里管网未建",
    "群众反映强烈的臭味扰民。": "群众反映强烈的臭味扰民",
    "督察反馈问题整改不到位。": "督察反馈问题整改不到位",
    "市区河道黑臭。": "市区河道黑臭",
    "监测数据造假。": "监测数据造假",
    "督察发现。": UNSAID,
}


@pytest.mark.parametrize(("problem", "title"), TITLES.items())
def test_a_title_says_what_the_matter_is(problem, title):
    assert short_title("", problem) == title


def test_the_titles_of_a_sheet_do():
    problems = tuple(TITLES)[:6]
    items = read(told(*problems, 点位=None)).items

    assert [item.title for item in items] == [TITLES[problem] for problem in problems]


def test_the_place_stands_before_it():
    assert short_title("某 河段", "督察发现，污水直排。") == "某河段：污水直排"
    assert short_title("某河段", "督察发现。") == "某河段"


PHRASES = st.lists(
    st.sampled_from([*STOCK, "，", "：", "。", "\n", "1", "（一）", "①", "污水", "直排", " "]),
    max_size=40,
).map("".join)


@given(PHRASES, st.sampled_from(["", "现场", "某河段"]))
def test_a_title_is_never_a_stock_phrase_alone(problem, place):
    title = short_title(place, problem)

    assert 0 < len(title) <= LONGEST_TITLE
    assert not is_stock(title)


@example("省委员会", "污水散排")
@given(PHRASES, st.sampled_from(["污水散排", "渗滤液外流"]))
def test_what_follows_stock_phrases_is_told(before, matter):
    title = short_title("", f"{before}。{matter}")

    assert matter in title or any(word in title for word in ("污水", "直排"))


@pytest.mark.parametrize("part", ["督察组", "一", "①", "过程中", "发现", "督察发现，", "（一）"])
def test_a_cell_full_of_stock_phrases_takes_no_time(part):
    begun = time.process_time()

    short_title("", part * 10_000 + "x")

    assert time.process_time() - begun < 1
