"""A ticket with two targets of one item: each reading is held against both."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from extensions import db, transaction
from issues.colour.facts_of import facts_of
from issues.colour.targets_of import targets_of
from issues.ground import clock
from issues.models import Reading, Target
from issues.queries.ticket.targets import targets_on, targets_on_all
from issues.rules.targets import state
from issues.vocabulary import Nature, Sense, TargetState
from issues.workflow.effect.lacking import lacks_of

DAY = date(2025, 11, 10)
MET, NOT_MET = TargetState.MET, TargetState.NOT_MET


@pytest.fixture
def statements():
    told = []

    def note(_connection, _cursor, statement, *_rest):
        told.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield told
    event.remove(db.engine, "before_cursor_execute", note)


def target(issue, sense, value, name="pH"):
    return Target(
        issue_id=issue.id, name=name, sense=sense, value=Decimal(value), nature=Nature.LEVEL,
        is_required=True, entered_at=clock.now(), ended_why="",
    )  # fmt: skip


@pytest.mark.both
def test_ph_is_held_against_both_its_bounds(make_issue, people, statements):
    """By readings from before the targets, told of one of them or of none."""
    issue = make_issue(types=["水"])
    told = {
        "issue_id": issue.id, "point": "", "laboratory": "市站", "entered_at": clock.now(),
        "entered_by_id": people.chen.id, "confirmed_at": clock.now(),
    }  # fmt: skip
    other = {"value": Decimal("9.9"), "sampled_on": DAY}
    with transaction():
        row = Reading(
            pollutant="pH", unit_of_value="无量纲", value=Decimal(7), sampled_on=DAY, **told
        )
        db.session.add(row)
        db.session.add(Reading(pollutant="总磷", unit_of_value="mg/L", **other, **told))
        db.session.add(Reading(pollutant="pH", unit_of_value="mg/L", **other, **told))
    with transaction():
        low, high = target(issue, Sense.GE, "6"), target(issue, Sense.LE, "9")
        db.session.add_all([low, high])
    counts = []
    for of in (None, low.id, high.id):
        for place, (value, states) in enumerate(
            [("5.9", [NOT_MET, MET]), ("6.0", [MET, MET]), ("9.0", [MET, MET]),
             ("9.1", [MET, NOT_MET])]
        ):  # fmt: skip
            with transaction():
                row.value, row.target_id = Decimal(value), of
                row.sampled_on = DAY + timedelta(days=place)
            statements.clear()
            lines = targets_on(issue, clock.today())
            counts.append(len(statements))
            lines = [line for line in lines if line.row is not None]
            assert [line.judged.state for line in lines] == states, (value, of)
            assert [len(line.readings) for line in lines] == [1, 1]
            for facts in (targets_of(issue), facts_of(issue).targets):
                found = [state(one.held, one.readings, clock.today()).state for one in facts]
                assert found == states
            outside = [one.limit for one in lacks_of(issue) if one.is_outside]
            assert len(outside) == states.count(NOT_MET)

    with transaction():
        db.session.add_all(
            Reading(pollutant="pH", unit_of_value="", value=Decimal(7), sampled_on=DAY, **told)
            for _ in range(9)
        )
    statements.clear()
    lines = targets_on_all([issue], DAY)[issue.id]
    assert [len(line.readings) for line in lines if line.row is not None] == [10, 10]
    assert {*counts} == {len(statements)}, "as many statements of ten readings as of one"
