"""A found problem becomes a draft (登记问题)."""

from people import BAZHOU
from sqlalchemy import select

from extensions import db
from issues.colour.facts_of import measures_of
from issues.models import Event, Issue
from issues.vocabulary import Status

URL = "/issues/new"
FOUND = {
    "source": "AF",
    "title": "大茅坪镇场镇生活污水直排河道",
    "problem": "污水经雨水沟直排小溪河。",
    "region": BAZHOU,
}


def only_issue():
    return db.session.scalars(select(Issue)).one()


def test_it_does_it(browser):
    page = browser.as_("sun").post(URL, **FOUND)

    issue = only_issue()
    assert (issue.number, issue.status) == ("BZ-AF-2025-001", Status.DRAFT)
    assert page.heading == "BZ-AF-2025-001 大茅坪镇场镇生活污水直排河道"


def test_history_says_so(browser):
    browser.as_("lin").post(URL, **FOUND)

    event = db.session.scalars(select(Event).where(Event.subject == "ticket")).one()
    assert (event.action, event.actor, event.after) == ("register", "林督察", "draft")


def test_units_and_the_head_register_nothing(browser):
    for name in ("chen", "liulead", "zhou", "zhao", "he"):
        browser.as_(name).get(URL, expect=403)
        browser.as_(name).send(URL, expect=403, **browser.as_(name).bare(FOUND))


def test_bad_input_is_told_at_its_place_and_nothing_is_written(browser):
    wrong = {"title": "", "lon": "东边", "deadline_text": "改天", "measures-0-target": "3"}

    page = browser.as_("sun").post(URL, expect=422, **FOUND | wrong)

    assert page.error("title") == "请填写标题"
    assert "经度应是数字" in page.error("lon")
    assert "第1行 措施内容：请填写措施内容" in page.text
    assert page.form(URL).drawn()["problem"] == FOUND["problem"]
    assert db.session.scalars(select(Issue)).all() == []


def test_a_typed_measure_and_a_complainant_come_along(browser, people):
    more = {
        "primary_unit": BAZHOU,
        "measures-1-text": "修复管网",
        "complainant-name": "李先生",
        "complainant-phone": "13800000000",
    }

    page = browser.as_("sun").post(URL, **FOUND | more)

    assert [measure.text for measure in measures_of(only_issue())] == ["修复管网"]
    assert "李先生" not in page.html


def test_sent_twice_it_has_one_effect(browser):
    visitor = browser.as_("sun")
    filled = visitor.get(URL).form(URL).filled(FOUND)

    first = visitor.send(URL, expect=303, follow=False, **filled)
    second = visitor.send(URL, expect=303, follow=False, **filled)

    assert first.location == second.location
    assert only_issue().number == "BZ-AF-2025-001"
