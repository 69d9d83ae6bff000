"""Drafts signed together: each seen, each struck or signed, each told; twice is once."""

import pytest
from pressed import planned
from sqlalchemy import func, select

from extensions import db
from issues.models import Counter, Event, Notice
from issues.notices import signing
from issues.vocabulary import NoticeStatus

URL = "/notices/signing"


@pytest.fixture
def ids(browser, people):
    """Three drafts of the head's to sign."""
    for place in (1, 2, 3):
        issue = planned(people, title=f"第{place}处河道问题")
        browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    db.session.rollback()
    rows = select(Notice.id).where(Notice.trigger == "by_hand").order_by(Notice.id)
    return list(db.session.scalars(rows))


def shown(browser, ids, name="zhou"):
    """The form of the page that shows the papers."""
    head = browser.as_(name)
    head.get(URL)
    page = head.send(f"{URL}/papers", **head.bare({"notice": [str(one) for one in ids]}))
    return page, page.form(URL).drawn()


def state():
    db.session.rollback()
    rows = db.session.execute(
        select(Notice.id, Notice.number).where(Notice.status == NoticeStatus.SIGNED)
    )
    return {row.id: row.number for row in rows}


def signings():
    return db.session.scalar(select(func.count(Event.id)).where(Event.action == "sign"))


def test_each_paper_stands_whole_on_the_page_and_one_is_struck(browser, ids):
    page, form = shown(browser, ids)
    for place in (1, 2, 3):
        assert f"第{place}处河道问题" in page.text
    assert page.text.count("二、督办要求") == 3

    form["notice"] = [str(ids[0]), str(ids[2])]
    page = browser.as_("zhou").send(URL, **form)

    assert set(state()) == {ids[0], ids[2]}
    for number in state().values():
        assert number in page.text
    assert "已签发 2 件，未签发 0 件" in " ".join(page.text.split())
    assert "还有1件待签发" in page.text
    assert next(iter(state().values())) in browser.as_("zhou").get(URL).text


def test_the_same_batch_sent_twice_signs_each_once(browser, ids):
    _, form = shown(browser, ids)
    head = browser.as_("zhou")
    first = head.send(URL, **form)
    second = head.send(URL, **form)

    assert len(set(state().values())) == signings() == 3
    for number in state().values():
        assert number in first.text
        assert number in second.text


def test_what_changed_since_it_was_shown_is_not_signed_and_told(browser, ids):
    _, form = shown(browser, ids)
    url = f"/notices/{ids[1]}"
    browser.as_("sun").post(f"{url}/edit", via=url, contact_name="孙某")
    browser.as_("sun").post(f"/notices/{ids[2]}/void", reason="重复")

    page = browser.as_("zhou").send(URL, **form)

    assert set(state()) == {ids[0]}
    assert "已被他人更新" in page.text
    assert "已作废" in page.text
    assert "未签发 2 件" in " ".join(page.text.split())


def test_a_paper_that_was_not_shown_is_not_signed(browser, ids):
    _, form = shown(browser, ids[:1])
    form["notice"] = [str(one) for one in ids]

    page = browser.as_("zhou").send(URL, **form)

    assert set(state()) == {ids[0]}
    assert page.text.count("未签发：") == 2


def test_a_break_half_way_keeps_what_was_signed_and_the_form_goes_on(browser, ids, monkeypatch):
    _, form = shown(browser, ids)
    real, calls = signing.render, []

    def breaking(*given, **more):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*given, **more)

    monkeypatch.setattr(signing, "render", breaking)
    with pytest.raises(KeyboardInterrupt):
        browser.as_("zhou").send(URL, **form)
    monkeypatch.setattr(signing, "render", real)

    first = state()
    assert set(first) == {ids[0]}
    assert first[ids[0]] in browser.as_("zhou").get(URL).text
    page = browser.as_("zhou").send(URL, **form)
    assert first[ids[0]] in page.text
    assert state()[ids[0]] == first[ids[0]]
    assert signings() == 3
    numbers = {int(number.rpartition("〕")[2][:-1]) for number in state().values()}
    last = db.session.scalars(select(Counter.last).where(Counter.series.startswith("notice"))).all()
    assert numbers == {1, 2, 3}
    assert max(last) == 3


def test_who_signs_nothing_is_refused_and_another_s_draft_is_not_signed(browser, ids):
    for name in ("chen", "lin", "liu"):
        browser.as_(name).get(URL, 403)
    sun = browser.as_("sun")
    assert "督办通知书（红牌）" not in sun.get(URL).text
    page = sun.send(URL, **sun.bare({"notice": [str(ids[0])]}))
    assert "没有签发本文书的权限" in page.text
    sun.send(URL, 404, **sun.bare({"notice": [str(ids[0]), "99999"]}))
    sun.send(URL, 422, **sun.bare({}))
    assert state() == {}
