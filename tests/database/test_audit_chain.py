"""A change of the record is detectable, even by someone who writes to the database directly."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import delete, select, text, update
from tally import tell

from extensions import db, rehearsal, transaction
from issues import audit
from issues.ground import clock
from issues.models import Anchor, Event
from issues.vocabulary import AccountAct, Action, Subject

pytestmark = pytest.mark.both

SECRET = "the key of the anchors"
CHAINS = [
    (Subject.TICKET, 1, Action.AMEND), (Subject.TICKET, 2, Action.AMEND),
    (Subject.ACCOUNT, 1, AccountAct.SIGN_IN),
]  # fmt: skip
LENGTH = 4
CHANGED = {
    "subject": "notice", "subject_id": 99, "seq": 99, "action": "close", "actor_id": 2,
    "actor": "别人", "unit": "别的单位", "at": None, "on": None, "before": "closed",
    "after": "closed", "reason": "改过的理由", "detail": {"deadline": "2099-12-31"},
    "is_covert": True, "previous": "f" * 64, "digest": "e" * 64, "algorithm": "sm3",
}  # fmt: skip


@pytest.fixture
def kept(people):
    """Three chains of four acts each, anchored, one further act, and no guard on the table."""
    at = clock.now() - timedelta(hours=1)
    with transaction():
        for place in range(LENGTH):
            for subject, number, act in CHAINS:
                told = {"at": place, "字": ["全角，", None]}
                audit.record(subject, number, act, people.sun, at=at, reason="据实", detail=told)
    with transaction():
        assert audit.anchor(SECRET, clock.now())
    assert found() == []
    _lift_the_guard()
    yield db.session.scalars(select(Event).order_by(Event.id)).all()
    if db.engine.dialect.name == "postgresql":  # else the next test waits for tables made anew
        with transaction():
            db.session.execute(text("ALTER TABLE event ENABLE TRIGGER USER"))


def _lift_the_guard():
    with transaction():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("ALTER TABLE event DISABLE TRIGGER USER"))
            return
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for name in db.session.scalars(text(names)).all():
            db.session.execute(text(f"DROP TRIGGER {name}"))


def found(secret=SECRET):
    faults = list(audit.faults(secret))
    db.session.rollback()
    return faults


def tamper(statement):
    with transaction():
        db.session.execute(statement)


def rewrite(rows):
    """Someone who knows the code gives every row of a chain a digest that holds."""
    previous = audit.START
    for row in rows:
        row.previous = previous
        previous = row.digest = audit.digest_of(row)
        values = {"reason": row.reason, "previous": row.previous, "digest": row.digest}
        tamper(update(Event).where(Event.id == row.id).values(values))


def test_every_column_is_under_the_digest():
    columns = {column.name for column in Event.__table__.columns}

    assert columns - set(audit.CHAINED) == {"id", "previous", "digest", "algorithm"}
    assert set(CHANGED) == columns - {"id"}


def test_every_edit_of_every_column_of_every_row_is_found(kept, database):
    rows, unseen, tried = [(row.id, row.at, row.on) for row in kept], [], 0
    for (row, at, on), (column, value) in product(rows, CHANGED.items()):
        moved = {"at": at + timedelta(days=1), "on": on + timedelta(days=1)}
        with rehearsal():
            edited = update(Event).where(Event.id == row)
            db.session.execute(edited.values({column: moved.get(column, value)}))
            tried += 1
            if not list(audit.faults(SECRET)):
                unseen.append((row, column))
    tell(27, "篡改历史（逐行逐列）", tried, unseen, database)


ON_THE_CHAIN = (
    "DELETE FROM event WHERE subject_id = 2 AND seq >= 1",
    "DELETE FROM event WHERE subject_id = 2 AND seq >= 2",
    "DELETE FROM event WHERE subject_id = 2 AND seq >= 4",
    "DELETE FROM event WHERE seq > 1",
    "DELETE FROM event WHERE seq > 3",
    "DELETE FROM event WHERE subject = 'account'",
    "UPDATE event SET seq = seq + 9",
    "UPDATE event SET subject_id = 3 WHERE subject_id = 2",
    "UPDATE event SET algorithm = 'sm3'",
    "UPDATE event SET digest = previous",
    "DELETE FROM event",
    "UPDATE anchor SET signature = digest",
    "UPDATE anchor SET events = events - 1",
    "UPDATE anchor SET chains = chains - 1",
    "UPDATE anchor SET digest = signature",
)


def test_cut_tails_and_changes_of_many_rows_are_found(kept, database):
    unseen = []
    for statement in ON_THE_CHAIN:
        with rehearsal():
            db.session.execute(text(statement))
            if not list(audit.faults(SECRET)):
                unseen.append(statement)
    tell(27, "篡改历史（截尾、换号、锚点）", len(ON_THE_CHAIN), unseen, database)


@pytest.mark.parametrize("microseconds", [1, -1, 1_000_000])
def test_an_act_moved_by_a_moment_is_found(kept, microseconds):
    moved = kept[3].at + timedelta(microseconds=microseconds)
    tamper(update(Event).where(Event.id == kept[3].id).values(at=moved))

    assert found()


@pytest.mark.parametrize("seq", range(1, LENGTH + 1))
def test_a_row_taken_out_is_found(kept, seq):
    tamper(delete(Event).where(Event.subject_id == 2, Event.seq == seq))

    assert found()


def test_a_cut_tail_is_found_by_the_anchor(kept):
    tamper(delete(Event).where(Event.seq > 2))

    assert [fault for fault in found() if "锚点" in fault]


def test_a_removed_subject_is_found_by_the_anchor(kept):
    tamper(delete(Event).where(Event.subject == "account"))

    assert [fault for fault in found() if "锚点" in fault]


def test_two_acts_that_changed_places_are_found(kept):
    first, second = kept[0].id, kept[3].id
    for row, seq in ((first, 77), (second, 1), (first, 2)):
        tamper(update(Event).where(Event.id == row).values(seq=seq))

    assert found()


def test_a_whole_chain_written_anew_is_found_by_the_anchor(kept):
    chain = [row for row in kept if (row.subject, row.subject_id) == CHAINS[0][:2]]
    db.session.expunge_all()
    chain[1].reason = "从来如此"
    rewrite(chain)

    assert [fault for fault in found() if "锚点" in fault]


@pytest.mark.parametrize("column", ["chains", "events", "digest"])
def test_an_edited_anchor_is_found(kept, column):
    value = "0" * 64 if column == "digest" else 1
    tamper(update(Anchor).values({column: value}))

    assert [fault for fault in found() if "签名" in fault]


def test_an_anchor_made_with_another_key_is_found(kept):
    assert [fault for fault in found(secret="another key") if "签名" in fault]


def test_acts_after_the_anchor_leave_it_whole(kept, people):
    with transaction():
        later = clock.now() + timedelta(minutes=1)
        audit.record(Subject.TICKET, 1, Action.CLOSE, people.sun, at=later)

    assert found() == []


def test_a_day_is_anchored_once(kept):
    with transaction():
        assert not audit.anchor(SECRET, clock.now())
