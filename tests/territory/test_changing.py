"""A place added, renamed, moved, ended: with its reason, never under a ticket's feet."""

import pytest
from people import BAZHOU, ENYANG
from sqlalchemy import select

from extensions import db, transaction
from issues import regions
from issues.ground.refusals import Incomplete, NotAllowed, NotFound
from issues.models import Event, Region
from issues.territory import changing
from issues.vocabulary import Status

TOWN, CITY = "511902-001", "511900"
WHY = {"reason": "区划调整"}


def refused(act, *args):
    with pytest.raises(Incomplete) as told, transaction():
        act(*args)
    return {name: "".join(said) for name, said in told.value.errors.items()}


def add(person, parent, name, kind, code=""):
    with transaction():
        return changing.add(person, parent, {"name": name, "kind": kind, "code": code})


@pytest.mark.both
def test_places_are_added_with_codes_of_their_own(people):
    first = add(people.sun, TOWN, "东城村", "village")
    second = add(people.sun, TOWN, "西城村", "village")
    grid = add(people.sysadmin, first.code, "第1网格", "grid")

    assert (first.code, second.code, grid.code) == (
        "511902-001-001", "511902-001-002", "511902-001-001-001",
    )  # fmt: skip
    assert grid.path == f"510000/{CITY}/{BAZHOU}/{TOWN}/{first.code}/{grid.code}/"
    acts = db.session.scalars(select(Event.action).where(Event.subject == "region")).all()
    assert acts == ["add_region"] * 3


def test_what_is_wrong_with_a_new_place_is_told_at_its_field(people):
    def told(parent, **said):
        given = {"name": "新区", "kind": "township", "code": ""} | said
        return refused(changing.add, people.sun, parent, given)

    assert "已有“东城街道”" in told(BAZHOU, name="东城街道")["name"]
    assert "请填写名称" in told(BAZHOU, name=" ")["name"]
    assert "不能再分" in told(add(people.sun, TOWN, "一河", "river").code)["kind"]
    assert "可以添加：乡镇（街道）" in told(BAZHOU, kind="county")["kind"]
    assert "代码应为" in told(CITY, kind="county")["code"]
    assert "已使用这个代码" in told(CITY, kind="county", code=ENYANG)["code"]
    assert "已为巴中市所用" in told("510000", kind="city", code="510700")["kind"]
    with pytest.raises(NotFound):
        changing.add(people.sun, "999999", {})
    with pytest.raises(NotAllowed):
        changing.add(people.chen, BAZHOU, {})


@pytest.mark.both
def test_a_place_moves_with_all_that_lies_in_it_and_not_into_itself(people):
    village = add(people.sun, TOWN, "东城村", "village")

    assert "自己或自己的下级" in refused(
        changing.move, people.sun, BAZHOU, WHY | {"parent": TOWN}
    )["parent"]  # fmt: skip
    assert (
        "不能直接是"
        in refused(changing.move, people.sun, TOWN, WHY | {"parent": "511902-002"})["parent"]
    )
    assert "reason" in refused(changing.move, people.sun, TOWN, {"parent": ENYANG})
    with transaction():
        changing.move(people.sun, TOWN, WHY | {"parent": ENYANG})

    assert regions.find(village.code).path == f"510000/{CITY}/{ENYANG}/{TOWN}/{village.code}/"
    told = db.session.scalars(select(Event).where(Event.action == "move_region")).one()
    assert (told.detail["before"]["上级区域"], told.detail["上级区域"]) == ("巴州区", "恩阳区")


@pytest.mark.both
def test_what_a_ticket_names_does_not_go_to_another_county(people, make_issue):
    issue = make_issue(Status.RECTIFYING, township="东城街道")
    assert issue.township == TOWN

    said = refused(changing.move, people.sun, TOWN, WHY | {"parent": ENYANG})
    assert "有1件问题登记在这里" in said["parent"]
    assert "1件未办结的问题" in refused(changing.end, people.sun, TOWN, WHY)["code"]


@pytest.mark.both
def test_a_place_is_ended_only_when_nothing_stands_on_it(people):
    told = refused(changing.end, people.sun, BAZHOU, WHY)["code"]
    assert "还有3个单位，不能停用" in told
    assert "个单位" in refused(changing.end, people.sun, "510000", WHY)["code"]
    assert "reason" in refused(changing.end, people.sun, TOWN, {})

    with transaction():
        changing.end(people.sun, TOWN, WHY)
    assert TOWN not in [one.code for one in regions.below(BAZHOU)]
    assert "已停用" in refused(changing.end, people.sun, TOWN, WHY)["code"]
    assert "已停用" in refused(
        changing.add, people.sun, TOWN, {"name": "村", "kind": "village"}
    )["parent"]  # fmt: skip
    again = add(people.sun, BAZHOU, "东城街道", "township")
    assert again.code == "511902-901"
    assert "已有“东城街道”" in refused(changing.restore, people.sun, TOWN, WHY)["name"]
    with transaction():
        changing.end(people.sun, again.code, WHY)
        changing.restore(people.sun, TOWN, WHY)
    assert regions.find(TOWN).ended_at is None
    assert db.session.get(Region, again.id) is not None


@pytest.mark.both
def test_what_lies_in_a_place_is_ended_and_brought_back_with_it(people):
    for name in ("东城村", "早撤村"):
        add(people.sun, TOWN, name, "village")
    with transaction():
        changing.end(people.sun, f"{TOWN}-002", WHY)
    with transaction():
        changing.end(people.sun, TOWN, WHY)
    assert regions.find(f"{TOWN}-001").ended_at is not None
    assert "请先恢复上级区域" in refused(changing.restore, people.sun, f"{TOWN}-001", WHY)["code"]

    with transaction():
        changing.restore(people.sun, TOWN, WHY)

    assert [one.name for one in regions.below(TOWN)] == ["东城村"]


def test_a_new_name_is_another_one(people):
    assert (
        "没有要修改"
        in refused(changing.rename, people.sun, TOWN, WHY | {"name": "东城街道"})["name"]
    )
    with transaction():
        changing.rename(people.sun, TOWN, WHY | {"name": "东城新街道"})
    assert regions.names_of([TOWN, ""]) == {TOWN: "东城新街道"}
