"""Tickets of one problem are scored once; a round's cards are booked when it closes."""

import random
from datetime import date, datetime, time, timedelta

import pytest
from people import BAZHOU, BUREAU, ENYANG
from sqlalchemy import select

from auth.actor import SYSTEM
from extensions import db, transaction
from issues.ground import clock
from issues.models import AssessmentRound, RoundItem, ScoreEntry
from issues.scores import booking, recounting
from issues.vocabulary import Action, LinkKind, ScoreRule, Status

SAME = {"kind": LinkKind.SAME_PROBLEM.value, "reason": "同一问题"}
FOUND, TIED = date(2025, 10, 1), date(2025, 10, 13)
"""Before the first report is due."""


def at(day):
    return datetime.combine(day, time(10), clock.SHANGHAI)


@pytest.fixture
def pair(make_issue):
    """Two tickets of the central inspection; the second follows the first from a day on."""
    made = [
        make_issue(
            Status.RECTIFYING, found_on=FOUND, source="YD", primary_unit=ENYANG,
            region=BAZHOU, lead_unit=BUREAU,
        )
        for _ in range(2)
    ]  # fmt: skip
    make_issue.act(Action.LINK, made[1], "sun", on=at(TIED), to=made[0].number, **SAME)
    return made


def carded(make_issue, issue, day, colour="yellow"):
    make_issue.act(Action.RAISE_CARD, issue, "sun", on=at(day), colour=colour, reason="逾期")
    make_issue.act(Action.LIFT_CARD, issue, "zhou", on=at(day), reason="已整改")


def book():
    with transaction():
        return booking.book(2025, SYSTEM, clock.now())


def cards(rule=ScoreRule.SECOND_YELLOW):
    """(ticket, day) of each card that is booked to the unit that answers."""
    rows = select(ScoreEntry.issue_id, ScoreEntry.on).where(
        ScoreEntry.rule == rule, ScoreEntry.share_as == "primary"
    )
    return set(map(tuple, db.session.execute(rows)))


def test_while_another_leads_nothing_is_booked(make_issue, pair):
    first, second = pair
    before, during = date(2025, 10, 10), date(2025, 10, 15)
    for one in pair:
        carded(make_issue, one, date(2025, 10, 8))
    carded(make_issue, second, before)
    carded(make_issue, second, during)
    carded(make_issue, first, during)

    book()

    assert cards() == {(second.id, before), (first.id, during)}
    tickets = {row.issue_id for row in db.session.scalars(select(ScoreEntry)) if row.on > TIED}
    assert tickets == {first.id}, "reports are missed once as well"
    assert list(recounting.faults(2025)) == []


def test_once_it_is_untied_or_the_other_goes_it_counts_again(make_issue, pair):
    first, second = pair
    carded(make_issue, second, date(2025, 10, 8))
    make_issue.act(Action.WITHDRAW, first, "zhou", on=at(date(2025, 10, 20)), reason="登记有误")
    carded(make_issue, second, date(2025, 10, 22))

    book()

    assert cards() == {(second.id, date(2025, 10, 22))}


@pytest.mark.by_turns
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_booked_at_any_moment_tied_tickets_are_what_the_history_says(make_issue, people, seed):
    chance = random.Random(seed)  # noqa: S311 - a walk, no secret
    made = [make_issue(Status.RECTIFYING, found_on=FOUND, primary_unit=ENYANG) for _ in range(3)]
    leader, *others = made
    tied = set()
    for day in range(20):
        on = date(2025, 10, 8) + timedelta(day)
        one = chance.choice(others)
        if chance.random() < 0.4:
            action = Action.UNLINK if one.id in tied else Action.LINK
            more = SAME if action is Action.LINK else {"reason": "不是同一问题"}
            make_issue.act(action, one, "sun", on=at(on), to=leader.number, **more)
            tied ^= {one.id}
        carded(make_issue, chance.choice(made), on)
        if chance.random() < 0.3:
            book()
    book()

    assert list(recounting.faults(2025)) == []
    assert book() == 0


def test_a_round_s_cards_are_booked_when_it_closes_and_not_again(browser, make_issue):
    issue = make_issue(
        Status.RECTIFYING, deadline="2025-11-20", measures=({"text": "清运"},), primary_unit=ENYANG
    )
    sun, zhou = browser.as_("sun"), browser.as_("zhou")
    sun.post("/rounds", via="/rounds")
    url = f"/rounds/{db.session.scalars(select(AssessmentRound.id)).one()}"
    for row in db.session.scalars(select(RoundItem)).all():
        sun.send(f"{url}/confirm", **sun.bare({"number": row.issue.number}))
    zhou.post(f"{url}/close", via=url, sure="1")

    db.session.rollback()
    assert cards(ScoreRule.RED) == {(issue.id, clock.today())}
    known = len(db.session.scalars(select(ScoreEntry)).all())
    with transaction():
        assert booking.book_day(clock.now()) == 0
    book()
    assert len(cards(ScoreRule.RED)) == 1
    assert len(db.session.scalars(select(ScoreEntry)).all()) >= known
