"""An appeal restores exactly its points; a published quarter is never another."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from people import BAZHOU, BUREAU, ENYANG
from sqlalchemy import select, update

from auth.actor import SYSTEM
from auth.models import Unit
from extensions import db, transaction
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.models import ScoreEntry, ScoreQuarter
from issues.rules.policy import Policy
from issues.scores import appeals, booking, comparing, publishing, recounting, tallying
from issues.scores.tallying import Period
from issues.vocabulary import Action, EntryKind, ScoreRule, ScoreState, Status

THIRD, FOURTH, YEAR = Period(2025, 3), Period(2025, 4), Period(2025)
SAID = "黄牌所依据的进度数据有误，附更正后的监测报告。"


def at(day):
    return datetime.combine(day, time(10), clock.SHANGHAI)


@pytest.fixture
def reds(make_issue):
    """Red cards of August and September on a ticket of the central inspection, booked."""
    for day in (date(2025, 8, 20), date(2025, 9, 3)):
        issue = make_issue(
            Status.RECTIFYING, found_on=date(2025, 7, 1), source="YD", primary_unit=ENYANG,
            region=BAZHOU, lead_unit=BUREAU,
        )  # fmt: skip
        make_issue.act(Action.RAISE_CARD, issue, "sun", on=at(day), colour="red", reason="逾期")
    with transaction():
        booking.book(2025, SYSTEM, clock.now())


def point(code, rule=ScoreRule.RED):
    rows = select(ScoreEntry).join(Unit, Unit.id == ScoreEntry.unit_id)
    return db.session.scalars(
        rows.where(Unit.code == code, ScoreEntry.rule == rule).order_by(ScoreEntry.id)
    ).first()


def total(period, code=ENYANG):
    return next(one.total for one in tallying.tally(period).units if one.code == code)


def lost(period, code=ENYANG):
    """By red cards alone; the tickets of the tests owe reports as well."""
    rows = (
        select(ScoreEntry.value)
        .join(Unit, Unit.id == ScoreEntry.unit_id)
        .where(Unit.code == code, ScoreEntry.rule == ScoreRule.RED, ScoreEntry.year == period.year)
    )
    if period.quarter:
        rows = rows.where(ScoreEntry.quarter == period.quarter)
    return sum(db.session.scalars(rows), Decimal(0))


def appeal(people, name="wulead", code=ENYANG, text=SAID, evidence=()):
    with transaction():
        return appeals.appeal(point(code).id, people[name], text, evidence, clock.now())


def rule(people, name="he", code=ENYANG, *, is_upheld=True, reason="核实属实"):
    with transaction():
        entry = point(code).id
        return appeals.rule(entry, people[name], is_upheld=is_upheld, reason=reason, at=clock.now())


def publish(people, *quarters, name="he"):
    for quarter in quarters:
        with transaction():
            publishing.publish(2025, quarter, people[name], clock.now())


def test_an_upheld_appeal_restores_exactly_its_points(reds, people):
    before = total(THIRD)
    assert (lost(THIRD), point(ENYANG).value) == (Decimal(-6), Decimal(-3))

    appeal(people)
    assert total(THIRD) == before, "nothing is restored before the ruling"
    rule(people)

    assert total(THIRD).process == before.process + 3
    assert lost(THIRD, BUREAU) == Decimal("-1.8"), "another's point stands"
    assert list(recounting.faults(2025)) == []
    with transaction():
        assert booking.book(2025, SYSTEM, clock.now()) == 0, "nor is it booked again"


def test_a_rejected_appeal_leaves_the_point_and_is_ruled_once(reds, people):
    appeal(people)

    assert rule(people, is_upheld=False, reason="数据无误").state is ScoreState.REJECTED
    assert lost(THIRD) == Decimal(-6)
    with pytest.raises(WrongStatus):
        rule(people)
    with pytest.raises(WrongStatus):
        appeal(people)


def test_a_ruling_after_publishing_is_a_line_of_the_running_quarter(reds, people):
    publish(people, 1, 2, 3)
    before = db.session.scalars(select(ScoreQuarter).filter_by(quarter=3)).one().sha256

    appeal(people)
    rule(people)

    (restored,) = db.session.scalars(select(ScoreEntry).filter_by(kind=EntryKind.RESTORED))
    assert (restored.year, restored.quarter, restored.of_id) == (2025, 4, point(ENYANG).id)
    assert lost(THIRD) == Decimal(-6)
    assert lost(FOURTH) == Decimal(3)
    assert lost(YEAR) == Decimal(-3)
    assert publishing.digest_of(publishing.document(THIRD)) == before
    assert list(recounting.faults(2025)) == []


def test_what_is_found_after_publishing_is_a_line_of_the_running_quarter(reds, people, make_issue):
    publish(people, 1, 2, 3)
    issue = make_issue(
        Status.RECTIFYING, found_on=date(2025, 7, 1), primary_unit=ENYANG, region=ENYANG
    )
    make_issue.act(
        Action.RAISE_CARD, issue, "sun", on=at(date(2025, 9, 9)), colour="red", reason="逾期"
    )

    publish_again = pytest.raises(WrongStatus, publish, people, 3)
    with transaction():
        booking.book(2025, SYSTEM, clock.now())

    assert "已经公布" in publish_again.value.sentence
    assert lost(THIRD) == Decimal(-6)
    assert lost(FOURTH) == Decimal(-2)
    assert list(recounting.faults(2025)) == []


def test_a_published_figure_that_is_no_longer_its_lines_is_found(reds, people):
    publish(people, 1, 2, 3)
    with transaction():
        db.session.execute(update(ScoreEntry).values(quarter=2))

    assert "2025年第3季度公布的得分与记分不符" in list(recounting.faults(2025))


def test_quarters_are_published_once_ended_and_in_their_order(reds, people):
    with pytest.raises(WrongStatus, match="第2季度的得分尚未公布"):
        publish(people, 3)
    publish(people, 1, 2, 3)
    with pytest.raises(WrongStatus, match="尚未结束"):
        publish(people, 4)
    with pytest.raises(NotAllowed):
        publish(people, 4, name="sun")
    with pytest.raises(Incomplete):
        publish(people, 5)


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("chenlead", NotFound), ("liulead", NotFound), ("wu", NotAllowed), ("he", NotFound)],
)
def test_a_point_is_appealed_by_the_leader_of_its_unit(reds, people, name, refusal):
    with pytest.raises(refusal):
        appeal(people, name)


def test_an_appeal_says_why_and_names_files_of_the_ticket(reds, people):
    with pytest.raises(Incomplete):
        appeal(people, text="  ")
    with pytest.raises(Incomplete):
        appeal(people, evidence=(999,))


def test_who_booked_a_point_does_not_rule_on_it(reds, people):
    appeal(people)
    for name in ("sun", "wulead", "zhou"):
        with pytest.raises(NotAllowed):
            rule(people, name)
    with transaction():
        db.session.execute(update(ScoreEntry).values(booked_by_id=people.he.id))

    with pytest.raises(NotAllowed, match="由他人裁定"):
        rule(people)


def test_other_rules_are_tried_on_the_live_record_and_write_nothing(reds):
    policy = Policy.from_document({"scores": {"red": "4"}})

    found = comparing.compared(policy)
    tried = {after.code: after.total for _before, after in found.units}

    assert tried[ENYANG].process == total(THIRD).process - 6
    assert tried[BUREAU].process == total(THIRD, BUREAU).process - Decimal("1.8")
    assert lost(THIRD) == Decimal(-6)
    assert {one.one.occurrence.rule for one in found.points} == {ScoreRule.RED}
    assert len(found.points) == 6, "two cards, borne by three"


def test_what_was_restored_is_nothing_by_any_rules(reds, people):
    appeal(people)
    rule(people)

    found = comparing.compared(Policy.from_document({"scores": {"red": "4"}}))

    before, after = next(pair for pair in found.units if pair[0].code == ENYANG)
    assert before.total == total(THIRD)
    assert after.total.process == total(THIRD).process - 3, "the other card alone"


def test_the_last_quarter_is_compared_on_the_command_line(reds, app, tmp_path):
    file = tmp_path / "规则.toml"
    file.write_text('[scores]\nred = "4"\n', encoding="utf-8")

    told = app.test_cli_runner().invoke(args=["scores", "preview", str(file)])

    before = total(THIRD).total
    assert told.exit_code == 0
    assert told.output.startswith("2025年第3季度\n")
    assert f"恩阳区  {before.normalize():f}→{(before - 6).normalize():f}\n" in told.output
