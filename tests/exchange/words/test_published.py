"""Outcomes, types and numbers of complaints as the nationwide table publishes them."""

import io
from datetime import date

import pytest
from openpyxl import Workbook
from sheets import read

from issues.exchange.reading.profile import Profile
from issues.exchange.reading.words.published import (
    is_case_number,
    outcome_of,
    read_types,
    without_star,
)
from issues.exchange.workbook.sheet import plain

OUTCOMES = {
    "已办结": "已办结 办结 已办结并公示 已办结，已公示 已办结（已公开） 已办结并向社会公开",
    "阶段性办结": "阶段性办结 阶段办结 已阶段性办结 阶段性办结并公示",
    "未办结": "未办结 正在办理 办理中 在办 正在整改 尚未办结",
    None: "是 否 不办结 移交 已办结未公示 已办结后反弹 部分办结",
}


@pytest.mark.parametrize(
    ("said", "outcome"), [(one, word) for word, texts in OUTCOMES.items() for one in texts.split()]
)
def test_an_outcome_as_published(said, outcome):
    assert outcome_of(plain(said)) == outcome


TYPES = {
    "大气": "大气", "大气污染": "大气", "油烟": "大气", "油烟、扬尘": "大气", "恶臭异味": None,
    "恶臭,噪音": "大气 噪声", "大气、水和噪声": "大气 水 噪声", "垃圾": "固废", "垃圾污染": "固废",
    "生态破坏": "生态", "扬尘污染问题": "大气", "噪声扰民": "噪声", "电磁辐射": "辐射",
    "其它": "其他",
    "污水/垃圾": "水 固废", "土壤环境": "土壤", "光污染": None, "信访": None, "固体废物": "固废",
}  # fmt: skip


@pytest.mark.parametrize(("said", "types"), TYPES.items())
def test_a_type_as_published(said, types):
    told = read_types(said)

    assert bool(told.unknown) == (types is None)
    assert [word.label for word in told.types] == (types or "").split()
    assert bool(told.finer) == bool(types and said not in {
        "大气", "大气污染", "大气、水和噪声", "土壤环境", "固体废物",
    })  # fmt: skip


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("D3SC202410280901", True), ("X510000201708100012", True), ("DSC202410280901", True),
        ("X510000201713100012", False), ("X510000201708320012", False),
        ("X51000020170810001", False),
        ("A3SC202410280901", False), ("D3SC20241028090", False), ("X010000201708100012", False),
    ],
)  # fmt: skip
def test_a_number_of_either_round(number, is_one):
    assert is_case_number(number) is is_one


@pytest.mark.parametrize(
    "said", ["D3SC202410280907(重点)", "★D3SC202410280907", "D3SC202410280907*",
             "D3SC202410280907(重点督办)"],
)  # fmt: skip
def test_the_star_stands_beside_the_number(said):
    assert without_star(said) == ("D3SC202410280907", True)


def test_a_star_is_no_other_remark():
    assert without_star("D3SC202410280907(重复)") == ("D3SC202410280907(重复)", False)


def table(*rows):
    sheet = (workbook := Workbook()).active
    sheet.append(["群众信访举报转办和边督边改公开情况一览表（第十批 2024年10月30日）"])
    sheet.append(["序号", "受理编号", "交办问题基本情况", "行政区域", "责任单位", "污染类型",
                  "调查核实情况", "是否属实", "处理和整改情况", "是否办结"])  # fmt: skip
    for order, (number, kind, outcome) in enumerate(rows, 1):
        sheet.append([order, number, f"某处油烟扰民{order}。", "巴州区", "巴州区委、区政府", kind,
                      "经查，属实。", "属实", "已责令整改。", outcome])  # fmt: skip
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


PROFILE = Profile.from_document(
    {"source": "YX", "acceptance": ["511900-STHJ"], "deadline": {"days": 10}}
    | {"assigned_on": date(2024, 10, 30)}
)


def test_the_published_table_comes_in_whole():
    understood = read(
        table(
            ("D3SC202410280902", "大气", "正在办理"),
            ("D3SC202410280903\n（重点）", "油烟、扬尘", "阶段办结"),
            ("X510000201708100012", "生态破坏", "已办结并公示"),
        ),
        PROFILE,
    )

    assert understood.errors == ()
    assert [item.stage for item in understood.items] == ["未办结", "阶段性办结", "已办结"]
    assert [item.starred for item in understood.items] == [False, True, False]
    assert [item.interim for item in understood.items] == [False, True, False]
    assert {notice.sentence for notice in understood.notices} >= {
        "“正在办理”记为“未办结”", "“油烟”记为“大气”，“扬尘”记为“大气”", "“生态破坏”记为“生态”",
    }  # fmt: skip


def test_the_same_number_with_and_without_its_star_is_doubled():
    understood = read(
        table(("D3SC202410280902", "大气", "已办结"), ("D3SC202410280902（重点）", "水", "已办结")),
        PROFILE,
    )

    assert any("受理编号与第3行重复" in error.sentence for error in understood.errors)
