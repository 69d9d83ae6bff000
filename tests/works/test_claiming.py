"""One piece is one holder's, on either database; the dead are noticed, and nobody else ends it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from extensions import db, transaction
from issues.ground import clock
from issues.ground.refusals import Incomplete, WrongStatus
from issues.models import LongWork
from issues.queries.ground import works
from issues.vocabulary import WorkKind, WorkState
from issues.works import asking, claiming
from issues.works.claiming import CalledOff
from issues.works.heart import Heart

pytestmark = pytest.mark.both


@pytest.fixture
def ask(people):
    def one(number=0):
        asked = {"filters": {"limit": str(number)}, "profile": ""}
        with transaction():
            return asking.begin(people.sun, WorkKind.EXPORT, asked).id

    return one


def row(work_id):
    db.session.rollback()
    return db.session.get_one(LongWork, work_id, populate_existing=True)


def fall_silent(work_id):
    """As one that was killed: nothing was heard of it for a while."""
    with transaction():
        long_ago = clock.real_now() - works.SILENT - timedelta(seconds=1)
        db.session.execute(update(LongWork).where(LongWork.id == work_id).values(beat_at=long_ago))


def test_two_workers_get_one_claim_each_and_never_the_same(ask):
    first, second = ask(1), ask(2)

    assert [claiming.claim("a"), claiming.claim("b"), claiming.claim("c")] == [first, second, None]
    assert [row(one).holder for one in (first, second)] == ["a", "b"]


def test_a_claim_decided_by_another_in_between_is_none(app, ask, monkeypatch):
    """The row is found free, and taken by another before it is written: the statement sees it."""
    work_id = ask()
    change = claiming._change  # noqa: SLF001 - between finding and taking there is no other place

    def beaten(which, **values):
        if values.get("holder") == "late":
            change(LongWork.id == work_id, state=WorkState.RUNNING, holder="early",
                   beat_at=clock.real_now())  # fmt: skip
        return change(which, **values)

    monkeypatch.setattr(claiming, "_change", beaten)

    assert claiming.claim("late") is None
    assert row(work_id).holder == "early"


def test_one_that_fell_silent_is_taken_up_once_more_and_then_broken_off(ask, people):
    work_id = ask()
    assert claiming.claim("a") == work_id
    assert claiming.claim("b") is None
    fall_silent(work_id)

    assert claiming.claim("b") == work_id
    with pytest.raises(CalledOff), transaction():
        claiming.end(work_id, "a", WorkState.DONE)
    fall_silent(work_id)
    assert claiming.claim("c") is None

    broken = row(work_id)
    assert (broken.state, broken.holder) == (WorkState.BROKEN, "")
    assert "可以重新开始" in broken.error
    with transaction():
        anew = asking.again(broken, people.sun)
    assert (anew.state, anew.tries) == (WorkState.QUEUED, 0)


def test_what_is_given_back_waits_and_a_stop_is_no_try(ask):
    work_id = ask()
    for _ in range(claiming.MOST_TRIES + 1):
        assert claiming.claim("a") == work_id
        claiming.give_back("a", is_stopped=True)

    assert (row(work_id).state, row(work_id).tries) == (WorkState.QUEUED, 0)


def test_called_off_under_way_it_is_noticed_and_writing_cannot_be(app, ask, people):
    work_id = ask()
    claiming.claim("a")
    with Heart(app, work_id, "a") as heart:
        heart.tell("写成工作簿", 3, 9)
        assert heart._beat()  # noqa: SLF001 - not to wait for the thread
        assert (row(work_id).words, row(work_id).done, row(work_id).total) == ("写成工作簿", 3, 9)
        with transaction():
            asking.cancel(asking.find(work_id, people.sun))
        assert not heart._beat()  # noqa: SLF001 - likewise
        heart._is_lost = True  # noqa: SLF001 - as its thread says
        with pytest.raises(CalledOff):
            heart.tell("写成工作簿", 4, 9)

    with transaction():
        writing = asking.begin(people.sun, WorkKind.WRITE, {})
    assert claiming.claim("a") == writing.id
    with pytest.raises(WrongStatus, match="不能取消"), transaction():
        asking.cancel(writing)
    assert row(writing.id).state is WorkState.RUNNING


def test_the_same_is_one_piece_and_so_many_are_enough(ask, people, monkeypatch):
    first = ask(1)
    assert ask(1) == first
    with monkeypatch.context() as at_once:  # sent twice: neither sees the other before it writes
        looked, live = iter([True]), asking._live  # noqa: SLF001 - between looking and writing
        at_once.setattr(asking, "_live", lambda same: None if next(looked, False) else live(same))
        assert ask(1) == first
    for number in range(2, asking.MOST_UNDER_WAY + 1):
        ask(number)
    with pytest.raises(Incomplete):
        ask(99)

    db.session.rollback()
    assert len(db.session.scalars(select(LongWork)).all()) == asking.MOST_UNDER_WAY
