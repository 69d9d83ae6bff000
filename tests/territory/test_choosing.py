"""The city chosen in one act: its places and bodies, once however often, and no other city."""

import pytest
from sqlalchemy import func, select

from auth.models import Unit
from extensions import db, transaction
from issues import regions, units
from issues.ground.refusals import Incomplete, NotAllowed, NotFound
from issues.models import Event, Region
from issues.territory import changing, choosing
from issues.territory.nation import Nation
from issues.vocabulary import RegionKind

NATION = Nation(
    [
        "510000\t四川省\n", "510700\t绵阳市\n", "510703\t涪城区\t001城厢街道\t100丰谷镇\n",
        "510704\t游仙区\t100小枧镇\n", "510705\t安州区\n", "510722\t三台县\t100丰谷镇\n",
        "510771\t绵阳经济技术开发区\n", "511900\t巴中市\n", "511902\t巴州区\t001东城街道\n",
        "511999\t新县\t001新镇\n",
    ]
)  # fmt: skip


@pytest.fixture
def nothing(people):
    """A register in which nobody has chosen a city, and no county has a body."""
    with transaction():
        db.session.query(Region).delete()
    return people


def count():
    return db.session.scalar(select(func.count()).select_from(Region))


def choose(person, code="510700", **more):
    with transaction():
        return choosing.choose(person, NATION, code, towns=True, **more)


@pytest.mark.both
def test_a_city_is_chosen_with_its_places_and_bodies_once(nothing):
    before = db.session.scalar(select(func.count()).select_from(Unit))
    offered = choosing.plan(NATION, "510700").units
    assert [(one.code, one.short_name, one.kind) for one in offered[-2:]] == [
        ("510722", "三台县", "县（区）"), ("510771", "绵阳经开区", "园区"),
    ]  # fmt: skip

    choose(nothing.sysadmin, bodies=offered)

    assert regions.city().name == "绵阳市"
    assert [one.name for one in regions.below("510700")] == [
        "涪城区", "游仙区", "安州区", "三台县", "绵阳经济技术开发区",
    ]  # fmt: skip
    assert [one.code for one in regions.below("510703")] == ["510703-001", "510703-100"]
    assert db.session.scalar(select(func.count()).select_from(Unit)) == before + 5
    told = db.session.scalars(select(Event).where(Event.subject == "region")).one()
    assert (told.action, told.detail["区域"], told.detail["单位"]) == ("choose_city", 11, 5)
    made = count()

    again = choose(nothing.sysadmin)

    assert (again.places, again.units, count()) == ((), (), made)
    assert len(db.session.scalars(select(Event).where(Event.subject == "region")).all()) == 1
    with pytest.raises(Incomplete, match="补充或更正") as refused:
        choose(nothing.sysadmin, "511900")
    assert "已选定绵阳市" in refused.value.errors["code"][0]


@pytest.mark.both
def test_a_department_of_the_city_can_be_the_first_unit(nothing):
    said = {
        "code": "510700-HWB", "name": "绵阳市生态环境保护委员会办公室", "short_name": "环委办一",
        "kind": "牵头机构", "region": "510700", "reason": "初次建立",
    }  # fmt: skip
    with pytest.raises(Incomplete) as refused, transaction():
        units.add(nothing.sysadmin, said)
    assert "选定城市" in refused.value.errors["region"][0]

    choose(nothing.sysadmin)
    with transaction():
        assert units.add(nothing.sysadmin, said).region == "510700"


def test_what_is_here_under_its_name_is_not_made_again(people):
    """The example has townships under numbers of its own."""
    made = choosing.plan(NATION, "511900")

    assert [one.code for one in made.places] == ["511999", "511999-001"]
    assert [one.code for one in made.units] == ["511999"]


def test_a_wrong_name_is_told_at_its_body_and_nothing_is_written(nothing):
    offered = choosing.plan(NATION, "510700").units
    wrong = offered[0]._replace(short_name="市水利局")

    with pytest.raises(Incomplete) as refused:
        choose(nothing.sysadmin, bodies=[wrong, offered[1]])

    assert list(refused.value.errors) == ["short_name_510703"]
    assert count() == 0
    with pytest.raises(Incomplete):
        choose(nothing.sysadmin, bodies=[offered[0]._replace(code="510799")])


def test_the_office_chooses_without_bodies_and_a_unit_not_at_all(nothing):
    with pytest.raises(NotAllowed):
        choose(nothing.chen)
    with pytest.raises(NotAllowed):
        choose(nothing.sun, bodies=choosing.plan(NATION, "510700").units)
    assert count() == 0
    choose(nothing.sun)
    with pytest.raises(NotFound):
        choose(nothing.sun, "510703")


@pytest.mark.both
def test_one_chosen_by_mistake_is_ended_and_another_chosen(nothing):
    choose(nothing.sun)
    other = {"name": "另一市", "kind": "city", "code": "519900"}
    with pytest.raises(Incomplete), transaction():
        changing.add(nothing.sun, "", other)
    with transaction():
        changing.end(nothing.sun, "510000", {"reason": "选错了"})
    assert regions.city() is None

    choose(nothing.sun, "511900")
    assert regions.city().name == "巴中市"
    assert regions.find("510000").ended_at is None, "the province of both is in use again"
    with pytest.raises(Incomplete), transaction():
        changing.restore(nothing.sun, "510700", {"reason": "又要用"})


@pytest.mark.both
def test_a_county_body_that_stood_alone_comes_under_its_city(nothing):
    with transaction():
        regions.add("510703", "涪城", RegionKind.COUNTY)
        regions.add("510703-001", "城厢街道", RegionKind.TOWNSHIP, regions.find("510703"))

    choose(nothing.sun)

    assert regions.find("510703").path == "510000/510700/510703/"
    assert regions.find("510703-001").path == "510000/510700/510703/510703-001/"
