"""Assessment rounds: every proposal decided by the office, all of it done by the head at once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from extensions import db, transaction
from issues import rounds
from issues.ground import clock
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.models import AssessmentRound, Card, Notice
from issues.vocabulary import NoticeKind, RoundAct, Status

TODAY = date(2025, 11, 25)
PLAIN = ({"text": "清运"},)


@pytest.fixture
def red(make_issue):
    return make_issue(Status.RECTIFYING, deadline="2025-11-20", measures=PLAIN)


@pytest.fixture
def yellow(make_issue):
    return make_issue(Status.RECTIFYING, deadline="2025-12-01", measures=PLAIN)


def begin(people, on=TODAY):
    with transaction():
        return rounds.open_on(on, people.sun, clock.now())


def decide(people, round_, decision, name="sun", **given):
    with transaction():
        return rounds.decide(round_.id, RoundAct(decision), people[name], given, clock.now())


def close(people, round_, name="zhou"):
    with transaction():
        return rounds.close(round_.id, people[name], clock.now())


def notices(issue):
    return set(db.session.scalars(select(Notice.kind).where(Notice.issue_id == issue.id)))


@pytest.mark.both
def test_a_closed_round_raises_cards_drafts_notices_and_freezes_the_board(people, red, yellow):
    round_ = begin(people)
    decide(people, round_, "confirm", number=red.number)
    decide(people, round_, "confirm", number=yellow.number)

    close(people, round_)

    db.session.expire_all()
    assert (red.card, yellow.card) == ("red", "yellow")
    assert NoticeKind.N3 in notices(red)
    assert round_.board["totals"] == {"red": 1, "yellow": 1, "green": 0, "grey": 0}
    assert round_.digest == rounds.digest_of(round_.board)
    bulletins = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.N5)).all()
    assert len(bulletins) == 1


def test_a_round_does_not_close_while_a_row_is_undecided(people, red, yellow):
    round_ = begin(people)
    decide(people, round_, "confirm", number=red.number)

    with pytest.raises(WrongStatus, match=yellow.number):
        close(people, round_)

    assert db.session.scalars(select(Card)).all() == []


def test_a_closed_round_stays_closed(people, red):
    round_ = begin(people)
    decide(people, round_, "confirm", number=red.number)
    close(people, round_)

    with pytest.raises(WrongStatus):
        close(people, round_)
    with pytest.raises(WrongStatus):
        decide(people, round_, "confirm", number=red.number)
    assert len(db.session.scalars(select(Card)).all()) == 1


def test_yellow_may_be_held_for_one_cycle_and_red_never(people, red, yellow):
    first = begin(people)
    with pytest.raises(Incomplete):
        decide(people, first, "hold", number=red.number, reason="再看一月")
    decide(people, first, "hold", number=yellow.number, reason="再看一月")
    decide(people, first, "confirm", number=red.number)
    close(people, first)
    assert yellow.card == ""

    clock.stand_still(TODAY + timedelta(days=1))
    second = begin(people, TODAY + timedelta(days=1))

    with pytest.raises(Incomplete):
        decide(people, second, "hold", number=yellow.number, reason="再看一月")


def test_a_row_may_be_raised_with_the_unit_found_unable(people, yellow):
    round_ = begin(people)
    decide(people, round_, "raise", number=yellow.number, colour="red", reason="无力完成",
           unable=True)  # fmt: skip

    close(people, round_)

    db.session.refresh(yellow)
    assert yellow.card == "red"
    assert yellow.red_from == TODAY
    assert "R4" in {firing["rule"] for firing in yellow.firings}


def test_a_day_has_one_round(people, red):
    assert begin(people) is not None
    assert begin(people) is None
    assert len(db.session.scalars(select(AssessmentRound)).all()) == 1


def test_each_part_is_its_own_persons(people, red):
    round_ = begin(people)

    for name in ("zhou", "lin", "chen", "zhao"):
        with pytest.raises(NotAllowed):
            decide(people, round_, "confirm", name, number=red.number)
    decide(people, round_, "confirm", number=red.number)
    for name in ("sun", "lin", "chen", "zhao"):
        with pytest.raises(NotAllowed):
            close(people, round_, name)


@pytest.mark.parametrize(
    ("decision", "given", "field"),
    [
        ("hold", {}, "reason"),
        ("raise", {"reason": "迟缓"}, "colour"),
        ("raise", {"colour": "red"}, "reason"),
        ("raise", {"colour": "blue", "reason": "迟缓"}, "colour"),
    ],
)
def test_what_is_missing_is_told_at_its_field(people, yellow, decision, given, field):
    round_ = begin(people)

    with pytest.raises(Incomplete) as refused:
        decide(people, round_, decision, number=yellow.number, **given)

    assert field in refused.value.errors


def test_a_ticket_out_of_sight_is_not_there(people, yellow):
    round_ = begin(people)

    with pytest.raises(NotFound):
        decide(people, round_, "confirm", number="BZ-AF-2025-999")
