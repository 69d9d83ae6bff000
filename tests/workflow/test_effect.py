"""Readings that gate: what a ticket lacks in Python and in SQL, and who stops it on its way."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from extensions import db, transaction
from issues.ground import clock
from issues.ground.refusals import Incomplete, WrongStatus
from issues.models import Issue, Reading, Target, Waiver
from issues.vocabulary import Action, EvidenceKind, Nature, Sense, Status
from issues.workflow.effect.conditions import is_hollow, is_relapsed, is_wanting
from issues.workflow.effect.lacking import lacks_of

pytestmark = pytest.mark.both
TODAY = clock.today
LIMIT = {"name": "氨氮", "sense": Sense.LE, "value": Decimal("1.0"), "unit_of_value": "mg/L"}


def target(issue, **changes):
    with transaction():
        db.session.add(row := target_row(issue, **changes))
    return row


def target_row(issue, **changes):
    told = LIMIT | {"nature": Nature.LEVEL, "is_required": True, "entered_at": clock.now()}
    return Target(issue_id=issue.id, **told | changes)


def reading(make_issue, issue, value, days=1, **changes):
    with transaction():
        db.session.add(row := reading_row(make_issue.people, issue, value, days, **changes))
    return row


def reading_row(people, issue, value, days, by=None, **changes):
    """As it is read from a form, `days` before today; `by` confirms it."""
    told = {"pollutant": "氨氮", "unit_of_value": "mg/L", "point": "", "laboratory": "监测站"}
    told["entered_at"] = clock.now()
    if by:
        told |= {"confirmed_at": clock.now(), "confirmed_by_id": people[by].id}
    return Reading(
        issue_id=issue.id, value=Decimal(value), sampled_on=clock.today() - timedelta(days=days),
        entered_by_id=people["chen"].id, unit_id=people["chen"].unit_id, **told | changes,
    )  # fmt: skip


def report(make_issue, issue):
    return make_issue.evidence(issue, EvidenceKind.MONITORING).id


def said(issue):
    return [one.sentence for one in lacks_of(issue)]


WANTING = select(Issue.id).where(is_wanting())


def wanting():
    return set(db.session.scalars(WANTING))


def agreed(issue):
    """Whether it lacks anything, where both say the same."""
    lacks = bool(lacks_of(issue))
    assert (issue.id in wanting()) == lacks, said(issue)
    return lacks


@pytest.mark.sqlite
def test_each_step_to_two_dates_within_the_limit(make_issue):
    issue = make_issue(types=["水"])
    assert not agreed(issue)
    target(issue)
    assert agreed(issue)
    assert "还没有读数" in said(issue)[0]
    first = reading(make_issue, issue, "9.9", days=3)
    assert agreed(issue)
    assert said(issue) == [f"氨氮：要求≤1.0mg/L，{first.sampled_on}读数9.9mg/L，未达标，待审核"]
    held = report(make_issue, issue)
    reading(make_issue, issue, "1.0", days=2, by="liu", evidence_id=held)
    assert agreed(issue)
    assert "现有1个" in said(issue)[0]
    reading(make_issue, issue, "0.99", days=2, by="liu", evidence_id=held)
    assert agreed(issue), "two of one day are one date"
    later = reading(make_issue, issue, "0.98", by="liu")
    assert agreed(issue), "without a report it does not count"
    assert "没有所在的监测报告" in said(issue)[0]
    with transaction():
        later.evidence_id = held
    assert not agreed(issue)
    reading(make_issue, issue, "1.01", days=0)
    assert agreed(issue), "what waits for its review holds up where it is outside"


def random_ones(people, issue, dice, held):
    """Targets of every sense and nature, and readings around their limits."""
    some = [
        target_row(
            issue, name=dice.choice(["氨氮", "总磷"]), sense=dice.choice(list(Sense)),
            nature=dice.choice(list(Nature)), value=Decimal(dice.choice(["1.0", "27.4", "100"])),
            start=dice.choice([None, clock.today() - timedelta(days=2)]),
            is_required=dice.choice([True, True, True, False]),
        )
        for _ in range(dice.randint(0, 2))
    ]  # fmt: skip
    struck = {"withdrawn_at": clock.now(), "withdraw_reason": "录错"}
    rows = [
        reading_row(
            people, issue, dice.choice(["0.9", "1", "1.00", "1.1", "27.4", "99.9", "100"]),
            dice.randint(0, 3), pollutant=dice.choice(["氨氮", "总磷"]),
            point=dice.choice(["", "断面一"]), by=dice.choice([None, "liu", "liu"]),
            evidence_id=dice.choice([None, held, held]), high=dice.choice([None, Decimal(1)]),
            unit_of_value=dice.choice(["mg/L", "mg/L", "mg/L", "μg/L"]),
            **dice.choice([{}, {}, {}, {}, struck]),
        )
        for _ in range(dice.randint(0, 6))
    ]  # fmt: skip
    db.session.add_all([*some, *rows])
    db.session.flush()
    if rows and dice.choice([True, False, False]):
        rows[-1].corrects_id = rows[0].id if rows[0] is not rows[-1] else None
        db.session.flush()


def test_python_and_sql_say_the_same_of_any_readings(make_issue):
    issues = [make_issue(types=["水"]), make_issue(types=["固废"])]
    held = {issue.id: report(make_issue, issue) for issue in issues}
    dice, found = random.Random(16), set()  # noqa: S311 - the same cases in every run
    for _ in range(14):
        for issue in issues:
            random_ones(make_issue.people, issue, dice, held[issue.id])
        wants = wanting()
        for issue in issues:
            lacks = bool(lacks_of(issue))
            assert (issue.id in wants) == lacks, said(issue)
            found.add((issue.id, lacks))
        db.session.rollback()
    assert len(found) == 4, "the tickets show too little"


def test_a_new_round_asks_for_new_readings(make_issue):
    issue = make_issue(types=["水"])
    target(issue)
    held = report(make_issue, issue)
    for days in (40, 60):
        reading(make_issue, issue, "0.5", days=days, by="liu", evidence_id=held)
    assert not agreed(issue)
    with transaction():
        issue.round, issue.assigned_on = 2, clock.today() - timedelta(days=30)
    assert agreed(issue)


STEPS = {
    Status.RECTIFYING: "claim", Status.FIRST_ACCEPTANCE: "accept", Status.SITE_CHECK: "check",
    Status.APPROVAL: "approve",
}  # fmt: skip


@pytest.mark.sqlite
def test_each_gate_names_item_value_limit_and_day(make_issue, monkeypatch):
    issue = make_issue(types=["水"])
    make_issue.finish(issue, clock.now())
    target(issue)
    last = [reading(make_issue, issue, "9.9", days=days) for days in (3, 2)][-1]
    monkeypatch.setattr(make_issue, "finish", lambda *_: None)

    for status, step in STEPS.items():
        assert issue.status is status
        with pytest.raises(Incomplete) as refused:
            getattr(make_issue, step)(issue, clock.now())

        (told,) = refused.value.errors["readings"]
        assert all(word in told for word in ("氨氮", "9.9", "1.0", str(last.sampled_on)))
        assert issue.status is status
        with monkeypatch.context() as away:
            away.setattr("issues.workflow.effect.lacking.lacks_of", lambda _: [])
            getattr(make_issue, step)(issue, clock.now())
    assert issue.status is Status.PUBLICITY, "with the gates away it went on to the end"


@pytest.mark.sqlite
def test_a_check_that_sends_back_asks_for_no_reading(make_issue):
    issue = make_issue(Status.SITE_CHECK, types=["水"])
    target(issue)
    make_issue.check(issue, clock.now(), conclusion="return", code="3", reason="氨氮超标")
    assert issue.status is Status.RECTIFYING


@pytest.mark.sqlite
def test_the_head_may_go_on_once_with_a_reason(make_issue):
    issue = make_issue(Status.APPROVAL, types=["水"])
    with pytest.raises(WrongStatus, match="不需要仍予推进"):
        make_issue.act(Action.PROCEED, issue, "zhou", reason="汛期无法采样")
    target(issue)
    make_issue.act(Action.PROCEED, issue, "zhou", reason="汛期无法采样")
    with pytest.raises(WrongStatus, match="不需要重复办理"):
        make_issue.act(Action.PROCEED, issue, "zhou", reason="汛期无法采样")
    make_issue.act(Action.RETURN_CLOSURE, issue, "zhou", code="3", reason="补充监测")
    (waiver,) = db.session.scalars(select(Waiver))
    assert waiver.ended_on == clock.today()
    assert "氨氮：要求≤1.0mg/L，还没有读数" in waiver.lacks[0]
    with pytest.raises(Incomplete):
        make_issue.act(Action.REQUEST_ACCEPTANCE, issue, "chenlead", text="再次申请验收。")
    make_issue.act(Action.PROCEED, issue, "zhou", reason="下游断面已达标")
    make_issue.act(Action.REQUEST_ACCEPTANCE, issue, "chenlead", text="再次申请验收。")
    assert issue.status is Status.FIRST_ACCEPTANCE


@pytest.mark.postgresql
def test_what_the_head_had_before_him_is_no_relapse(make_issue):
    issue = make_issue(Status.CLOSED, types=["水"])
    target(issue)
    with transaction():
        db.session.add(
            Waiver(
                issue_id=issue.id, round=1, at=clock.now(), by_id=make_issue.people["zhou"].id,
                reason="汛期", lacks=["氨氮"],
            )
        )  # fmt: skip
    earlier = clock.now() - timedelta(days=2)
    known = reading(make_issue, issue, "9.9", days=3, entered_at=earlier, by="liu")

    def found(condition, day=None):
        rows = select(Issue.id).where(condition(Issue.status, day or clock.today()))
        return db.session.scalars(rows).all()

    assert (found(is_hollow), found(is_relapsed)) == ([issue.id], [])
    reading(make_issue, issue, "9.8", entered_at=clock.now() + timedelta(minutes=1), by="liu")
    assert (found(is_hollow), found(is_relapsed)) == ([], [issue.id])
    assert known.confirmed_at is not None
    yesterday = clock.today() - timedelta(days=1)
    assert (found(is_hollow, yesterday), found(is_relapsed, yesterday)) == ([], [])
