"""A county's centre and the townships below it as units, and who may hold the county's roles."""

import centre
import pytest
from people import BAZHOU, with_settings
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from auth import people as accounts
from auth.models import Unit, User
from extensions import db, transaction
from issues.ground.refusals import Incomplete
from issues.vocabulary import CENTRE, TOWNSHIP, Role
from issues.web.door import firsts

SAID = {"name": "巴州区指挥中心", "short_name": "区指挥中心", "reason": "三定方案。"}


def added(browser, expect=200, **said):
    return browser.as_("sysadmin").post("/admin/units/new", expect, **SAID | said)


def test_a_county_has_one_centre_and_a_zone_or_county_alone(browser):
    added(browser, code="511902-ZHZX", kind=CENTRE, region=BAZHOU)

    more = {"code": "511902-ZHZY", "name": "又一个中心", "short_name": "又一个", "kind": CENTRE}
    assert "已有指挥中心" in added(browser, 422, **more, region=BAZHOU).text
    assert "请选择指挥中心所在的县" in added(browser, 422, **more, region="511900").text
    page = browser.as_("sysadmin").get("/admin/units/511902-ZHZX")
    said = page.form("/admin/units/511902-ZHZX").filled({"short_name": "区指挥部", "reason": "改"})
    assert "已修改" in browser.as_("sysadmin").send("/admin/units/511902-ZHZX", **said).text


def test_a_township_is_the_unit_of_its_place(browser):
    said = {"name": "清江镇人民政府", "short_name": "清江镇", "kind": TOWNSHIP}
    for code in ("511902-099", "511903"):
        assert "乡镇（街道）的代码应是" in added(browser, 422, **said, code=code).text

    added(browser, **said, code=centre.OTHER_TOWN)

    unit = db.session.scalars(select(Unit).where(Unit.code == centre.OTHER_TOWN)).one()
    assert unit.region == centre.OTHER_TOWN
    url = f"/admin/units/{unit.code}"
    form = browser.as_("sysadmin").get(url).form(url).filled({"name": "清江镇政府", "reason": "改"})
    assert "已修改" in browser.as_("sysadmin").send(url, **form).text
    assert "清江镇" not in browser.as_("sun").get("/issues/new").form("/issues/new").node.all(
        "select", name="region"
    )[0].text  # fmt: skip


@pytest.mark.both
def test_the_database_holds_one_centre_a_county(app):
    centre.found()
    with pytest.raises(IntegrityError), transaction():
        db.session.add(
            Unit(code="X", name="X", short_name="X", kind=CENTRE, region=BAZHOU, position=99)
        )


def test_a_county_s_role_is_for_people_of_a_centre(people):
    centre.found()
    chen = db.session.scalars(select(User).where(User.name == "chen")).one()
    with pytest.raises(Incomplete) as refused, transaction():
        accounts.grant(people.secadmin, chen.id, Role.COUNTY_OFFICE)
    assert "县级指挥中心" in refused.value.errors["role"][0]

    luo = db.session.scalars(select(User).where(User.name == "luo")).one()
    with transaction():
        accounts.grant(people.secadmin, luo.id, Role.COUNTY_HEAD)
    assert people["luo"].roles == {Role.COUNTY_OFFICE, Role.COUNTY_HEAD}


def test_who_signs_for_a_county_has_a_second_factor(app, browser, monkeypatch):
    """As whoever signs for the city; with the role taken out of the guarded ones none is asked."""
    centre.found()
    with_settings(app, monkeypatch, second_factor="roles")

    assert browser.as_("ma").get("/account", 302).location == "/account/factor"
    browser.as_("luo").get("/account")
    monkeypatch.setattr(firsts, "GUARDED", firsts.GUARDED - {Role.COUNTY_HEAD})
    browser.as_("ma").get("/account")
