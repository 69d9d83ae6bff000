"""A county's own 通报 and 交办通知: under its letterhead, told to its own units and to the city."""

import centre
import pytest
from notice_steps import TODAY, do, draft, text_of
from people import BUREAU
from pressed import overdue, planned, press
from sqlalchemy import select

from extensions import db, transaction
from issues.dossiers.content import content_of, held_of
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound
from issues.messages.sight import in_sight
from issues.models import Issue, Message, Notice
from issues.notices import drafting, rights
from issues.notices.signing import frozen
from issues.queries.notices import pages as notices
from issues.queries.notices.inbox import letters
from issues.queries.notices.lines import lines_of
from issues.queries.register import lines as register
from issues.queries.register.filters import Filters
from issues.search.readers import Reader
from issues.search.rebuilding import rebuild
from issues.territory import rounds
from issues.vocabulary import Action, Audience, CountyRoundAct, MessageEvent, NoticeKind

SEE = ("sun", "zhou", "lin", "zhao", "he", "chen", "chenlead", "tang", "qin", "luo", "ma")
DO_NOT = ("wu", "wulead", "liu", "liulead", "xu", "sysadmin", "auditor")


@pytest.fixture
def county(people):
    """A red ticket that the county drives; another county has a centre too."""
    issue = planned(people)
    centre.found()
    centre.another()
    centre.act(Action.DELEGATE, issue, people.sun, reason="由区里督办。")
    return issue


def closed_round(staff, at=TODAY):
    """The county's round, each row decided, and its bulletin's draft."""
    with transaction():
        row = rounds.open_on(clock.day_of(at), staff["luo"], at)
        for item in row.items:
            given = {"number": item.issue.number, "text": "本周内报送进展。"}
            rounds.decide(row.id, CountyRoundAct.PRESS, staff["luo"], given, at)
        rounds.close(row.id, staff["ma"], at)
    return db.session.scalars(select(Notice).where(Notice.trigger == drafting.COUNTY_ROUND)).one()


def named(people, issue):
    """A signed one, by hand, that names the ticket: then it hangs on it in every list."""
    staff = centre.found()
    closed_round(staff)
    notice = draft({"luo": staff["luo"]}, issue, NoticeKind.N5, by="luo")
    do("sign", notice, staff["ma"])
    return notice


def ways(people, notice, issue):
    """By name of a way: who of all meets the bulletin there."""
    with transaction():
        told = Message(
            user_id=people.sun.id, event=MessageEvent.NOTICE, called=notice.number,
            path=f"/notices/{notice.id}", on=TODAY.date(), occasion="here",
            notice_id=notice.id, written_at=TODAY,
        )  # fmt: skip
        db.session.add(told)
    issue = db.session.get(Issue, issue.id)

    def found(query):
        return db.session.scalars(query).first() is not None

    on_ticket = {
        "page": lambda one: notice.id in [line.id for line in lines_of(issue, one, drafts=False)],
        "dossier": lambda one: notice.id in [row.id for row in content_of(issue, one).notices],
        "held": lambda one: held_of(issue, one).notices == 1,
        "search": lambda one: register.count(Filters(q=notice.number), one, TODAY.date()) == 1,
    }
    wanted = notices.NoticeFilters(kind="N5-county")
    alone = {
        "list": lambda one: notice in notices.find(wanted, one, TODAY.date()).notices,
        "one": lambda one: found(select(Notice).where(Notice.id == notice.id, rights.reach(one))),
        "message": lambda one: found(select(Message).where(Message.id == told.id, in_sight(one))),
    }
    return on_ticket, alone


@pytest.mark.postgresql
def test_who_meets_a_county_s_bulletin(people, county, monkeypatch):
    """Every person in every way; 市生态环境局 sees the ticket, and not what its county says of it.

    The control: with the reach of the city's bulletins it is met by everybody who has papers.
    """
    notice = named(people, county)
    rebuild()
    on_ticket, alone = ways(people, notice, county)
    cast = {name: centre.People()[name] for name in (*SEE, *DO_NOT)}
    for way, meets in alone.items():
        met = {name for name, person in cast.items() if meets(person)}
        assert met == set(SEE), way
    for way, meets in on_ticket.items():
        met = {name for name in ("sun", "chen", "luo", "liu") if meets(cast[name])}
        assert met == {"sun", "chen", "luo"}, way

    monkeypatch.setattr(rights, "told_to", lambda _: Notice.id > 0)
    assert alone["one"](cast["wu"])
    assert alone["list"](cast["liu"])
    assert Reader.of(cast["liu"]).centres == frozenset()
    assert Audience.COUNTY in Reader.of(cast["sun"]).audiences


def test_pages_downloads_and_the_interface_keep_to_it(browser, people, county):
    notice = named(people, county)
    url = f"/notices/{notice.id}"
    for name in ("sun", "chen", "tang"):
        assert notice.number in browser.as_(name).get(url).text
        assert browser.as_(name).get(f"{url}.pdf").answer.data.startswith(b"%PDF-")
    for name in ("wu", "liu"):
        visitor = browser.as_(name)
        for path in (url, f"{url}.pdf", f"/api/v1{url}", f"/api/v1{url}.pdf"):
            visitor.get(path, 404)
        assert notice.number not in visitor.get("/notices?kind=N5").text
    ticket = f"/issues/{county.number}"
    assert notice.number in browser.as_("chen").get(ticket).text
    assert notice.number not in browser.as_("liu").get(ticket).text
    told = browser.stranger.get(f"/verify/{notice.token}").text
    assert notice.number in told
    assert county.title not in told


@pytest.mark.postgresql
def test_a_round_drafts_it_with_the_figures_of_what_the_centre_drives(people, county):
    elsewhere = overdue(people, title="另一处未交县级督办的问题")
    staff = centre.found()
    notice = closed_round(staff)

    assert [one.state for one in letters(staff["ma"], TODAY.date())] == ["sign"]
    assert notice.id not in [one.id for one in letters(people.zhou, TODAY.date())]
    with pytest.raises(NotFound):
        rights.load(notice.id, people.chen)
    for actor in (people.zhou, staff["luo"]):
        with pytest.raises(NotAllowed):
            do("sign", notice, actor)
    do("sign", notice, staff["ma"])

    assert notice.number == "巴州区指挥中心通〔2025〕1号"
    said = text_of(frozen(notice, press()))
    assert "由本中心督办的问题共1项，其中红色1项" in said
    assert "巴州区各乡镇（街道）、各有关单位" in said
    assert "巴州区生态环境问题整改指挥中心" in said
    assert county.title in said
    assert elsewhere.title not in said
    assert "全市" not in said
    again = draft({"luo": staff["luo"]}, county, NoticeKind.N5, by="luo")
    do("sign", again, staff["ma"])
    assert again.number == "巴州区指挥中心通〔2025〕2号"


def test_it_says_nothing_of_the_city_and_becomes_no_report(people, county):
    staff = centre.found()
    notice = draft({"luo": staff["luo"]}, county, NoticeKind.N5, by="luo")
    with pytest.raises(Incomplete) as refused:
        do("sign", notice, staff["ma"])
    assert "没有已结束的调度" in str(refused.value.errors)
    closed_round(staff)

    do("edit", notice, staff["luo"], {"demands": [{"text": "全市红色事项共1项"}]})
    with pytest.raises(Incomplete) as refused:
        do("sign", notice, staff["ma"])
    assert "没有全市的数字" in str(refused.value.errors)
    with pytest.raises(Incomplete):
        do("edit", notice, staff["luo"], {"form": "report"})
    do("edit", notice, staff["luo"], {"demands": []})
    do("sign", notice, staff["ma"])
    assert notice.facts["form"] == "county"


def test_it_hands_a_ticket_on_by_a_paper_of_its_own(people):
    """交办通知: signed for with the ticket, answered by the plan, numbered by the centre."""
    issue = overdue(people)
    staff = centre.found()
    centre.act(Action.DELEGATE, issue, people.sun, reason="由区里督办。")
    notice = draft({"luo": staff["luo"]}, issue, NoticeKind.N0, by="luo")
    do("sign", notice, staff["ma"])

    assert notice.number == "巴州区指挥中心交〔2025〕1号"
    assert rights.load(notice.id, people.chen) is notice
    with pytest.raises(NotFound):
        rights.load(notice.id, people.wu)
    do("acknowledge", notice, people.chen, {"name": "陈某", "phone": "0827-7654321"})
    plan = [{"text": "完成管网排查", "deadline": "2025-10-20"}]
    centre.act(Action.SUBMIT_PLAN, issue, people.chenlead, measures=plan)
    assert db.session.get(Notice, notice.id).replied_at is not None

    other = planned(people, acceptance_unit="511900-HWB", primary_unit="511902")
    centre.act(Action.AMEND, other, people.sun, reason="改主责。",
               fields={"primary_unit": BUREAU, "lead_unit": "511902"})  # fmt: skip
    centre.act(Action.DELEGATE, other, people.sun, reason="由区里督办。")
    with pytest.raises(Incomplete):
        draft({"luo": staff["luo"]}, other, NoticeKind.N0, by="luo")
