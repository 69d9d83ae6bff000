"""The page of one ticket: what stands there, for whom, and of which day."""

from datetime import date

import pytest
from act_cases import record
from people import BUREAU

from issues.colour.facts_of import measures_of
from issues.ground import clock
from issues.queries.ticket import page as queries
from issues.vocabulary import Action, EvidenceKind, Status


def url(issue):
    return f"/issues/{issue.number}"


@pytest.fixture
def late(make_issue):
    """Signed for by nobody: near its day from 2 October, overdue from 2 November."""
    return make_issue(Status.ASSIGNED, found_on=date(2025, 4, 10), deadline="2025-11-01")


def test_head_and_facts(browser, make_issue):
    issue = make_issue(Status.RECTIFYING, sponsor="赵副市长", types=["水"])

    page = browser.as_("chen").get(url(issue))

    assert page.heading == f"{issue.number} {issue.title}"
    for said in ("整改中", "剩 217 天", "个工作日", "包案 赵副市长", "主责单位巴州区",
                 "牵头单位市生态环境局", "监测报告 还差 2 份", "整改前照片 还差 1 份"):  # fmt: skip
        assert said in page.text


@pytest.mark.parametrize(
    ("status", "who", "act"),
    [
        (Status.DRAFT, "sun", Action.ASSIGN),
        (Status.ASSIGNED, "chen", Action.ACKNOWLEDGE),
        (Status.PLANNING, "chenlead", Action.SUBMIT_PLAN),
        (Status.PLAN_REVIEW, "liu", Action.APPROVE_PLAN),
        (Status.RECTIFYING, "chenlead", Action.REPORT_PROGRESS),
        (Status.FIRST_ACCEPTANCE, "liulead", Action.PASS_FIRST_ACCEPTANCE),
        (Status.SITE_CHECK, "lin", Action.RECORD_SITE_CHECK),
        (Status.APPROVAL, "zhou", Action.APPROVE_CLOSURE),
        (Status.PUBLICITY, "sun", Action.CLOSE),
    ],
)
def test_the_one_button_is_the_next_act_of_this_person(browser, make_issue, status, who, act):
    issue = make_issue(status)

    page = browser.as_(who).get(url(issue))

    bar = page.tree.one("div", class_="page-actions act-bar")
    primary = [
        node.text for node in bar.all("a", "button") if "btn-primary" in (node["class"] or "")
    ]
    assert primary == [act.label]


def test_acceptance_is_the_next_act_once_everything_is_there(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    make_issue.finish(issue, clock.now())

    page = browser.as_("chenlead").get(url(issue))

    bar = page.tree.one("div", class_="page-actions act-bar")
    assert bar.all("a")[0].text == Action.REQUEST_ACCEPTANCE.label


def test_who_only_looks_has_no_button(browser, make_issue):
    page = browser.as_("he").get(url(make_issue(Status.RECTIFYING)))

    assert page.tree.one("div", class_="page-actions act-bar").text == ""


def test_who_has_no_next_step_finds_what_may_be_done_under_more(browser, make_issue):
    page = browser.as_("sun").get(url(make_issue(Status.APPROVAL)))

    bar = page.tree.one("div", class_="page-actions act-bar")
    assert not bar.all("a", class_="btn btn-primary")
    assert Action.RAISE_CARD.label in [link.text for link in bar.all("a")]


def test_another_unit_and_drafts_are_out_of_sight(browser, make_issue):
    browser.as_("wu").get(url(make_issue(Status.RECTIFYING)), expect=404)
    browser.as_("chen").get(url(make_issue(Status.DRAFT)), expect=404)
    browser.as_("chen").get("/issues/BZ-AF-2025-999", expect=404)


def test_why_it_has_this_colour(browser, late):
    page = browser.as_("chen").get(url(late))

    why = page.tree.one("section", id="why").text
    assert "R1 逾期 自 2025-11-02 起" in why
    assert "时限2025年11月1日，已过24天，未申请验收" in why
    assert "解除办法" in why
    assert "规则初始版" in why
    assert "待确认" in why
    assert "尚未挂牌" in why


def test_a_red_card_confirms_the_colour(browser, make_issue, late):
    make_issue.act(Action.RAISE_CARD, late, "sun", colour="red", reason="逾期未签收")

    why = browser.as_("chen").get(url(late)).tree.one("section", id="why").text

    assert "现挂红牌" in why
    assert "待确认" not in why


@pytest.mark.parametrize(
    ("on", "colour"),
    [("2025-10-01", "■绿"), ("2025-10-02", "▲黄"), ("2025-11-01", "▲黄"), ("2025-11-02", "●红")],
)
def test_the_colour_of_a_past_day(browser, late, on, colour):
    page = browser.as_("chen").get(url(late), on=on)

    assert colour in page.tree.one("div", class_="ticket-title").text
    assert f"这里显示的是 {on} 的颜色" in page.text


def test_before_it_was_found_it_had_no_colour(browser, late):
    page = browser.as_("chen").get(url(late), on="2025-04-09")

    assert "该日尚未登记本事项" in page.text


def test_what_comes_next_if_nothing_happens(browser, make_issue):
    issue = make_issue(Status.PLANNING, deadline="2026-01-31")

    why = browser.as_("chen").get(url(issue)).tree.one("section", id="why").text

    assert "如无新的进展，将于 2026-01-02 变为 ▲黄" in why


def test_reported_and_confirmed_stand_apart(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    second = measures_of(issue)[1]
    said = [{"id": second.id, "reported": "1.2"}]
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="过半。", measures=said)

    page = browser.as_("chen").get(url(issue))

    _, _, _, reported, confirmed, bar = page.rows()[1]
    assert (reported, confirmed) == ("1.2 公里", "0/2.4 公里")
    assert bar.startswith("确认 0%")


def test_the_story_holds_acts_files_and_colours_and_can_be_narrowed(browser, make_issue, late):
    make_issue.evidence(late, EvidenceKind.OTHER, "sun")

    whole = browser.as_("sun").get(url(late)).tree.one("ol", class_="story")
    kinds = {item["data-kind"] for item in whole.all("li")}
    assert kinds == {"act", "evidence", "colour"}
    assert "颜色变为红" in whole.text

    narrowed = browser.as_("sun").get(url(late), show="colour").tree.one("ol", class_="story")
    assert {item["data-kind"] for item in narrowed.all("li")} == {"colour"}


def test_what_lies_beside_it_is_listed(browser, make_issue):
    issue = make_issue(Status.RECTIFYING)
    wanted = {"cause": "汛期", "progress": "六成", "deadline": "2026-08-15"}
    make_issue.act(Action.REQUEST_EXTENSION, issue, "chenlead", **wanted)
    make_issue.act(Action.RAISE_CARD, issue, "sun", colour="yellow", reason="推进迟缓")

    page = browser.as_("chen").get(url(issue))

    assert "2026-08-15 待审 汛期" in page.tree.one("section", id="extensions").text
    assert "黄牌 2025-11-25 未摘牌 推进迟缓" in page.tree.one("section", id="cards").text


def test_objections_and_checks_are_listed(browser, make_issue):
    issue = make_issue(Status.PUBLICITY)
    said = {"who": "居民代表", "text": "仍有异味", "on": "2025-11-20"}
    record(make_issue, Action.RECORD_OBJECTION, issue, "sun", **said)

    page = browser.as_("chen").get(url(issue))

    assert "居民代表 仍有异味 待处理" in page.tree.one("section", id="objections").text
    assert "林督察、林二 核查通过" in page.tree.one("section", id="visits").text


def test_units_never_see_covert_files_or_planned_lookbacks(browser, make_issue):
    issue = make_issue(Status.CLOSED, source="SD")
    photo = make_issue.evidence(issue, EvidenceKind.SITE_CHECK, "lin")
    assert photo.is_covert

    for name in ("chen", "liu", "liulead"):
        page = browser.as_(name).get(url(issue))
        assert photo.name not in page.text
        assert "回头看" not in page.text
    seen = browser.as_("lin").get(url(issue)).text
    assert photo.name in seen
    assert "计划2026-05" in seen


def test_many_measures_and_files_ask_no_more_of_the_database(browser, make_issue):
    many = [{"text": f"措施之{n}", "deadline": "2026-03-31"} for n in range(1, 31)]
    first, small, issue = (
        make_issue(Status.RECTIFYING, measures=many[:count], supporting_units=[BUREAU])
        for count in (1, 1, 30)
    )
    make_issue.evidence(small)
    for _ in range(12):
        make_issue.evidence(issue)
    chenlead = browser.as_("chenlead")
    chenlead.get(url(first))
    few = len(chenlead.get(url(small)).statements)

    page = chenlead.get(url(issue))

    assert len(page.rows()) == 30
    assert len(page.statements) == few <= 30


def test_a_history_longer_than_is_listed_says_so(browser, make_issue, monkeypatch):
    monkeypatch.setattr(queries, "MOST_EVENTS", 2)
    long, short = make_issue(), make_issue(Status.DRAFT)

    cut, whole = (browser.as_("sun").get(f"/issues/{one.number}").text for one in (long, short))

    assert "更早的见一题一档" in cut
    assert "更早的见一题一档" not in whole
