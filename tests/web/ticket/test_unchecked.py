"""举一反三: sources of the same kind that nobody has checked, with why, and a lead by one click."""

from datetime import timedelta

import pytest
from page import counted
from sqlalchemy import select

from auth.models import User
from auth.signin import actor_for
from extensions import db, transaction
from issues.ground import clock
from issues.leads import taking
from issues.models import Event, Lead, LeadTie
from issues.polluters import keeping, tying
from issues.queries.likeness import unchecked as queries
from issues.supervision import covert
from issues.vocabulary import Status

SAID = {"kind": "mine", "region": "511902", "code": ""}


def person(name="sun"):
    return actor_for(db.session.scalars(select(User).where(User.name == name)).one())


def source(name, **said):
    with transaction():
        return keeping.add(person(), SAID | {"name": name} | said).id


@pytest.fixture
def ticket(make_issue):
    """About 甲砂石厂, which is tied to it."""
    issue = make_issue(Status.RECTIFYING, types=["水"])
    own = source("甲砂石厂")
    with transaction():
        tying.tie(person(), issue, own)
    return issue


def firms(issue, name="sun", on=None):
    found = queries.unchecked(issue, person(name), on or clock.today())
    db.session.rollback()
    return None if found is None else [one.name for one in found.firms]


def test_what_has_a_ticket_a_lead_or_a_visit_of_late_is_not_listed_and_what_has_none_is(
    browser, ticket, make_issue
):
    source("乙砂石厂")
    with_ticket = source("丙砂石厂")
    source("丁砂石厂")
    source("戊砂石厂", lon="106.9", lat="31.9")
    source("己加油站", kind="fuel")
    other, at = make_issue(Status.ASSIGNED, title="丙厂"), clock.now() - timedelta(hours=1)
    with transaction():
        tying.tie(person(), other, with_ticket)
        taking.take(person(), {"origin": "patrol", "at": at, "text": "冒烟",
                               "subject_firm": "丁砂石厂"}, (), clock.now())  # fmt: skip
        covert.write(person("lin"), {"title": "暗访", "findings": "没有问题", "at": at,
                                     "region": "511902", "lon": "106.902", "lat": "31.901"},
                     clock.now())  # fmt: skip

    assert firms(ticket) == ["乙砂石厂"]
    later = clock.today() + timedelta(days=182)
    assert firms(ticket, on=later) == ["丁砂石厂", "丙砂石厂", "乙砂石厂", "戊砂石厂"]
    assert firms(ticket, "zhao") is None
    assert firms(ticket, "chen") is None
    assert "乙砂石厂" not in browser.as_("chen").get(f"/issues/{ticket.number}/similar").text
    page = browser.as_("lin").get(f"/issues/{ticket.number}/similar")
    assert "同为矿山，180 天内没有记录" in page.text


def test_one_click_makes_a_lead_that_is_tied_and_a_second_makes_none(browser, ticket):
    other = source("乙砂石厂", lon="106.9", lat="31.9", place="某村")
    sun, url = browser.as_("sun"), f"/issues/{ticket.number}/similar"
    page = sun.get(url)
    done = sun.send(f"{url}/check", **page.form(f"{url}/check").drawn())
    assert "待核查" in done.text
    assert "乙砂石厂" not in done.text
    db.session.rollback()
    lead = db.session.scalars(select(Lead)).one()
    assert (lead.subject_firm, lead.place, lead.lon) == ("乙砂石厂", "某村", 106.9)
    assert ticket.number in lead.text
    assert db.session.scalars(select(LeadTie.polluter_id)).all() == [other]
    sun.send(f"{url}/check", 409, **sun.bare({"polluter": other}))
    told = select(Event.reason).where(Event.action == "tie_lead")
    assert db.session.scalars(told).all() == [f"由{ticket.number}举一反三"]
    browser.as_("chen").send(f"{url}/check", 403, **browser.as_("chen").bare({"polluter": other}))


def test_a_visit_begins_with_the_source_filled_in(browser, ticket):
    other = source("乙砂石厂", lon="106.9", lat="31.9", place="某村")
    form = browser.as_("lin").get(f"/covert/new?polluter={other}").form("/covert/new").drawn()
    assert (form["subject_firm"], form["place"], form["lon"]) == ("乙砂石厂", "某村", "106.9")
    browser.as_("lin").get("/covert/new?polluter=999", 404)


def test_the_page_asks_as_much_of_one_source_as_of_many(browser, ticket):
    sun, url = browser.as_("sun"), f"/issues/{ticket.number}/similar"
    source("乙砂石厂", lon="106.9", lat="31.9")
    sun.get(url)
    with counted() as few:
        sun.get(url)
    for place in range(queries.MOST + 3):
        source(f"第{place}砂石厂", lon="106.9", lat="31.9")
    with counted() as many:
        page = sun.get(url)
    assert len(few) == len(many)
    assert page.html.count("同为矿山") == queries.MOST
    assert f"只列前 {queries.MOST} 个" in page.text
