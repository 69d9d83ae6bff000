"""A round decided by keyboard alone, and closed by the head."""

import pytest
from sqlalchemy import select

from extensions import db, transaction
from issues import rounds
from issues.ground import clock
from issues.models import AssessmentRound, Notice, RoundItem
from issues.vocabulary import NoticeKind, RoundAct, Status

pytestmark = pytest.mark.browser
PLAIN = ({"text": "清运"},)


@pytest.fixture
def three(make_issue):
    """A red one, and two yellow ones."""
    days = ("2025-11-20", "2025-12-01", "2025-12-02")
    return [make_issue(Status.RECTIFYING, deadline=day, measures=PLAIN) for day in days]


@pytest.fixture
def round_(people, three):
    with transaction():
        return rounds.open_on(clock.today(), people.sun, clock.now())


def decisions():
    db.session.rollback()  # the server wrote in a transaction of its own
    rows = db.session.scalars(select(RoundItem).order_by(RoundItem.id)).all()
    return {row.issue.number: (row.decision, row.reason) for row in rows}


def current(page):
    return page.locator(".is-current a.num").inner_text()


def test_confirm_hold_and_raise_without_a_mouse(desk, round_, three):
    red, yellow, other = (issue.number for issue in three)
    sun = desk("sun")
    page = sun.open(f"/rounds/{round_.id}")

    page.keyboard.press("j")
    assert current(page) == red
    with page.expect_navigation():
        page.keyboard.press("c")
    assert f"{red}：确认挂牌" in sun.text

    assert current(page) == yellow, "the next undecided row is at hand at once"
    page.keyboard.press("h")
    page.keyboard.type("本月内完成闭水试验，暂缓一期jkc")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert current(page) == other
    page.keyboard.press("r")
    page.keyboard.type("进度严重滞后，请加重")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "还有0件未研判" in sun.text.replace(" ", "")
    assert decisions() == {
        red: ("confirm", ""),
        yellow: ("hold", "本月内完成闭水试验，暂缓一期jkc"),
        other: ("raise", "进度严重滞后，请加重"),
    }
    assert sun.complaints == []


def test_escape_leaves_the_reason_and_nothing_is_sent(desk, round_, three):
    page = desk("sun").open(f"/rounds/{round_.id}")

    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("还没想好")
    page.keyboard.press("Escape")
    page.keyboard.press("j")

    assert current(page) == three[1].number
    assert {told[0] for told in decisions().values()} == {""}


def test_the_head_closes_it_and_everything_is_there(desk, round_, three, people):
    with transaction():
        for issue in three:
            given = {"number": issue.number}
            rounds.decide(round_.id, RoundAct.CONFIRM, people.sun, given, clock.now())
    zhou = desk("zhou")
    page = zhou.open(f"/rounds/{round_.id}")

    page.locator("[name=sure]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "调度已结束" in zhou.text
    db.session.rollback()  # the server wrote in a transaction of its own
    assert [issue.card for issue in three] == ["red", "yellow", "yellow"]
    closed = db.session.scalars(select(AssessmentRound)).one()
    assert len(closed.digest) == 64
    assert closed.board["totals"]["red"] == 1
    drafted = set(db.session.scalars(select(Notice.kind)))
    assert {NoticeKind.N3, NoticeKind.N5} <= drafted
    assert zhou.complaints == []
