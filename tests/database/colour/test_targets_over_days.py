"""Targets colour a ticket in the database, on every day, as a walk through the days says."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from rows import DAY, MOMENT, an_issue, save
from sqlalchemy import case, select

from extensions import db, transaction
from issues.colour.policies import policy_on, workdays
from issues.colour.settle import settle
from issues.models import Issue, Reading, Target
from issues.rules.colour import LADDER
from issues.rules.targets import Held, Measured, state
from issues.vocabulary import Colour, Nature, Sense, TargetState

pytestmark = pytest.mark.both

ONE = timedelta(days=1)
DAYS = [DAY + count * ONE for count in range(-50, 50)]
ROUNDS = 8
VALUES = ("27.3", "27.4", "27.5")


def drawn(draw, issue, people):
    """Two targets of one ticket with readings about their bound, and the same on paper."""
    paper = []
    for name in ("PM2.5", "氨氮"):
        due = draw.choice([DAY + 10 * ONE, DAY - 10 * ONE])
        held = Held(draw.choice([*Sense]), Decimal("27.4"), draw.choice([*Nature]), due=due)
        row = Target(
            issue_id=issue.id, name=name, sense=held.sense, value=held.value, nature=held.nature,
            due=due, entered_at=MOMENT, ended_why="",
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        told = [
            Measured(DAY + draw.randint(-40, 20) * ONE, Decimal(draw.choice(VALUES)))
            for _ in range(draw.randint(0, 4))
        ]
        db.session.add_all(
            Reading(
                issue_id=issue.id, target_id=row.id, pollutant=name, value=one.value,
                unit_of_value="", sampled_on=one.on, point="", laboratory="市站",
                entered_at=MOMENT, entered_by_id=people.liu.id, confirmed_at=MOMENT,
            )
            for one in told
        )  # fmt: skip
        paper.append((held, told))
    return paper


def expected(held, told, policy):
    """The colour of each day: the definition asked from day to day."""
    states = [state(held, told, day).state for day in DAYS]
    for place, day in enumerate(DAYS):
        if TargetState.MET in states[place:]:
            yield Colour.GREEN
            continue
        late = policy.target_missing_after
        if states[-1] is TargetState.NOT_MET:
            late = policy.target_red_after
        is_broken = states[place] is TargetState.NOT_MET and held.nature is Nature.KEEP
        if day >= held.due + late * ONE:
            yield Colour.RED
        else:
            is_near = day >= held.due - policy.target_ahead * ONE
            yield Colour.YELLOW if is_near or is_broken else Colour.GREEN


def in_sql():
    """The colour of every day, in one statement."""
    told = [
        case(*((rung.holds(Issue, day), rung.colour.value) for rung in LADDER), else_="green")
        for day in DAYS
    ]
    return [*map(Colour, db.session.execute(select(*told)).one())]


@pytest.mark.postgresql
def test_the_colour_of_a_day_is_that_of_its_gravest_target(people):
    draw = random.Random(163)  # noqa: S311 - the same targets every time
    save(an_issue("BZ-AF-2025-001", assigned_on=DAYS[0]))
    issue = db.session.scalars(select(Issue)).one()
    number, policy = policy_on(DAY)
    gravity = [Colour.GREEN, Colour.YELLOW, Colour.RED]
    for _ in range(ROUNDS):
        with transaction():
            for old in db.session.scalars(select(Target).where(Target.ended_at.is_(None))):
                old.ended_at, old.ended_why = MOMENT, "换一组"
            for told in db.session.scalars(select(Reading).where(Reading.withdrawn_at.is_(None))):
                told.withdrawn_at, told.withdraw_reason = MOMENT, "换一组"
            paper = drawn(draw, issue, people)
            settle(issue, MOMENT, (number, policy), workdays())
        each = [list(expected(held, told, policy)) for held, told in paper]
        worst = [max(colours, key=gravity.index) for colours in zip(*each, strict=True)]
        assert in_sql() == worst, paper
