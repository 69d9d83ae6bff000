"""The main line on its pages, on both databases: seven people take a ticket from 待交办 to 已销号.

At each step everybody else is refused, and the ticket stays where it was.
"""

import io
from datetime import date

import pytest
import samples
from make import DETAIL
from sqlalchemy import select

from extensions import db
from issues import audit
from issues.colour.facts_of import measures_of
from issues.ground import clock
from issues.imprints import checking
from issues.models import Event, Evidence, Issue
from issues.vocabulary import Action, Standard, Status

pytestmark = pytest.mark.both

FOUND, SIGNED, PLANNED, APPROVED = (date(2025, 10, day) for day in (9, 10, 15, 16))
REPORTED, CLAIMED, ACCEPTED = (date(2025, 10, day) for day in (27, 28, 30))
CHECKED, AGREED, CLOSED = date(2025, 11, 3), date(2025, 11, 5), date(2025, 11, 20)
STRANGERS = {"wu": 404, "wulead": 404, "sysadmin": 404, "secadmin": 404, "auditor": 404}
MEASURES = {
    "measures-0-text": "完成场镇管网排查",
    "measures-0-deadline": "2026-03-31",
    "measures-1-text": "修复破损管网",
    "measures-1-target": "2.4",
    "measures-1-unit_of_target": "公里",
}
DONE = {
    "text": "全部完成。",
    "measures-0-done": "true",
    "measures-1-done": "true",
    "measures-1-reported": "2.4",
}
CHECK = {
    "place": "大茅坪镇场镇",
    "inspectors": "林督察、林二",
    "conclusion": "pass",
    "measures-0-conclusion": "pass",
    "measures-1-conclusion": "pass",
}


class Walk:
    """One ticket walked along the line by pages alone."""

    def __init__(self, browser):
        self.browser = browser
        clock.stand_still(FOUND)
        fields = {name: value for name, value in DETAIL.items() if value}
        browser.as_("sun").post("/issues/new", **fields)
        self.number = db.session.scalar(select(Issue.number))

    @property
    def issue(self):
        return db.session.scalars(select(Issue).where(Issue.number == self.number)).one()

    def step(self, action, who, on, ends, *, refused, **form):
        """`refused`: each wrong person with the answer they get; who comes last does it."""
        clock.stand_still(on)
        before = self.issue.status
        url = f"/issues/{self.number}/acts/{action.value}"
        for name, status in (STRANGERS | refused).items():
            visitor = self.browser.as_(name)
            visitor.get(url, expect=status)
            visitor.send(url, expect=status, **visitor.bare(form))
            assert self.issue.status is before, name
        self.browser.as_(who).post(url, **form)
        assert self.issue.status is ends

    def send_in(self, who, kind, data, name):
        visitor = self.browser.as_(who)
        form = visitor.bare({"kind": kind})
        visitor.send(f"/issues/{self.number}/evidence", file=(io.BytesIO(data), name), **form)
        return str(db.session.scalars(select(Evidence.id).order_by(Evidence.id.desc())).first())


@pytest.mark.postgresql
def test_from_draft_to_closed_by_seven_people(browser):
    walk = Walk(browser)
    out = dict.fromkeys(("chen", "chenlead", "liu", "liulead", "zhao"), 404)
    walk.step(
        Action.ASSIGN, "sun", FOUND, Status.ASSIGNED,
        refused=out | {"zhou": 403, "lin": 403, "he": 404},
    )  # fmt: skip
    walk.step(
        Action.ACKNOWLEDGE, "chen", SIGNED, Status.PLANNING,
        refused={"sun": 403, "zhou": 403, "liu": 403, "liulead": 403, "zhao": 403},
    )  # fmt: skip
    walk.step(
        Action.SUBMIT_PLAN, "chenlead", PLANNED, Status.PLAN_REVIEW,
        refused={"chen": 403, "sun": 403, "liulead": 403, "zhou": 403}, **MEASURES,
    )  # fmt: skip
    walk.step(
        Action.APPROVE_PLAN, "liu", APPROVED, Status.RECTIFYING,
        refused={"chen": 403, "chenlead": 403, "zhou": 403, "lin": 403}, opinion="同意",
    )  # fmt: skip
    walk.step(
        Action.REPORT_PROGRESS, "chen", REPORTED, Status.RECTIFYING,
        refused={"sun": 403, "liu": 403, "zhou": 403, "lin": 403}, **DONE,
    )  # fmt: skip
    walk.step(
        Action.CONFIRM_PROGRESS, "liu", REPORTED, Status.RECTIFYING,
        refused={"chen": 403, "chenlead": 403, "zhou": 403, "lin": 403}, opinion="属实",
    )  # fmt: skip
    assert all(measure.is_done for measure in measures_of(walk.issue))
    for kind, name in (("before", "前.jpg"), ("after", "后.jpg"), ("completion", "完工.jpg")):
        walk.send_in("chen", kind, samples.jpeg(comment=kind.encode()), name)
    walk.step(
        Action.REQUEST_ACCEPTANCE, "chenlead", CLAIMED, Status.FIRST_ACCEPTANCE,
        refused={"chen": 403, "sun": 403, "liulead": 403, "zhou": 403}, text="申请验收。",
    )  # fmt: skip
    walk.step(
        Action.PASS_FIRST_ACCEPTANCE, "liulead", ACCEPTED, Status.SITE_CHECK,
        refused={"chen": 403, "chenlead": 403, "sun": 403, "zhou": 403, "lin": 403},
        opinion="符合验收标准",
    )  # fmt: skip
    photo = walk.send_in("lin", "site_check", samples.png(), "现场.png")
    walk.step(
        Action.RECORD_SITE_CHECK, "lin", CHECKED, Status.APPROVAL,
        refused={"chen": 403, "liulead": 403, "sun": 403, "zhou": 403},
        photos=[photo], at="2025-11-03T09:30", **CHECK,
    )  # fmt: skip
    walk.step(
        Action.APPROVE_CLOSURE, "zhou", AGREED, Status.PUBLICITY,
        refused={"chenlead": 403, "liulead": 403, "sun": 403, "lin": 403},
        standards=[one.value for one in Standard], opinion="同意公示", confirmed="true",
    )  # fmt: skip
    walk.step(
        Action.CLOSE, "sun", CLOSED, Status.CLOSED,
        refused={"chenlead": 403, "liulead": 403, "zhou": 403, "lin": 403}, confirmed="true",
    )  # fmt: skip

    assert walk.issue.closed_on == CLOSED
    page = browser.as_("zhao").get(f"/issues/{walk.number}")
    assert "◇已销号" in page.text
    assert page.text.count("公示中 → 已销号") == 1
    doers = set(db.session.scalars(select(Event.actor).where(Event.subject == "ticket")))
    assert doers == {"孙经办", "陈经办", "陈区长", "刘经办", "刘局长", "林督察", "周主任"}
    assert list(audit.faults("known to every test and to nobody else")) == []
    assert list(checking.faults()) == []


@pytest.mark.sqlite
def test_publicity_lasts_ten_working_days(browser, make_issue):
    """From 7 November the tenth working day is the 21st; on the day after it may be closed."""
    issue = make_issue(Status.PUBLICITY)
    url = f"/issues/{issue.number}/acts/close"

    clock.stand_still(issue.publicity_until)
    browser.as_("sun").post(url, expect=409, confirmed="true")
    clock.stand_still(date(2025, 11, 22))
    browser.as_("sun").post(url, confirmed="true")

    assert issue.status is Status.CLOSED
