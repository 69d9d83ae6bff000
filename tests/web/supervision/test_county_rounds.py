"""A county's round in the browser: found in the menu, opened, decided, frozen, seen by the city."""

import centre
from sqlalchemy import select

from extensions import db
from issues.models import CountyRound
from issues.vocabulary import Status


def test_the_county_holds_its_round_and_the_city_looks(browser, make_issue):
    issue = make_issue(Status.RECTIFYING, deadline="2025-11-20", measures=({"text": "清运"},))
    assert "由县（区）指挥中心的县级经办在本页开启" in browser.as_("sun").get("/county-rounds").text
    centre.delegated(make_issue, issue)
    luo = browser.as_("luo")
    assert "县级调度" in luo.get("/").text

    page = luo.post("/county-rounds", via="/county-rounds")

    assert "还有1件未研判" in page.text
    address = f"/county-rounds/{db.session.scalars(select(CountyRound.id)).one()}"
    form = luo.bare({"number": issue.number, "text": ""})
    assert "请写明督促的要求" in luo.send(f"{address}/press", 422, **form).text
    luo.send(f"{address}/press", **luo.bare({"number": issue.number, "text": "本周内清运。"}))
    browser.as_("chen").get("/county-rounds", 403)
    browser.as_("chen").get(address, 403)

    page = browser.as_("ma").post(f"{address}/close", via=address, sure="true")

    assert "已固定的看板" in page.text
    page = browser.as_("sun").get(address)
    assert "本周内清运。" in page.text
    assert "结束县级调度" not in page.text
    assert "巴州区指挥中心" in browser.as_("he").get("/county-rounds").text
