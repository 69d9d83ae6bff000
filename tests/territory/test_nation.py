"""The national table: which cities it offers, and what is made of each odd kind of city."""

from collections import Counter
from pathlib import Path

import pytest
from needs import need

from issues.territory import nation
from issues.territory.nation import Nation
from issues.vocabulary import RegionKind

STATIC = Path(__file__).parents[2] / "static"
SMALL = Nation(
    [
        "110000\t北京市\n", "110101\t东城区\t001东华门街道\t002景山街道\n",
        "420000\t湖北省\n", "429000\t湖北省-自治区直辖县级行政区划\n",
        "429004\t仙桃市\t001沙嘴街道\t001重码街道\n", "429001\t市辖区\n",
        "440000\t广东省\n", "441900\t东莞市\n",
        "510000\t四川省\n", "519900\t甲市\n", "519901\t市辖区\t001散街道\n",
        "519902\t乙区\t001同名镇\t100同名镇\n", "519903\t丙县\t001同名镇\n",
        "519905\t乙区\n", "519971\t甲经济开发区\n", "519902\t重行区\n",
        "820000\t澳门特别行政区\n", "820008\t圣方济各堂区\n",
    ]
)  # fmt: skip
"""One of each odd kind, with rows that say a thing twice."""


def told(places):
    return [(one.code, one.name, one.kind.value, one.parent) for one in places]


def test_what_can_be_chosen():
    assert [(one.code, one.province) for one in SMALL.cities()] == [
        ("110000", "北京市"), ("429004", "湖北省"), ("441900", "广东省"), ("519900", "四川省"),
    ]  # fmt: skip
    assert [one.name for one in SMALL.cities(" 四川 甲")] == ["甲市"]
    assert [one.name for one in SMALL.cities("441900")] == ["东莞市"]
    assert SMALL.cities("无此城") == []


@pytest.mark.parametrize("code", ["429000", "519902", "510000", "820000", "999999", ""])
def test_what_is_no_city_makes_nothing(code):
    assert SMALL.places(code) == []


def test_the_districts_of_a_municipality_lie_in_it():
    assert told(SMALL.places("110000", towns=False)) == [
        ("110000", "北京市", "city", ""), ("110101", "东城区", "county", "110000"),
    ]  # fmt: skip


def test_a_county_under_its_province_is_a_city_of_towns():
    assert told(SMALL.places("429004")) == [
        ("420000", "湖北省", "province", ""), ("429004", "仙桃市", "city", "420000"),
        ("429004-001", "沙嘴街道", "township", "429004"),
    ]  # fmt: skip


def test_a_city_without_counties_or_towns_is_itself():
    assert [one.code for one in SMALL.places("441900")] == ["440000", "441900"]


def test_placeholders_are_left_out_zones_told_and_what_is_twice_is_once():
    assert told(SMALL.places("519900"))[2:] == [
        ("519902", "乙区", "county", "519900"), ("519903", "丙县", "county", "519900"),
        ("519971", "甲经济开发区", "zone", "519900"),
        ("519900-001", "散街道", "township", "519900"),
        ("519902-001", "同名镇", "township", "519902"),
        ("519903-001", "同名镇", "township", "519903"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def table():
    found = nation.installed(STATIC)
    need(found is not None, "没有安装全国区划（static/vendor/places.txt.gz）")
    return found


def test_the_installed_table(table):
    cities = table.cities()

    assert len(cities) == len({one.code for one in cities}) > 350
    assert [one.code for one in table.cities("绵阳")] == ["510700"]
    kinds = Counter(one.kind for one in table.places("510700"))
    assert (kinds[RegionKind.PROVINCE], kinds[RegionKind.CITY]) == (1, 1)
    assert kinds[RegionKind.COUNTY] == 9
    assert kinds[RegionKind.TOWNSHIP] > 150
    for code, least in (("441900", 2), ("620200", 7), ("429004", 20), ("500000", 800)):
        assert len(table.places(code)) >= least, code
    zones = [one for one in table.places("511900") if one.kind is RegionKind.ZONE]
    assert [(one.code, one.name) for one in zones] == [("511971", "巴中经济开发区")]


def test_nothing_of_the_table_is_too_long_or_lies_nowhere(table):
    for city in table.cities():
        places = table.places(city.code)
        known = {""}
        for one in places:
            assert one.parent in known, one
            known.add(one.code)
            assert len(one.code) <= 24
            assert 0 < len(one.name) <= 40
            assert one.name != nation.PLACEHOLDER
        assert len(known) == len(places) + 1


def test_a_torn_table_is_none(tmp_path):
    assert nation.installed(tmp_path) is None
    (tmp_path / "vendor").mkdir()
    (tmp_path / nation.INSTALLED).write_bytes(b"\x1f\x8b\x08\x00torn")
    assert nation.installed(tmp_path) is None
