"""Figure 19: no step of the procedure is skipped, by whomever, in whatever state a ticket is."""

import contextvars
from datetime import date

import pytest
from people import BUREAU
from tally import tell

from extensions import db
from issues.models import Event, Issue
from issues.vocabulary import Action, Status
from issues.workflow.preconditions import PRECONDITIONS

OPINION, REASON, TEXT = {"opinion": "同意"}, {"reason": "情况属实"}, {"text": "已全部完成。"}
LATER = {"deadline": "2026-08-31", "reason": "雨季不能施工"}
CHECKED = {
    "at": "2025-11-20T09:00:00+08:00", "place": "大茅坪镇场镇", "inspectors": ["lin", "lin2"],
    "conclusion": "pass", "measures": [], "photos": [],
}  # fmt: skip
FOUND_ON = date(2025, 10, 20)
"""Its publicity is not over on the day of the tests."""
FORBIDDEN, HIDDEN, TOO_EARLY, UNPROVEN = 403, 404, 409, 422

SKIPS = {
    Status.DRAFT: (
        ("signed for before it was handed over", "chen", "acknowledge", {}, HIDDEN),
        ("handed over by a unit", "chen", "assign", {}, HIDDEN),
        ("closed as it was registered", "sun", "close", {}, TOO_EARLY),
        ("publicised as it was registered", "zhou", "approve_closure", OPINION, TOO_EARLY),
    ),
    Status.ASSIGNED: (
        ("planned before it was signed for", "chenlead", "submit_plan", {}, TOO_EARLY),
        ("signed for by another unit", "liu", "acknowledge", {}, FORBIDDEN),
        ("reported before it was signed for", "chen", "report_progress", TEXT, TOO_EARLY),
        ("closed as it was handed over", "sun", "close", {}, TOO_EARLY),
    ),
    Status.PLANNING: (
        ("a plan passed that was not sent", "liu", "approve_plan", OPINION, TOO_EARLY),
        ("a plan sent by who is no leader", "chen", "submit_plan", {}, FORBIDDEN),
        ("acceptance asked without a plan", "chenlead", "request_acceptance", TEXT, TOO_EARLY),
    ),
    Status.PLAN_REVIEW: (
        ("a plan passed by its own unit", "chenlead", "approve_plan", OPINION, FORBIDDEN),
        ("reported before the plan passed", "chen", "report_progress", TEXT, TOO_EARLY),
        ("longer time before the plan passed", "chenlead", "request_extension", LATER, TOO_EARLY),
    ),
    Status.RECTIFYING: (
        ("progress confirmed that nobody told", "liu", "confirm_progress", OPINION, TOO_EARLY),
        ("longer time granted unasked", "zhou", "grant_extension", OPINION, TOO_EARLY),
        ("longer time granted to oneself", "chenlead", "grant_extension", OPINION, FORBIDDEN),
        ("longer time granted by the office", "sun", "grant_extension", OPINION, FORBIDDEN),
        ("the deadline amended by the unit", "chen", "amend", REASON, FORBIDDEN),
        ("acceptance asked with nothing done", "chenlead", "request_acceptance", TEXT, UNPROVEN),
        ("acceptance asked by who is no leader", "chen", "request_acceptance", TEXT, FORBIDDEN),
        ("accepted unasked", "liulead", "pass_first_acceptance", OPINION, TOO_EARLY),
        ("checked on site before acceptance", "lin", "record_site_check", CHECKED, TOO_EARLY),
        ("publicised without a check", "zhou", "approve_closure", OPINION, TOO_EARLY),
        ("closed without review", "sun", "close", {}, TOO_EARLY),
        ("closed for a while, no letter", "sun", "interim_close", REASON, UNPROVEN),
        ("a card lifted that was not hung", "zhou", "lift_card", REASON, TOO_EARLY),
        ("withdrawn by the office alone", "sun", "withdraw", REASON, FORBIDDEN),
        ("merged by the office alone", "sun", "merge", REASON, FORBIDDEN),
    ),
    Status.FIRST_ACCEPTANCE: (
        ("accepted by who did the work", "chenlead", "pass_first_acceptance", OPINION, FORBIDDEN),
        ("accepted by who accepts elsewhere", "sun", "pass_first_acceptance", OPINION, FORBIDDEN),
        ("checked on site before it passed", "lin", "record_site_check", CHECKED, TOO_EARLY),
        ("closed before it passed", "sun", "close", {}, TOO_EARLY),
    ),
    Status.SITE_CHECK: (
        ("checked on site by the office", "sun", "record_site_check", CHECKED, FORBIDDEN),
        ("checked by one alone, no photo", "lin", "record_site_check", CHECKED, UNPROVEN),
        ("publicised before the check", "zhou", "approve_closure", OPINION, TOO_EARLY),
    ),
    Status.APPROVAL: (
        ("approved by the office", "sun", "approve_closure", OPINION, FORBIDDEN),
        ("approved with no standard met", "zhou", "approve_closure", OPINION, UNPROVEN),
        ("closed without the head", "sun", "close", {}, TOO_EARLY),
    ),
    Status.PUBLICITY: (
        ("closed before the ten days are over", "sun", "close", {}, TOO_EARLY),
        ("closed by who did the work", "chenlead", "close", {}, FORBIDDEN),
        ("closed by the head alone", "zhou", "close", {}, FORBIDDEN),
        ("an objection dismissed that none made", "sun", "dismiss_objection", REASON, TOO_EARLY),
    ),
    Status.CLOSED: (
        ("closed a second time", "sun", "close", {}, TOO_EARLY),
        ("withdrawn once it is closed", "zhou", "withdraw", REASON, TOO_EARLY),
        ("reported once it is closed", "chen", "report_progress", TEXT, TOO_EARLY),
        ("opened anew by its unit", "chenlead", "reopen", REASON, FORBIDDEN),
    ),
}  # fmt: skip
"""What is skipped, by whom, the act, what is said, and how it is refused."""


def skipped(api, make_issue, steps=SKIPS):
    """Each skip tried where the one ticket stands, which then goes on by the proper steps."""
    issue, found, tried = make_issue(Status.DRAFT, found_on=FOUND_ON), [], 0
    for status, skips in steps.items():
        if status is Status.CLOSED:
            issue = make_issue(Status.CLOSED)
        else:
            make_issue.advance(issue, status, FOUND_ON)
        for what, name, action, said, refused in skips:
            before = state(issue.number)
            answer = attempt(api, name, issue.number, action, said)
            tried += 1
            if answer.status_code != refused or state(issue.number) != before:
                found.append((what, name, answer.status_code, answer.get_data(as_text=True)[:80]))
    return found, tried


def attempt(api, name, number, action, said):
    caller, url = getattr(api, name), f"/api/v1/issues/{number}/actions/{action}"
    headers = {"Authorization": f"Bearer {caller.token}"}
    db.session.rollback()
    alone = contextvars.Context()
    return alone.run(caller.client.post, url, json=said, headers=headers)


def state(number):
    """Where the ticket stands, and how long its story is."""
    db.session.rollback()
    issue = db.session.query(Issue).filter_by(number=number).one()
    acts = db.session.query(Event).filter_by(subject="ticket", subject_id=issue.id)
    return issue.status, issue.version, issue.deadline, acts.count()


@pytest.mark.postgresql
def test_no_step_is_skipped(api, make_issue, database):
    found, tried = skipped(api, make_issue)

    assert tried >= 40
    tell(19, "跳过程序", tried, found, database)


def test_with_the_guard_off_skipped_steps_are_found(api, make_issue, monkeypatch):
    monkeypatch.setitem(PRECONDITIONS, Action.CLOSE, ())

    found, _ = skipped(api, make_issue, {Status.PUBLICITY: SKIPS[Status.PUBLICITY]})

    assert next(what for what, *_ in found) == "closed before the ten days are over"


def test_who_worked_on_it_does_not_accept_it_in_another_role(api, make_issue):
    issue = make_issue(Status.RECTIFYING, supporting_units=[BUREAU])
    make_issue.act(Action.REPORT_PROGRESS, issue, "liu", **TEXT)

    told = attempt(api, "liu", issue.number, "confirm_progress", OPINION)

    assert told.status_code == FORBIDDEN
