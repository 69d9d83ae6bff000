"""The search as a person meets it: one box on every page, where the words stand, escaped."""

import pytest

from issues.vocabulary import Action, Status

WICKED = "<b onmouseover=alert(1)>粗</b>管网"


@pytest.fixture
def issue(make_issue):
    issue = make_issue(Status.RECTIFYING, title="小溪河污水直排", place="曾口镇")
    make_issue.act(Action.COMMENT, issue, "sun", text=f"请看{WICKED}，雨污要分流")
    return issue


def found_in(page):
    marks = [[mark.text for mark in one.all("mark")] for one in page.tree.all("ul", class_="hits")]
    return [one.text for one in page.tree.all("ul", class_="hits")], marks


@pytest.mark.parametrize("address", ["/issues?q=%s", "/search?q=%s", "/search?part=list&q=%s"])
def test_where_the_words_stand_is_told_and_marked(browser, issue, address):
    page = browser.as_("chen").get(address % "雨污 小溪河")

    told, marks = found_in(page)
    assert len(told) == 1
    assert "留言" in told[0]
    assert "雨污要分流" in told[0]
    assert "雨污" in marks[0]
    assert "小溪河" in [mark.text for mark in page.tree.all("mark")]


@pytest.mark.parametrize("address", ["/issues", "/search"])
def test_what_is_found_is_text_and_no_markup(browser, issue, address):
    page = browser.as_("sun").get(address, q="<b 管网")

    assert "&lt;b" in page.answer.get_data(as_text=True)
    assert page.tree.all("b", onmouseover="alert(1)") == []
    assert {mark.text for mark in page.tree.all("mark")} == {"<b", "管网"}
    nothing = browser.as_("sun").get(address, q="<i>没有</i>")
    assert nothing.tree.all("i") == []


def test_the_page_of_the_search_says_what_to_do(browser, issue):
    chen = browser.as_("chen")
    assert "写下要找的字" in chen.get("/search").text
    assert "没有找到“没有的词”" in chen.get("/search", q="没有的词").text
    page = chen.get("/search", q="bzq")
    assert page.tree.one("a", href=f"/issues/{issue.number}")
    assert page.tree.one("a", href="/issues?q=bzq")
    assert "没有找到“雨污”" in browser.as_("wu").get("/search", q="雨污", part="list").text


@pytest.mark.parametrize(
    "address", ["/", "/board", "/issues", "/search", "/notices", "/policy", "/account"]
)
def test_one_box_on_every_page(browser, address):
    for name in ("sun", "chen"):
        boxes = browser.as_(name).get(address).tree.all("input", type="search")
        assert [box["name"] for box in boxes].count("q") == 1, (name, address)


def test_who_sees_no_ticket_has_no_box(browser, issue):
    page = browser.as_("auditor").get("/account")

    assert page.tree.all("form", role="search") == []
    browser.as_("auditor").get("/search", expect=403)
