"""A round in the room, many rows at once, its minutes: as somebody without script has it."""

from datetime import date

import pytest
from sqlalchemy import select

from extensions import db, transaction
from issues import rounds
from issues.ground import clock
from issues.models import LongWork, Notice, NoticeIssue, RoundItem
from issues.notices.readiness import draft_now
from issues.vocabulary import NoticeKind, RoundAct, Status
from issues.web.notices.pdf import press
from issues.web.supervision import rounds as pages
from issues.works.worker import run_all

TODAY = date(2025, 11, 25)
PLAIN = ({"text": "清运"},)


@pytest.fixture
def three(make_issue):
    """Two yellow ones, and a red one which comes first in the room."""
    days = ("2025-12-01", "2025-12-02", "2025-11-20")
    return [make_issue(Status.RECTIFYING, deadline=day, measures=PLAIN) for day in days]


@pytest.fixture
def url(people, three):
    with transaction():
        return f"/rounds/{rounds.open_on(TODAY, people.sun, clock.now()).id}"


def decisions():
    db.session.rollback()
    rows = db.session.scalars(select(RoundItem).order_by(RoundItem.id)).all()
    return [row.decision for row in rows]


def test_the_worst_comes_first_with_its_arithmetic_and_the_next_is_at_hand(browser, url, three):
    page = browser.as_("zhou").get(f"{url}/room")

    assert "1 / 3" in page.text
    assert three[2].number in page.text
    assert "时限2025年11月20日" in page.text
    assert not page.tree.all("button", **{"data-key": "1"}), "who does not decide watches"
    page = browser.as_("zhou").get(f"{url}/room?number={three[1].number}")
    assert "3 / 3" in page.text


def test_a_decision_leads_on_to_the_next_and_is_taken_back_from_there(browser, url, three):
    sun = browser.as_("sun")
    at = f"{url}/room?number={three[2].number}"

    page = sun.post(f"{url}/room/confirm", via=at)

    assert decisions() == ["", "", "confirm"]
    assert f"number={three[0].number}" in page.url
    assert f"{three[2].number} 已研判：确认挂牌" in page.text
    page = sun.post(f"{url}/room/back", via=page.url)
    assert decisions() == ["", "", ""]
    assert "3" in page.text


def test_the_second_of_two_is_told_who_was_faster(browser, url, three, people):
    sun, number = browser.as_("sun"), three[0].number
    page = sun.get(f"{url}/room?number={number}")
    seen = page.tree.all("input", name="seen")[0]["value"]
    with transaction():
        said = {"number": number, "reason": "再看一月"}
        rounds.decide(int(url.split("/")[2]), RoundAct.HOLD, people.sun, said, clock.now())

    page = sun.send(f"{url}/room/confirm", 409, **sun.bare({"number": number, "seen": seen}))

    assert f"由{people.sun.display_name}办理了“暂缓挂牌”" in page.text
    assert decisions()[0] == "hold"


def test_many_rows_are_foretold_done_once_and_told_one_by_one(browser, url, three):
    sun = browser.as_("sun")
    numbers = [issue.number for issue in three]

    page = sun.send(f"{url}/bulk", **sun.bare({"number": numbers, "act": "hold"}))
    few = sun.send(f"{url}/bulk", **sun.bare({"number": numbers[:1], "act": "hold"}))
    assert len(page.statements) == len(few.statements)

    assert "可以办理 2 件，不能办理 1 件" in page.text.replace("\xa0", " ")
    assert "只有黄色可以暂缓挂牌" in page.text
    rows = [field["value"] for field in page.tree.all("input", name="row")]
    key = page.tree.one("input", name="once")["value"]
    said = {"row": rows, "act": "hold", "reason": "再看一月", "once": key}
    refused = sun.send(f"{url}/bulk/do", 422, **sun.bare({**said, "reason": ""}))
    assert refused.error("reason") == "请填写理由"
    assert decisions() == ["", "", ""]
    first = sun.send(f"{url}/bulk/do", **sun.bare(said))
    assert "已办理 2 件，未办理 0 件" in first.text
    assert decisions() == ["hold", "hold", ""]
    again = sun.send(f"{url}/bulk/do", **sun.bare(said))
    assert "已办理 2 件" in again.text
    stale = sun.send(f"{url}/bulk/do", **sun.bare({**said, "once": ""}))
    assert "已办理 0 件，未办理 2 件" in stale.text
    assert "办理了“暂缓挂牌”" in stale.text


def test_a_long_closing_is_left_to_a_worker_and_leads_to_what_is_next(
    browser, app, url, three, monkeypatch
):
    monkeypatch.setattr(pages, "LARGE", 1)
    sun, zhou = browser.as_("sun"), browser.as_("zhou")
    numbers = [issue.number for issue in three]
    page = sun.send(f"{url}/bulk", **sun.bare({"number": numbers, "act": "confirm"}))
    rows = [field["value"] for field in page.tree.all("input", name="row")]
    sun.send(f"{url}/bulk/do", **sun.bare({"row": rows, "act": "confirm"}))

    at = browser.as_("zhou").post(f"{url}/close", via=url, sure="true").url

    assert at.startswith("/works/")
    told = sun.send(f"{url}/room/confirm", 409, **sun.bare({"number": numbers[0]}))
    assert "正在结束2025-11-25调度" in told.text
    assert browser.as_("zhou").post(f"{url}/close", via=url, sure="true").url == at
    run_all(app, app.extensions["evidence"])
    db.session.rollback()
    work = db.session.scalars(select(LongWork)).one()
    assert (work.state.value, work.words) == ("done", "共3件，挂牌和文书草稿已形成")
    page = zhou.post(f"{at}/open", via=at)
    assert page.url == url
    assert "已挂牌 3 件" in page.text
    assert "已挂红牌" in page.text
    assert "批量签发" in page.text


def test_minutes_tell_of_each_case_what_the_record_says(browser, url, three, people):
    sun = browser.as_("sun")
    browser.as_("sun").get(f"{url}/minutes", 409)
    page = sun.send(
        f"{url}/bulk", **sun.bare({"number": [i.number for i in three], "act": "confirm"})
    )
    rows = [field["value"] for field in page.tree.all("input", name="row")]
    sun.send(f"{url}/bulk/do", **sun.bare({"row": rows, "act": "confirm"}))
    browser.as_("zhou").post(f"{url}/close", via=url, sure="true")

    page = browser.as_("sun").post(f"{url}/minutes", via=f"{url}/minutes", present=["sun", "zhou"])

    db.session.rollback()
    made = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N9)).one()
    assert page.url == f"/notices/{made.id}"
    minutes = made.facts["minutes"]
    assert len(minutes["present"]) == 2
    lines = minutes["points"].splitlines()
    assert lines[0] == "会议逐件研究3件事项：确认挂牌3件。"
    assert lines[1].startswith(f"{three[2].number} {three[2].title}：时限2025年11月20日")
    assert "会议研究挂红牌" in lines[1]
    now = draft_now(made, clock.now(), press().faces(), is_example=False)
    assert now.faults == [], "what it says is proven by the record"
    told = select(NoticeIssue.issue_id).where(NoticeIssue.notice_id == made.id)
    assert len(db.session.scalars(told).all()) == 3
    led = browser.as_("sun").get(f"{url}/minutes", 303)
    assert led.location == f"/notices/{made.id}"
    assert "会议纪要（草稿）" in browser.as_("sun").get(url).text
