"""The pages of places: a city from nothing, the tree, one place, and who may keep them."""

import io
import re

import pytest
from sqlalchemy import func, select

from auth.models import Unit
from extensions import db, transaction
from issues import regions
from issues.models import Region
from issues.territory import nation
from issues.territory.nation import Nation

HOME = "/admin/regions"
TOWN = "511902-001"
NATION = Nation(
    [
        "510000\t四川省\n", "510700\t绵阳市\n", "510703\t涪城区\t001城厢街道\n",
        "510704\t游仙区\t100小枧镇\n", "510771\t绵阳经济技术开发区\n",
    ]
)  # fmt: skip


@pytest.fixture(autouse=True)
def table(monkeypatch):
    monkeypatch.setattr(nation, "installed", lambda _folder: NATION)


@pytest.fixture
def nothing(people):
    with transaction():
        db.session.query(Region).delete()


def names():
    return [one.name for one in regions.below("510700")]


@pytest.mark.both
def test_from_nothing_to_a_city_with_bodies_and_a_first_department(nothing, browser):
    admin = browser.as_("sysadmin")
    empty = admin.get(HOME)
    assert "还没有区域" in empty.text
    assert f"{HOME}/city" in empty.links
    assert f"{HOME}/city" in admin.get("/admin/units/new").links
    found = admin.get(f"{HOME}/city", q="绵阳")
    url = next(link for link in found.links if link.endswith("/510700"))
    shown = admin.get(url)
    for told in ("县（区）2 个：涪城区、游仙区", "园区1 个", "乡镇（街道）2 个"):
        assert told in shown.text
    assert admin.get(f"{url}?towns=0").text.count("乡镇（街道）0 个") == 1

    twice = admin.post(url, 422, short_name_510703="市水利局")
    assert "已有单位叫“市水利局”" in twice.text
    assert db.session.scalar(select(func.count()).select_from(Region)) == 0
    page = admin.post(url, short_name_510703="涪城")

    assert "新增7个区域、3个单位" in page.text
    assert names() == ["涪城区", "游仙区", "绵阳经济技术开发区"]
    unit = db.session.scalars(select(Unit).where(Unit.code == "510703")).one()
    assert (unit.name, unit.short_name, unit.region) == ("涪城区", "涪城", "510703")
    assert "都已建立" in admin.get(url).text
    options = admin.get("/admin/units/new").form("/admin/units/new").node.all("option")
    assert "510700" in [one["value"] for one in options]
    assert "选定城市" in browser.as_("auditor").get("/history").text


def test_a_table_that_is_not_installed_leads_to_adding_by_hand(nothing, browser, monkeypatch):
    monkeypatch.setattr(nation, "installed", lambda _folder: None)
    sun = browser.as_("sun")

    assert "没有安装全国行政区划表" in sun.get(f"{HOME}/city", q="绵阳").text
    assert "没有安装" in sun.get(f"{HOME}/city/510700").text
    page = sun.post(f"{HOME}/new", name="绵阳市", kind="city", code="510700")
    assert "“绵阳市”已添加" in page.text
    sun.post(f"{HOME}/510700/below", name="涪城区", kind="county", code="510703")
    assert names() == ["涪城区"]
    assert "没有名称或代码含“无此城”的区域" in sun.get(HOME, q="无此城").text
    sun.get(f"{HOME}/510700/forget", 404)


@pytest.mark.postgresql
def test_the_tree_is_browsed_searched_and_changed(browser, make_issue):
    make_issue(township="东城街道")
    sun = browser.as_("sun")
    row = next(one for one in sun.get(f"{HOME}/511900").rows() if one[0] == "巴州区")
    assert row[1:] == ["县（区）", "511902", "22", "3", "1"]
    town = sun.get(f"{HOME}/511902").rows()[0]
    assert town == ["东城街道", "乡镇（街道）", TOWN, "0", "0", "1"]
    found = sun.get(HOME, q="东城")
    assert found.rows()[0][0] == "四川省巴中市巴州区东城街道"
    url = f"{HOME}/{TOWN}"

    def act(what, expect=200, **said):
        return sun.post(f"{url}/{what}", expect, **said)

    assert "“东城村”已添加" in act("below", name="东城村", kind="village").text
    wrong = act("below", 422, name="东城村", kind="village")
    assert "这里已有“东城村”" in wrong.text
    assert wrong.form(f"{url}/below").drawn()["name"] == "东城村"
    assert "名称已更改" in act("rename", name="东城新街道", reason="更名批复").text
    told = act("end", 422, reason="撤销").text
    assert "还有1件未办结的问题，不能停用" in told
    assert "请选择上级区域" in act("move", 422, parent="9", reason="调整").text
    page = sun.get(url)
    assert "更名批复" in page.text
    assert "东城街道 → 东城新街道" in page.text
    village = f"{HOME}/{TOWN}-001"
    assert "已停用" in sun.post(f"{village}/end", reason="合并").text
    assert "已恢复" in sun.post(f"{village}/restore", reason="恢复").text
    issues = sun.get("/issues", region=TOWN)
    assert len(issues.rows()) == 1
    assert "区域 东城新街道" in issues.text


@pytest.mark.parametrize("name", ["chen", "zhao", "auditor", "secadmin", "lin"])
def test_nobody_else_keeps_places(browser, name):
    for url in (HOME, f"{HOME}/city", f"{HOME}/{TOWN}", f"{HOME}/import"):
        browser.as_(name).get(url, 403)


def test_a_workbook_of_places_is_taken_whole_or_told_by_its_cells(browser):
    sun = browser.as_("sun")
    url = f"{HOME}/import"
    sample = sun.get(f"{url}/sample.xlsx").answer.data

    def send(expect, content):
        drawn = sun.get(url).form(url).drawn()
        file = {"workbook": (io.BytesIO(content), "区域.xlsx")}
        return sun.send(url, expect, **drawn | file)

    page = send(422, sample)
    assert re.search("有 2 处需要改正，一个区域也没有写入", page.text)
    assert "A2" in page.text
    assert "请选择要导入的工作簿" in sun.post(url, 422).text
    assert "不是.xlsx工作簿" in send(422, b"junk").text
    with transaction():
        regions.add("511902-900", "第一镇", sheet_kind("township"), regions.find("511902"))
    assert "新增2个区域，已有0个" in send(200, sample).text
    assert "新增0个区域，已有2个" in send(200, sample).text


def sheet_kind(word):
    return next(kind for kind in regions.RegionKind if kind.value == word)
