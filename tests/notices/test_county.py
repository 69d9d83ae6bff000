"""A county's centre presses its units under its own letterhead, and the city's colours stay."""

from dataclasses import replace

import centre
import pytest
from notice_steps import TODAY, do, draft, rules_of, text_of
from people import BUREAU
from pressed import ANSWER, planned, press
from sqlalchemy import select

from extensions import db
from issues.ground.refusals import Incomplete, NotAllowed, NotFound
from issues.models import Issue, Notice
from issues.notices.rights import load, reach
from issues.notices.signing import frozen
from issues.queries.notices.inbox import letters
from issues.rights.table import TABLE, Right
from issues.vocabulary import Action, NoticeKind, NoticeStatus, Role, Rule


@pytest.fixture
def county(people):
    """A red ticket that the county drives, with the people of its centre."""
    issue = planned(people)
    centre.found()
    centre.act(Action.DELEGATE, issue, people.sun, reason="由区里督办。")
    return issue


def letter(people, issue, kind=NoticeKind.N1):
    return draft({"luo": centre.found()["luo"]}, issue, kind, by="luo")


def test_the_whole_line_of_a_reminder_of_its_own(people, county):
    luo, ma = (centre.found()[name] for name in ("luo", "ma"))
    notice = letter(people, county)
    assert [one.state for one in letters(ma, TODAY.date())] == ["sign"]
    assert notice.id not in [one.id for one in letters(people.sun, TODAY.date())]
    for actor, act in ((people.sun, "sign"), (people.zhou, "edit"), (luo, "sign")):
        with pytest.raises(NotAllowed):
            do(act, notice, actor)
    with pytest.raises(NotFound):
        load(notice.id, people.chen)

    do("sign", notice, ma)

    assert notice.number == "巴州区指挥中心提〔2025〕1号"
    said = text_of(frozen(notice, press()))
    assert "巴州区生态环境问题整改指挥中心" in said
    assert "抄送：" in said
    assert "市环委办" in said
    assert "巴中市生态环境保护委员会办公室" not in said
    assert load(notice.id, people.sun) is notice
    with pytest.raises(NotFound):
        load(notice.id, people.wu)
    do("acknowledge", notice, people.chen, {"name": "陈某", "phone": "0827-7654321"})
    do("reply", notice, people.chenlead, {"text": f"已制定追赶计划。{ANSWER}"})
    assert [one.state for one in letters(luo, TODAY.date())] == ["review"]
    with pytest.raises(NotAllowed):
        do("accept_reply", notice, people.sun)
    do("accept_reply", notice, luo)
    assert not letters(luo, TODAY.date())


def test_it_moves_no_colour_and_counts_apart(people, county):
    """An unanswered one of the city does, which shows that the rule looks."""
    do("sign", letter(people, county), centre.found()["ma"])
    assert Rule.Y6 not in rules_of(county)

    own = draft(people, county, NoticeKind.N1)
    do("sign", own, people.sun)

    assert own.number == "巴环委办提〔2025〕1号"
    assert Rule.Y6 in rules_of(county)


def test_only_its_kinds_on_what_it_drives_to_units_of_its_own(people, county):
    luo, ma = (centre.found()[name] for name in ("luo", "ma"))
    with pytest.raises(NotAllowed):
        letter(people, county, NoticeKind.N3)
    assert letter(people, county, NoticeKind.N2).centre_id == luo.unit_id

    notice = letter(people, county)
    centre.act(Action.RECALL, county, people.sun, reason="由市里督办。")
    with pytest.raises(NotAllowed):
        do("sign", notice, ma)
    with pytest.raises(NotAllowed):
        letter(people, county)

    fresh = db.session.get(Issue, county.id)
    centre.act(Action.AMEND, fresh, people.sun, reason="改主责。",
               fields={"primary_unit": BUREAU, "acceptance_unit": "511900-HWB"})  # fmt: skip
    centre.act(Action.DELEGATE, fresh, people.sun, reason="由区里督办。")
    with pytest.raises(Incomplete) as refused:
        letter(people, county)
    assert "主责单位不属于本县（区）" in str(refused.value.errors)


@pytest.mark.both
def test_a_centre_sees_no_paper_of_the_city_s(people, county, monkeypatch):
    """Whoever saw the places of a right only, and not how far they reach, would show them all."""
    ma = centre.found()["ma"]
    own = draft(people, county, NoticeKind.N1)
    do("sign", own, people.sun)

    assert not db.session.scalars(select(Notice).where(reach(ma))).all()
    assert own.status is NoticeStatus.SIGNED
    wide = replace(TABLE[Right.NOTICES][Role.COUNTY_HEAD], territory=False)
    monkeypatch.setitem(TABLE, Right.NOTICES, TABLE[Right.NOTICES] | {Role.COUNTY_HEAD: wide})
    assert db.session.scalars(select(Notice).where(reach(ma))).all()
