"""Colours kept right by whatever happens: acts, notices, new rules, a filled calendar.

After every step the office's check finds no difference; at the end every day walked through has
the colour in the past that it had when it was today, whatever was published since.
"""

from datetime import date, timedelta

import pytest
from pressed import noon, plan_rows, press
from sqlalchemy import case, select
from wandering import Wanderer

from extensions import db, transaction
from issues.colour.policies import policy_on
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.jobs.runner import tools_for
from issues.jobs.steps import check_thresholds
from issues.models import Issue, Notice, NoticeIssue
from issues.notices import acts as notice_acts, drafting
from issues.queries.board import tally
from issues.queries.ground.day import Standing
from issues.rules.colour import shown_colour
from issues.supervision import calendar, rulebook
from issues.vocabulary import OFF_BOARD, NoticeAct, NoticeKind, NoticeStatus

pytestmark = pytest.mark.both

STEPS = 45
ONE = timedelta(days=1)
HOLIDAYS = (
    "{year}-07-07至{year}-07-11 休 试验",
    "{year}-03-08 班 试验\n{year}-05-04至{year}-05-09 休",
)


class Office(Wanderer):
    """A wanderer who now and then also signs notices, publishes rules and fills calendars."""

    def __init__(self, seed, maker):
        super().__init__(seed, maker)
        self.colours = {}
        self.done = []

    def go_on(self):
        """Every day that passes keeps the colour of what is known on it."""
        before = self.at.date()
        super().go_on()
        row = db.session.get(Issue, self.issue.id)
        while before < self.at.date():
            self.colours[before] = colour(row, before)
            before += ONE
        clock.stand_still(self.at.date())

    def act(self):
        if self.draw.random() < 0.35:
            self._interfere()
        else:
            super().act()

    def _interfere(self):
        act = self.draw.choice([self._sign, self._sign, self._answer, self._publish, self._fill])
        try:
            with transaction():
                act()
            self.done.append(act.__name__)
        except Refusal as refusal:
            self.refused.append(refusal)

    def _sign(self):
        kind = self.draw.choice([NoticeKind.N1, NoticeKind.N2, NoticeKind.N2])
        people = self.people
        notice = drafting.draft_by_hand(kind, [self.issue.number], people.sun, self.at)
        signer = people.zhou if kind is NoticeKind.N2 else people.sun
        notice_acts.do(NoticeAct.SIGN, notice.id, signer, {}, press(), at=self.at)

    def _answer(self):
        rows = select(Notice).join(NoticeIssue).where(
            NoticeIssue.issue_id == self.issue.id, Notice.status == NoticeStatus.SIGNED,
            Notice.replied_at.is_(None),
        )  # fmt: skip
        notice = db.session.scalars(rows.order_by(Notice.id)).first()
        if notice is None:
            return
        act = NoticeAct.REPLY if notice.acknowledged_at else NoticeAct.ACKNOWLEDGE
        raw = {"text": "已整改"} if notice.acknowledged_at else {"name": "陈", "phone": "1234567"}
        if notice.acknowledged_at and notice.kind is NoticeKind.N2:
            raw["plan"] = plan_rows(clock.day_of(self.at).isoformat())
        actor = next(
            a for a in self.people if a.unit_id == notice.unit_id and a.name.endswith("lead")
        )
        notice_acts.do(act, notice.id, actor, raw, press(), at=self.at)

    def _publish(self):
        low = self.draw.randint(1, 20)
        changes = {
            "near_share": self.draw.randint(10, 90), "near_max": self.draw.randint(30, 90),
            "lag_yellow": low, "lag_red": low + self.draw.randint(1, 40),
            "report_grace": self.draw.randint(0, 8), "returns_to_red": self.draw.randint(1, 3),
        }  # fmt: skip
        rulebook.publish(
            policy_on(self.at.date())[1].document() | changes, name="试验", reason="试验",
            effective_from=self.at.date(), author=self.people.sun, approver=self.people.zhou,
            at=self.at,
        )  # fmt: skip

    def _fill(self):
        year = self.at.year
        lines = self.draw.choice(HOLIDAYS).format(year=year)
        calendar.fill_year(year, "试验", lines, self.people.sun, self.at)


def colour(row, day):
    return None if row.status in OFF_BOARD else shown_colour(row, day)


def boards(people, days):
    """What the board of each day counts, read from the past."""
    later = max(days) + ONE
    return {day: sorted(tally.cells(people.sun, Standing.on(day, later))) for day in days}


@pytest.mark.by_turns
@pytest.mark.parametrize("seed", range(2))
def test_every_day_keeps_the_colour_it_had(app, people, make_issue, seed):
    office = Office(seed, make_issue)

    for _ in range(STEPS):
        office.step()
        db.session.expire_all()
        tools = tools_for(clock.today(), app.extensions["evidence"], "secret")
        assert check_thresholds.find(tools) == []
        db.session.expire_all()

    assert len(office.colours) > 150
    for day, known in office.colours.items():
        then = Standing.on(day, office.at.date())
        found = db.session.execute(
            then.joined(select(case((then.on_board, then.colour))).select_from(Issue)).where(
                Issue.id == office.issue.id
            )
        ).scalar()
        assert (found or None) == (known and known.value), day


@pytest.mark.postgresql
def test_new_rules_change_no_board_of_an_earlier_day(people, make_issue):
    for number, deadline in enumerate(("2025-11-20", "2025-12-05", "2026-01-05", "2026-06-30")):
        make_issue(deadline=deadline, title=f"事项{number}", measures=({"text": "清运"},))
    today = date(2025, 11, 25)
    past = [today - timedelta(days=back) for back in range(1, 46)]
    before = boards(people, past)
    shares = {1: 90, 2: 5, 3: 60}

    for day, share in enumerate(shares.values()):
        at = noon((today + timedelta(days=day)).isoformat())
        clock.stand_still(at.date())
        with transaction():
            rulebook.publish(
                {"near_share": share, "near_max": 90, "overdue_grace": day}, name="试验",
                reason="试验", effective_from=at.date(), author=people.sun,
                approver=people.zhou, at=at,
            )  # fmt: skip
        assert boards(people, past) == before
        past.append(at.date())
        before[at.date()] = boards(people, [at.date()])[at.date()]
        before = {day: before[day] for day in past}

    assert len({tuple(cells) for cells in before.values()}) > 3
