"""A county's round: over what the centre drives, frozen by its head, and nothing of the city's."""

from datetime import UTC, date, datetime

import centre
import pytest
from sqlalchemy import func, select

from extensions import db, transaction
from issues.ground.refusals import Incomplete, NotAllowed, NotFound, WrongStatus
from issues.models import AssessmentRound, Card, CountyRound, Event, Issue, Notice
from issues.notices.facts.frozen import frozen_board
from issues.queries.supervision.county_rounds import items_in_sight
from issues.territory import rounds
from issues.vocabulary import Action, CountyRoundAct, Status, Subject

pytestmark = pytest.mark.both
TODAY = date(2025, 11, 25)
NOW = datetime(2025, 11, 25, 4, 0, tzinfo=UTC)
KEEP, PRESS = rounds.DECISIONS


def late(make_issue):
    return make_issue(Status.RECTIFYING, deadline="2025-11-20", measures=({"text": "清运"},))


def opened(person):
    with transaction():
        return rounds.open_on(TODAY, person, NOW)


def said(round_, word, person, number, text=""):
    with transaction():
        return rounds.decide(round_.id, word, person, {"number": number, "text": text}, NOW)


def closed(round_, person):
    with transaction():
        return rounds.close(round_.id, person, NOW)


def city_of():
    """All that a round of the city's would move."""
    papers = select(func.count(Notice.id)).where(Notice.centre_id.is_(None))
    counts = [db.session.scalar(rows) for rows in (select(func.count(Card.id)), papers)]
    cards = db.session.scalars(select(Issue.card).order_by(Issue.id)).all()
    return counts, cards, frozen_board(TODAY), db.session.scalar(func.count(AssessmentRound.id))


def test_the_whole_line_and_the_city_stays_as_it_is(make_issue, people):
    mine, other = late(make_issue), late(make_issue)
    staff = centre.delegated(make_issue, mine)
    luo, ma = staff["luo"], staff["ma"]
    before = city_of()
    for person in (ma, people.sun, people.zhou, people.chen):
        with pytest.raises(NotAllowed):
            opened(person)

    round_ = opened(luo)

    assert [item.issue.number for item in round_.items] == [mine.number]
    assert round_.number == 1
    with pytest.raises(WrongStatus):
        opened(luo)
    with pytest.raises(WrongStatus, match=mine.number):
        closed(round_, ma)
    for word, number, text in ((PRESS, mine.number, " "), (PRESS, mine.number, "长" * 2001),
                               (KEEP, other.number, "")):  # fmt: skip
        with pytest.raises(Incomplete):
            said(round_, word, luo, number, text)
    with pytest.raises(NotAllowed):
        said(round_, KEEP, ma, mine.number)
    said(round_, KEEP, luo, mine.number)
    said(round_, PRESS, luo, mine.number, "本周内完成清运。")
    for person in (luo, people.sun, people.zhou):
        with pytest.raises(NotAllowed):
            closed(round_, person)
    closed(round_, ma)

    row = rounds.find(round_.id, people.zhou)
    assert [ticket[0] for ticket in row.board["tickets"]] == [mine.number]
    assert row.board["totals"]["red"] == 1
    assert row.digest == rounds.digest_of(row.board)
    assert (row.items[0].decision, row.items[0].text) == ("press", "本周内完成清运。")
    with pytest.raises(WrongStatus):
        said(round_, KEEP, luo, mine.number)
    acts = db.session.scalars(
        select(Event.action)
        .where(Event.is_about(Subject.COUNTY_ROUND, round_.id))
        .order_by(Event.seq)
    ).all()
    assert acts == [act.value for act in (CountyRoundAct.OPEN, KEEP, PRESS, CountyRoundAct.CLOSE)]
    assert city_of() == before


def test_another_county_sees_none_of_it(make_issue, people, monkeypatch):
    """The control: without the condition the other centre's people have it."""
    staff = centre.delegated(make_issue, late(make_issue))
    round_ = opened(staff["luo"])
    other = centre.another()

    with pytest.raises(NotFound):
        rounds.find(round_.id, other)
    with pytest.raises(NotFound):
        said(round_, KEEP, other, round_.items[0].issue.number)
    with pytest.raises(NotFound):
        rounds.find(round_.id, people.chen)
    theirs = opened(other)
    assert (theirs.number, theirs.items) == (1, [])
    assert items_in_sight(round_, other).items == []
    assert items_in_sight(round_, other).hidden == 1
    assert db.session.scalars(select(CountyRound.id).where(rounds.sight(other))).all() == [
        theirs.id
    ]
    monkeypatch.setattr(rounds, "sight", lambda _: CountyRound.id > 0)
    assert rounds.find(round_.id, other) is round_


def test_what_was_recalled_keeps_no_round_open(make_issue, people):
    mine = late(make_issue)
    staff = centre.delegated(make_issue, mine)
    round_ = opened(staff["luo"])
    assert rounds.undecided(round_) == [mine.number]
    centre.act(Action.RECALL, mine, people.sun, reason="由市里督办。")

    assert rounds.undecided(round_) == []
    with pytest.raises(Incomplete):
        said(round_, KEEP, staff["luo"], mine.number)
    closed(round_, staff["ma"])
    assert rounds.find(round_.id, staff["ma"]).board["tickets"] == []
