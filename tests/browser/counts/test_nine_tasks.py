"""The steps of the commonest tasks: counted as they are done; the manual says the same."""

import re
from pathlib import Path

import pytest
from newcomers import LEDGER
from pressed import planned
from sqlalchemy import func, select

from extensions import db
from issues.models import Issue, Notice
from issues.vocabulary import Action, NoticeStatus, Status

pytestmark = pytest.mark.browser
(MANUAL,) = Path(__file__).parents[3].glob("docs/manual/*/减负.md")
ROW = re.compile(r"^\| ([^|]+) \| [^|]+ \| (\d+) \| (\d+) \|", re.MULTILINE)
SAID = {task: (int(steps), int(typed)) for task, steps, typed in ROW.findall(MANUAL.read_text())}
TEN = 10


class Hand:
    """Counts a click, a choice of a file and a tick; what is typed is none of these tasks."""

    def __init__(self, window):
        self.page, self.steps = window.page, 0

    def click(self, found, *, leads_on=True):
        if leads_on:
            with self.page.expect_navigation():
                found.click()
        else:
            found.click()
        self.steps += 1

    def link(self, **by):
        self.click(self.page.locator("main").get_by_role("link", **by).first)

    def button(self, label):
        self.click(self.page.locator("main").get_by_role("button", name=label, exact=True))

    def act(self, issue, action):
        """From my work to the act's page, and the act."""
        self.click(self.page.locator(f"main a[href='/issues/{issue.number}/acts/{action}']").first)
        for box in self.page.locator("main [name=standards], #f-confirmed").all():
            self.click(box, leads_on=False)
        self.button(action.label)


def counted(hand, task):
    assert (hand.steps, 0) == SAID[task], task


def test_what_waits_in_my_work_is_done_in_as_many_steps_as_the_manual_says(desk, make_issue):
    waits = {
        Action.CONFIRM_PROGRESS: ("liu", "确认进展一件", Status.RECTIFYING),
        Action.PASS_FIRST_ACCEPTANCE: ("liulead", "初验一件", Status.FIRST_ACCEPTANCE),
        Action.APPROVE_CLOSURE: ("zhou", "审定一件", Status.APPROVAL),
    }
    issues = {action: make_issue(status) for action, (_, _, status) in waits.items()}
    reported = issues[Action.CONFIRM_PROGRESS]
    make_issue.act(Action.REPORT_PROGRESS, reported, "chen", text="已开工，完成沟槽开挖。")
    new = make_issue(Status.ASSIGNED)
    chen = desk("chen")
    chen.open("/")
    hand = Hand(chen)
    hand.link(name=re.compile(new.number))
    hand.button(Action.ACKNOWLEDGE.label)
    counted(hand, "签收一件")

    for action, (name, task, _) in waits.items():
        seen = desk(name)
        seen.open("/")
        hand = Hand(seen)
        hand.act(issues[action], action)
        assert f"已办理“{action.label}”" in seen.text
        counted(hand, task)


def test_a_ledger_is_brought_in(desk, people):
    sun = desk("sun")
    page = sun.open("/issues")
    hand = Hand(sun)
    hand.link(name="导入")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file = {"name": "台账.xlsx", "mimeType": kind, "buffer": LEDGER.read_bytes()}
    page.locator("main [name=workbook]").set_input_files(file)
    hand.steps += 1
    hand.button("上传并识别")
    hand.link(name="确认导入")
    hand.button("导入 117 个问题")

    db.session.rollback()
    assert db.session.scalar(select(func.count(Issue.id))) == 117
    counted(hand, "导入一份台账")


def test_ten_papers_are_signed(desk, browser, make_issue, people):
    for place in range(TEN):
        issue = planned(people, title=f"第{place}处河道问题")
        browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=issue.number)
    db.session.rollback()
    zhou = desk("zhou")
    zhou.open("/notices")
    hand = Hand(zhou)
    hand.link(name=re.compile("批量签发"))
    hand.button("逐件核对所选文书")
    hand.button("签发勾选的文书")

    db.session.rollback()
    signed = select(func.count(Notice.id)).where(Notice.status == NoticeStatus.SIGNED)
    assert db.session.scalar(signed) == TEN
    counted(hand, "签发十件文书")
