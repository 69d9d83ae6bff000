"""The rules from what people do: acts on tickets and notices, nothing written by hand.

What is stored after each act is what the rules make of the records, and the office's check finds
no difference.
"""

from datetime import date

import pytest
from pressed import noon, plan_rows, press
from sqlalchemy import select

from extensions import db, transaction
from issues import acts, rounds, workflow
from issues.colour.facts_of import measures_of
from issues.ground import clock
from issues.jobs.runner import tools_for
from issues.jobs.steps import check_thresholds
from issues.models import Issue, IssueFiring, Notice
from issues.notices import acts as notice_acts, drafting
from issues.rules.colour import NEVER, computed_colour
from issues.vocabulary import (
    Action,
    Colour,
    EvidenceKind,
    NoticeAct,
    NoticeKind,
    RoundAct,
    Rule,
    Status,
)

TODAY = date(2025, 11, 25)
PLAIN = ({"text": "清运"},)
LENGTH = (
    {
        "text": "修复破损管网", "start": "2025-10-16", "deadline": "2026-01-24",
        "target": "100", "unit_of_target": "米",
    },
)  # fmt: skip
"""A line of a hundred days: on the test day 40 points are due."""


def since(issue, rule):
    """The stored first day of a rule; None where it never fires."""
    db.session.expire_all()
    return db.session.scalar(
        select(IssueFiring.since).where(IssueFiring.issue_id == issue.id, IssueFiring.rule == rule)
    )


def shown(issue, day=TODAY):
    db.session.expire_all()
    return computed_colour(db.session.get(Issue, issue.id), day)


@pytest.fixture(autouse=True)
def _the_check_finds_no_difference(app):
    yield
    db.session.rollback()
    tools = tools_for(clock.today(), app.extensions["evidence"], "secret")
    assert check_thresholds.find(tools) == []


@pytest.fixture
def signed(people):
    """`signed(issue, NoticeKind.N2, "2025-11-03")`: drafted by hand and signed on a day."""

    def sign(issue, kind, day):
        with transaction():
            notice = drafting.draft_by_hand(kind, [issue.number], people.sun, noon(day))
        signer = people.zhou if kind in (NoticeKind.N2, NoticeKind.N3) else people.sun
        return told(notice, NoticeAct.SIGN, signer, day)

    return sign


def record(people, action, issue, **raw):
    """An act of the office with a day among its details."""
    with transaction():
        fresh = workflow.load(issue.number, people.sun, for_change=True)
        acts.do(action, fresh, people.sun, raw)


def told(notice, act, actor, day, **raw):
    with transaction():
        return notice_acts.do(act, notice.id, actor, raw, press(), at=noon(day))


@pytest.mark.both
def test_y1_and_r1_follow_the_deadline_and_its_extension(make_issue):
    issue = make_issue(deadline="2025-12-05", measures=PLAIN)
    assert (since(issue, Rule.Y1), since(issue, Rule.R1)) == (
        date(2025, 11, 20), date(2025, 12, 6),
    )  # fmt: skip

    asked = {"cause": "连续降雨", "progress": "完成一半", "deadline": "2025-12-31"}
    make_issue.act(Action.REQUEST_EXTENSION, issue, "chenlead", **asked)
    assert since(issue, Rule.R1) == date(2025, 12, 6)
    make_issue.act(Action.GRANT_EXTENSION, issue, "zhou", opinion="同意")

    assert since(issue, Rule.R1) == date(2026, 1, 1)
    assert shown(issue) is Colour.GREEN


def test_y1_and_r1_rest_while_claimed_in_time_and_a_return_wakes_them(make_issue):
    issue = make_issue(deadline="2025-11-20", measures=PLAIN)
    assert shown(issue) is Colour.RED

    make_issue.claim(issue, noon("2025-11-18"))
    assert (since(issue, Rule.Y1), since(issue, Rule.R1)) == (None, None)

    returned = {"code": "1", "reason": "管网仍有破损"}
    make_issue.act(Action.RETURN_ACCEPTANCE, issue, "liulead", on=noon("2025-11-24"), **returned)
    assert since(issue, Rule.R1) == date(2025, 11, 21)
    assert since(issue, Rule.Y5) == date(2025, 11, 24)


def test_y2_and_r2_are_moved_by_confirmed_progress_alone(make_issue):
    issue = make_issue(deadline="2026-06-30", measures=LENGTH)
    (measure,) = measures_of(issue)
    assert since(issue, Rule.Y2) == date(2025, 10, 26)
    assert since(issue, Rule.R2) == date(2025, 11, 16)

    done = [{"id": measure.id, "reported": "35"}]
    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="完成35米。", measures=done)
    assert since(issue, Rule.R2) == date(2025, 11, 16)
    make_issue.act(Action.CONFIRM_PROGRESS, issue, "liu", opinion="属实")

    assert since(issue, Rule.Y2) == date(2025, 11, 30)
    assert since(issue, Rule.R2) == date(2025, 12, 21)
    assert shown(issue) is Colour.GREEN


def test_y3_and_r3_follow_a_measures_own_deadline(make_issue):
    issue = make_issue(measures=({"text": "排查", "deadline": "2025-11-10"},))
    (measure,) = measures_of(issue)
    assert since(issue, Rule.Y3) == date(2025, 11, 11)
    assert since(issue, Rule.R3) == date(2025, 11, 26)

    later = {"measures": [{"id": measure.id, "deadline": "2025-12-10"}]}
    make_issue.act(Action.AMEND, issue, "sun", fields=later, reason="雨期顺延")
    assert since(issue, Rule.Y3) == date(2025, 12, 11)

    make_issue.finish(issue, noon("2025-11-25"))
    assert since(issue, Rule.Y3) is None


def test_y4_is_a_report_missed_and_clears_when_one_is_filed(make_issue):
    """Approved in August: due on 30 September, the fourth working day after is 13 October."""
    issue = make_issue(found_on=date(2025, 8, 11), measures=PLAIN)
    assert since(issue, Rule.Y4) == date(2025, 10, 13)

    make_issue.act(Action.REPORT_PROGRESS, issue, "chen", text="正在清运。")

    assert since(issue, Rule.Y4) == date(2026, 1, 7)
    assert shown(issue) is Colour.GREEN


def test_y4_of_a_standing_ticket_is_due_by_the_quarter(make_issue):
    issue = make_issue(Status.STANDING, measures=PLAIN)

    assert since(issue, Rule.Y4) == date(2026, 1, 7)


def test_y5_is_the_first_return_and_a_later_first_acceptance_clears_it(make_issue):
    issue = make_issue(Status.FIRST_ACCEPTANCE, measures=PLAIN)
    make_issue.act(Action.RETURN_ACCEPTANCE, issue, "liulead", code="6", reason="佐证不全")
    assert since(issue, Rule.Y5) == TODAY
    assert shown(issue) is Colour.YELLOW

    make_issue.act(Action.REQUEST_ACCEPTANCE, issue, "chenlead", text="已补齐。")
    assert since(issue, Rule.Y5) == TODAY
    make_issue.act(Action.PASS_FIRST_ACCEPTANCE, issue, "liulead", opinion="符合")

    assert since(issue, Rule.Y5) is None


def test_r7_is_the_second_return_whoever_sends_back(make_issue):
    issue = make_issue(Status.FIRST_ACCEPTANCE, measures=PLAIN)
    make_issue.act(Action.RETURN_ACCEPTANCE, issue, "liulead", code="6", reason="佐证不全")
    assert since(issue, Rule.R7) is None
    make_issue.act(Action.REQUEST_ACCEPTANCE, issue, "chenlead", text="已补齐。")
    make_issue.act(Action.PASS_FIRST_ACCEPTANCE, issue, "liulead", opinion="符合")

    refused = {"conclusion": "return", "code": "1", "reason": "仍有直排"}
    make_issue.check(issue, noon("2025-11-25"), **refused)

    assert since(issue, Rule.R7) == TODAY
    assert shown(issue) is Colour.RED


def test_an_upheld_objection_ends_the_claim_and_is_no_return(make_issue, people):
    issue = make_issue(Status.PUBLICITY, measures=PLAIN)
    said = {"who": "周边群众", "text": "夜间仍有异味", "on": "2025-11-24"}
    record(people, Action.RECORD_OBJECTION, issue, **said)

    make_issue.act(Action.UPHOLD_OBJECTION, issue, "sun", reason="核实属实")

    assert issue.status is Status.RECTIFYING
    assert (since(issue, Rule.Y5), since(issue, Rule.R7)) == (None, None)
    assert since(issue, Rule.R1) == date(2026, 7, 1)


def test_y6_is_a_notice_not_signed_for_and_late_signing_clears_it(make_issue, signed, people):
    """Signed on Thursday the 6th: two working days end on Monday the 10th."""
    issue = make_issue(measures=PLAIN)
    notice = signed(issue, NoticeKind.N1, "2025-11-06")
    assert since(issue, Rule.Y6) == date(2025, 11, 11)

    acknowledged = {"name": "陈某", "phone": "0827-7654321"}
    told(notice, NoticeAct.ACKNOWLEDGE, people.chen, "2025-11-12", **acknowledged)
    assert since(issue, Rule.Y6) == date(2025, 11, 14)  # five working days: the 13th

    told(notice, NoticeAct.REPLY, people.chenlead, "2025-11-20", text="已整改。")
    assert since(issue, Rule.Y6) is None


def test_y6_of_an_assignment_is_answered_by_the_plan(make_issue, people):
    issue = make_issue(Status.ASSIGNED, found_on=date(2025, 10, 13))
    with transaction():
        notice = db.session.scalars(select(Notice).where(Notice.issue_id == issue.id)).one()
    assert since(issue, Rule.Y6) is None  # an unsigned draft colours nothing
    told(notice, NoticeAct.SIGN, people.sun, "2025-10-13")
    assert since(issue, Rule.Y6) == date(2025, 10, 16)

    make_issue.acknowledge(issue, noon("2025-10-20"))
    assert since(issue, Rule.Y6) == date(2025, 10, 28)
    make_issue.submit_plan(issue, noon("2025-10-29"))

    assert since(issue, Rule.Y6) is None


def test_a_void_notice_colours_nothing(make_issue, signed, people):
    issue = make_issue(measures=PLAIN)
    notice = signed(issue, NoticeKind.N1, "2025-11-06")

    told(notice, NoticeAct.VOID, people.sun, "2025-11-20", reason="文号有误")

    assert since(issue, Rule.Y6) is None


def test_r4_is_the_second_yellow_notice_that_lapsed(make_issue, signed, people):
    issue = make_issue(measures=PLAIN)
    raised = {"colour": "yellow", "reason": "进展迟缓"}
    make_issue.act(Action.RAISE_CARD, issue, "sun", on=noon("2025-11-03"), **raised)
    first = signed(issue, NoticeKind.N2, "2025-11-03")
    assert since(issue, Rule.R4) is None
    told(first, NoticeAct.ACKNOWLEDGE, people.chen, "2025-11-04", name="陈某", phone="7654321")
    late = {"text": "迟复。", "plan": plan_rows()}  # due on the 10th
    told(first, NoticeAct.REPLY, people.chenlead, "2025-11-11", **late)
    second = signed(issue, NoticeKind.N2, "2025-11-12")

    assert since(issue, Rule.R4) == date(2025, 11, 20)

    told(second, NoticeAct.ACKNOWLEDGE, people.chen, "2025-11-13", name="陈某", phone="7654321")
    in_time = {"text": "按时答复。", "plan": plan_rows()}
    told(second, NoticeAct.REPLY, people.chenlead, "2025-11-19", **in_time)
    assert since(issue, Rule.R4) is None


def test_r4_is_a_round_that_finds_the_unit_unable(make_issue, people):
    issue = make_issue(deadline="2025-12-01", measures=PLAIN)
    with transaction():
        held = rounds.open_on(TODAY, people.sun, clock.now())
    given = {"number": issue.number, "colour": "red", "reason": "无力完成", "unable": True}
    with transaction():
        rounds.decide(held.id, RoundAct.RAISE, people.sun, given, clock.now())
    assert since(issue, Rule.R4) is None
    with transaction():
        rounds.close(held.id, people.zhou, clock.now())

    assert since(issue, Rule.R4) == TODAY


def exposed(make_issue, people, issue):
    document = make_issue.evidence(issue, EvidenceKind.OTHER, "sun").id
    record(
        people, Action.RECORD_EXPOSURE, issue, level="province", medium="省厅通报",
        on="2025-11-20", reason="被点名", document=str(document),
    )  # fmt: skip


def test_r5_is_an_exposure_with_its_red_card_until_lifted(make_issue, people):
    issue = make_issue(measures=PLAIN)
    exposed(make_issue, people, issue)
    assert since(issue, Rule.R5) == date(2025, 11, 20)
    assert issue.card == "red"

    lifted = {
        "report": str(make_issue.evidence(issue, EvidenceKind.OTHER, "sun").id),
        "check": str(make_issue.evidence(issue, EvidenceKind.SITE_CHECK, "lin").id),
    }
    make_issue.act(Action.LIFT_CARD, issue, "zhou", reason="整改到位", **lifted)

    assert since(issue, Rule.R5) is None
    assert issue.card == "yellow"  # 黄·观察


def test_r5_ends_when_the_ticket_is_closed(make_issue, people):
    issue = make_issue(Status.PUBLICITY, measures=PLAIN)
    exposed(make_issue, people, issue)

    make_issue.act(Action.CLOSE, issue, "sun")

    assert (issue.yellow_from, issue.red_from, issue.card) == (NEVER, NEVER, "")


@pytest.mark.both
def test_r6_is_found_at_a_site_check(make_issue):
    issue = make_issue(Status.SITE_CHECK, measures=PLAIN)

    fake = {"conclusion": "fake", "code": "1", "reason": "以清代治"}
    make_issue.check(issue, noon("2025-11-25"), **fake)

    assert since(issue, Rule.R6) == TODAY
    assert issue.card == "red"


def test_r6_stays_on_a_closed_ticket_until_a_later_rounds_check_passes(make_issue, people):
    issue = make_issue(Status.CLOSED, measures=PLAIN)
    found = {
        "result": "relapse", "on": "2025-11-24", "reason": "反弹",
        "document": str(make_issue.evidence(issue, EvidenceKind.OTHER, "sun").id),
    }  # fmt: skip
    record(people, Action.RECORD_FINDING, issue, **found)
    assert since(issue, Rule.R6) == date(2025, 11, 24)
    assert shown(issue) is Colour.GREY

    make_issue.act(Action.REOPEN, issue, "sun", reason="反弹", deadline="2026-03-31")
    assert since(issue, Rule.R6) == TODAY  # none is dated before the round's assignment
    assert shown(issue) is Colour.RED
    make_issue.measures = [{"text": "重新清运"}]
    make_issue.advance(issue, Status.SITE_CHECK, TODAY)
    assert since(issue, Rule.R6) == TODAY
    make_issue.check(issue, noon("2025-11-25"))

    assert since(issue, Rule.R6) is None


def test_r6_is_found_at_a_look_back(make_issue):
    issue = make_issue(Status.CLOSED, measures=PLAIN)

    make_issue.act(
        Action.RECORD_LOOKBACK, issue, "lin", result="fake", at=noon("2025-11-25").isoformat(),
        place="大茅坪镇", inspectors=["lin", "lin2"], text="现场未整改",
    )  # fmt: skip

    assert since(issue, Rule.R6) == TODAY
