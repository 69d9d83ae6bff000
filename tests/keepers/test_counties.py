"""A county's centre sets keepers of its own places: everything of others is out of its reach."""

import centre
import pytest
from sqlalchemy import select

from extensions import db
from issues.ground import clock
from issues.models import Keeper, Keeping
from issues.vocabulary import KeeperLevel, Status

HOME = "/keepers"
TOWN, HERE, THERE = centre.TOWN, "511902", "511903"


@pytest.fixture
def stage(browser, people, make_issue):
    """A keeper of each county by the city, one by the centre itself, and a ticket in each."""
    centre.found()
    tickets = {
        HERE: make_issue(Status.ASSIGNED, township=TOWN),
        THERE: make_issue(Status.ASSIGNED, region=THERE),
    }
    keepers = {}
    for code, maker in ((HERE, "sun"), (THERE, "sun"), (TOWN, "luo")):
        row = Keeper(
            name=f"示例{code}", phone=f"0827-{code}", made_at=clock.now(),
            made_by_id=centre.People()[maker].id,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        given = Keeping(
            keeper_id=row.id, level=KeeperLevel.SECTION, region=code, from_on=clock.today(),
            given_by_id=row.made_by_id,
        )  # fmt: skip
        db.session.add(given)
        db.session.flush()
        keepers[code] = (row.id, given.id)
    db.session.commit()
    return keepers, {code: issue.number for code, issue in tickets.items()}


def sent(visitor, url, expect, **said):
    return visitor.send(url, expect, **visitor.bare(said))


def standing(keeper):
    db.session.rollback()
    rows = select(Keeping.region).where(Keeping.keeper_id == keeper, Keeping.until_on.is_(None))
    return set(db.session.scalars(rows))


def test_every_door_of_keepers_opens_to_a_centre_in_its_own_places_alone(browser, stage):
    """The matrix: own by the centre, own by the city, and another county's."""
    keepers, tickets = stage
    (own, own_given), (citys, citys_given) = keepers[TOWN], keepers[HERE]
    others, others_given = keepers[THERE]
    luo, said = browser.as_("luo"), {"level": "area", "from_on": "", "reason": "调整"}
    listed = luo.get(HOME).text
    for code, seen in ((TOWN, True), (HERE, True), (THERE, False)):
        assert (f"示例{code}" in listed) == seen
        assert (f"示例{code}" in luo.get(f"{HOME}/places/{TOWN}?q=示例{code}").text) == seen
    for url, expected in (
        (f"{HOME}/{own}", 200), (f"{HOME}/{citys}", 200), (f"{HOME}/{others}", 404),
        (f"{HOME}/{own}/paper", 200), (f"{HOME}/{others}/paper", 404),
        (f"{HOME}/places/{TOWN}", 200), (f"{HOME}/places/{THERE}", 404),
        (f"{HOME}/places/511900", 404), (f"{HOME}/import", 403),
        (f"/issues/{tickets[HERE]}/keepers", 200), (f"/issues/{tickets[THERE]}/keepers", 404),
    ):  # fmt: skip
        luo.get(url, expected)
    for url, expected in (
        (f"{HOME}/places/{THERE}", 404), (f"{HOME}/places/511900", 404),
        (f"{HOME}/places/{TOWN}", 200),
        (f"/issues/{tickets[THERE]}/keepers", 404), (f"/issues/{tickets[HERE]}/keepers", 200),
    ):  # fmt: skip
        sent(luo, url, expected, keeper=own, **said)
    sent(luo, f"{HOME}/places/{TOWN}", 404, keeper=others, **said)
    sent(luo, f"{HOME}/places/{TOWN}", 200, keeper=citys, **said)
    for keeping, expected in ((others_given, 404), (citys_given, 403), (own_given, 200)):
        sent(luo, f"{HOME}/release/{keeping}", expected, reason="调整")
    for keeper, expected in ((others, 404), (citys, 403), (own, 200)):
        sent(luo, f"{HOME}/{keeper}/amend", expected, name="示例新", phone="1", reason="调动")
        sent(luo, f"{HOME}/{keeper}/paper", 404 if keeper == others else 200)
        if keeper != own:
            sent(luo, f"{HOME}/{keeper}/hand-over", expected, keeper=own, reason="离任")
            sent(luo, f"{HOME}/{keeper}/end", expected, reason="离任")
    sent(luo, f"{HOME}/{own}/hand-over", 404, keeper=others, reason="离任")
    sent(luo, f"{HOME}/{own}/hand-over", 200, keeper=citys, reason="离任")
    assert standing(others) == {THERE}
    assert standing(citys) == {HERE, TOWN, ""}
    ma = browser.as_("ma")
    ma.get(f"{HOME}/{own}")
    ma.get(f"{HOME}/new", 403)
    sent(ma, f"{HOME}/places/{TOWN}", 403, keeper=own, **said)


def test_what_the_city_adds_elsewhere_takes_a_keeper_out_of_the_centres_hands(browser, stage):
    keepers, _ = stage
    own, _ = keepers[TOWN]
    luo, sun = browser.as_("luo"), browser.as_("sun")
    assert luo.get(f"{HOME}/{own}").text.count("修改") == 1
    given = {"keeper": own, "level": "area", "from_on": ""}
    sent(sun, f"{HOME}/places/{THERE}", 200, **given)
    page = luo.get(f"{HOME}/{own}").text
    assert "恩阳区" not in page
    assert "记录由市环委办查看" in page
    sent(luo, f"{HOME}/{own}/amend", 403, name="示例新", phone="1", reason="调动")
    assert "1处" in luo.get(HOME, q=f"示例{TOWN}").text
    assert "2处" in sun.get(HOME, q=f"示例{TOWN}").text


def test_a_centre_names_accounts_of_its_own_units_and_learns_of_no_others(browser, stage):
    luo = browser.as_("luo")
    away = luo.post(f"{HOME}/new", 422, name="示例吴", account="wu")
    nobody = luo.post(f"{HOME}/new", 422, name="示例吴", account="wuu")
    assert away.error("account").replace("wu", "wuu") == nobody.error("account")
    assert "请市环委办经办指定" in luo.post(
        f"{HOME}/new", 422, name=f"示例{THERE}", phone=f"0827-{THERE}"
    ).error("name")
    assert "示例唐" in luo.post(f"{HOME}/new", name="示例唐", account="tang").text
    assert "示例唐" in luo.get(HOME).text
    assert "示例唐" in browser.as_("sun").get(HOME).text
