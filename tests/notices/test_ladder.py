"""N1 → N2 → N3 → N4 → N6 as the days pass and nobody answers, drafted by the job alone."""

from datetime import date, timedelta

import pytest
from pressed import press
from sqlalchemy import select

from extensions import db, transaction
from issues.ground import clock
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS
from issues.models import Issue, Notice
from issues.notices import acts
from issues.vocabulary import Action, NoticeAct, NoticeKind, NoticeStatus, Rule, Status

pytestmark = pytest.mark.both
SIGNERS = {"N1": "sun", "N2": "zhou", "N3": "zhou", "N4": "zhao", "N6": "zhao"}
SUMMONED = {
    "meeting_place": "市政府三楼会议室", "meeting_host": "赵副市长", "meeting_attendees": ["局长"],
}  # fmt: skip
START, DEADLINE = date(2025, 11, 25), date(2025, 12, 10)


class Days:
    """The days of one ticket: each morning the job runs, and whatever is drafted is signed."""

    def __init__(self, app, people, issue):
        self.app, self.people, self.issue, self.on = app, people, issue, START
        self.told = []

    def until(self, day, *, signing=True):
        while self.on <= day:
            clock.stand_still(self.on)
            tools = tools_for(self.on, self.app.extensions["evidence"], "secret")
            assert run_once(JOBS["draft-notices"], tools).failed == 0
            if signing:
                self.sign()
            self.on += timedelta(days=1)
        clock.stand_still(day)
        return self.told

    def sign(self):
        drafts = select(Notice).where(
            Notice.issue_id == self.issue.id, Notice.status == NoticeStatus.DRAFT,
            Notice.kind != NoticeKind.N0,
        )  # fmt: skip
        found = [(row.id, row.kind.value, row.trigger) for row in db.session.scalars(drafts)]
        for id_, kind, trigger in sorted(found):
            with transaction():
                raw = SUMMONED if kind == "N4" else {}
                acts.do(NoticeAct.SIGN, id_, self.people[SIGNERS[kind]], raw, press())
            self.told.append((kind, trigger, self.on.isoformat()))

    def rules(self):
        db.session.rollback()
        return {Rule(one["rule"]) for one in db.session.get(Issue, self.issue.id).firings}


@pytest.fixture
def days(app, people, make_issue):
    issue = make_issue(
        Status.RECTIFYING, deadline=DEADLINE.isoformat(), measures=({"text": "清运"},)
    )
    return Days(app, people, issue)


def kinds(told):
    return [(kind, trigger) for kind, trigger, _on in told]


@pytest.mark.sqlite
def test_silence_climbs_the_whole_ladder(days, make_issue, people):
    told = days.until(DEADLINE)
    assert kinds(told) == [("N1", "first_yellow"), ("N2", "unanswered")]
    first = date.fromisoformat(told[0][2])
    assert date.fromisoformat(told[1][2]) > first + timedelta(days=2)
    assert Rule.Y6 in days.rules()

    days.until(DEADLINE + timedelta(days=1))
    with transaction():
        make_issue.act(Action.RAISE_CARD, days.issue, "sun", colour="red", reason="已逾期")
    raised = clock.today()
    days.until(raised + timedelta(days=1))
    assert kinds(told)[-1] == ("N3", "red_card")

    days.until(raised + timedelta(days=29))
    assert kinds(told)[-1] == ("N4", "lapsed_red"), "the answer to N3 never came"
    days.until(raised + timedelta(days=59))
    assert kinds(told)[-1] == ("N4", "lapsed_red"), "no second summons while the first is open"
    days.until(raised + timedelta(days=60))
    assert kinds(told)[-1] == ("N6", "very_long_red")
    days.until(raised + timedelta(days=70))
    assert len(kinds(told)) == len(set(kinds(told))), "each once, however often the job ran"


@pytest.mark.sqlite
def test_an_answer_in_time_climbs_no_further(days, people):
    told = days.until(START + timedelta(days=2))
    assert kinds(told) == [("N1", "first_yellow")]
    notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N1)).one()
    with transaction():
        for act, raw in (
            (NoticeAct.ACKNOWLEDGE, {"name": "陈某", "phone": "1"}),
            (NoticeAct.REPLY, {"text": "已加快推进。"}),
        ):
            acts.do(act, notice.id, people.chen, raw, press())

    assert kinds(days.until(DEADLINE)) == [("N1", "first_yellow")]
    assert Rule.Y6 not in days.rules()


@pytest.mark.postgresql
def test_a_returned_answer_is_owed_again_and_then_late(days, people):
    days.until(START + timedelta(days=2))
    notice = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N1)).one()
    steps = (
        (NoticeAct.ACKNOWLEDGE, "chen", {"name": "陈某", "phone": "1"}),
        (NoticeAct.REPLY, "chen", {"text": "正在办。"}),
        (NoticeAct.RETURN_REPLY, "sun", {"reason": "没有具体措施", "due": "2025-12-01"}),
    )
    for act, name, raw in steps:
        with transaction():
            acts.do(act, notice.id, people[name], raw, press())

    assert kinds(days.until(date(2025, 12, 1))) == [("N1", "first_yellow")]
    assert kinds(days.until(date(2025, 12, 3)))[-1] == ("N2", "unanswered")
