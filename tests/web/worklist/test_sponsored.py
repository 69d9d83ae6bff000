"""What a leader sponsors, each with the one line that says what to decide."""

import pytest

from extensions import transaction
from issues import acts
from issues.ground import clock
from issues.notices import drafting
from issues.queries.worklist import sponsored as queries
from issues.vocabulary import Action, NoticeKind, Status

PLAIN = ({"text": "清运"},)


@pytest.fixture
def sponsored(make_issue):
    """A ticket zhao sponsors."""

    def make(**fields):
        return make_issue(Status.RECTIFYING, sponsor_account="zhao", measures=PLAIN, **fields)

    return make


def lines(browser):
    """The line of each ticket, and whether it asks for the leader's own decision."""
    page = browser.as_("zhao").get("/")
    tables = [one for one in page.tree.all("table") if "我包案" in one.all("caption")[0].text]
    rows = tables[0].all("tbody")[0].all("tr") if tables else []
    return {
        row.all("a")[0].text: (row.all("td")[5].text, bool(row.all("td")[5].all("b")))
        for row in rows
    }


def test_a_calm_ticket_asks_for_nothing(browser, make_issue):
    issue = make_issue(Status.PLAN_REVIEW, sponsor_account="zhao")

    assert lines(browser) == {issue.number: ("方案待审，目前不需要您决定", False)}


def test_what_is_going_to_turn_is_told_with_its_day(browser, sponsored):
    issue = sponsored(deadline="2026-01-15")

    line, asks = lines(browser)[issue.number]

    assert line.startswith("如无新进展，2025-1")
    assert "转黄" in line
    assert not asks


def test_a_red_one_asks_for_a_decision_with_its_reason(browser, sponsored):
    issue = sponsored(deadline="2025-11-20")

    line, asks = lines(browser)[issue.number]

    assert line.startswith("红：")
    assert "2025年11月20日" in line
    assert line.endswith("请决定是否批示或约谈")
    assert asks


def test_a_notice_waits_for_the_signature(browser, people, sponsored):
    issue = sponsored(deadline="2025-11-20")
    with transaction():
        drafting.draft_by_hand(NoticeKind.N6, [issue.number], people.sun, clock.now())

    assert lines(browser)[issue.number] == ("挂牌督办待您签发", True)


def test_a_red_one_that_was_just_instructed_asks_for_no_second_word(browser, people, sponsored):
    issue = sponsored(deadline="2025-11-20")
    with transaction():
        said = {"text": "请说明原因", "due_on": "2025-11-26"}
        acts.do(Action.INSTRUCT, issue, people.zhao, said)

    line, asks = lines(browser)[issue.number]
    assert line.startswith("红：")
    assert line.endswith("已批示，限2025年11月26日前答复")
    assert not asks

    clock.stand_still(clock.today().replace(day=27))
    assert lines(browser)[issue.number] == ("批示逾期未答复，请决定是否再次批示或约谈", True)


def test_an_instruction_nobody_answered_comes_back(browser, people, sponsored, make_issue):
    issue = sponsored()
    with transaction():
        said = {"text": "请说明原因", "due_on": "2025-11-25"}
        acts.do(Action.INSTRUCT, issue, people.zhao, said)
    assert not lines(browser)[issue.number][1]

    clock.stand_still(clock.today().replace(day=26))

    assert lines(browser)[issue.number] == ("批示逾期未答复，请决定是否再次批示或约谈", True)


def test_an_extension_asked_for_is_told_and_is_the_heads(browser, sponsored, make_issue):
    issue = sponsored()
    make_issue.act(
        Action.REQUEST_EXTENSION, issue, "chenlead",
        cause="汛期", progress="过半", deadline="2026-07-31",
    )  # fmt: skip

    assert lines(browser)[issue.number] == ("单位申请延期，待市环委办负责人审批", False)


def test_what_asks_stands_first_and_no_closed_one(browser, people, sponsored, make_issue):
    calm_but_yellow = sponsored(deadline="2025-12-01")
    waits = sponsored()
    make_issue(Status.CLOSED, sponsor_account="zhao")
    with transaction():
        drafting.draft_by_hand(NoticeKind.N4, [waits.number], people.sun, clock.now())

    assert list(lines(browser)) == [waits.number, calm_but_yellow.number]


def test_one_struck_off_for_good_care_is_not_called_overdue(browser, make_issue):
    issue = make_issue(Status.STANDING, sponsor_account="zhao")
    clock.stand_still(clock.today().replace(year=2027))

    row = next(row for row in browser.as_("zhao").get("/").rows() if row[1] == issue.number)

    assert "逾期" not in row[4]


@pytest.mark.both
def test_another_leaders_tickets_are_not_mine(browser, make_issue):
    make_issue(Status.RECTIFYING, sponsor="某副市长")

    assert lines(browser) == {}


def test_more_than_are_listed_are_counted(browser, sponsored, monkeypatch):
    monkeypatch.setattr(queries, "SHOWN", 1)
    numbers = {sponsored().number, sponsored(deadline="2025-11-20").number}

    page = browser.as_("zhao").get("/")

    assert "我包案的红黄绿事项 2" in page.text
    assert "此处列出最急的 1 件，共 2 件。" in page.text
    assert sum(number in page.text for number in numbers) == 1
