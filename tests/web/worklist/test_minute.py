"""A leader's minute: one sentence, what waits, who did not answer, an instruction in two taps."""

from datetime import date

import pytest
from people import BAZHOU, ENYANG
from sqlalchemy import func, select

from extensions import db, transaction
from issues.ground import clock
from issues.models import Instruction, Setting
from issues.notices import drafting
from issues.queries.supervision import digest
from issues.queries.worklist import minute as queries
from issues.vocabulary import Action, NoticeKind, Status

HOME = "/minute"
PLAIN = ({"text": "清运"},)


@pytest.fixture
def mine(make_issue):
    """A ticket zhao sponsors."""

    def make(status=Status.RECTIFYING, **fields):
        return make_issue(status, sponsor_account="zhao", measures=PLAIN, **fields)

    return make


def given():
    db.session.rollback()
    return db.session.scalars(select(Instruction).order_by(Instruction.id)).all()


def test_the_sentence_is_the_boards_own_count(browser, people, mine, make_issue):
    mine(deadline="2025-11-20")
    mine()
    mine(Status.CLOSED)
    make_issue(Status.RECTIFYING, measures=PLAIN)
    page = browser.as_("zhao").get(HOME)
    assert "您包案3件：红1件、绿1件、已销号1件；全市4件：红1件、绿2件、已销号1件。" in page.text

    for colour, count in (("red", 1), ("green", 1), ("grey", 1), ("yellow", 0)):
        link = next(one for one in page.links if f"colour={colour}&" in one)
        assert f"共 {count} 条" in browser.as_("zhao").get(link).text or not count
    with transaction():
        told = digest.written(people.zhao, clock.today(), clock.today())
    assert told["sentence"] in page.text


def test_what_is_sponsored_tells_its_next_day_and_what_to_decide(browser, make_issue):
    measures = ({"text": "封堵", "deadline": "2025-12-01"}, {"text": "清运"})
    issue = make_issue(
        Status.RECTIFYING, sponsor_account="zhao", measures=measures, deadline="2026-06-30"
    )
    row = browser.as_("zhao").get(HOME).tree.one("ol").all("li")[0].text

    assert issue.number in row
    assert "下一时限 2025-12-01 剩 6 天 · 整改时限 2026-06-30" in row


def test_what_waits_is_what_my_work_lists(browser, people, mine):
    issue = mine(deadline="2025-11-20")
    assert "没有等您办理的事项" in browser.as_("zhao").get(HOME).text
    with transaction():
        drafting.draft_by_hand(NoticeKind.N6, [issue.number], people.sun, clock.now())

    page = browser.as_("zhao").get(HOME)

    assert "等您办理 1" in page.text
    letter = next(one for one in page.links if one.startswith("/notices/"))
    assert letter in browser.as_("zhao").get("/").links


def test_what_is_listed_is_every_ticket_that_the_sentence_counts_or_leaves_out(
    browser, make_issue, mine, monkeypatch
):
    """A struck-off ticket is listed nowhere, one kept up for good and a double both are."""
    first, double = mine(deadline="2025-11-20"), mine(deadline="2025-11-20")
    mine(Status.STANDING)
    mine(Status.CLOSED)
    make_issue.act(Action.WITHDRAW, mine(), "zhou", reason="误报")
    zhao = browser.as_("zhao")
    page = zhao.get(HOME)
    assert "您包案4件：红2件、绿1件、已销号1件" in page.text
    assert "我包案的红黄绿事项 3" in page.text
    assert "只计一件" not in page.text

    same = {"to": first.number, "kind": "same_problem", "reason": "同一处。"}
    make_issue.act(Action.LINK, double, "sun", **same)
    monkeypatch.setattr(queries.sponsored, "SHOWN", 1)
    page = zhao.get(HOME)
    assert "您包案3件：红1件、绿1件、已销号1件" in page.text
    assert "我包案的红黄绿事项 3" in page.text
    assert "只计一件" in page.text
    (whole,) = (one for one in page.links if "sponsored" in one and "counted" not in one)
    assert "共 3 条" in zhao.get(whole).text


def test_nobody_fails_to_answer_what_cannot_be_answered_any_more(browser, make_issue, mine):
    issue = mine(primary_unit=BAZHOU)
    said = {"text": "请说明原因。", "due_on": "2025-11-25", "unit": BAZHOU}
    make_issue.act(Action.INSTRUCT, issue, "zhao", **said)
    clock.stand_still(date(2025, 11, 27))
    assert "批示到期没有答复 1" in browser.as_("zhao").get(HOME).text
    make_issue.act(Action.WITHDRAW, issue, "zhou", reason="误报")

    page = browser.as_("zhao").get(HOME)
    assert "批示到期没有答复 0" in page.text
    for name in ("zhao", "sun"):
        told = browser.as_(name).get("/instructions").text
        assert "事项已撤销，不再答复" in told, name
        assert "逾期" not in told


def test_what_is_struck_off_may_be_answered_and_is_not_offered_another_word(browser, people, mine):
    issue = mine(Status.CLOSED)
    with transaction():
        db.session.add(Instruction(
            issue_id=issue.id, leader_id=people.zhao.id, text="请说明原因。",
            given_on=date(2025, 11, 18), due_on=date(2025, 11, 24),
        ))  # fmt: skip
    zhao = browser.as_("zhao")
    page = zhao.get(HOME)
    assert "批示到期没有答复 1" in page.text
    assert f"{HOME}/{issue.id}" not in page.links
    zhao.get(f"{HOME}/{issue.id}", 409)


def test_who_did_not_answer_is_told_until_they_do(browser, make_issue, mine, people):
    issue = mine(primary_unit=BAZHOU)
    said = {"text": "请说明原因。", "due_on": "2025-11-25", "unit": BAZHOU}
    make_issue.act(Action.INSTRUCT, issue, "zhao", **said)
    zhao = browser.as_("zhao")
    assert "批示到期没有答复 0" in zhao.get(HOME).text
    assert "另有 1 份没有到期" in zhao.get(HOME).text

    clock.stand_still(date(2025, 11, 27))
    page = zhao.get(HOME)
    assert "批示到期没有答复 1" in page.text
    assert "巴州区 逾期 2 天" in page.text
    with transaction():
        told = digest.written(people.zhao, clock.today(), clock.today())
    assert [one["text"] for one in told["unanswered"]] == ["请说明原因。"]

    make_issue.act(Action.REPLY_INSTRUCTION, issue, "chenlead", text="已到现场研究。")
    assert "没有到期未答复的批示" in zhao.get(HOME).text


def test_two_taps_instruct_the_primary_unit_by_its_day(browser, mine):
    issue, zhao = mine(primary_unit=ENYANG), browser.as_("zhao")
    page = zhao.get(HOME)
    tap = next(one for one in page.links if one == f"{HOME}/{issue.id}")
    asked = zhao.get(tap)
    phrases = [one["value"] for one in asked.tree.all("button", name="phrase")]
    assert "请抓紧整改，按期完成。" in phrases
    form = asked.form(tap).drawn() | {"phrase": phrases[0]}
    zhao.send(tap, **form)
    zhao.send(tap, **form)  # the second tap of a shaking thumb

    (row,) = given()
    assert (row.text, row.unit.code, row.due_on) == (phrases[0], ENYANG, date(2025, 12, 2))


def test_own_words_stand_alone_or_behind_a_phrase_and_faults_at_their_field(browser, mine):
    issue, zhao = mine(), browser.as_("zhao")
    url = f"{HOME}/{issue.id}"
    assert zhao.post(url, 422).error("text")
    assert zhao.post(url, 422, text="请速办。", due_on="2025-11-01").error("due_on")
    zhao.post(url, text="请速办。")
    zhao.post(url, phrase="请抓紧整改，按期完成。", text="每周报我。", unit="")

    first, second = given()
    assert first.text == "请速办。"
    assert (second.text, second.unit_id) == ("请抓紧整改，按期完成。每周报我。", None)


def test_who_was_faster_is_told_and_nothing_is_lost(browser, make_issue, mine):
    issue, zhao = mine(), browser.as_("zhao")
    url = f"{HOME}/{issue.id}"
    form = zhao.get(url).form(url).drawn() | {"text": "请速办。"}
    make_issue.act(Action.RAISE_CARD, issue, "sun", colour="red", reason="逾期")

    page = zhao.send(url, 409, **form)

    assert "请速办。" in page.text
    assert "您打开后" in page.text
    assert given() == []


def test_phrases_are_the_citys_until_kept_and_again_when_given_up(browser, mine):
    with transaction():
        db.session.add(Setting(key="instruction_phrases", value=["请按市里要求办。"]))
    url, zhao = f"{HOME}/{mine().id}", browser.as_("zhao")

    def offered():
        return [one["value"] for one in zhao.get(url).tree.all("button", name="phrase")]

    assert offered() == ["请按市里要求办。"]
    page = zhao.post(f"{HOME}/phrases", phrases="马上办。\n马上办。\n请回告。", workdays="2")
    assert "您在用自己的常用语" in page.text
    assert offered() == ["马上办。", "请回告。"]
    assert zhao.get(url).form(url).drawn()["due_on"] == "2025-11-27"
    zhao.send(f"{HOME}/phrases", **zhao.bare({"usual": "1"}))
    assert offered() == ["请按市里要求办。"]
    assert zhao.post(f"{HOME}/phrases", 422, phrases="", workdays="2").error("phrases")
    assert zhao.post(f"{HOME}/phrases", 422, phrases="长" * 61, workdays="2").error("phrases")


def test_nobody_else_has_a_minute(browser, mine):
    url = f"{HOME}/{mine(primary_unit=BAZHOU).id}"
    for name in ("sun", "zhou", "chenlead", "he", "sysadmin"):
        browser.as_(name).get(HOME, 403)
    browser.as_("sun").post(url, 403, via="/", text="请速办。")
    browser.as_("wulead").post(url, 403, via="/", text="请速办。")
    assert db.session.scalar(select(func.count(Instruction.id))) == 0


def test_a_draft_is_out_of_a_leaders_sight(browser, make_issue):
    issue = make_issue(Status.DRAFT)
    browser.as_("zhao").get(f"{HOME}/{issue.id}", 404)
    browser.as_("zhao").post(f"{HOME}/{issue.id}", 404, via="/", text="请速办。")


def test_the_page_asks_the_same_of_many_tickets(browser, make_issue, mine, monkeypatch):
    issue, zhao = mine(), browser.as_("zhao")
    make_issue.act(Action.INSTRUCT, issue, "zhao", text="请速办。", due_on="2025-11-25")
    clock.stand_still(date(2025, 11, 27))
    zhao.get(HOME)
    few = len(zhao.get(HOME).statements)
    for _ in range(6):
        one = mine(deadline="2025-11-20")
        make_issue.act(Action.INSTRUCT, one, "zhao", text="请速办。", due_on="2025-11-27")
    clock.stand_still(date(2025, 11, 29))

    assert len(zhao.get(HOME).statements) == few
    monkeypatch.setattr(queries.sponsored, "SHOWN", 2)
    assert "此处列出最急的 2 件，共 7 件。" in zhao.get(HOME).text


def test_the_first_line_of_a_leaders_work_leads_there(browser, mine):
    page = browser.as_("zhao").get("/")
    main = page.tree.one("main")
    assert main.all("a")[0]["href"] == HOME
    assert HOME not in [one["href"] for one in browser.as_("sun").get("/").tree.all("a")]
