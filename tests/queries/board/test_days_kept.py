"""What is kept of past days is what would be counted anew, whoever acts and whoever looks."""

import pytest

from issues.ground import clock
from issues.queries.board import page as boards
from issues.queries.board.newly import Marked
from issues.queries.ground import remembered
from issues.vocabulary import Action

pytestmark = pytest.mark.both

VIEWERS = ("sun", "zhao", "chen", "wu")


@pytest.fixture
def register(make_issue):
    late = [{"text": "完成整治", "deadline": "2025-11-20"}]
    early = [{"text": "完成整治", "deadline": "2025-10-10"}]
    make_issue(deadline="2025-11-20", title="新近逾期的事项", measures=late)
    return [
        make_issue(deadline="2025-10-10", title="早已逾期的事项", measures=early),
        make_issue(deadline="2025-11-20", title="又一件逾期的事项", measures=late),
    ]


@pytest.fixture
def looked(people):
    """What every viewer is shown today, from what is kept or counted anew."""

    def look(is_anew):
        told = {}
        for viewer in VIEWERS:
            if is_anew:
                remembered.DAYS.cache_clear()
            told[viewer] = repr(boards.board(people[viewer], clock.today()))
        return told

    return look


@pytest.mark.postgresql
def test_acts_of_today_leave_no_stale_figure(register, looked, make_issue):
    before = looked(is_anew=True)
    assert looked(is_anew=False) == before

    for issue in register:
        make_issue.act(Action.WITHDRAW, issue, "zhou", reason="登记有误")
        kept = looked(is_anew=False)

        assert kept == looked(is_anew=True)
        assert kept != before


@pytest.mark.postgresql
def test_a_ticket_written_for_an_earlier_day_is_counted(register, looked, make_issue):
    before = looked(is_anew=False)

    make_issue(title="补记的事项")

    after = looked(is_anew=False)
    assert after == looked(is_anew=True)
    assert after["sun"] != before["sun"]


def test_newly_red_are_told_the_longest_red_first(register, make_issue, people):
    issue = make_issue(title="挂牌的事项", deadline="2026-12-31")
    make_issue.act(Action.RAISE_CARD, issue, "sun", colour="red", reason="群众反映强烈")

    board = boards.board(people.sun, clock.today())

    assert [one.title for one in board.newly] == [
        "新近逾期的事项",
        "又一件逾期的事项",
        "挂牌的事项",
    ]
    assert board.counts["newly"] == 3


def test_a_set_of_ids_tells_what_it_holds_and_keeps_the_order():
    assert Marked([3, 8, 64]).without([65, 8, 1000, 3, 2, 64]) == [65, 1000, 2]
    assert Marked([]).without([1, 2]) == [1, 2]
