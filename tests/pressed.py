"""Tickets a notice presses, made by the acts themselves, and the press the tests sign with."""

from datetime import datetime, timedelta

from flask import current_app

from extensions import db, transaction
from issues import acts, workflow
from issues.ground import clock
from issues.ground.clock import SHANGHAI
from issues.models import Card, Issue
from issues.notices.signing import Press
from issues.vocabulary import Action

SPRING = datetime(2025, 4, 10, 9, 0, tzinfo=SHANGHAI)


def noon(day):
    return datetime.fromisoformat(f"{day}T12:00:00+08:00")


def overdue(people, unit="511902", **changes):
    """A ticket of the unit, assigned in April and overdue since 1 November 2025."""
    detail = {
        "source": "AF",
        "title": "大茅坪镇场镇生活污水直排河道",
        "problem": "场镇污水管网破损渗漏，生活污水经雨水沟直排小溪河。",
        "region": unit,
        "deadline": "2025-10-31",
        "primary_unit": unit,
        "lead_unit": "511900-STHJ",
        "acceptance_unit": "511900-STHJ",
        "goal": "完成破损管网修复2.4公里。",
        "criteria": "沿线无直排。",
        "sponsor": "赵副市长",
    }
    with transaction():
        issue = acts.register(people.sun, detail | changes, at=SPRING)
        acts.do(Action.ASSIGN, issue, people.sun, {}, at=SPRING)
    return issue


def planned(people, **changes):
    """The same with a plan approved."""
    issue = overdue(people, **changes)
    measures = [
        {"text": "完成管网排查", "deadline": "2025-06-30"},
        {
            "text": "修复破损管网",
            "deadline": "2025-10-31",
            "target": "2.4",
            "unit_of_target": "公里",
        },
    ]
    with transaction():
        issue = workflow.load(issue.number, people.sun, for_change=True)
        acts.do(Action.ACKNOWLEDGE, issue, people.chenlead, {}, at=SPRING)
        acts.do(Action.SUBMIT_PLAN, issue, people.chenlead, {"measures": measures}, at=SPRING)
        acts.do(Action.APPROVE_PLAN, issue, people.liu, {"opinion": "同意"}, at=SPRING)
    return issue


def press():
    return Press(
        current_app.extensions["evidence"],
        current_app.extensions["faces"],
        lambda token: f"http://127.0.0.1/verify/{token}",
        is_example=True,
    )


ANSWER = "已抢修破损管网1.2公里，其余1.2公里增加两个班组施工，明确陈某专人负责。"
"""A text that says what was done, as the answer to a red card or a summons has to."""


def plan_rows(due="2025-12-20"):
    """A dated plan as an answer to a yellow- or red-card notice holds one."""
    return [{"text": "增加班组，抢修剩余管网", "person": "陈某", "due": due}]


PLAN_FORM = {"plan-0-text": "增加班组，抢修剩余管网", "plan-0-person": "陈某",
             "plan-0-due": "2025-12-20"}  # fmt: skip
"""The same as a page sends it."""


def long_red(issue):
    """A red card that has stood as long as a listing asks."""
    with transaction():
        fresh, day = db.session.get(Issue, issue.id), clock.today() - timedelta(days=60)
        fresh.card = "red"
        db.session.add(
            Card(issue_id=issue.id, round=1, colour="red", raised_on=day, reason="久拖未改")
        )
