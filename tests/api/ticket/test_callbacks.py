"""Call-backs: recorded after the outcome by the office and the cleared, their words sealed."""

from datetime import date, timedelta

import pytest
from drafts import DRAFT
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import select

from extensions import db, transaction
from issues.evidence import complainants
from issues.evidence.complaints import callbacks
from issues.ground import clock
from issues.ground.secrecy import sealing
from issues.models import Callback, Issue
from issues.queries.complaints.figures import counted, total
from issues.vocabulary import Status

WHO = {"name": "王有理", "phone": "13987654321"}
WORDS = "我是王有理，夜里还有臭味"
WHY = {"reason": "回访核实"}
ON = "2025-11-24"
PLEASED = {"on": ON, "reached": True, "satisfaction": "fairly", "words": WORDS}
ANGRY = PLEASED | {"satisfaction": "dissatisfied", "proposal": "recheck"}
SILENT = {"on": ON, "reached": False}


@pytest.fixture
def number(api):
    said = api.sun.post("/issues", DRAFT | {"source": "SX", "complainant": WHO}, 201)
    api.sun.act(said["number"], "assign")
    settle(said["number"])
    return said["number"]


def settle(number, on=date(2025, 11, 20)):
    with transaction():
        db.session.scalars(select(Issue).where(Issue.number == number)).one().interim_on = on


def path(number):
    return f"/issues/{number}/callbacks"


@pytest.mark.both
def test_the_words_open_with_the_contact_and_to_the_cleared_alone(api, number):
    row = api.sun.post(path(number), ANGRY, 201).json
    assert (row["by"], row["satisfaction"], row["proposal"]) == (
        "孙经办",
        "dissatisfied",
        "recheck",
    )
    assert row["has_words"]
    for who in (api.sun, api.zhou, api.lin):
        told = who.get(path(number))
        assert [one["reached"] for one in told["items"]] == [True]
        assert WORDS not in told.data.decode()
    for who in (api.chen, api.liu, api.zhao, api.wu, api.auditor):
        who.get(path(number), 404)

    opened = f"/issues/{number}/complainant"
    api.sun.get(opened, 403, query_string=WHY)
    word = {"user": "lin", "until": "2025-11-30", **WHY}
    api.zhou.act(number, "grant_clearance", word)
    told = api.lin.get(opened, query_string=WHY).json
    assert told["callbacks"] == [{"on": ON, "by": "孙经办", "text": WORDS}]
    acts = [one["action"] for one in api.sun.get(f"/issues/{number}/history")["items"]]
    assert acts[-3:] == ["record_callback", "grant_clearance", "view_complainant"]
    seen = api.chen.get(f"/issues/{number}/history")["items"]
    assert not {"record_callback"} & {one["action"] for one in seen}


def test_only_the_office_and_the_cleared_record_one(api, number):
    for who, status in ((api.lin, 403), (api.zhou, 403), (api.chen, 404), (api.wu, 404)):
        who.post(path(number), PLEASED, status)
    api.zhou.act(number, "grant_clearance", {"user": "lin", "until": "2025-11-30", **WHY})
    api.lin.post(path(number), PLEASED, 201)
    assert db.session.scalars(select(Callback)).one().recorded_by.name == "lin"


def test_without_an_outcome_a_contact_or_a_letter_there_is_none(api, number, make_issue):
    settle(number, None)
    assert "办结或阶段性办结后" in api.sun.post(path(number), PLEASED, 409).data.decode()
    bare = make_issue(Status.CLOSED, source="YX").number
    assert "没有登记举报人" in api.sun.post(path(bare), PLEASED, 409).data.decode()
    other = make_issue(Status.CLOSED)
    assert "督察信访件" in api.sun.post(path(other.number), PLEASED, 409).data.decode()
    assert db.session.scalars(select(Callback)).all() == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (PLEASED | {"on": "2025-11-26"}, "on"),
        (PLEASED | {"on": "2025-11-19"}, "on"),
        (PLEASED | {"satisfaction": None}, "satisfaction"),
        (PLEASED | {"satisfaction": "happy"}, "satisfaction"),
        (SILENT | {"satisfaction": "satisfied"}, "satisfaction"),
        (SILENT | {"words": WORDS}, "words"),
        (ANGRY | {"proposal": None}, "proposal"),
        (ANGRY | {"proposal": "lookback"}, "proposal"),
        (PLEASED | {"proposal": "recheck"}, "proposal"),
        (PLEASED | {"who": "王有理"}, "who"),
    ],
)
def test_a_call_that_says_two_things_is_refused_at_its_field(api, number, said, field):
    told = api.sun.post(path(number), said, 422)

    assert list(told["errors"]) == [field]
    assert db.session.scalars(select(Callback)).all() == []


def test_nothing_follows_by_itself(api, number):
    before = api.sun.get(f"/issues/{number}").json
    api.sun.post(path(number), ANGRY, 201)

    after = api.sun.get(f"/issues/{number}").json
    assert {name for name in before if before[name] != after[name]} <= {"version"}


def test_a_new_key_opens_the_words_and_the_database_holds_none(api, number, app):
    api.sun.post(path(number), PLEASED, 201)
    row = db.session.scalars(select(Callback)).one()
    assert WORDS.encode() not in row.sealed
    other = Callback(id=row.id + 1, issue_id=row.issue_id, sealed=row.sealed)
    with pytest.raises(sealing.CannotOpen):
        callbacks.reseal(other)
    secret, old = app.extensions["settings"].secret_key, row.sealed
    sealing.use_secrets(["the secret of tomorrow", secret])
    try:
        with transaction():
            callbacks.reseal(row)
        assert (row.key_id, row.sealed != old) == (sealing.current_key(), True)
    finally:
        sealing.use_secrets([secret, "the secret of tomorrow"])


CALLS = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 3),
        st.sampled_from([None, "satisfied", "fairly", "dissatisfied", "unsaid"]),
    ),
    max_size=6,
)  # fmt: skip


@pytest.fixture
def three(make_issue):
    found = [make_issue(Status.CLOSED, source="YX") for _ in range(3)]
    with transaction():
        for issue in found:
            complainants.write(issue, WHO)
    return found


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(calls=CALLS)
def test_each_letter_counts_once_by_the_last_call_that_was_taken(three, people, calls):
    last, called = {}, set()
    rows = []
    for letter, days, answer in calls:
        rows.append((clock.today() - timedelta(days=days), len(rows), letter, answer))
    for _, _, letter, answer in sorted(rows):
        called.add(letter)
        if answer:
            last[letter] = answer
    for on, _, letter, answer in rows:
        proposal = "recheck" if answer == "dissatisfied" else None
        db.session.add(Callback(
            issue_id=three[letter].id, on=on, is_reached=bool(answer), satisfaction=answer,
            proposal=proposal, recorded_at=clock.now(), recorded_by_id=people.sun.id,
        ))  # fmt: skip
        db.session.flush()
    told = total(people.sun)
    db.session.expire_all()

    assert (told.called, told.reached) == (len(called), len(last))
    assert told.satisfied == sum(one in ("satisfied", "fairly") for one in last.values())
    assert told.dissatisfied == sum(one == "dissatisfied" for one in last.values())
    whole = counted(people.sun)[-1].figures
    assert whole == told
    db.session.rollback()
